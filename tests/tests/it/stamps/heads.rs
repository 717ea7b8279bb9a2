//! The daily head of the audit chain gets a time stamp; and the alarm when the chain is not whole.

use super::authority::{Purpose, Says};
use super::{authority, browser_of, job, on_true_time, restarted, run_jobs, trust};
use crate::harness::{TestApp, each_database};
use crate::main_path::{ANNA, in_force, scene};
use chrono::Duration;
use domain::permission::StaffRole;
use server::state::App;
use service::audit::head;
use service::jobs::housekeeping;
use service::stamps::StampCheck;
use service::store::{audit, audit_heads};
use service::worklist;

async fn keep_house(app: &App) {
    housekeeping::run(&app.portal, app.now()).await.expect("housekeeping");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_head_a_day_is_stamped_and_shown_and_in_the_pack() {
    each_database(async |t: &TestApp| {
        let tsa = authority(t, Purpose::Time, 90).await;
        trust(t, &tsa.root());
        let app = restarted(t, Some(&tsa.url)).await;
        let s = scene(t).await;
        let id = in_force(t, &s).await;
        on_true_time(t).await;
        tsa.says(Says::At(app.now()));
        run_jobs(&app).await;
        keep_house(&app).await;
        tsa.says(Says::Nothing);
        run_jobs(&app).await;
        assert_eq!(head::newest_stamp(&app.portal).await.expect("read"), None);
        assert_eq!(job(&app, "head_stamp").await.state, "ready");
        let mailed = audit_heads::last_mailed(app.portal.store.read()).await.expect("read").expect("mailed");

        t.advance(Duration::minutes(2)).await;
        tsa.says(Says::AnotherHash(app.now()));
        run_jobs(&app).await;
        assert_eq!(head::newest_stamp(&app.portal).await.expect("read"), None, "a lie is no stamp");
        t.advance(Duration::minutes(5)).await;
        tsa.says(Says::At(app.now()));
        run_jobs(&app).await;
        let (size, check) = head::newest_stamp(&app.portal).await.expect("read").expect("a stamp");
        assert_eq!(size, mailed.head.size, "the head that was mailed");
        assert!(matches!(check, StampCheck::Trusted(_, by) if by == "Test stamps"));

        // The same day no second one, the next day the next.
        keep_house(&app).await;
        job(&app, "head_stamp").await;
        let officer = browser_of(&app, "clara@provider.example").await;
        let page = officer.get("/en/audit").await.text();
        assert!(page.contains("confirmed by Test stamps"), "{page}");
        let pack =
            t.browser_of(ANNA).await.get(&format!("/en/my/{}/contracts/{id}/proof.zip", s.customer)).await;
        let pack = String::from_utf8_lossy(pack.as_bytes()).into_owned();
        assert!(pack.contains("\"stamp\":\"MI"), "the stamped head is in the proofs");

        // Whoever is not trusted proves nothing, and what does not fit is said.
        std::fs::remove_dir_all(app.config.data_dir.join("seal/time-stampers")).expect("removed");
        let unsure = restarted(t, None).await;
        let (_, check) = head::newest_stamp(&unsure.portal).await.expect("read").expect("a stamp");
        assert!(matches!(check, StampCheck::Unknown(..)));
        let spoil =
            format!("UPDATE audit_heads SET root = '{}' WHERE number = {}", "0".repeat(64), mailed.number);
        app.portal.store.execute(&spoil).await.expect("spoilt");
        let (_, check) = head::newest_stamp(&app.portal).await.expect("read").expect("a stamp");
        assert_eq!(check, StampCheck::Bad);
    })
    .await;
}

/// While the chain is broken no head can be made, and housekeeping says so.
async fn keep_broken_house(t: &TestApp) {
    assert!(housekeeping::run(t.portal(), t.now()).await.is_err());
}

async fn alarms(t: &TestApp) -> usize {
    t.letters().await.iter().filter(|l| l.template == "audit_broken").count()
}

async fn on_the_desk(t: &TestApp, email: &str) -> bool {
    let actor = t.actor(email).await;
    let staff = actor.staff().expect("staff");
    let due = worklist::entries(t.portal(), &staff, t.now()).await.expect("read");
    due.iter().any(|e| e.kind == worklist::Kind::AuditBroken)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_chain_is_told_once_and_stays_on_the_desk() {
    each_database(async |t: &TestApp| {
        let s = scene(t).await;
        in_force(t, &s).await;
        t.staff("otto@provider.example", &[StaffRole::Admin, StaffRole::PrivacyOfficer]).await;
        keep_house(&t.app).await;
        assert_eq!(alarms(t).await, 0, "all is whole");
        let spoil = |kind: &str| format!("UPDATE audit SET kind = '{kind}' WHERE seq = 3");
        let was = audit::find(t.portal().store.read(), 3).await.expect("read").expect("there");
        let was: serde_json::Value = serde_json::from_str(&was.body).expect("JSON");
        let was = was["kind"].as_str().expect("a kind").to_string();
        t.portal().store.execute(&spoil("nothing.happened")).await.expect("spoilt");
        keep_house(&t.app).await;
        assert_eq!(alarms(t).await, 0, "checked today already, and heads can still be made");
        t.advance(Duration::days(1)).await;
        keep_broken_house(t).await;
        assert_eq!(alarms(t).await, 2, "the officer, and who is both once");
        for email in ["clara@provider.example", "otto@provider.example"] {
            assert!(on_the_desk(t, email).await, "{email}");
        }
        assert!(!on_the_desk(t, "bernd@provider.example").await, "not the contract manager's");
        let finding = t.in_letter("audit_broken", "clara@provider.example", "finding").await;
        assert_eq!(finding, "columns:3");
        t.advance(Duration::days(1)).await;
        keep_broken_house(t).await;
        assert_eq!(alarms(t).await, 2, "the same finding is told once");
        t.portal().store.execute(&spoil(&was)).await.expect("mended");
        t.advance(Duration::days(1)).await;
        keep_house(&t.app).await;
        assert!(!on_the_desk(t, "clara@provider.example").await, "whole again");
        assert_eq!(alarms(t).await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_cannot_be_made_or_does_not_fit_is_told_at_once() {
    each_database(async |t: &TestApp| {
        let s = scene(t).await;
        keep_house(&t.app).await;
        in_force(t, &s).await;
        t.advance(Duration::minutes(2)).await;
        // The key is gone: heads were signed, and now none can be.
        let mut keyless = t.app.clone();
        keyless.portal.sign_head = None;
        let failed = housekeeping::run(&keyless.portal, t.now()).await;
        assert!(failed.is_err());
        assert_eq!(alarms(t).await, 1);
        assert_eq!(t.in_letter("audit_broken", "clara@provider.example", "finding").await, "no_head");
        t.advance(Duration::minutes(2)).await;
        assert!(housekeeping::run(&keyless.portal, t.now()).await.is_err());
        assert_eq!(alarms(t).await, 1, "once");
        // Another finding is told again: a head whose signature does not fit.
        t.advance(Duration::days(1)).await;
        let forged = "UPDATE audit_heads SET signature = 'AAAA' WHERE number = 1";
        t.portal().store.execute(forged).await.expect("forged");
        drop(housekeeping::run(t.portal(), t.now()).await);
        assert_eq!(alarms(t).await, 2);
        let newest = t.in_letter("audit_broken", "clara@provider.example", "finding").await;
        assert!(newest.starts_with("signature:1") || newest == "no_head", "{newest}");
    })
    .await;
}
