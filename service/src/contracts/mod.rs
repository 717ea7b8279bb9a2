//! The contract's main path, one file an action.

pub mod build_document;

pub mod begin;

pub mod save_draft;

pub mod submit;

pub mod offer;

pub(crate) mod freeze;

pub(crate) mod renew;

pub mod sign_code;

pub mod sign;

pub mod countersign;

pub mod decline;

pub mod withdraw;

pub mod lapse;

pub mod remind;

pub mod delegate;

pub mod name_signatory;

pub mod begin_amendment;

pub mod give_notice;
mod supersede;

pub mod withdraw_notice;

pub mod document_job;

pub mod verification;

mod evidence;

pub mod proof_pack;

pub mod read;

use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::audit::Event;
use domain::contract::{Contract, ContractState};
use domain::customer::Customer;
use domain::people::User;
use domain::permission::{CustomerRole, StaffRole};
use domain::{ContractId, CustomerId, Lang};
use store::contracts::SeenByGate;
use store::{Connection, Work, contracts, customers, memberships, users};

/// The contract of this customer, within a work.
pub(crate) async fn load(work: &Work, customer: CustomerId, id: ContractId) -> Result<Contract> {
    contracts::find(work.db(), customer, id).await?.ok_or(Problem::Missing)
}

/// Any contract, for staff.
pub(crate) async fn load_any(work: &Work, id: ContractId) -> Result<Contract> {
    contracts::find_any(work.db(), id).await?.ok_or(Problem::Missing)
}

/// The customer of a contract.
pub(crate) async fn customer_of(work: &Work, contract: &Contract) -> Result<Customer> {
    customers::by_id(work.db(), contract.customer).await?.ok_or(Problem::Missing)
}

/// Saves the next state and records the move. The gate hears of it when it would answer otherwise: not of every draft
/// that is saved, not of the first of two signatures.
pub(crate) async fn save(
    work: &mut Work,
    contract: &mut Contract,
    state: ContractState,
    event: Event,
    now: DateTime<Utc>,
) -> Result<()> {
    let from = contract.state.name();
    if SeenByGate::of(&contract.state) != SeenByGate::of(&state) {
        work.gate_changed();
    }
    contract.state = state;
    contract.updated_at = now;
    contracts::update(work.db(), contract).await?;
    contract.lock += 1;
    work.record(event.fact("from", from.name()).fact("to", contract.state.name().name()));
    Ok(())
}

/// An event about a contract.
pub(crate) fn event(kind: &str, actor: impl ToString, id: ContractId) -> Event {
    Event::new(kind, actor, format!("contract:{id}"))
}

/// The wrong state for a move.
pub(crate) fn wrong_state(state: &ContractState) -> Problem {
    domain::contract::Refusal::WrongState(state.name()).into()
}

/// People of a customer with one of these roles.
pub(crate) async fn people_of(
    work: &Work,
    customer: CustomerId,
    roles: &[CustomerRole],
) -> Result<Vec<User>> {
    let of = memberships::of_customer(work.db(), customer).await?;
    let mut ids: Vec<_> = of.into_iter().filter(|(_, r)| roles.contains(r)).map(|(u, _)| u).collect();
    ids.sort();
    ids.dedup();
    Ok(users::by_ids(work.db(), &ids).await?.into_iter().filter(|u| !u.locked).collect())
}

/// Contract managers, who are told of requests and signatures.
pub(crate) async fn managers(db: &impl Connection) -> Result<Vec<User>> {
    Ok(users::with_role(db, StaffRole::ContractManager).await?)
}

/// Address of a contract's page for staff.
pub(crate) fn staff_link(portal: &Portal, lang: Lang, id: ContractId) -> String {
    portal.url(lang, &format!("/contracts/{id}"))
}

/// Address of a contract's page for its customer.
pub(crate) fn customer_link(portal: &Portal, lang: Lang, contract: &Contract) -> String {
    portal.url(lang, &format!("/my/{}/contracts/{}", contract.customer, contract.id))
}

/// Whether the customer has a contract on its way or in force: then no second one is begun beside it.
pub(crate) fn open_contract(all: &[Contract]) -> Option<&Contract> {
    all.iter().find(|c| !c.state.name().is_over() && !c.state.name().rules())
}
