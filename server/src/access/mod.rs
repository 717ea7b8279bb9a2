//! The decision point for programs: OpenID AuthZEN 1.0. A question in JSON, an answer in JSON; a denial is 200.
//! On the way there is no database: client, facts and sentences are in memory, the record is queued.

mod answer;
mod caller;
mod metadata;
mod question;

pub use question::BODY_LIMIT;

use crate::router::{Route, get, post};
use crate::state::App;
use answer::Answered;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use caller::Caller;
use domain::permission::Access;
use http_body_util::{BodyExt as _, Collected, LengthLimitError, Limited};
use question::Parsed;
use serde::Serialize;
use service::gate::ask::ask;
use service::gate::record::AskedBy;
use std::time::Duration;
use tokio::time::timeout;

/// How long a body may take to come.
const BODY_TIME: Duration = Duration::from_secs(10);

/// Its routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/.well-known/authzen-configuration", Access::Public, metadata::metadata),
        post("/access/v1/evaluation", Access::Client(caller::EVALUATE), evaluation),
    ]
}

/// Why a program gets no answer: a status and a reason in words of the protocol (for developers, so in English).
#[derive(Debug)]
pub struct Unanswered {
    status: StatusCode,
    reason: String,
    challenge: Option<&'static str>,
}

impl Unanswered {
    fn bad(reason: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, reason: reason.into(), challenge: None }
    }
}

impl IntoResponse for Unanswered {
    fn into_response(self) -> Response {
        #[derive(Serialize)]
        struct Body<'a> {
            error: &'a str,
        }
        let mut response = (self.status, json(&Body { error: &self.reason })).into_response();
        if let Some(challenge) = self.challenge {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static(challenge));
        }
        response
    }
}

/// `POST /access/v1/evaluation`.
async fn evaluation(State(app): State<App>, request: Request) -> Result<Response, Unanswered> {
    let now = app.now();
    let memory = app.portal.gate.memory();
    let caller = Caller::of(&app, &memory.clients, request.headers(), caller::EVALUATE, now)?;
    let body = body(request).await?;
    let parsed = Parsed::read(&body)?;
    let by = AskedBy::Client(caller.name.clone());
    let answer = ask(&app.portal.gate, &memory.facts, &parsed.asked(by), now);
    Ok(json(&Answered::new(&app.portal, &answer, parsed.explain)).into_response())
}

/// The bytes of a JSON body within the limit.
async fn body(request: Request) -> Result<Bytes, Unanswered> {
    if !is_json(request.headers()) {
        return Err(Unanswered::bad("the media type must be application/json"));
    }
    let too_large = || Unanswered {
        status: StatusCode::PAYLOAD_TOO_LARGE,
        reason: format!("the body is larger than {BODY_LIMIT} bytes"),
        challenge: None,
    };
    let read = timeout(BODY_TIME, Limited::new(request.into_body(), BODY_LIMIT).collect()).await;
    let read = read.map_err(|_| Unanswered::bad("the body did not come within ten seconds"))?;
    read.map(Collected::to_bytes).map_err(|e| match e.is::<LengthLimitError>() {
        true => too_large(),
        false => Unanswered::bad("the body could not be read"),
    })
}

fn is_json(headers: &HeaderMap) -> bool {
    let given = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

/// An answer as JSON; what cannot be written is an error of ours, and permits nothing.
fn json(body: &impl Serialize) -> Response {
    let mut bytes = Vec::with_capacity(1024);
    match serde_json::to_writer(&mut bytes, body) {
        Ok(()) => ([(header::CONTENT_TYPE, "application/json")], bytes).into_response(),
        Err(cause) => {
            tracing::error!(%cause, "an answer could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
