//! The privacy officer holds an instruction to be unlawful: warns and suspends, and after the customer's answer may
//! refuse it for good. The customer is told at once.

use super::super::{event, load_any, save, stamp};
use super::tell_customer;
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::EntryId;
use domain::permission::PrivacyOfficer;
use domain::register::instruction::InstructionState;

/// Warns and suspends.
///
/// # Errors
/// [`crate::Problem::Refused`] in another state, a mistake without a reason.
pub async fn run(
    portal: &Portal,
    by: &PrivacyOfficer,
    id: EntryId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut entry = load_any::<InstructionState>(&work, id).await?;
    let next = entry.state.clone().warn(reason, stamp(by.user, &by.name, now))?;
    save(&mut work, &mut entry, next, event::<InstructionState>("suspended", by.user, id), now).await?;
    let reason = reason.trim().to_string();
    let values = move |_| vec![("reason", reason.clone())];
    tell_customer(portal, &work, &entry, "instruction_suspended", &values, now).await?;
    portal.commit(work, now).await
}

/// Refuses for good: an obviously unlawful instruction is not carried out after a confirmation either.
///
/// # Errors
/// As [`run`].
pub async fn refuse(
    portal: &Portal,
    by: &PrivacyOfficer,
    id: EntryId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut entry = load_any::<InstructionState>(&work, id).await?;
    let next = entry.state.clone().refuse(reason, stamp(by.user, &by.name, now))?;
    save(&mut work, &mut entry, next, event::<InstructionState>("refused", by.user, id), now).await?;
    let reason = reason.trim().to_string();
    let values = move |_| vec![("reason", reason.clone())];
    tell_customer(portal, &work, &entry, "instruction_refused", &values, now).await?;
    portal.commit(work, now).await
}
