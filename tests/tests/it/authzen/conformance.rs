//! The certification scenario, levels Basic, Batch and Discovery, as its harness asks it.

use super::scenario::Scenario;
use axum_test::{TestResponse, TestServer};
use serde_json::{Value, json};
use server::access::protocol;

pub const BASE: &str = "https://pdp.example";

pub fn harness() -> TestServer {
    TestServer::new(protocol::router(Scenario, BASE))
}

pub fn user(id: &str) -> Value {
    json!({ "type": "user", "id": id })
}

pub fn record(id: &str) -> Value {
    json!({ "type": "record", "id": id })
}

pub fn admin() -> Value {
    json!({ "type": "user", "id": "bob", "properties": { "role": "admin" } })
}

pub fn archived() -> Value {
    json!({ "type": "record", "id": "record-2", "properties": { "status": "archived" } })
}

pub fn named(name: &str) -> Value {
    json!({ "name": name })
}

fn question(subject: Value, action: Value, resource: Value) -> Value {
    json!({ "subject": subject, "action": action, "resource": resource })
}

pub async fn post(http: &TestServer, path: &str, body: &Value) -> Value {
    let answer = http.post(path).json(body).await;
    assert_eq!(answer.status_code(), 200, "{path} {body}: {}", answer.text());
    assert_eq!(answer.header("content-type"), "application/json");
    answer.json()
}

async fn one(http: &TestServer, question: &Value) -> Value {
    post(http, "/access/v1/evaluation", question).await
}

async fn many(http: &TestServer, batch: &Value) -> Vec<Value> {
    let answer = post(http, "/access/v1/evaluations", batch).await;
    assert!(answer.get("decision").is_none(), "no decision at the top: {answer}");
    answer["evaluations"].as_array().expect("evaluations").clone()
}

fn decisions(answers: &[Value]) -> Vec<bool> {
    answers.iter().map(|a| a["decision"].as_bool().expect("a decision")).collect()
}

#[tokio::test]
async fn the_eight_fixed_decisions_come_out_with_any_context_and_every_time() {
    let http = harness();
    let delete = |soft: bool| json!({ "name": "delete", "properties": { "soft": soft } });
    let fixed = [
        (user("alice"), named("read"), record("record-1"), true),
        (user("alice"), named("write"), record("record-1"), true),
        (user("bob"), named("read"), record("record-1"), true),
        (user("bob"), named("write"), record("record-1"), false),
        (user("alice"), named("write"), archived(), false),
        (admin(), named("write"), archived(), true),
        (user("alice"), delete(true), record("record-1"), true),
        (user("alice"), delete(false), record("record-1"), false),
    ];
    for (subject, action, resource, expected) in fixed {
        let mut q = question(subject, action, resource);
        for context in
            [Value::Null, json!({}), json!({ "time": "2026-06-27T18:03-07:00", "ip": "192.0.2.1" })]
        {
            if !context.is_null() {
                q["context"] = context;
            }
            for _ in 0..3 {
                assert_eq!(one(&http, &q).await, json!({ "decision": expected }), "{q}");
            }
        }
    }
    let mut more = question(
        json!({ "type": "user", "id": "alice", "properties": { "department": "Sales", "role": "manager" } }),
        json!({ "name": "read", "properties": { "method": "GET" } }),
        json!({ "type": "record", "id": "record-1", "properties": { "status": "active", "owner": "bob" } }),
    );
    more["foo"] = json!("bar");
    more["futureField"] = json!({ "nested": true });
    assert_eq!(one(&http, &more).await, json!({ "decision": true }), "what is not known is ignored");
}

#[tokio::test]
async fn nobody_and_nothing_unknown_is_permitted() {
    let http = harness();
    for (subject, action, resource) in [
        (user("carol"), named("read"), record("record-1")),
        (json!({ "type": "robot", "id": "alice" }), named("read"), record("record-1")),
        (user("alice"), named("read"), record("record-3")),
        (user("alice"), named("read"), json!({ "type": "planet", "id": "record-1" })),
        (user("alice"), named("paint"), record("record-1")),
        (user("alice"), named("delete"), record("record-1")),
    ] {
        let q = question(subject, action, resource);
        assert_eq!(one(&http, &q).await, json!({ "decision": false }), "{q}");
    }
}

async fn sent(http: &TestServer, path: &str, media: &str, body: String) -> TestResponse {
    http.post(path).text(body).content_type(media).add_header("x-request-id", "bfe9eb29").await
}

#[tokio::test]
async fn what_is_no_question_is_400_and_the_request_id_comes_back() {
    let http = harness();
    let good = question(user("alice"), named("read"), record("record-1"));
    let mut bad = vec![String::new(), "{".into(), "[]".into(), "null".into(), "\"x\"".into()];
    for pointer in [
        "/subject",
        "/action",
        "/resource",
        "/subject/type",
        "/subject/id",
        "/action/name",
        "/resource/type",
        "/resource/id",
    ] {
        let (parent, member) = pointer.rsplit_once('/').expect("a member");
        let mut without = good.clone();
        let parent = if parent.is_empty() { &mut without } else { without.pointer_mut(parent).expect("it") };
        parent.as_object_mut().expect("an object").remove(member);
        bad.push(without.to_string());
        for wrong in [json!(123), json!(null), json!([]), json!(true)] {
            let mut mistyped = good.clone();
            *mistyped.pointer_mut(pointer).expect("it") = wrong;
            bad.push(mistyped.to_string());
        }
    }
    for (pointer, wrong) in [("/subject", json!("alice")), ("/context", json!("now"))] {
        let mut mistyped = good.clone();
        mistyped["context"] = json!({});
        *mistyped.pointer_mut(pointer).expect("it") = wrong;
        bad.push(mistyped.to_string());
    }
    let mut properties = good.clone();
    properties["subject"]["properties"] = json!(["admin"]);
    bad.push(properties.to_string());
    let mut deep = good.clone();
    deep["foo"] = serde_json::from_str(&format!("{}{}", "[".repeat(60), "]".repeat(60))).expect("JSON");
    bad.push(deep.to_string());
    for path in ["/access/v1/evaluation", "/access/v1/evaluations"] {
        for body in &bad {
            let answer = sent(&http, path, "application/json", body.clone()).await;
            assert_eq!(answer.status_code(), 400, "{path} {body}");
            assert_eq!(answer.header("x-request-id"), "bfe9eb29");
            assert!(answer.json::<Value>()["error"].is_string());
        }
        for media in ["text/plain", "application/xml", ""] {
            assert_eq!(sent(&http, path, media, good.to_string()).await.status_code(), 400, "{media}");
        }
        let charset = sent(&http, path, "application/json; charset=utf-8", good.to_string()).await;
        assert_eq!(charset.status_code(), 200);
        assert_eq!(charset.header("x-request-id"), "bfe9eb29");
        assert!(http.post(path).json(&good).await.maybe_header("x-request-id").is_some(), "a new one");
        assert_eq!(http.get(path).await.status_code(), 405);
        let huge = json!({ "padding": "x".repeat(600_000) }).to_string();
        assert_eq!(sent(&http, path, "application/json", huge).await.status_code(), 413);
    }
}

#[tokio::test]
async fn a_batch_is_answered_in_its_order_with_what_stands_at_the_top() {
    let http = harness();
    let by_action = json!({
        "subject": user("bob"), "resource": record("record-1"),
        "evaluations": [{ "action": named("read") }, { "action": named("write") }],
    });
    assert_eq!(many(&http, &by_action).await, [json!({ "decision": true }), json!({ "decision": false })]);
    let by_resource = json!({
        "subject": user("alice"), "action": named("write"),
        "evaluations": [
            { "resource": { "type": "record", "id": "record-1", "properties": { "status": "active" } } },
            { "resource": archived() },
        ],
    });
    assert_eq!(decisions(&many(&http, &by_resource).await), [true, false]);
    let by_subject = json!({
        "action": named("write"), "resource": archived(),
        "evaluations": [{ "subject": user("alice") }, { "subject": admin() }],
    });
    assert_eq!(decisions(&many(&http, &by_subject).await), [false, true]);
    let whole = json!({ "evaluations": [
        question(user("alice"), named("read"), record("record-1")),
        question(user("bob"), named("write"), record("record-1")),
    ] });
    assert_eq!(decisions(&many(&http, &whole).await), [true, false]);
    let with_context = json!({
        "subject": user("alice"), "action": named("read"), "context": { "time": "2026-06-27T18:03-07:00" },
        "evaluations": [
            { "resource": record("record-1") },
            { "resource": record("record-2"), "context": { "source": "batch-override" } },
        ],
    });
    assert_eq!(many(&http, &with_context).await.len(), 2);
}

/// The scenario says it in c-3-2-7: an entity replaces the default in full.
#[tokio::test]
async fn an_entity_replaces_the_default_as_a_whole() {
    let http = harness();
    let batch = json!({
        "subject": user("alice"), "action": named("write"), "resource": archived(),
        "evaluations": [
            { "resource": { "id": "record-1" } },
            { "resource": record("record-1") },
            { "resource": archived() },
        ],
    });
    let answers = many(&http, &batch).await;
    assert_eq!(decisions(&answers), [false, true, false], "neither the type nor the status is inherited");
    assert_eq!(answers[0]["context"]["error"]["status"], 400);
    assert!(answers[0]["context"]["error"]["message"].as_str().is_some_and(|m| m.contains("type")));
}

#[tokio::test]
async fn a_question_that_is_none_is_a_denial_in_its_place() {
    let http = harness();
    let batch = json!({
        "subject": user("alice"), "action": named("read"),
        "evaluations": [
            { "resource": record("record-1") },
            {},
            7,
            { "resource": "record-1" },
            { "resource": record("record-1"), "context": [] },
            { "resource": record("record-1"), "action": { "name": "delete", "properties": { "soft": "yes" } } },
            { "resource": record("record-2") },
        ],
    });
    let answers = many(&http, &batch).await;
    assert_eq!(decisions(&answers), [true, false, false, false, false, false, true]);
    for failed in &answers[1..6] {
        assert_eq!(failed["context"]["error"]["status"], 400, "{failed}");
    }
    let incomplete = json!({ "resource": { "type": "record" }, "evaluations": [
        question(user("alice"), named("read"), record("record-1")),
    ] });
    assert_eq!(decisions(&many(&http, &incomplete).await), [true], "a default that nobody needs");
    let none = json!({
        "subject": user("alice"), "action": named("read"), "resource": record("record-1"), "evaluations": [],
    });
    assert_eq!(post(&http, "/access/v1/evaluations", &none).await, json!({ "decision": true }));
    let absent = question(user("alice"), named("read"), record("record-1"));
    assert_eq!(post(&http, "/access/v1/evaluations", &absent).await, json!({ "decision": true }));
}

#[tokio::test]
async fn a_batch_ends_where_its_semantic_says() {
    let http = harness();
    let asked = |semantic: Value| {
        json!({
            "subject": user("alice"), "resource": record("record-1"),
            "options": { "evaluations_semantic": semantic, "another": 1 },
            "evaluations": [
                { "action": named("read") }, { "action": named("paint") }, {}, { "action": named("write") },
            ],
        })
    };
    for (semantic, expected) in [
        (json!("execute_all"), &[true, false, false, true][..]),
        (json!(null), &[true, false, false, true]),
        (json!("deny_on_first_deny"), &[true, false]),
        (json!("permit_on_first_permit"), &[true]),
    ] {
        assert_eq!(decisions(&many(&http, &asked(semantic.clone())).await), expected, "{semantic}");
    }
    for wrong in [json!("first_come"), json!(3)] {
        let answer = http.post("/access/v1/evaluations").json(&asked(wrong)).await;
        assert_eq!(answer.status_code(), 400, "{}", answer.text());
    }
    for (member, wrong) in [
        ("evaluations", json!("all")),
        ("options", json!([])),
        ("subject", json!("alice")),
        ("action", json!(["read"])),
        ("context", json!(1)),
    ] {
        let mut batch = asked(json!("execute_all"));
        batch[member] = wrong;
        let answer = http.post("/access/v1/evaluations").json(&batch).await;
        assert_eq!(answer.status_code(), 400, "{member}: {}", answer.text());
    }
}

#[tokio::test]
async fn a_batch_has_a_thousand_questions_at_most() {
    let http = harness();
    let batch = |n: usize| {
        json!({
            "subject": user("alice"), "action": named("read"),
            "evaluations": vec![json!({ "resource": record("record-1") }); n],
        })
    };
    assert_eq!(many(&http, &batch(1_000)).await.len(), 1_000);
    let answer = http.post("/access/v1/evaluations").json(&batch(1_001)).await;
    assert_eq!(answer.status_code(), 413, "{}", answer.text());
}

#[tokio::test]
async fn discovery_names_the_configured_addresses_whatever_the_host_header_says() {
    let http = harness();
    let answer = http.get("/.well-known/authzen-configuration").add_header("host", "evil.example").await;
    assert_eq!(answer.status_code(), 200);
    assert_eq!(answer.header("content-type"), "application/json");
    let at = |path: &str| format!("{BASE}/access/v1/{path}");
    let expected = json!({
        "policy_decision_point": BASE,
        "access_evaluation_endpoint": at("evaluation"),
        "access_evaluations_endpoint": at("evaluations"),
        "search_subject_endpoint": at("search/subject"),
        "search_resource_endpoint": at("search/resource"),
        "search_action_endpoint": at("search/action"),
    });
    assert_eq!(answer.json::<Value>(), expected, "and nothing without a value");
}
