//! What need not be kept goes by itself: links, codes and sessions after their end, names in mails that left long ago.

use crate::harness::{TestApp, each_database};
use crate::jobs::{Sink, by_smtp, letter, only, write};
use crate::main_path::{ANNA, offered, scene, signing_input};
use chrono::Duration;
use domain::permission::StaffRole;
use service::jobs::{housekeeping, run_due};
use service::mail::{self, Letter};
use service::store::{outbox, sessions};

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_forgotten_when_its_time_is_over_whatever_became_of_its_mail() {
    each_database(async |t: &TestApp| {
        write(t, "left").await; // into the folder
        run_due(t.portal(), t.now()).await.expect("runs");
        write(t, "dead").await;
        let refusing = Sink::start("550 5.1.1 no such user").await;
        run_due(&by_smtp(t, &refusing.url), t.now()).await.expect("runs");
        write(t, "waits").await;
        let work = t.portal().begin().await.expect("work");
        let code = Letter::new("sign_code", letter().to)
            .value("customer_name", "Tischlerei")
            .value("contract_number", "AV-2026-00001")
            .value("code", "482915")
            .value("valid_until", "gleich")
            .value("privacy_email", "privacy@provider.example")
            .secret();
        mail::enqueue(t.portal(), &work, code, "user:1", "code", t.now()).await.expect("written");
        t.portal().commit(work, t.now()).await.expect("committed");

        let secrets = async || {
            housekeeping::run(t.portal(), t.now()).await.expect("kept");
            let (jobs, _) = outbox::list(t.portal().store.read(), None, None, 0, 10).await.expect("outbox");
            let mut kept: Vec<_> =
                jobs.into_iter().filter(|j| !j.payload.contains("•••")).map(|j| j.key).collect();
            kept.sort();
            kept
        };
        assert_eq!(secrets().await, ["code", "dead", "left", "waits"]);
        t.advance(Duration::minutes(11)).await;
        assert_eq!(secrets().await, ["dead", "left", "waits"], "a code opens nothing after ten minutes");
        t.advance(Duration::hours(24)).await;
        assert_eq!(secrets().await, [""; 0]);

        // What still waited is not sent without its link.
        let taking = Sink::start("250 ok").await;
        run_due(&by_smtp(t, &taking.url), t.now()).await.expect("runs");
        let (dead, _) =
            outbox::list(t.portal().store.read(), None, Some("dead"), 0, 10).await.expect("outbox");
        assert_eq!((taking.mails().len(), dead.len()), (0, 3));
        assert!(dead.iter().any(|j| j.last_error == "its link or code has run out"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_three_months_nobody_reads_who_got_what() {
    each_database(async |t: &TestApp| {
        write(t, "a").await;
        run_due(t.portal(), t.now()).await.expect("runs");
        t.advance(Duration::days(89)).await;
        housekeeping::run(t.portal(), t.now()).await.expect("kept");
        assert!(only(t).await.payload.contains("anna@k1.example"));
        t.advance(Duration::days(2)).await;
        for _ in 0..2 {
            housekeeping::run(t.portal(), t.now()).await.expect("kept");
        }
        let job = only(t).await;
        let kept: serde_json::Value = serde_json::from_str(&job.payload).expect("JSON");
        assert_eq!(kept, serde_json::json!({ "template": "password_reset", "cleared": true }));
        assert_eq!((job.state.as_str(), job.key.as_str(), job.done_at.is_some()), ("done", "a", true));
        t.staff("david@provider.example", &[StaffRole::Admin]).await;
        let admin = t.browser_of("david@provider.example").await;
        assert_eq!(admin.get("/de/outbox").await.status_code(), 200);
        assert_eq!(admin.get(&format!("/de/outbox/{}", job.id)).await.status_code(), 200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_links_and_codes_are_deleted_a_week_after_their_end() {
    each_database(async |t: &TestApp| {
        let s = scene(t).await;
        let id = offered(t, &s, &[ANNA]).await;
        signing_input(t, &s, id, ANNA).await; // sends a code
        t.browser_of(ANNA).await;
        service::people::reset::request(t.portal(), ANNA, None, t.now()).await.expect("asked");
        let db = t.portal().store.read();
        let rows = async || {
            housekeeping::run(t.portal(), t.now()).await.expect("kept");
            let session = sessions::of_user(db, s.anna.user).await.expect("sessions").len();
            let code = store::sign_codes::find(db, id, s.anna.user).await.expect("a code").is_some();
            let link = t.in_letter("password_reset", ANNA, "link").await;
            let secret = link.rsplit('/').next().expect("a secret").to_string();
            (session, code, secret)
        };
        let (session, code, secret) = rows().await;
        assert_eq!((session, code), (1, true));
        let hash = service::fresh::hash(&secret);
        assert!(store::links::by_secret(db, &hash).await.expect("links").is_some());
        t.advance(Duration::days(6)).await;
        assert_eq!(rows().await.0, 1);
        t.advance(Duration::days(3)).await;
        let (session, code, _) = rows().await;
        assert_eq!((session, code), (0, false));
        assert!(store::links::by_secret(db, &hash).await.expect("links").is_none());
    })
    .await;
}
