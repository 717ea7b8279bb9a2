//! A contract manager closes: every task is confirmed, the certificate is made by a job.

use super::{certificate_job, ended};
use crate::contracts::{event, load_any, save};
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::ContractId;
use domain::contract::ContractState;
use domain::permission::ContractManager;

/// Closes.
///
/// # Errors
/// [`crate::Problem::Refused`] before the last confirmation, and in another state.
pub async fn run(portal: &Portal, by: &ContractManager, id: ContractId, now: DateTime<Utc>) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut contract = load_any(&work, id).await?;
    let closed = ended(&contract)?.close(by.user, now)?;
    let event = event("contract.closed", format!("user:{}", by.user), id);
    save(&mut work, &mut contract, ContractState::Closed(closed), event, now).await?;
    certificate_job::enqueue(&work, id, now).await?;
    portal.commit(work, now).await
}
