//! What time does after the end of a contract: reminders of the open choice, and the default when the customer stays
//! silent. Each contract is a work of its own; run twice, it does nothing the second time.

use super::letters;
use crate::contracts::{event, load_any, save};
use crate::mail::Letter;
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::contract::lifecycle::{Disposal, Ended};
use domain::contract::{Contract, ContractState};
use domain::{ContractId, calendar};
use store::{Work, contracts};

/// Reminds and applies the default where a day has come, and says how often.
///
/// # Errors
/// When the database fails.
pub async fn run_due(portal: &Portal, now: DateTime<Utc>) -> Result<usize> {
    let today = calendar::berlin_date(now);
    let due = contracts::in_disposal(portal.store.read(), Some(today)).await?;
    let on_time =
        |c: &&Contract| c.state.disposal().is_some_and(|d| d.reminder_due(now) || d.default_due(now));
    let mut done = 0;
    for contract in due.iter().filter(on_time) {
        match tick(portal, contract.id, now).await {
            Ok(()) => done += 1,
            // Somebody chose at the same instant: their choice counts.
            Err(Problem::Stale | Problem::Refused(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(done)
}

async fn tick(portal: &Portal, id: ContractId, now: DateTime<Utc>) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut contract = load_any(&work, id).await?;
    let ContractState::Ended(ended) = contract.state.clone() else { return Ok(()) };
    if ended.disposal.as_ref().is_some_and(|d| d.reminder_due(now)) {
        remind(portal, &mut work, &mut contract, ended, now).await?;
    } else {
        apply_default(portal, &mut work, &mut contract, ended, now).await?;
    }
    portal.commit(work, now).await
}

async fn remind(
    portal: &Portal,
    work: &mut Work,
    contract: &mut Contract,
    ended: Ended,
    now: DateTime<Utc>,
) -> Result<()> {
    let ended = ended.dispose(|d| d.remind(now))?;
    let id = contract.id;
    let number = ended.disposal.as_ref().map_or(0, |d| d.reminders.len());
    let event = event("contract.choice_reminded", "job", id).fact("number", number);
    save(work, contract, ContractState::Ended(ended), event, now).await?;
    let Some(disposal) = contract.state.disposal() else { return Ok(()) };
    let key = format!("choice_reminder:{id}:{number}");
    let values = |letter: Letter, lang| {
        letter
            .value("ended_on", calendar::date_in_words(disposal.ended_on, lang))
            .value("choose_until", calendar::date_in_words(disposal.choose_until, lang))
            .value("deletion_days", disposal.terms.deletion_days)
    };
    letters::to_customer(portal, work, contract, ("choice_reminder", &key), values, now).await
}

async fn apply_default(
    portal: &Portal,
    work: &mut Work,
    contract: &mut Contract,
    ended: Ended,
    now: DateTime<Utc>,
) -> Result<()> {
    let ended = ended.dispose(|d: Disposal| d.apply_default(now))?;
    let id = contract.id;
    let event = event("contract.choice_defaulted", "job", id).fact("way", "delete");
    save(work, contract, ContractState::Ended(ended), event, now).await?;
    let Some(disposal) = contract.state.disposal() else { return Ok(()) };
    let key = format!("choice_default:{id}");
    let delete_until = disposal.delete_until().unwrap_or(disposal.choose_until);
    let values = |letter: Letter, lang| {
        letter
            .value("choose_until", calendar::date_in_words(disposal.choose_until, lang))
            .value("delete_until", calendar::date_in_words(delete_until, lang))
    };
    letters::to_customer(portal, work, contract, ("choice_default", &key), values, now).await?;
    letters::to_managers(portal, work, contract, ("choice_default", &key), values, now).await
}
