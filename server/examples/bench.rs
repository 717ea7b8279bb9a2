//! Benchmarks beside their yardsticks, in one run: `cargo xtask bench`. Figures for `docs/benchmarks.md`.
//! Needs `wrk`, `nginx` and `taskset`; what is not there is said and left out.
#![expect(clippy::print_stdout, clippy::expect_used, clippy::panic, reason = "a program for the terminal")]
#![expect(clippy::disallowed_methods, reason = "it measures time")]

use chrono::{NaiveDate, Utc};
use domain::calendar;
use domain::contract::StateName;
use domain::gate::{self, ContractFact, CustomerFact, Facts, Question, Resource, Subject, TechnicianFact};
use domain::permission::StaffRole;
use domain::{Action, ContractId, CustomerId, Lang, Service, UserId};
use service::customers::import_contracts::{self, Options};
use service::customers::import_customers::import_customers;
use service::customers::importing::Importer;
use service::customers::scans::Scans;
use service::people::Authority;
use service::people::clients::{self, Limits, NewClient};
use service::people::invite::{self, Person, StaffFacts};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;

const CUSTOMERS: usize = 10_000;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.first().map(String::as_str) {
        Some("serve-portal") => {
            one_thread(serve_portal(args[1].parse().expect("a port"), PathBuf::from(&args[2])));
        }
        Some("serve-bare") => {
            one_thread(serve_bare(args[1].parse().expect("a port"), PathBuf::from(&args[2])));
        }
        _ => all(),
    }
}

fn all() {
    println!("| what | figure |\n|---|---|");
    decide();
    let dir = std::env::temp_dir().join(format!("avp_bench_{}", std::process::id()));
    std::fs::create_dir_all(&dir).expect("a folder");
    pdf(&dir);
    import_alone(&dir);
    http(&dir);
    std::fs::remove_dir_all(&dir).expect("removed");
}

fn one_thread(work: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(work);
}

// decide

fn facts() -> Facts {
    let now = Utc::now();
    let contract = |n: usize| ContractFact {
        id: ContractId(Uuid::from_u128(n as u128)),
        number: format!("AV-2026-{n:05}"),
        version: 1,
        state: StateName::InForce,
        services: Service::ALL.into_iter().collect(),
        effective_from: calendar::start_of_day(NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day")),
        effective_until: None,
        last_day: None,
        outdated_from: None,
        doubt: false,
        third_country_agreed: false,
    };
    let customer = |n: usize| CustomerFact {
        id: CustomerId(Uuid::from_u128(n as u128)),
        number: format!("K{n:05}"),
        name: format!("Kunde {n} GmbH"),
        language: Lang::De,
        service_contract: true,
        doubt: false,
        objections: std::iter::empty().collect(),
        contracts: if n.is_multiple_of(2) { vec![contract(n)] } else { Vec::new() },
        contact_emails: vec![format!("info@k{n}.example")],
        phones: vec![format!("+4970{n:07}")],
        domains: vec![format!("k{n}.example")],
    };
    let mut facts = Facts::new((0..CUSTOMERS).map(customer).collect(), 1, now);
    let technician = TechnicianFact {
        user: UserId(Uuid::nil()),
        technician: true,
        locked: false,
        confidential_from: Some(now - chrono::Duration::days(100)),
        trained_until: Some(now + chrono::Duration::days(100)),
    };
    facts.technicians.insert("tina@provider.example".into(), technician);
    facts
}

fn decide() {
    let facts = facts();
    let now = Utc::now();
    let numbers: Vec<String> = (0..CUSTOMERS).map(|n| format!("K{:05}", (n * 7919) % CUSTOMERS)).collect();
    for (what, odd) in [("permit", 0), ("deny", 1)] {
        let asked: Vec<&String> = numbers.iter().filter(|n| n.as_bytes()[5] % 2 == odd).collect();
        let question = |number| Question {
            subject: Subject::Technician("tina@provider.example"),
            action: Some(Action::RemoteSupportControl),
            resource: Resource::Number(number),
            tool: None,
        };
        let mut best = Duration::MAX;
        for _ in 0..20 {
            let start = Instant::now();
            for number in &asked {
                black_box(gate::decide(black_box(&facts), &question(number), now));
            }
            best = best.min(start.elapsed());
        }
        let ns = best.as_nanos() / asked.len() as u128;
        println!("| `domain::gate::decide`, {what}, {CUSTOMERS} customers | {ns} ns |");
    }
}

// PDF

/// The contract of a demo customer with all services, as it is typeset after the countersignature.
fn pdf(dir: &Path) {
    let document = tokio::runtime::Runtime::new().expect("a runtime").block_on(demo_contract(dir));
    let evidence = document.canonical().expect("JSON");
    let attachment = documents::Attachment {
        name: "evidence.json".into(),
        description: document.title.clone(),
        media_type: "application/json".into(),
        bytes: evidence,
    };
    let mut times = Vec::new();
    let mut size = 0;
    for _ in 0..21 {
        let start = Instant::now();
        size = black_box(documents::contract_pdf(&document, Some(&attachment)).expect("a PDF")).len();
        times.push(start.elapsed());
    }
    let first = times.remove(0);
    times.sort();
    println!(
        "| PDF of a contract with all services ({} kB) | {} ms warm (median of 20), {} ms the first |",
        size / 1000,
        times[10].as_millis(),
        first.as_millis()
    );
}

async fn demo_contract(dir: &Path) -> domain::contract::ContractDocument {
    let app = app(&dir.join("demo"), 4100, true).await;
    server::demo::seed(&app).await.expect("demo data");
    let (contracts, _) =
        service::store::contracts::list(app.portal.store.read(), &[StateName::InForce], 0, 50)
            .await
            .expect("read");
    let all = contracts.iter().find(|c| c.state.frozen().is_some() && c.state.services().len() == 7);
    let frozen = service::contracts::offer::frozen_document(&app.portal, all.expect("a contract")).await;
    frozen.expect("a document").0
}

// HTTP

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn http(dir: &Path) {
    if ["wrk", "taskset"].iter().any(|p| Command::new(p).arg("--version").output().is_err()) {
        println!("| HTTP | left out: wrk or taskset is not there |");
        return;
    }
    let portal = spawn("serve-portal", 4101, dir);
    wait_for(dir, "ready");
    let key = std::fs::read_to_string(dir.join("key")).expect("a key");
    let script = wrk_script(dir, key.trim());
    std::fs::write(dir.join("answer"), curl(4101, dir, key.trim())).expect("written");
    let bare = spawn("serve-bare", 4102, dir);
    let nginx = start_nginx(dir, 4103);
    std::thread::sleep(Duration::from_millis(500));
    let mut figures = BTreeMap::new();
    for round in 0..3 {
        for (name, port) in [("portal", 4101), ("bare", 4102), ("nginx", 4103)] {
            if name == "nginx" && nginx.is_none() {
                continue;
            }
            let rate = wrk(port, &script, if round == 0 { 2 } else { 6 });
            let best: &mut f64 = figures.entry(name).or_insert(0.0);
            *best = best.max(rate);
        }
    }
    drop((portal, bare, nginx));
    for (name, rate) in &figures {
        println!("| `/access/v1/evaluation` on one core: {name} | {rate:.0} requests/s |");
    }
    let share = |of: &str| figures.get(of).map_or(f64::NAN, |rate| figures["portal"] / rate);
    println!("| portal / bare axum handler | {:.2} |", share("bare"));
    println!("| portal / nginx `return 200` | {:.2} |", share("nginx"));
}

fn spawn(what: &str, port: u16, dir: &Path) -> Server {
    let me = std::env::current_exe().expect("this program");
    let child =
        Command::new("taskset").args(["-c", "0"]).arg(me).arg(what).arg(port.to_string()).arg(dir).spawn();
    Server(child.expect("a server"))
}

fn wait_for(dir: &Path, file: &str) {
    for _ in 0..600 {
        if dir.join(file).exists() {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("the portal did not start");
}

const QUESTION: &str = r#"{"subject":{"type":"technician","id":"tina@provider.example"},"action":{"name":"hosting.operate"},"resource":{"type":"customer","id":"K00042"},"context":{"ticket":{"system":"zammad","id":"881"},"channel":"phone"}}"#;

fn wrk_script(dir: &Path, key: &str) -> PathBuf {
    let path = dir.join("post.lua");
    let mut lua = String::new();
    let _ = writeln!(lua, "wrk.method = 'POST'\nwrk.body = '{QUESTION}'");
    let _ = writeln!(lua, "wrk.headers['Content-Type'] = 'application/json'");
    let _ = writeln!(lua, "wrk.headers['Authorization'] = 'Bearer {key}'");
    std::fs::write(&path, lua).expect("written");
    path
}

fn curl(port: u16, dir: &Path, key: &str) -> Vec<u8> {
    let out = Command::new("curl")
        .args(["-s", "-X", "POST", "-H", "Content-Type: application/json", "-d", QUESTION])
        .arg("-H")
        .arg(format!("Authorization: Bearer {key}"))
        .arg(format!("http://127.0.0.1:{port}/access/v1/evaluation"))
        .current_dir(dir)
        .output()
        .expect("curl");
    let text = String::from_utf8_lossy(&out.stdout);
    assert!(text.contains("\"decision\":true"), "not the permit that is to be measured: {text}");
    out.stdout
}

fn wrk(port: u16, script: &Path, seconds: u32) -> f64 {
    let out = Command::new("taskset")
        .args(["-c", "1", "wrk", "-t1", "-c32", "-d"])
        .arg(format!("{seconds}s"))
        .arg("-s")
        .arg(script)
        .arg(format!("http://127.0.0.1:{port}/access/v1/evaluation"))
        .output()
        .expect("wrk");
    let text = String::from_utf8_lossy(&out.stdout);
    assert!(!text.contains("Non-2xx"), "{text}");
    let rate = text.lines().find_map(|l| l.strip_prefix("Requests/sec:"));
    rate.and_then(|r| r.trim().parse().ok()).unwrap_or_else(|| panic!("{text}"))
}

fn start_nginx(dir: &Path, port: u16) -> Option<Server> {
    let answer = std::fs::read_to_string(dir.join("answer")).expect("an answer");
    let answer = answer.replace('\\', "\\\\").replace('\'', "\\'");
    let config = format!(
        "daemon off; worker_processes 1; pid {0}/nginx.pid; error_log {0}/nginx.log; events {{}}\n\
         http {{ access_log off; default_type application/json; keepalive_requests 100000000;\n\
         server {{ listen 127.0.0.1:{port}; location / {{ return 200 '{answer}'; }} }} }}",
        dir.display()
    );
    std::fs::write(dir.join("nginx.conf"), config).expect("written");
    let child = Command::new("taskset")
        .args(["-c", "0", "nginx", "-c"])
        .arg(dir.join("nginx.conf"))
        .arg("-p")
        .arg(dir)
        .stderr(Stdio::null())
        .spawn();
    child.ok().map(Server)
}

async fn serve_bare(port: u16, dir: PathBuf) {
    let answer: &'static [u8] = std::fs::read(dir.join("answer")).expect("an answer").leak();
    let handler = move || async move { ([(axum::http::header::CONTENT_TYPE, "application/json")], answer) };
    let router = axum::Router::new().route("/access/v1/evaluation", axum::routing::post(handler));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.expect("a port");
    axum::serve(listener, router).await.expect("served");
}

async fn app(data: &Path, port: u16, demo: bool) -> server::state::App {
    let vars = [
        ("AVP_DATA_DIR", data.display().to_string()),
        ("AVP_LISTEN", format!("127.0.0.1:{port}")),
        ("AVP_DEMO", if demo { "1" } else { "0" }.to_string()),
    ];
    let vars = vars.into_iter().map(|(k, v)| (k.to_string(), v)).collect();
    let config = server::config::Config::from_vars(vars).expect("a configuration");
    let store = server::start::open_store(&config).await.expect("a database");
    server::start::build(config, store, Arc::new(Utc::now)).await.expect("a portal")
}

/// On both cores, as the command does it.
fn import_alone(dir: &Path) {
    let took = tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
        let app = app(&dir.join("import"), 4100, false).await;
        import(&app, dir).await
    });
    println!("| import of {CUSTOMERS} customers, SQLite | {:.1} s |", took.as_secs_f64());
}

async fn serve_portal(port: u16, dir: PathBuf) {
    let app = app(&dir.join("data"), port, false).await;
    import(&app, &dir).await;
    people(&app, &dir).await;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.expect("a port");
    std::fs::write(dir.join("ready"), "").expect("written");
    server::start::serve(app, listener).await.expect("served");
}

/// Imports the customers, which is what is timed, and a contract for one of them.
async fn import(app: &server::state::App, dir: &Path) -> Duration {
    let mut csv = std::fs::File::create(dir.join("customers.csv")).expect("a file");
    writeln!(
        csv,
        "customer_number,legal_name,street,postal_code,city,country,email,language,phones,domains,hosting"
    )
    .expect("written");
    for n in 0..CUSTOMERS {
        writeln!(
            csv,
            "K{n:05},Kunde {n} GmbH,Weg {n},72622,Nürtingen,DE,info@k{n}.example,de,+49 7022 {n:06},k{n}.example,yes"
        )
        .expect("written");
    }
    let file = std::fs::read(dir.join("customers.csv")).expect("the file");
    let start = Instant::now();
    bench_import(app, file).await;
    let took = start.elapsed();
    let file = "customer_number,contract_number,services,signed_on,effective_from,signatory_name,signatory_function\n\
                K00042,P-42,hosting|remote_support,2025-01-01,2025-01-01,Anna Muster,Inhaberin\n";
    bench_import_contracts(app, file.into()).await;
    took
}

async fn bench_import(app: &server::state::App, file: Vec<u8>) {
    let report =
        import_customers(&app.portal, &Importer::Command, file, false, app.now()).await.expect("imported");
    assert_eq!(report.created, CUSTOMERS, "{report:?}");
}

async fn bench_import_contracts(app: &server::state::App, file: Vec<u8>) {
    let manager =
        Person { email: "bernd@provider.example".into(), name: "Bernd Muster".into(), language: Lang::De };
    let facts = StaffFacts { roles: vec![StaffRole::ContractManager], ..StaffFacts::default() };
    invite::create_user(&app.portal, &manager, &facts, Some("vier stille Segel"), app.now())
        .await
        .expect("a manager");
    let by = import_contracts::manager(&app.portal, "bernd@provider.example").await.expect("a manager");
    let options = Options { skip_bad: false, confirmed_by: Some(by), scans: Scans::None };
    let report =
        import_contracts::import_contracts(&app.portal, &Importer::Command, file, &options, app.now()).await;
    assert_eq!(report.expect("imported").created, 1);
}

async fn people(app: &server::state::App, dir: &Path) {
    let tina =
        Person { email: "tina@provider.example".into(), name: "Tina Muster".into(), language: Lang::De };
    let facts = StaffFacts {
        roles: vec![StaffRole::Technician],
        confidentiality_on: NaiveDate::from_ymd_opt(2025, 1, 1),
        training_until: NaiveDate::from_ymd_opt(2099, 1, 1),
    };
    invite::create_user(&app.portal, &tina, &facts, Some("vier stille Segel"), app.now())
        .await
        .expect("a technician");
    // The limit is on the way, and never reached.
    let limits = Limits::parse("", "4000000000").expect("limits");
    let new =
        NewClient::parse("bench", &["evaluate".into()], "", app.now()).expect("a client").limited(limits);
    let (_, key) = clients::create(&app.portal, &Authority::Operator, &new, app.now()).await.expect("a key");
    std::fs::write(dir.join("key"), key.text()).expect("written");
}
