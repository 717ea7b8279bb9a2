//! `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): a program that does not know whether its request
//! arrived sends it again with the same key, and gets the first answer again instead of a second deed.
//!
//! A handler of `POST /api/v1/…` reads its body, then hands the deed to [`once`]. The key is taken before anything is
//! done. The deed runs to its end even when the program goes away meanwhile. An answer of the server's own failure is
//! not kept: nothing has happened then, and the key may be used again. Where the process died in between, nobody knows
//! what has happened: the key stays taken for its 24 hours, and the program looks for itself.

use super::problem::ApiProblem;
use crate::access::Caller;
use crate::state::App;
use axum::body::{Bytes, to_bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::ClientId;
use service::store::idempotency::{self, Found, Kept};

/// The head of a request that may come again.
pub const KEY: &str = "idempotency-key";

/// Says that an answer is the first one again.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// Longest key.
const LONGEST: usize = 255;
/// Largest answer that is kept.
const ANSWER: usize = 1024 * 1024;

/// Does something once for each key; without a key, each time. `what` names the endpoint, `body` is what was sent: the
/// same key with something else is a mistake of the program (422).
pub async fn once(
    app: &App,
    caller: &Caller,
    headers: &HeaderMap,
    (what, body): (&str, &[u8]),
    deed: impl Future<Output = Response> + Send + 'static,
) -> Response {
    let key = match key(headers) {
        Ok(Some(key)) => key,
        Ok(None) => return deed.await,
        Err(problem) => return problem.into_response(),
    };
    let request = domain::audit::hex(&seal::sha256(&[what.as_bytes(), b"\n", body].concat()));
    let client = caller.client.id;
    let db = app.portal.store.read();
    match idempotency::take(db, client, &key, &request, caller.now).await {
        Ok(Found::Fresh) => run(app, client, key, deed).await,
        Ok(Found::Answered { request: first, .. } | Found::Open { request: first }) if first != request => {
            let title = "The key was used with another request";
            ApiProblem::named(StatusCode::UNPROCESSABLE_ENTITY, "idempotency-key-reused", title)
                .into_response()
        }
        Ok(Found::Answered { kept, .. }) => again(kept),
        Ok(Found::Open { .. }) => {
            let title = "The first request with this key is under way, or its end is not known";
            ApiProblem::named(StatusCode::CONFLICT, "request-outstanding", title).into_response()
        }
        Err(cause) => ApiProblem::from(service::Problem::from(cause)).into_response(),
    }
}

/// The key: a string in quotes (RFC 8941), or the same without, as many programs send it.
fn key(headers: &HeaderMap) -> Result<Option<String>, ApiProblem> {
    let Some(value) = headers.get(KEY) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    let text = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(text);
    let good = (1..=LONGEST).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_graphic() && !b"\"\\".contains(&b));
    let title = "Idempotency-Key must be 1 to 255 visible ASCII characters";
    let bad = || ApiProblem::named(StatusCode::BAD_REQUEST, "idempotency-key-malformed", title);
    if good { Ok(Some(text.to_string())) } else { Err(bad()) }
}

async fn run(
    app: &App,
    client: ClientId,
    key: String,
    deed: impl Future<Output = Response> + Send + 'static,
) -> Response {
    let app = app.clone();
    // A task of its own: who hangs up stops waiting, not the deed.
    let done = tokio::spawn(async move {
        let (parts, body) = deed.await.into_parts();
        let db = app.portal.store.read();
        let body = to_bytes(body, ANSWER).await.unwrap_or_default();
        let kept = match parts.status.is_server_error() || parts.status == StatusCode::TOO_MANY_REQUESTS {
            true => idempotency::give_back(db, client, &key).await,
            false => idempotency::keep(db, client, &key, &kept(parts.status, &parts.headers, &body)).await,
        };
        if let Err(cause) = kept {
            tracing::error!(%cause, "an answer could not be kept for a repeated request");
        }
        Response::from_parts(parts, body.into())
    });
    done.await.unwrap_or_else(|cause| {
        tracing::error!(%cause, "a request ended before its answer");
        ApiProblem::plain(StatusCode::INTERNAL_SERVER_ERROR, "").into_response()
    })
}

fn kept(status: StatusCode, headers: &HeaderMap, body: &Bytes) -> Kept {
    let text = |name| headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok()).map(String::from);
    Kept {
        status: status.as_u16(),
        content_type: text(header::CONTENT_TYPE),
        location: text(header::LOCATION),
        body: body.to_vec(),
    }
}

fn again(kept: Kept) -> Response {
    let status = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, kept.body).into_response();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    for (name, value) in [(header::CONTENT_TYPE, kept.content_type), (header::LOCATION, kept.location)] {
        if let Some(value) = value.and_then(|v| HeaderValue::from_str(&v).ok()) {
            headers.insert(name, value);
        }
    }
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    response
}
