//! Tokens for programs: OAuth client credentials (RFC 6749, 4.4), access tokens as JWT (RFC 9068), and where both are
//! described (RFC 7517, RFC 8414). The API key is the secret.

mod client;
pub(crate) mod token;

pub use token::{Claims, TYPE, valid};

use crate::access::protocol::json;
use crate::router::{Route, get, post};
use crate::signing;
use crate::state::App;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::permission::Access;
use serde::Serialize;
use service::people::clients::SCOPES;

/// The routes. Whoever asks for a token proves who it is in the request itself.
pub fn routes() -> Vec<Route> {
    vec![
        post("/oauth/token", Access::Public, token::issue),
        get("/.well-known/jwks.json", Access::Public, jwks),
        get("/.well-known/oauth-authorization-server", Access::Public, metadata),
    ]
}

/// Keys may be kept for ten minutes: a new one is shown for longer before it signs.
const KEPT: (header::HeaderName, &str) = (header::CACHE_CONTROL, "public, max-age=600");

/// Public keys of the tokens
///
/// May be kept for ten minutes; a new key is shown for longer before it signs.
#[utoipa::path(
    get,
    path = "/.well-known/jwks.json",
    operation_id = "jwks",
    tag = "tokens",
    responses((status = 200, description = "A JWK set (RFC 7517)", body = serde_json::Value)),
)]
pub(crate) async fn jwks(State(app): State<App>) -> Response {
    ([KEPT], json(&signing::jwks(&app.portal.gate.memory(), app.now()))).into_response()
}

#[derive(Serialize)]
struct Metadata<'a> {
    issuer: &'a str,
    token_endpoint: String,
    jwks_uri: String,
    scopes_supported: [&'static str; 5],
    response_types_supported: [&'static str; 0],
    grant_types_supported: [&'static str; 1],
    token_endpoint_auth_methods_supported: [&'static str; 2],
    service_documentation: String,
}

/// What the token service offers
///
/// Addresses come from the configuration.
#[utoipa::path(
    get,
    path = "/.well-known/oauth-authorization-server",
    operation_id = "authorization_server",
    tag = "tokens",
    responses((status = 200, description = "The metadata of RFC 8414", body = serde_json::Value)),
)]
pub(crate) async fn metadata(State(app): State<App>) -> Response {
    let base = app.config.base_url.as_str();
    let metadata = Metadata {
        issuer: base,
        token_endpoint: format!("{base}/oauth/token"),
        jwks_uri: format!("{base}/.well-known/jwks.json"),
        scopes_supported: SCOPES,
        response_types_supported: [],
        grant_types_supported: ["client_credentials"],
        token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
        service_documentation: format!("{base}/en/api"),
    };
    ([KEPT], json(&metadata)).into_response()
}
