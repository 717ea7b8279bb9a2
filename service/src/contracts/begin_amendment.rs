//! A new version of a contract in force is begun: a draft under the same number, filled in with what was agreed.

use super::begin::{prefill, usual_scope};
use super::{customer_link, customer_of, event, load, load_any, people_of, wrong_state};
use crate::fresh;
use crate::mail::{self, Letter, Recipient};
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::ContractId;
use domain::contract::lifecycle::{Draft, InForce};
use domain::contract::request::{Person, RequestInput};
use domain::contract::{Contract, ContractState, StateName};
use domain::customer::Customer;
use domain::permission::{ContractManager, CustomerRole, CustomerUser};
use store::{StoreError, Work, contacts, contracts};

/// Somebody of the customer begins a new version, or finds the one that is on its way.
///
/// # Errors
/// [`Problem::Missing`] without the right to request, [`Problem::Refused`] when the contract is not in force or has a
/// successor already, [`Problem::Stale`] when somebody else began one at the same instant.
pub async fn by_customer(
    portal: &Portal,
    by: &CustomerUser,
    id: ContractId,
    now: DateTime<Utc>,
) -> Result<ContractId> {
    if !by.may_request() {
        return Err(Problem::Missing);
    }
    let mut work = portal.begin().await?;
    let old = load(&work, by.customer, id).await?;
    let (draft, new) = begin(portal, &mut work, &old, &format!("user:{}", by.user), now).await?;
    if new {
        portal.commit(work, now).await?;
    }
    Ok(draft.id)
}

/// A contract manager begins a new version on behalf of the customer, whose people are asked to complete it.
///
/// # Errors
/// As [`by_customer`], without the first.
pub async fn by_provider(
    portal: &Portal,
    by: &ContractManager,
    id: ContractId,
    now: DateTime<Utc>,
) -> Result<ContractId> {
    let mut work = portal.begin().await?;
    let old = load_any(&work, id).await?;
    let (draft, new) = begin(portal, &mut work, &old, &format!("user:{}", by.user), now).await?;
    if new {
        tell_customer(portal, &work, &draft, now).await?;
        portal.commit(work, now).await?;
    }
    Ok(draft.id)
}

/// The draft, and whether it is new.
async fn begin(
    portal: &Portal,
    work: &mut Work,
    old: &Contract,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<(Contract, bool)> {
    let all = contracts::of_customer(work.db(), old.customer).await?;
    let versions: Vec<_> = all.into_iter().filter(|c| c.number == old.number).collect();
    let on_its_way = |c: &&Contract| !c.state.name().is_over() && !c.state.name().rules();
    if let Some(open) = versions.iter().find(on_its_way) {
        return Ok((open.clone(), false));
    }
    let ContractState::InForce(in_force) = &old.state else {
        return Err(wrong_state(&old.state));
    };
    in_force.may_amend(now)?;
    let customer = customer_of(work, old).await?;
    let draft = Contract {
        id: fresh::id(now),
        customer: old.customer,
        number: old.number.clone(),
        version: versions.iter().map(|c| c.version).max().unwrap_or(old.version) + 1,
        state: ContractState::Draft(Draft { input: input(portal, work, &customer, in_force).await? }),
        lock: 0,
        created_at: now,
        updated_at: now,
    };
    let somebody_faster = |e: StoreError| if e.is_taken() { Problem::Stale } else { e.into() };
    contracts::insert_many(work.db(), std::slice::from_ref(&draft)).await.map_err(somebody_faster)?;
    let begun = event("contract.begun", actor, draft.id).fact("to", StateName::Draft.name());
    work.record(begun.fact("amends", old.id).fact("version", draft.version));
    work.gate_changed();
    Ok((draft, true))
}

/// What was agreed; from paper only the services are known. Who signed in somebody's place is named again.
async fn input(portal: &Portal, work: &Work, customer: &Customer, old: &InForce) -> Result<RequestInput> {
    let Some(offered) = old.signed.as_ref().map(|s| &s.offered) else {
        let known = contacts::of_customer(work.db(), customer.id).await?;
        let mut input = prefill(portal, customer, &known);
        input.scope = old.services.iter().map(|s| usual_scope(portal, *s)).collect();
        return Ok(input);
    };
    let mut input = offered.frozen.request.as_input();
    input.signatories = offered.signers().into_iter().map(|s| s.person.clone()).collect();
    input.signatories.resize_with(2, Person::default);
    Ok(input)
}

async fn tell_customer(portal: &Portal, work: &Work, draft: &Contract, now: DateTime<Utc>) -> Result<()> {
    let customer = customer_of(work, draft).await?;
    let roles = [CustomerRole::Signatory, CustomerRole::PrivacyContact];
    for person in people_of(work, draft.customer, &roles).await? {
        let lang = person.language;
        let letter = Letter::new("amendment_begun", Recipient::from(&person))
            .value("customer_name", &customer.facts.legal_name)
            .value("contract_number", &draft.number)
            .value("version", draft.version)
            .value("link", format!("{}/request", customer_link(portal, lang, draft)));
        let key = format!("amendment_begun:{}:{}", draft.id, person.id);
        mail::enqueue(portal, work, letter, format!("contract:{}", draft.id), key, now).await?;
    }
    Ok(())
}
