//! Data that the law makes the provider keep are noted with law and duration; a wrong note is taken back.

use super::ended;
use crate::contracts::{event, load_any, save};
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::ContractId;
use domain::contract::ContractState;
use domain::contract::lifecycle::RetainedInput;
use domain::permission::ContractManager;

/// Notes them.
///
/// # Errors
/// [`crate::Problem::Mistakes`] by field, [`crate::Problem::Refused`] in another state.
pub async fn add(
    portal: &Portal,
    by: &ContractManager,
    id: ContractId,
    input: &RetainedInput,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut contract = load_any(&work, id).await?;
    let noted = ended(&contract)?.dispose(|d| d.retain(input, by.user, now))?;
    let event = event("contract.retention_noted", format!("user:{}", by.user), id);
    save(&mut work, &mut contract, ContractState::Ended(noted), event, now).await?;
    portal.commit(work, now).await
}

/// Takes a note back.
///
/// # Errors
/// [`crate::Problem::Refused`] when it is not there any more, or in another state.
pub async fn remove(
    portal: &Portal,
    by: &ContractManager,
    id: ContractId,
    (what, law): (&str, &str),
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut contract = load_any(&work, id).await?;
    let noted = ended(&contract)?.dispose(|d| d.unretain(what, law))?;
    let event = event("contract.retention_removed", format!("user:{}", by.user), id);
    save(&mut work, &mut contract, ContractState::Ended(noted), event, now).await?;
    portal.commit(work, now).await
}
