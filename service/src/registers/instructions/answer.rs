//! What a customer does with an instruction that was given: confirms one that was said, answers a warning, takes it
//! back.

use super::super::{event, load, save, stamp};
use super::tell_staff;
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::EntryId;
use domain::permission::Voice;
use domain::register::instruction::{AnswerInput, InstructionState};

/// Confirms in text form what was said.
///
/// # Errors
/// [`crate::Problem::Refused`] when there is nothing to confirm.
pub async fn confirm_oral(portal: &Portal, by: &Voice, id: EntryId, now: DateTime<Utc>) -> Result<()> {
    let step = |state: InstructionState| state.confirm_oral(stamp(by.user, &by.name, now));
    go(portal, by, id, "confirmed", step, now).await
}

/// Answers a warning: confirms or changes.
///
/// # Errors
/// [`crate::Problem::Refused`] when it is not suspended; all mistakes by field.
pub async fn run(
    portal: &Portal,
    by: &Voice,
    id: EntryId,
    typed: &AnswerInput,
    now: DateTime<Utc>,
) -> Result<()> {
    let what = if typed.choice == "change" { "changed" } else { "insisted" };
    let step = |state: InstructionState| state.answer(typed, stamp(by.user, &by.name, now));
    go(portal, by, id, what, step, now).await
}

/// Takes it back.
///
/// # Errors
/// [`crate::Problem::Refused`] when it is over.
pub async fn withdraw(portal: &Portal, by: &Voice, id: EntryId, now: DateTime<Utc>) -> Result<()> {
    let step = |state: InstructionState| state.withdraw(stamp(by.user, &by.name, now));
    go(portal, by, id, "withdrawn", step, now).await
}

async fn go(
    portal: &Portal,
    by: &Voice,
    id: EntryId,
    what: &str,
    step: impl FnOnce(InstructionState) -> Result<InstructionState, domain::contract::Refusal>,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut entry = load::<InstructionState>(&work, by.customer, id).await?;
    let next = step(entry.state.clone())?;
    save(&mut work, &mut entry, next, event::<InstructionState>(what, by.user, id), now).await?;
    tell_staff(portal, &work, &entry, &format!("instruction_{what}"), &by.name, now).await?;
    portal.commit(work, now).await
}
