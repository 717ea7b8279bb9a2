//! The daily head of the audit chain gets a time stamp: the one that was mailed, or the newest where nobody gets mail.

use super::{Reply, job, stamping};
use crate::audit::head;
use crate::portal::Portal;
use crate::problem::{Problem, Result, internal};
use chrono::{DateTime, Utc};
use domain::merkle::Hash;
use domain::{audit, calendar};
use store::{audit_heads, outbox};

/// Name of the job.
pub const KIND: &str = "head_stamp";

/// Writes the job, once a day in Berlin; nothing where no authority is set. Says whether it was written.
///
/// # Errors
/// When the database fails.
pub async fn enqueue_due(portal: &Portal, now: DateTime<Utc>) -> Result<bool> {
    if portal.stamping.is_none() {
        return Ok(false);
    }
    let db = portal.store.read();
    let today = calendar::berlin_date(now);
    let key = format!("{KIND}:{today}");
    if outbox::by_key(db, &key).await?.is_some() {
        return Ok(false);
    }
    let on = |at: Option<DateTime<Utc>>| at.map(calendar::berlin_date) == Some(today);
    let mailed = audit_heads::last_mailed(db).await?.filter(|h| on(h.mailed_at));
    let head = match mailed {
        Some(head) => Some(head),
        None => audit_heads::newest(db).await?,
    };
    let Some(head) = head.filter(|h| h.stamp.is_none()) else { return Ok(false) };
    let work = portal.begin().await?;
    let job = job(KIND, key, head.number.to_string(), "audit".into(), now);
    outbox::insert(work.db(), &job).await?;
    portal.commit(work, now).await?;
    Ok(true)
}

/// Runs the job.
///
/// # Errors
/// When the authority does not answer, or its answer does not fit; the job is tried again.
pub async fn run(portal: &Portal, payload: &str, now: DateTime<Utc>) -> Result<()> {
    let number: i64 = payload.parse().map_err(internal)?;
    let head = audit_heads::by_number(portal.store.read(), number).await?.ok_or(Problem::Missing)?;
    if head.stamp.is_some() {
        return Ok(());
    }
    let stamping = stamping(portal)?;
    let text = head.head.text();
    let digest = Hash::parse(audit::sha256(text.as_bytes()).as_bytes());
    let digest = digest.ok_or_else(|| internal("no hash of a head"))?;
    let (nonce, body) = stamping.ask(digest.0).await?;
    let stamped = (stamping.of_text)(text.as_bytes(), Reply { nonce, body: &body, now }).map_err(internal)?;
    head::set_stamp(portal, number, &stamped.bytes, now).await.map(drop)
}
