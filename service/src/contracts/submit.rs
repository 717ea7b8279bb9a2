//! The customer sends the request: examination begins, the contract managers are told.

use super::save_draft::{open_draft, worded};
use super::{customer_of, event, managers, save, staff_link};
use crate::mail::{self, Letter, Recipient};
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::contract::lifecycle::Draft;
use domain::contract::request::RequestInput;
use domain::contract::{Contract, ContractState};
use domain::customer::Customer;
use domain::permission::CustomerUser;
use domain::{ContractId, calendar};
use store::Work;

/// Days in which a request is examined; a last day that is no working day moves on to the next one.
pub const EXAMINE_WITHIN_DAYS: u16 = 7;

/// Sends the request; `lock` is the one with which its draft was read.
///
/// # Errors
/// [`crate::Problem::Mistakes`] with everything that is missing, [`crate::Problem::Refused`] when it was sent already,
/// [`crate::Problem::Stale`] when somebody else saved something else in the meantime.
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
    let customer = customer_of(&work, &contract).await?;
    let draft = Draft { input };
    let requested = draft.submit(customer.facts.representation, by.user, now)?;
    let event = event("contract.requested", format!("user:{}", by.user), id);
    save(&mut work, &mut contract, ContractState::Requested(requested), event, now).await?;
    tell_managers(portal, &work, &contract, &customer, &by.name, now).await?;
    portal.commit(work, now).await
}

async fn tell_managers(
    portal: &Portal,
    work: &Work,
    contract: &Contract,
    customer: &Customer,
    requester: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let due = calendar::last_day_of_days(calendar::berlin_date(now), EXAMINE_WITHIN_DAYS);
    for m in managers(work.db()).await? {
        let lang = m.language;
        let letter = Letter::new("contract_requested", Recipient::from(&m))
            .value("customer_name", &customer.facts.legal_name)
            .value("customer_number", &customer.facts.number)
            .value("requester_name", requester)
            .value("requested_at", calendar::in_words(now, lang))
            .value("services", portal.content.catalogue.service_names(&contract.state.services(), lang))
            .value("due_on", calendar::date_in_words(due, lang))
            .value("link", staff_link(portal, lang, contract.id));
        let key = format!("contract_requested:{}:{}:{}", contract.id, contract.lock, m.id);
        mail::enqueue(portal, work, letter, format!("contract:{}", contract.id), key, now).await?;
    }
    Ok(())
}
