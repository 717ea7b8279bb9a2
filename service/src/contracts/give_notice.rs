//! Either side gives notice; everyone of both sides is told.

use super::{event, load, load_any, save, wrong_state};
use crate::disposals::letters;
use crate::mail::Letter;
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::contract::lifecycle::{InForce, NoticeInput, Side};
use domain::contract::{Contract, ContractState};
use domain::permission::{ContractManager, Signatory};
use domain::{ContractId, UserId, calendar};
use store::Work;

/// A signatory of the customer gives notice.
///
/// # Errors
/// [`crate::Problem::Mistakes`] by field, [`crate::Problem::Refused`] in another state.
pub async fn by_customer(
    portal: &Portal,
    by: &Signatory,
    id: ContractId,
    input: &NoticeInput,
    now: DateTime<Utc>,
) -> Result<()> {
    let work = portal.begin().await?;
    let contract = load(&work, by.customer, id).await?;
    let giver = Giver { side: Side::Customer, by: by.user, name: &by.name, in_text_form: false };
    give(portal, work, contract, &giver, input, now).await
}

/// A contract manager gives notice for the provider.
///
/// # Errors
/// As [`by_customer`]; an ordinary notice must say that the services end, too.
pub async fn by_provider(
    portal: &Portal,
    by: &ContractManager,
    id: ContractId,
    input: &NoticeInput,
    now: DateTime<Utc>,
) -> Result<()> {
    let work = portal.begin().await?;
    let contract = load_any(&work, id).await?;
    let giver = Giver { side: Side::Provider, by: by.user, name: &by.name, in_text_form: false };
    give(portal, work, contract, &giver, input, now).await
}

/// A contract manager enters the notice that the customer gave in text form, with the last day that follows from its
/// receipt.
///
/// # Errors
/// As [`by_customer`].
pub async fn enter(
    portal: &Portal,
    by: &ContractManager,
    id: ContractId,
    input: &NoticeInput,
    now: DateTime<Utc>,
) -> Result<()> {
    let work = portal.begin().await?;
    let contract = load_any(&work, id).await?;
    let giver = Giver { side: Side::Customer, by: by.user, name: &by.name, in_text_form: true };
    give(portal, work, contract, &giver, input, now).await
}

struct Giver<'a> {
    side: Side,
    by: UserId,
    name: &'a str,
    in_text_form: bool,
}

async fn give(
    portal: &Portal,
    mut work: Work,
    mut contract: Contract,
    giver: &Giver<'_>,
    input: &NoticeInput,
    now: DateTime<Utc>,
) -> Result<()> {
    let ContractState::InForce(in_force) = contract.state.clone() else {
        return Err(wrong_state(&contract.state));
    };
    // What came in text form came before it is entered: whoever enters it counts from its receipt.
    let days = if giver.in_text_form { 0 } else { notice_days(portal, &in_force) };
    let mut ending = in_force.give_notice(giver.side, giver.by, input, days, now)?;
    if giver.in_text_form {
        ending = ending.noticed_in_text_form();
    }
    let side = giver.side;
    let notice = ending.notice.clone();
    let kind = if notice.good_cause { "good_cause" } else { "ordinary" };
    let event = event("contract.notice_given", format!("user:{}", giver.by), contract.id)
        .fact("side", side.name())
        .fact("kind", kind)
        .fact("last_day", notice.last_day)
        .fact("in_text_form", giver.in_text_form);
    save(&mut work, &mut contract, ContractState::Ending(ending), event, now).await?;
    let key = format!("notice_given:{}:{}", contract.id, now.timestamp_micros());
    let values = |letter: Letter, lang| {
        let reason = if notice.reason.is_empty() { "–" } else { &notice.reason };
        let name = match giver.in_text_form {
            true => format!("{} ({})", giver.name, letters::word(portal, lang, "in-text-form")),
            false => giver.name.to_string(),
        };
        letter
            .value("given_by", name)
            .value("side", letters::word(portal, lang, &format!("side-{}", side.name())))
            .value("kind", letters::word(portal, lang, &format!("notice-{kind}")))
            .value("given_at", calendar::in_words(now, lang))
            .value("last_day", calendar::date_in_words(notice.last_day, lang))
            .value("reason", reason)
    };
    letters::to_customer(portal, &work, &contract, ("notice_given", &key), values, now).await?;
    letters::to_managers(portal, &work, &contract, ("notice_given", &key), values, now).await?;
    portal.commit(work, now).await
}

/// The period of an ordinary notice for this contract, in days.
pub fn notice_days(portal: &Portal, contract: &InForce) -> u16 {
    portal.content.endings.of(&contract.text_version).notice_days
}
