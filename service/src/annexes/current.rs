//! The annexes as they are today.

use crate::portal::Portal;
use crate::problem::{Problem, Result, internal};
use chrono::{DateTime, Utc};
use domain::SnapshotId;
use domain::annex::{AnnexKind, Snapshot, Subprocessors, Toms};
use serde::de::DeserializeOwned;
use store::{annexes, users};

/// An annex with its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annex<T> {
    /// The snapshot.
    pub id: SnapshotId,
    /// Its number.
    pub number: i32,
    /// SHA-256 over its canonical text, hex.
    pub sha256: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Who confirmed it (empty when the account is gone), and when.
    pub confirmed: Option<(String, DateTime<Utc>)>,
    /// Number of the newest confirmed one when this one is not: the one that counts until then.
    pub in_use: Option<i32>,
    /// The content.
    pub content: T,
}

/// Annex 2, the newest.
///
/// # Errors
/// [`Problem::Missing`] when there is none; unreadable content.
pub async fn toms(portal: &Portal) -> Result<Annex<Toms>> {
    annex(portal, AnnexKind::Toms).await
}

/// Annex 3, the newest.
///
/// # Errors
/// As [`toms`].
pub async fn subprocessors(portal: &Portal) -> Result<Annex<Subprocessors>> {
    annex(portal, AnnexKind::Subprocessors).await
}

/// The newest snapshot of a kind, confirmed or not.
///
/// # Errors
/// When the database fails.
pub async fn newest(portal: &Portal, kind: AnnexKind) -> Result<Option<Snapshot>> {
    Ok(annexes::newest(portal.store.read(), kind).await?)
}

/// The newest confirmed snapshot of a kind.
///
/// # Errors
/// When the database fails.
pub async fn newest_confirmed(portal: &Portal, kind: AnnexKind) -> Result<Option<Snapshot>> {
    Ok(annexes::newest_confirmed(portal.store.read(), kind).await?)
}

async fn annex<T: DeserializeOwned>(portal: &Portal, kind: AnnexKind) -> Result<Annex<T>> {
    let s = newest(portal, kind).await?.ok_or(Problem::Missing)?;
    let confirmed = match s.confirmed {
        Some((by, at)) => {
            let person = users::by_id(portal.store.read(), by).await?;
            Some((person.map(|p| p.name).unwrap_or_default(), at))
        }
        None => None,
    };
    let in_use = match confirmed {
        Some(_) => None,
        None => newest_confirmed(portal, kind).await?.map(|s| s.number),
    };
    let content = serde_json::from_str(&s.canonical).map_err(internal)?;
    Ok(Annex {
        id: s.id,
        number: s.number,
        sha256: s.sha256,
        created_at: s.created_at,
        confirmed,
        in_use,
        content,
    })
}
