//! What the privacy officer does with an audit request: accepts with a day, proposes another one, hands documents
//! over, refuses a single point, notes defects and measures, closes it. The customer is told of each.

use super::super::files::{self, Upload};
use super::super::{event, load_any, save, stamp, step};
use super::tell_customer;
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::EntryId;
use domain::contract::Refusal;
use domain::permission::PrivacyOfficer;
use domain::register::audit_request::{AuditState, DayInput, EndInput, Party};

/// Accepts with a day.
///
/// # Errors
/// [`Problem::Refused`] in another state; all mistakes by field.
pub async fn accept(
    portal: &Portal,
    by: &PrivacyOfficer,
    id: EntryId,
    typed: &DayInput,
    now: DateTime<Utc>,
) -> Result<()> {
    let next = |s: AuditState| s.accept(typed, stamp(by.user, &by.name, now));
    go(portal, by, id, ("agreed", "audit_agreed", ""), next, now).await
}

/// Proposes another day, with a reason.
///
/// # Errors
/// As [`accept`].
pub async fn propose(
    portal: &Portal,
    by: &PrivacyOfficer,
    id: EntryId,
    typed: &DayInput,
    now: DateTime<Utc>,
) -> Result<()> {
    let next = |s: AuditState| s.propose(typed, stamp(by.user, &by.name, now));
    go(portal, by, id, ("proposed", "audit_proposed", typed.reason.trim()), next, now).await
}

/// Refuses a single point, with a reason.
///
/// # Errors
/// [`Problem::Refused`] when it is over or refused already; all mistakes by field.
pub async fn refuse_point(
    portal: &Portal,
    by: &PrivacyOfficer,
    id: EntryId,
    (number, reason): (&str, &str),
    now: DateTime<Utc>,
) -> Result<()> {
    let next = |s: AuditState| s.refuse_point(number, reason, stamp(by.user, &by.name, now));
    go(portal, by, id, ("point_refused", "audit_news", ""), next, now).await
}

/// Notes a defect.
///
/// # Errors
/// [`Problem::Refused`] when it is over; a mistake without a text.
pub async fn find(
    portal: &Portal,
    by: &PrivacyOfficer,
    id: EntryId,
    text: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let next = |s: AuditState| s.find(Party::Provider, text, stamp(by.user, &by.name, now));
    go(portal, by, id, ("finding", "audit_news", ""), next, now).await
}

/// Reports what was done about a defect.
///
/// # Errors
/// [`Problem::Refused`] when it is over or done already; all mistakes by field.
pub async fn mend(
    portal: &Portal,
    by: &PrivacyOfficer,
    id: EntryId,
    (number, measure): (&str, &str),
    now: DateTime<Utc>,
) -> Result<()> {
    let next = |s: AuditState| s.mend(number, measure, stamp(by.user, &by.name, now));
    go(portal, by, id, ("measure_done", "audit_news", ""), next, now).await
}

/// Closes it, with its costs.
///
/// # Errors
/// [`Problem::Refused`] in another state; all mistakes by field.
pub async fn close(
    portal: &Portal,
    by: &PrivacyOfficer,
    id: EntryId,
    typed: &EndInput,
    now: DateTime<Utc>,
) -> Result<()> {
    let next = |s: AuditState| s.close(typed, stamp(by.user, &by.name, now));
    go(portal, by, id, ("closed", "audit_news", ""), next, now).await
}

/// Hands a document over.
///
/// # Errors
/// [`Problem::Refused`] when it is over; a mistake in the file or the note.
pub async fn deliver(
    portal: &Portal,
    by: &PrivacyOfficer,
    id: EntryId,
    (note, upload): (&str, Upload),
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut entry = load_any::<AuditState>(&work, id).await?;
    let customer = entry.customer.ok_or(Problem::Missing)?;
    let file = files::store(&work, customer, upload, now).await?;
    let event = event::<AuditState>("delivered", by.user, id).fact("sha256", &file.sha256);
    let by_whom = stamp(by.user, &by.name, now);
    let next = entry.state.clone().deliver(Party::Provider, note, vec![file], by_whom)?;
    save(&mut work, &mut entry, next, event, now).await?;
    tell_customer(portal, &work, &entry, "audit_news", "", now).await?;
    portal.commit(work, now).await
}

async fn go(
    portal: &Portal,
    by: &PrivacyOfficer,
    id: EntryId,
    (what, template, reason): (&str, &str, &str),
    next: impl FnOnce(AuditState) -> Result<AuditState, Refusal>,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let entry = step(&mut work, id, (what, by.user), next, now).await?;
    tell_customer(portal, &work, &entry, template, reason, now).await?;
    portal.commit(work, now).await
}
