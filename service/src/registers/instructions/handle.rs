//! The provider takes an instruction up, and reports that it is done.

use super::super::{event, load_any, save, stamp};
use super::tell_customer;
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::permission::Keeper;
use domain::register::instruction::{Done, InstructionState};
use domain::{EntryId, calendar};

/// Takes it up; `effort` says what it causes where it goes beyond what was agreed.
///
/// # Errors
/// [`crate::Problem::Refused`] in another state, mistakes in the text.
pub async fn acknowledge(
    portal: &Portal,
    by: &Keeper,
    id: EntryId,
    effort: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut entry = load_any::<InstructionState>(&work, id).await?;
    let next = entry.state.clone().acknowledge(effort, stamp(by.user, &by.name, now))?;
    let event = event::<InstructionState>("acknowledged", by.user, id);
    save(&mut work, &mut entry, next, event, now).await?;
    let effort = entry.state.instruction().effort.clone();
    let effort = move |_| vec![("effort", if effort.is_empty() { "–".into() } else { effort.clone() })];
    tell_customer(portal, &work, &entry, "instruction_acknowledged", &effort, now).await?;
    portal.commit(work, now).await
}

/// Reports that it is done.
///
/// # Errors
/// [`crate::Problem::Refused`] while it is suspended or when it is over; all mistakes by field.
pub async fn carry_out(
    portal: &Portal,
    by: &Keeper,
    id: EntryId,
    typed: &Done,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut entry = load_any::<InstructionState>(&work, id).await?;
    let next = entry.state.clone().carry_out(typed, stamp(by.user, &by.name, now))?;
    let event = event::<InstructionState>("carried_out", by.user, id);
    save(&mut work, &mut entry, next, event, now).await?;
    if let InstructionState::CarriedOut { what, on, .. } = &entry.state {
        let (what, on) = (what.clone(), *on);
        let values = move |lang| vec![("what", what.clone()), ("done_on", calendar::date_in_words(on, lang))];
        tell_customer(portal, &work, &entry, "instruction_carried_out", &values, now).await?;
    }
    portal.commit(work, now).await
}
