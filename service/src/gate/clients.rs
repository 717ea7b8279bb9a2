//! Who may ask over HTTP: known by the hash of their key, in memory, renewed with the facts. How much of its quota a
//! client has used outlives the renewal.

use super::record::Records;
use crate::problem::{Result, internal};
use chrono::{DateTime, Utc};
use domain::merkle::Hash;
use domain::network::{Network, allowed};
use domain::quota::{Left, Quota, USUAL};
use domain::{ClientId, ClientKeyId};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use store::Connection;
use store::clients::Client;

/// The keys that are not revoked, of clients that are not revoked.
#[derive(Debug, Default)]
pub struct Clients {
    by_hash: HashMap<Hash, Arc<KnownKey>>,
    by_id: HashMap<ClientKeyId, Arc<KnownKey>>,
}

/// A key that opens, and whose it is.
#[derive(Debug)]
pub struct KnownKey {
    /// Identity.
    pub id: ClientKeyId,
    /// Whose.
    pub client: Arc<KnownClient>,
    seen_in_minute: AtomicI64,
}

/// A client.
#[derive(Debug)]
pub struct KnownClient {
    /// Identity.
    pub id: ClientId,
    /// Name; the id of an `automation` or `integration`.
    pub name: Arc<str>,
    /// What it may do.
    pub scopes: Vec<String>,
    /// First instant at which it counts no more.
    pub expires_at: Option<DateTime<Utc>>,
    /// How often it may ask.
    pub quota: Quota,
    networks: Vec<Network>,
    bucket: Bucket,
}

/// How much of a quota is used; shared by all readings of the facts.
type Bucket = Arc<AtomicI64>;

/// The buckets of all clients that have ever asked this process.
#[derive(Debug, Default)]
pub struct Buckets(Mutex<HashMap<ClientId, Bucket>>);

impl Buckets {
    fn of(&self, client: ClientId) -> Bucket {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(client).or_default().clone()
    }
}

impl Clients {
    pub(super) async fn load(db: &impl Connection, buckets: &Buckets) -> Result<Self> {
        let alive = store::clients::all(db).await?.into_iter().filter(|c| c.revoked_at.is_none());
        let known = |c: Client| (c.id, Arc::new(KnownClient::new(c, buckets)));
        let clients: HashMap<ClientId, Arc<KnownClient>> = alive.map(known).collect();
        let mut all = Self::default();
        for (key, hash) in store::client_keys::all(db).await? {
            let Some(client) = clients.get(&key.client).filter(|_| key.revoked_at.is_none()) else {
                continue;
            };
            let seen_in_minute = AtomicI64::new(key.last_used_at.map_or(0, minute));
            let known = Arc::new(KnownKey { id: key.id, client: client.clone(), seen_in_minute });
            all.by_id.insert(key.id, known.clone());
            let hash = Hash::parse(hash.as_bytes()).ok_or_else(|| internal("a key's hash that is none"))?;
            all.by_hash.insert(hash, known);
        }
        Ok(all)
    }

    /// The key that is written like this, unless it or its client is revoked or has expired. No time is spent on
    /// comparing: a key has 256 bits, and only its hash is looked up.
    pub fn by_key(&self, written: &str, now: DateTime<Utc>) -> Option<&Arc<KnownKey>> {
        self.by_hash.get(&Hash::of(written)).filter(|k| k.client.alive(now))
    }

    /// The key with which a token was fetched: with it, its tokens end.
    pub fn by_id(&self, key: ClientKeyId, now: DateTime<Utc>) -> Option<&Arc<KnownKey>> {
        self.by_id.get(&key).filter(|k| k.client.alive(now))
    }
}

impl KnownClient {
    fn new(c: Client, buckets: &Buckets) -> Self {
        Self {
            bucket: buckets.of(c.id),
            id: c.id,
            name: c.name.into(),
            scopes: c.scopes,
            networks: c.networks,
            quota: c.per_minute.map_or(USUAL, Quota::per_minute),
            expires_at: c.expires_at,
        }
    }

    /// Whether it was given this scope.
    pub fn may(&self, scope: &str) -> bool {
        self.scopes.iter().any(|s| s == scope)
    }

    /// Whether it may ask from there.
    pub fn from(&self, address: Option<IpAddr>) -> bool {
        allowed(&self.networks, address)
    }

    /// Takes so many questions out of its quota.
    pub fn take(&self, questions: u32, now: DateTime<Utc>) -> Left {
        let now = now.timestamp_micros();
        let mut seen = self.bucket.load(Ordering::Relaxed);
        loop {
            let left = self.quota.take(seen, now, questions);
            if !left.granted {
                return left;
            }
            match self.bucket.compare_exchange_weak(seen, left.bucket, Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => return left,
                Err(meanwhile) => seen = meanwhile,
            }
        }
    }

    fn alive(&self, now: DateTime<Utc>) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }
}

impl KnownKey {
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
