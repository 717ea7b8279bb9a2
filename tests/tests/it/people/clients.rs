//! API clients: made with a key that is seen once, revoked for good.

use crate::harness::{TestApp, each_database, goes_to};
use domain::permission::StaffRole;
use service::people::Authority;
use service::people::clients::{self, NewClient};

const DAVID: &str = "david@provider.example";

fn knows(t: &TestApp, name: &str) -> bool {
    t.portal().gate.facts().programs.contains_key(name)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_shown_once_and_ends_when_revoked() {
    each_database(async |t| {
        t.staff(DAVID, &[StaffRole::Admin]).await;
        let browser = t.browser_of(DAVID).await;
        assert!(browser.get("/de/clients").await.text().contains("/de/clients/new"));
        let form = [
            ("name", " Zammad-1 "),
            ("scopes", "search"),
            ("scopes", "evaluate"),
            ("expires_on", "2027-12-31"),
        ];
        let page = browser.post("/de/clients/new").form(&form).await;
        assert_eq!(page.status_code(), 200);
        let text = page.text();
        let key: String =
            text[text.find("avp_").expect("a key")..].chars().take_while(|c| *c != '<').collect();
        let parts: Vec<_> = key.splitn(3, '_').collect();
        assert_eq!((parts[0], parts[1].len(), parts[2].len()), ("avp", 8, 43));

        let stored = store::clients::all(t.portal().store.read()).await.expect("read");
        assert_eq!(stored[0].1, clients::key_hash(&key));
        assert_eq!(
            (stored[0].0.name.as_str(), stored[0].0.scopes.join(" ").as_str()),
            ("zammad-1", "evaluate search")
        );
        assert!(knows(t, "zammad-1"), "the gate knows it at once");
        let list = browser.get("/de/clients").await.text();
        assert!(list.contains(parts[1]) && !list.contains(parts[2]), "its first signs, never the key");

        assert_eq!(browser.post("/de/clients/new").form(&form).await.status_code(), 422, "the name is taken");
        let gone = browser.post("/de/clients/revoke").form(&[("name", "zammad-1")]).await;
        assert_eq!(goes_to(&gone), "/de/clients");
        assert!(!knows(t, "zammad-1"));
        for name in ["zammad-1", "nobody", ""] {
            let answer = browser.post("/de/clients/revoke").form(&[("name", name)]).await;
            assert_eq!(answer.status_code(), 404, "{name}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_at_its_field_and_makes_nothing() {
    each_database(async |t| {
        t.staff(DAVID, &[StaffRole::Admin]).await;
        let browser = t.browser_of(DAVID).await;
        let form = [("name", "Müller & Co"), ("scopes", "everything"), ("expires_on", "2026-11-22")];
        let page = browser.post("/de/clients/new").form(&form).await;
        assert_eq!(page.status_code(), 422);
        for field in ["name", "scopes", "expires_on"] {
            assert!(page.text().contains(&format!("{field}-error")), "{field}");
        }
        assert!(page.text().contains("Müller &amp; Co"));
        assert!(NewClient::parse("a", &[], "", t.now()).is_err(), "a scope at least");
        assert!(clients::all(t.portal()).await.expect("read").is_empty());

        let new =
            NewClient::parse("crm", &["events".into()], "2026-11-23", t.now()).expect("today still counts");
        clients::create(t.portal(), &Authority::Operator, &new, t.now()).await.expect("made");
        assert!(knows(t, "crm"));
    })
    .await;
}
