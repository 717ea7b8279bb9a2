//! A contract manager begins the disposal of a contract that ended without one: before the portal, or before there was
//! any of this. The customer gets the whole time for the choice.

use super::{ended, letters, plan};
use crate::contracts::{event, load_any, save};
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::ContractId;
use domain::contract::ContractState;
use domain::permission::ContractManager;

/// Begins.
///
/// # Errors
/// [`crate::Problem::Refused`] in another state, or where there is one already.
pub async fn run(portal: &Portal, by: &ContractManager, id: ContractId, now: DateTime<Utc>) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut contract = load_any(&work, id).await?;
    let ended = ended(&contract)?;
    let plan = plan::make(portal, &work, &ended.was).await?;
    let begun = ended.begin_disposal(&plan, now)?;
    let event = event("contract.disposal_begun", format!("user:{}", by.user), id);
    save(&mut work, &mut contract, ContractState::Ended(begun), event, now).await?;
    if let Some(disposal) = contract.state.disposal() {
        letters::tell_ended(portal, &work, &contract, disposal, now).await?;
    }
    portal.commit(work, now).await
}
