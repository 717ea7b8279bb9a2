//! API clients: made with a key that is seen once, revoked for good.

use crate::harness::{TestApp, each_database, goes_to};
use domain::api_key::ApiKey;
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
        assert_eq!((parts[0], parts[1].len(), parts[2].len()), ("avp", 8, 49));

        let stored = store::clients::all(t.portal().store.read()).await.expect("read");
        assert_eq!(
            (stored[0].name.as_str(), stored[0].scopes.join(" ").as_str()),
            ("zammad-1", "evaluate search")
        );
        let kept = store::client_keys::all(t.portal().store.read()).await.expect("read");
        let read = ApiKey::parse(&key).expect("a key");
        assert_eq!((kept[0].1.clone(), kept[0].0.client), (clients::key_hash(&read), stored[0].id));
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
        let form = [
            ("name", "Müller & Co"),
            ("scopes", "everything"),
            ("expires_on", "2026-11-22"),
            ("networks", "10.0.0.0/8 nowhere"),
            ("per_minute", "0"),
        ];
        let page = browser.post("/de/clients/new").form(&form).await;
        assert_eq!(page.status_code(), 422);
        for field in ["name", "scopes", "expires_on", "networks", "per_minute"] {
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

#[tokio::test(flavor = "multi_thread")]
async fn a_second_key_takes_over_without_a_gap() {
    each_database(async |t| {
        t.staff(DAVID, &[StaffRole::Admin]).await;
        let browser = t.browser_of(DAVID).await;
        let first = crate::evaluation::key(t, "zammad", "evaluate", "").await;
        let id = store::clients::all(t.portal().store.read()).await.expect("read")[0].id;
        let page = format!("/de/clients/{id}");
        let asks = async |key: &str| {
            let question = crate::evaluation::for_k1("advise");
            let answer =
                t.browser().post("/access/v1/evaluation").authorization_bearer(key).json(&question).await;
            answer.status_code().as_u16()
        };
        t.advance(chrono::Duration::seconds(1)).await; // the older key stands first
        let text = browser.post(&format!("{page}/keys")).await.text();
        let second: String =
            text[text.find("avp_").expect("a key")..].chars().take_while(|c| *c != '<').collect();
        assert_eq!((asks(&first).await, asks(&second).await), (200, 200));
        let third = browser.post(&format!("{page}/keys")).await;
        assert_eq!(third.status_code(), 422, "two at most");
        assert!(!third.text().contains(&second[13..]), "and the key is not seen again");

        let keys = store::client_keys::all(t.portal().store.read()).await.expect("read");
        let revoke = format!("{page}/keys/{}/revoke", keys[0].0.id);
        assert_eq!(goes_to(&browser.post(&revoke).await), page);
        assert_eq!((asks(&first).await, asks(&second).await), (401, 200));
        assert_eq!(browser.post(&revoke).await.status_code(), 404, "it is revoked");
        t.advance(chrono::Duration::seconds(1)).await;
        let other = crate::evaluation::key(t, "crm", "evaluate", "").await;
        let keys = store::client_keys::all(t.portal().store.read()).await.expect("read");
        let foreign = format!("{page}/keys/{}/revoke", keys[2].0.id);
        assert_eq!(browser.post(&foreign).await.status_code(), 404, "a key of another client");
        assert_eq!(asks(&other).await, 200);
        for nowhere in ["/de/clients/01900000-0000-7000-8000-000000000000", "/de/clients/zammad"] {
            assert_eq!(browser.get(nowhere).await.status_code(), 404);
            assert_eq!(browser.post(&format!("{nowhere}/keys")).await.status_code(), 404);
        }
        t.portal().file_records(t.now()).await.expect("written");
        let shown = browser.get(&page).await.text();
        assert!(shown.contains(&second[..13]) && !shown.contains(&second[13..]), "{shown}");
        clients::revoke(t.portal(), &Authority::Operator, "zammad", t.now()).await.expect("it");
        assert_eq!(asks(&second).await, 401, "with the client all its keys");
        assert_eq!(browser.post(&format!("{page}/keys")).await.status_code(), 404);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_are_changed_in_the_browser_and_apply_at_once() {
    each_database(async |t| {
        t.staff(DAVID, &[StaffRole::Admin]).await;
        let browser = t.browser_of(DAVID).await;
        crate::evaluation::key(t, "zammad", "evaluate", "").await;
        let id = store::clients::all(t.portal().store.read()).await.expect("read")[0].id;
        let page = format!("/de/clients/{id}");
        let send = async |networks: &str, per_minute: &str| {
            let form = [("networks", networks), ("per_minute", per_minute)];
            browser.post(&format!("{page}/limits")).form(&form).await
        };
        assert_eq!(goes_to(&send("192.0.2.9/24, ::1", "12").await), page);
        let stored = store::clients::all(t.portal().store.read()).await.expect("read");
        let networks: Vec<_> = stored[0].networks.iter().map(ToString::to_string).collect();
        assert_eq!((networks.join(" ").as_str(), stored[0].per_minute), ("192.0.2.0/24 ::1", Some(12)));
        for (networks, per_minute, field) in
            [("example.org", "", "networks"), ("", "viele", "per_minute"), ("", "-1", "per_minute")]
        {
            let again = send(networks, per_minute).await;
            assert_eq!(again.status_code(), 422);
            let text = again.text();
            assert!(
                text.contains(&format!("{field}-error"))
                    && text.contains(networks)
                    && text.contains(per_minute)
            );
        }
        assert_eq!(goes_to(&send("", "").await), page);
        let stored = store::clients::all(t.portal().store.read()).await.expect("read");
        assert_eq!((stored[0].networks.len(), stored[0].per_minute), (0, None));
        clients::revoke(t.portal(), &Authority::Operator, "zammad", t.now()).await.expect("revoked");
        assert_eq!(send("", "").await.status_code(), 404);
    })
    .await;
}
