//! A customer gives an instruction in the portal, under the contract in force.

use super::super::{enter, event, ruling};
use super::tell_staff;
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::contract::Contract;
use domain::permission::Voice;
use domain::register::instruction::{InstructionInput, InstructionState, Under};
use domain::{CustomerId, EntryId};
use store::registers;

/// Gives it. `once` comes with the form: sent twice it is given once.
///
/// # Errors
/// All mistakes by field; [`crate::Problem::Refused`] without a contract in force.
pub async fn run(
    portal: &Portal,
    by: &Voice,
    once: EntryId,
    input: &InstructionInput,
    now: DateTime<Utc>,
) -> Result<EntryId> {
    let mut work = portal.begin().await?;
    if registers::find::<InstructionState>(work.db(), by.customer, once).await?.is_some() {
        work.rollback().await?;
        return Ok(once);
    }
    let contract = ruling(work.db(), by.customer).await?;
    let state = InstructionState::give(input, under(&contract), &by.name, now)?;
    let event = event::<InstructionState>("given", by.user, once).fact("contract", contract.id);
    let entry = enter(&mut work, once, Some(by.customer), state, event, now).await?;
    tell_staff(portal, &work, &entry, "instruction_given", &by.name, now).await?;
    portal.commit(work, now).await?;
    Ok(once)
}

/// The contract in force and what it covers, for the form.
///
/// # Errors
/// [`crate::Problem::Refused`] without a contract in force.
pub async fn possible(portal: &Portal, customer: CustomerId) -> Result<Under> {
    Ok(under(&ruling(portal.store.read(), customer).await?))
}

pub(crate) fn under(contract: &Contract) -> Under {
    Under { contract: contract.id, number: contract.number.clone(), services: contract.state.services() }
}
