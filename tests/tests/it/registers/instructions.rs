//! Instructions: given, acknowledged, carried out; said and confirmed; warned about, insisted on, changed, refused.

use super::{CLARA, IDA, MIA, code, duties, has, letters_to, once, stage, stranger};
use crate::harness::{TestApp, each_database, goes_to};
use crate::main_path::{ANNA, Scene};
use axum_test::TestServer;
use chrono::Duration;
use domain::EntryId;
use domain::register::Register as _;
use domain::register::instruction::{AnswerInput, Done, InstructionInput, InstructionState};
use service::registers::instructions::{answer, give, handle, read, warn};
use service::store::registers;

fn whole(once: &str) -> Vec<(&'static str, String)> {
    [
        ("once", once),
        ("title", "Postfach löschen"),
        ("text", "Bitte löschen Sie das Postfach azubi@k1.example."),
        ("services", "hosting"),
        ("wish", "04.12.2026"),
    ]
    .map(|(name, value)| (name, value.to_string()))
    .to_vec()
}

async fn given(t: &TestApp, s: &Scene) -> EntryId {
    let by = t.actor(IDA).await.of_customer(s.customer).expect("theirs").voice().expect("a voice");
    let input = InstructionInput {
        title: "Postfach löschen".into(),
        text: "Bitte löschen.".into(),
        services: vec!["hosting".into()],
        wish: String::new(),
    };
    give::run(t.portal(), &by, service::fresh::id(t.now()), &input, t.now()).await.expect("given")
}

async fn state(t: &TestApp, id: EntryId) -> InstructionState {
    registers::find_any(t.portal().store.read(), id).await.expect("read").expect("there").state
}

async fn post(browser: &TestServer, path: &str, fields: &[(&str, &str)]) -> axum_test::TestResponse {
    browser.post(path).form(fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instruction_is_given_once_acknowledged_and_carried_out() {
    each_database(async |t: &TestApp| {
        let s = stage(t).await;
        let (ida, clara) = (t.browser_of(IDA).await, t.browser_of(CLARA).await);
        let area = format!("/de/my/{}/instructions", s.customer);
        let form = format!("{area}/new");
        let id = once(&ida, &form).await;

        let wrong =
            post(&ida, &form, &[("once", &id), ("text", "</textarea>Bleibt da"), ("wish", "1.1.2026")]).await;
        assert_eq!(wrong.status_code(), 422);
        let page = wrong.text();
        for kept in ["Bitte prüfen Sie 3 Angaben", "&lt;/textarea&gt;Bleibt da", "1.1.2026", &id] {
            has(&page, kept);
        }
        let other = post(&ida, &form, &[("title", "ohne Kennung")]).await;
        assert_eq!(other.status_code(), 422);

        let done = ida.post(&form).form(&whole(&id)).await;
        assert_eq!(goes_to(&done), format!("{area}/{id}"));
        let again = ida.post(&form).form(&whole(&id)).await;
        assert_eq!(goes_to(&again), format!("{area}/{id}"), "the same form gives nothing twice");
        let by = ida_reads(t, &s).await;
        assert_eq!(read::of_customer(t.portal(), &by).await.expect("a list").len(), 1);
        assert_eq!(letters_to(t, CLARA).await.iter().filter(|l| *l == "instruction_given").count(), 1);
        has(&ida.get(&format!("{area}/{id}")).await.text(), "Der Anbieter ist am Zug");
        let officer = t.actor(CLARA).await;
        assert_eq!(duties(t, &officer).await, ["instruction-take"]);

        let staff = format!("/de/instructions/{id}");
        let taken = post(&clara, &format!("{staff}/acknowledge"), &[("effort", "Zwei Stunden")]).await;
        assert_eq!(taken.status_code(), 303);
        let twice = post(&clara, &format!("{staff}/acknowledge"), &[("effort", "")]).await;
        assert_eq!(twice.status_code(), 409);
        assert_eq!(t.in_letter("instruction_acknowledged", ANNA, "effort").await, "Zwei Stunden");
        assert_eq!(duties(t, &officer).await, ["instruction-do"]);

        let early =
            post(&clara, &format!("{staff}/carry-out"), &[("what", "Weg"), ("on", "2026-12-24")]).await;
        assert_eq!(early.status_code(), 422);
        has(&early.text(), "Dieser Tag liegt in der Zukunft");
        let done =
            post(&clara, &format!("{staff}/carry-out"), &[("what", "Gelöscht."), ("on", "23.11.2026")]).await;
        assert_eq!(done.status_code(), 303);
        assert_eq!(t.in_letter("instruction_carried_out", IDA, "what").await, "Gelöscht.");
        assert!(duties(t, &officer).await.is_empty());
        let page = ida.get(&format!("{area}/{id}")).await.text();
        for said in ["Ausführung gemeldet", "Erledigt am 23.11.2026", "Gelöscht."] {
            has(&page, said);
        }
        let over = post(&ida, &format!("{area}/{id}/withdraw"), &[]).await;
        assert_eq!(over.status_code(), 409, "what is done cannot be taken back");
        assert!(service::audit::verify(t.portal()).await.expect("checked").whole());
    })
    .await;
}

async fn ida_reads(t: &TestApp, s: &Scene) -> domain::permission::CustomerUser {
    t.actor(IDA).await.of_customer(s.customer).expect("theirs")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_waits_for_text_form_unless_damage_is_imminent() {
    each_database(async |t: &TestApp| {
        let s = stage(t).await;
        let (ida, clara) = (t.browser_of(IDA).await, t.browser_of(CLARA).await);
        let record = async |channel: &str| {
            let id = once(&clara, "/de/instructions/new").await;
            let mut fields = whole(&id);
            fields.extend([
                ("customer", "K1".to_string()),
                ("channel", channel.to_string()),
                ("giver", "Anna Muster".to_string()),
                ("received_on", "23.11.2026".to_string()),
            ]);
            (id, clara.post("/de/instructions/new").form(&fields).await)
        };
        let (_, messenger) = record("whatsapp").await;
        assert_eq!(messenger.status_code(), 422, "messengers are not accepted");
        has(&messenger.text(), "SMS, WhatsApp und andere Messenger nehmen wir nicht");

        let nobody =
            [("once", "01900000-0000-7000-8000-000000000009"), ("customer", "K99"), ("title", "Bleibt")];
        let nobody = post(&clara, "/de/instructions/new", &nobody).await;
        assert_eq!(nobody.status_code(), 422);
        for said in ["Einen Kunden mit dieser Nummer gibt es nicht", "Bitte prüfen Sie 6 Angaben", "Bleibt"]
        {
            has(&nobody.text(), said);
        }

        let (id, done) = record("oral").await;
        assert_eq!(done.status_code(), 303);
        assert_eq!(t.in_letter("instruction_to_confirm", IDA, "giver").await, "Anna Muster");
        let staff = format!("/de/instructions/{id}");
        assert_eq!(post(&clara, &format!("{staff}/acknowledge"), &[]).await.status_code(), 409);
        let hasty =
            post(&clara, &format!("{staff}/carry-out"), &[("what", "Weg"), ("on", "23.11.2026")]).await;
        assert_eq!(hasty.status_code(), 422);
        has(&hasty.text(), "Welcher Schaden drohte");
        let mine = format!("/de/my/{}/instructions/{id}", s.customer);
        assert_eq!(post(&ida, &format!("{mine}/confirm"), &[]).await.status_code(), 303);
        assert_eq!(post(&ida, &format!("{mine}/confirm"), &[]).await.status_code(), 409);
        assert_eq!(state(t, id.parse().expect("an id")).await.state(), "given");
        has(&clara.get(&staff).await.text(), "In Textform bestätigt");

        let (id, _) = record("oral").await;
        let urgent = [("what", "Gesperrt"), ("on", "23.11.2026"), ("urgency", "Der Zugang stand offen.")];
        assert_eq!(
            post(&clara, &format!("/de/instructions/{id}/carry-out"), &urgent).await.status_code(),
            303
        );
        has(
            &clara.get(&format!("/de/instructions/{id}")).await.text(),
            "Ohne Bestätigung in Textform ausgeführt",
        );
        let (id, _) = record("letter").await;
        assert_eq!(state(t, id.parse().expect("an id")).await.state(), "given");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unlawful_one_is_suspended_until_the_customer_answers() {
    each_database(async |t: &TestApp| {
        let s = stage(t).await;
        let officer = t.actor(CLARA).await.privacy_officer().expect("the role");
        let keeper = t.actor(CLARA).await.keeper().expect("the role");
        let voice = t.actor(IDA).await.of_customer(s.customer).expect("theirs").voice().expect("a voice");
        let done = Done { what: "Weg".into(), on: "2026-11-23".into(), urgency: String::new() };
        let id = given(t, &s).await;
        let no = warn::run(t.portal(), &officer, id, "  ", t.now()).await.expect_err("no reason");
        assert_eq!(code(no), "reason required");
        warn::run(t.portal(), &officer, id, "Aufbewahrungspflicht", t.now()).await.expect("suspended");
        assert_eq!(t.in_letter("instruction_suspended", ANNA, "reason").await, "Aufbewahrungspflicht");
        let no = handle::carry_out(t.portal(), &keeper, id, &done, t.now()).await.expect_err("suspended");
        assert_eq!(code(no), "entry-state");
        let no = warn::refuse(t.portal(), &officer, id, "Nein", t.now()).await.expect_err("not answered");
        assert_eq!(code(no), "entry-state");
        let ida = t.browser_of(IDA).await;
        let page = ida.get(&format!("/de/my/{}/instructions/{id}", s.customer)).await.text();
        has(&page, "bis 23.12.2026 aus");

        let empty = AnswerInput::default();
        let no = answer::run(t.portal(), &voice, id, &empty, t.now()).await.expect_err("empty");
        assert_eq!(code(no), "choice choose-one");
        let same = AnswerInput {
            choice: "change".into(),
            title: "Postfach löschen".into(),
            text: "Bitte löschen.".into(),
            note: String::new(),
        };
        let no = answer::run(t.portal(), &voice, id, &same, t.now()).await.expect_err("unchanged");
        assert_eq!(code(no), "text unchanged");
        let change = AnswerInput { text: "Bitte nur sperren.".into(), ..same };
        answer::run(t.portal(), &voice, id, &change, t.now()).await.expect("changed");
        assert_eq!(duties(t, &t.actor(CLARA).await).await, ["instruction-decide"]);
        warn::run(t.portal(), &officer, id, "Auch das nicht", t.now())
            .await
            .expect("a new wording, a new warning");
        let insist = AnswerInput { choice: "confirm".into(), note: "Doch.".into(), ..AnswerInput::default() };
        answer::run(t.portal(), &voice, id, &insist, t.now()).await.expect("confirmed");
        let no = warn::run(t.portal(), &officer, id, "Noch einmal", t.now()).await.expect_err("now decide");
        assert_eq!(code(no), "entry-state");
        let state = state(t, id).await;
        assert_eq!(state.instruction().earlier.len(), 1);
        assert_eq!(read::due(t.portal(), &state).map(|d| d.to_string()).as_deref(), Some("2026-11-26"));
        t.advance(Duration::minutes(1)).await; // so that the letters have an order
        warn::refuse(t.portal(), &officer, id, "Offensichtlich rechtswidrig", t.now())
            .await
            .expect("refused");
        assert_eq!(letters_to(t, IDA).await[0], "instruction_refused");
        let no = answer::withdraw(t.portal(), &voice, id, t.now()).await.expect_err("over");
        assert_eq!(code(no), "entry-state");

        let id = given(t, &s).await;
        t.advance(Duration::minutes(1)).await;
        answer::withdraw(t.portal(), &voice, id, t.now()).await.expect("withdrawn");
        assert_eq!(letters_to(t, CLARA).await[0], "instruction_withdrawn");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_register_is_for_its_customer_and_staff_and_goes_out_as_a_file() {
    each_database(async |t: &TestApp| {
        let s = stage(t).await;
        let id = given(t, &s).await;
        let (mia, clara, stranger) =
            (t.browser_of(MIA).await, t.browser_of(CLARA).await, stranger(t, &s).await);
        let mine = format!("/de/my/{}/instructions", s.customer);
        let page = mia.get(&format!("{mine}/{id}")).await;
        assert_eq!(page.status_code(), 200);
        assert!(!page.text().contains("Weisung zurückziehen"), "a member reads");
        assert_eq!(mia.get(&format!("{mine}/new")).await.status_code(), 404);
        assert_eq!(stranger.get(&format!("{mine}/{id}")).await.status_code(), 404);
        let foreign = mine.replace(&s.customer.to_string(), &other_customer(t));
        assert_eq!(
            stranger.get(&format!("{foreign}/{id}")).await.status_code(),
            404,
            "as if it were not there"
        );
        let file = mia.get(&format!("{mine}/export.csv")).await.text();
        let mut lines = file.lines();
        assert!(
            lines.next().is_some_and(|l| l.starts_with("number,customer_number,contract_number,state")),
            "{file}"
        );
        assert!(
            lines.next().is_some_and(|l| l.starts_with("WE-2026-00001,K1,AV-2026-00001,given,portal")),
            "{file}"
        );
        let all = clara.get("/de/instructions/export.csv").await.text();
        assert_eq!(all, file);
        has(&clara.get("/de/instructions").await.text(), "WE-2026-00001");
        has(&clara.get("/en/instructions?open=0&page=1").await.text(), "Given");
    })
    .await;
}

fn other_customer(t: &TestApp) -> String {
    let facts = t.portal().gate.facts();
    facts.customers().find(|c| c.name.contains("K2")).map(|c| c.id.to_string()).expect("the other one")
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_hands_at_once_one_is_stale() {
    each_database(async |t: &TestApp| {
        let s = stage(t).await;
        let id = given(t, &s).await;
        let keeper = t.actor(CLARA).await.keeper().expect("the role");
        let voice = t.actor(IDA).await.of_customer(s.customer).expect("theirs").voice().expect("a voice");
        let (a, b) = tokio::join!(
            handle::acknowledge(t.portal(), &keeper, id, "", t.now()),
            handle::acknowledge(t.portal(), &keeper, id, "", t.now()),
        );
        assert_eq!([a.is_ok(), b.is_ok()].iter().filter(|ok| **ok).count(), 1, "{a:?} {b:?}");
        answer::withdraw(t.portal(), &voice, id, t.now()).await.expect("withdrawn");
    })
    .await;
}
