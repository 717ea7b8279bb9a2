//! The certification scenario, level Search, as its harness asks it.

use super::conformance::{admin, archived, harness, named, post, record, user};
use axum_test::TestServer;
use serde_json::{Value, json};

async fn found(http: &TestServer, what: &str, body: &Value) -> Vec<Value> {
    let answer = post(http, &format!("/access/v1/search/{what}"), body).await;
    assert_eq!(answer["page"]["next_token"], "", "{answer}");
    let results = answer["results"].as_array().expect("results").clone();
    assert_eq!(answer["page"]["count"], results.len());
    results
}

#[tokio::test]
async fn every_list_has_whom_and_what_the_scenario_asks_for() {
    let http = harness();
    let any_user = json!({ "type": "user" });
    let any_record = json!({ "type": "record" });
    let readers = json!({ "subject": any_user, "action": named("read"), "resource": record("record-1") });
    assert_eq!(found(&http, "subject", &readers).await, [user("alice"), user("bob")]);
    let mut odd = readers.clone();
    odd["context"] = json!({ "time": "now" });
    odd["subject"]["id"] = json!(7);
    odd["unknown"] = json!([]);
    assert_eq!(found(&http, "subject", &odd).await.len(), 2, "an id and what is not known are ignored");

    let writers = json!({ "subject": any_user, "action": named("write"), "resource": archived() });
    assert_eq!(found(&http, "subject", &writers).await, [user("bob")]);

    let readable = json!({ "subject": user("alice"), "action": named("read"), "resource": any_record });
    assert_eq!(found(&http, "resource", &readable).await, [record("record-1"), record("record-2")]);
    let writable = json!({ "subject": admin(), "action": named("write"), "resource": any_record });
    assert_eq!(found(&http, "resource", &writable).await, [record("record-2")]);

    let actions = json!({ "subject": user("alice"), "resource": record("record-1") });
    assert_eq!(found(&http, "action", &actions).await, [named("read"), named("write")]);
    let mut with_action = json!({ "subject": admin(), "resource": archived(), "context": { "a": 1 } });
    with_action["action"] = json!("ignored");
    assert_eq!(found(&http, "action", &with_action).await, [named("read"), named("write")]);
}

#[tokio::test]
async fn nothing_found_is_an_empty_list() {
    let http = harness();
    for (what, body) in [
        ("action", json!({ "subject": user("nobody"), "resource": record("record-1") })),
        ("action", json!({ "subject": user("alice"), "resource": record("record-9") })),
        (
            "subject",
            json!({ "subject": { "type": "spaceship" }, "action": named("read"), "resource": record("record-1") }),
        ),
        (
            "resource",
            json!({ "subject": user("alice"), "action": named("read"), "resource": { "type": "planet" } }),
        ),
        (
            "resource",
            json!({ "subject": user("alice"), "action": named("paint"), "resource": { "type": "record" } }),
        ),
    ] {
        assert!(found(&http, what, &body).await.is_empty(), "{what} {body}");
    }
}

#[tokio::test]
async fn a_list_comes_page_by_page() {
    let http = harness();
    let mut search = json!({
        "subject": { "type": "user" }, "action": named("read"), "resource": record("record-1"),
        "page": { "limit": 1, "unknown": true },
    });
    let path = "/access/v1/search/subject";
    let first = post(&http, path, &search).await;
    assert_eq!(first["results"], json!([user("alice")]));
    assert!(
        first.to_string().find("\"page\"") < first.to_string().find("\"results\""),
        "the page comes first: {first}"
    );
    let token = first["page"]["next_token"].as_str().expect("a token").to_string();
    assert!(!token.is_empty());
    search["page"] = json!({ "token": token });
    let second = post(&http, path, &search).await;
    assert_eq!(second["results"], json!([user("bob")]));
    assert_eq!(second["page"], json!({ "next_token": "", "count": 1 }));

    search["action"] = named("write");
    let other = http.post(path).json(&search).await;
    assert_eq!(other.status_code(), 400, "the token belongs to another search: {}", other.text());
    for page in [
        json!({ "token": "x" }),
        json!({ "token": 1 }),
        json!({ "limit": 0 }),
        json!({ "limit": "1" }),
        json!({ "limit": -1 }),
        json!([]),
    ] {
        search["page"] = page;
        assert_eq!(http.post(path).json(&search).await.status_code(), 400, "{search}");
    }
    search["page"] = json!({ "token": "", "limit": 5_000_000 });
    assert_eq!(http.post(path).json(&search).await.status_code(), 200, "as much as fits on a page");
}

#[tokio::test]
async fn a_search_that_is_none_is_400() {
    let http = harness();
    let (any_user, any_record) = (json!({ "type": "user" }), json!({ "type": "record" }));
    let read = named("read");
    for (what, body) in [
        ("subject", json!({ "subject": any_user, "resource": record("record-1") })),
        ("subject", json!({ "action": read, "resource": record("record-1") })),
        ("subject", json!({ "subject": any_user, "action": read })),
        ("subject", json!({ "subject": any_user, "action": read, "resource": any_record })),
        ("subject", json!({ "subject": {}, "action": read, "resource": record("record-1") })),
        ("subject", json!({ "subject": "user", "action": read, "resource": record("record-1") })),
        ("resource", json!({ "action": read, "resource": any_record })),
        ("resource", json!({ "subject": any_user, "action": read, "resource": any_record })),
        ("resource", json!({ "subject": user("alice"), "resource": any_record })),
        ("resource", json!({ "subject": user("alice"), "action": read })),
        ("action", json!({ "subject": user("alice") })),
        ("action", json!({ "resource": record("record-1") })),
        ("action", json!({ "subject": any_user, "resource": record("record-1") })),
        ("action", json!([])),
    ] {
        let answer = http.post(&format!("/access/v1/search/{what}")).json(&body).await;
        assert_eq!(answer.status_code(), 400, "{what} {body}: {}", answer.text());
        assert!(answer.json::<Value>()["error"].is_string());
    }
    let text = http.post("/access/v1/search/action").text("{}").await;
    assert_eq!(text.status_code(), 400, "another media type");
}
