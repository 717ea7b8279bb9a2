//! Reading the register of instructions: for the customer, and for staff.

use super::super::{Shown, page, shown};
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, NaiveDate, Utc};
use domain::customer::Customer;
use domain::permission::{CustomerUser, Staff};
use domain::register::Entry;
use domain::register::instruction::{Instruction, InstructionState};
use domain::{EntryId, calendar};
use store::registers;

/// All instructions of a customer, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_customer(portal: &Portal, by: &CustomerUser) -> Result<Vec<Entry<InstructionState>>> {
    Ok(registers::of_customer(portal.store.read(), by.customer).await?)
}

/// One instruction for its customer's people.
///
/// # Errors
/// [`Problem::Missing`] for any other.
pub async fn one(portal: &Portal, by: &CustomerUser, id: EntryId) -> Result<Shown<InstructionState>> {
    let entry = registers::find(portal.store.read(), by.customer, id).await?.ok_or(Problem::Missing)?;
    shown(portal, entry).await
}

/// One instruction for staff.
///
/// # Errors
/// [`Problem::Missing`] when there is none.
pub async fn for_staff(portal: &Portal, _by: &Staff, id: EntryId) -> Result<Shown<InstructionState>> {
    let entry = registers::find_any(portal.store.read(), id).await?.ok_or(Problem::Missing)?;
    shown(portal, entry).await
}

/// A page of the register with the customers, and how many there are.
///
/// # Errors
/// When the database fails.
pub async fn list(
    portal: &Portal,
    _by: &Staff,
    only_open: bool,
    number: u64,
) -> Result<(Vec<(Entry<InstructionState>, Option<Customer>)>, u64)> {
    page(portal, only_open, number).await
}

/// Months in which the customer dispels a doubt (clause `lawfulness.consequences`).
pub const DISPEL_MONTHS: u32 = 1;

/// Until when the provider moves: the day wished for, or three working days after the customer's answer to a warning.
/// An instruction that nobody has taken up is due on the next working day: without delay.
pub fn due(portal: &Portal, state: &InstructionState) -> Option<NaiveDate> {
    match state {
        InstructionState::Given { instruction } => Some(taken_up_by(instruction)),
        InstructionState::Acknowledged { instruction, .. } => instruction.wish,
        InstructionState::Answered { instruction } => {
            let answered = instruction.warnings.last()?.answer.as_ref()?.given.at;
            let days = portal.content.registers.answer_working_days;
            Some(calendar::last_day_of_working_days(calendar::berlin_date(answered), days))
        }
        _ => None,
    }
}

fn taken_up_by(i: &Instruction) -> NaiveDate {
    let since = i.confirmed.as_ref().map_or(i.received_at, |c| c.at);
    calendar::last_day_of_working_days(calendar::berlin_date(since), 1)
}

/// Until when the customer dispels a doubt: a month after the warning.
pub fn dispel_until(warned: DateTime<Utc>) -> NaiveDate {
    calendar::last_day_of_months(calendar::berlin_date(warned), DISPEL_MONTHS)
}
