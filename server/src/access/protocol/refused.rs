//! Why a program gets no answer.

use super::json;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// Why a program gets no answer: a status and a reason in words of the protocol (for developers, so in English).
#[derive(Debug)]
pub struct Unanswered {
    /// Status.
    pub status: StatusCode,
    /// Reason; without values that were sent.
    pub reason: String,
    headers: Box<HeaderMap>,
}

impl Unanswered {
    /// With a status of its own.
    pub fn new(status: StatusCode, reason: impl Into<String>) -> Self {
        Self { status, reason: reason.into(), headers: Box::default() }
    }

    /// 400.
    pub fn bad(reason: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, reason)
    }

    /// 401 with what would be believed (RFC 6750, 3).
    pub fn unknown(challenge: &'static str, reason: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, reason).challenge(challenge)
    }

    /// Says what would be believed.
    #[must_use]
    pub fn challenge(self, challenge: &'static str) -> Self {
        self.header(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge))
    }

    /// Its headers, for more of them.
    pub fn headers(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    #[must_use]
    fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }
}

impl IntoResponse for Unanswered {
    fn into_response(self) -> Response {
        #[derive(Serialize)]
        struct Body<'a> {
            error: &'a str,
        }
        let mut response = (self.status, json(&Body { error: &self.reason })).into_response();
        response.headers_mut().extend(*self.headers);
        response
    }
}
