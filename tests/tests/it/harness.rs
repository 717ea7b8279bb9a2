//! A whole portal on an empty database, with a clock that stands still until it is moved, and browsers for it.
//! Helpers go through the portal's own actions and pages; those that write past them are named `db_…`.

use axum_test::{TestResponse, TestServer};
use chrono::{DateTime, Duration, TimeZone as _, Utc};
use domain::annex::AnnexKind;
use domain::customer::CustomerInput;
use domain::permission::{Actor, CustomerRole, StaffRole};
use domain::{CustomerId, Lang, UserId};
use server::config::Config;
use server::state::App;
use service::Portal;
use service::people::invite::{self, Person, StaffFacts};
use service::store::{Store, users};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

/// Everyone's password in tests.
pub const PASSWORD: &str = "vier stille Segel";

/// A portal of its own for one story.
pub struct TestApp {
    pub app: App,
    clock: Arc<AtomicI64>,
    dir: PathBuf,
}

/// Tells a story on each database that there is.
pub async fn each_database(story: impl AsyncFn(&TestApp)) {
    let dir = fresh_dir();
    let url = format!("sqlite://{}?mode=rwc", dir.join("portal.sqlite").display());
    tell(&story, &url, dir).await;
    if let Ok(server) = std::env::var("AVP_TEST_POSTGRES_URL") {
        let (url, name) = fresh_postgres(&server).await;
        tell(&story, &url, fresh_dir()).await;
        let admin = Store::open(&server).await.expect("the test server answers");
        admin.execute(&format!("DROP DATABASE {name} WITH (FORCE)")).await.expect("the test database goes");
        admin.close().await.expect("closed");
    }
}

async fn tell(story: &impl AsyncFn(&TestApp), url: &str, dir: PathBuf) {
    let test = TestApp::on(url, dir).await;
    story(&test).await;
    let dir = test.dir.clone();
    test.app.portal.store.clone().close().await.expect("closed");
    std::fs::remove_dir_all(dir).expect("removed");
}

static COUNT: AtomicU32 = AtomicU32::new(0);

fn unique() -> String {
    format!("{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

fn fresh_dir() -> PathBuf {
    let dir = std::env::temp_dir().join(format!("avp_it_{}", unique()));
    std::fs::create_dir_all(&dir).expect("a folder for the test");
    dir
}

async fn fresh_postgres(server: &str) -> (String, String) {
    let name = format!("avp_it_{}", unique());
    let admin = Store::open(server).await.expect("the test server answers");
    admin.execute(&format!("CREATE DATABASE {name}")).await.expect("a database for the test");
    admin.close().await.expect("closed");
    let base = server.rsplit_once('/').map_or(server, |(base, _)| base);
    (format!("{base}/{name}"), name)
}

impl TestApp {
    async fn on(url: &str, dir: PathBuf) -> Self {
        let start = Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).single().expect("a time");
        let clock = Arc::new(AtomicI64::new(start.timestamp_micros()));
        let hand = clock.clone();
        let time =
            Arc::new(move || DateTime::from_timestamp_micros(hand.load(Ordering::SeqCst)).expect("a time"));
        let vars = [("AVP_DATABASE_URL", url.to_string()), ("AVP_DATA_DIR", dir.display().to_string())];
        let vars: BTreeMap<String, String> = vars.into_iter().map(|(k, v)| (k.into(), v)).collect();
        let config = Config::from_vars(vars).expect("a configuration");
        let store = server::start::open_store(&config).await.expect("a database");
        let app = server::start::build(config, store, time).await.expect("a portal");
        Self { app, clock, dir }
    }

    /// The time on the clock.
    pub fn now(&self) -> DateTime<Utc> {
        self.app.now()
    }

    /// Moves the clock; the gate's facts are checked again as its watcher would.
    pub async fn advance(&self, by: Duration) {
        self.clock.fetch_add(by.num_microseconds().expect("a time"), Ordering::SeqCst);
        self.portal().gate.check(&self.portal().store, self.now()).await.expect("facts");
    }

    pub fn portal(&self) -> &Portal {
        &self.app.portal
    }

    /// Runs all jobs that are due.
    pub async fn run_jobs(&self) {
        service::jobs::run_due(self.portal(), self.now()).await.expect("jobs run");
    }

    /// A browser that keeps its cookies, with nobody logged in.
    pub fn browser(&self) -> TestServer {
        TestServer::builder().save_cookies().build(server::router::router(self.app.clone()))
    }

    /// A browser with this person logged in.
    pub async fn browser_of(&self, email: &str) -> TestServer {
        let browser = self.browser();
        let answer = browser.post("/de/login").form(&[("email", email), ("password", PASSWORD)]).await;
        assert_eq!(answer.status_code(), 303, "{email} logs in: {}", answer.text());
        browser
    }

    /// Somebody of the staff, trained and bound, with a password.
    pub async fn staff(&self, email: &str, roles: &[StaffRole]) -> Actor {
        let person = Person { email: email.into(), name: name_of(email), language: Lang::De };
        let facts = StaffFacts {
            roles: roles.to_vec(),
            confidentiality_on: Some("2025-01-07".parse().expect("a date")),
            training_until: Some("2030-12-31".parse().expect("a date")),
        };
        invite::create_user(self.portal(), &person, &facts, Some(PASSWORD), self.now())
            .await
            .expect("a person");
        self.actor(email).await
    }

    /// The contract manager that most stories need.
    pub async fn manager(&self) -> Actor {
        self.staff("bernd@provider.example", &[StaffRole::ContractManager]).await
    }

    /// A person as they are now.
    pub async fn actor(&self, email: &str) -> Actor {
        let user =
            users::by_email(self.portal().store.read(), email).await.expect("users").expect("this user");
        service::people::sessions::actor(&user)
    }

    /// Confirms the starter annexes, as a provider does once.
    pub async fn confirm_annexes(&self) {
        let officer = self.staff("clara@provider.example", &[StaffRole::PrivacyOfficer]).await;
        for kind in AnnexKind::ALL {
            let by = officer.privacy_officer().expect("the role");
            service::annexes::confirm::run(self.portal(), &by, kind, self.now()).await.expect("confirmed");
        }
    }

    /// A customer with hosting.
    pub async fn customer(&self, number: &str, manager: &Actor) -> CustomerId {
        self.customer_with(number, manager, |_| {}).await
    }

    /// A customer with changes to the usual one.
    pub async fn customer_with(
        &self,
        number: &str,
        manager: &Actor,
        change: impl FnOnce(&mut CustomerInput),
    ) -> CustomerId {
        let mut input = CustomerInput {
            number: number.into(),
            legal_name: format!("Tischlerei {number} GmbH"),
            street: "Holzgasse 4".into(),
            postal_code: "72622".into(),
            city: "Nürtingen".into(),
            country: "DE".into(),
            email: format!("info@{}.example", number.to_lowercase()),
            language: "de".into(),
            hosting: true,
            services: vec!["hosting".into()],
            ..CustomerInput::default()
        };
        change(&mut input);
        let by = manager.contract_manager().expect("the role");
        service::customers::create::create(self.portal(), &by, &input, self.now()).await.expect("a customer")
    }

    /// Somebody of a customer, with a password.
    pub async fn person_of(&self, customer: CustomerId, email: &str, role: CustomerRole) -> UserId {
        let person = Person { email: email.into(), name: name_of(email), language: Lang::De };
        invite::create_customer_user(self.portal(), customer, &person, role, Some(PASSWORD), self.now())
            .await
            .expect("a person")
    }

    /// The letters in the outbox, the newest first.
    pub async fn letters(&self) -> Vec<service::mail::Letter> {
        let db = self.portal().store.read();
        let (jobs, _) = store::outbox::list(db, Some("mail"), None, 0, 500).await.expect("outbox");
        let kept = jobs.iter().filter(|j| !j.payload.contains(r#""cleared":true"#)); // left long ago
        kept.map(|j| serde_json::from_str(&j.payload).expect("a letter")).collect()
    }

    /// A value in the newest letter of this template to this address.
    pub async fn in_letter(&self, template: &str, to: &str, value: &str) -> String {
        let letters = self.letters().await;
        let letter = letters.iter().find(|l| l.template == template && l.to.address == to);
        letter.unwrap_or_else(|| panic!("a letter {template} to {to}")).values[value].clone()
    }
}

fn name_of(email: &str) -> String {
    let local = email.split('@').next().unwrap_or_default();
    let mut letters = local.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{} Muster", letters.as_str())
}

/// Where an answer leads, without the message it brings along.
pub fn goes_to(answer: &TestResponse) -> String {
    let location = answer.header("location");
    let location = location.to_str().expect("an address");
    location.split(['?', '#']).next().unwrap_or_default().to_string()
}
