//! Who asks too often, or from elsewhere.

use crate::evaluation::{TINA, for_k1};
use crate::harness::{TestApp, each_database};
use axum_test::{TestResponse, TestServer};
use chrono::Duration;
use serde_json::{Value, json};
use service::people::Authority;
use service::people::clients::{Limits, NewClient, create};

async fn limited(t: &TestApp, networks: &str, per_minute: &str) -> String {
    let scopes = ["evaluate".to_string(), "search".to_string()];
    let new = NewClient::parse("zammad", &scopes, "", t.now()).expect("a client");
    let new = new.limited(Limits::parse(networks, per_minute).expect("limits"));
    create(t.portal(), &Authority::Operator, &new, t.now()).await.expect("a key").1.text().into()
}

fn said(answer: &TestResponse, header: &str) -> String {
    answer.maybe_header(header).map(|v| v.to_str().expect("text").to_string()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_often_is_told_when_to_come_back() {
    each_database(async |t| {
        let key = limited(t, "", "3").await;
        let http = t.browser();
        let ask = async |body: &Value| {
            http.post("/access/v1/evaluation").authorization_bearer(&key).json(body).await
        };
        for (left, seconds) in [(2, 20), (1, 40)] {
            let answer = ask(&for_k1("advise")).await;
            assert_eq!(answer.status_code(), 200);
            assert_eq!(said(&answer, "ratelimit-policy"), "\"client\";q=3;w=60");
            assert_eq!(said(&answer, "ratelimit"), format!("\"client\";r={left};t={seconds}"));
            assert_eq!(said(&answer, "retry-after"), "");
        }
        let bad = ask(&json!({})).await;
        assert_eq!(bad.status_code(), 400);
        assert_eq!(said(&bad, "ratelimit"), "\"client\";r=0;t=60", "a mistake counts, too");
        let over = ask(&for_k1("advise")).await;
        assert_eq!(over.status_code(), 429);
        assert_eq!(said(&over, "retry-after"), "20");
        assert_eq!(said(&over, "ratelimit"), "\"client\";r=0;t=20");
        assert!(over.json::<Value>()["error"].as_str().is_some_and(|e| e.contains("3 questions")));
        let form =
            [("grant_type", "client_credentials"), ("client_id", "zammad"), ("client_secret", key.as_str())];
        let token = http.post("/oauth/token").form(&form).await;
        assert_eq!((token.status_code().as_u16(), said(&token, "retry-after").as_str()), (429, "20"));

        // A change of the facts gives nobody a new quota.
        crate::evaluation::key(t, "crm", "evaluate", "").await;
        assert_eq!(ask(&for_k1("advise")).await.status_code(), 429);
        t.advance(Duration::seconds(20)).await;
        assert_eq!(ask(&for_k1("advise")).await.status_code(), 200);
        assert_eq!(ask(&for_k1("advise")).await.status_code(), 429);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_counts_as_many_as_it_asks() {
    each_database(async |t| {
        let key = limited(t, "", "10").await;
        let http = t.browser();
        let batch = |n: usize| json!({ "evaluations": vec![for_k1("advise"); n] });
        let ask = async |n: usize| {
            http.post("/access/v1/evaluations").authorization_bearer(&key).json(&batch(n)).await
        };
        let six = ask(6).await;
        assert_eq!((six.status_code().as_u16(), said(&six, "ratelimit")), (200, "\"client\";r=4;t=36".into()));
        let more = ask(6).await;
        assert_eq!(more.status_code(), 429, "all of it or nothing of it");
        assert_eq!(said(&more, "ratelimit-policy"), "\"client\";q=10;w=60");
        t.portal().file_records(t.now()).await.expect("written");
        let (_, total) =
            store::decisions::list(t.portal().store.read(), None, 0, 10).await.expect("decisions");
        assert_eq!(total, 6);
        let list = json!({ "subject": { "type": "technician", "id": TINA }, "resource": { "type": "customer", "id": "K1" } });
        let found = http.post("/access/v1/search/action").authorization_bearer(&key).json(&list).await;
        assert_eq!((found.status_code().as_u16(), said(&found, "ratelimit")), (200, "\"client\";r=2;t=48".into()));
    })
    .await;
}

/// A server behind one proxy of ours.
fn behind_a_proxy(t: &TestApp) -> TestServer {
    let mut config = (*t.app.config).clone();
    config.trusted_proxies = 1;
    let app = server::state::App { config: std::sync::Arc::new(config), ..t.app.clone() };
    TestServer::new(server::router::router(app))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_opens_only_from_where_it_may() {
    each_database(async |t| {
        let key = limited(t, "192.0.2.0/24 2001:db8::7", "").await;
        let http = behind_a_proxy(t);
        let from = async |hops: &str| {
            let request =
                http.post("/access/v1/evaluation").authorization_bearer(&key).json(&for_k1("advise"));
            request.add_header("x-forwarded-for", hops).await.status_code().as_u16()
        };
        assert_eq!(from("192.0.2.77").await, 200);
        assert_eq!(from("2001:db8::7").await, 200);
        assert_eq!(from("203.0.113.9").await, 403);
        assert_eq!(
            from("192.0.2.77, 203.0.113.9").await,
            403,
            "what stands further left can be written by anybody"
        );
        assert_eq!(from("nonsense").await, 403);
        let unknown =
            http.post("/access/v1/evaluation").authorization_bearer(&key).json(&for_k1("advise")).await;
        assert_eq!(unknown.status_code(), 403, "from nowhere is not from there");
        let form =
            [("grant_type", "client_credentials"), ("client_id", "zammad"), ("client_secret", key.as_str())];
        let token = async |hops: &str| {
            http.post("/oauth/token").form(&form).add_header("x-forwarded-for", hops).await
        };
        assert_eq!(token("203.0.113.9").await.status_code(), 401);
        let fetched = token("192.0.2.77").await.json::<Value>();
        let bearer = fetched["access_token"].as_str().expect("a token").to_string();
        let elsewhere =
            http.post("/access/v1/evaluation").authorization_bearer(&bearer).json(&for_k1("advise"));
        let elsewhere = elsewhere.add_header("x-forwarded-for", "203.0.113.9").await;
        assert_eq!(elsewhere.status_code(), 403, "a token neither");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistyped_key_is_told_apart_from_an_unknown_one() {
    each_database(async |t| {
        let key = limited(t, "", "").await;
        let http = t.browser();
        let error = async |key: &str| {
            let answer =
                http.post("/access/v1/evaluation").authorization_bearer(key).json(&for_k1("advise")).await;
            assert_eq!(answer.status_code(), 401, "{key}");
            assert!(said(&answer, "www-authenticate").contains("invalid_token"));
            answer.json::<Value>()["error"].as_str().expect("a reason").to_string()
        };
        assert!(error(&key[..61]).await.contains("mistyped"));
        let unknown = domain::api_key::ApiKey::new([1; 4], [2; 32]);
        assert!(error(unknown.text()).await.contains("unknown"));
        assert!(error("ghp_something").await.contains("no API key"));
    })
    .await;
}
