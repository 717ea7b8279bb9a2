//! Either side says no, with a reason; the other side is told.

use super::{
    customer_link, customer_of, event, load, load_any, managers, people_of, save, staff_link, wrong_state,
};
use crate::mail::{self, Letter, Recipient};
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::contract::{Contract, ContractState, Refusal};
use domain::people::User;
use domain::permission::{ContractManager, CustomerRole, Signatory};
use domain::{ContractId, calendar};
use store::Work;

/// The provider declines a request, an offer or a signed contract.
///
/// # Errors
/// [`crate::Problem::Mistakes`] without a reason, [`crate::Problem::Refused`] in another state.
pub async fn by_provider(
    portal: &Portal,
    by: &ContractManager,
    id: ContractId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut contract = load_any(&work, id).await?;
    let closed = match contract.state.clone() {
        ContractState::Requested(s) => s.decline(reason, by.user, now)?,
        ContractState::Offered(s) => s.decline(reason, true, by.user, now)?,
        ContractState::SignedByCustomer(s) => s.decline(reason, by.user, now)?,
        other => return Err(wrong_state(&other)),
    };
    let event = event("contract.declined", format!("user:{}", by.user), id).fact("side", "provider");
    save(&mut work, &mut contract, ContractState::Declined(closed), event, now).await?;
    let roles = [CustomerRole::Signatory, CustomerRole::PrivacyContact];
    let people = people_of(&work, contract.customer, &roles).await?;
    let declined_by = portal.content.provider.legal_name.clone();
    for person in people {
        let link = customer_link(portal, person.language, &contract);
        tell(portal, &work, &contract, &person, (&declined_by, reason, &link), now).await?;
    }
    portal.commit(work, now).await
}

/// A signatory of the customer declines the offer.
///
/// # Errors
/// As [`by_provider`]; refused, too, when they have passed the signature on: it is not theirs any more.
pub async fn by_customer(
    portal: &Portal,
    by: &Signatory,
    id: ContractId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut contract = load(&work, by.customer, id).await?;
    let closed = match contract.state.clone() {
        ContractState::Offered(s) if s.passed_on(&by.email).is_some() => return Err(Refusal::PassedOn.into()),
        ContractState::Offered(s) => s.decline(reason, false, by.user, now)?,
        other => return Err(wrong_state(&other)),
    };
    let event = event("contract.declined", format!("user:{}", by.user), id).fact("side", "customer");
    save(&mut work, &mut contract, ContractState::Declined(closed), event, now).await?;
    for manager in managers(work.db()).await? {
        let link = staff_link(portal, manager.language, id);
        tell(portal, &work, &contract, &manager, (&by.name, reason, &link), now).await?;
    }
    portal.commit(work, now).await
}

async fn tell(
    portal: &Portal,
    work: &Work,
    contract: &Contract,
    to: &User,
    (declined_by, reason, link): (&str, &str, &str),
    now: DateTime<Utc>,
) -> Result<()> {
    let customer = customer_of(work, contract).await?;
    let letter = Letter::new("contract_declined", Recipient::from(to))
        .value("customer_name", &customer.facts.legal_name)
        .value("contract_number", &contract.number)
        .value("declined_by", declined_by)
        .value("declined_at", calendar::in_words(now, to.language))
        .value("reason", reason.trim())
        .value("link", link);
    let key = format!("contract_declined:{}:{}", contract.id, to.id);
    mail::enqueue(portal, work, letter, format!("contract:{}", contract.id), key, now).await
}
