//! The provider's work after the end: hand back, confirm, keep what the law says, and the worklist that asks for it.

use super::{contract, disposal, done, ended, refused, tasks, technician};
use crate::harness::{TestApp, each_database};
use crate::main_path::{ANNA, Scene};
use chrono::Duration;
use domain::ContractId;
use domain::contract::StateName;
use domain::contract::lifecycle::RetainedInput;
use domain::permission::Staff;
use service::disposals::{begin, choose, close, confirm, hand_back, retain};
use service::worklist::{self, Kind};

async fn chosen(t: &TestApp, way: &str) -> (Scene, ContractId, Staff) {
    let (s, id) = ended(t).await;
    let anna = s.anna.of_customer(s.customer).expect("theirs");
    choose::run(t.portal(), &anna, id, way, t.now()).await.expect("chosen");
    let staff = technician(t).await;
    (s, id, staff)
}

async fn due(t: &TestApp, s: &Scene) -> Vec<(Kind, String)> {
    let staff = s.manager.staff().expect("staff");
    let all = worklist::entries(t.portal(), &staff, t.now()).await.expect("read");
    let after_the_end = [Kind::ReturnData, Kind::DeleteData, Kind::CertifyDeletion];
    let wanted = all.into_iter().filter(|e| after_the_end.contains(&e.kind));
    wanted.map(|e| (e.kind, e.due.map(|d| d.to_string()).unwrap_or_default())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_system_and_every_sub_processor_is_a_task() {
    each_database(async |t| {
        let (_, id) = ended(t).await;
        let d = disposal(t, id).await;
        let ids: Vec<_> = d.tasks.iter().map(|x| x.id.as_str()).collect();
        for task in ["hosting.web_space", "hosting.mailboxes", "remote_support.address_books"] {
            assert!(ids.contains(&task), "{task} in {ids:?}");
        }
        assert!(ids.iter().any(|i| i.starts_with("subprocessor.")), "{ids:?}");
        assert_eq!(ids.last().copied(), Some("hosting.backups"));
        assert!(!ids.iter().any(|i| i.starts_with("monitoring.")), "only what was in scope");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn deletion_is_confirmed_with_day_and_method_backups_last() {
    each_database(async |t| {
        let (s, id, staff) = chosen(t, "delete").await;
        assert_eq!(due(t, &s).await, [(Kind::DeleteData, "2027-01-15".to_string())]);
        let d = disposal(t, id).await;
        let (data, backups) = (tasks(&d, false), tasks(&d, true));
        let run = async |which: &[String], on: &str| {
            confirm::run(t.portal(), &staff, id, which, &done(on), t.now()).await
        };
        assert_eq!(refused(run(&[], "2027-01-01").await.expect_err("none")), "tasks choose-one");
        assert_eq!(refused(run(&["x".into()], "2027-01-01").await.expect_err("unknown")), "missing");
        assert_eq!(refused(run(&backups, "2027-01-01").await.expect_err("backups first")), "too-early");
        assert_eq!(refused(run(&data, "2026-12-31").await.expect_err("before")), "on date-early");
        assert_eq!(refused(run(&data, "2027-01-02").await.expect_err("tomorrow")), "on date-future");
        assert!(disposal(t, id).await.tasks.iter().all(|x| x.done.is_none()), "all or none");
        run(&data[..1], "2027-01-01").await.expect("confirmed");
        assert_eq!(refused(run(&data, "2027-01-01").await.expect_err("again")), "already-done");
        run(&data[1..], "2027-01-01").await.expect("confirmed");
        assert_eq!(due(t, &s).await, [(Kind::DeleteData, "2027-01-22".to_string())], "the backups");
        let manager = s.manager.contract_manager().expect("the role");
        let open = close::run(t.portal(), &manager, id, t.now()).await.expect_err("open");
        assert_eq!(refused(open), "tasks-open");
        t.advance(Duration::days(10)).await;
        run(&backups, "2027-01-10").await.expect("confirmed");
        assert_eq!(due(t, &s).await, [(Kind::CertifyDeletion, "2027-01-22".to_string())]);
        let anna = s.anna.of_customer(s.customer).expect("theirs");
        let late = choose::run(t.portal(), &anna, id, "return", t.now()).await.expect_err("begun");
        assert_eq!(refused(late), "work-began");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn returned_data_are_checked_before_anything_is_deleted() {
    each_database(async |t| {
        let (s, id, staff) = chosen(t, "return").await;
        assert_eq!(due(t, &s).await, [(Kind::ReturnData, "2027-01-15".to_string())]);
        let bare = hand_back::run(t.portal(), &staff, id, " ", t.now()).await.expect_err("how");
        assert_eq!(refused(bare), "how required");
        hand_back::run(t.portal(), &staff, id, "ZIP über SFTP", t.now()).await.expect("returned");
        assert_eq!(t.in_letter("data_returned", ANNA, "check_until").await, "15.01.2027");
        let twice = hand_back::run(t.portal(), &staff, id, "ZIP", t.now()).await.expect_err("twice");
        assert_eq!(refused(twice), "already-done");
        assert_eq!(due(t, &s).await, [], "the customer checks");
        let data = tasks(&disposal(t, id).await, false);
        let early = confirm::run(t.portal(), &staff, id, &data, &done("2027-01-01"), t.now()).await;
        assert_eq!(refused(early.expect_err("early")), "too-early");
        t.advance(Duration::days(15)).await; // 16 January
        assert_eq!(due(t, &s).await, [(Kind::DeleteData, "2027-01-29".to_string())]);
        confirm::run(t.portal(), &staff, id, &data, &done("2027-01-16"), t.now()).await.expect("confirmed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn data_that_the_law_keeps_are_noted_and_taken_back() {
    each_database(async |t| {
        let (s, id, _) = chosen(t, "delete").await;
        let by = s.manager.contract_manager().expect("the role");
        let bare = retain::add(t.portal(), &by, id, &RetainedInput::default(), t.now()).await;
        let codes = refused(bare.expect_err("bare"));
        assert!(codes.starts_with("what required, law required, until"), "{codes}");
        let input = RetainedInput {
            what: "Rechnungen".into(),
            law: "§ 147 Abs. 3 AO".into(),
            until: "2034-12-31".into(),
        };
        retain::add(t.portal(), &by, id, &input, t.now()).await.expect("noted");
        assert_eq!(disposal(t, id).await.retained.len(), 1);
        let which = ("Rechnungen", "§ 147 Abs. 3 AO");
        retain::remove(t.portal(), &by, id, which, t.now()).await.expect("removed");
        let gone = retain::remove(t.portal(), &by, id, which, t.now()).await.expect_err("gone");
        assert_eq!(refused(gone), "already-done");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_confirmations_at_the_same_instant_are_one() {
    each_database(async |t| {
        let (_, id, staff) = chosen(t, "delete").await;
        let first = tasks(&disposal(t, id).await, false)[..1].to_vec();
        let input = done("2027-01-01");
        let confirm = || confirm::run(t.portal(), &staff, id, &first, &input, t.now());
        let (a, b) = tokio::join!(confirm(), confirm());
        assert_eq!([a, b].into_iter().flatten().count(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contract_that_ended_without_a_question_is_asked_about_later() {
    each_database(async |t| {
        let (s, id) = ended(t).await;
        forget_the_disposal(t, id).await;
        let by = s.manager.contract_manager().expect("the role");
        begin::run(t.portal(), &by, id, t.now()).await.expect("begun");
        assert_eq!(disposal(t, id).await.choose_until.to_string(), "2027-02-01");
        let twice = begin::run(t.portal(), &by, id, t.now()).await.expect_err("once");
        assert_eq!(refused(twice), "wrong-state");
        assert_eq!(contract(t, id).await.state.name(), StateName::Ended);
    })
    .await;
}

/// As a row that was written before there was any of this.
async fn forget_the_disposal(t: &TestApp, id: ContractId) {
    let mut c = contract(t, id).await;
    let domain::contract::ContractState::Ended(ended) = &mut c.state else { panic!("it ended") };
    ended.disposal = None;
    store::contracts::update(t.portal().store.read(), &c).await.expect("written");
}
