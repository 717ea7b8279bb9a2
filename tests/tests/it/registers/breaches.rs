//! Breaches: recorded against the clock, told to everyone affected, proved, supplemented, closed.

use super::{CLARA, IDA, MIA, duties, has, once, stage, stranger};
use crate::harness::{TestApp, each_database, goes_to};
use crate::main_path::ANNA;
use axum_test::{TestResponse, TestServer};
use chrono::Duration;
use domain::permission::CustomerRole;
use domain::register::Register as _;
use domain::register::breach::BreachState;
use service::store::registers;
use service::worklist;

type Form = Vec<(&'static str, String)>;

fn partly(once: &str) -> Form {
    [
        ("once", once),
        ("aware_on", "2026-11-23"),
        ("aware_time", "09:30"),
        ("title", "Fremder Zugriff"),
        ("nature", "Anmeldung mit gestohlenem Passwort"),
        ("contact", "datenschutz@provider.example"),
        ("services", "hosting"),
    ]
    .map(|(name, value)| (name, value.to_string()))
    .to_vec()
}

fn whole() -> Form {
    let mut form = partly("");
    form.retain(|(name, _)| !name.starts_with("aware") && *name != "once");
    for name in ["occurred", "categories", "persons", "records", "consequences", "measures", "proposed"] {
        form.push((name, format!("Angabe {name}")));
    }
    form
}

async fn recorded(clara: &TestServer) -> String {
    let id = once(clara, "/de/breaches/new").await;
    let done = clara.post("/de/breaches/new").form(&partly(&id)).await;
    assert_eq!(done.status_code(), 303, "{}", done.text());
    id
}

async fn post(browser: &TestServer, path: &str, form: &Form) -> TestResponse {
    browser.post(path).form(form).await
}

#[tokio::test(flavor = "multi_thread")]
async fn everyone_affected_is_told_in_time_and_it_is_proved() {
    each_database(async |t: &TestApp| {
        let s = stage(t).await;
        let other = t.customer("K2", &s.manager).await;
        t.person_of(other, "xaver@k2.example", CustomerRole::Signatory).await;
        let clara = t.browser_of(CLARA).await;
        let officer = t.actor(CLARA).await;
        let id = recorded(&clara).await;
        let page = clara.get(&format!("/de/breaches/{id}")).await.text();
        has(&page, "Noch 23 Stunden");
        has(&page, "bis 24.11.2026, 09:30:00 Uhr MEZ");
        has(&page, "Ein Kunde ist betroffen");
        has(&page, "privacy@k1.example");
        assert!(!page.contains("Tischlerei K2"), "no contract, not affected");
        let all =
            worklist::entries(t.portal(), &officer.staff().expect("staff"), t.now()).await.expect("a list");
        assert_eq!((all[0].kind.name(), all[0].hours), ("breach-tell", Some(23)));
        has(&clara.get("/de/desk").await.text(), "Stunden bis zum Ende der Frist: 23");
        t.advance(Duration::hours(23)).await;
        let late = t.browser_of(CLARA).await;
        has(&late.get(&format!("/de/breaches/{id}")).await.text(), "Weniger als eine Stunde bleibt");

        let mia = t.browser_of(MIA).await;
        let mine = format!("/de/my/{}/breaches/{id}", s.customer);
        assert_eq!(mia.get(&mine).await.status_code(), 404, "not told yet");
        let told = post(&late, &format!("/de/breaches/{id}/tell"), &Form::new()).await;
        assert_eq!(told.status_code(), 303);
        let twice = post(&late, &format!("/de/breaches/{id}/tell"), &Form::new()).await;
        assert_eq!(twice.status_code(), 409);
        let letters = t.letters().await;
        let mut to: Vec<_> =
            letters.iter().filter(|l| l.template == "breach_notice").map(|l| l.to.address.as_str()).collect();
        to.sort_unstable();
        assert_eq!(to, [IDA, "privacy@k1.example"]);
        assert_eq!(t.in_letter("breach_notice", IDA, "persons").await, "wird nachgereicht");
        has(&late.get(&format!("/de/breaches/{id}")).await.text(), "wartet auf Versand");
        t.run_jobs().await;
        let page = late.get(&format!("/de/breaches/{id}")).await.text();
        assert_eq!(page.matches("versandt, 24.11.2026").count(), 2, "{page}");
        assert!(!page.contains("Von einem Kunden im Portal gelesen"));

        has(&mia.get(&format!("/de/my/{}/breaches", s.customer)).await.text(), "Fremder Zugriff");
        has(&mia.get(&mine).await.text(), "Ihre Daten sind betroffen");
        mia.get(&mine).await;
        let page = late.get(&format!("/de/breaches/{id}")).await.text();
        assert_eq!(page.matches("Von einem Kunden im Portal gelesen").count(), 1, "the first reading counts");
        let xaver = t.browser_of("xaver@k2.example").await;
        assert_eq!(xaver.get(&mine).await.status_code(), 404);
        assert_eq!(xaver.get(&format!("/de/my/{other}/breaches/{id}")).await.status_code(), 404);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_follows_and_the_end_has_a_lesson() {
    each_database(async |t: &TestApp| {
        let s = stage(t).await;
        let other = t.customer("K2", &s.manager).await;
        let clara = t.browser_of(CLARA).await;
        let id = recorded(&clara).await;
        let edit = format!("/de/breaches/{id}/edit");
        let page = format!("/de/breaches/{id}");
        assert_eq!(
            post(&clara, &edit, &whole()).await.status_code(),
            409,
            "nobody is told: nothing to supplement"
        );
        assert_eq!(post(&clara, &format!("{page}/close"), &Form::new()).await.status_code(), 409);
        post(&clara, &format!("{page}/tell"), &Form::new()).await;
        assert_eq!(
            post(&clara, &edit, &partly(&id)).await.status_code(),
            409,
            "too late to correct silently"
        );
        let officer = t.actor(CLARA).await;
        assert_eq!(duties(t, &officer).await, ["breach-supplement"]);

        let closing =
            post(&clara, &format!("{page}/close"), &vec![("lesson", "Zweiter Faktor".into())]).await;
        assert_eq!(closing.status_code(), 422);
        let text = closing.text();
        has(&text, "Senden Sie zuerst einen Nachtrag");
        has(&text, "Zweiter Faktor");

        let mut more = whole();
        more.push(("customers", "K2\nK9".into()));
        let unknown = post(&clara, &edit, &more).await;
        assert_eq!(unknown.status_code(), 422);
        has(&unknown.text(), "Einen Kunden mit der Nummer K9 gibt es nicht");
        more.retain(|(name, _)| *name != "customers");
        more.push(("customers", "K2".into()));
        assert_eq!(goes_to(&post(&clara, &edit, &more).await), page);
        let letters = t.letters().await;
        let to: Vec<_> = letters
            .iter()
            .filter(|l| l.template == "breach_supplement")
            .map(|l| l.to.address.as_str())
            .collect();
        assert!(to.contains(&IDA) && to.contains(&"info@k2.example"), "{to:?}: old and new ones");
        assert_eq!(t.in_letter("breach_supplement", IDA, "phase").await, "2");
        assert_eq!(duties(t, &officer).await, ["breach-close"]);
        t.person_of(other, "xaver@k2.example", CustomerRole::Member).await;
        let xaver = t.browser_of("xaver@k2.example").await;
        let theirs = xaver.get(&format!("/de/my/{other}/breaches/{id}")).await.text();
        assert!(
            theirs.contains("Nachtrag, Meldung 2") && !theirs.contains("Erste Meldung"),
            "only what they were told"
        );

        let done = post(&clara, &format!("{page}/close"), &vec![("lesson", "Zweiter Faktor".into())]).await;
        assert_eq!(done.status_code(), 303);
        assert!(duties(t, &officer).await.is_empty());
        has(&clara.get(&page).await.text(), "Zweiter Faktor");
        assert!(service::audit::verify(t.portal()).await.expect("checked").whole());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_kept_a_suspicion_dispelled_a_dead_mail_seen() {
    each_database(async |t: &TestApp| {
        let s = stage(t).await;
        let clara = t.browser_of(CLARA).await;
        let id = once(&clara, "/de/breaches/new").await;
        let wrong: Form = vec![
            ("once", id.clone()),
            ("aware_on", "2026-11-24".into()),
            ("aware_time", "10:00".into()),
            ("measures", "</textarea>gesperrt".into()),
            ("customers", "K77".into()),
        ];
        let answer = post(&clara, "/de/breaches/new", &wrong).await;
        assert_eq!(answer.status_code(), 422);
        let page = answer.text();
        for said in [
            "&lt;/textarea&gt;gesperrt",
            "K77",
            "Dieser Tag liegt in der Zukunft",
            "mindestens eine Leistung",
        ] {
            has(&page, said);
        }
        let id = recorded(&clara).await;
        let again = post(&clara, "/de/breaches/new", &partly(&id)).await;
        assert_eq!(goes_to(&again), format!("/de/breaches/{id}"));
        let (_, total) =
            registers::list::<BreachState>(t.portal().store.read(), false, 0, 9).await.expect("a list");
        assert_eq!(total, 1);
        let page = format!("/de/breaches/{id}");
        assert_eq!(post(&clara, &format!("{page}/dismiss"), &Form::new()).await.status_code(), 422);
        let mut corrected = partly(&id);
        corrected.push(("measures", "Passwort erneuert".into()));
        assert_eq!(post(&clara, &format!("{page}/edit"), &corrected).await.status_code(), 303);
        has(&clara.get(&page).await.text(), "Passwort erneuert");
        let done = post(&clara, &format!("{page}/dismiss"), &vec![("reason", "Eine Übung".into())]).await;
        assert_eq!(done.status_code(), 303);
        assert_eq!(post(&clara, &format!("{page}/tell"), &Form::new()).await.status_code(), 409);
        let found: domain::register::Entry<BreachState> =
            registers::find_any(t.portal().store.read(), id.parse().expect("an id"))
                .await
                .expect("read")
                .expect("there");
        assert_eq!(found.state.state(), "dismissed");

        let id = recorded(&clara).await;
        post(&clara, &format!("/de/breaches/{id}/tell"), &Form::new()).await;
        t.portal().store.execute("UPDATE outbox SET state = 'dead' WHERE kind = 'mail'").await.expect("dead");
        has(&clara.get(&format!("/de/breaches/{id}")).await.text(), "nicht zustellbar");
        assert!(duties(t, &t.actor(CLARA).await).await.contains(&"breach-undelivered"));
        for who in [ANNA, "bernd@provider.example"] {
            let status = t.browser_of(who).await.get("/de/breaches").await.status_code();
            assert_eq!(status, 403, "{who}: the privacy officer's");
        }
        stranger(t, &s).await;
    })
    .await;
}
