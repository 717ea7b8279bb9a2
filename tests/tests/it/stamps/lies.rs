//! An authority that lies, stammers or hides: never a level that is not true, never a contract that waits.

use super::authority::{Purpose, Says, far};
use super::{authority, job, on_true_time, restarted, run_jobs, trust};
use crate::harness::{TestApp, each_database};
use crate::main_path::{in_force, scene};
use chrono::Duration;
use domain::ContractId;
use domain::contract::ContractState;
use server::state::App;
use service::stamps::{SealLevel, document_job};
use service::store::{contracts, document_stamps, documents};

/// Concluded, sealed, and without a time stamp: whatever the authority says.
async fn unharmed(app: &App, id: ContractId) {
    let db = app.portal.store.read();
    let contract = contracts::find_any(db, id).await.expect("read").expect("there");
    assert!(matches!(contract.state, ContractState::InForce(_)));
    let first = contracts::document_of(db, contract.customer, id).await.expect("read").expect("sealed");
    assert_eq!(document_stamps::of(db, first).await.expect("read"), None);
    let file = documents::find(db, contract.customer, first).await.expect("read").expect("bytes");
    assert_eq!(app.seal.level(&file.bytes), SealLevel::B);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_lie_is_believed() {
    each_database(async |t: &TestApp| {
        let tsa = authority(t, Purpose::Time, 30).await;
        trust(t, &tsa.root());
        let app = restarted(t, Some(&tsa.url)).await;
        let s = scene(t).await;
        let id = in_force(t, &s).await;
        on_true_time(t).await;
        tsa.says(Says::Http(503));
        run_jobs(&app).await;
        let payload = job(&app, "document_stamp").await.payload;
        t.advance(Duration::minutes(10)).await; // its certificate is older than the earliest lie
        let now = app.now();
        let [early, late] = far(now);
        let lies = [
            (Says::AnotherHash(now), "another document"),
            (Says::AnotherNonce(now), "another request"),
            (Says::Scratched(now), "signature is wrong"),
            (Says::At(early), "differs from the own clock by -180"),
            (Says::At(late), "differs from the own clock by 180"),
            (Says::Status(2), "declined"),
            (Says::StampUnder(1, now), "declined"),
            (Says::StampUnder(2, now), "declined"),
            (Says::Status(0), "cannot be read"),
            (Says::Bytes(b""), "cannot be read"),
            (Says::Bytes(b"<html>Guten Tag</html>"), "cannot be read"),
            (Says::Bytes(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]), "cannot be read"),
            (Says::Endless(64 * 1024), "cannot be read"),
            (Says::Endless(64 * 1024 + 1), "too large"),
            (Says::Endless(8_000_000), "too large"),
            (Says::AnotherType, "content type"),
            (Says::Redirect, "status 307"),
            (Says::Http(401), "status 401"),
            (Says::Http(202), "status 202"),
            (Says::Nothing, "connection"),
            (Says::Half, "connection broke"),
        ];
        for (says, words) in lies {
            tsa.says(says);
            let refused = document_job::run(&app.portal, &payload, now).await.expect_err("a lie").to_string();
            assert!(refused.contains(words), "{says:?}: {refused}");
            assert!(!refused.contains("geheim") && !refused.contains("127.0.0.1"), "{refused}");
            unharmed(&app, id).await;
        }
        tsa.says(Says::At(now + Duration::seconds(119)));
        document_job::run(&app.portal, &payload, now).await.expect("within the tolerance");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_is_not_for_time_stamps_or_has_expired_stamps_nothing() {
    each_database(async |t: &TestApp| {
        let s = scene(t).await;
        let id = in_force(t, &s).await;
        on_true_time(t).await;
        let wrong = [(Purpose::Anything, 30, 0), (Purpose::Code, 30, 0), (Purpose::Time, 1, 3)];
        for (purpose, valid, later) in wrong {
            let tsa = authority(t, purpose, valid).await;
            trust(t, &tsa.root());
            t.advance(Duration::days(later)).await;
            let app = restarted(t, Some(&tsa.url)).await;
            tsa.says(Says::At(app.now()));
            run_jobs(&app).await;
            let payload = job(&app, "document_stamp").await.payload;
            let refused = document_job::run(&app.portal, &payload, app.now()).await.expect_err("refused");
            assert!(refused.to_string().contains("certificate is not one for time stamps"), "{refused}");
            unharmed(&app, id).await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_that_is_gone_or_no_longer_set_leaves_the_job() {
    each_database(async |t: &TestApp| {
        let s = scene(t).await;
        let id = in_force(t, &s).await;
        let gone = restarted(t, Some("http://127.0.0.1:1/tsr")).await;
        run_jobs(&gone).await;
        let waits = job(&gone, "document_stamp").await;
        assert!(waits.state == "ready" && waits.last_error.contains("no connection"), "{waits:?}");
        let refused = document_job::run(t.portal(), &waits.payload, t.now()).await.expect_err("not set");
        assert!(refused.to_string().contains("no time stamp authority is set"), "{refused}");
        unharmed(&gone, id).await;
    })
    .await;
}
