//! Keys of an API client. A second one lets a program change over without a gap: make it, enter it, revoke the first.

use super::Authority;
use super::clients::key_hash;
use crate::fresh;
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::api_key::ApiKey;
use domain::audit::Event;
use domain::permission::Admin;
use domain::{ClientId, ClientKeyId, Mistake};
use store::{Work, client_keys, clients};

pub use store::client_keys::ClientKey;

/// Keys of one client that count at once: the present one and the next.
pub const MOST: usize = 2;

/// All keys of all clients, the oldest first.
///
/// # Errors
/// Database errors.
pub async fn list(portal: &Portal, _: &Admin) -> Result<Vec<ClientKey>> {
    all(portal).await
}

/// The same at the command line.
///
/// # Errors
/// Database errors.
pub async fn all(portal: &Portal) -> Result<Vec<ClientKey>> {
    Ok(client_keys::all(portal.store.read()).await?.into_iter().map(|(key, _)| key).collect())
}

/// Makes a further key; gives it this once.
///
/// # Errors
/// [`Problem::Missing`] when no such client counts; `client-keys-enough` when it has [`MOST`].
pub async fn add(portal: &Portal, by: &Authority, client: ClientId, now: DateTime<Utc>) -> Result<ApiKey> {
    let mut work = portal.begin().await?;
    let known = clients::find(work.db(), client).await?.filter(|c| c.revoked_at.is_none());
    let keys = client_keys::all(work.db()).await?.into_iter();
    let alive = keys.filter(|(k, _)| k.client == client && k.revoked_at.is_none()).count();
    if known.is_none() || alive >= MOST {
        work.rollback().await?;
        return Err(match known {
            None => Problem::Missing,
            Some(_) => Mistake::with("", "client-keys-enough", MOST).into(),
        });
    }
    let key = insert(&work, client, now).await?;
    work.record(event("client.key_added", by, client, key.name()));
    work.gate_changed();
    portal.commit(work, now).await?;
    Ok(key)
}

/// Revokes a key: what asks with it, and with tokens that were fetched with it, is answered 401 from now on.
///
/// # Errors
/// [`Problem::Missing`] when the client has no such key that counts.
pub async fn revoke(
    portal: &Portal,
    by: &Authority,
    client: ClientId,
    id: ClientKeyId,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let known = client_keys::all(work.db()).await?.into_iter().find(|(k, _)| k.id == id);
    let revoked = client_keys::revoke(work.db(), client, id, now).await?;
    let Some((key, _)) = known.filter(|_| revoked) else {
        work.rollback().await?;
        return Err(Problem::Missing);
    };
    work.record(event("client.key_revoked", by, client, &key.name));
    work.gate_changed();
    portal.commit(work, now).await
}

pub(super) async fn insert(work: &Work, client: ClientId, now: DateTime<Utc>) -> Result<ApiKey> {
    let key = ApiKey::new(fresh::bytes()?, fresh::bytes()?);
    let row = ClientKey {
        id: fresh::id(now),
        client,
        name: key.name().into(),
        created_at: now,
        revoked_at: None,
        last_used_at: None,
    };
    client_keys::insert(work.db(), &row, &key_hash(&key)).await?;
    Ok(key)
}

fn event(kind: &str, by: &Authority, client: ClientId, key: &str) -> Event {
    Event::new(kind, by.actor(), format!("client:{client}")).fact("key", key)
}
