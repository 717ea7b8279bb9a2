//! Which program asks: an API key or an access token after `Bearer`, looked up in memory; from where, how often, and
//! whether it may.

use super::protocol::Unanswered;
use crate::state::App;
use crate::{caller, oauth};
use axum::http::{Extensions, HeaderMap, StatusCode, header};
use chrono::{DateTime, Utc};
use domain::api_key::ApiKey;
use domain::quota::Left;
use service::gate::Memory;
use service::gate::clients::{KnownClient, KnownKey};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// The scope of the decision point.
pub const EVALUATE: &str = "evaluate";
/// The scope of the lists.
pub const SEARCH: &str = "search";

/// A program that was let in, and everything that it is answered from.
pub struct Caller {
    /// Which program.
    pub client: Arc<KnownClient>,
    /// What was known when it came.
    pub memory: Arc<Memory>,
    /// When it came.
    pub now: DateTime<Utc>,
    left: Mutex<Left>,
}

const INVALID: &str = "Bearer error=\"invalid_token\"";
const INSUFFICIENT: &str = "Bearer error=\"insufficient_scope\"";

impl Caller {
    /// Who it is, when it may do this.
    ///
    /// # Errors
    /// 401, 403, 429.
    pub fn of(
        app: &App,
        headers: &HeaderMap,
        extensions: &Extensions,
        scope: &str,
    ) -> Result<Self, Unanswered> {
        Self::at(app, headers, caller::peer(extensions), scope)
    }

    /// The same, where the other end of the connection is known.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub fn at(app: &App, headers: &HeaderMap, peer: Option<IpAddr>, scope: &str) -> Result<Self, Unanswered> {
        let now = app.now();
        let memory = app.portal.gate.memory();
        let bearer = bearer(headers).ok_or_else(|| {
            let reason = "an API key or an access token is needed: Authorization: Bearer avp_…";
            Unanswered::unknown("Bearer", reason)
        })?;
        let (key, granted) = credentials(app, &memory, bearer, now)?;
        if !key.client.from(caller::address(peer, headers, app.config.trusted_proxies)) {
            let reason = "the client may not ask from this address";
            return Err(Unanswered::new(StatusCode::FORBIDDEN, reason));
        }
        key.seen(&app.portal.gate.records, now);
        let left = key.client.take(1, now);
        if !left.granted {
            return Err(too_many(&key.client, &left));
        }
        let may = granted.is_none_or(|g| g.split(' ').any(|s| s == scope)) && key.client.may(scope);
        if !may {
            let reason = format!("the client does not have the scope {scope}");
            return Err(Unanswered::new(StatusCode::FORBIDDEN, reason).challenge(INSUFFICIENT));
        }
        Ok(Self { client: key.client.clone(), memory, now, left: Mutex::new(left) })
    }

    /// Counts more questions than the one that came.
    ///
    /// # Errors
    /// 429.
    pub fn charge(&self, more: u32) -> Result<(), Unanswered> {
        if more == 0 {
            return Ok(());
        }
        let left = self.client.take(more, self.now);
        *self.left.lock().unwrap_or_else(PoisonError::into_inner) = left;
        if left.granted { Ok(()) } else { Err(too_many(&self.client, &left)) }
    }

    /// What every answer says in its head.
    pub fn head(&self, headers: &mut HeaderMap) {
        caller::limits(&self.client, &self.left.lock().unwrap_or_else(PoisonError::into_inner), headers);
    }
}

type Credentials = (Arc<KnownKey>, Option<String>);

/// The key, and the scopes of a token when it was one.
fn credentials(
    app: &App,
    memory: &Memory,
    bearer: &str,
    now: DateTime<Utc>,
) -> Result<Credentials, Unanswered> {
    // A token has two dots in it, a key none.
    if bearer.contains('.') {
        let valid = oauth::valid(app, memory, bearer, now);
        let reason = "the access token is none of ours, has run out, or its key was revoked";
        let (claims, key) = valid.ok_or_else(|| Unanswered::unknown(INVALID, reason))?;
        return Ok((key, Some(claims.scope)));
    }
    if let Some(known) = memory.clients.by_key(bearer, now) {
        return Ok((known.clone(), None));
    }
    let unknown = || "the API key is unknown, expired or revoked".to_string();
    Err(Unanswered::unknown(
        INVALID,
        ApiKey::parse(bearer).err().map_or_else(unknown, |fault| fault.to_string()),
    ))
}

fn too_many(client: &KnownClient, left: &Left) -> Unanswered {
    let mut refused = Unanswered::new(
        StatusCode::TOO_MANY_REQUESTS,
        format!("more than {} questions a minute", client.quota.questions()),
    );
    caller::limits(client, left, refused.headers());
    refused
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let key = key.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !key.is_empty()).then_some(key)
}
