//! The side that gave notice takes it back; everyone of both sides is told.

use super::{event, load, load_any, save, wrong_state};
use crate::disposals::letters;
use crate::mail::Letter;
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::contract::lifecycle::Side;
use domain::contract::{Contract, ContractState};
use domain::permission::{ContractManager, Signatory};
use domain::{ContractId, UserId, calendar};
use store::Work;

/// A signatory of the customer takes the customer's notice back.
///
/// # Errors
/// [`crate::Problem::Mistakes`] without a reason, [`crate::Problem::Refused`] in another state, after the last day, or
/// where the other side gave notice.
pub async fn by_customer(
    portal: &Portal,
    by: &Signatory,
    id: ContractId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let work = portal.begin().await?;
    let contract = load(&work, by.customer, id).await?;
    withdraw(portal, work, contract, Side::Customer, (by.user, &by.name), reason, now).await
}

/// A contract manager takes the provider's notice back.
///
/// # Errors
/// As [`by_customer`].
pub async fn by_provider(
    portal: &Portal,
    by: &ContractManager,
    id: ContractId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let work = portal.begin().await?;
    let contract = load_any(&work, id).await?;
    withdraw(portal, work, contract, Side::Provider, (by.user, &by.name), reason, now).await
}

/// A contract manager enters that the customer took its notice back in text form.
///
/// # Errors
/// As [`by_customer`].
pub async fn enter(
    portal: &Portal,
    by: &ContractManager,
    id: ContractId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let work = portal.begin().await?;
    let contract = load_any(&work, id).await?;
    withdraw(portal, work, contract, Side::Customer, (by.user, &by.name), reason, now).await
}

async fn withdraw(
    portal: &Portal,
    mut work: Work,
    mut contract: Contract,
    side: Side,
    (by, name): (UserId, &str),
    reason: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let ContractState::Ending(ending) = contract.state.clone() else {
        return Err(wrong_state(&contract.state));
    };
    let in_force = ending.withdraw_notice(side, reason, now)?;
    let event =
        event("contract.notice_withdrawn", format!("user:{by}"), contract.id).fact("side", side.name());
    save(&mut work, &mut contract, ContractState::InForce(in_force), event, now).await?;
    let key = format!("notice_withdrawn:{}:{}", contract.id, now.timestamp_micros());
    let values = |letter: Letter, lang| {
        letter
            .value("withdrawn_by", name)
            .value("side", letters::word(portal, lang, &format!("side-{}", side.name())))
            .value("withdrawn_at", calendar::in_words(now, lang))
            .value("reason", reason.trim())
    };
    letters::to_customer(portal, &work, &contract, ("notice_withdrawn", &key), values, now).await?;
    letters::to_managers(portal, &work, &contract, ("notice_withdrawn", &key), values, now).await?;
    portal.commit(work, now).await
}
