//! Where a customer stands, for a ticket system.

use crate::evaluation::key;
use crate::harness::each_database;
use crate::main_path::{in_force, scene};
use axum_test::TestServer;
use chrono::Duration;
use serde_json::{Value, json};

async fn status(http: &TestServer, key: &str, number: &str) -> Value {
    let answer = http.get(&format!("/api/v1/customers/{number}")).authorization_bearer(key).await;
    assert_eq!(answer.status_code(), 200, "{}", answer.text());
    assert!(answer.header("ratelimit").to_str().expect("text").starts_with("\"client\""));
    answer.json()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_side_bar_shows_where_a_customer_stands() {
    each_database(async |t| {
        let s = scene(t).await;
        let key = key(t, "zammad", "evaluate", "").await;
        let http = t.browser();
        let before = status(&http, &key, "K1").await;
        assert_eq!((&before["av_status"], &before["contracts"]), (&json!("none"), &json!([])));
        assert_eq!(before["permitted_actions"], json!(["advise"]));

        in_force(t, &s).await;
        let after = status(&http, &key, "k1").await;
        assert_eq!((&after["number"], &after["av_status"]), (&json!("K1"), &json!("in_force")));
        assert_eq!((&after["priority"], &after["doubt_open"]), (&json!("standard"), &json!(false)));
        let contract = &after["contracts"][0];
        assert_eq!((&contract["state"], &contract["version"]), (&json!("in_force"), &json!(1)));
        assert!(contract["effective_from"].is_string() && contract.get("last_day").is_none(), "{contract}");
        let services = contract["services"].as_array().expect("services");
        let actions = after["permitted_actions"].as_array().expect("actions");
        assert_eq!(services.contains(&json!("hosting")), actions.contains(&json!("hosting.operate")));
        assert!(!actions.contains(&json!("log.analyse")), "what the gate would refuse");
        assert!(!after.to_string().contains("Tischlerei"), "no name");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_are_problems() {
    each_database(async |t| {
        let manager = t.manager().await;
        t.customer("K1", &manager).await;
        let http = t.browser();
        let path = "/api/v1/customers/K1";
        let problem = |answer: axum_test::TestResponse, status: u16| {
            assert_eq!(answer.status_code(), status, "{}", answer.text());
            assert_eq!(answer.header("content-type"), "application/problem+json");
            let body: Value = answer.json();
            assert_eq!(body["status"], status);
            assert!(body["title"].is_string() && body["type"].is_string(), "{body}");
        };
        let nobody = http.get(path).await;
        assert!(nobody.header("www-authenticate").to_str().expect("text").starts_with("Bearer"));
        problem(nobody, 401);
        problem(http.get(path).authorization_bearer("avp_x").await, 401);
        let searcher = key(t, "searcher", "search", "").await;
        problem(http.get(path).authorization_bearer(&searcher).await, 403);
        let asker = key(t, "asker", "evaluate", "2026-11-24").await;
        problem(http.get("/api/v1/customers/K404").authorization_bearer(&asker).await, 404);
        let unwatched = t.now() + Duration::seconds(3);
        let app = server::state::App { clock: std::sync::Arc::new(move || unwatched), ..t.app.clone() };
        let stale = TestServer::new(server::router::router(app));
        problem(stale.get(path).authorization_bearer(&asker).await, 503);
        t.advance(Duration::days(2)).await;
        problem(http.get(path).authorization_bearer(&asker).await, 401);
    })
    .await;
}
