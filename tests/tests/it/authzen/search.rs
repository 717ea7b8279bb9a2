//! Lists of the portal: who may, for whom, what. In a scope of its own, and on record.

use crate::evaluation::{TINA, key};
use crate::harness::{TestApp, each_database};
use crate::main_path::{in_force, scene};
use axum_test::TestServer;
use domain::permission::StaffRole;
use serde_json::{Value, json};

async fn find(http: &TestServer, key: &str, what: &str, body: &Value) -> Value {
    let answer = http.post(&format!("/access/v1/search/{what}")).authorization_bearer(key).json(body).await;
    assert_eq!(answer.status_code(), 200, "{what} {body}: {}", answer.text());
    answer.json()
}

fn ids(answer: &Value) -> Vec<&str> {
    let results = answer["results"].as_array().expect("results").iter();
    results.map(|r| r.get("id").or(r.get("name")).and_then(Value::as_str).expect("an id")).collect()
}

async fn searches_on_record(t: &TestApp) -> usize {
    let entries = store::audit::after(t.portal().store.read(), 0, 10_000).await.expect("the chain");
    entries.iter().filter(|e| e.body.contains("search.answered")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_system_lists_who_may_what_for_whom() {
    each_database(async |t| {
        let s = scene(t).await;
        t.staff(TINA, &[StaffRole::Technician]).await;
        t.staff("otto@provider.example", &[StaffRole::Technician]).await;
        in_force(t, &s).await;
        let manager = t.actor("bernd@provider.example").await;
        for number in ["K2", "K10", "K3"] {
            t.customer(number, &manager).await;
        }
        let key = key(t, "zammad", "search", "").await;
        let http = t.browser();
        let tina = json!({ "type": "technician", "id": TINA });
        let k1 = json!({ "type": "customer", "id": "K1" });

        let who = json!({
            "subject": { "type": "technician" }, "action": { "name": "remote_support.control" }, "resource": k1,
        });
        let found = find(&http, &key, "subject", &who).await;
        assert_eq!(ids(&found), ["otto@provider.example", TINA], "who has the role; managers do not");
        assert!(found["results"].as_array().expect("results").iter().all(|r| r["type"] == "technician"));
        let programs = json!({
            "subject": { "type": "automation" }, "action": { "name": "remote_support.control" }, "resource": k1,
        });
        assert_eq!(ids(&find(&http, &key, "subject", &programs).await), ["zammad"]);

        let whose = json!({
            "subject": tina, "action": { "name": "remote_support.control" }, "resource": { "type": "customer" },
        });
        assert_eq!(ids(&find(&http, &key, "resource", &whose).await), ["K1"]);
        let mut advice = whose.clone();
        advice["action"]["name"] = json!("advise");
        advice["page"] = json!({ "limit": 3 });
        let first = find(&http, &key, "resource", &advice).await;
        assert_eq!(ids(&first), ["K1", "K10", "K2"]);
        advice["page"]["token"] = first["page"]["next_token"].clone();
        let rest = find(&http, &key, "resource", &advice).await;
        assert_eq!((ids(&rest), &rest["page"]["next_token"]), (vec!["K3"], &json!("")));
        let tickets = json!({ "subject": tina, "action": { "name": "advise" }, "resource": { "type": "ticket" } });
        assert!(ids(&find(&http, &key, "resource", &tickets).await).is_empty());

        let what = json!({ "subject": tina, "resource": k1 });
        let actions = find(&http, &key, "action", &what).await;
        assert!(ids(&actions).contains(&"remote_support.control") && !ids(&actions).contains(&"log.analyse"));
        let stranger = json!({ "subject": { "type": "technician", "id": "nobody@x.example" }, "resource": k1 });
        assert_eq!(ids(&find(&http, &key, "action", &stranger).await), ["advise"]);

        assert_eq!(searches_on_record(t).await, 8, "each list that was given");
        t.portal().file_records(t.now()).await.expect("written");
        let (_, decisions) =
            store::decisions::list(t.portal().store.read(), None, 0, 10).await.expect("decisions");
        assert_eq!(decisions, 0, "a list is no decision");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_have_a_scope_of_their_own() {
    each_database(async |t| {
        let http = t.browser();
        let asker = key(t, "asker", "evaluate", "").await;
        let body = json!({
            "subject": { "type": "technician" }, "action": { "name": "advise" },
            "resource": { "type": "customer", "id": "K1" },
        });
        for what in ["subject", "resource", "action"] {
            let path = format!("/access/v1/search/{what}");
            let answer = http.post(&path).json(&body).await;
            assert_eq!(answer.status_code(), 401);
            assert!(answer.header("www-authenticate").to_str().expect("text").starts_with("Bearer"));
            let answer = http.post(&path).authorization_bearer(&asker).json(&body).await;
            assert_eq!(answer.status_code(), 403, "{}", answer.text());
            assert_eq!(http.get(&path).await.status_code(), 405);
        }
        assert_eq!(searches_on_record(t).await, 0);
    })
    .await;
}
