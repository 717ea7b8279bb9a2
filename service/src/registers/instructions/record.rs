//! Staff record an instruction that came by mail, letter or fax, or was said. One that was said waits until the
//! customer confirms it in text form; the customer is asked to.

use super::super::{enter, event, ruling};
use super::give::under;
use super::tell_customer;
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::permission::Keeper;
use domain::register::instruction::{InstructionInput, InstructionState, ReceiptInput, Under};
use domain::{ContractId, EntryId, Mistake, Mistakes, Service};
use store::{customers, registers};

/// Records it for the customer with this number; gives the entry. `once` comes with the form.
///
/// # Errors
/// All mistakes by field; [`crate::Problem::Refused`] without a contract in force.
pub async fn run(
    portal: &Portal,
    by: &Keeper,
    once: EntryId,
    number: &str,
    (input, receipt): (&InstructionInput, &ReceiptInput),
    now: DateTime<Utc>,
) -> Result<EntryId> {
    let mut work = portal.begin().await?;
    if registers::find_any::<InstructionState>(work.db(), once).await?.is_some() {
        work.rollback().await?;
        return Ok(once);
    }
    let Some(customer) = customers::by_number(work.db(), number.trim()).await?.map(|c| c.id) else {
        return Err(unknown_customer(input, receipt, by, now).into());
    };
    let contract = ruling(work.db(), customer).await?;
    let state = InstructionState::record(input, receipt, under(&contract), by.user, now)?;
    let event = event::<InstructionState>("recorded", by.user, once)
        .fact("contract", contract.id)
        .fact("channel", state.instruction().channel.name());
    let entry = enter(&mut work, once, Some(customer), state, event, now).await?;
    if let InstructionState::Unconfirmed { instruction } = &entry.state {
        let (text, giver) = (instruction.text.clone(), instruction.giver.clone());
        let values = move |_| vec![("text", text.clone()), ("giver", giver.clone())];
        tell_customer(portal, &work, &entry, "instruction_to_confirm", &values, now).await?;
    }
    portal.commit(work, now).await?;
    Ok(once)
}

/// That there is no such customer, and everything else that is wrong.
fn unknown_customer(
    input: &InstructionInput,
    receipt: &ReceiptInput,
    by: &Keeper,
    now: DateTime<Utc>,
) -> Mistakes {
    let any = Under {
        contract: ContractId(uuid::Uuid::nil()),
        number: String::new(),
        services: Service::ALL.to_vec(),
    };
    let mut mistakes = Mistakes::from(Mistake::new("customer", "unknown-customer"));
    if let Err(others) = InstructionState::record(input, receipt, any, by.user, now) {
        mistakes.0.extend(others.0);
    }
    mistakes
}
