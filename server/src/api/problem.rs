//! What the API answers when it cannot: problem+json (RFC 9457), in English, for developers.

use crate::access::protocol::Unanswered;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use service::Problem;
use utoipa::ToSchema;

/// A problem.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ApiProblem {
    /// Which kind of problem: `urn:av-portal:problem:` and a name, or `about:blank`.
    #[serde(rename = "type")]
    kind: String,
    /// The kind in words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What was wrong here.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    #[serde(skip)]
    #[schema(ignore)]
    headers: Box<HeaderMap>,
}

impl ApiProblem {
    /// A problem that the status says already.
    pub fn plain(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            kind: "about:blank".into(),
            title: status.canonical_reason().unwrap_or("Error").into(),
            status: status.as_u16(),
            detail: Some(detail.into()).filter(|d: &String| !d.is_empty()),
            headers: Box::default(),
        }
    }

    /// A problem of a kind of its own.
    pub fn named(status: StatusCode, name: &str, title: &str) -> Self {
        let kind = format!("urn:av-portal:problem:{name}");
        Self { kind, title: title.into(), ..Self::plain(status, "") }
    }
}

impl IntoResponse for ApiProblem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let media = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut response = (status, media, body).into_response();
        response.headers_mut().extend(*self.headers);
        response
    }
}

/// Who may not ask is told so as at the decision point, in the API's form.
impl From<Unanswered> for ApiProblem {
    fn from(mut refused: Unanswered) -> Self {
        let headers = Box::new(std::mem::take(refused.headers()));
        Self { headers, ..Self::plain(refused.status, refused.reason) }
    }
}

impl From<Problem> for ApiProblem {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::Missing => Self::plain(StatusCode::NOT_FOUND, ""),
            Problem::Mistakes(m) => {
                let fields: Vec<_> = m.0.iter().map(|m| format!("{}: {}", m.field, m.code)).collect();
                Self::plain(StatusCode::UNPROCESSABLE_ENTITY, fields.join(", "))
            }
            Problem::Refused(r) => Self::plain(StatusCode::CONFLICT, r.code()),
            Problem::Stale => Self::plain(StatusCode::CONFLICT, "changed by somebody else in the meantime"),
            Problem::TooMany => Self::plain(StatusCode::TOO_MANY_REQUESTS, ""),
            Problem::Internal(cause) => {
                tracing::error!(%cause, "request failed");
                Self::plain(StatusCode::INTERNAL_SERVER_ERROR, "")
            }
        }
    }
}
