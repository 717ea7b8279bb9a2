//! The privacy officer holds an instruction to be unlawful: warns and suspends, and after the customer's answer may
//! refuse it for good. The customer is told at once.

use super::super::{stamp, step};
use super::tell_customer;
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::EntryId;
use domain::contract::Refusal;
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
    let next = |s: InstructionState| s.warn(reason, stamp(by.user, &by.name, now));
    go(portal, (by, "suspended", "instruction_suspended"), id, (next, reason), now).await
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
    let next = |s: InstructionState| s.refuse(reason, stamp(by.user, &by.name, now));
    go(portal, (by, "refused", "instruction_refused"), id, (next, reason), now).await
}

/// The step, and its reason to the customer.
async fn go(
    portal: &Portal,
    (by, what, template): (&PrivacyOfficer, &str, &str),
    id: EntryId,
    (next, reason): (impl FnOnce(InstructionState) -> Result<InstructionState, Refusal>, &str),
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let entry = step(&mut work, id, (what, by.user), next, now).await?;
    let reason = reason.trim().to_string();
    let values = move |_| vec![("reason", reason.clone())];
    tell_customer(portal, &work, &entry, template, &values, now).await?;
    portal.commit(work, now).await
}
