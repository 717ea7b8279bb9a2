//! The customer takes a draft or a request back.

use super::{customer_of, event, load, managers, save, staff_link, wrong_state};
use crate::mail::{self, Letter, Recipient};
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::contract::lifecycle::withdraw_draft;
use domain::contract::{ContractState, StateName};
use domain::permission::CustomerUser;
use domain::{ContractId, calendar};

/// Withdraws.
///
/// # Errors
/// [`Problem::Refused`] in another state, [`Problem::Missing`] without the right to request.
pub async fn run(portal: &Portal, by: &CustomerUser, id: ContractId, now: DateTime<Utc>) -> Result<()> {
    if !by.may_request() {
        return Err(Problem::Missing);
    }
    let mut work = portal.begin().await?;
    let mut contract = load(&work, by.customer, id).await?;
    let closed = match contract.state.clone() {
        ContractState::Draft(s) => withdraw_draft(s, by.user, now),
        ContractState::Requested(s) => s.withdraw(by.user, now)?,
        other => return Err(wrong_state(&other)),
    };
    let was_sent = closed.from == StateName::Requested;
    let event = event("contract.withdrawn", format!("user:{}", by.user), id);
    save(&mut work, &mut contract, ContractState::Withdrawn(closed), event, now).await?;
    if was_sent {
        let customer = customer_of(&work, &contract).await?;
        for m in managers(work.db()).await? {
            let letter = Letter::new("contract_withdrawn", Recipient::from(&m))
                .value("customer_name", &customer.facts.legal_name)
                .value("contract_number", &contract.number)
                .value("withdrawn_by", &by.name)
                .value("withdrawn_at", calendar::in_words(now, m.language))
                .value("link", staff_link(portal, m.language, id));
            let key = format!("contract_withdrawn:{id}:{}", m.id);
            mail::enqueue(portal, &work, letter, format!("contract:{id}"), key, now).await?;
        }
    }
    portal.commit(work, now).await
}
