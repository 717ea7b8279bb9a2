//! The main job: a contract is requested, examined, offered, read, signed, countersigned; the gate opens.

use crate::harness::{TestApp, each_database, goes_to};
use axum_test::TestServer;
use chrono::Duration;
use domain::contract::{ContractState, StateName};
use domain::permission::{Actor, CustomerRole, StaffRole};
use domain::{ContractId, CustomerId, Service};
use service::contracts::{begin, countersign, decline, offer, sign, sign_code, submit, withdraw};
use service::store::{contracts, documents};
use service::{Portal, Problem};

/// A customer with a signatory, a manager, confirmed annexes.
pub struct Scene {
    pub manager: Actor,
    pub customer: CustomerId,
    pub anna: Actor,
}

pub const ANNA: &str = "anna@k1.example";
pub const BEN: &str = "ben@k1.example";

pub async fn scene(t: &TestApp) -> Scene {
    t.confirm_annexes().await;
    let manager = t.manager().await;
    let customer = t.customer("K1", &manager).await;
    t.person_of(customer, ANNA, CustomerRole::Signatory).await;
    Scene { anna: t.actor(ANNA).await, manager, customer }
}

/// A whole request for hosting and remote support.
pub fn request(portal: &Portal, signatories: &[&str]) -> domain::contract::RequestInput {
    let person = |email: &str| domain::contract::request::Person {
        name: "Anna Muster".into(),
        email: email.into(),
        function: "Geschäftsführerin".into(),
        phone: "07022 123456".into(),
    };
    domain::contract::RequestInput {
        scope: [Service::Hosting, Service::RemoteSupport].map(|s| begin::usual_scope(portal, s)).into(),
        special: "no".into(),
        professional_secrecy: "no".into(),
        privacy_contact: person("privacy@k1.example"),
        breach_contact: person("privacy@k1.example"),
        instructing: "Geschäftsführung".into(),
        signatories: signatories.iter().map(|s| person(s)).collect(),
        own_permission: true,
        ..domain::contract::RequestInput::default()
    }
}

pub async fn requested(t: &TestApp, s: &Scene, signatories: &[&str]) -> ContractId {
    send(t, s, request(t.portal(), signatories)).await
}

async fn send(t: &TestApp, s: &Scene, input: domain::contract::RequestInput) -> ContractId {
    let by = s.anna.of_customer(s.customer).expect("theirs");
    let id = begin::run(t.portal(), &by, t.now()).await.expect("begun");
    submit::run(t.portal(), &by, id, lock(t, id).await, input, t.now()).await.expect("sent");
    id
}

/// The lock of a contract as it is now.
pub async fn lock(t: &TestApp, id: ContractId) -> i64 {
    contracts::find_any(t.portal().store.read(), id).await.expect("read").expect("there").lock
}

pub fn offer_input() -> offer::OfferInput {
    offer::OfferInput {
        cost: "Zwei Stunden im Jahr".into(),
        benefit: "Hosting mit Vertrag".into(),
        risk: "Gering".into(),
        valid_until: "2026-12-23".into(),
        notice_days: "30".into(),
        ..offer::OfferInput::default()
    }
}

pub async fn offered(t: &TestApp, s: &Scene, signatories: &[&str]) -> ContractId {
    let id = requested(t, s, signatories).await;
    let by = s.manager.contract_manager().expect("the role");
    offer::run(t.portal(), &by, id, &offer_input(), t.now()).await.expect("offered");
    id
}

pub async fn signing_input(
    t: &TestApp,
    s: &Scene,
    id: ContractId,
    email: &str,
) -> domain::contract::signing::SigningInput {
    let by = t.actor(email).await.signatory_of(s.customer).expect("a signatory");
    sign_code::run(t.portal(), &by, id, t.now()).await.expect("a code is sent");
    domain::contract::signing::SigningInput {
        name: by.name.clone(),
        function: "Geschäftsführerin".into(),
        ticked: t.portal().content.legal.newest().boxes.iter().map(|b| b.id.clone()).collect(),
        code: t.in_letter("sign_code", email, "code").await,
        document_sha256: state(t, s, id).await.frozen().expect("frozen").document_sha256.clone(),
    }
}

pub async fn signed(t: &TestApp, s: &Scene, id: ContractId, email: &str) {
    let input = signing_input(t, s, id, email).await;
    let by = t.actor(email).await.signatory_of(s.customer).expect("a signatory");
    sign::run(t.portal(), &by, id, &input, t.now()).await.expect("signed");
}

pub async fn in_force(t: &TestApp, s: &Scene) -> ContractId {
    in_force_in(t, s, domain::Lang::De).await
}

/// Concluded in this language.
pub async fn in_force_in(t: &TestApp, s: &Scene, language: domain::Lang) -> ContractId {
    let input = domain::contract::RequestInput { language, ..request(t.portal(), &[ANNA]) };
    let id = send(t, s, input).await;
    let by = s.manager.contract_manager().expect("the role");
    offer::run(t.portal(), &by, id, &offer_input(), t.now()).await.expect("offered");
    signed(t, s, id, ANNA).await;
    let input =
        countersign::CountersignInput { function: "Vertrieb".into(), effective_from: "2026-11-23".into() };
    let by = s.manager.contract_manager().expect("the role");
    countersign::run(t.portal(), &by, id, &input, t.now()).await.expect("countersigned");
    id
}

async fn state(t: &TestApp, s: &Scene, id: ContractId) -> ContractState {
    contracts::find(t.portal().store.read(), s.customer, id).await.expect("read").expect("there").state
}

pub fn asks(t: &TestApp, number: &str, action: &str) -> (domain::gate::Outcome, &'static str) {
    let facts = t.portal().gate.facts();
    let question = domain::gate::Question {
        subject: domain::gate::Subject::Technician("tina@provider.example"),
        action: domain::Action::parse(action),
        resource: domain::gate::Resource::Number(number),
        tool: None,
    };
    let decision = domain::gate::decide(&facts, &question, t.now());
    (decision.outcome, decision.reasons.first().map_or("", domain::gate::Reason::code))
}

fn refused(problem: Problem) -> &'static str {
    match problem {
        Problem::Refused(r) => r.code(),
        Problem::Mistakes(m) => {
            Box::leak(m.0.iter().map(|m| m.code.clone()).collect::<Vec<_>>().join(" ").into_boxed_str())
        }
        Problem::Missing => "missing",
        Problem::Stale => "stale",
        Problem::TooMany => "too-many",
        Problem::Internal(cause) => panic!("{cause}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_first_click_to_the_open_gate() {
    each_database(async |t| {
        let s = scene(t).await;
        t.staff("tina@provider.example", &[StaffRole::Technician]).await;
        assert_eq!(asks(t, "K1", "hosting.operate").1, "no_contract");

        let id = requested(t, &s, &[ANNA]).await;
        assert_eq!(asks(t, "K1", "hosting.operate").1, "contract_requested");
        let by = s.manager.contract_manager().expect("the role");
        offer::run(t.portal(), &by, id, &offer_input(), t.now()).await.expect("offered");
        assert_eq!(asks(t, "K1", "hosting.operate").1, "contract_awaiting_customer");
        signed(t, &s, id, ANNA).await;
        assert_eq!(asks(t, "K1", "hosting.operate").1, "contract_awaiting_provider");
        let input = countersign::CountersignInput {
            function: "Vertrieb".into(),
            effective_from: "2026-11-24".into(),
        };
        countersign::run(t.portal(), &by, id, &input, t.now()).await.expect("countersigned");
        assert_eq!(asks(t, "K1", "hosting.operate").1, "contract_not_yet_effective");

        t.advance(Duration::hours(15)).await; // midnight in Berlin has passed
        assert_eq!(asks(t, "K1", "hosting.operate"), (domain::gate::Outcome::Permitted, "ok_contract"));
        assert_eq!(asks(t, "K1", "remote_support.control").1, "ok_contract");
        assert_eq!(asks(t, "K1", "log.analyse").1, "service_not_covered");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_is_made_once_and_sent_to_everyone() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = in_force(t, &s).await;
        t.run_jobs().await;
        let db = t.portal().store.read();
        let stored = contracts::document_of(db, s.customer, id).await.expect("read").expect("a document");
        let document = documents::find(db, s.customer, stored).await.expect("read").expect("its bytes");
        assert!(document.bytes.starts_with(b"%PDF-"));
        assert_eq!(document.sha256, domain::audit::sha256(&document.bytes));
        let to: Vec<_> =
            t.letters().await.into_iter().filter(|l| l.template == "contract_in_force").collect();
        assert_eq!(to.len(), 2, "the signatory and the privacy contact");
        assert!(to.iter().all(|l| l.attachments == [(s.customer, stored)]));

        service::contracts::document_job::run(t.portal(), &id.to_string(), t.now()).await.expect("again");
        assert_eq!(
            contracts::document_of(db, s.customer, id).await.expect("read"),
            Some(stored),
            "not made again"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_signatories_sign_where_the_rule_says_so() {
    each_database(async |t| {
        t.confirm_annexes().await;
        let manager = t.manager().await;
        let customer = t.customer_with("K1", &manager, |c| c.representation = "2".into()).await;
        t.person_of(customer, ANNA, CustomerRole::Signatory).await;
        t.person_of(customer, BEN, CustomerRole::Signatory).await;
        let s = Scene { anna: t.actor(ANNA).await, manager, customer };
        let id = offered(t, &s, &[ANNA, BEN]).await;
        signed(t, &s, id, ANNA).await;
        assert_eq!(state(t, &s, id).await.name(), StateName::Offered);
        assert!(!t.in_letter("signature_pending", BEN, "signed_by").await.is_empty());

        let by = s.anna.signatory_of(customer).expect("a signatory");
        let again = sign_code::run(t.portal(), &by, id, t.now()).await.expect_err("she has signed");
        assert_eq!(refused(again), "already-signed");
        signed(t, &s, id, BEN).await;
        let ContractState::SignedByCustomer(both) = state(t, &s, id).await else {
            panic!("both have signed")
        };
        assert_eq!(both.offered.signatures.len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_has_five_tries_and_ten_minutes() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = offered(t, &s, &[ANNA]).await;
        let good = signing_input(t, &s, id, ANNA).await;
        let by = s.anna.signatory_of(s.customer).expect("a signatory");
        let wrong = domain::contract::signing::SigningInput { code: other_code(&good.code), ..good.clone() };
        for _ in 0..5 {
            let problem = sign::run(t.portal(), &by, id, &wrong, t.now()).await.expect_err("wrong");
            assert_eq!(refused(problem), "code-wrong");
        }
        let spent = sign::run(t.portal(), &by, id, &good, t.now()).await.expect_err("spent");
        assert_eq!(refused(spent), "code-spent");

        let soon = sign_code::run(t.portal(), &by, id, t.now()).await.expect_err("too soon");
        assert_eq!(refused(soon), "too-many");
        t.advance(Duration::minutes(1)).await;
        let late = signing_input(t, &s, id, ANNA).await;
        t.advance(Duration::minutes(10)).await;
        let problem = sign::run(t.portal(), &by, id, &late, t.now()).await.expect_err("late");
        assert_eq!(refused(problem), "code-expired");
        assert_eq!(state(t, &s, id).await.name(), StateName::Offered);
        signed(t, &s, id, ANNA).await;
    })
    .await;
}

fn other_code(code: &str) -> String {
    code.chars().map(|c| if c == '9' { '0' } else { char::from(c as u8 + 1) }).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_at_the_same_instant_makes_one_signature() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = offered(t, &s, &[ANNA]).await;
        let input = signing_input(t, &s, id, ANNA).await;
        let by = s.anna.signatory_of(s.customer).expect("a signatory");
        let sign = || sign::run(t.portal(), &by, id, &input, t.now());
        let (a, b, c) = tokio::join!(sign(), sign(), sign());
        let done = [a, b, c].into_iter().flatten().count();
        assert_eq!(done, 1);
        assert_eq!(state(t, &s, id).await.signatures().len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_signed_without_every_box_or_over_another_text() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = offered(t, &s, &[ANNA]).await;
        let good = signing_input(t, &s, id, ANNA).await;
        let by = s.anna.signatory_of(s.customer).expect("a signatory");
        let mut bare = good.clone();
        bare.ticked.clear();
        bare.name.clear();
        let problem = sign::run(t.portal(), &by, id, &bare, t.now()).await.expect_err("no boxes");
        assert_eq!(refused(problem), "required box box box box box");
        let other = domain::contract::signing::SigningInput { document_sha256: "0".repeat(64), ..good };
        let problem = sign::run(t.portal(), &by, id, &other, t.now()).await.expect_err("another text");
        assert_eq!(refused(problem), "other-text");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_lapses_at_the_end_of_its_last_day_and_says_so() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = offered(t, &s, &[ANNA]).await;
        t.advance(Duration::days(30)).await; // 23 December, the last day
        assert_eq!(service::contracts::lapse::lapse_due(t.portal(), t.now()).await.expect("done"), 0);
        t.advance(Duration::hours(15)).await;
        let by = s.anna.signatory_of(s.customer).expect("a signatory");
        assert_eq!(
            refused(sign_code::run(t.portal(), &by, id, t.now()).await.expect_err("late")),
            "offer-lapsed"
        );
        assert_eq!(service::contracts::lapse::lapse_due(t.portal(), t.now()).await.expect("done"), 1);
        assert_eq!(state(t, &s, id).await.name(), StateName::Lapsed);
        assert_eq!(t.in_letter("offer_lapsed", ANNA, "valid_until").await, "23.12.2026");
        assert_eq!(asks(t, "K1", "hosting.operate").1, "technician_unknown");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn either_side_may_say_no_with_a_reason() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = requested(t, &s, &[ANNA]).await;
        let manager = s.manager.contract_manager().expect("the role");
        let none =
            decline::by_provider(t.portal(), &manager, id, "  ", t.now()).await.expect_err("no reason");
        assert_eq!(refused(none), "required");
        decline::by_provider(t.portal(), &manager, id, "Kein Bedarf", t.now()).await.expect("declined");
        assert_eq!(t.in_letter("contract_declined", ANNA, "reason").await, "Kein Bedarf");

        t.advance(Duration::hours(1)).await;
        let id = offered(t, &s, &[ANNA]).await;
        let anna = s.anna.signatory_of(s.customer).expect("a signatory");
        decline::by_customer(t.portal(), &anna, id, "Zu teuer", t.now()).await.expect("declined");
        let again = decline::by_customer(t.portal(), &anna, id, "Zu teuer", t.now()).await.expect_err("over");
        assert_eq!(refused(again), "wrong-state");
        assert_eq!(state(t, &s, id).await.name(), StateName::Declined);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_may_be_taken_back_but_an_offer_may_not() {
    each_database(async |t| {
        let s = scene(t).await;
        let anna = s.anna.of_customer(s.customer).expect("theirs");
        let id = requested(t, &s, &[ANNA]).await;
        withdraw::run(t.portal(), &anna, id, t.now()).await.expect("withdrawn");
        t.advance(Duration::hours(1)).await;
        let id = offered(t, &s, &[ANNA]).await;
        let problem = withdraw::run(t.portal(), &anna, id, t.now()).await.expect_err("offered");
        assert_eq!(refused(problem), "wrong-state");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_offered_on_annexes_that_nobody_confirmed() {
    each_database(async |t| {
        let manager = t.manager().await;
        let customer = t.customer("K1", &manager).await;
        t.person_of(customer, ANNA, CustomerRole::Signatory).await;
        let s = Scene { anna: t.actor(ANNA).await, manager, customer };
        let id = requested(t, &s, &[ANNA]).await;
        let by = s.manager.contract_manager().expect("the role");
        let problem =
            offer::run(t.portal(), &by, id, &offer_input(), t.now()).await.expect_err("unconfirmed");
        assert_eq!(refused(problem), "annexes-unconfirmed");
        assert_eq!(state(t, &s, id).await.name(), StateName::Requested);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_click_on_begin_finds_the_first_draft() {
    each_database(async |t| {
        let s = scene(t).await;
        let anna = s.anna.of_customer(s.customer).expect("theirs");
        let first = begin::run(t.portal(), &anna, t.now()).await.expect("begun");
        assert_eq!(begin::run(t.portal(), &anna, t.now()).await.expect("found"), first);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_customers_contract_is_not_there() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = offered(t, &s, &[ANNA]).await;
        let other = t.customer("K2", &s.manager).await;
        t.person_of(other, "eve@k2.example", CustomerRole::Signatory).await;
        let eve = t.actor("eve@k2.example").await.signatory_of(other).expect("of K2");
        assert_eq!(
            refused(sign_code::run(t.portal(), &eve, id, t.now()).await.expect_err("foreign")),
            "missing"
        );
        let browser: TestServer = t.browser_of("eve@k2.example").await;
        for path in [format!("/de/my/{}", s.customer), format!("/de/my/{other}/contracts/{id}")] {
            assert_eq!(browser.get(&path).await.status_code(), 404, "{path}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chain_holds_after_a_whole_life() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = in_force(t, &s).await;
        t.run_jobs().await;
        let report = service::audit::verify(t.portal()).await.expect("read");
        assert!(report.broken.is_none() && report.entries > 10, "{report:?}");
        let browser = t.browser_of(ANNA).await;
        let page = browser.get(&format!("/de/my/{}/contracts/{id}", s.customer)).await;
        assert_eq!(page.status_code(), 200);
        let answer = browser.post("/de/logout").await;
        assert_eq!((answer.status_code().as_u16(), goes_to(&answer).as_str()), (303, "/de/logged-out"));
    })
    .await;
}
