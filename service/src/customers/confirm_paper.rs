//! A contract concluded on paper was entered by one person; a second one holds it against the paper and confirms.

use crate::contracts;
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::contract::{ContractState, InForce, Paper};
use domain::permission::ContractManager;
use domain::{ContractId, CustomerId, UserId};

/// Confirms a paper contract: it is in force from its own first day on, or over when its last day is.
///
/// # Errors
/// `same-person` for whoever entered it; `wrong-state` when it is confirmed already;
/// [`crate::Problem::Missing`] when it is not this customer's.
pub async fn confirm_paper(
    portal: &Portal,
    by: &ContractManager,
    customer: CustomerId,
    id: ContractId,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut contract = contracts::load(&work, customer, id).await?;
    let ContractState::PaperUnconfirmed(paper) = contract.state.clone() else {
        return Err(contracts::wrong_state(&contract.state));
    };
    let state = confirmed(paper, by.user, now)?;
    let event = contracts::event("contract.paper_confirmed", format!("user:{}", by.user), id);
    contracts::save(&mut work, &mut contract, state, event, now).await?;
    portal.commit(work, now).await
}

/// The state of a paper contract that this person confirms. One that is over already ends without a disposal: what was
/// done about its data is older than the entry, and staff may begin one.
pub(super) fn confirmed(paper: Paper, by: UserId, now: DateTime<Utc>) -> Result<ContractState> {
    let in_force: InForce = paper.confirm(by, now)?;
    Ok(if in_force.over(now) {
        ContractState::Ended(in_force.end(None, now)?)
    } else {
        ContractState::InForce(in_force)
    })
}
