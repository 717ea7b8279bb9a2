//! Keeps a draft as typed, complete or not.

use super::{event, load, save, wrong_state};
use crate::content::catalogue::Entry;
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::ContractId;
use domain::Mistakes;
use domain::contract::lifecycle::Draft;
use domain::contract::request::{self, RequestInput};
use domain::contract::{Contract, ContractState};
use domain::permission::CustomerUser;
use store::Work;

/// Saves the draft; `lock` is the one with which it was read.
///
/// # Errors
/// [`Problem::Refused`] when it was sent already, [`Problem::Stale`] when somebody else saved something else in the
/// meantime, [`Problem::Mistakes`] for choices that do not exist.
pub async fn run(
    portal: &Portal,
    by: &CustomerUser,
    id: ContractId,
    lock: i64,
    input: RequestInput,
    now: DateTime<Utc>,
) -> Result<()> {
    let input = worded(portal, input);
    let (mut work, mut contract) = open_draft(portal, by, id, lock, &input).await?;
    let state = ContractState::Draft(Draft { input });
    let event = event("contract.draft_saved", format!("user:{}", by.user), id);
    save(&mut work, &mut contract, state, event, now).await?;
    portal.commit(work, now).await
}

/// Begins a work on a draft for whoever may write it, with choices that exist, [`worded`] already.
///
/// # Errors
/// As [`run`].
pub(crate) async fn open_draft(
    portal: &Portal,
    by: &CustomerUser,
    id: ContractId,
    lock: i64,
    input: &RequestInput,
) -> Result<(Work, Contract)> {
    if !by.may_request() {
        return Err(Problem::Missing);
    }
    refuse_unknown_choices(portal, input)?;
    let work = portal.begin().await?;
    let contract = load(&work, by.customer, id).await?;
    match &contract.state {
        // The same once more (a second click) contradicts nobody.
        ContractState::Draft(draft) if contract.lock != lock && draft.input != *input => Err(Problem::Stale),
        ContractState::Draft(_) => Ok((work, contract)),
        other => Err(wrong_state(other)),
    }
}

/// Puts in the wording of the declaration as it is shown: the form only says whether it was ticked.
pub(crate) fn worded(portal: &Portal, mut input: RequestInput) -> RequestInput {
    let wording = portal.content.catalogue.own_permission.get(input.language);
    input.own_permission_wording.clone_from(wording);
    input
}

/// Choices that the catalogue does not have come from stale or forged forms.
fn refuse_unknown_choices(portal: &Portal, input: &RequestInput) -> Result<()> {
    let c = &portal.content.catalogue;
    let mut mistakes = Mistakes::default();
    let mut check = |field: &str, given: &[String], list: &[Entry]| {
        let known: Vec<&str> = list.iter().map(|e| e.id.as_str()).collect();
        mistakes.0.extend(request::unknown_ids(field, given, &known));
    };
    for s in &input.scope {
        check(&format!("data_{}", s.service.name()), &s.data_categories, &c.data_categories);
        check(&format!("subjects_{}", s.service.name()), &s.data_subjects, &c.data_subjects);
    }
    check("special_categories", &input.special_categories, &c.special_categories);
    if mistakes.is_empty() { Ok(()) } else { Err(mistakes.into()) }
}
