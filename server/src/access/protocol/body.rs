//! Bodies: in as JSON within a limit and not too deep, out as JSON.

use super::{Answer, Unanswered};
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt as _, Collected, LengthLimitError, Limited};
use serde::Serialize;
use std::time::Duration;
use tokio::time::timeout;

/// How long a body may take to come.
const TIME: Duration = Duration::from_secs(10);
/// Objects and lists within each other, at most. Deeper than any question needs, and shallow enough for whatever
/// reads the same bytes after us.
const DEPTH: usize = 32;

/// The bytes of a JSON body within the limit.
pub async fn read(request: Request, limit: usize) -> Result<Bytes, Unanswered> {
    if !is_json(request.headers()) {
        return Err(Unanswered::bad("the media type must be application/json"));
    }
    let too_large = || {
        let reason = format!("the body is larger than {limit} bytes");
        Unanswered::new(StatusCode::PAYLOAD_TOO_LARGE, reason)
    };
    let read = timeout(TIME, Limited::new(request.into_body(), limit).collect()).await;
    let read = read.map_err(|_| Unanswered::bad("the body did not come within ten seconds"))?;
    let bytes = read.map(Collected::to_bytes).map_err(|e| {
        if e.is::<LengthLimitError>() { too_large() } else { Unanswered::bad("the body could not be read") }
    })?;
    if too_deep(&bytes) {
        return Err(Unanswered::bad(format!("the JSON is nested more than {DEPTH} deep")));
    }
    Ok(bytes)
}

/// Whether somewhere more objects and lists are open than [`DEPTH`]. Looks at brackets outside of strings only: what
/// is no JSON at all is found by its reader.
fn too_deep(json: &[u8]) -> bool {
    // Nearly no question has so many of them at all.
    if json.iter().filter(|b| matches!(b, b'[' | b'{')).count() <= DEPTH {
        return false;
    }
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for byte in json {
        match (in_string, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => in_string = !in_string,
            (false, b'[' | b'{') => {
                depth += 1;
                if depth > DEPTH {
                    return true;
                }
            }
            (false, b']' | b'}') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

fn is_json(headers: &HeaderMap) -> bool {
    let given = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

/// An answer as JSON; what cannot be written is an error of ours, and permits nothing.
pub fn json(body: &impl Serialize) -> Response {
    let mut bytes = Vec::new();
    let done = write(&mut bytes, body);
    done.map_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response(), |()| as_json(bytes))
}

/// A decision in bytes.
pub fn written(answer: &impl Answer) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(1024);
    answer.write(&mut bytes);
    bytes
}

/// A decision as JSON.
pub fn answered(answer: &impl Answer) -> Response {
    as_json(written(answer))
}

/// Appends something as JSON.
///
/// # Errors
/// 500, when it cannot be written; something of it may be there.
pub fn write(to: &mut Vec<u8>, body: &impl Serialize) -> Result<(), Unanswered> {
    serde_json::to_writer(to, body).map_err(|cause| {
        tracing::error!(%cause, "an answer could not be written");
        Unanswered::new(StatusCode::INTERNAL_SERVER_ERROR, "an answer could not be written")
    })
}

/// Bytes that are JSON, under headers that are there already.
pub fn json_under(headers: HeaderMap, bytes: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(bytes));
    *response.headers_mut() = headers;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// Bytes that are JSON.
pub fn as_json(bytes: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], bytes).into_response()
}

/// Decisions are for now: nobody keeps them on the way. In the portal another layer says so.
pub async fn no_store(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let name = header::CACHE_CONTROL;
    response.headers_mut().entry(name).or_insert(HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_counted_outside_of_strings() {
        let nested = |n: usize| format!("{}1{}", "[".repeat(n), "]".repeat(n));
        assert!(!too_deep(nested(DEPTH).as_bytes()));
        assert!(too_deep(nested(DEPTH + 1).as_bytes()));
        let beside = format!("[{}]", vec!["{}"; 500].join(","));
        assert!(!too_deep(beside.as_bytes()), "many beside each other are not deep");
        let text = format!(r#"{{"a":"\"{}"}}"#, "[".repeat(99));
        assert!(!too_deep(text.as_bytes()), "brackets in a text are none");
        let behind = format!(r#"{{"a":"\\",{}"#, "[".repeat(99));
        assert!(too_deep(behind.as_bytes()), "the text has ended before");
    }
}
