//! A contract in force is amended: the old version rules until the midnight at which the new one begins.

use crate::harness::{TestApp, each_database, goes_to};
use crate::main_path::{ANNA, Scene, asks, in_force, offer_input, request, scene, signed};
use chrono::{DateTime, Duration, TimeZone as _, Utc};
use domain::contract::{Contract, ContractState, RequestInput, StateName};
use domain::permission::{CustomerRole, StaffRole};
use domain::{ContractId, Service, calendar};
use service::Problem;
use service::contracts::{begin, begin_amendment, countersign, lapse, offer, submit, withdraw};
use service::store::contracts;

async fn contract(t: &TestApp, id: ContractId) -> Contract {
    contracts::find_any(t.portal().store.read(), id).await.expect("read").expect("there")
}

async fn begun(t: &TestApp, s: &Scene, old: ContractId) -> ContractId {
    let by = s.anna.of_customer(s.customer).expect("theirs");
    begin_amendment::by_customer(t.portal(), &by, old, t.now()).await.expect("begun")
}

/// Hosting stays, remote support goes, monitoring comes.
fn other_scope(t: &TestApp) -> RequestInput {
    let scope = [Service::Hosting, Service::Monitoring].map(|s| begin::usual_scope(t.portal(), s));
    RequestInput { scope: scope.into(), ..request(t.portal(), &[ANNA]) }
}

async fn concluded(t: &TestApp, s: &Scene, id: ContractId, from: &str) {
    t.advance(Duration::minutes(1)).await; // the newest code is the one of this version
    let anna = s.anna.of_customer(s.customer).expect("theirs");
    submit::run(t.portal(), &anna, id, crate::main_path::lock(t, id).await, other_scope(t), t.now())
        .await
        .expect("sent");
    let by = s.manager.contract_manager().expect("the role");
    offer::run(t.portal(), &by, id, &offer_input(), t.now()).await.expect("offered");
    signed(t, s, id, ANNA).await;
    let input = countersign::CountersignInput { function: "Vertrieb".into(), effective_from: from.into() };
    countersign::run(t.portal(), &by, id, &input, t.now()).await.expect("countersigned");
}

async fn at(t: &TestApp, time: DateTime<Utc>) {
    t.advance(time - t.now()).await;
}

fn gate(t: &TestApp) -> [&'static str; 3] {
    ["hosting.operate", "remote_support.view", "system.monitor"].map(|action| asks(t, "K1", action).1)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_old_version_rules_until_midnight_and_the_new_one_from_then_on() {
    each_database(async |t| {
        let s = scene(t).await;
        t.staff("tina@provider.example", &[StaffRole::Technician]).await;
        let old = in_force(t, &s).await;
        let old_gate = ["ok_contract", "ok_contract", "service_not_covered"];
        assert_eq!(gate(t), old_gate);
        let new = begun(t, &s, old).await;
        assert_eq!(gate(t), old_gate, "a draft changes nothing");
        let (a, b) = (contract(t, old).await, contract(t, new).await);
        assert_eq!((&a.number, a.version, b.version), (&b.number, 1, 2));

        concluded(t, &s, new, "2026-12-01").await;
        assert_eq!(gate(t), old_gate, "concluded, but its first day has not come");
        let midnight = calendar::start_of_day("2026-12-01".parse().expect("a day"));
        assert_eq!(midnight, Utc.with_ymd_and_hms(2026, 11, 30, 23, 0, 0).single().expect("a time"));
        at(t, midnight - Duration::microseconds(1)).await;
        assert_eq!(gate(t), old_gate, "the last instant of the old one");
        at(t, midnight).await; // no job has run
        assert_eq!(gate(t), ["ok_contract", "service_not_covered", "ok_contract"], "no gap, no overlap");

        assert_eq!(lapse::end_due(t.portal(), t.now()).await.expect("ended"), 1);
        let ContractState::Ended(ended) = contract(t, old).await.state else { panic!("superseded") };
        assert_eq!((ended.was.successor, ended.was.effective_until), (Some(new), "2026-11-30".parse().ok()));
        assert_eq!(contract(t, new).await.state.name(), StateName::InForce);
        assert_eq!(gate(t), ["ok_contract", "service_not_covered", "ok_contract"]);
        assert!(service::audit::verify(t.portal()).await.expect("read").whole());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_that_holds_from_today_takes_over_at_once() {
    each_database(async |t| {
        let s = scene(t).await;
        t.staff("tina@provider.example", &[StaffRole::Technician]).await;
        let old = in_force(t, &s).await;
        t.advance(Duration::days(3)).await;
        let new = begun(t, &s, old).await;
        concluded(t, &s, new, "2026-11-26").await;
        assert_eq!(gate(t), ["ok_contract", "service_not_covered", "ok_contract"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_one_open_amendment_and_it_begins_with_what_was_agreed() {
    each_database(async |t| {
        let s = scene(t).await;
        let old = in_force(t, &s).await;
        let new = begun(t, &s, old).await;
        assert_eq!(begun(t, &s, old).await, new, "a second click begins nothing");
        let manager = s.manager.contract_manager().expect("the role");
        let theirs = begin_amendment::by_provider(t.portal(), &manager, old, t.now()).await.expect("found");
        assert_eq!(theirs, new);
        assert!(t.letters().await.iter().all(|l| l.template != "amendment_begun"), "nothing new was begun");
        let ContractState::Draft(draft) = contract(t, new).await.state else { panic!("a draft") };
        let agreed = contract(t, old).await.state.request().cloned().expect("a request");
        assert_eq!(draft.input.services(), agreed.services());
        assert_eq!(
            (draft.input.instructing.as_str(), draft.input.own_permission),
            ("Geschäftsführung", false)
        );
        assert_eq!(draft.input.signatories[0].email, ANNA);

        let anna = s.anna.of_customer(s.customer).expect("theirs");
        withdraw::run(t.portal(), &anna, new, t.now()).await.expect("withdrawn");
        let third = begun(t, &s, old).await;
        assert_eq!(contract(t, third).await.version, 3, "a version is never given twice");
        assert_eq!(contract(t, old).await.state.name(), StateName::InForce, "the old one rules on");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn begun_at_the_same_instant_it_is_one() {
    each_database(async |t| {
        let s = scene(t).await;
        let old = in_force(t, &s).await;
        let by = s.anna.of_customer(s.customer).expect("theirs");
        let begin = || begin_amendment::by_customer(t.portal(), &by, old, t.now());
        let (a, b, c) = tokio::join!(begin(), begin(), begin());
        for refused in [&a, &b, &c].into_iter().filter_map(|r| r.as_ref().err()) {
            assert!(matches!(refused, Problem::Stale), "{refused:?}");
        }
        let all = contracts::of_customer(t.portal().store.read(), s.customer).await.expect("read");
        assert_eq!(all.len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_in_force_and_not_followed_is_amended() {
    each_database(async |t| {
        let s = scene(t).await;
        let anna = s.anna.of_customer(s.customer).expect("theirs");
        let amend = async |id| match begin_amendment::by_customer(t.portal(), &anna, id, t.now()).await {
            Err(Problem::Refused(r)) => r.code(),
            other => panic!("{other:?}"),
        };
        let old = in_force(t, &s).await;
        let new = begun(t, &s, old).await;
        concluded(t, &s, new, "2026-12-01").await;
        assert_eq!(amend(old).await, "wrong-state", "it is followed already");
        t.advance(Duration::days(9)).await;
        lapse::end_due(t.portal(), t.now()).await.expect("ended");
        assert_eq!(amend(old).await, "wrong-state", "it is over");
        let third = begun(t, &s, new).await;
        assert_eq!(contract(t, third).await.version, 3);

        t.person_of(s.customer, "mia@k1.example", CustomerRole::Member).await;
        let mia = t.actor("mia@k1.example").await.of_customer(s.customer).expect("theirs");
        let refused = begin_amendment::by_customer(t.portal(), &mia, new, t.now()).await;
        assert!(matches!(refused, Err(Problem::Missing)), "who only reads begins nothing");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_show_both_versions_and_what_changes() {
    each_database(async |t| {
        let s = scene(t).await;
        let old = in_force(t, &s).await;
        let anna = t.browser_of(ANNA).await;
        let base = format!("/de/my/{}/contracts", s.customer);
        let page = anna.get(&format!("{base}/{old}")).await.text();
        assert!(page.contains("Neue Version beginnen"), "{page}");
        let begun = anna.post(&format!("{base}/{old}/amend")).await;
        assert_eq!(begun.status_code(), 303);
        let form = goes_to(&begun);
        let again = anna.post(&format!("{base}/{old}/amend")).await;
        assert_eq!(goes_to(&again), form);
        let page = anna.get(&form).await.text();
        assert!(page.contains("Version 2") && page.contains("gilt die bisherige"), "{page}");
        let new: ContractId = form.split('/').nth(5).expect("an id").parse().expect("an id");
        concluded(t, &s, new, "2026-12-01").await;

        let page = anna.get(&format!("{base}/{new}")).await.text();
        for what in
            ["Versionen dieses Vertrags", "Was sich gegenüber Version 1 ändert", "Wegfallende Leistungen"]
        {
            assert!(page.contains(what), "{what} is not in {page}");
        }
        let page = anna.get(&format!("{base}/{old}")).await.text();
        assert!(
            page.contains("Danach gilt die neue Version") && !page.contains("Neue Version beginnen"),
            "{page}"
        );
        let home = anna.get(&format!("/de/my/{}", s.customer)).await.text();
        assert!(home.contains("Ihr AV-Vertrag ist in Kraft") && home.contains(", Version 2"), "{home}");
        let staff = t.browser_of("bernd@provider.example").await;
        let page = staff.get(&format!("/en/contracts/{old}")).await.text();
        assert!(
            page.contains("Versions of this contract") && page.contains("New version concluded"),
            "{page}"
        );
        t.run_jobs().await;
        let files: Vec<_> =
            t.letters().await.into_iter().filter(|l| l.template == "contract_in_force").collect();
        assert!(files.len() >= 2, "copies of both versions");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contract_manager_begins_on_behalf_of_the_customer_who_is_told() {
    each_database(async |t| {
        let s = scene(t).await;
        let old = in_force(t, &s).await;
        let staff = t.browser_of("bernd@provider.example").await;
        let answer = staff.post(&format!("/de/contracts/{old}/amend")).await;
        assert_eq!(answer.status_code(), 303);
        let link = t.in_letter("amendment_begun", ANNA, "link").await;
        let path = link.split_once("/de/").expect("a path").1;
        assert_eq!(t.browser_of(ANNA).await.get(&format!("/de/{path}")).await.status_code(), 200);
        t.staff("tina@provider.example", &[StaffRole::Technician]).await;
        let tina = t.browser_of("tina@provider.example").await;
        assert_eq!(tina.post(&format!("/de/contracts/{old}/amend")).await.status_code(), 403);
    })
    .await;
}
