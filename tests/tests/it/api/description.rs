//! The OpenAPI document is whole, true, and a page.

use crate::harness::each_database;
use domain::permission::Access;
use serde_json::Value;
use server::router::{Route, routes};
use std::collections::BTreeMap;

fn for_programs(route: &Route) -> bool {
    let areas = ["/api/", "/oauth/", "/access/", "/.well-known/"];
    matches!(route.access, Access::Client(_)) || areas.iter().any(|area| route.path.starts_with(area))
}

/// Method and path, with the scope that opens it.
type Described = BTreeMap<String, Option<String>>;

fn promised() -> Described {
    let scope = |access| if let Access::Client(scope) = access { Some(scope.to_string()) } else { None };
    let all = routes();
    all.iter()
        .filter(|r| for_programs(r))
        .map(|r| (format!("{} {}", r.method, r.path), scope(r.access)))
        .collect()
}

fn described(document: &Value) -> Described {
    let mut all = Described::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            let scope = operation.pointer("/security/0/bearer/0").and_then(Value::as_str);
            all.insert(format!("{} {path}", method.to_uppercase()), scope.map(Into::into));
            assert!(operation["operationId"].is_string() && operation["responses"].is_object(), "{path}");
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn every_path_for_programs_is_described_and_nothing_else() {
    each_database(async |t| {
        let answer = t.browser().get("/api/v1/openapi.json").add_header("host", "evil.example").await;
        assert_eq!(answer.header("content-type"), "application/json");
        let document: Value = answer.json();
        assert!(
            document["openapi"].as_str().is_some_and(|v| v.starts_with("3.1")),
            "{}",
            document["openapi"]
        );
        assert_eq!(document["servers"][0]["url"], t.app.config.base_url.as_str());
        assert_eq!(described(&document), promised());
        let text = document.to_string();
        for reference in text.split("\"$ref\":\"#").skip(1) {
            let pointer = reference.split('"').next().expect("a pointer");
            assert!(document.pointer(pointer).is_some(), "{pointer}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_shows_all_of_it_in_both_languages() {
    each_database(async |t| {
        let http = t.browser();
        for (lang, title) in [("de", "Eine Frage an die Prüfung"), ("en", "One question to the gate")] {
            let page = http.get(&format!("/{lang}/api")).await;
            assert_eq!(page.status_code(), 200);
            let text = page.text();
            assert!(text.contains(title) && !text.contains('⟨'), "every operation has its title");
            for route in routes().iter().filter(|r| for_programs(r)) {
                assert!(text.contains(&format!("{} {}", route.method, route.path)), "{}", route.path);
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_a_problem_and_not_a_page() {
    each_database(async |t| {
        let http = t.browser();
        let missing = http.get("/api/v1/nothing").await;
        assert_eq!(missing.status_code(), 404);
        assert_eq!(missing.header("content-type"), "application/problem+json");
        assert_eq!(missing.json::<Value>()["status"], 404);
        let method = http.post("/api/v1/openapi.json").await;
        assert_eq!(method.status_code(), 405);
        assert_eq!(method.json::<Value>()["status"], 405);
        let protocol = http.get("/access/v1/nothing").await;
        assert_eq!(protocol.status_code(), 404);
        assert!(protocol.json::<Value>()["error"].is_string(), "the decision point keeps its own form");
    })
    .await;
}
