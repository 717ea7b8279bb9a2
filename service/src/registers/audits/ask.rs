//! A customer asks for evidence or for an audit, under the contract in force.

use super::super::{enter, event, ruling, stamp};
use super::tell_staff;
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::permission::Voice;
use domain::register::audit_request::{AuditInput, AuditState};
use domain::{CustomerId, EntryId};
use store::registers;

/// Asks. `once` comes with the form: sent twice it is asked once.
///
/// # Errors
/// All mistakes by field; [`Problem::Refused`] without a contract in force.
pub async fn run(
    portal: &Portal,
    by: &Voice,
    once: EntryId,
    input: &AuditInput,
    now: DateTime<Utc>,
) -> Result<EntryId> {
    let mut work = portal.begin().await?;
    if registers::find::<AuditState>(work.db(), by.customer, once).await?.is_some() {
        work.rollback().await?;
        return Ok(once);
    }
    let contract = ruling(work.db(), by.customer).await?;
    let days = portal.content.registers.audit_notice_days;
    let state = input.check((contract.id, &contract.number), days, stamp(by.user, &by.name, now))?;
    let event = event::<AuditState>("asked", by.user, once)
        .fact("contract", contract.id)
        .fact("kind", state.request().kind.name())
        .fact("occasion", state.request().occasion.name());
    let entry = enter(&mut work, once, Some(by.customer), state, event, now).await?;
    tell_staff(portal, &work, &entry, ("audit_asked", &by.name), now).await?;
    portal.commit(work, now).await?;
    Ok(once)
}

/// Whether the customer may ask now.
///
/// # Errors
/// [`Problem::Refused`] without a contract in force.
pub async fn possible(portal: &Portal, customer: CustomerId) -> Result<(), Problem> {
    ruling(portal.store.read(), customer).await.map(|_| ())
}
