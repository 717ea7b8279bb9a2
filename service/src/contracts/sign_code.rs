//! Sends the six-digit code that goes before a signature.

use super::{customer_of, event, load, wrong_state};
use crate::fresh;
use crate::mail::{self, Letter, Recipient};
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::contract::ContractState;
use domain::contract::signing::{CODE_LIFETIME, CODE_PAUSE, CODE_TRIES, SignCode, commitment};
use domain::permission::Signatory;
use domain::{ContractId, audit, calendar};
use store::{sign_codes, users};

/// Sends a new code; the one before it counts no more.
///
/// # Errors
/// [`Problem::Refused`] when this person may not sign now, [`Problem::TooMany`] when one was sent moments ago.
pub async fn run(portal: &Portal, by: &Signatory, id: ContractId, now: DateTime<Utc>) -> Result<()> {
    let mut work = portal.begin().await?;
    let contract = load(&work, by.customer, id).await?;
    let ContractState::Offered(offered) = &contract.state else {
        return Err(wrong_state(&contract.state));
    };
    offered.may_sign(by.user, &by.email, now)?;
    if let Some(last) = sign_codes::find(work.db(), id, by.user).await?
        && now < last.sent_at + CODE_PAUSE
        && !last.used
    {
        return Err(Problem::TooMany);
    }
    let code = fresh::code()?;
    let salt = audit::hex(&fresh::bytes::<16>()?);
    let stored = SignCode {
        commitment: commitment(&salt, &code),
        salt,
        sent_at: now,
        tries_left: CODE_TRIES,
        used: false,
    };
    sign_codes::replace(work.db(), id, by.user, &stored).await?;
    let user = users::by_id(work.db(), by.user).await?.ok_or(Problem::Missing)?;
    let customer = customer_of(&work, &contract).await?;
    let letter = Letter::new("sign_code", Recipient::from(&user))
        .value("customer_name", &customer.facts.legal_name)
        .value("contract_number", &contract.number)
        .value("code", code)
        .value("valid_until", calendar::in_words(now + CODE_LIFETIME, user.language))
        .value("privacy_email", &portal.content.provider.privacy_email)
        .secret();
    let key = format!("sign_code:{id}:{}:{}", by.user, now.timestamp_micros());
    mail::enqueue(portal, &work, letter, format!("contract:{id}"), key, now).await?;
    work.record(event("contract.code_sent", format!("user:{}", by.user), id));
    portal.commit(work, now).await
}

/// Whether a code that still counts is on its way to this person.
///
/// # Errors
/// When the database fails.
pub async fn on_its_way(portal: &Portal, by: &Signatory, id: ContractId, now: DateTime<Utc>) -> Result<bool> {
    let found = sign_codes::find(portal.store.read(), id, by.user).await?;
    Ok(found.is_some_and(|c| !c.used && c.tries_left > 0 && now < c.sent_at + CODE_LIFETIME))
}
