//! Time stamps: what an authority says is believed only if all of it fits, and a contract never waits for it.

mod authority;

mod files;

mod heads;

mod lies;

use crate::harness::{PASSWORD, TestApp};
use crate::seal_commands::run;
use authority::{Authority, Purpose, true_time};
use axum_test::TestServer;
use server::state::App;
use service::store::outbox;

/// The portal anew, on the same database and folder, with this authority.
async fn restarted(t: &TestApp, url: Option<&str>) -> App {
    let mut config = (*t.app.config).clone();
    config.tsa_url = url.map(Into::into);
    server::start::build(config, t.portal().store.clone(), t.app.clock.clone()).await.expect("a portal")
}

/// An authority with a folder of its own, valid for so many days from the true now.
async fn authority(t: &TestApp, purpose: Purpose, days: u32) -> Authority {
    let folder = t.app.config.data_dir.join(format!("tsa-{purpose}", purpose = purpose as u8));
    Authority::start(folder, purpose, days).await
}

/// As the operator does it.
fn trust(t: &TestApp, which: &str) {
    let (code, said, wrong) = run(&t.app.config.data_dir, None, &["seal", "trust", which]);
    assert_eq!(code, 0, "{said}{wrong}");
}

/// Puts the clock on the true time: `openssl ts` knows no other.
async fn on_true_time(t: &TestApp) {
    t.advance(true_time() - t.now()).await;
}

/// A browser of this portal: that of the harness may trust others.
fn browser(app: &App) -> TestServer {
    TestServer::builder().save_cookies().build(server::router::router(app.clone()))
}

async fn browser_of(app: &App, email: &str) -> TestServer {
    let browser = browser(app);
    let form = [("email", email), ("password", PASSWORD)];
    assert_eq!(browser.post("/en/login").form(&form).await.status_code(), 303);
    browser
}

async fn run_jobs(app: &App) {
    service::jobs::run_due(&app.portal, app.now()).await.expect("jobs run");
}

/// The only job of this kind.
async fn job(app: &App, kind: &str) -> outbox::Job {
    let (jobs, _) = outbox::list(app.portal.store.read(), Some(kind), None, 0, 10).await.expect("outbox");
    assert_eq!(jobs.len(), 1, "{jobs:?}");
    jobs.into_iter().next().expect("a job")
}
