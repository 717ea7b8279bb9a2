//! The pages of the end over HTTP: consequences before the button, everything typed is kept, a second click does nothing.

use super::certificate::confirmed;
use super::{contract, disposal, ended, noticed, technician};
use crate::harness::{each_database, goes_to};
use crate::main_path::{ANNA, in_force, scene};
use chrono::Duration;
use domain::contract::StateName;
use domain::permission::CustomerRole;

fn has(page: &str, what: &str) {
    assert!(page.contains(what), "{what:?} is not in {page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signatory_reads_the_consequences_and_gives_notice_once() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = in_force(t, &s).await;
        let own = format!("/de/my/{}/contracts/{id}", s.customer);
        let anna = t.browser_of(ANNA).await;
        has(&anna.get(&own).await.text(), &format!("{own}/notice"));
        let page = anna.get(&format!("{own}/notice")).await.text();
        for part in
            ["Was die Kündigung bedeutet", "Ohne Wahl löscht", "value=\"2026-12-23\"", "Frist von 30 Tagen"]
        {
            has(&page, part);
        }
        assert!(!page.contains(" checked"), "nothing is chosen beforehand");
        let wrong = [("kind", "good_cause"), ("last_day", "2026-11-20"), ("reason", " ")];
        let answer = anna.post(&format!("{own}/notice")).form(&wrong).await;
        assert_eq!(answer.status_code(), 422);
        let page = answer.text();
        for part in ["href=\"#last_day\"", "href=\"#reason\"", "href=\"#understood\"", "value=\"2026-11-20\""]
        {
            has(&page, part);
        }
        let good = [("kind", "ordinary"), ("last_day", "2026-12-31"), ("understood", "yes")];
        let answer = anna.post(&format!("{own}/notice")).form(&good).await;
        assert_eq!((answer.status_code().as_u16(), goes_to(&answer)), (303, own.clone()));
        assert_eq!(anna.post(&format!("{own}/notice")).form(&good).await.status_code(), 409, "once");
        let page = anna.get(&own).await.text();
        has(&page, "Ihr Unternehmen hat gekündigt");
        has(&page, "31.12.2026");
        assert_eq!(contract(t, id).await.state.name(), StateName::Ending);

        has(&anna.get(&format!("{own}/notice")).await.text(), "Kündigung zurücknehmen");
        let bare = anna.post(&format!("{own}/notice/withdraw")).form(&[("reason", "")]).await;
        assert_eq!(bare.status_code(), 422);
        let back = anna.post(&format!("{own}/notice/withdraw")).form(&[("reason", "Doch nicht")]).await;
        assert_eq!(back.status_code(), 303);
        assert_eq!(contract(t, id).await.state.name(), StateName::InForce);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_manager_gives_notice_for_the_provider() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = in_force(t, &s).await;
        let bernd = t.browser_of("bernd@provider.example").await;
        let page = format!("/de/contracts/{id}");
        has(&bernd.get(&page).await.text(), &format!("{page}/notice"));
        let alone = [("kind", "ordinary"), ("last_day", "2026-12-31"), ("understood", "yes")];
        let answer = bernd.post(&format!("{page}/notice")).form(&alone).await;
        assert_eq!(answer.status_code(), 422);
        has(&answer.text(), "href=\"#services_end\"");
        let good = [
            ("kind", "ordinary"),
            ("last_day", "2026-12-31"),
            ("services_end", "yes"),
            ("understood", "yes"),
        ];
        let answer = bernd.post(&format!("{page}/notice")).form(&good).await;
        assert_eq!((answer.status_code().as_u16(), goes_to(&answer)), (303, page.clone()));
        has(&bernd.get(&page).await.text(), "Der Anbieter hat gekündigt");
        let anna = t.browser_of(ANNA).await;
        let own = format!("/de/my/{}/contracts/{id}", s.customer);
        has(&anna.get(&own).await.text(), "Der Anbieter hat gekündigt");
        let not_hers = anna.post(&format!("{own}/notice/withdraw")).form(&[("reason", "Nein")]).await;
        assert_eq!(not_hers.status_code(), 409);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_customer_sees_deadline_and_default_and_chooses() {
    each_database(async |t| {
        let (s, id) = ended(t).await;
        let own = format!("/de/my/{}/contracts/{id}", s.customer);
        let anna = t.browser_of(ANNA).await;
        has(&anna.get(&own).await.text(), "Löschen oder zurückgeben: bitte wählen Sie");
        let page = anna.get(&format!("{own}/disposal")).await.text();
        for part in ["01.02.2027", "Treffen Sie bis einschließlich 01.02.2027 keine Wahl", "Webspace"] {
            has(&page, part);
        }
        assert!(!page.contains(" checked"), "nothing is chosen beforehand");
        let none = anna.post(&format!("{own}/disposal")).form(&[("x", "y")]).await;
        assert_eq!(none.status_code(), 422);
        has(&none.text(), "href=\"#way\"");
        let answer = anna.post(&format!("{own}/disposal")).form(&[("way", "return")]).await;
        assert_eq!((answer.status_code().as_u16(), goes_to(&answer)), (303, format!("{own}/disposal")));
        has(&anna.get(&format!("{own}/disposal")).await.text(), "Gewählt ist die Rückgabe");
        let again = anna.post(&format!("{own}/disposal")).form(&[("way", "return")]).await;
        assert_eq!(again.status_code(), 409);
        has(&again.text(), "Diese Wahl ist schon gespeichert");

        t.person_of(s.customer, "max@k1.example", CustomerRole::Member).await;
        let max = t.browser_of("max@k1.example").await;
        let seen = max.get(&format!("{own}/disposal")).await;
        assert_eq!(seen.status_code(), 200, "everybody of the customer sees the state");
        assert!(!seen.text().contains("name=\"way\""), "a member does not choose");
        assert_eq!(max.post(&format!("{own}/disposal")).form(&[("way", "delete")]).await.status_code(), 404);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_confirm_what_they_deleted_and_keep_what_they_typed() {
    each_database(async |t| {
        let (s, id) = ended(t).await;
        technician(t).await;
        let anna = t.browser_of(ANNA).await;
        let own = format!("/de/my/{}/contracts/{id}/disposal", s.customer);
        assert_eq!(anna.post(&own).form(&[("way", "delete")]).await.status_code(), 303);
        let tina = t.browser_of("tina@provider.example").await;
        let page = format!("/de/contracts/{id}/disposal");
        has(&tina.get(&page).await.text(), "Löschungen bestätigen");
        let wrong =
            [("tasks", "hosting.web_space"), ("on", "2027-01-05"), ("method", ""), ("note", "</textarea>")];
        let answer = tina.post(&format!("{page}/tasks")).form(&wrong).await;
        assert_eq!(answer.status_code(), 422);
        let text = answer.text();
        for part in ["href=\"#on\"", "href=\"#method\"", "value=\"2027-01-05\"", "&lt;/textarea&gt;"] {
            has(&text, part);
        }
        let good = [
            ("tasks", "hosting.web_space"),
            ("tasks", "hosting.mailboxes"),
            ("on", "2027-01-01"),
            ("method", "Gelöscht"),
        ];
        assert_eq!(tina.post(&format!("{page}/tasks")).form(&good).await.status_code(), 303);
        assert_eq!(disposal(t, id).await.tasks.iter().filter(|x| x.done.is_some()).count(), 2);
        assert_eq!(tina.post(&format!("{page}/tasks")).form(&good).await.status_code(), 409);
        assert_eq!(
            tina.post(&format!("{page}/close")).await.status_code(),
            403,
            "a technician does not close"
        );
        let bernd = t.browser_of("bernd@provider.example").await;
        let bare = bernd.post(&format!("{page}/retained")).form(&[("what", "Rechnungen")]).await;
        assert_eq!(bare.status_code(), 422);
        has(&bare.text(), "value=\"Rechnungen\"");
        assert_eq!(bernd.post(&format!("{page}/close")).await.status_code(), 409);
        has(&bernd.get("/de/desk").await.text(), "Löschung nach dem Ende");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn both_sides_take_the_certificate_along() {
    each_database(async |t| {
        let (s, id) = confirmed(t).await;
        let bernd = t.browser_of("bernd@provider.example").await;
        let staff_page = format!("/de/contracts/{id}/disposal");
        has(&bernd.get(&staff_page).await.text(), "Ausstellen und abschließen");
        assert_eq!(bernd.post(&format!("{staff_page}/close")).await.status_code(), 303);
        t.run_jobs().await;
        let anna = t.browser_of(ANNA).await;
        let own = format!("/de/my/{}/contracts/{id}", s.customer);
        for (browser, path) in
            [(&anna, own.clone()), (&anna, format!("{own}/disposal")), (&bernd, staff_page)]
        {
            let page = browser.get(&path).await.text();
            let link = page.split("href=\"").filter_map(|p| p.split('"').next());
            let links: Vec<_> = link.filter(|l| l.contains("/documents/")).map(String::from).collect();
            let mut found = false;
            for l in links {
                let file = browser.get(&l).await;
                assert_eq!(file.status_code(), 200);
                let name = file.header("content-disposition");
                found |= name.to_str().expect("a name").contains("Loeschbestaetigung");
            }
            assert!(found, "{path}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn foreign_and_early_pages_are_not_there() {
    each_database(async |t| {
        let (s, id) = noticed(t).await;
        let other = t.customer("K2", &s.manager).await;
        t.person_of(other, "eve@k2.example", CustomerRole::Signatory).await;
        let eve = t.browser_of("eve@k2.example").await;
        for end in ["notice", "disposal"] {
            let path = format!("/de/my/{other}/contracts/{id}/{end}");
            assert_eq!(eve.get(&path).await.status_code(), 404, "{end}");
            assert_eq!(
                eve.get(&format!("/de/my/{}/contracts/{id}/{end}", s.customer)).await.status_code(),
                404
            );
        }
        let bernd = t.browser_of("bernd@provider.example").await;
        let open = bernd.get(&format!("/de/contracts/{id}/disposal")).await.text();
        has(&open, "Wahl des Kunden eintragen");
        assert!(!open.contains("name=\"tasks\""), "nothing is deleted before the end");
        t.advance(Duration::hours(1)).await;
        let anna = t.browser_of(ANNA).await;
        let early = anna.get(&format!("/de/my/{}/contracts/{id}/disposal", s.customer)).await;
        assert_eq!(early.status_code(), 200, "the choice may come early");
        has(&early.text(), "name=\"way\"");
    })
    .await;
}
