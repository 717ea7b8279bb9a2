//! The decision point for programs: every status, the shapes of the answers, what is told and what is not.

use crate::harness::{TestApp, each_database};
use crate::main_path::{in_force, offered, scene};
use axum_test::{TestResponse, TestServer};
use chrono::Duration;
use domain::permission::StaffRole;
use serde_json::{Value, json};
use service::people::Authority;
use service::people::clients::{NewClient, create, revoke};

pub const TINA: &str = "tina@provider.example";

pub async fn key(t: &TestApp, name: &str, scope: &str, expires_on: &str) -> String {
    let new = NewClient::parse(name, &[scope.to_string()], expires_on, t.now()).expect("a client");
    create(t.portal(), &Authority::Operator, &new, t.now()).await.expect("a key").1.text().into()
}

fn question(action: &str, resource: Value) -> Value {
    json!({
        "subject": { "type": "technician", "id": TINA },
        "action": { "name": action },
        "resource": resource,
        "context": { "ticket": { "system": "zammad", "id": "881" }, "channel": "phone" }
    })
}

pub fn for_k1(action: &str) -> Value {
    question(action, json!({ "type": "customer", "id": "K1" }))
}

async fn ask(http: &TestServer, key: &str, question: &Value) -> Value {
    let answer = http.post("/access/v1/evaluation").authorization_bearer(key).json(question).await;
    assert_eq!(answer.status_code(), 200, "{}", answer.text());
    answer.json()
}

pub fn codes(answer: &Value) -> Vec<&str> {
    let reasons = answer["context"]["reasons"].as_array().expect("reasons");
    reasons.iter().map(|r| r["code"].as_str().expect("a code")).collect()
}

/// An answer without what differs from run to run.
fn shape(mut answer: Value) -> Value {
    for (member, length) in [("evaluation_id", 36), ("evaluated_at", 27), ("valid_until", 27)] {
        if let Some(value) = answer["context"].get_mut(member) {
            assert_eq!(value.as_str().map(str::len), Some(length), "{member}: {value}");
            *value = json!(format!("<{member}>"));
        }
    }
    if let Some(url) = answer["context"].get_mut("access_request").and_then(|r| r.get_mut("form_url")) {
        let text = url.as_str().unwrap_or_default();
        *url = json!(text.rsplit_once('/').map(|(before, _)| format!("{before}/<customer>")));
    }
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answers_have_the_shape_that_programs_rely_on() {
    each_database(async |t| {
        let s = scene(t).await;
        t.staff(TINA, &[StaffRole::Technician]).await;
        let key = key(t, "zammad", "evaluate", "").await;
        let http = t.browser();

        insta::assert_json_snapshot!(
            "no_contract",
            shape(ask(&http, &key, &for_k1("remote_support.control")).await)
        );
        insta::assert_json_snapshot!("advice", shape(ask(&http, &key, &for_k1("advise")).await));
        insta::assert_json_snapshot!("unknown_action", shape(ask(&http, &key, &for_k1("coffee.make")).await));

        in_force(t, &s).await;
        insta::assert_json_snapshot!(
            "permitted",
            shape(ask(&http, &key, &for_k1("remote_support.control")).await)
        );
        insta::assert_json_snapshot!("not_covered", shape(ask(&http, &key, &for_k1("log.analyse")).await));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_ask_is_told_so_and_nothing_is_recorded() {
    each_database(async |t| {
        let http = t.browser();
        let send = async |header: Option<&str>| {
            let request = http.post("/access/v1/evaluation").json(&for_k1("advise"));
            match header {
                Some(value) => request.add_header("authorization", value).await,
                None => request.await,
            }
        };
        for wrong in
            [None, Some("Bearer"), Some("Bearer avp_12345678_nothing"), Some("Basic YTpi"), Some("bearer  ")]
        {
            let answer = send(wrong).await;
            assert_eq!(answer.status_code(), 401, "{wrong:?}");
            assert!(answer.header("www-authenticate").to_str().expect("text").starts_with("Bearer"));
            assert!(answer.json::<Value>()["error"].is_string());
        }
        let searcher = key(t, "searcher", "search", "").await;
        assert_eq!(send(Some(&format!("Bearer {searcher}"))).await.status_code(), 403);

        let good = key(t, "good", "evaluate", "2026-11-24").await;
        let good = format!("bearer {good}");
        assert_eq!(send(Some(&good)).await.status_code(), 200, "the scheme is not a matter of case");
        revoke(t.portal(), &Authority::Operator, "searcher", t.now()).await.expect("revoked");
        assert_eq!(send(Some(&format!("Bearer {searcher}"))).await.status_code(), 401, "revoked");
        t.advance(Duration::days(2)).await;
        assert_eq!(send(Some(&good)).await.status_code(), 401, "expired");

        t.portal().file_records(t.now()).await.expect("written");
        let (rows, total) = recorded(t).await;
        assert_eq!((total, rows[0].asked_by.as_str()), (1, "client:good"));
        let db = t.portal().store.read();
        let clients = store::clients::all(db).await.expect("clients");
        let keys = store::client_keys::all(db).await.expect("keys");
        let used = |name: &str| {
            let client = clients.iter().find(|c| c.name == name).expect("a client");
            keys.iter().find(|(k, _)| k.client == client.id).and_then(|(k, _)| k.last_used_at)
        };
        assert!(used("good").is_some() && used("searcher").is_some());
    })
    .await;
}

async fn recorded(t: &TestApp) -> (Vec<store::decisions::Decision>, u64) {
    store::decisions::list(t.portal().store.read(), None, 0, 100).await.expect("decisions")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_is_none_is_400_and_changes_nothing() {
    each_database(async |t| {
        let key = key(t, "zammad", "evaluate", "").await;
        let http = t.browser();
        let send = async |media: &str, body: String| -> TestResponse {
            let request = http.post("/access/v1/evaluation").authorization_bearer(&key).text(body);
            request.content_type(media).add_header("x-request-id", "abc-1").await
        };
        let good = for_k1("advise");
        let without = |member: &str| {
            let mut q = good.clone();
            q.as_object_mut().expect("an object").remove(member);
            q.to_string()
        };
        let with = |pointer: &str, value: Value| {
            let mut q = good.clone();
            *q.pointer_mut(pointer).expect("a member") = value;
            q.to_string()
        };
        let list = json!([good["subject"], good["action"], good["resource"]]).to_string();
        let deep = format!("{{\"x\":{}1{}}}", "[".repeat(5_000), "]".repeat(5_000));
        let bad = [
            String::new(),
            "{".into(),
            "null".into(),
            "[]".into(),
            list,
            deep,
            "{} {}".into(),
            "\u{feff}{}".into(),
            without("subject"),
            without("action"),
            without("resource"),
            with("/subject", json!("tina")),
            with("/subject", json!(["technician", TINA])),
            with("/subject/id", json!(7)),
            with("/subject/type", json!(null)),
            with("/action/name", json!(1)),
            with("/resource/id", json!({})),
            with("/context", json!("phone")),
            with("/action", json!({ "name": "advise", "properties": { "tool": 5 } })),
            with("/action", json!({ "name": "advise", "properties": [] })),
            with(
                "/resource",
                json!({ "type": "ticket", "id": "1", "properties": { "customer_number": 10023 } }),
            ),
            with("/context", json!({ "explain": "everything" })),
        ];
        for body in bad {
            let short: String = body.chars().take(80).collect();
            let answer = send("application/json", body).await;
            assert_eq!(answer.status_code(), 400, "{short}");
            assert!(answer.json::<Value>()["error"].as_str().is_some_and(|e| !e.contains(TINA)), "{short}");
            assert_eq!(answer.header("x-request-id"), "abc-1");
            assert_eq!(answer.header("content-type"), "application/json");
        }
        for media in ["text/plain", "application/x-www-form-urlencoded", "application/jsonx"] {
            assert_eq!(send(media, good.to_string()).await.status_code(), 400, "{media}");
        }
        let huge = with("/subject/id", json!("x".repeat(70_000)));
        assert_eq!(send("application/json", huge).await.status_code(), 413);
        assert_eq!(http.get("/access/v1/evaluation").await.status_code(), 405);
        t.portal().file_records(t.now()).await.expect("written");
        assert_eq!(recorded(t).await.1, 0);

        let mut more = good.clone();
        more["subject"]["properties"] = json!({ "department": [1, 2] });
        more["context"]["ticket"]["id"] = json!(881);
        more["unknown"] = json!({ "a": [null] });
        let answer = send("application/json; charset=UTF-8", more.to_string()).await;
        assert_eq!(answer.status_code(), 200, "what is not known is ignored: {}", answer.text());
        assert_eq!(answer.header("x-request-id"), "abc-1");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hints_identify_a_contact_and_tell_nothing_else() {
    each_database(async |t| {
        let manager = t.manager().await;
        t.staff(TINA, &[StaffRole::Technician]).await;
        t.customer_with("K7", &manager, |c| {
            c.phones = "07022 1234567".into();
            c.domains = "saegebrecht.example".into();
            c.service_contract = true;
        })
        .await;
        let key = key(t, "phone-system", "evaluate", "").await;
        let http = t.browser();
        let ticket = async |hints: Value| {
            let mut q =
                question("log.analyse", json!({ "type": "ticket", "id": "881", "properties": hints }));
            q["context"]["explain"] = json!("full");
            ask(&http, &key, &q).await
        };
        for hint in
            [json!({ "phone": "+49 (0) 7022 / 123-4567" }), json!({ "domain": "Saegebrecht.example" })]
        {
            let answer = ticket(hint).await;
            assert_eq!(answer["context"]["outcome"], "advice_only");
            assert_eq!(codes(&answer), ["sender_unverified"], "not that there is no contract");
            assert_eq!(answer["context"]["priority"], "service_contract");
            let text = answer.to_string();
            assert!(
                !text.contains("K7") && !text.contains("Tischlerei") && !text.contains("form_url"),
                "{text}"
            );
        }
        for hint in
            [json!({}), json!({ "phone": "call me" }), json!({ "phone": ["07022"] }), json!({ "domain": "" })]
        {
            assert_eq!(codes(&ticket(hint).await), ["customer_unidentified"]);
        }
        let by_number = ticket(json!({ "customer_number": " k7 ", "phone": "none" })).await;
        assert_eq!(codes(&by_number), ["no_contract", "persons_unknown"]);
        assert_eq!(by_number["context"]["obligations"], json!([{ "type": "inform_customer" }]));
        t.portal().file_records(t.now()).await.expect("written");
        let (rows, total) = recorded(t).await;
        assert_eq!(total, 7);
        assert_eq!(rows.iter().filter(|d| d.customer.is_some()).count(), 1, "a guess is in nobody's records");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn as_much_is_told_as_was_asked_for() {
    each_database(async |t| {
        let s = scene(t).await;
        offered(t, &s, &[crate::main_path::ANNA]).await;
        let key = key(t, "zammad", "evaluate", "").await;
        let http = t.browser();
        let mut q = for_k1("hosting.operate");
        q["subject"]["id"] = json!("nobody@provider.example");
        assert_eq!(codes(&ask(&http, &key, &q).await), ["technician_unknown"]);
        q["context"]["explain"] = json!("full");
        let full = ask(&http, &key, &q).await;
        assert_eq!(codes(&full), ["technician_unknown", "contract_awaiting_customer", "persons_unknown"]);
        assert!(full["context"].get("access_request").is_none(), "the contract alone would not lift it");
        q["context"]["explain"] = json!("none");
        assert_eq!(ask(&http, &key, &q).await, json!({ "decision": false }));

        let mut program = for_k1("system.monitor");
        program["subject"] = json!({ "type": "automation", "id": "Zammad" });
        assert_eq!(
            codes(&ask(&http, &key, &program).await),
            ["contract_awaiting_customer", "persons_unknown"]
        );
        program["subject"]["type"] = json!("robot");
        assert_eq!(codes(&ask(&http, &key, &program).await), ["technician_unknown"]);
        program["resource"]["type"] = json!("planet");
        assert_eq!(codes(&ask(&http, &key, &program).await), ["unknown_resource_type"]);
        let mut tool = for_k1("remote_support.control");
        tool["action"]["properties"] = json!({ "tool": "" });
        tool["subject"] = json!({ "type": "integration", "id": "zammad" });
        assert!(!codes(&ask(&http, &key, &tool).await).is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stale_facts_permit_nothing() {
    each_database(async |t| {
        let s = scene(t).await;
        t.staff(TINA, &[StaffRole::Technician]).await;
        in_force(t, &s).await;
        let key = key(t, "zammad", "evaluate", "").await;
        let http = t.browser();
        assert_eq!(codes(&ask(&http, &key, &for_k1("hosting.operate")).await), ["ok_contract"]);
        // Nobody has looked at the facts for three seconds.
        let later = t.now() + Duration::seconds(3);
        let app = server::state::App { clock: std::sync::Arc::new(move || later), ..t.app.clone() };
        let unwatched = TestServer::new(server::router::router(app));
        let stale = ask(&unwatched, &key, &for_k1("hosting.operate")).await;
        assert_eq!((stale["decision"].clone(), codes(&stale)), (json!(false), vec!["data_stale"]));
        t.advance(Duration::seconds(3)).await;
        assert_eq!(codes(&ask(&http, &key, &for_k1("hosting.operate")).await), ["ok_contract"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_metadata_names_what_there_is() {
    each_database(async |t| {
        let answer =
            t.browser().get("/.well-known/authzen-configuration").add_header("host", "evil.example").await;
        let base = &t.app.config.base_url;
        let expected = json!({
            "policy_decision_point": base,
            "access_evaluation_endpoint": format!("{base}/access/v1/evaluation"),
            "access_evaluations_endpoint": format!("{base}/access/v1/evaluations"),
            "search_subject_endpoint": format!("{base}/access/v1/search/subject"),
            "search_resource_endpoint": format!("{base}/access/v1/search/resource"),
            "search_action_endpoint": format!("{base}/access/v1/search/action"),
        });
        assert_eq!(answer.json::<Value>(), expected);
    })
    .await;
}
