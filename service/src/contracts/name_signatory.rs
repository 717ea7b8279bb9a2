//! Somebody who knows names the person for a place among the signatories that was left to nobody.

use super::delegate::{invite_successor, tell_successor};
use super::{customer_of, event, load, load_any, save, wrong_state};
use crate::people::Authority;
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::contract::request::Person;
use domain::contract::{Contract, ContractState};
use domain::permission::{ContractManager, CustomerUser};
use domain::{ContractId, UserId};
use store::Work;

/// A contract manager names the person, after having asked the customer.
///
/// # Errors
/// [`Problem::Mistakes`] (fields `delegate_…`), [`Problem::Refused`] when no place is empty (any more).
pub async fn by_provider(
    portal: &Portal,
    by: &ContractManager,
    id: ContractId,
    person: &Person,
    now: DateTime<Utc>,
) -> Result<()> {
    let work = portal.begin().await?;
    let contract = load_any(&work, id).await?;
    run(portal, work, contract, person, (by.user, by.clone().into()), now).await
}

/// Somebody of the customer names the person.
///
/// # Errors
/// As [`by_provider`]; [`Problem::Missing`] without the right to request.
pub async fn by_customer(
    portal: &Portal,
    by: &CustomerUser,
    id: ContractId,
    person: &Person,
    now: DateTime<Utc>,
) -> Result<()> {
    if !by.may_request() {
        return Err(Problem::Missing);
    }
    let work = portal.begin().await?;
    let contract = load(&work, by.customer, id).await?;
    run(portal, work, contract, person, (by.user, by.clone().into()), now).await
}

async fn run(
    portal: &Portal,
    mut work: Work,
    mut contract: Contract,
    person: &Person,
    (by, authority): (UserId, Authority),
    now: DateTime<Utc>,
) -> Result<()> {
    let ContractState::Offered(offered) = contract.state.clone() else {
        return Err(wrong_state(&contract.state));
    };
    let person = person.check_signatory("delegate")?;
    let offered = offered.fill_place(by, person.clone(), now)?;
    let customer = customer_of(&work, &contract).await?;
    let user = invite_successor(portal, &mut work, &customer, &person, &authority, now).await?;
    let event = event("contract.signatory_named", format!("user:{by}"), contract.id).fact("successor", user);
    save(&mut work, &mut contract, ContractState::Offered(offered), event, now).await?;
    tell_successor(portal, &work, &contract, &customer, &person, now).await?;
    portal.commit(work, now).await
}
