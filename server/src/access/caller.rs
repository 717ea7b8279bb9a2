//! Which program asks: an API key after `Bearer`, looked up in memory.

use super::Unanswered;
use crate::state::App;
use axum::http::{HeaderMap, StatusCode, header};
use chrono::{DateTime, Utc};
use service::gate::clients::{Clients, KnownClient};

/// The scope of the decision point.
pub const EVALUATE: &str = "evaluate";

/// A program with a key that counts.
pub struct Caller;

impl Caller {
    /// Who it is, when it may do this.
    pub fn of<'c>(
        app: &App,
        clients: &'c Clients,
        headers: &HeaderMap,
        scope: &str,
        now: DateTime<Utc>,
    ) -> Result<&'c KnownClient, Unanswered> {
        let key = bearer(headers)
            .ok_or_else(|| unknown("Bearer", "an API key is needed: Authorization: Bearer avp_…"))?;
        let client = clients.by_key(key, now).ok_or_else(|| {
            unknown("Bearer error=\"invalid_token\"", "the API key is unknown, expired or revoked")
        })?;
        client.seen(&app.portal.gate.records, now);
        if client.may(scope) {
            return Ok(client);
        }
        Err(Unanswered {
            status: StatusCode::FORBIDDEN,
            reason: format!("the API key does not have the scope {scope}"),
            challenge: Some("Bearer error=\"insufficient_scope\""),
        })
    }
}

fn unknown(challenge: &'static str, reason: &str) -> Unanswered {
    Unanswered { status: StatusCode::UNAUTHORIZED, reason: reason.into(), challenge: Some(challenge) }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let key = key.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !key.is_empty()).then_some(key)
}
