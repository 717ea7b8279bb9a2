//! A material text is offered to everyone at once: as it was agreed, by jobs, once each; what needs a person is named.

use crate::harness::{TestApp, each_database, goes_to};
use crate::main_path::{ANNA, Scene, asks, in_force, requested, scene, signed};
use chrono::Duration;
use domain::contract::renewal::Obstacle;
use domain::contract::{Contract, StateName};
use domain::customer::CustomerInput;
use domain::permission::{ContractManager, CustomerRole, StaffRole};
use domain::{ContractId, CustomerId};
use service::Problem;
use service::contracts::{begin_amendment, countersign, give_notice, lapse};
use service::store::text_offers::{self, Outcome};
use service::store::{annexes, contracts, holds};
use service::texts::offers::{self, AskInput, Offers, Standing};
use service::texts::{offer_job, publish};

/// One customer with a contract on the first text, the second one published with its last day on 22 January 2027.
async fn published(t: &TestApp) -> (Scene, ContractId) {
    let s = scene(t).await;
    let store = &t.portal().store;
    store
        .execute("UPDATE text_publications SET version = '2026-1' WHERE version = '2026-2'")
        .await
        .expect("set back");
    let id = in_force(t, &s).await;
    publish_second(t).await;
    (s, id)
}

async fn publish_second(t: &TestApp) {
    let clara = t.actor("clara@provider.example").await.privacy_officer().expect("the role");
    publish::run(t.portal(), &clara, "2026-2", "2027-01-22", t.now()).await.expect("published");
}

fn manager(s: &Scene) -> ContractManager {
    s.manager.contract_manager().expect("the role")
}

async fn run_of(t: &TestApp, s: &Scene) -> Offers {
    offers::overview(t.portal(), &manager(s), "2026-2", t.now()).await.expect("read").expect("a run")
}

fn all() -> AskInput {
    AskInput { whom: "all".into(), valid_until: "2027-01-15".into(), ..AskInput::default() }
}

async fn ask(t: &TestApp, s: &Scene, input: &AskInput) -> Result<usize, Vec<String>> {
    match offers::ask(t.portal(), &manager(s), "2026-2", input, t.now()).await {
        Ok(n) => Ok(n),
        Err(Problem::Mistakes(m)) => Err(m.0.iter().map(|m| format!("{} {}", m.field, m.code)).collect()),
        Err(other) => panic!("{other}"),
    }
}

async fn contract(t: &TestApp, id: ContractId) -> Contract {
    contracts::find_any(t.portal().store.read(), id).await.expect("read").expect("there")
}

async fn outcome(t: &TestApp, id: ContractId) -> Outcome {
    text_offers::find(t.portal().store.read(), "2026-2", id).await.expect("read").expect("asked").outcome
}

async fn offered_as(t: &TestApp, id: ContractId) -> ContractId {
    match outcome(t, id).await {
        Outcome::Offered(new) => new,
        other => panic!("{other:?}"),
    }
}

/// Another customer with a contract in force, made as the first one's.
async fn another(
    t: &TestApp,
    s: &Scene,
    number: &str,
    change: impl FnOnce(&mut CustomerInput),
) -> (CustomerId, ContractId) {
    let customer = t.customer_with(number, &s.manager, change).await;
    let email = format!("anna@{}.example", number.to_lowercase());
    t.person_of(customer, &email, CustomerRole::Signatory).await;
    let own = Scene { anna: t.actor(&email).await, manager: s.manager.clone(), customer };
    let id = requested(t, &own, &[&email]).await;
    let by = manager(s);
    service::contracts::offer::run(t.portal(), &by, id, &crate::main_path::offer_input(), t.now())
        .await
        .expect("offered");
    signed(t, &own, id, &email).await;
    let input =
        countersign::CountersignInput { function: "Vertrieb".into(), effective_from: "2026-11-23".into() };
    countersign::run(t.portal(), &by, id, &input, t.now()).await.expect("countersigned");
    (customer, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contract_is_offered_as_it_was_agreed_and_follows_the_old_one_when_it_is_signed() {
    each_database(async |t| {
        t.staff("tina@provider.example", &[StaffRole::Technician]).await;
        let (s, old) = published(t).await;
        let run = run_of(t, &s).await;
        assert_eq!(run.proposed.to_string(), "2027-01-22", "the last day of the old text");
        let ready: Vec<_> = run.candidates.iter().map(|c| (c.contract.0, c.standing)).collect();
        assert_eq!(ready, [(old, Standing::Ready)]);

        assert_eq!(ask(t, &s, &all()).await, Ok(1));
        assert_eq!(run_of(t, &s).await.candidates[0].standing, Standing::Waiting);
        assert_eq!(ask(t, &s, &all()).await, Ok(0), "sent twice is sent once");
        t.run_jobs().await;
        let new = offered_as(t, old).await;
        let (was, is) = (contract(t, old).await, contract(t, new).await);
        assert_eq!((&is.number, is.version, is.state.name()), (&was.number, 2, StateName::Offered));
        let (before, after) = (was.state.frozen().expect("frozen"), is.state.frozen().expect("frozen"));
        assert_eq!(after.request, before.request);
        assert_eq!((before.text_version.as_str(), after.text_version.as_str()), ("2026-1", "2026-2"));
        assert_eq!((after.notice_days, after.authorisation), (before.notice_days, before.authorisation));
        assert_eq!(t.in_letter("text_offered", ANNA, "valid_until").await, "15.01.2027");
        assert_eq!(t.in_letter("text_offered", ANNA, "accept_until").await, "22.01.2027");
        assert_eq!(asks(t, "K1", "hosting.operate").1, "ok_contract", "the old one rules on");

        t.advance(Duration::minutes(1)).await; // the newest code is the one of this version
        signed(t, &s, new, ANNA).await;
        assert_eq!(
            run_of(t, &s).await.candidates[0].standing,
            Standing::Offered(new, StateName::SignedByCustomer)
        );
        let input = countersign::CountersignInput {
            function: "Vertrieb".into(),
            effective_from: "2026-12-01".into(),
        };
        countersign::run(t.portal(), &manager(&s), new, &input, t.now()).await.expect("countersigned");
        let run = run_of(t, &s).await;
        assert_eq!((run.candidates.len(), run.accepted), (0, 1));
        t.advance(Duration::days(70)).await; // the last day of the old text is over
        assert_eq!(asks(t, "K1", "hosting.operate").1, "ok_contract", "the new one rules");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_runs_twice_or_beside_another_one_offers_once() {
    each_database(async |t| {
        let (s, old) = published(t).await;
        ask(t, &s, &all()).await.expect("asked");
        let payload = format!("2026-2 {old}");
        let run = || offer_job::run(t.portal(), &payload, t.now());
        let (a, b, c) = tokio::join!(run(), run(), run());
        for lost in [a, b, c].into_iter().filter_map(Result::err) {
            assert!(matches!(lost, Problem::Stale), "{lost}");
        }
        run().await.expect("run again");
        t.run_jobs().await;
        let versions = contracts::of_customer(t.portal().store.read(), s.customer).await.expect("read");
        assert_eq!(versions.len(), 2);
        let letters = t.letters().await.into_iter().filter(|l| l.template == "text_offered").count();
        assert_eq!(letters, 1);
        let nothing = offer_job::run(t.portal(), &format!("2026-2 {}", versions[0].id), t.now()).await;
        assert!(nothing.is_ok(), "a contract that nobody asked for is left alone");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_needs_a_person_is_named_before_and_skipped_when_it_happens_in_between() {
    each_database(async |t| {
        let s = scene(t).await;
        let store = &t.portal().store;
        let back = "UPDATE text_publications SET version = '2026-1' WHERE version = '2026-2'";
        store.execute(back).await.expect("set back");
        let first = in_force(t, &s).await;
        let (_, amended) = another(t, &s, "K2", |_| {}).await;
        let (_, ending) = another(t, &s, "K3", |_| {}).await;
        let (held, doubted) = another(t, &s, "K4", |_| {}).await;
        let (_, last) = another(t, &s, "K5", |_| {}).await;
        publish_second(t).await;

        begin_amendment::by_provider(t.portal(), &manager(&s), amended, t.now()).await.expect("begun");
        let notice = domain::contract::lifecycle::NoticeInput {
            kind: "ordinary".into(),
            last_day: "2027-03-31".into(),
            services_end: true,
            understood: true,
            ..domain::contract::lifecycle::NoticeInput::default()
        };
        give_notice::by_provider(t.portal(), &manager(&s), ending, &notice, t.now()).await.expect("given");
        hold(t, held, Some(doubted)).await;
        let standing = async |id: ContractId| {
            let run = run_of(t, &s).await;
            run.candidates.iter().find(|c| c.contract.0 == id).expect("a candidate").standing
        };
        assert_eq!(standing(first).await, Standing::Ready);
        assert_eq!(standing(amended).await, Standing::Needs(Obstacle::OnItsWay));
        assert_eq!(standing(ending).await, Standing::Needs(Obstacle::Notice));
        assert_eq!(standing(doubted).await, Standing::Needs(Obstacle::Hold));

        assert_eq!(ask(t, &s, &all()).await, Ok(2), "only those that are ready");
        // Before the job runs somebody begins a new version of the last one.
        begin_amendment::by_provider(t.portal(), &manager(&s), last, t.now()).await.expect("begun");
        t.run_jobs().await;
        assert_eq!(outcome(t, last).await, Outcome::Skipped(Obstacle::OnItsWay));
        assert_eq!(standing(last).await, Standing::Needs(Obstacle::OnItsWay));
        let new = offered_as(t, first).await;
        assert_eq!(standing(first).await, Standing::Offered(new, StateName::Offered));
        let told = service::audit::timeline(t.portal(), &format!("contract:{last}")).await.expect("read");
        assert!(told.iter().any(|h| h.kind == "contract.text_offer_skipped"));
    })
    .await;
}

async fn hold(t: &TestApp, customer: CustomerId, contract: Option<ContractId>) {
    let hold = holds::Hold {
        id: service::fresh::id(t.now()),
        customer,
        contract,
        kind: "doubt".into(),
        service: None,
        reason: "Wer darf hier unterschreiben?".into(),
        raised_by: None,
        raised_at: t.now(),
    };
    holds::insert(t.portal().store.read(), &hold).await.expect("a hold");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_lapsed_is_made_again_and_selected_ones_alone() {
    each_database(async |t| {
        let (s, old) = published(t).await;
        let selected = |ids: &[String]| AskInput {
            whom: "selected".into(),
            contracts: ids.to_vec(),
            valid_until: "2026-11-25".into(),
        };
        assert_eq!(ask(t, &s, &selected(&[])).await, Err(vec!["contracts choose-one".into()]));
        let foreign = selected(&[ContractId::from(uuid_of(9)).to_string()]);
        assert_eq!(ask(t, &s, &foreign).await, Err(vec!["contracts choose-one".into()]));
        assert_eq!(ask(t, &s, &selected(&[old.to_string()])).await, Ok(1));
        t.run_jobs().await;
        let first = offered_as(t, old).await;
        t.advance(Duration::days(3)).await;
        lapse::lapse_due(t.portal(), t.now()).await.expect("lapsed");
        assert_eq!(run_of(t, &s).await.candidates[0].standing, Standing::Ready);
        assert_eq!(ask(t, &s, &all()).await, Ok(1));
        t.run_jobs().await;
        let second = offered_as(t, old).await;
        assert_ne!(first, second);
        assert_eq!(contract(t, second).await.version, 3, "a version is never given twice");
    })
    .await;
}

fn uuid_of(n: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(n)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_says_too_little_or_too_much_asks_for_nothing() {
    each_database(async |t| {
        let (s, old) = published(t).await;
        let with = |whom: &str, day: &str| AskInput {
            whom: whom.into(),
            valid_until: day.into(),
            ..AskInput::default()
        };
        for (input, wrong) in [
            (with("", "2027-01-15"), vec!["whom choose-one"]),
            (with("everybody", ""), vec!["valid_until required", "whom choose-one"]),
            (with("all", "2026-11-22"), vec!["valid_until date-past"]),
            (with("all", "2027-06-01"), vec!["valid_until date-far"]),
        ] {
            let wrong: Vec<String> = wrong.into_iter().map(String::from).collect();
            assert_eq!(ask(t, &s, &input).await, Err(wrong));
        }
        hold(t, s.customer, None).await;
        assert_eq!(ask(t, &s, &all()).await, Err(vec!["whom offers-none-ready".into()]));
        t.portal().store.execute("UPDATE holds SET cleared_at = raised_at").await.expect("cleared");
        for kind in domain::annex::AnnexKind::ALL {
            assert!(annexes::newest_confirmed(t.portal().store.read(), kind).await.expect("read").is_some());
        }
        t.portal()
            .store
            .execute("UPDATE annex_snapshots SET confirmed_by = NULL, confirmed_at = NULL")
            .await
            .expect("unconfirmed");
        assert_eq!(ask(t, &s, &all()).await, Err(vec![" annexes-unconfirmed".into()]));
        let none = text_offers::find(t.portal().store.read(), "2026-2", old).await.expect("read");
        assert_eq!(none, None);
        let passed = offers::ask(t.portal(), &manager(&s), "2026-1", &all(), t.now()).await;
        assert!(matches!(passed, Err(Problem::Missing)), "a text that is not on offer");
        let unknown = offers::ask(t.portal(), &manager(&s), "2019-1", &all(), t.now()).await;
        assert!(matches!(unknown, Err(Problem::Missing)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_whose_rule_asks_for_more_signatories_today_is_left_to_a_person() {
    each_database(async |t| {
        let (s, _) = published(t).await;
        t.portal()
            .store
            .execute("UPDATE customers SET representation = 2 WHERE number = 'K1'")
            .await
            .expect("two must sign today");
        let run = run_of(t, &s).await;
        assert_eq!(run.candidates[0].standing, Standing::Needs(Obstacle::Signatories));
        assert_eq!(ask(t, &s, &all()).await, Err(vec!["whom offers-none-ready".into()]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_offers_shows_who_is_left_and_is_for_contract_managers_alone() {
    each_database(async |t| {
        let (s, old) = published(t).await;
        t.staff("tina@provider.example", &[StaffRole::Technician]).await;
        let tina = t.browser_of("tina@provider.example").await;
        let (bernd, clara) =
            (t.browser_of("bernd@provider.example").await, t.browser_of("clara@provider.example").await);
        let page = bernd.get("/de/texts/2026-2").await.text();
        for said in ["Anbieten", "Dem einen Vertrag, der bereit ist", "2027-01-22", &old.to_string()] {
            assert!(page.contains(said), "{said}: {page}");
        }
        for reader in [&clara, &tina] {
            assert!(!reader.get("/de/texts/2026-2").await.text().contains("/offers"), "others only read");
        }
        assert!(!bernd.get("/de/texts/2026-1").await.text().contains("/offers"), "nothing to offer there");
        let form = [("whom", "all"), ("valid_until", "2027-01-15")];
        assert_eq!(clara.post("/de/texts/2026-2/offers").form(&form).await.status_code(), 403);
        assert_eq!(bernd.post("/de/texts/2019-1/offers").form(&form).await.status_code(), 404);
        let wrong = bernd.post("/de/texts/2026-2/offers").form(&[("valid_until", "2026-01-01")]).await;
        assert_eq!(wrong.status_code(), 422);
        assert!(wrong.text().contains("2026-01-01") && wrong.text().contains("href=\"#whom\""));
        let right = bernd.post("/de/texts/2026-2/offers").form(&form).await;
        assert_eq!((right.status_code().as_u16(), goes_to(&right).as_str()), (303, "/de/texts/2026-2"));
        let page = bernd.get("/de/texts/2026-2").await.text();
        assert!(page.contains("Ein Vertrag wartet noch"), "{page}");
        t.run_jobs().await;
        let page = bernd.get("/en/texts/2026-2").await.text();
        let new = offered_as(t, old).await;
        assert!(page.contains(&format!("/en/contracts/{new}")) && page.contains("Offered"), "{page}");
        let anna = t.browser_of(ANNA).await;
        let sign = anna.get(&format!("/de/my/{}/contracts/{new}/sign", s.customer)).await;
        assert_eq!(sign.status_code(), 200);
    })
    .await;
}
