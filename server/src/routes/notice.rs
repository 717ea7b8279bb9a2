//! Giving notice and taking it back, for a customer's signatories and for contract managers.

use super::my::{PathParts, contract_in, contract_path};
use crate::edge::{Answer, Fault, Visit};
use crate::form::Fields;
use crate::render::{again, page, shell};
use crate::router::{Route, get, post};
use app::pages::notice::{self, NoticeView, Step};
use axum::extract::Path;
use domain::contract::lifecycle::{NoticeInput, Side, earliest_last_day};
use domain::contract::{Contract, ContractState, Refusal};
use domain::permission::{Access, Actor, StaffRole};
use domain::{ContractId, Mistakes};
use service::Problem;
use service::contracts::read::ContractView;
use service::contracts::{give_notice, read, withdraw_notice};

const MANAGERS: Access = Access::Staff(&[StaffRole::ContractManager]);

/// The routes.
pub fn routes() -> Vec<Route> {
    let sign = Access::CustomerSign;
    vec![
        get("/{lang}/my/{customer}/contracts/{id}/notice", sign, own_page),
        post("/{lang}/my/{customer}/contracts/{id}/notice", sign, own_give),
        post("/{lang}/my/{customer}/contracts/{id}/notice/withdraw", sign, own_withdraw),
        get("/{lang}/contracts/{id}/notice", MANAGERS, staff_page),
        post("/{lang}/contracts/{id}/notice", MANAGERS, staff_give),
        post("/{lang}/contracts/{id}/notice/withdraw", MANAGERS, staff_withdraw),
    ]
}

/// What is on the page, or why there is none.
fn view(visit: &Visit, side: Side, whole: ContractView, typed: Typed) -> Result<NoticeView, Fault> {
    let c = whole.contract;
    let step = match &c.state {
        ContractState::InForce(f) => {
            let days = give_notice::notice_days(visit.portal(), f);
            let earliest = earliest_last_day(days, visit.now);
            let typed_by = typed.given_by;
            let mut typed = typed.notice;
            if typed == NoticeInput::default() {
                typed.last_day = earliest.to_string();
            }
            let given_by = if typed_by.is_empty() { "provider".into() } else { typed_by };
            Step::Give { days, earliest, given_by, typed }
        }
        ContractState::Ending(e) => Step::TakeBack { notice: e.notice.clone(), reason: typed.reason },
        other => return Err(Problem::from(Refusal::WrongState(other.name())).into()),
    };
    let catalogue = &visit.portal().content.catalogue;
    let name = |s: domain::Service| catalogue.service(s).name.get(visit.lang).clone();
    Ok(NoticeView {
        side,
        number: c.number.clone(),
        customer_name: whole.customer.facts.legal_name,
        provider_name: visit.portal().content.provider.legal_name.clone(),
        services: c.state.services().into_iter().map(name).collect(),
        path: path(side, &c),
        step,
        mistakes: typed.mistakes,
    })
}

/// What stands in the forms, and what was wrong with it.
#[derive(Default)]
struct Typed {
    notice: NoticeInput,
    given_by: String,
    reason: String,
    mistakes: Mistakes,
}

fn path(side: Side, c: &Contract) -> String {
    match side {
        Side::Customer => contract_path(c.customer, c.id),
        Side::Provider => format!("/contracts/{}", c.id),
    }
}

fn notice_input(fields: &Fields) -> NoticeInput {
    NoticeInput {
        kind: fields.text("kind"),
        reason: fields.text("reason"),
        last_day: fields.text("last_day"),
        services_end: fields.has("services_end"),
        understood: fields.has("understood"),
    }
}

async fn whole(visit: &Visit, side: Side, id: ContractId) -> Result<ContractView, Fault> {
    Ok(match side {
        Side::Customer => read::one(visit.portal(), &visit.customer_user()?, id).await?,
        Side::Provider => read::for_staff(visit.portal(), &visit.narrowed(Actor::staff)?, id).await?,
    })
}

/// Back to the contract; with mistakes the same page again with what was typed.
async fn answer(
    visit: &Visit,
    (side, id): (Side, ContractId),
    done: Result<(), Problem>,
    said: &str,
    typed: Typed,
) -> Answer {
    let whole = whole(visit, side, id).await?;
    match done {
        Ok(()) => Ok(visit.go_saying(&path(side, &whole.contract), said)),
        Err(Problem::Mistakes(mistakes)) => {
            let view = view(visit, side, whole, Typed { mistakes, ..typed })?;
            Ok(again(notice::render(shell(visit), view)))
        }
        Err(other) => Err(other.into()),
    }
}

async fn own_page(visit: Visit, Path(parts): PathParts) -> Answer {
    let whole = whole(&visit, Side::Customer, contract_in(&parts)?).await?;
    let view = view(&visit, Side::Customer, whole, Typed::default())?;
    Ok(page(notice::render(shell(&visit), view)))
}

async fn own_give(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (by, id) = (visit.signatory()?, contract_in(&parts)?);
    let input = notice_input(&fields);
    let done = give_notice::by_customer(visit.portal(), &by, id, &input, visit.now).await;
    let typed = Typed { notice: input, ..Typed::default() };
    answer(&visit, (Side::Customer, id), done, "notice-given", typed).await
}

async fn own_withdraw(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (by, id) = (visit.signatory()?, contract_in(&parts)?);
    let reason = fields.text("reason");
    let done = withdraw_notice::by_customer(visit.portal(), &by, id, &reason, visit.now).await;
    answer(&visit, (Side::Customer, id), done, "notice-withdrawn", Typed { reason, ..Typed::default() }).await
}

async fn staff_page(visit: Visit, Path(parts): PathParts) -> Answer {
    let whole = whole(&visit, Side::Provider, contract_in(&parts)?).await?;
    let view = view(&visit, Side::Provider, whole, Typed::default())?;
    Ok(page(notice::render(shell(&visit), view)))
}

async fn staff_give(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (by, id) = (visit.narrowed(Actor::contract_manager)?, contract_in(&parts)?);
    let input = notice_input(&fields);
    let given_by = fields.text("given_by");
    let done = match given_by.as_str() {
        "customer" => give_notice::enter(visit.portal(), &by, id, &input, visit.now).await,
        _ => give_notice::by_provider(visit.portal(), &by, id, &input, visit.now).await,
    };
    let typed = Typed { notice: input, given_by, ..Typed::default() };
    answer(&visit, (Side::Provider, id), done, "notice-given", typed).await
}

async fn staff_withdraw(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (by, id) = (visit.narrowed(Actor::contract_manager)?, contract_in(&parts)?);
    let reason = fields.text("reason");
    let whole = whole(&visit, Side::Provider, id).await?;
    let customers =
        matches!(&whole.contract.state, ContractState::Ending(e) if e.notice.side == Side::Customer);
    let done = match customers {
        true => withdraw_notice::enter(visit.portal(), &by, id, &reason, visit.now).await,
        false => withdraw_notice::by_provider(visit.portal(), &by, id, &reason, visit.now).await,
    };
    answer(&visit, (Side::Provider, id), done, "notice-withdrawn", Typed { reason, ..Typed::default() }).await
}
