//! At the start: what `content/` says about measures and sub-processors becomes a numbered snapshot when it is new;
//! a released contract text that was changed stops the start, and so does a newest one with findings.

use crate::fresh;
use crate::portal::Portal;
use crate::problem::{Result, internal};
use crate::texts;
use chrono::{DateTime, Utc};
use domain::annex::{AnnexKind, Snapshot, fingerprint};
use domain::audit::Event;
use store::{StoreError, annexes};

/// Brings storage up to what `content/` says.
///
/// # Errors
/// When a text is not as it must be, or the database fails.
pub async fn at_start(portal: &Portal, now: DateTime<Utc>) -> Result<()> {
    texts::sync::at_start(portal, now).await?;
    for kind in AnnexKind::ALL {
        annex(portal, kind, now).await?;
    }
    Ok(())
}

async fn annex(portal: &Portal, kind: AnnexKind, now: DateTime<Utc>) -> Result<()> {
    let canonical = portal.content.annexes.canonical(kind).map_err(internal)?;
    let sha256 = fingerprint(&canonical);
    let mut work = portal.begin().await?;
    let newest = annexes::newest(work.db(), kind).await?;
    if newest.as_ref().is_some_and(|s| s.sha256 == sha256) {
        return Ok(work.rollback().await?);
    }
    let number = newest.map_or(1, |s| s.number + 1);
    let id = fresh::id(now);
    let event = Event::new("annex.drafted", "job", format!("annex:{id}"));
    work.record(event.fact("kind", kind.name()).fact("number", number).fact("sha256", &sha256));
    let snapshot = Snapshot { id, kind, number, sha256, canonical, created_at: now, confirmed: None };
    match annexes::insert(work.db(), &snapshot).await {
        Ok(()) => portal.commit(work, now).await,
        // Another instance that starts now was faster; it read the same content.
        Err(e) if StoreError::is_taken(&e) => Ok(work.rollback().await?),
        Err(e) => Err(e.into()),
    }
}
