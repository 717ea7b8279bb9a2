//! What time does by itself: offers lapse, contracts end. Each contract is a work of its own, so that one that
//! cannot be saved holds up no other.

use super::{customer_link, customer_of, event, load_any, people_of, save};
use crate::disposals::{letters, plan};
use crate::mail::{self, Letter, Recipient};
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::contract::{Contract, ContractState, InForce};
use domain::permission::CustomerRole;
use domain::{ContractId, calendar};
use store::contracts;

/// Lapses all offers whose last day is over, and says how many.
///
/// # Errors
/// When the database fails.
pub async fn lapse_due(portal: &Portal, now: DateTime<Utc>) -> Result<usize> {
    let due = contracts::offers_until_before(portal.store.read(), calendar::berlin_date(now)).await?;
    let mut done = 0;
    for contract in due {
        match lapse(portal, contract.id, now).await {
            Ok(()) => done += 1,
            // Somebody signed or declined at the same instant: their move counts.
            Err(Problem::Stale | Problem::Refused(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(done)
}

async fn lapse(portal: &Portal, id: ContractId, now: DateTime<Utc>) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut contract = load_any(&work, id).await?;
    let ContractState::Offered(offered) = contract.state.clone() else { return Ok(()) };
    let valid_until = offered.valid_until;
    let closed = offered.lapse(now)?;
    save(&mut work, &mut contract, ContractState::Lapsed(closed), event("contract.lapsed", "job", id), now)
        .await?;
    let customer = customer_of(&work, &contract).await?;
    for person in people_of(&work, contract.customer, &[CustomerRole::Signatory]).await? {
        let lang = person.language;
        let letter = Letter::new("offer_lapsed", Recipient::from(&person))
            .value("customer_name", &customer.facts.legal_name)
            .value("contract_number", &contract.number)
            .value("valid_until", calendar::date_in_words(valid_until, lang))
            .value("link", customer_link(portal, lang, &contract));
        let key = format!("offer_lapsed:{id}:{}", person.id);
        mail::enqueue(portal, &work, letter, format!("contract:{id}"), key, now).await?;
    }
    portal.commit(work, now).await
}

/// Ends all contracts whose last day is over, by expiry or by notice, and says how many; the customer is asked what is
/// to become of the data. The gate has denied since midnight: it looks at
/// the day, not at the state.
///
/// # Errors
/// When the database fails.
pub async fn end_due(portal: &Portal, now: DateTime<Utc>) -> Result<usize> {
    let due = contracts::ruling_until_before(portal.store.read(), calendar::berlin_date(now)).await?;
    let mut done = 0;
    for contract in due {
        match end(portal, &contract, now).await {
            Ok(()) => done += 1,
            Err(Problem::Stale | Problem::Refused(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(done)
}

async fn end(portal: &Portal, contract: &Contract, now: DateTime<Utc>) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut contract = load_any(&work, contract.id).await?;
    let Some(was) = contract.state.concluded() else { return Ok(()) };
    let plan = plan::make(portal, &work, was).await?;
    let ended = match contract.state.clone() {
        ContractState::InForce(InForce { successor: Some(by), .. }) => {
            let covered = load_any(&work, by).await?.state.services();
            was.clone().supersede(by, &covered, &plan, now)?
        }
        ContractState::InForce(s) => s.end(Some(&plan), now)?,
        ContractState::Ending(s) => s.end(&plan, now)?,
        _ => return Ok(()),
    };
    let event = event("contract.ended", "job", contract.id).fact("cause", ended.cause.name());
    save(&mut work, &mut contract, ContractState::Ended(ended), event, now).await?;
    if let Some(disposal) = contract.state.disposal() {
        letters::tell_ended(portal, &work, &contract, disposal, now).await?;
    }
    portal.commit(work, now).await
}
