//! The technician's page and the lists of decisions, as stories.

use crate::harness::{TestApp, each_database};
use crate::main_path::{ANNA, in_force, scene};
use domain::permission::{CustomerRole, StaffRole};
use serde_json::Value;

const TINA: &str = "tina@provider.example";

async fn decisions(t: &TestApp) -> Vec<store::decisions::Decision> {
    t.portal().file_records(t.now()).await.expect("written");
    store::decisions::list(t.portal().store.read(), None, 0, 100).await.expect("decisions").0
}

#[tokio::test(flavor = "multi_thread")]
async fn one_field_one_answer() {
    each_database(async |t| {
        let s = scene(t).await;
        t.customer("K12", &s.manager).await;
        t.staff(TINA, &[StaffRole::Technician]).await;
        let tina = t.browser_of(TINA).await;

        let empty = tina.get("/de/gate").await.text();
        assert!(empty.contains("autofocus") && empty.contains("name=\"q\""));
        let hits = tina.get("/de/gate").add_query_param("q", "tischlerei").await.text();
        assert!(hits.contains("customer=K1\"") && hits.contains("customer=K12\""), "both are offered");
        let nobody = tina.get("/en/gate").add_query_param("q", "<nobody>").await.text();
        assert!(nobody.contains("No customer matches") && !nobody.contains("<nobody>"));
        assert!(decisions(t).await.is_empty(), "searching asks nothing");

        // A whole number is answered at once, though another begins like it.
        let advice = tina.get("/de/gate?q=k1").await.text();
        assert!(advice.contains("answer--advice") && advice.contains("Tischlerei K1 GmbH"), "{advice}");
        assert!(
            advice.contains("Guten Tag") && advice.contains(&format!("/de/my/{}", s.customer)),
            "the ready text"
        );
        let asked = decisions(t).await;
        assert_eq!(asked.len(), 1, "the marks of the other actions are not questions");
        assert_eq!((asked[0].channel.as_str(), asked[0].subject.as_str()), ("page", TINA));
        assert_eq!(asked[0].customer, Some(s.customer));
        let expected = ["no_contract", "persons_unknown"];
        assert_eq!(
            (asked[0].outcome.as_str(), &asked[0].reasons[..]),
            ("advice_only", &expected.map(String::from)[..])
        );

        in_force(t, &s).await;
        let yes = tina.get("/en/gate?customer=K1&action=remote_support.control&tool=teamviewer").await.text();
        assert!(yes.contains("answer--permitted") && yes.contains("with TeamViewer"), "{yes}");
        assert!(!yes.contains("customer-text"), "nothing to explain");
        let no =
            tina.get("/en/gate?customer=K1&action=remote_support.control&tool=carrier-pigeon").await.text();
        assert!(no.contains("answer--advice"));
        let id = tina.get(&format!("/de/gate?customer={}&action=log.analyse", s.customer)).await.text();
        assert!(id.contains("answer--advice"), "by id as well");
        assert_eq!(decisions(t).await.len(), 4);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_lacks_the_role_is_refused_in_words() {
    each_database(async |t| {
        let s = scene(t).await;
        in_force(t, &s).await;
        let bernd = t.browser_of("bernd@provider.example").await;
        let page = bernd.get("/de/gate?customer=K1&action=hosting.operate").await.text();
        assert!(page.contains("answer--refused"), "{page}");
        assert_eq!(decisions(t).await[0].reasons, ["role_missing"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn typing_finds_by_everything() {
    each_database(async |t| {
        let manager = t.manager().await;
        t.customer_with("K10023", &manager, |c| {
            c.legal_name = "Bäckerei Müller GmbH".into();
            c.phones = "07022 1234567".into();
            c.domains = "mueller.example".into();
            c.email = "laden@brezel.example".into();
        })
        .await;
        let bernd = t.browser_of("bernd@provider.example").await;
        for typed in
            ["k10023", "1002", "mueller", "Müller bäck", "mueller.exa", "laden@brezel.example", "07022/12345"]
        {
            let found = bernd.get("/de/gate/search.json").add_query_param("q", typed).await.json::<Value>();
            assert_eq!(found[0]["href"], "/de/gate?customer=K10023", "{typed}");
        }
        let kept = bernd.get("/en/gate/search.json?action=advise&q=k10023").await.json::<Value>();
        assert_eq!(kept[0]["href"], "/en/gate?customer=K10023&action=advise");
        assert_eq!(bernd.get("/de/gate/search.json?q=").await.json::<Value>(), serde_json::json!([]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn decisions_are_shown_to_staff_and_to_the_customer_in_its_words() {
    each_database(async |t| {
        let s = scene(t).await;
        let other = t.customer("K2", &s.manager).await;
        t.person_of(other, "otto@k2.example", CustomerRole::Member).await;
        t.staff(TINA, &[StaffRole::Technician]).await;
        let tina = t.browser_of(TINA).await;
        tina.get("/de/gate?customer=K1&action=log.analyse").await;
        tina.get("/de/gate?customer=K2&action=advise").await;

        let all = tina.get("/de/decisions").await.text();
        assert!(
            all.contains("Tina Muster") && all.contains("K1 Tischlerei") && all.contains("K2 Tischlerei"),
            "{all}"
        );
        let one = tina.get("/de/decisions?customer=k1").await.text();
        assert!(one.contains("K1 Tischlerei") && !one.contains("K2 Tischlerei"));
        let by_id = tina.get(&format!("/de/decisions?customer={other}&page=900")).await.text();
        assert!(by_id.contains("K2 Tischlerei") && !by_id.contains("K1 Tischlerei"));
        let none = tina.get("/en/decisions?customer=K999").await.text();
        assert!(none.contains("There is no such customer number"));

        let anna = t.browser_of(ANNA).await;
        let mine = anna.get(&format!("/de/my/{}/decisions", s.customer)).await.text();
        let texts = &t.portal().content.gate;
        let words = &texts.reason(domain::gate::Reason::NoContract, domain::Lang::De).customer;
        assert!(
            mine.contains("Tina Muster") && mine.contains(words.as_str()) && !mine.contains(TINA),
            "{mine}"
        );
        assert!(!mine.contains("Beraten und Fragen"), "what was asked about others is not here");
        assert_eq!(anna.get(&format!("/de/my/{other}/decisions")).await.status_code(), 404);
        assert_eq!(anna.get("/de/decisions").await.status_code(), 403);
        assert_eq!(anna.get("/de/gate").await.status_code(), 403);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_decisions_are_written_in_order_and_paged() {
    each_database(async |t| {
        let s = scene(t).await;
        t.staff(TINA, &[StaffRole::Technician]).await;
        let tina = t.browser_of(TINA).await;
        for _ in 0..27 {
            tina.get("/de/gate?customer=K1&action=advise").await;
        }
        let first = tina.get("/de/decisions").await.text();
        assert!(first.contains("?page=2") && first.contains("27 Antworten"), "{first}");
        let second = tina.get("/de/decisions?page=2").await.text();
        assert_eq!(second.matches("K1 Tischlerei").count(), 2);
        assert_eq!(decisions(t).await.iter().filter(|d| d.customer == Some(s.customer)).count(), 27);
    })
    .await;
}
