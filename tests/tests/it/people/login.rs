//! Logging in: the same answer for everyone who does not get in, waiting after too many tries, sessions that end.

use crate::harness::{PASSWORD, TestApp, each_database, goes_to};
use chrono::Duration;
use domain::permission::{CustomerRole, StaffRole};
use server::config::Config;
use service::Problem;
use service::people::invite::{self, Person, StaffFacts};
use service::people::login::{LogIn, log_in};
use service::people::{Browser, sessions, staff};
use std::sync::Arc;

const TINA: &str = "tina@provider.example";

fn typed(email: &str, password: &str) -> LogIn {
    LogIn { email: email.into(), password: password.into() }
}

fn from(address: &str) -> Browser {
    Browser { address: Some(address.parse().expect("an address")), ..Browser::default() }
}

/// How a try ends: `in`, or the code of the mistake.
async fn attempt(t: &TestApp, email: &str, password: &str, browser: &Browser) -> String {
    match log_in(t.portal(), &typed(email, password), browser, t.now()).await {
        Ok(_) => "in".into(),
        Err(Problem::Mistakes(m)) => m.0[0].code.clone(),
        Err(other) => panic!("{other}"),
    }
}

async fn lockouts(t: &TestApp, email: &str) -> usize {
    let letters = t.letters().await;
    letters.iter().filter(|l| l.template == "new_login_lockout" && l.to.address == email).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_a_password_gets_in_and_out() {
    each_database(async |t| {
        t.staff(TINA, &[StaffRole::Technician]).await;
        let browser = t.browser();
        assert_eq!(goes_to(&browser.get("/de/account").await), "/de/login");

        let form = [("email", " Tina@Provider.example "), ("password", PASSWORD), ("next", "/de/account")];
        let answer = browser.post("/de/login").form(&form).await;
        assert_eq!((answer.status_code().as_u16(), goes_to(&answer).as_str()), (303, "/de/account"));
        let cookie = answer.header("set-cookie").to_str().expect("text").to_string();
        assert!(
            cookie.starts_with("avp_session=") && cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax"),
            "{cookie}"
        );
        assert!(browser.get("/de/account").await.text().contains(TINA));

        // A link cannot log anybody out; a form does.
        assert_eq!(browser.get("/de/logout").await.status_code(), 405);
        assert_eq!(goes_to(&browser.post("/de/logout").await), "/de/logged-out");
        assert_eq!(goes_to(&browser.get("/de/account").await), "/de/login");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_https_the_cookie_is_bound_to_it() {
    each_database(async |t| {
        t.staff(TINA, &[StaffRole::Technician]).await;
        let mut app = t.app.clone();
        app.config = Arc::new(Config { base_url: "https://av.example.org".into(), ..(*app.config).clone() });
        let browser = axum_test::TestServer::builder().build(server::router::router(app));
        let answer = browser.post("/de/login").form(&[("email", TINA), ("password", PASSWORD)]).await;
        let cookie = answer.header("set-cookie").to_str().expect("text").to_string();
        assert!(
            cookie.starts_with("__Host-avp_session=") && cookie.ends_with("SameSite=Lax; Secure"),
            "{cookie}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_led_out_of_the_portal() {
    each_database(async |t| {
        t.staff(TINA, &[StaffRole::Technician]).await;
        for next in ["https://evil.example/", "//evil.example/", "/\\evil.example"] {
            let form = [("email", TINA), ("password", PASSWORD), ("next", next)];
            assert_eq!(goes_to(&t.browser().post("/de/login").form(&form).await), "/de", "{next}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_tells_nobody_who_has_an_account() {
    each_database(async |t| {
        let david = t.staff("david@provider.example", &[StaffRole::Admin]).await;
        let tina = t.staff(TINA, &[StaffRole::Technician]).await;
        let facts = StaffFacts { roles: vec![StaffRole::Technician], ..StaffFacts::default() };
        staff::change(
            t.portal(),
            &david.admin().expect("admin"),
            tina.user,
            &staff::Change { facts: facts.clone(), locked: true, from: None },
            t.now(),
        )
        .await
        .expect("locked");
        let invited = Person {
            email: "iris@provider.example".into(),
            name: "Iris Neu".into(),
            language: domain::Lang::De,
        };
        invite::create_user(t.portal(), &invited, &facts, None, t.now()).await.expect("invited");

        let mut answers = Vec::new();
        for (email, password) in [
            ("david@provider.example", "falsches Passwort"),
            ("nobody@provider.example", PASSWORD),
            (TINA, PASSWORD),
            ("iris@provider.example", PASSWORD),
        ] {
            let answer =
                t.browser().post("/de/login").form(&[("email", email), ("password", password)]).await;
            assert!(answer.maybe_header("set-cookie").is_none());
            answers.push((answer.status_code().as_u16(), answer.text().replace(email, "…")));
        }
        assert_eq!(answers[0].0, 422);
        assert!(answers.iter().all(|a| *a == answers[0]));

        let empty = t.browser().post("/de/login").form(&[("email", "tina@"), ("password", "")]).await;
        assert_eq!(empty.status_code(), 422);
        assert!(empty.text().contains("value=\"tina@\"") && empty.text().contains("password-error"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_five_failures_an_address_waits_known_or_not() {
    each_database(async |t| {
        t.staff(TINA, &[StaffRole::Technician]).await;
        for email in [TINA, "nobody@provider.example"] {
            for n in 0..5 {
                assert_eq!(
                    attempt(t, email, "falsch geraten", &Browser::default()).await,
                    "login-failed",
                    "{email} {n}"
                );
            }
            assert_eq!(attempt(t, email, PASSWORD, &Browser::default()).await, "login-wait");
        }
        assert_eq!((lockouts(t, TINA).await, lockouts(t, "nobody@provider.example").await), (1, 0));

        let page = t.browser().post("/de/login").form(&[("email", TINA), ("password", PASSWORD)]).await;
        assert_eq!(page.status_code(), 429);
        // Waiting does not begin anew with every try.
        t.advance(Duration::minutes(15)).await;
        assert_eq!(attempt(t, TINA, PASSWORD, &Browser::default()).await, "in");
        // Who got in starts afresh.
        for _ in 0..4 {
            attempt(t, TINA, "falsch geraten", &Browser::default()).await;
        }
        assert_eq!(attempt(t, TINA, PASSWORD, &Browser::default()).await, "in");
        assert_eq!(attempt(t, TINA, "falsch geraten", &Browser::default()).await, "login-failed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_who_guesses_keeps_nobody_out_of_their_account() {
    each_database(async |t| {
        t.staff(TINA, &[StaffRole::Technician]).await;
        for (email, last) in [(TINA, "in"), ("nobody@provider.example", "login-failed")] {
            let stranger = from("203.0.113.7");
            for _ in 0..5 {
                assert_eq!(attempt(t, email, "falsch geraten", &stranger).await, "login-failed");
            }
            assert_eq!(attempt(t, email, PASSWORD, &stranger).await, "login-wait", "{email}");
            assert_eq!(attempt(t, email, PASSWORD, &from("198.51.100.9")).await, last, "at home, {email}");
        }
        assert_eq!(lockouts(t, TINA).await, 1, "but she is told");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_guesses_from_many_networks_waits_after_fifty() {
    each_database(async |t| {
        t.staff(TINA, &[StaffRole::Technician]).await;
        for n in 0..50 {
            let network = from(&format!("203.0.{n}.7"));
            assert_eq!(attempt(t, TINA, "falsch geraten", &network).await, "login-failed", "{n}");
        }
        assert_eq!(attempt(t, TINA, PASSWORD, &from("198.51.100.9")).await, "login-wait");
        assert_eq!(lockouts(t, TINA).await, 1);
        t.advance(Duration::minutes(15)).await;
        assert_eq!(attempt(t, TINA, PASSWORD, &from("198.51.100.9")).await, "in");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_waits_after_fifty_and_is_not_blamed_for_who_gets_in() {
    each_database(async |t| {
        t.staff(TINA, &[StaffRole::Technician]).await;
        let there = from("203.0.113.7");
        let tries: Vec<_> = (0..49).map(|n| format!("guess{n}@provider.example")).collect();
        for email in &tries {
            assert_eq!(attempt(t, email, "falsch geraten", &there).await, "login-failed");
        }
        assert_eq!(attempt(t, TINA, PASSWORD, &there).await, "in");
        assert_eq!(attempt(t, "guess@provider.example", "falsch geraten", &there).await, "login-failed");
        assert_eq!(attempt(t, TINA, PASSWORD, &from("203.0.113.200")).await, "login-wait");
        assert_eq!(attempt(t, TINA, PASSWORD, &from("203.0.114.7")).await, "in");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_tries_at_once_are_no_more_than_one_after_the_other() {
    each_database(async |t| {
        t.staff(TINA, &[StaffRole::Technician]).await;
        let tries: Vec<_> = (0..12)
            .map(|_| {
                let (portal, now) = (t.portal().clone(), t.now());
                tokio::spawn(async move {
                    log_in(&portal, &typed(TINA, "falsch geraten"), &Browser::default(), now).await
                })
            })
            .collect();
        let mut checked = 0;
        for one in tries {
            match one.await.expect("ran") {
                Err(Problem::Mistakes(m)) => checked += u32::from(m.0[0].code == "login-failed"),
                other => panic!("{:?}", other.err()),
            }
        }
        assert!(checked <= 5, "{checked}");
        assert!(lockouts(t, TINA).await <= 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_idle_and_absolutely_and_with_the_next_log_in() {
    each_database(async |t| {
        t.staff(TINA, &[StaffRole::Technician]).await;
        let first =
            log_in(t.portal(), &typed(TINA, PASSWORD), &Browser::default(), t.now()).await.expect("in");
        let alive =
            async |token: &str| sessions::resolve(t.portal(), token, t.now()).await.expect("asked").is_some();
        t.advance(Duration::minutes(59)).await;
        assert!(alive(&first.token).await);
        t.advance(Duration::minutes(60)).await;
        assert!(!alive(&first.token).await, "an hour without a request");

        let second =
            log_in(t.portal(), &typed(TINA, PASSWORD), &Browser::default(), t.now()).await.expect("in");
        for _ in 0..13 {
            assert!(alive(&second.token).await);
            t.advance(Duration::minutes(55)).await;
        }
        assert!(alive(&second.token).await);
        t.advance(Duration::minutes(10)).await;
        assert!(!alive(&second.token).await, "twelve hours in any case");

        let third =
            log_in(t.portal(), &typed(TINA, PASSWORD), &Browser::default(), t.now()).await.expect("in");
        let browser = Browser { old_token: Some(third.token.clone()), ..Browser::default() };
        let fourth = log_in(t.portal(), &typed(TINA, PASSWORD), &browser, t.now()).await.expect("in");
        assert!(!alive(&third.token).await && alive(&fourth.token).await, "a log-in makes a new token");
        for foreign in ["", "nonsense", &"x".repeat(5000)] {
            assert!(!alive(foreign).await);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_listed_and_ended_by_their_person_only() {
    each_database(async |t| {
        let manager = t.manager().await;
        let customer = t.customer("K1", &manager).await;
        t.person_of(customer, "anna@k1.example", CustomerRole::Signatory).await;
        let (here, there) = (t.browser_of("anna@k1.example").await, t.browser_of("anna@k1.example").await);
        let anna = t.actor("anna@k1.example").await;
        let listed = sessions::list(t.portal(), &anna, t.now()).await.expect("listed");
        assert_eq!(listed.len(), 2);

        let foreign = t.browser_of("bernd@provider.example").await;
        for session in &listed {
            let url = format!("/de/account/sessions/{}/end", session.id);
            assert_eq!(foreign.post(&url).await.status_code(), 404);
        }
        assert_eq!(foreign.post("/de/account/sessions/nonsense/end").await.status_code(), 404);

        assert_eq!(goes_to(&here.post("/de/account/sessions/end-others").await), "/de/account");
        assert_eq!(here.get("/de/account").await.status_code(), 200);
        assert_eq!(goes_to(&there.get("/de/account").await), "/de/login");
        let left = sessions::list(t.portal(), &anna, t.now()).await.expect("listed");
        assert_eq!(left.len(), 1);
        let url = format!("/de/account/sessions/{}/end", left[0].id);
        assert_eq!(here.post(&url).await.status_code(), 303);
        assert_eq!(here.post(&url).await.status_code(), 401, "out");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_page_cannot_log_anybody_in_or_out() {
    each_database(async |t| {
        t.staff(TINA, &[StaffRole::Technician]).await;
        let browser = t.browser_of(TINA).await;
        let out = browser.post("/de/logout").add_header("sec-fetch-site", "cross-site").await;
        assert_eq!(out.status_code(), 403);
        assert_eq!(browser.get("/de/account").await.status_code(), 200);
        let form = [("email", TINA), ("password", PASSWORD)];
        let foreign =
            t.browser().post("/de/login").add_header("origin", "https://evil.example").form(&form).await;
        assert_eq!(foreign.status_code(), 403);
        assert!(foreign.maybe_header("set-cookie").is_none());
    })
    .await;
}
