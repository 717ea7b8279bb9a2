//! After the end: the customer's choice and what became of it; the provider's tasks and the certificate.

use super::contract_words as words;
use super::my::{PathParts, contract_in, contract_path};
use crate::edge::{Answer, Fault, Visit};
use crate::form::Fields;
use crate::render::{again, page, shell};
use crate::router::{Route, get, post};
use app::pages::contract_parts::DocumentLink;
use app::pages::disposal::{self, DisposalView, Stage};
use app::pages::staff_disposal::{self, StaffDisposalView, Typed};
use axum::extract::Path;
use domain::contract::lifecycle::{Closed, DoneInput, Ended, RetainedInput};
use domain::contract::{ContractState, Refusal};
use domain::permission::{Access, Actor, StaffRole};
use domain::{ContractId, Mistakes, calendar};
use service::Problem;
use service::contracts::read::{self, ContractView};
use service::disposals::{begin, choose, close, confirm, hand_back, retain};

const MANAGERS: Access = Access::Staff(&[StaffRole::ContractManager]);

/// The routes.
pub fn routes() -> Vec<Route> {
    let staff = Access::ANY_STAFF;
    vec![
        get("/{lang}/my/{customer}/contracts/{id}/disposal", Access::Customer, own_page),
        post("/{lang}/my/{customer}/contracts/{id}/disposal", Access::CustomerRequest, own_choose),
        get("/{lang}/contracts/{id}/disposal", staff, staff_page),
        post("/{lang}/contracts/{id}/disposal/begin", MANAGERS, staff_begin),
        post("/{lang}/contracts/{id}/disposal/choice", MANAGERS, staff_enter_choice),
        post("/{lang}/contracts/{id}/disposal/return", staff, staff_return),
        post("/{lang}/contracts/{id}/disposal/tasks", staff, staff_confirm),
        post("/{lang}/contracts/{id}/disposal/retained", MANAGERS, staff_retain),
        post("/{lang}/contracts/{id}/disposal/retained/remove", MANAGERS, staff_unretain),
        post("/{lang}/contracts/{id}/disposal/close", MANAGERS, staff_close),
    ]
}

fn wrong_state(state: &ContractState) -> Fault {
    Problem::from(Refusal::WrongState(state.name())).into()
}

fn certificate(visit: &Visit, whole: &ContractView, base: &str) -> Option<DocumentLink> {
    whole.certificate.as_ref().map(|d| words::document(visit.t(), d, base))
}

// The customer

async fn own_view(
    visit: &Visit,
    id: ContractId,
    typed: String,
    mistakes: Mistakes,
) -> Result<DisposalView, Fault> {
    let by = visit.customer_user()?;
    let whole = read::one(visit.portal(), &by, id).await?;
    let stage = match &whole.contract.state {
        ContractState::Ending(e) => {
            Stage::Before { last_day: e.notice.last_day, chosen: e.choice.as_ref().map(|c| c.way) }
        }
        ContractState::Ended(Ended { disposal: Some(d), .. }) => {
            Stage::After { disposal: d.clone(), closed: false }
        }
        ContractState::Closed(Closed { ended: Ended { disposal: Some(d), .. }, .. }) => {
            Stage::After { disposal: d.clone(), closed: true }
        }
        other => return Err(wrong_state(other)),
    };
    let base = visit.t().url(&format!("/my/{}/documents", by.customer));
    Ok(DisposalView {
        number: whole.contract.number.clone(),
        customer_name: whole.customer.facts.legal_name.clone(),
        path: contract_path(by.customer, id),
        stage,
        may_choose: by.may_request(),
        typed,
        mistakes,
        certificate: certificate(visit, &whole, &base),
        names: whole.people,
        now: visit.now,
    })
}

async fn own_page(visit: Visit, Path(parts): PathParts) -> Answer {
    let view = own_view(&visit, contract_in(&parts)?, String::new(), Mistakes::default()).await?;
    Ok(page(disposal::render(shell(&visit), view)))
}

async fn own_choose(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (by, id) = (visit.customer_user()?, contract_in(&parts)?);
    let way = fields.text("way");
    match choose::run(visit.portal(), &by, id, &way, visit.now).await {
        Ok(()) => {
            let to = format!("{}/disposal", contract_path(by.customer, id));
            Ok(visit.go_saying(&to, "choice-made"))
        }
        Err(Problem::Mistakes(mistakes)) => {
            Ok(again(disposal::render(shell(&visit), own_view(&visit, id, way, mistakes).await?)))
        }
        Err(other) => Err(other.into()),
    }
}

// Staff

async fn staff_view(
    visit: &Visit,
    id: ContractId,
    typed: Typed,
    mistakes: Mistakes,
) -> Result<StaffDisposalView, Fault> {
    let staff = visit.narrowed(Actor::staff)?;
    let whole = read::for_staff(visit.portal(), &staff, id).await?;
    let state = &whole.contract.state;
    let (mut early, mut closed) = (None, None);
    match state {
        ContractState::Ended(_) => {}
        ContractState::Ending(e) => early = Some((e.notice.last_day, e.choice.as_ref().map(|c| c.way))),
        ContractState::Closed(c) => {
            closed = Some((whole.people.get(&c.by).cloned().unwrap_or_default(), c.at));
        }
        other => return Err(wrong_state(other)),
    }
    let base = visit.t().url(&format!("/contracts/{id}/documents"));
    Ok(StaffDisposalView {
        number: whole.contract.number.clone(),
        customer_name: whole.customer.facts.legal_name.clone(),
        path: format!("/contracts/{id}"),
        disposal: state.disposal().cloned(),
        early,
        closed,
        manager: staff.roles.contains(&StaffRole::ContractManager),
        typed,
        mistakes,
        certificate: certificate(visit, &whole, &base),
        names: whole.people,
        now: visit.now,
    })
}

/// What stands in the forms at first.
fn fresh(visit: &Visit) -> Typed {
    Typed { on: calendar::berlin_date(visit.now).to_string(), ..Typed::default() }
}

async fn answer(
    visit: &Visit,
    id: ContractId,
    done: Result<(), Problem>,
    said: &str,
    typed: Typed,
) -> Answer {
    match done {
        Ok(()) => Ok(visit.go_saying(&format!("/contracts/{id}/disposal"), said)),
        Err(Problem::Mistakes(mistakes)) => {
            let view = staff_view(visit, id, typed, mistakes).await?;
            Ok(again(staff_disposal::render(shell(visit), view)))
        }
        Err(other) => Err(other.into()),
    }
}

async fn staff_page(visit: Visit, Path(parts): PathParts) -> Answer {
    let view = staff_view(&visit, contract_in(&parts)?, fresh(&visit), Mistakes::default()).await?;
    Ok(page(staff_disposal::render(shell(&visit), view)))
}

async fn staff_begin(visit: Visit, Path(parts): PathParts) -> Answer {
    let (by, id) = (visit.narrowed(Actor::contract_manager)?, contract_in(&parts)?);
    let done = begin::run(visit.portal(), &by, id, visit.now).await;
    answer(&visit, id, done, "disposal-begun", fresh(&visit)).await
}

async fn staff_enter_choice(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (by, id) = (visit.narrowed(Actor::contract_manager)?, contract_in(&parts)?);
    let way = fields.text("way");
    let done = choose::enter(visit.portal(), &by, id, &way, visit.now).await;
    answer(&visit, id, done, "choice-entered", Typed { way, ..fresh(&visit) }).await
}

async fn staff_return(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (by, id) = (visit.narrowed(Actor::staff)?, contract_in(&parts)?);
    let how = fields.text("how");
    let done = hand_back::run(visit.portal(), &by, id, &how, visit.now).await;
    answer(&visit, id, done, "data-returned", Typed { how, ..fresh(&visit) }).await
}

async fn staff_confirm(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (by, id) = (visit.narrowed(Actor::staff)?, contract_in(&parts)?);
    let tasks = fields.all("tasks");
    let input = DoneInput { on: fields.text("on"), method: fields.text("method"), note: fields.text("note") };
    let done = confirm::run(visit.portal(), &by, id, &tasks, &input, visit.now).await;
    let DoneInput { on, method, note } = input;
    answer(&visit, id, done, "task-confirmed", Typed { tasks, on, method, note, ..Typed::default() }).await
}

async fn staff_retain(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (by, id) = (visit.narrowed(Actor::contract_manager)?, contract_in(&parts)?);
    let input =
        RetainedInput { what: fields.text("what"), law: fields.text("law"), until: fields.text("until") };
    let done = retain::add(visit.portal(), &by, id, &input, visit.now).await;
    let RetainedInput { what, law, until } = input;
    answer(&visit, id, done, "retention-noted", Typed { what, law, until, ..fresh(&visit) }).await
}

async fn staff_unretain(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (by, id) = (visit.narrowed(Actor::contract_manager)?, contract_in(&parts)?);
    let which = (fields.get("what"), fields.get("law"));
    let done = retain::remove(visit.portal(), &by, id, which, visit.now).await;
    answer(&visit, id, done, "retention-removed", fresh(&visit)).await
}

async fn staff_close(visit: Visit, Path(parts): PathParts) -> Answer {
    let (by, id) = (visit.narrowed(Actor::contract_manager)?, contract_in(&parts)?);
    let done = close::run(visit.portal(), &by, id, visit.now).await;
    answer(&visit, id, done, "contract-closed", fresh(&visit)).await
}
