//! The outbox: mails leave once, wait and come back when they cannot, and are given up in sight of the admin.

use crate::harness::{TestApp, each_database, goes_to};
use chrono::Duration;
use domain::permission::StaffRole;
use domain::{JobId, Lang};
use service::Portal;
use service::jobs::{Runner, run_due};
use service::mail::{self, Letter, Recipient};
use service::store::outbox::{self, Job};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// An SMTP server that keeps what it takes; `rcpt` is what it answers to a recipient.
pub struct Sink {
    pub url: String,
    mails: Arc<Mutex<Vec<String>>>,
}

impl Sink {
    pub async fn start(rcpt: &'static str) -> Self {
        Self::greeting("250 sink", rcpt).await
    }

    /// One that says in its greeting what it can do.
    async fn greeting(ehlo: &'static str, rcpt: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("smtp://127.0.0.1:{}", listener.local_addr().expect("an address").port());
        let mails = Arc::new(Mutex::new(Vec::new()));
        let kept = mails.clone();
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(serve(socket, (ehlo, rcpt), kept.clone()));
            }
        });
        Self { url, mails }
    }

    pub fn mails(&self) -> Vec<String> {
        self.mails.lock().expect("mails").clone()
    }
}

async fn serve(
    socket: TcpStream,
    (ehlo, rcpt): (&'static str, &'static str),
    kept: Arc<Mutex<Vec<String>>>,
) -> std::io::Result<()> {
    let (read, mut write) = socket.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 sink\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let answer = match line.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => ehlo,
            "RCPT" => rcpt,
            "DATA" => {
                write.write_all(b"354 go\r\n").await?;
                let mut mail = String::new();
                while let Some(line) = lines.next_line().await?.filter(|l| l != ".") {
                    mail.push_str(&line);
                    mail.push('\n');
                }
                kept.lock().expect("mails").push(mail);
                "250 taken"
            }
            "QUIT" => "221 bye",
            _ => "250 sink",
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}

/// The portal with another way out.
pub fn by_smtp(t: &TestApp, url: &str) -> Portal {
    let mut portal = t.portal().clone();
    let mut settings = (*portal.settings).clone();
    settings.smtp_url = Some(url.into());
    portal.settings = Arc::new(settings);
    portal
}

pub fn letter() -> Letter {
    let to = Recipient { address: "anna@k1.example".into(), name: "Anna Muster".into(), lang: Lang::De };
    Letter::new("password_reset", to)
        .value("email", "anna@k1.example")
        .value("requested_at", "heute")
        .value("valid_until", "morgen")
        .value("link", "http://localhost:3000/de/password/geheim")
        .secret()
}

pub async fn write(t: &TestApp, key: &str) {
    let work = t.portal().begin().await.expect("work");
    mail::enqueue(t.portal(), &work, letter(), "user:1", key, t.now()).await.expect("written");
    t.portal().commit(work, t.now()).await.expect("committed");
}

pub async fn only(t: &TestApp) -> Job {
    let (mut jobs, total) = outbox::list(t.portal().store.read(), None, None, 0, 10).await.expect("outbox");
    assert_eq!(total, 1);
    jobs.pop().expect("a job")
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_server_a_mail_is_a_file_and_keeps_its_link() {
    each_database(async |t: &TestApp| {
        write(t, "a").await;
        write(t, "a").await; // the same key is the same mail
        assert_eq!(run_due(t.portal(), t.now()).await.expect("runs"), 1);
        assert_eq!(run_due(t.portal(), t.now()).await.expect("runs"), 0);
        let job = only(t).await;
        assert_eq!((job.state.as_str(), job.attempts), ("done", 1));
        assert!(job.payload.contains("geheim"), "the outbox is the mailbox");
        let files: Vec<_> = std::fs::read_dir(&t.portal().settings.mail_dir).expect("a folder").collect();
        assert_eq!(files.len(), 1);
        let file = files.into_iter().next().expect("a file").expect("readable").path();
        let eml = std::fs::read_to_string(&file).expect("a mail");
        for part in [
            &format!("Message-ID: <{}@", job.id),
            "Auto-Submitted: auto-generated",
            "To: \"Anna Muster\" <anna@k1.example>",
        ] {
            assert!(eml.contains(part), "{part} in {eml}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_forgotten_once_the_mail_has_left() {
    each_database(async |t: &TestApp| {
        let sink = Sink::start("250 ok").await;
        write(t, "a").await;
        let portal = by_smtp(t, &sink.url);
        run_due(&portal, t.now()).await.expect("runs");
        assert!(sink.mails()[0].contains("password/geheim"));
        let job = only(t).await;
        assert_eq!(job.state, "done");
        assert!(!job.payload.contains("geheim"), "{}", job.payload);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_busy_is_tried_again_and_at_last_given_up() {
    each_database(async |t: &TestApp| {
        let sink = Sink::start("450 4.2.1 anna@k1.example is busy").await;
        write(t, "a").await;
        let portal = by_smtp(t, &sink.url);
        for tries in 1..=8 {
            assert_eq!(run_due(&portal, t.now()).await.expect("runs"), 1, "try {tries}");
            assert_eq!(run_due(&portal, t.now()).await.expect("runs"), 0, "it waits");
            let job = only(t).await;
            assert_eq!((job.attempts, job.last_error.as_str()), (tries, "smtp 450"), "without the address");
            assert_eq!(job.state, if tries == 8 { "dead" } else { "ready" });
            assert!(tries == 8 || job.run_at >= t.now() + Duration::seconds(24));
            t.advance(Duration::hours(30)).await;
        }
        assert_eq!(run_due(&portal, t.now()).await.expect("runs"), 0);
        assert!(sink.mails().is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_for_good_is_seen_by_the_admin_who_sends_it_back() {
    each_database(async |t: &TestApp| {
        let refusing = Sink::start("550 5.1.1 no such user").await;
        write(t, "a").await;
        run_due(&by_smtp(t, &refusing.url), t.now()).await.expect("runs");
        let job = only(t).await;
        assert_eq!((job.state.as_str(), job.attempts, job.last_error.as_str()), ("dead", 1, "smtp 550"));

        t.staff("david@provider.example", &[StaffRole::Admin]).await;
        let admin = t.browser_of("david@provider.example").await;
        let list = admin.get("/de/outbox?state=dead").await.text();
        assert!(list.contains("Neues Passwort festlegen") && list.contains("Aufgegeben"), "{list}");
        assert!(admin.get("/en/desk").await.text().contains("could not be delivered"));
        let page = admin.get(&format!("/de/outbox/{}", job.id)).await.text();
        assert!(page.contains("smtp 550") && page.contains("Noch einmal versuchen"));
        let answer = admin.post(&format!("/de/outbox/{}/retry", job.id)).await;
        assert_eq!(
            (answer.status_code().as_u16(), goes_to(&answer)),
            (303, format!("/de/outbox/{}", job.id))
        );
        assert_eq!(admin.post(&format!("/de/outbox/{}/retry", job.id)).await.status_code(), 409, "not twice");

        let taking = Sink::start("250 ok").await;
        run_due(&by_smtp(t, &taking.url), t.now()).await.expect("runs");
        assert_eq!((only(t).await.state.as_str(), taking.mails().len()), ("done", 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_not_there_is_a_reason_to_wait() {
    each_database(async |t: &TestApp| {
        let port =
            TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address").port();
        write(t, "a").await;
        run_due(&by_smtp(t, &format!("smtp://127.0.0.1:{port}")), t.now()).await.expect("runs");
        let job = only(t).await;
        assert_eq!((job.state.as_str(), job.last_error.as_str()), ("ready", "smtp connection"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_with_an_umlaut_needs_a_server_that_takes_it() {
    each_database(async |t: &TestApp| {
        let send = async |key: &str, sink: &Sink| {
            let mut letter = letter();
            letter.to.address = "jörg@k1.example".into();
            let work = t.portal().begin().await.expect("work");
            mail::enqueue(t.portal(), &work, letter, "user:1", key, t.now()).await.expect("written");
            t.portal().commit(work, t.now()).await.expect("committed");
            run_due(&by_smtp(t, &sink.url), t.now()).await.expect("runs");
            let (jobs, _) = outbox::list(t.portal().store.read(), None, None, 0, 9).await.expect("outbox");
            let job = jobs.into_iter().find(|j| j.key == key).expect("a job");
            (job.state, job.attempts, job.last_error)
        };
        let old = Sink::start("250 ok").await;
        let given_up = ("dead".to_string(), 1, "smtp without SMTPUTF8".to_string());
        assert_eq!(send("a", &old).await, given_up, "at once, in sight of the admin");
        let new = Sink::greeting("250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8", "250 ok").await;
        assert_eq!(send("b", &new).await, ("done".into(), 1, String::new()));
        assert!(new.mails()[0].contains("jörg@k1.example") && old.mails().is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_instances_send_each_mail_once() {
    each_database(async |t: &TestApp| {
        let sink = Sink::start("250 ok").await;
        for n in 0..20 {
            write(t, &format!("mail:{n}")).await;
        }
        let portal = by_smtp(t, &sink.url);
        let now = t.now();
        let instances: Vec<_> = (0..4)
            .map(|_| {
                let portal = portal.clone();
                tokio::spawn(async move { run_due(&portal, now).await.expect("runs") })
            })
            .collect();
        let mut done = 0;
        for instance in instances {
            done += instance.await.expect("ended");
        }
        let mut ids: Vec<_> = sink
            .mails()
            .iter()
            .map(|m| m.split("Message-ID: ").nth(1).expect("an id")[..40].to_string())
            .collect();
        ids.sort();
        ids.dedup();
        assert_eq!((done, sink.mails().len(), ids.len()), (20, 20, 20));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_whose_instance_died_is_taken_over_when_its_lease_ends() {
    each_database(async |t: &TestApp| {
        write(t, "a").await;
        let db = t.portal().store.read();
        let lost = outbox::lease(db, "dead", t.now(), t.now() + Duration::seconds(60)).await.expect("leased");
        let lost: JobId = lost.expect("a job").id;
        let runner = Runner::new(t.portal()).expect("a runner");
        assert!(!runner.next(t.now()).await.expect("asked"), "it is somebody else's");
        t.advance(Duration::seconds(61)).await;
        assert!(runner.next(t.now()).await.expect("asked"));
        assert_eq!((only(t).await.state.as_str(), only(t).await.attempts), ("done", 2));
        let late = outbox::done(db, lost, "dead", None, t.now()).await;
        assert!(late.is_err_and(|e| e.is_stale()), "who lost the lease changes nothing");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_kills_its_instance_each_time_is_given_up() {
    each_database(async |t: &TestApp| {
        write(t, "a").await;
        for _ in 0..8 {
            let until = t.now() + Duration::seconds(60);
            let leased =
                outbox::lease(t.portal().store.read(), "dies", t.now(), until).await.expect("leased");
            assert!(leased.is_some());
            t.advance(Duration::seconds(61)).await;
        }
        run_due(t.portal(), t.now()).await.expect("runs");
        let job = only(t).await;
        assert_eq!((job.state.as_str(), job.last_error.as_str()), ("dead", "never ended"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_admin_reads_a_mail_as_its_reader_does_but_not_its_secret() {
    each_database(async |t: &TestApp| {
        write(t, "a").await;
        run_due(t.portal(), t.now()).await.expect("runs");
        let job = only(t).await;
        t.staff("david@provider.example", &[StaffRole::Admin]).await;
        let admin = t.browser_of("david@provider.example").await;
        let page = admin.get(&format!("/de/outbox/{}", job.id)).await.text();
        assert!(page.contains("password/geheim") && page.contains("anna@k1.example"), "{page}");
        let html = admin.get(&format!("/de/outbox/{}/html", job.id)).await;
        let policy = html.header("content-security-policy");
        assert!(policy.to_str().expect("text").contains("style-src 'unsafe-inline'"));
        assert!(!policy.to_str().expect("text").contains("script-src"));
        assert!(html.text().starts_with("<!DOCTYPE html>"));

        let portal = by_smtp(t, "smtp://127.0.0.1:1");
        let by = t.actor("david@provider.example").await.admin().expect("the role");
        let shown = mail::outbox::show(&portal, &by, job.id).await.expect("shown");
        assert!(shown.hidden && !shown.mail.expect("a mail").1.text.contains("geheim"));
        assert_eq!(admin.get("/de/outbox/nonsense").await.status_code(), 404);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_worker_runs_what_is_committed_and_ends_when_told() {
    each_database(async |t: &TestApp| {
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let worker = tokio::spawn(service::jobs::work(t.portal().clone(), t.app.clock.clone(), stopped));
        write(t, "a").await;
        for _ in 0..200 {
            if only(t).await.state == "done" {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert_eq!(only(t).await.state, "done");
        stop.send(true).expect("told");
        tokio::time::timeout(std::time::Duration::from_secs(5), worker)
            .await
            .expect("in time")
            .expect("ended");
    })
    .await;
}
