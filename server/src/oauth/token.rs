//! `POST /oauth/token`, and what makes a token valid when it comes back.

use super::client::{Form, Said};
use crate::access::protocol::json;
use crate::api::schemas::{TokenError, TokenRequest, TokenResponse};
use crate::caller;
use crate::signing::verified;
use crate::state::App;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Duration, Utc};
use domain::ClientKeyId;
use domain::api_key::ApiKey;
use serde::{Deserialize, Serialize};
use service::fresh;
use service::gate::Memory;
use service::gate::clients::KnownKey;
use std::sync::Arc;
use uuid::Uuid;

/// The type in the head of an access token (RFC 9068, 2.1).
pub const TYPE: &str = "at+jwt";

/// How long a token counts.
const LIFE: Duration = Duration::minutes(10);

/// What is in an access token (RFC 9068, 2.2); `key` is ours: with the key, its tokens end.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Claims {
    iss: String,
    aud: String,
    sub: String,
    client_id: String,
    /// What it may be used for.
    pub scope: String,
    iat: i64,
    exp: i64,
    jti: Uuid,
    key: ClientKeyId,
}

/// Why there is no token (RFC 6749, 5.2).
#[derive(Debug)]
pub struct Refused {
    status: StatusCode,
    error: &'static str,
    description: String,
    headers: Box<HeaderMap>,
}

impl Refused {
    fn new(status: StatusCode, error: &'static str, description: impl Into<String>) -> Self {
        Self { status, error, description: description.into(), headers: Box::default() }
    }

    /// The request is none.
    pub fn request(description: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", description)
    }

    /// Nobody whom we know.
    pub fn client(basic: bool, description: &str) -> Self {
        let mut refused = Self::new(StatusCode::UNAUTHORIZED, "invalid_client", description);
        if basic {
            let challenge = HeaderValue::from_static("Basic realm=\"av-portal\"");
            refused.headers.insert(header::WWW_AUTHENTICATE, challenge);
        }
        refused
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        #[derive(Serialize)]
        struct Body<'a> {
            error: &'static str,
            error_description: &'a str,
        }
        let body = Body { error: self.error, error_description: &self.description };
        let mut response = (self.status, json(&body)).into_response();
        response.headers_mut().extend(*self.headers);
        not_kept(response)
    }
}

fn not_kept(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    response
}

#[derive(Serialize)]
struct Issued {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
    scope: String,
}

/// Fetch a token
///
/// OAuth client credentials; the API key is the secret, in the head (HTTP Basic) or in the form.
#[utoipa::path(
    post,
    path = "/oauth/token",
    operation_id = "token",
    tag = "tokens",
    request_body(content = TokenRequest, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "A token", body = TokenResponse),
        (status = 400, description = "No request, no such scope, or another grant", body = TokenError),
        (status = 401, description = "Client or key unknown, or not from this address", body = TokenError),
        (status = 429, description = "Too many requests; see Retry-After", body = TokenError),
    ),
)]
pub async fn issue(State(app): State<App>, request: Request) -> Result<Response, Refused> {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, crate::access::protocol::BODY_LIMIT).await;
    let body: Bytes = body.map_err(|_| Refused::request("the body could not be read"))?;
    let form = Form::read(&parts.headers, &body)?;
    match form.get("grant_type") {
        None => return Err(Refused::request("grant_type is needed")),
        Some("client_credentials") => {}
        Some(_) => {
            let only = "only client_credentials is offered";
            return Err(Refused::new(StatusCode::BAD_REQUEST, "unsupported_grant_type", only));
        }
    }
    let now = app.now();
    let memory = app.portal.gate.memory();
    let said = form.client(&parts.headers)?;
    let key = known(&memory, &said, now)?;
    let address = caller::address_of(&parts.extensions, &parts.headers, &app.config);
    if !key.client.from(address) {
        return Err(Refused::client(said.basic, "the client may not ask from this address"));
    }
    key.seen(&app.portal.gate.records, now);
    let left = key.client.take(1, now);
    if !left.granted {
        let mut refused =
            Refused::new(StatusCode::TOO_MANY_REQUESTS, "temporarily_unavailable", "too many requests");
        caller::limits(&key.client, &left, &mut refused.headers);
        return Err(refused);
    }
    let scope = scope(&form, &key)?;
    Ok(not_kept(json(&sign(&app, &key, scope, now)?)))
}

/// Client and key have to belong together.
fn known(memory: &Memory, said: &Said, now: DateTime<Utc>) -> Result<Arc<KnownKey>, Refused> {
    let unknown = || Refused::client(said.basic, "the client is unknown, or its key is not one of its keys");
    let secret =
        ApiKey::parse(&said.secret).map_err(|fault| Refused::client(said.basic, &fault.to_string()))?;
    let key = memory.clients.by_key(secret.text(), now).ok_or_else(unknown)?;
    if *key.client.name == *said.client { Ok(key.clone()) } else { Err(unknown()) }
}

/// As much as was asked for, or everything that the client may.
fn scope(form: &Form, key: &KnownKey) -> Result<String, Refused> {
    let Some(asked) = form.get("scope") else { return Ok(key.client.scopes.join(" ")) };
    let mut scopes: Vec<&str> = asked.split(' ').filter(|s| !s.is_empty()).collect();
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.iter().all(|s| key.client.may(s)) && !scopes.is_empty() {
        return Ok(scopes.join(" "));
    }
    let reason = "the client does not have a scope that it asks for";
    Err(Refused::new(StatusCode::BAD_REQUEST, "invalid_scope", reason))
}

fn sign(app: &App, key: &KnownKey, scope: String, now: DateTime<Utc>) -> Result<Issued, Refused> {
    let end = key.client.expires_at.map_or(now + LIFE, |end| end.min(now + LIFE));
    let claims = Claims {
        iss: app.config.base_url.clone(),
        aud: app.config.base_url.clone(),
        sub: key.client.name.to_string(),
        client_id: key.client.name.to_string(),
        scope,
        iat: now.timestamp(),
        exp: end.timestamp(),
        jti: fresh::id(now),
        key: key.id,
    };
    let access_token = app.signing.sign(TYPE, &claims, now).map_err(|cause| {
        tracing::error!(%cause, "a token could not be signed");
        Refused::new(StatusCode::INTERNAL_SERVER_ERROR, "server_error", "no token can be signed")
    })?;
    Ok(Issued {
        access_token,
        token_type: "Bearer",
        expires_in: claims.exp - claims.iat,
        scope: claims.scope,
    })
}

/// A token that counts, with the key that it was fetched with. Nothing is asked of the database: signature, issuer,
/// audience and time are in the token, and whether client and key still count is in memory.
pub fn valid(app: &App, memory: &Memory, token: &str, now: DateTime<Utc>) -> Option<(Claims, Arc<KnownKey>)> {
    let claims: Claims = verified(memory, TYPE, token, now)?;
    let base = &app.config.base_url;
    let time = now.timestamp();
    // Two instances may differ by a little; a token from later than that was made on another clock.
    let counts = claims.iat <= time + 60 && time < claims.exp;
    let ours = claims.iss == *base && claims.aud == *base;
    let key = memory.clients.by_id(claims.key, now).filter(|k| *k.client.name == *claims.client_id)?;
    (counts && ours).then(|| (claims, key.clone()))
}
