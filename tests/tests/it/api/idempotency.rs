//! A request that comes twice is one deed.

use crate::evaluation::key;
use crate::harness::{TestApp, each_database};
use chrono::Duration;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use server::access::Caller;
use server::access::protocol::{Extensions, HeaderMap, Unanswered, json as answer};
use server::api::idempotency::once;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

struct Counter(Arc<AtomicU32>);

struct Told {
    status: u16,
    again: bool,
    body: Value,
}

/// Sends a request whose deed counts up, with this key and this body.
async fn send(t: &TestApp, bearer: &str, counter: &Counter, key: Option<&str>, body: &str) -> Told {
    let mut headers = HeaderMap::new();
    headers.insert("authorization", format!("Bearer {bearer}").parse().expect("a value"));
    if let Some(key) = key {
        headers.insert("idempotency-key", key.parse().expect("a value"));
    }
    let caller = Caller::of(&t.app, &headers, &Extensions::default(), "sessions").expect("let in");
    let count = counter.0.clone();
    let fails = body == "fail";
    let deed = async move {
        let n = count.fetch_add(1, Ordering::SeqCst) + 1;
        let mut response = answer(&json!({ "deed": n }));
        *response.status_mut() = if fails { 500 } else { 201 }.try_into().expect("a status");
        response
    };
    let response = once(&t.app, &caller, &headers, ("POST /api/v1/things", body.as_bytes()), deed).await;
    let again = response.headers().contains_key("idempotency-replayed");
    let status = response.status().as_u16();
    let bytes = response.into_body().collect().await.expect("a body").to_bytes();
    Told { status, again, body: serde_json::from_slice(&bytes).unwrap_or_default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_gets_the_same_answer_for_a_day() {
    each_database(async |t| {
        let (one, other) = (key(t, "one", "sessions", "").await, key(t, "other", "sessions", "").await);
        let counter = Counter(Arc::default());
        let first = send(t, &one, &counter, Some("\"k-1\""), "a").await;
        assert_eq!((first.status, first.again, &first.body), (201, false, &json!({ "deed": 1 })));
        let second = send(t, &one, &counter, Some("k-1"), "a").await;
        assert_eq!((second.status, second.again, &second.body), (201, true, &json!({ "deed": 1 })));

        let changed = send(t, &one, &counter, Some("k-1"), "b").await;
        assert_eq!(
            (changed.status, changed.body["type"].as_str()),
            (422, Some("urn:av-portal:problem:idempotency-key-reused"))
        );
        assert_eq!(send(t, &one, &counter, Some("k-2"), "a").await.body, json!({ "deed": 2 }), "another key");
        assert_eq!(
            send(t, &other, &counter, Some("k-1"), "a").await.body,
            json!({ "deed": 3 }),
            "another program"
        );
        assert_eq!(send(t, &one, &counter, None, "a").await.body, json!({ "deed": 4 }), "no key, no memory");

        t.advance(Duration::hours(23)).await;
        service::jobs::housekeeping::run(t.portal(), t.now()).await.expect("kept");
        assert!(send(t, &one, &counter, Some("k-1"), "a").await.again);
        t.advance(Duration::hours(2)).await;
        service::jobs::housekeeping::run(t.portal(), t.now()).await.expect("kept");
        assert_eq!(
            send(t, &one, &counter, Some("k-1"), "a").await.body,
            json!({ "deed": 5 }),
            "a day is over"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_of_ours_is_not_kept_and_an_open_end_is_not_repeated() {
    each_database(async |t| {
        let bearer = key(t, "one", "sessions", "").await;
        let counter = Counter(Arc::default());
        assert_eq!(send(t, &bearer, &counter, Some("k"), "fail").await.status, 500);
        let again = send(t, &bearer, &counter, Some("k"), "fail").await;
        assert_eq!((again.status, again.again, &again.body), (500, false, &json!({ "deed": 2 })));

        // As if the process had died before the answer.
        let client = store::clients::all(t.portal().store.read()).await.expect("read")[0].id;
        let hash = {
            send(t, &bearer, &counter, Some("seen"), "a").await;
            match store::idempotency::take(t.portal().store.read(), client, "seen", "", t.now()).await {
                Ok(store::idempotency::Found::Answered { request, .. }) => request,
                other => panic!("{other:?}"),
            }
        };
        let db = t.portal().store.read();
        let taken = store::idempotency::take(db, client, "open", &hash, t.now()).await.expect("taken");
        assert_eq!(taken, store::idempotency::Found::Fresh);
        let before = counter.0.load(Ordering::SeqCst);
        assert_eq!(send(t, &bearer, &counter, Some("open"), "a").await.status, 409);
        assert_eq!(send(t, &bearer, &counter, Some("open"), "b").await.status, 422);
        for malformed in ["", "\"\"", "a b", "\"a", &"x".repeat(256)] {
            assert_eq!(send(t, &bearer, &counter, Some(malformed), "a").await.status, 400, "{malformed}");
        }
        assert_eq!(counter.0.load(Ordering::SeqCst), before, "nothing was done");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_at_the_same_instant_one_is_done() {
    each_database(async |t| {
        let bearer = key(t, "one", "sessions", "").await;
        let counter = Counter(Arc::default());
        let all = [(); 4].map(|()| send(t, &bearer, &counter, Some("k"), "a"));
        let [a, b, c, d] = all;
        let told = tokio::join!(a, b, c, d);
        let statuses = [told.0.status, told.1.status, told.2.status, told.3.status];
        assert_eq!(counter.0.load(Ordering::SeqCst), 1, "{statuses:?}");
        assert!(statuses.contains(&201) && statuses.iter().all(|s| [201, 409].contains(s)), "{statuses:?}");
        let refused: Result<Caller, Unanswered> =
            Caller::of(&t.app, &HeaderMap::new(), &Extensions::default(), "sessions");
        assert!(refused.is_err());
    })
    .await;
}
