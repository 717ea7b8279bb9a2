//! Health: ready when everything is, not ready when it is not, and no details in either case.

use crate::harness::{TestApp, each_database};
use chrono::Duration;
use domain::Lang;
use service::mail::{self, Letter, Recipient};

#[tokio::test(flavor = "multi_thread")]
async fn ready_while_the_gate_is_fresh_and_jobs_are_run() {
    each_database(async |t: &TestApp| {
        let browser = t.browser();
        assert_eq!(browser.get("/healthz/live").await.text(), r#"{"status":"live"}"#);
        let ready = browser.get("/healthz/ready").await;
        assert_eq!((ready.status_code().as_u16(), ready.text().as_str()), (200, r#"{"status":"ready"}"#));

        let to = Recipient { address: "anna@k1.example".into(), name: "Anna".into(), lang: Lang::De };
        let letter = Letter::new("password_changed", to)
            .value("email", "anna@k1.example")
            .value("changed_at", "heute")
            .value("privacy_email", "x@y.example")
            .value("link", "http://localhost:3000/de/password/forgotten");
        let work = t.portal().begin().await.expect("work");
        mail::enqueue(t.portal(), &work, letter, "user:1", "a", t.now()).await.expect("written");
        t.portal().commit(work, t.now()).await.expect("committed");
        t.advance(Duration::minutes(11)).await;
        let lag = browser.get("/healthz/ready").await;
        assert_eq!((lag.status_code().as_u16(), lag.text().as_str()), (503, r#"{"status":"unready"}"#));
        t.run_jobs().await;
        assert_eq!(browser.get("/healthz/ready").await.status_code(), 200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schema_that_is_behind_is_not_ready() {
    each_database(async |t: &TestApp| {
        let last = "DELETE FROM seaql_migrations WHERE version = (SELECT max(version) FROM seaql_migrations)";
        t.portal().store.execute(last).await.expect("taken back");
        assert_eq!(t.browser().get("/healthz/ready").await.status_code(), 503);
    })
    .await;
}
