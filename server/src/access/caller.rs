//! Which program asks: an API key after `Bearer`, looked up in memory.

use super::protocol::Unanswered;
use crate::state::App;
use axum::http::{Extensions, HeaderMap, StatusCode, header};
use chrono::{DateTime, Utc};
use service::gate::Memory;
use service::gate::clients::KnownClient;
use std::sync::Arc;

/// The scope of the decision point.
pub const EVALUATE: &str = "evaluate";
/// The scope of the lists.
pub const SEARCH: &str = "search";

/// A program with a key that counts, and everything that it is answered from.
pub struct Caller {
    /// Which program.
    pub client: Arc<KnownClient>,
    /// What was known when it came.
    pub memory: Arc<Memory>,
    /// When it came.
    pub now: DateTime<Utc>,
}

impl Caller {
    /// Who it is, when it may do this.
    ///
    /// # Errors
    /// 401, 403.
    pub fn of(
        app: &App,
        headers: &HeaderMap,
        _extensions: &Extensions,
        scope: &str,
    ) -> Result<Self, Unanswered> {
        let now = app.now();
        let memory = app.portal.gate.memory();
        let key = bearer(headers).ok_or_else(|| {
            Unanswered::unknown("Bearer", "an API key is needed: Authorization: Bearer avp_…")
        })?;
        let client = memory.clients.by_key(key, now).cloned().ok_or_else(|| {
            let challenge = "Bearer error=\"invalid_token\"";
            Unanswered::unknown(challenge, "the API key is unknown, expired or revoked")
        })?;
        client.seen(&app.portal.gate.records, now);
        if client.may(scope) {
            return Ok(Self { client, memory, now });
        }
        let reason = format!("the API key does not have the scope {scope}");
        let refused = Unanswered::new(StatusCode::FORBIDDEN, reason);
        Err(refused.challenge("Bearer error=\"insufficient_scope\""))
    }

    /// Counts more questions than the one that came.
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "limits come with the next step")]
    pub fn charge(&self, _more: u32) -> Result<(), Unanswered> {
        Ok(())
    }

    /// What every answer says in its head.
    #[expect(clippy::unused_self, reason = "limits come with the next step")]
    pub fn head(&self, _headers: &mut HeaderMap) {}
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let key = key.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !key.is_empty()).then_some(key)
}
