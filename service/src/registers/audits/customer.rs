//! What a customer does with an audit request: takes a proposed day or wishes another one, hands files over, notes a
//! defect, takes the request back. The privacy officers are told of each.

use super::super::files::{self, Upload};
use super::super::{event, load, save, stamp};
use super::tell_staff;
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::EntryId;
use domain::contract::Refusal;
use domain::permission::Voice;
use domain::register::audit_request::{AuditState, Party};
use store::Work;

/// Takes the day that the provider proposed.
///
/// # Errors
/// [`crate::Problem::Refused`] when there is no proposal.
pub async fn take_proposal(portal: &Portal, by: &Voice, id: EntryId, now: DateTime<Utc>) -> Result<()> {
    let step = |s: AuditState| s.take_proposal(stamp(by.user, &by.name, now));
    go(portal, by, id, "agreed", step, now).await
}

/// Wishes another day.
///
/// # Errors
/// [`crate::Problem::Refused`] when there is no proposal; a mistake in the day.
pub async fn wish_again(
    portal: &Portal,
    by: &Voice,
    id: EntryId,
    day: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let step = |s: AuditState| s.wish_again(day, &stamp(by.user, &by.name, now));
    go(portal, by, id, "wished", step, now).await
}

/// Notes a defect.
///
/// # Errors
/// [`crate::Problem::Refused`] when it is over; a mistake without a text.
pub async fn find(portal: &Portal, by: &Voice, id: EntryId, text: &str, now: DateTime<Utc>) -> Result<()> {
    let step = |s: AuditState| s.find(Party::Customer, text, stamp(by.user, &by.name, now));
    go(portal, by, id, "finding", step, now).await
}

/// Takes the request back.
///
/// # Errors
/// [`crate::Problem::Refused`] when it is over.
pub async fn withdraw(portal: &Portal, by: &Voice, id: EntryId, now: DateTime<Utc>) -> Result<()> {
    let step = |s: AuditState| s.withdraw(stamp(by.user, &by.name, now));
    go(portal, by, id, "withdrawn", step, now).await
}

/// Hands a file over: a questionnaire, a commission for the auditor.
///
/// # Errors
/// [`crate::Problem::Refused`] when it is over; a mistake in the file or the note.
pub async fn hand_over(
    portal: &Portal,
    by: &Voice,
    id: EntryId,
    (note, upload): (&str, Upload),
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut entry = load::<AuditState>(&work, by.customer, id).await?;
    let file = files::store(&work, by.customer, upload, now).await?;
    let event = event::<AuditState>("handed_over", by.user, id).fact("sha256", &file.sha256);
    let by_whom = stamp(by.user, &by.name, now);
    let next = entry.state.clone().deliver(Party::Customer, note, vec![file], by_whom)?;
    save(&mut work, &mut entry, next, event, now).await?;
    finish(portal, work, &entry, by, now).await
}

async fn go(
    portal: &Portal,
    by: &Voice,
    id: EntryId,
    what: &str,
    step: impl FnOnce(AuditState) -> Result<AuditState, Refusal>,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut entry = load::<AuditState>(&work, by.customer, id).await?;
    let next = step(entry.state.clone())?;
    save(&mut work, &mut entry, next, event::<AuditState>(what, by.user, id), now).await?;
    finish(portal, work, &entry, by, now).await
}

async fn finish(
    portal: &Portal,
    work: Work,
    entry: &domain::register::Entry<AuditState>,
    by: &Voice,
    now: DateTime<Utc>,
) -> Result<()> {
    tell_staff(portal, &work, entry, ("audit_reply", &by.name), now).await?;
    portal.commit(work, now).await
}
