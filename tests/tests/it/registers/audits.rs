//! Audit requests: asked with notice, answered, documents handed over, findings mended, closed with costs.

use super::{CLARA, IDA, MIA, code, duties, has, letters_to, once, stage, stranger};
use crate::harness::{TestApp, each_database, goes_to};
use crate::main_path::Scene;
use axum_test::multipart::{MultipartForm, Part};
use axum_test::{TestResponse, TestServer};
use chrono::Duration;
use domain::EntryId;
use domain::permission::{PrivacyOfficer, Voice};
use domain::register::audit_request::{AuditInput, AuditState, DayInput, EndInput};
use service::registers::audits::{ask, customer, provider};
use service::registers::files::Upload;
use service::store::registers;

fn input(kind: &str, occasion: &str, wished: &str) -> AuditInput {
    AuditInput {
        kind: kind.into(),
        occasion: occasion.into(),
        wished: wished.into(),
        auditor: "Ida Prüfer".into(),
        auditor_bound: true,
        points: "Zutritt\nLöschkonzept".into(),
        ..AuditInput::default()
    }
}

async fn voice(t: &TestApp, s: &Scene) -> Voice {
    t.actor(IDA).await.of_customer(s.customer).expect("theirs").voice().expect("a voice")
}

async fn officer(t: &TestApp) -> PrivacyOfficer {
    t.actor(CLARA).await.privacy_officer().expect("the role")
}

async fn asked(t: &TestApp, s: &Scene, input: &AuditInput) -> EntryId {
    let once = service::fresh::id(t.now());
    ask::run(t.portal(), &voice(t, s).await, once, input, t.now()).await.expect("asked")
}

async fn state(t: &TestApp, id: EntryId) -> AuditState {
    registers::find_any(t.portal().store.read(), id).await.expect("read").expect("there").state
}

async fn post(browser: &TestServer, path: &str, form: &[(&str, &str)]) -> TestResponse {
    browser.post(path).form(form).await
}

fn file(name: &str, bytes: &[u8]) -> MultipartForm {
    MultipartForm::new()
        .add_text("file_note", "Selbst geprüft")
        .add_part("file", Part::bytes(bytes.to_vec()).file_name(name.to_string()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_regular_audit_has_a_notice_period_and_a_suspicion_has_none() {
    each_database(async |t: &TestApp| {
        let s = stage(t).await;
        let by = voice(t, &s).await;
        let try_it = async |input: &AuditInput| {
            let once = service::fresh::id(t.now());
            ask::run(t.portal(), &by, once, input, t.now()).await.map_err(code)
        };
        let late = try_it(&input("on_site", "regular", "2026-12-06")).await;
        assert_eq!(late.expect_err("13 days"), "short_notice audit-notice");
        assert!(try_it(&input("on_site", "regular", "2026-12-07")).await.is_ok(), "14 days");
        let why =
            AuditInput { short_notice: "Jahresabschluss".into(), ..input("remote", "regular", "2026-12-01") };
        assert!(try_it(&why).await.is_ok(), "as a rule, not always");
        for occasion in ["suspicion", "breach", "authority"] {
            assert!(try_it(&input("on_site", occasion, "2026-11-24")).await.is_ok(), "{occasion}");
        }
        assert!(try_it(&input("documents", "regular", "2026-11-25")).await.is_ok(), "documents are no audit");
        let nothing = try_it(&AuditInput::default()).await.expect_err("empty");
        assert_eq!(nothing, "kind choose-one, occasion choose-one, wished required, points required");
        let nobody = AuditInput {
            auditor: String::new(),
            auditor_bound: false,
            ..input("on_site", "breach", "2026-11-22")
        };
        let nobody = try_it(&nobody).await.expect_err("nobody audits");
        assert_eq!(nobody, "wished date-past, auditor required, auditor_bound box");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_answered_with_days_documents_and_reasons() {
    each_database(async |t: &TestApp| {
        let s = stage(t).await;
        let (ida, clara) = (t.browser_of(IDA).await, t.browser_of(CLARA).await);
        let area = format!("/de/my/{}/audits", s.customer);
        let form = format!("{area}/new");
        let id = once(&ida, &form).await;
        let wrong = post(&ida, &form, &[("once", &id), ("points", "</textarea>x"), ("wished", "nie")]).await;
        assert_eq!(wrong.status_code(), 422);
        has(&wrong.text(), "&lt;/textarea&gt;x");
        has(&wrong.text(), "nie ist kein Datum");
        let whole = [
            ("once", id.as_str()),
            ("kind", "on_site"),
            ("occasion", "regular"),
            ("wished", "2026-12-14"),
            ("auditor", "Ida Prüfer"),
            ("auditor_bound", "yes"),
            ("points", "Zutritt\nLöschkonzept"),
        ];
        assert_eq!(goes_to(&post(&ida, &form, &whole).await), format!("{area}/{id}"));
        assert_eq!(goes_to(&post(&ida, &form, &whole).await), format!("{area}/{id}"), "once");
        assert_eq!(letters_to(t, CLARA).await.iter().filter(|l| *l == "audit_asked").count(), 1);
        assert_eq!(duties(t, &t.actor(CLARA).await).await, ["audit-answer"]);

        let staff = format!("/de/audits/{id}");
        let no = post(&clara, &format!("{staff}/propose"), &[("other_day", "2026-12-16")]).await;
        assert_eq!(no.status_code(), 422, "another day needs a reason");
        has(&no.text(), "2026-12-16");
        let other = [("other_day", "2026-12-16"), ("day_reason", "Niemand da")];
        assert_eq!(post(&clara, &format!("{staff}/propose"), &other).await.status_code(), 303);
        assert_eq!(t.in_letter("audit_proposed", IDA, "reason").await, "Niemand da");
        has(&ida.get(&format!("{area}/{id}")).await.text(), "Vorgeschlagener Tag: 16.12.2026");
        let wish = post(&ida, &format!("{area}/{id}/wish"), &[("wished", "2026-12-18")]).await;
        assert_eq!(wish.status_code(), 303);
        assert_eq!(post(&ida, &format!("{area}/{id}/accept"), &[]).await.status_code(), 409);
        post(&clara, &format!("{staff}/propose"), &other).await;
        assert_eq!(post(&ida, &format!("{area}/{id}/accept"), &[]).await.status_code(), 303);
        assert_eq!(duties(t, &t.actor(CLARA).await).await, ["audit-keep"]);

        let page = clara.post(&format!("{staff}/files")).multipart(file("x.pdf", b"<html>")).await;
        assert_eq!(page.status_code(), 422, "known by content, not by name");
        has(&page.text(), "weder PDF noch PNG, JPEG oder ZIP");
        has(&page.text(), "Selbst geprüft");
        let none = clara
            .post(&format!("{staff}/files"))
            .multipart(MultipartForm::new().add_text("file_note", "x"))
            .await;
        assert_eq!(none.status_code(), 422);
        let done = clara.post(&format!("{staff}/files")).multipart(file("Bericht.pdf", b"%PDF-1.7 x")).await;
        assert_eq!(done.status_code(), 303);
        let done =
            ida.post(&format!("{area}/{id}/files")).multipart(file("fragen.zip", b"PK\x03\x04zip")).await;
        assert_eq!(done.status_code(), 303);
        let AuditState::Agreed { request, .. } = state(t, id.parse().expect("an id")).await else {
            panic!("the day stands")
        };
        let pdf = request.deliveries[0].files[0].document;
        let got = ida.get(&format!("/de/my/{}/documents/{pdf}", s.customer)).await;
        assert_eq!((got.status_code().as_u16(), got.as_bytes().as_ref()), (200, &b"%PDF-1.7 x"[..]));
        assert_eq!(clara.get(&format!("{staff}/files/{pdf}")).await.status_code(), 200);
        let foreign = clara.get(&format!("{staff}/files/01900000-0000-7000-8000-000000000000")).await;
        assert_eq!(foreign.status_code(), 404);
        let stranger = stranger(t, &s).await;
        assert_eq!(stranger.get(&format!("{area}/{id}")).await.status_code(), 404);
        assert_eq!(t.browser_of(MIA).await.get(&form).await.status_code(), 404, "a member reads");

        let no = post(&clara, &format!("{staff}/refuse"), &[("point", "2")]).await;
        assert_eq!(no.status_code(), 422);
        let refuse = [("point", "2"), ("point_reason", "Daten anderer Kunden")];
        assert_eq!(post(&clara, &format!("{staff}/refuse"), &refuse).await.status_code(), 303);
        assert_eq!(post(&clara, &format!("{staff}/refuse"), &refuse).await.status_code(), 409);
        has(&ida.get(&format!("{area}/{id}")).await.text(), "Daten anderer Kunden");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn findings_get_measures_before_it_is_closed_with_its_costs() {
    each_database(async |t: &TestApp| {
        let s = stage(t).await;
        let (by, who) = (officer(t).await, voice(t, &s).await);
        let id = asked(t, &s, &input("on_site", "suspicion", "2026-11-24")).await;
        let charge = DayInput { day: "2026-11-24".into(), costs: "500 €".into(), ..DayInput::default() };
        let no = provider::accept(t.portal(), &by, id, &charge, t.now()).await.expect_err("on suspicion");
        assert_eq!(code(no), "costs audit-costs");
        let end = EndInput { result: "In Ordnung".into(), effort: "Drei Stunden, nicht berechnet".into() };
        let no = provider::close(t.portal(), &by, id, &end, t.now()).await.expect_err("no answer yet");
        assert_eq!(code(no), " audit-unanswered");
        let free = DayInput { costs: String::new(), ..charge };
        provider::accept(t.portal(), &by, id, &free, t.now()).await.expect("accepted");
        assert_eq!(t.in_letter("audit_agreed", IDA, "costs").await, "keine");
        customer::find(t.portal(), &who, id, "Tür offen", t.now()).await.expect("noted");
        provider::find(t.portal(), &by, id, "Schild fehlt", t.now()).await.expect("noted");
        let all = duties(t, &t.actor(CLARA).await).await;
        assert_eq!(all, ["audit-keep", "audit-mend"]);
        let no = provider::close(t.portal(), &by, id, &end, t.now()).await.expect_err("open findings");
        assert_eq!(code(no), " audit-findings-open");
        for n in ["1", "2"] {
            provider::mend(t.portal(), &by, id, (n, "Behoben"), t.now()).await.expect("mended");
        }
        let no = provider::mend(t.portal(), &by, id, ("2", "Noch einmal"), t.now()).await.expect_err("done");
        assert_eq!(code(no), "entry-state");
        let no = provider::mend(t.portal(), &by, id, ("3", ""), t.now()).await.expect_err("no such finding");
        assert_eq!(code(no), "found choose-one, measure required");
        let no =
            provider::close(t.portal(), &by, id, &EndInput::default(), t.now()).await.expect_err("empty");
        assert_eq!(code(no), "result required, effort required");
        provider::close(t.portal(), &by, id, &end, t.now()).await.expect("closed");
        let no = customer::withdraw(t.portal(), &who, id, t.now()).await.expect_err("over");
        assert_eq!(code(no), "entry-state");
        let late = Upload { name: "x.pdf".into(), bytes: b"%PDF-".to_vec() };
        let no = provider::deliver(t.portal(), &by, id, ("", late), t.now()).await.expect_err("over");
        assert_eq!(code(no), "entry-state");
        let page = t.browser_of(IDA).await.get(&format!("/de/my/{}/audits/{id}", s.customer)).await.text();
        has(&page, "Drei Stunden, nicht berechnet");

        let second = asked(t, &s, &input("remote", "regular", "2026-12-14")).await;
        t.advance(Duration::minutes(1)).await; // so that the letters have an order
        customer::withdraw(t.portal(), &who, second, t.now()).await.expect("withdrawn");
        assert_eq!(letters_to(t, CLARA).await[0], "audit_reply");
        let second = asked(t, &s, &input("remote", "regular", "2026-12-14")).await;
        let on = DayInput { day: "2026-12-14".into(), ..DayInput::default() };
        provider::accept(t.portal(), &by, second, &on, t.now()).await.expect("accepted");
        let third = asked(t, &s, &input("on_site", "regular", "2026-12-14")).await;
        let page = t.browser_of(CLARA).await.get(&format!("/de/audits/{third}")).await.text();
        has(&page, "In den letzten zwölf Monaten gab es schon eine Prüfung");
        assert!(service::audit::verify(t.portal()).await.expect("checked").whole());
    })
    .await;
}
