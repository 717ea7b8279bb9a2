//! The contract's pages over HTTP: forms keep what was typed, a second click never signs twice, and whatever the
//! state, the page says what to do.

use crate::harness::{TestApp, each_database, goes_to};
use crate::main_path::{ANNA, BEN, in_force, offered, requested, scene};
use axum_test::TestServer;
use chrono::Duration;
use domain::contract::StateName;
use domain::permission::{CustomerRole, StaffRole};
use domain::{ContractId, CustomerId};
use service::store::contracts;

type Form = Vec<(&'static str, String)>;

fn pairs(list: &[(&'static str, &str)]) -> Form {
    list.iter().map(|(name, value)| (*name, (*value).to_string())).collect()
}

/// A request form without mistakes, of a draft with this lock.
fn whole_request(lock: &'static str) -> Form {
    pairs(&[
        ("lock", lock),
        ("services", "hosting"),
        ("data_hosting", "master_data"),
        ("data_hosting", "email_content"),
        ("more_data_hosting", "Rezepte\nBackpläne"),
        ("subjects_hosting", "employees"),
        ("special", "no"),
        ("professional_secrecy", "no"),
        ("register", "AG Stuttgart, HRB 1"),
        ("privacy_name", "Ida Hobel"),
        ("privacy_email", "ida@k1.example"),
        ("breach_name", "Ida Hobel"),
        ("breach_email", "ida@k1.example"),
        ("breach_phone", "07022 123456"),
        ("instructing", "Geschäftsführung"),
        ("signatory1_name", "Anna Muster"),
        ("signatory1_email", ANNA),
        ("signatory1_function", "Geschäftsführerin"),
        ("language", "de"),
        ("own_permission", "yes"),
        ("own_permission_language", "de"),
    ])
}

fn without(mut form: Form, name: &str) -> Form {
    form.retain(|(n, _)| *n != name);
    form
}

async fn state(t: &TestApp, id: ContractId) -> StateName {
    contracts::find_any(t.portal().store.read(), id).await.expect("read").expect("there").state.name()
}

fn path(customer: CustomerId, id: ContractId, end: &str) -> String {
    format!("/de/my/{customer}/contracts/{id}{end}")
}

fn has(page: &str, what: &str) {
    assert!(page.contains(what), "{what:?} is not in {page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_typed_kept_corrected_and_sent_once() {
    each_database(async |t| {
        let s = scene(t).await;
        let anna = t.browser_of(ANNA).await;
        let home = anna.get(&format!("/de/my/{}", s.customer)).await.text();
        has(&home, "Noch kein AV-Vertrag");

        let begun = anna.post(&format!("/de/my/{}/contracts", s.customer)).await;
        assert_eq!(begun.status_code(), 303);
        let form = goes_to(&begun);
        let again = anna.post(&format!("/de/my/{}/contracts", s.customer)).await;
        assert_eq!(goes_to(&again), form, "a second click begins nothing");
        let empty = anna.get(&form).await.text();
        has(&empty, "Wir erklären: Für jede Datenart");
        has(&empty, "name=\"data_hosting\"");

        let mut wrong = without(whole_request("0"), "breach_phone");
        wrong.retain(|(n, _)| *n != "instructing" && *n != "special");
        wrong.extend(pairs(&[("breach_phone", "keins <b>"), ("more_data_monitoring", "ohne Haken getippt")]));
        let answer = anna.post(&form).form(&wrong).await;
        assert_eq!(answer.status_code(), 422);
        let page = answer.text();
        for kept in [
            "keins &lt;b&gt;",
            "Rezepte\nBackpläne",
            "AG Stuttgart, HRB 1",
            "ida@k1.example",
            "ohne Haken getippt",
        ] {
            has(&page, kept);
        }
        for link in ["href=\"#special\"", "href=\"#breach_phone\"", "href=\"#instructing\""] {
            has(&page, link);
        }

        let mut half = without(whole_request("0"), "instructing");
        half.push(("save", "yes".into()));
        let saved = anna.post(&form).form(&half).await;
        assert_eq!((saved.status_code().as_u16(), goes_to(&saved)), (303, form.clone()));
        let found = anna.get(&form).await.text();
        has(&found, "Rezepte\nBackpläne");
        assert!(!checked(&found, "own_permission"), "a declaration is never ticked beforehand");

        let sent = anna.post(&form).form(&whole_request("1")).await;
        assert_eq!(sent.status_code(), 303, "{}", sent.text());
        has(&anna.get(&goes_to(&sent)).await.text(), "Der Anbieter prüft Ihre Anfrage");
        let twice = anna.post(&form).form(&whole_request("1")).await;
        assert_eq!(twice.status_code(), 409);
        has(&twice.text(), "inzwischen gesendet oder zurückgezogen");
        has(&twice.text(), "Rezepte\nBackpläne");
        assert_eq!(anna.get(&form).await.status_code(), 303, "the form leads to the contract now");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_at_one_draft_do_not_overwrite_each_other() {
    each_database(async |t| {
        let s = scene(t).await;
        t.person_of(s.customer, BEN, CustomerRole::Signatory).await;
        let (anna, ben) = (t.browser_of(ANNA).await, t.browser_of(BEN).await);
        let form = goes_to(&anna.post(&format!("/de/my/{}/contracts", s.customer)).await);
        has(&ben.get(&form).await.text(), "name=\"lock\" value=\"0\"");
        let saving = |lock, instructing: &str| {
            let mut form = without(whole_request(lock), "instructing");
            form.extend(pairs(&[("save", "yes"), ("instructing", instructing)]));
            form
        };
        assert_eq!(anna.post(&form).form(&saving("0", "Anna")).await.status_code(), 303);
        assert_eq!(anna.post(&form).form(&saving("0", "Anna")).await.status_code(), 303, "a second click");

        for (what, typed) in
            [("saved", saving("0", "Ben <b>")), ("sent", without(saving("0", "Ben <b>"), "save"))]
        {
            let late = ben.post(&form).form(&typed).await;
            assert_eq!(late.status_code(), 409, "{what}");
            let page = late.text();
            has(&page, "Jemand anders hat diesen Entwurf inzwischen geändert");
            has(&page, "Ben &lt;b&gt;");
            has(&page, "name=\"lock\" value=\"2\"");
            has(&anna.get(&form).await.text(), "value=\"Anna\"");
        }
        // Mistakes do not make it forget what the form was opened on.
        let wrong = without(saving("2", ""), "save");
        let page = ben.post(&form).form(&wrong).await;
        assert_eq!(page.status_code(), 422);
        has(&page.text(), "name=\"lock\" value=\"2\"");
        assert_eq!(ben.post(&form).form(&saving("2", "Ben")).await.status_code(), 303, "a decision now");
        has(&anna.get(&form).await.text(), "value=\"Ben\"");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_manager_typed_is_not_lost_when_a_colleague_was_faster() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = requested(t, &s, &[ANNA]).await;
        let bernd = t.browser_of("bernd@provider.example").await;
        let page = format!("/de/contracts/{id}");
        let terms = [("valid_until", "2026-12-20"), ("notice_days", "30")];
        let offer =
            |risk: &str| pairs(&[&[("cost", "K"), ("benefit", "B"), ("risk", risk)][..], &terms].concat());
        assert_eq!(bernd.post(&format!("{page}/offer")).form(&offer("gering")).await.status_code(), 303);

        let late = bernd.post(&format!("{page}/offer")).form(&offer("lang <b> abgewogen")).await;
        assert_eq!(late.status_code(), 409);
        has(&late.text(), "in einem anderen Zustand");
        has(&late.text(), "lang &lt;b&gt; abgewogen");
        assert!(!late.text().contains("2026-12-23"), "what nobody typed is not shown as typed");
        let function = [("function", "Vertrieb"), ("effective_from", "2026-11-24")];
        let early = bernd.post(&format!("{page}/countersign")).form(&function).await;
        assert_eq!(early.status_code(), 409);
        has(&early.text(), "Vertrieb");
        assert_eq!(state(t, id).await, StateName::Offered);
    })
    .await;
}

/// Whether the box of this name stands ticked on a page.
fn checked(page: &str, name: &str) -> bool {
    let marks = format!("name=\"{name}\"");
    page.split("<input").skip(1).any(|i| {
        let tag = i.split('>').next().unwrap_or_default();
        tag.contains(&marks) && tag.contains("checked")
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declaration_counts_in_the_language_in_which_it_was_read() {
    each_database(async |t| {
        let s = scene(t).await;
        let anna = t.browser_of(ANNA).await;
        let form = goes_to(&anna.post(&format!("/de/my/{}/contracts", s.customer)).await);
        let mut other = without(whole_request("0"), "language");
        other.push(("language", "en".into()));
        let answer = anna.post(&form).form(&other).await;
        assert_eq!(answer.status_code(), 422);
        has(&answer.text(), "We declare: For every type of data");
        has(&answer.text(), "Die Sprache des Vertrags hat sich geändert");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_taken_back() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = requested(t, &s, &[ANNA]).await;
        let anna = t.browser_of(ANNA).await;
        let answer = anna.post(&path(s.customer, id, "/withdraw")).await;
        assert_eq!(answer.status_code(), 303);
        assert_eq!(state(t, id).await, StateName::Withdrawn);
        has(&anna.get(&goes_to(&answer)).await.text(), "Die Anfrage ist zurückgezogen");
        assert_eq!(anna.post(&path(s.customer, id, "/withdraw")).await.status_code(), 409);
    })
    .await;
}

/// The signing form as it stands on the page, with a name, a function and every box.
async fn signing_form(t: &TestApp, browser: &TestServer, sign: &str) -> Form {
    let page = browser.get(sign).await.text();
    let hash = page.split("name=\"document_sha256\" value=\"").nth(1).and_then(|p| p.split('"').next());
    let mut form = pairs(&[("full_name", "Anna Muster"), ("function", "Geschäftsführerin")]);
    form.push(("document_sha256", hash.expect("the hash of what was read").into()));
    for b in &t.portal().content.legal.newest().boxes {
        form.push((Box::leak(format!("box_{}", b.id).into_boxed_str()), "yes".into()));
    }
    form
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_is_reading_and_happens_once() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = offered(t, &s, &[ANNA]).await;
        let anna = t.browser_of(ANNA).await;
        let (sign, code) = (path(s.customer, id, "/sign"), path(s.customer, id, "/sign/code"));
        has(&anna.get(&format!("/de/my/{}", s.customer)).await.text(), &sign);
        let page = anna.get(&sign).await.text();
        for read in [
            "Parteien und Rollen",
            "Anlage 1",
            "Anlage 2",
            "Anlage 3",
            "Ich habe den Vertrag und seine Anlagen gelesen",
        ] {
            has(&page, read);
        }
        assert!(!page.contains(" checked"), "nothing is ticked beforehand");

        let sent = anna.post(&code).form(&[("code", "")]).await;
        assert_eq!((sent.status_code().as_u16(), goes_to(&sent)), (303, sign.clone()));
        let form = signing_form(t, &anna, &sign).await;
        let hurried = anna.post(&code).form(&form).await;
        assert_eq!(hurried.status_code(), 429);
        has(&hurried.text(), "value=\"Anna Muster\"");
        t.advance(Duration::seconds(31)).await;
        let second = anna.post(&code).form(&form).await;
        assert_eq!(second.status_code(), 200);
        has(&second.text(), "value=\"Anna Muster\"");
        assert!(checked(&second.text(), "box_read"), "what was ticked stays");

        let mut wrong = without(form.clone(), "box_authority");
        wrong = without(wrong, "function");
        let answer = anna.post(&sign).form(&wrong).await;
        assert_eq!(answer.status_code(), 422);
        for said in
            ["value=\"Anna Muster\"", "href=\"#function\"", "href=\"#box_authority\"", "href=\"#code\""]
        {
            has(&answer.text(), said);
        }
        let mut bad_code = form.clone();
        bad_code.push(("code", "12".into()));
        let answer = anna.post(&sign).form(&bad_code).await;
        assert_eq!(answer.status_code(), 422);
        has(&answer.text(), "Sie haben noch 4 Versuche");

        let mut good = form.clone();
        good.push(("code", t.in_letter("sign_code", ANNA, "code").await));
        let mut other_text = without(good.clone(), "document_sha256");
        other_text.push(("document_sha256", "00".repeat(32)));
        assert_eq!(anna.post(&sign).form(&other_text).await.status_code(), 409);
        let signed = anna.post(&sign).form(&good).await;
        assert_eq!(signed.status_code(), 303, "{}", signed.text());
        has(&anna.get(&goes_to(&signed)).await.text(), "Der Anbieter zeichnet gegen");
        let twice = anna.post(&sign).form(&good).await;
        assert_eq!(twice.status_code(), 409);
        has(&twice.text(), "Dieser Vertrag ist schon unterschrieben");
        let back = anna.get(&sign).await;
        assert_eq!(back.status_code(), 200);
        has(&back.text(), "Dieser Vertrag ist schon unterschrieben");
        let whole = contracts::find_any(t.portal().store.read(), id).await.expect("read").expect("there");
        assert_eq!(whole.state.signatures().len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_has_a_page_instead_of_the_form() {
    each_database(async |t| {
        let s = scene(t).await;
        t.person_of(s.customer, BEN, CustomerRole::Signatory).await;
        let (anna, ben) = (t.browser_of(ANNA).await, t.browser_of(BEN).await);
        let early = requested(t, &s, &[ANNA]).await;
        let sign = path(s.customer, early, "/sign");
        has(&anna.get(&sign).await.text(), "Noch gibt es kein Angebot");
        let by = s.manager.contract_manager().expect("the role");
        let input = crate::main_path::offer_input();
        service::contracts::offer::run(t.portal(), &by, early, &input, t.now()).await.expect("offered");
        let page = ben.get(&sign).await;
        assert_eq!(page.status_code(), 200);
        has(&page.text(), "Dieses Angebot nennt andere Unterzeichnende");
        assert_eq!(ben.post(&format!("{sign}/code")).form(&[("code", "")]).await.status_code(), 409);

        let decline = path(s.customer, early, "/decline");
        let empty = anna.post(&decline).form(&[("reason", " ")]).await;
        assert_eq!(empty.status_code(), 422);
        has(&empty.text(), "href=\"#reason\"");
        let said = anna.post(&decline).form(&[("reason", "Ich bin nicht mehr im Amt.")]).await;
        assert_eq!(said.status_code(), 303);
        has(&anna.get(&goes_to(&said)).await.text(), "Ich bin nicht mehr im Amt.");
        has(&anna.get(&sign).await.text(), "Dieses Angebot besteht nicht mehr");

        let late = offered(t, &s, &[ANNA]).await;
        t.advance(Duration::days(31)).await;
        let anna = t.browser_of(ANNA).await;
        let sign = path(s.customer, late, "/sign");
        let page = anna.get(&sign).await;
        assert_eq!(page.status_code(), 200);
        has(&page.text(), "Dieses Angebot ist verfallen");
        assert_eq!(anna.post(&sign).form(&[("code", "")]).await.status_code(), 409);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contract_is_downloaded_by_its_own_people_only() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = in_force(t, &s).await;
        let anna = t.browser_of(ANNA).await;
        has(&anna.get(&path(s.customer, id, "")).await.text(), "Das PDF wird gerade erstellt");
        let draft = anna.get(&path(s.customer, id, "/offer.pdf")).await;
        assert!(draft.as_bytes().starts_with(b"%PDF-"));
        t.run_jobs().await;
        let page = anna.get(&path(s.customer, id, "")).await.text();
        let link =
            page.split("href=\"").find(|p| p.contains("/documents/")).and_then(|p| p.split('"').next());
        let link = link.expect("a document").to_string();
        let file = anna.get(&link).await;
        assert!(file.as_bytes().starts_with(b"%PDF-"));
        has(file.header("content-disposition").to_str().expect("text"), "attachment; filename=\"AV-Vertrag-");
        has(&anna.get(&format!("/de/my/{}", s.customer)).await.text(), &link);

        let other = t.customer("K2", &s.manager).await;
        t.person_of(other, "zoe@k2.example", CustomerRole::Signatory).await;
        let zoe = t.browser_of("zoe@k2.example").await;
        for foreign in [
            path(s.customer, id, ""),
            path(other, id, ""),
            link.replace(&s.customer.to_string(), &other.to_string()),
            path(other, id, "/sign"),
            path(other, id, "/offer.pdf"),
        ] {
            assert_eq!(zoe.get(&foreign).await.status_code(), 404, "{foreign}");
        }
        for nonsense in
            [format!("/de/my/{}/documents/x", s.customer), format!("/de/my/{}/contracts/x", s.customer)]
        {
            assert_eq!(anna.get(&nonsense).await.status_code(), 404, "{nonsense}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_manager_examines_offers_and_countersigns() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = requested(t, &s, &[ANNA]).await;
        let bernd = t.browser_of("bernd@provider.example").await;
        let page = format!("/de/contracts/{id}");
        has(&bernd.get("/de/contracts?state=requested").await.text(), &page);
        assert!(!bernd.get("/de/contracts?state=in_force").await.text().contains(&page));
        has(&bernd.get(&page).await.text(), "Vorab genehmigt");
        has(&bernd.get(&format!("{page}/preview")).await.text(), "Parteien und Rollen");

        let wrong = [("cost", "Eine Stunde"), ("valid_until", "2020-01-01"), ("notice_days", "drei")];
        let answer = bernd.post(&format!("{page}/offer")).form(&wrong).await;
        assert_eq!(answer.status_code(), 422);
        for said in ["Eine Stunde", "value=\"drei\"", "href=\"#valid_until\"", "href=\"#notice_days\""] {
            has(&answer.text(), said);
        }
        let right = [("cost", ""), ("valid_until", "2026-12-23"), ("notice_days", "30")];
        assert_eq!(bernd.post(&format!("{page}/offer")).form(&right).await.status_code(), 303);
        assert_eq!(
            bernd.post(&format!("{page}/offer")).form(&right).await.status_code(),
            409,
            "a second click"
        );
        assert_eq!(state(t, id).await, StateName::Offered);

        crate::main_path::signed(t, &s, id, ANNA).await;
        let counter = format!("{page}/countersign");
        let early = bernd.post(&counter).form(&[("function", ""), ("effective_from", "2026-11-01")]).await;
        assert_eq!(early.status_code(), 422);
        has(&early.text(), "href=\"#function\"");
        let done =
            bernd.post(&counter).form(&[("function", "Vertrieb"), ("effective_from", "2026-11-23")]).await;
        assert_eq!(done.status_code(), 303, "{}", done.text());
        assert_eq!(state(t, id).await, StateName::InForce);
        t.run_jobs().await;
        let whole = bernd.get(&page).await.text();
        for said in [
            "vorab genehmigt",
            "Anna Muster",
            "Ich habe den Vertrag und seine Anlagen gelesen",
            "Gegengezeichnet",
            "/documents/",
        ] {
            has(&whole, said);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn technicians_read_and_managers_decline_with_a_reason() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = requested(t, &s, &[ANNA]).await;
        t.staff("tina@provider.example", &[StaffRole::Technician]).await;
        let tina = t.browser_of("tina@provider.example").await;
        let page = format!("/de/contracts/{id}");
        let read = tina.get(&page).await.text();
        has(&read, "Die Anfrage wartet auf die Prüfung");
        assert!(!read.contains("name=\"valid_until\""));
        assert_eq!(tina.post(&format!("{page}/decline")).form(&[("reason", "x")]).await.status_code(), 403);

        let bernd = t.browser_of("bernd@provider.example").await;
        assert_eq!(bernd.post(&format!("{page}/decline")).form(&[("reason", "")]).await.status_code(), 422);
        let done = bernd.post(&format!("{page}/decline")).form(&[("reason", "Zu hoher Aufwand.")]).await;
        assert_eq!(done.status_code(), 303);
        has(&t.browser_of(ANNA).await.get(&path(s.customer, id, "")).await.text(), "Zu hoher Aufwand.");
    })
    .await;
}
