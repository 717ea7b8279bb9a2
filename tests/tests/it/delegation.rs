//! "I am not the right person": the signature goes to somebody else, or the right people are asked who that is.

use crate::harness::{TestApp, each_database, goes_to};
use crate::main_path::{ANNA, BEN, Scene, offer_input, offered, requested, scene, signed};
use axum_test::TestServer;
use chrono::Duration;
use domain::contract::request::Person;
use domain::contract::{Contract, StateName};
use domain::permission::{CustomerRole, StaffRole};
use domain::{ContractId, CustomerId};
use service::Problem;
use service::contracts::delegate::{self, DelegateInput};
use service::contracts::{
    countersign, decline, document_job, name_signatory, offer, remind, sign, sign_code,
};
use service::store::{contracts, documents};

const DORA: &str = "dora@k1.example";
const BERND: &str = "bernd@provider.example";

fn person(email: &str) -> Person {
    Person {
        name: "Dora Weiß".into(),
        email: email.into(),
        function: "Prokuristin".into(),
        phone: String::new(),
    }
}

fn to(email: &str) -> DelegateInput {
    DelegateInput { person: person(email), unknown: false, reason: "Ich bin im Ruhestand.".into() }
}

fn unknown() -> DelegateInput {
    DelegateInput { unknown: true, ..DelegateInput::default() }
}

async fn pass_on(
    t: &TestApp,
    s: &Scene,
    id: ContractId,
    who: &str,
    input: DelegateInput,
) -> Result<(), Problem> {
    let by = t.actor(who).await.signatory_of(s.customer).expect("a signatory");
    delegate::run(t.portal(), &by, id, &input, t.now()).await
}

async fn contract(t: &TestApp, id: ContractId) -> Contract {
    contracts::find_any(t.portal().store.read(), id).await.expect("read").expect("there")
}

/// Codes of a refusal, with the fields of mistakes.
fn why(problem: &Problem) -> String {
    match problem {
        Problem::Refused(r) => r.code().into(),
        Problem::Mistakes(m) => {
            m.0.iter().map(|m| format!("{} {}", m.field, m.code)).collect::<Vec<_>>().join(", ")
        }
        other => format!("{other:?}"),
    }
}

async fn letters_to(t: &TestApp, template: &str) -> Vec<String> {
    let mut to: Vec<_> =
        t.letters().await.into_iter().filter(|l| l.template == template).map(|l| l.to.address).collect();
    to.sort();
    to
}

/// Both must sign.
async fn joint(t: &TestApp) -> (Scene, ContractId) {
    t.confirm_annexes().await;
    let manager = t.manager().await;
    let customer = t.customer_with("K1", &manager, |c| c.representation = "2".into()).await;
    t.person_of(customer, ANNA, CustomerRole::Signatory).await;
    t.person_of(customer, BEN, CustomerRole::Signatory).await;
    let s = Scene { anna: t.actor(ANNA).await, manager, customer };
    let id = offered(t, &s, &[ANNA, BEN]).await;
    (s, id)
}

fn path(customer: CustomerId, id: ContractId, end: &str) -> String {
    format!("/de/my/{customer}/contracts/{id}{end}")
}

fn has(page: &str, what: &str) {
    assert!(page.contains(what), "{what:?} is not in {page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_new_person_signs_the_old_one_cannot_and_the_trace_is_in_the_document() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = offered(t, &s, &[ANNA]).await;
        let frozen = contract(t, id).await.state.frozen().cloned();
        let annas = crate::main_path::signing_input(t, &s, id, ANNA).await;
        pass_on(t, &s, id, ANNA, to(DORA)).await.expect("passed on");
        let now = contract(t, id).await;
        assert_eq!(now.state.frozen().cloned(), frozen, "nothing frozen has changed");

        let anna = s.anna.signatory_of(s.customer).expect("still a signatory");
        for refused in [
            sign::run(t.portal(), &anna, id, &annas, t.now()).await.expect_err("her code is dead, too"),
            sign_code::run(t.portal(), &anna, id, t.now()).await.expect_err("no new one"),
            pass_on(t, &s, id, ANNA, to("emil@k1.example")).await.expect_err("a second click"),
            decline::by_customer(t.portal(), &anna, id, "Nein", t.now())
                .await
                .expect_err("not hers any more"),
        ] {
            assert_eq!(why(&refused), "passed-on");
        }
        assert_eq!(t.in_letter("signature_passed_on", DORA, "passed_on_by").await, "Anna Muster");
        assert!(!t.in_letter("invitation", DORA, "link").await.is_empty());
        assert_eq!(letters_to(t, "signature_passed_on").await, [DORA], "once");

        signed(t, &s, id, DORA).await;
        let by = s.manager.contract_manager().expect("the role");
        let input = countersign::CountersignInput {
            function: "Vertrieb".into(),
            effective_from: "2026-11-23".into(),
        };
        countersign::run(t.portal(), &by, id, &input, t.now()).await.expect("countersigned");
        document_job::run(t.portal(), &id.to_string(), t.now()).await.expect("made");
        let db = t.portal().store.read();
        let stored = contracts::document_of(db, s.customer, id).await.expect("read").expect("a document");
        assert!(documents::find(db, s.customer, stored).await.expect("read").is_some());
        let printed = document_job::document(t.portal(), &contract(t, id).await).await.expect("a document");
        let events = printed.evidence.expect("evidence").events;
        let events: Vec<_> = events.into_iter().map(|e| e.value).collect();
        let told =
            "Anna Muster ist nicht die richtige Person; an dieser Stelle benannt: Dora Weiß, Prokuristin";
        assert_eq!(events[1], told, "{events:?}");
        assert_eq!(events.len(), 4);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chain_holds_ids_and_no_names_and_the_timeline_tells_both_sides() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = offered(t, &s, &[ANNA]).await;
        pass_on(t, &s, id, ANNA, to(DORA)).await.expect("passed on");
        let told = service::audit::timeline(t.portal(), &format!("contract:{id}")).await.expect("read");
        let told = told.iter().find(|h| h.kind == "contract.delegated").expect("an entry");
        assert_eq!(told.facts["successor"], t.actor(DORA).await.user.to_string());
        assert!(!format!("{:?}", told.facts).contains("Dora") && !format!("{:?}", told.facts).contains('@'));

        let page = t.browser_of(ANNA).await.get(&path(s.customer, id, "")).await.text();
        for what in ["Unterschrift weitergegeben", "an Dora Weiß, Prokuristin", "Ich bin im Ruhestand."] {
            has(&page, what);
        }
        let page = t.browser_of(BERND).await.get(&format!("/en/contracts/{id}")).await.text();
        for what in ["Signature passed on", "to Dora Weiß", "Still to sign: Dora Weiß"] {
            has(&page, what);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_still_sign_where_the_rule_says_so() {
    each_database(async |t| {
        let (s, id) = joint(t).await;
        signed(t, &s, id, BEN).await;
        let twice = pass_on(t, &s, id, ANNA, to(BEN)).await.expect_err("he has signed");
        assert_eq!(why(&twice), "delegate_email delegate-signed");
        let own = pass_on(t, &s, id, ANNA, to(ANNA)).await.expect_err("herself");
        assert_eq!(why(&own), "delegate_email delegate-self");
        let late = pass_on(t, &s, id, BEN, to(DORA)).await.expect_err("he has signed");
        assert_eq!(why(&late), "already-signed");
        pass_on(t, &s, id, ANNA, to(DORA)).await.expect("passed on");
        let back = pass_on(t, &s, id, DORA, to(ANNA)).await.expect_err("never back");
        assert_eq!(why(&back), "delegate_email delegate-passed-on");
        pass_on(t, &s, id, DORA, to("emil@k1.example")).await.expect("a chain");
        assert_eq!(contract(t, id).await.state.name(), StateName::Offered);
        signed(t, &s, id, "emil@k1.example").await;
        assert_eq!(contract(t, id).await.state.name(), StateName::SignedByCustomer);
        assert_eq!(contract(t, id).await.state.delegations().len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_know_lets_the_others_be_asked_and_one_of_them_names_somebody() {
    each_database(async |t| {
        let (s, id) = joint(t).await;
        t.person_of(s.customer, "petra@k1.example", CustomerRole::PrivacyContact).await;
        pass_on(t, &s, id, ANNA, unknown()).await.expect("said");
        let asked = [BEN, BERND, "petra@k1.example", "privacy@k1.example"];
        assert_eq!(letters_to(t, "signatory_unknown").await, asked, "not she herself");
        assert_eq!(t.in_letter("signatory_unknown", BERND, "reason").await, "–");

        let manager = t.browser_of(BERND).await;
        let desk = manager.get("/de/desk").await.text();
        has(&desk, "Wer unterschreibt, ist offen");
        has(&manager.get(&format!("/de/contracts/{id}")).await.text(), "Wer unterschreibt stattdessen?");

        let petra = t.browser_of("petra@k1.example").await;
        has(&petra.get(&path(s.customer, id, "")).await.text(), "Wer unterschreibt stattdessen?");
        let naming = path(s.customer, id, "/signatory");
        let wrong = petra.post(&naming).form(&[("delegate_name", "Dora <W>"), ("delegate_email", BEN)]).await;
        assert_eq!(wrong.status_code(), 422);
        has(&wrong.text(), "Dora &lt;W&gt;");
        has(&wrong.text(), "href=\"#delegate_function\"");
        let whole =
            [("delegate_name", "Dora Weiß"), ("delegate_email", DORA), ("delegate_function", "Prokuristin")];
        let done = petra.post(&naming).form(&whole).await;
        assert_eq!((done.status_code().as_u16(), goes_to(&done)), (303, path(s.customer, id, "")));
        assert_eq!(petra.post(&naming).form(&whole).await.status_code(), 409, "not twice");
        assert!(!manager.get("/de/desk").await.text().contains("Wer unterschreibt, ist offen"));
        assert_eq!(letters_to(t, "signature_passed_on").await, [DORA]);
        signed(t, &s, id, BEN).await;
        signed(t, &s, id, DORA).await;
        assert_eq!(contract(t, id).await.state.name(), StateName::SignedByCustomer);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contract_manager_may_name_the_person_who_was_found_out() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = offered(t, &s, &[ANNA]).await;
        let by = s.manager.contract_manager().expect("the role");
        let early = name_signatory::by_provider(t.portal(), &by, id, &person(DORA), t.now()).await;
        assert_eq!(why(&early.expect_err("no place is empty")), "wrong-state");
        pass_on(t, &s, id, ANNA, unknown()).await.expect("said");
        has(
            &t.browser_of(ANNA).await.get(&path(s.customer, id, "")).await.text(),
            "Es ist offen, wer unterschreibt",
        );
        let browser = t.browser_of(BERND).await;
        let form = format!("/de/contracts/{id}/signatory");
        assert_eq!(browser.post(&form).form(&[("delegate_name", "")]).await.status_code(), 422);
        let whole =
            [("delegate_name", "Dora Weiß"), ("delegate_email", DORA), ("delegate_function", "Prokuristin")];
        assert_eq!(browser.post(&form).form(&whole).await.status_code(), 303);
        signed(t, &s, id, DORA).await;

        t.person_of(s.customer, "mia@k1.example", CustomerRole::Member).await;
        let mia = t.actor("mia@k1.example").await.of_customer(s.customer).expect("theirs");
        let refused = name_signatory::by_customer(t.portal(), &mia, id, &person(DORA), t.now()).await;
        assert!(matches!(refused, Err(Problem::Missing)), "who only reads names nobody");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_keeps_what_was_typed_and_then_says_what_happened() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = offered(t, &s, &[ANNA]).await;
        let anna: TestServer = t.browser_of(ANNA).await;
        let page = anna.get(&path(s.customer, id, "/sign")).await.text();
        has(&page, "name=\"delegate_email\"");
        let form = path(s.customer, id, "/delegate");
        let wrong =
            [("delegate_name", "D"), ("delegate_email", "keine <Adresse>"), ("delegate_reason", "Ruhestand")];
        let answer = anna.post(&form).form(&wrong).await;
        assert_eq!(answer.status_code(), 422);
        let page = answer.text();
        for what in
            ["keine &lt;adresse&gt;", "Ruhestand", "#delegate_name", "#delegate_email", "#delegate_function"]
        {
            assert!(page.to_lowercase().contains(&what.to_lowercase()), "{what} is not in {page}");
        }
        assert_eq!(contract(t, id).await.state.delegations().len(), 0);

        let whole =
            [("delegate_name", "Dora Weiß"), ("delegate_email", DORA), ("delegate_function", "Prokuristin")];
        let done = anna.post(&form).form(&whole).await;
        assert_eq!((done.status_code().as_u16(), goes_to(&done)), (303, path(s.customer, id, "")));
        let again = anna.post(&form).form(&whole).await;
        assert_eq!(again.status_code(), 409);
        has(&again.text(), "Sie haben die Unterschrift weitergegeben");
        let page = anna.get(&path(s.customer, id, "/sign")).await;
        assert_eq!(page.status_code(), 200);
        let page = page.text();
        has(&page, "Unterschreiben sollen jetzt: Dora Weiß");
        assert!(!page.contains("name=\"code\""), "there is no form any more");
        assert_eq!(contract(t, id).await.state.delegations().len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_one_instant_it_is_signed_or_passed_on_and_never_both() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = offered(t, &s, &[ANNA]).await;
        let input = crate::main_path::signing_input(t, &s, id, ANNA).await;
        let by = s.anna.signatory_of(s.customer).expect("a signatory");
        let (a, b) = tokio::join!(
            sign::run(t.portal(), &by, id, &input, t.now()),
            pass_on(t, &s, id, ANNA, to(DORA)),
        );
        assert!(a.is_ok() != b.is_ok(), "{a:?} {b:?}");
        let state = contract(t, id).await.state;
        assert_eq!(state.signatures().len() + state.delegations().len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reminders_follow_the_signature() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = requested(t, &s, &[ANNA]).await;
        let by = s.manager.contract_manager().expect("the role");
        let input = offer::OfferInput { valid_until: "2027-01-31".into(), ..offer_input() };
        offer::run(t.portal(), &by, id, &input, t.now()).await.expect("offered");
        t.advance(Duration::days(12)).await;
        pass_on(t, &s, id, ANNA, to(DORA)).await.expect("passed on");
        assert_eq!(remind::run(t.portal(), t.now()).await.expect("run"), 0, "she has just been told");
        t.advance(Duration::days(5)).await;
        assert_eq!(remind::run(t.portal(), t.now()).await.expect("run"), 1);
        assert_eq!(letters_to(t, "offer_reminder").await, [DORA], "never who passed it on");
        pass_on(t, &s, id, DORA, unknown()).await.expect("said");
        t.advance(Duration::days(20)).await;
        assert_eq!(remind::run(t.portal(), t.now()).await.expect("run"), 0, "there is nobody to remind");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_elses_offer_is_passed_on() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = offered(t, &s, &[ANNA]).await;
        t.person_of(s.customer, BEN, CustomerRole::Signatory).await;
        let not_named = pass_on(t, &s, id, BEN, to(DORA)).await.expect_err("not named");
        assert_eq!(why(&not_named), "not-a-signatory");
        let other = t.customer("K2", &s.manager).await;
        t.person_of(other, "eve@k2.example", CustomerRole::Signatory).await;
        let eve = t.browser_of("eve@k2.example").await;
        for customer in [s.customer, other] {
            let answer = eve.post(&path(customer, id, "/delegate")).form(&[("unknown", "yes")]).await;
            assert_eq!(answer.status_code(), 404);
        }
        t.staff("tina@provider.example", &[StaffRole::Technician]).await;
        let tina = t.browser_of("tina@provider.example").await;
        let answer =
            tina.post(&format!("/de/contracts/{id}/signatory")).form(&[("delegate_name", "X")]).await;
        assert_eq!(answer.status_code(), 403);
        t.advance(Duration::days(31)).await;
        let late = pass_on(t, &s, id, ANNA, to(DORA)).await.expect_err("over");
        assert_eq!(why(&late), "offer-lapsed");
    })
    .await;
}
