//! Who may ask over HTTP: known by the hash of their key, in memory, renewed with the facts.

use super::record::Records;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::ClientId;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use store::Connection;

/// The clients that are not revoked, by the hash of their key.
#[derive(Debug, Default)]
pub struct Clients(HashMap<String, Arc<KnownClient>>);

/// A client.
#[derive(Debug)]
pub struct KnownClient {
    /// Identity.
    pub id: ClientId,
    /// Name; the id of an `automation` or `integration`.
    pub name: Arc<str>,
    scopes: Vec<String>,
    expires_at: Option<DateTime<Utc>>,
    seen_in_minute: AtomicI64,
}

impl Clients {
    pub(super) async fn load(db: &impl Connection) -> Result<Self> {
        let all = store::clients::all(db).await?.into_iter();
        let alive = all.filter(|(client, _)| client.revoked_at.is_none());
        Ok(Self(alive.map(|(client, hash)| (hash, Arc::new(KnownClient::from(client)))).collect()))
    }

    /// The client with this key, unless it has expired. No time is spent on comparing: the key has 256 bits, and
    /// only its hash is looked up.
    pub fn by_key(&self, key: &str, now: DateTime<Utc>) -> Option<&Arc<KnownClient>> {
        let client = self.0.get(&crate::people::clients::key_hash(key))?;
        client.expires_at.is_none_or(|end| now < end).then_some(client)
    }
}

impl From<store::clients::Client> for KnownClient {
    fn from(c: store::clients::Client) -> Self {
        Self {
            id: c.id,
            name: c.name.into(),
            scopes: c.scopes,
            expires_at: c.expires_at,
            seen_in_minute: AtomicI64::new(c.last_used_at.map_or(0, minute)),
        }
    }
}

impl KnownClient {
    /// Whether it was given this scope.
    pub fn may(&self, scope: &str) -> bool {
        self.scopes.iter().any(|s| s == scope)
    }

    /// Notes that it was there, to the minute; written later.
    pub fn seen(&self, records: &Records, now: DateTime<Utc>) {
        let this = minute(now);
        if self.seen_in_minute.load(Ordering::Relaxed) != this
            && self.seen_in_minute.swap(this, Ordering::Relaxed) != this
        {
            records.used(self.id, now);
        }
    }
}

fn minute(at: DateTime<Utc>) -> i64 {
    at.timestamp().div_euclid(60)
}
