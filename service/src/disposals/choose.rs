//! The customer chooses: delete or return. Before the end already, until the period is over, and anew until the work
//! has begun.

use super::letters;
use crate::contracts::{event, load, save, wrong_state};
use crate::mail::Letter;
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::contract::ContractState;
use domain::contract::lifecycle::Way;
use domain::permission::CustomerUser;
use domain::{ContractId, Mistake, calendar};

/// Chooses.
///
/// # Errors
/// [`Problem::Missing`] without the right to choose (signatories and privacy contacts have it),
/// [`Problem::Mistakes`] without a choice, [`Problem::Refused`] when it is over, begun, or the same again.
pub async fn run(
    portal: &Portal,
    by: &CustomerUser,
    id: ContractId,
    choice: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    if !by.may_request() {
        return Err(Problem::Missing);
    }
    let mut work = portal.begin().await?;
    let mut contract = load(&work, by.customer, id).await?;
    let way = Way::parse(choice).ok_or_else(|| Mistake::new("way", "choose-one"));
    let state = match contract.state.clone() {
        ContractState::Ending(s) => ContractState::Ending(s.choose(way?, by.user, now)?),
        ContractState::Ended(s) => {
            let way = way?;
            ContractState::Ended(s.dispose(|d| d.choose(way, by.user, now))?)
        }
        other => return Err(wrong_state(&other)),
    };
    let way = Way::parse(choice).unwrap_or(Way::Delete);
    let event = event("contract.choice_made", format!("user:{}", by.user), id).fact("way", way.name());
    save(&mut work, &mut contract, state, event, now).await?;
    let key = format!("choice_made:{id}:{}", now.timestamp_micros());
    let values = |letter: Letter, lang| {
        letter
            .value("choice", letters::way(portal, lang, way))
            .value("chosen_by", &by.name)
            .value("chosen_at", calendar::in_words(now, lang))
    };
    letters::to_customer(portal, &work, &contract, ("choice_made", &key), values, now).await?;
    letters::to_managers(portal, &work, &contract, ("choice_made", &key), values, now).await?;
    portal.commit(work, now).await
}
