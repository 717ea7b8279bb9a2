//! The customer chooses: delete or return. Before the end already, until the period is over, and anew until the work
//! has begun. What it writes in text form is entered by a contract manager.

use super::letters;
use crate::contracts::{event, load, load_any, save, wrong_state};
use crate::mail::Letter;
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::contract::lifecycle::{Disposal, Ended, Ending, Way};
use domain::contract::{Contract, ContractState};
use domain::permission::{ContractManager, CustomerUser};
use domain::{ContractId, Mistake, UserId, calendar};
use store::Work;

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
    let work = portal.begin().await?;
    let contract = load(&work, by.customer, id).await?;
    let chosen = Chosen { by: by.user, name: &by.name, in_text_form: false };
    choose(portal, work, contract, &chosen, choice, now).await
}

/// A contract manager enters the choice that the customer sent in text form.
///
/// # Errors
/// As [`run`].
pub async fn enter(
    portal: &Portal,
    by: &ContractManager,
    id: ContractId,
    choice: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let work = portal.begin().await?;
    let contract = load_any(&work, id).await?;
    let chosen = Chosen { by: by.user, name: &by.name, in_text_form: true };
    choose(portal, work, contract, &chosen, choice, now).await
}

struct Chosen<'a> {
    by: UserId,
    name: &'a str,
    in_text_form: bool,
}

async fn choose(
    portal: &Portal,
    mut work: Work,
    mut contract: Contract,
    by: &Chosen<'_>,
    choice: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let id = contract.id;
    let state = match contract.state.clone() {
        ContractState::Ending(s) => ContractState::Ending(early(s, by, read(choice)?, now)?),
        ContractState::Ended(s) => ContractState::Ended(late(s, by, read(choice)?, now)?),
        other => return Err(wrong_state(&other)),
    };
    let way = read(choice)?;
    let event = event("contract.choice_made", format!("user:{}", by.by), id)
        .fact("way", way.name())
        .fact("in_text_form", by.in_text_form);
    save(&mut work, &mut contract, state, event, now).await?;
    let key = format!("choice_made:{id}:{}", now.timestamp_micros());
    let values = |letter: Letter, lang| {
        let name = match by.in_text_form {
            true => format!("{} ({})", by.name, letters::word(portal, lang, "in-text-form")),
            false => by.name.to_string(),
        };
        letter
            .value("choice", letters::way(portal, lang, way))
            .value("chosen_by", name)
            .value("chosen_at", calendar::in_words(now, lang))
    };
    letters::to_customer(portal, &work, &contract, ("choice_made", &key), values, now).await?;
    letters::to_managers(portal, &work, &contract, ("choice_made", &key), values, now).await?;
    portal.commit(work, now).await
}

fn read(choice: &str) -> Result<Way> {
    Way::parse(choice).ok_or_else(|| Mistake::new("way", "choose-one").into())
}

fn early(s: Ending, by: &Chosen<'_>, way: Way, now: DateTime<Utc>) -> Result<Ending> {
    let chosen = s.choose(way, by.by, now)?;
    Ok(if by.in_text_form { chosen.chosen_in_text_form() } else { chosen })
}

fn late(s: Ended, by: &Chosen<'_>, way: Way, now: DateTime<Utc>) -> Result<Ended> {
    let step = |d: Disposal| {
        let chosen = d.choose(way, by.by, now)?;
        Ok(if by.in_text_form { chosen.chosen_in_text_form() } else { chosen })
    };
    Ok(s.dispose(step)?)
}
