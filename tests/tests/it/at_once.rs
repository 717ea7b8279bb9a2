//! What happens when two do the same at once, when somebody goes away in the middle, and when the database fails
//! behind a commit.

use crate::harness::{TestApp, each_database};
use crate::main_path::{ANNA, lock, request, scene};
use domain::contract::StateName;
use domain::permission::StaffRole;
use service::contracts::{begin, save_draft};
use service::customers::import_contracts::{self, Options};
use service::customers::importing::Importer;
use service::customers::scans::Scans;
use service::store::{contracts, gate_facts};

const TINA: &str = "tina@provider.example";

async fn version(t: &TestApp) -> i64 {
    gate_facts::version(t.portal().store.read()).await.expect("a version")
}

async fn recorded(t: &TestApp) -> u64 {
    store::decisions::list(t.portal().store.read(), None, 0, 1).await.expect("decisions").1
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_recorded_although_whoever_wanted_to_read_it_went_away() {
    each_database(async |t| {
        let s = scene(t).await;
        t.staff(TINA, &[StaffRole::Technician]).await;
        let tina = t.browser_of(TINA).await;
        for steps in 0..12 {
            tina.get("/de/gate?customer=K1").await;
            // The page of the decisions writes the waiting ones first; its reader goes away at some step of that.
            tokio::select! {
                biased;
                done = t.portal().file_records(t.now()) => done.expect("written"),
                () = async { for _ in 0..steps { tokio::task::yield_now().await } } => {}
            }
        }
        t.portal().file_records(t.now()).await.expect("written");
        assert_eq!(recorded(t).await, 12, "each answer once: {}", s.customer);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_came_in_on_paper_is_passed_over() {
    each_database(async |t| {
        let s = scene(t).await;
        let paper = "customer_number;contract_number;services;signed_on;effective_from;signatory_name;signatory_function\n\
                     K1;AV-2026-00001;hosting;2019-03-01;2019-04-01;Karl Chef;Geschäftsführer\n\
                     K1;AV-2026-00002;hosting;2019-03-01;2019-04-01;Karl Chef;Geschäftsführer\n";
        t.customer("K2", &s.manager).await;
        let paper = paper.replace("\nK1;", "\nK2;");
        let options = Options { skip_bad: false, confirmed_by: None, scans: Scans::None };
        let by = Importer::Command;
        let done = import_contracts::import_contracts(t.portal(), &by, paper.into(), &options, t.now()).await;
        assert_eq!(done.expect("imported").created, 2);
        let anna = s.anna.of_customer(s.customer).expect("theirs");
        let id = begin::run(t.portal(), &anna, t.now()).await.expect("begun");
        let begun = contracts::find_any(t.portal().store.read(), id).await.expect("read").expect("there");
        assert_eq!(begun.number, "AV-2026-00003");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_clicks_at_once_begin_one_contract() {
    each_database(async |t| {
        let s = scene(t).await;
        let anna = s.anna.of_customer(s.customer).expect("theirs");
        let click = || begin::run(t.portal(), &anna, t.now());
        let (a, b, c, d) = tokio::join!(click(), click(), click(), click());
        let first = a.expect("begun");
        for other in [b, c, d] {
            assert_eq!(other.expect("found"), first);
        }
        let all = contracts::of_customer(t.portal().store.read(), s.customer).await.expect("contracts");
        assert_eq!(all.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_succeeded_is_not_reported_as_failed_and_the_gate_closes_meanwhile() {
    each_database(async |t| {
        let s = scene(t).await;
        t.staff(TINA, &[StaffRole::Technician]).await;
        let anna = s.anna.of_customer(s.customer).expect("theirs");
        let draft = begin::run(t.portal(), &anna, t.now()).await.expect("begun");
        let store = &t.portal().store;
        assert!(t.portal().gate.facts().fresh(t.now()));

        // A row that nobody can read: the facts cannot be read anew.
        let broken = "UPDATE contracts SET state = 'unreadable'";
        store.execute(broken).await.expect("broken");
        t.customer("K2", &s.manager).await;
        assert!(
            store::customers::by_number(store.read(), "K2").await.expect("read").is_some(),
            "it is stored"
        );
        assert!(!t.portal().gate.facts().fresh(t.now()), "the old facts permit nothing any more");
        assert!(t.portal().gate.check(store, t.now()).await.is_err());
        assert!(!t.portal().gate.facts().fresh(t.now()));

        store.execute("UPDATE contracts SET state = 'draft'").await.expect("mended");
        t.portal().gate.check(store, t.now()).await.expect("read anew");
        let facts = t.portal().gate.facts();
        assert!(facts.fresh(t.now()) && facts.customer("K2").is_some(), "{draft}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_gate_hears_of_a_draft_only_what_changes_its_answers() {
    each_database(async |t| {
        let s = scene(t).await;
        let anna = s.anna.of_customer(s.customer).expect("theirs");
        let id = begin::run(t.portal(), &anna, t.now()).await.expect("begun");
        let mut input = request(t.portal(), &[ANNA]);
        save_draft::run(t.portal(), &anna, id, lock(t, id).await, input.clone(), t.now())
            .await
            .expect("saved");

        let before = version(t).await;
        input.instructing = "Die Prokura".into();
        save_draft::run(t.portal(), &anna, id, lock(t, id).await, input.clone(), t.now())
            .await
            .expect("saved");
        assert_eq!(version(t).await, before, "who instructs is nothing to the gate");
        input.scope.pop();
        save_draft::run(t.portal(), &anna, id, lock(t, id).await, input, t.now()).await.expect("saved");
        assert_eq!(version(t).await, before + 1, "another scope is");
        let known = t.portal().gate.facts();
        assert_eq!(known.customer("K1").expect("there").contracts[0].state, StateName::Draft);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_facts_of_the_gate_are_those_of_one_moment() {
    each_database(async |t| {
        let s = scene(t).await;
        let snapshot = t.portal().store.snapshot().await.expect("a snapshot");
        let before = gate_facts::version(snapshot.db()).await.expect("a version");
        t.customer("K2", &s.manager).await;
        assert!(version(t).await > before);
        let facts = gate_facts::load(snapshot.db(), std::collections::HashMap::new(), t.now()).await;
        let facts = facts.expect("facts");
        assert_eq!((facts.version, facts.customer("K2").is_none()), (before, true));
        snapshot.end().await.expect("ended");
    })
    .await;
}
