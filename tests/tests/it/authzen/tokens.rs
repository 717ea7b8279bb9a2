//! Tokens: fetched with a key, accepted where keys are, ended with it; their keys roll over without a gap.

use crate::evaluation::{for_k1, key};
use crate::harness::{TestApp, each_database};
use axum_test::{TestResponse, TestServer};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::Duration;
use serde_json::{Value, json};
use service::people::{Authority, client_keys, clients};

async fn post_form(http: &TestServer, form: &[(&str, &str)]) -> TestResponse {
    http.post("/oauth/token").form(form).await
}

async fn fetched(http: &TestServer, client: &str, key: &str) -> Value {
    let form = [("grant_type", "client_credentials"), ("client_id", client), ("client_secret", key)];
    let answer = post_form(http, &form).await;
    assert_eq!(answer.status_code(), 200, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.json()
}

async fn token(http: &TestServer, client: &str, key: &str) -> String {
    fetched(http, client, key).await["access_token"].as_str().expect("a token").to_string()
}

async fn asks(http: &TestServer, bearer: &str) -> u16 {
    let answer =
        http.post("/access/v1/evaluation").authorization_bearer(bearer).json(&for_k1("advise")).await;
    answer.status_code().as_u16()
}

fn part(token: &str, n: usize) -> Value {
    let part = token.split('.').nth(n).expect("a part");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).expect("base64url")).expect("JSON")
}

fn forged(header: &Value, claims: &Value, signature: &str) -> String {
    let part = |v: &Value| URL_SAFE_NO_PAD.encode(v.to_string());
    format!("{}.{}.{signature}", part(header), part(claims))
}

async fn kids(http: &TestServer) -> Vec<String> {
    let set: Value = http.get("/.well-known/jwks.json").await.json();
    let keys = set["keys"].as_array().expect("keys").iter();
    keys.map(|k| k["kid"].as_str().expect("a name").to_string()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_buys_a_token_of_ten_minutes_that_opens_the_same_doors() {
    each_database(async |t| {
        let key = key(t, "zammad", "evaluate", "").await;
        let http = t.browser();
        let answer = fetched(&http, "zammad", &key).await;
        assert_eq!(
            (&answer["token_type"], &answer["expires_in"], &answer["scope"]),
            (&json!("Bearer"), &json!(600), &json!("evaluate"))
        );
        let token = answer["access_token"].as_str().expect("a token");
        let (header, claims) = (part(token, 0), part(token, 1));
        assert_eq!((&header["typ"], &header["alg"]), (&json!("at+jwt"), &json!("ES256")));
        let base = &t.app.config.base_url;
        for (member, expected) in [
            ("iss", base.as_str()),
            ("aud", base),
            ("sub", "zammad"),
            ("client_id", "zammad"),
            ("scope", "evaluate"),
        ] {
            assert_eq!(claims[member], expected, "{member}");
        }
        let (issued, ends) = (claims["iat"].as_i64(), claims["exp"].as_i64());
        assert_eq!((issued, ends), (Some(t.now().timestamp()), Some(t.now().timestamp() + 600)));
        assert!(claims["jti"].is_string());

        let set: Value = http.get("/.well-known/jwks.json").await.json();
        let jwk = &set["keys"][0];
        assert_eq!(
            (&jwk["kid"], &jwk["kty"], &jwk["crv"], &jwk["use"]),
            (&header["kid"], &json!("EC"), &json!("P-256"), &json!("sig"))
        );
        assert!(jwk.get("d").is_none(), "never the private half: {jwk}");

        assert_eq!(asks(&http, token).await, 200);
        let search = http.post("/access/v1/search/action").authorization_bearer(token).json(&json!({})).await;
        assert_eq!(search.status_code(), 403, "no other doors");
        t.advance(Duration::seconds(599)).await;
        assert_eq!(asks(&http, token).await, 200);
        t.advance(Duration::seconds(1)).await;
        assert_eq!(asks(&http, token).await, 401, "ten minutes are over");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_can_be_asked_for_in_the_head_and_for_less() {
    each_database(async |t| {
        let both = ["evaluate".to_string(), "search".to_string()];
        let new = clients::NewClient::parse("crm", &both, "", t.now()).expect("a client");
        let (_, key) = clients::create(t.portal(), &Authority::Operator, &new, t.now()).await.expect("a key");
        let http = t.browser();
        let basic = |user: &str, key: &str| format!("Basic {}", STANDARD.encode(format!("{user}:{key}")));
        let ask = async |header: &str, form: &[(&str, &str)]| {
            http.post("/oauth/token").add_header("authorization", header).form(form).await
        };
        let good = basic("crm", key.text());
        let grant = ("grant_type", "client_credentials");
        let whole = ask(&good, &[grant]).await;
        assert_eq!(whole.json::<Value>()["scope"], "evaluate search");
        let less = ask(&good, &[grant, ("scope", "search")]).await.json::<Value>();
        assert_eq!(less["scope"], "search");
        assert_eq!(asks(&http, less["access_token"].as_str().expect("a token")).await, 403, "less is less");
        let same = ask(&good, &[grant, ("client_id", "crm")]).await;
        assert_eq!(same.status_code(), 200);

        let refused = async |header: &str, form: &[(&str, &str)]| {
            let answer = ask(header, form).await;
            assert_eq!(answer.header("cache-control"), "no-store");
            let challenge = answer.maybe_header("www-authenticate").is_some();
            (
                answer.status_code().as_u16(),
                answer.json::<Value>()["error"].as_str().expect("an error").to_string(),
                challenge,
            )
        };
        let is = |status: u16, error: &str, challenge: bool| (status, error.to_string(), challenge);
        assert_eq!(refused(&good, &[grant, ("client_secret", "x")]).await, is(400, "invalid_request", false));
        assert_eq!(
            refused(&good, &[grant, ("client_id", "zammad")]).await,
            is(400, "invalid_request", false)
        );
        assert_eq!(refused(&good, &[grant, grant]).await, is(400, "invalid_request", false));
        assert_eq!(refused(&good, &[]).await, is(400, "invalid_request", false));
        assert_eq!(
            refused(&good, &[("grant_type", "password")]).await,
            is(400, "unsupported_grant_type", false)
        );
        assert_eq!(
            refused(&good, &[grant, ("scope", "evaluate events")]).await,
            is(400, "invalid_scope", false)
        );
        assert_eq!(refused(&good, &[grant, ("scope", " ")]).await, is(400, "invalid_scope", false));
        for wrong in [basic("zammad", key.text()), basic("crm", "avp_x"), "Bearer x".into(), "Basic ?".into()]
        {
            assert_eq!(refused(&wrong, &[grant]).await, is(401, "invalid_client", true), "{wrong}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_client_there_is_no_token() {
    each_database(async |t| {
        let key = key(t, "zammad", "evaluate", "2026-11-24").await;
        let http = t.browser();
        let grant = ("grant_type", "client_credentials");
        for form in [
            vec![grant],
            vec![grant, ("client_id", "zammad")],
            vec![grant, ("client_id", "nobody"), ("client_secret", key.as_str())],
            vec![grant, ("client_id", "zammad"), ("client_secret", "wrong")],
            vec![grant, ("client_id", "zammad"), ("client_secret", &key[..60])],
        ] {
            let answer = post_form(&http, &form).await;
            assert_eq!(answer.status_code(), 401, "{form:?}");
            let error: Value = answer.json();
            assert_eq!(error["error"], "invalid_client");
            assert!(!error.to_string().contains(&key), "a secret is not sent back");
        }
        let json = http.post("/oauth/token").json(&json!({ "grant_type": "client_credentials" })).await;
        assert_eq!(json.status_code(), 400);
        assert_eq!(http.get("/oauth/token").await.status_code(), 405);
        let late = token(&http, "zammad", &key).await;
        t.advance(Duration::days(2)).await;
        let form = [grant, ("client_id", "zammad"), ("client_secret", &key)];
        assert_eq!(post_form(&http, &form).await.status_code(), 401, "the client has expired");
        assert_eq!(asks(&http, &late).await, 401);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_ends_with_its_key_and_with_its_client() {
    each_database(async |t| {
        let first = key(t, "zammad", "evaluate", "").await;
        let http = t.browser();
        let id = store::clients::all(t.portal().store.read()).await.expect("read")[0].id;
        let by = Authority::Operator;
        t.advance(Duration::seconds(1)).await; // the older key stands first
        let second = client_keys::add(t.portal(), &by, id, t.now()).await.expect("a key");
        let (old, new) = (token(&http, "zammad", &first).await, token(&http, "zammad", second.text()).await);
        let keys = store::client_keys::all(t.portal().store.read()).await.expect("read");
        client_keys::revoke(t.portal(), &by, id, keys[0].0.id, t.now()).await.expect("revoked");
        assert_eq!((asks(&http, &old).await, asks(&http, &new).await), (401, 200), "at once");
        clients::revoke(t.portal(), &by, "zammad", t.now()).await.expect("revoked");
        assert_eq!(asks(&http, &new).await, 401);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_none_of_our_tokens_opens_anything() {
    each_database(async |t| {
        let key = key(t, "zammad", "evaluate", "").await;
        let http = t.browser();
        let good = token(&http, "zammad", &key).await;
        let (header, claims) = (part(&good, 0), part(&good, 1));
        let signature = good.rsplit('.').next().expect("a signature");
        let with = |v: &Value, member: &str, value: Value| {
            let mut v = v.clone();
            v[member] = value;
            v
        };
        for wrong in [
            forged(&with(&header, "alg", json!("none")), &claims, ""),
            forged(&with(&header, "alg", json!("HS256")), &claims, signature),
            forged(&with(&header, "kid", json!("another")), &claims, signature),
            forged(&header, &with(&claims, "scope", json!("search")), signature),
            forged(&header, &with(&claims, "exp", json!(9_999_999_999_i64)), signature),
            "a.b.c".into(),
            "..".into(),
            format!("{good}x"),
        ] {
            assert_eq!(asks(&http, &wrong).await, 401, "{wrong}");
        }
        // Signed by us, and still no access token, or not for here, or from another time.
        let sign =
            |typ: &str, claims: &Value| (t.portal().tokens.sign)(typ, claims, t.now()).expect("signed");
        assert_eq!(
            asks(&http, &sign("at+jwt", &claims)).await,
            200,
            "so it is not the signing that is refused"
        );
        assert_eq!(asks(&http, &sign("application/at+jwt", &claims)).await, 200);
        for typ in ["clearance+jwt", "JWT", ""] {
            assert_eq!(asks(&http, &sign(typ, &claims)).await, 401, "{typ}");
        }
        for (member, value) in [
            ("iss", json!("https://other.example")),
            ("aud", json!("https://other.example")),
            ("iat", json!(t.now().timestamp() + 3_600)),
            ("client_id", json!("crm")),
            ("key", json!("01900000-0000-7000-8000-000000000000")),
            ("exp", json!("later")),
        ] {
            assert_eq!(asks(&http, &sign("at+jwt", &with(&claims, member, value))).await, 401, "{member}");
        }
        let everything = with(&claims, "scope", json!("evaluate search"));
        let token = sign("at+jwt", &everything);
        let list = http.post("/access/v1/search/action").authorization_bearer(&token).json(&json!({})).await;
        assert_eq!(list.status_code(), 403, "a token says no more than its client may");
    })
    .await;
}

async fn keys_on_disk(t: &TestApp) -> Vec<store::signing_keys::SigningKey> {
    store::signing_keys::all(t.portal().store.read()).await.expect("keys")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_key_is_shown_before_it_signs_and_the_old_one_until_its_tokens_are_over() {
    each_database(async |t| {
        let key = key(t, "zammad", "evaluate", "").await;
        let http = t.browser();
        let first = kids(&http).await;
        assert_eq!(first.len(), 1);
        let keep = async || service::signing::keep(t.portal(), t.now()).await.expect("kept");
        assert!(!keep().await, "nothing is due");
        t.advance(domain::signing::SIGNS - domain::signing::SHOWN_BEFORE).await;
        assert!(keep().await && !keep().await, "once");
        let both = kids(&http).await;
        assert_eq!((both.len(), &both[0]), (2, &first[0]));
        assert_eq!(
            part(&token(&http, "zammad", &key).await, 0)["kid"],
            json!(first[0]),
            "the old one signs on"
        );
        t.advance(domain::signing::SHOWN_BEFORE - Duration::seconds(1)).await;
        let last_of_old = token(&http, "zammad", &key).await;
        t.advance(Duration::seconds(1)).await;
        let first_of_new = token(&http, "zammad", &key).await;
        assert_eq!(part(&last_of_old, 0)["kid"], json!(first[0]));
        assert_eq!(part(&first_of_new, 0)["kid"], json!(both[1]));
        assert_eq!((asks(&http, &last_of_old).await, asks(&http, &first_of_new).await), (200, 200));
        t.advance(domain::signing::LONGEST).await;
        assert_eq!(kids(&http).await, both[1..], "nothing of the old one counts any more");
        t.advance(Duration::days(31)).await;
        keep().await;
        assert_eq!(keys_on_disk(t).await.len(), 1, "and it is forgotten");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_exchanged_by_hand_gently_or_at_once() {
    each_database(async |t| {
        let key = key(t, "zammad", "evaluate", "").await;
        let http = t.browser();
        let exchange = async |stolen| {
            service::signing::exchange(t.portal(), &Authority::Operator, stolen, t.now())
                .await
                .expect("exchanged")
        };
        let old = token(&http, "zammad", &key).await;
        let next = exchange(false).await;
        assert_eq!(kids(&http).await.len(), 2);
        assert_ne!(part(&token(&http, "zammad", &key).await, 0)["kid"], json!(next), "shown first");
        t.advance(Duration::minutes(5)).await;
        assert_eq!(asks(&http, &old).await, 200, "nobody is cut off");
        t.advance(Duration::minutes(15)).await;
        let now = token(&http, "zammad", &key).await;
        assert_eq!(part(&now, 0)["kid"], json!(next));

        let fresh = exchange(true).await;
        assert_eq!(kids(&http).await, [fresh.as_str()], "stolen keys count no more");
        assert_eq!(asks(&http, &now).await, 401);
        let again = token(&http, "zammad", &key).await;
        assert_eq!((part(&again, 0)["kid"].clone(), asks(&http, &again).await), (json!(fresh), 200));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_private_half_is_locked_with_something_that_is_not_in_the_database() {
    each_database(async |t| {
        let stored = keys_on_disk(t).await;
        let file = server::signing::vault_file(&t.app.config);
        let vault = seal_vault(&std::fs::read_to_string(&file).expect("the key of the vault"));
        let private = vault.unlock(&stored[0].kid, &stored[0].private_locked).expect("unlocked");
        assert!(!stored[0].private_locked.windows(16).any(|w| private.windows(16).any(|p| p == w)));
        // Another secret does not open them, and the portal does not start with it.
        let mut config = (*t.app.config).clone();
        config.key_secret = Some([7; 32]);
        let started = server::start::build(config, t.portal().store.clone(), t.app.clock.clone()).await;
        let refused = started.err().expect("refused").to_string();
        assert!(refused.contains("unlock"), "{refused}");
    })
    .await;
}

fn seal_vault(text: &str) -> server::signing::Vault {
    server::signing::Vault::new(&server::signing::unhex(text).expect("64 digits")).expect("a vault")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_offered_is_described_at_the_configured_address() {
    each_database(async |t| {
        let path = "/.well-known/oauth-authorization-server";
        let answer: Value = t.browser().get(path).add_header("host", "evil.example").await.json();
        let base = &t.app.config.base_url;
        assert_eq!(answer["issuer"], json!(base));
        assert_eq!(answer["token_endpoint"], json!(format!("{base}/oauth/token")));
        assert_eq!(answer["jwks_uri"], json!(format!("{base}/.well-known/jwks.json")));
        assert_eq!(answer["grant_types_supported"], json!(["client_credentials"]));
        assert_eq!(
            answer["token_endpoint_auth_methods_supported"],
            json!(["client_secret_basic", "client_secret_post"])
        );
        assert!(!answer.to_string().contains("evil"));
    })
    .await;
}
