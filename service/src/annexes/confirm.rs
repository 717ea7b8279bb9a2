//! The privacy officer confirms for the provider that an annex says what is true.

use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::SnapshotId;
use domain::annex::AnnexKind;
use domain::audit::Event;
use domain::permission::PrivacyOfficer;
use store::annexes;

/// Confirms the newest snapshot of a kind, whichever it is.
///
/// # Errors
/// As [`confirm`].
pub async fn run(portal: &Portal, by: &PrivacyOfficer, kind: AnnexKind, now: DateTime<Utc>) -> Result<()> {
    let newest = annexes::newest(portal.store.read(), kind).await?.ok_or(Problem::Missing)?;
    confirm(portal, by, kind, newest.id, now).await
}

/// Confirms the newest snapshot of a kind; `id` is the one that was on the page. Confirming it again changes nothing.
///
/// # Errors
/// [`Problem::Stale`] when a newer one has come in the meantime, [`Problem::Missing`] when there is none.
pub async fn confirm(
    portal: &Portal,
    by: &PrivacyOfficer,
    kind: AnnexKind,
    id: SnapshotId,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let newest = annexes::newest(work.db(), kind).await?.ok_or(Problem::Missing)?;
    if newest.id != id {
        return Err(Problem::Stale);
    }
    if !annexes::confirm(work.db(), id, by.user, now).await? {
        return Ok(work.rollback().await?);
    }
    let event = Event::new("annex.confirmed", format!("user:{}", by.user), format!("annex:{id}"));
    work.record(event.fact("kind", kind.name()).fact("number", newest.number).fact("sha256", newest.sha256));
    portal.commit(work, now).await
}
