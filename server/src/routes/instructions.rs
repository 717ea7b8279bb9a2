//! The register of instructions: the customer's pages, the staff's, and their forms.

use super::contract_words::attachment;
use super::my::PathParts;
use super::register_words::{
    customer_side, entry_in, happened, keeper, name_of, once, only_open, query, staff_list, staff_side, voice,
};
use crate::edge::{Answer, Fault, Visit};
use crate::form::Fields;
use crate::render::{again, page, shell};
use crate::router::{Route, get, post};
use app::pages::instruction::{self, InstructionView, Typed};
use app::pages::instructions::{self, InstructionFormView};
use app::pages::register_list::RegisterView;
use app::pages::register_parts::{EntryLine, Side};
use axum::extract::Path;
use axum::response::Response;
use domain::permission::{Access, Actor, StaffRole};
use domain::register::instruction::{AnswerInput, Done, InstructionInput, InstructionState, ReceiptInput};
use domain::register::{Entry, Register as _};
use domain::{EntryId, Mistakes, Service, calendar};
use service::Problem;
use service::export::{Exporter, Format};
use service::registers::instructions::{answer, give, handle, read, record, warn};
use service::registers::{Shown, export};

const KEEPERS: Access = Access::Staff(&[StaffRole::ContractManager, StaffRole::PrivacyOfficer]);
const OFFICERS: Access = Access::Staff(&[StaffRole::PrivacyOfficer]);

/// The routes.
pub fn routes() -> Vec<Route> {
    let (any, speaks) = (Access::Customer, Access::CustomerRequest);
    vec![
        get("/{lang}/my/{customer}/instructions", any, my_list),
        get("/{lang}/my/{customer}/instructions/export.csv", any, my_export),
        get("/{lang}/my/{customer}/instructions/new", speaks, my_form),
        post("/{lang}/my/{customer}/instructions/new", speaks, my_give),
        get("/{lang}/my/{customer}/instructions/{id}", any, my_one),
        post("/{lang}/my/{customer}/instructions/{id}/confirm", speaks, my_confirm),
        post("/{lang}/my/{customer}/instructions/{id}/answer", speaks, my_answer),
        post("/{lang}/my/{customer}/instructions/{id}/withdraw", speaks, my_withdraw),
        get("/{lang}/instructions", Access::ANY_STAFF, list),
        get("/{lang}/instructions/export.csv", KEEPERS, export_all),
        get("/{lang}/instructions/new", KEEPERS, form),
        post("/{lang}/instructions/new", KEEPERS, record_one),
        get("/{lang}/instructions/{id}", Access::ANY_STAFF, one),
        post("/{lang}/instructions/{id}/acknowledge", KEEPERS, acknowledge),
        post("/{lang}/instructions/{id}/carry-out", KEEPERS, carry_out),
        post("/{lang}/instructions/{id}/warn", OFFICERS, warn_about),
        post("/{lang}/instructions/{id}/refuse", OFFICERS, refuse),
    ]
}

fn line(visit: &Visit, side: &Side, e: &Entry<InstructionState>, customer: String) -> EntryLine {
    EntryLine {
        number: e.number.clone(),
        title: e.state.instruction().title.clone(),
        customer,
        state: e.state.state(),
        at: e.created_at,
        due: read::due(visit.portal(), &e.state),
        href: visit.t().url(&format!("{}/{}", side.base("instructions"), e.id)),
    }
}

async fn my_list(visit: Visit) -> Answer {
    let side = customer_side(&visit)?;
    let all = read::of_customer(visit.portal(), &visit.customer_user()?).await?;
    let lines = all.iter().map(|e| line(&visit, &side, e, String::new())).collect();
    let possible = give::possible(visit.portal(), visit.customer_user()?.customer).await.is_ok();
    Ok(page(instructions::render(shell(&visit), RegisterView::own(side, possible, lines))))
}

async fn list(visit: Visit) -> Answer {
    let (side, fields) = (staff_side(&visit)?, query(&visit));
    let by = visit.narrowed(Actor::staff)?;
    let (found, total) = read::list(visit.portal(), &by, only_open(&fields), fields.page()).await?;
    let lines = found.into_iter().map(|(e, c)| line(&visit, &side, &e, name_of(c))).collect();
    Ok(page(instructions::render(shell(&visit), staff_list(&visit, lines, total)?)))
}

fn csv(visit: &Visit, file: Vec<u8>) -> Response {
    let name = format!("instructions-{}.csv", calendar::berlin_date(visit.now));
    attachment(&name, "text/csv; charset=utf-8; header=present", file)
}

async fn my_export(visit: Visit) -> Answer {
    let file =
        export::of_customer::<InstructionState>(visit.portal(), &visit.customer_user()?, visit.now).await?;
    Ok(csv(&visit, file))
}

async fn export_all(visit: Visit) -> Answer {
    let by = Exporter::Staff(visit.narrowed(Actor::staff)?);
    let file = export::all::<InstructionState>(visit.portal(), &by, Format::Csv, visit.now).await?;
    Ok(csv(&visit, file))
}

fn input(fields: &Fields) -> InstructionInput {
    InstructionInput {
        title: fields.text("title"),
        text: fields.text("text"),
        services: fields.all("services"),
        wish: fields.text("wish"),
    }
}

async fn my_form(visit: Visit) -> Answer {
    let side = customer_side(&visit)?;
    let under = give::possible(visit.portal(), voice(&visit)?.customer).await?;
    let view = InstructionFormView {
        side,
        once: service::fresh::id(visit.now),
        services: under.services,
        customer: String::new(),
        input: InstructionInput::default(),
        receipt: ReceiptInput::default(),
        mistakes: Mistakes::default(),
    };
    Ok(page(instructions::render_form(shell(&visit), view)))
}

async fn my_give(visit: Visit, fields: Fields) -> Answer {
    let (by, once, input) = (voice(&visit)?, once(&fields)?, input(&fields));
    match give::run(visit.portal(), &by, once, &input, visit.now).await {
        Ok(id) => Ok(visit.go_saying(&my_path(&by, id), "instruction-given")),
        Err(Problem::Mistakes(mistakes)) => {
            let under = give::possible(visit.portal(), by.customer).await?;
            let view = InstructionFormView {
                side: customer_side(&visit)?,
                once,
                services: under.services,
                customer: String::new(),
                input,
                receipt: ReceiptInput::default(),
                mistakes,
            };
            Ok(again(instructions::render_form(shell(&visit), view)))
        }
        Err(other) => Err(other.into()),
    }
}

fn my_path(by: &domain::permission::Voice, id: EntryId) -> String {
    format!("/my/{}/instructions/{id}", by.customer)
}

async fn form(visit: Visit) -> Answer {
    let receipt =
        ReceiptInput { received_on: calendar::berlin_date(visit.now).to_string(), ..ReceiptInput::default() };
    let view = InstructionFormView {
        side: staff_side(&visit)?,
        once: service::fresh::id(visit.now),
        services: Service::ALL.to_vec(),
        customer: query(&visit).text("customer"),
        input: InstructionInput::default(),
        receipt,
        mistakes: Mistakes::default(),
    };
    Ok(page(instructions::render_form(shell(&visit), view)))
}

async fn record_one(visit: Visit, fields: Fields) -> Answer {
    let once = once(&fields)?;
    let receipt = ReceiptInput {
        channel: fields.text("channel"),
        giver: fields.text("giver"),
        received_on: fields.text("received_on"),
    };
    let input = input(&fields);
    let by = keeper(&visit)?;
    let customer = fields.get("customer");
    match record::run(visit.portal(), &by, once, customer, (&input, &receipt), visit.now).await {
        Ok(id) => Ok(visit.go_saying(&format!("/instructions/{id}"), "instruction-recorded")),
        Err(Problem::Mistakes(mistakes)) => {
            let view = InstructionFormView {
                side: staff_side(&visit)?,
                once,
                services: Service::ALL.to_vec(),
                customer: fields.text("customer"),
                input,
                receipt,
                mistakes,
            };
            Ok(again(instructions::render_form(shell(&visit), view)))
        }
        Err(other) => Err(other.into()),
    }
}

fn view(
    visit: &Visit,
    side: Side,
    whole: Shown<InstructionState>,
    typed: Typed,
    mistakes: Mistakes,
) -> InstructionView {
    let suspended = matches!(whole.entry.state, InstructionState::Suspended { .. });
    let warned = whole.entry.state.instruction().warnings.last().filter(|_| suspended);
    InstructionView {
        customer_name: whole.customer.facts.legal_name,
        events: happened(&whole.events),
        side,
        due: read::due(visit.portal(), &whole.entry.state),
        dispel_until: warned.map(|w| read::dispel_until(w.warned.at)),
        typed,
        mistakes,
        entry: whole.entry,
    }
}

async fn my_one(visit: Visit, Path(parts): PathParts) -> Answer {
    let whole = read::one(visit.portal(), &visit.customer_user()?, entry_in(&parts)?).await?;
    let view = view(&visit, customer_side(&visit)?, whole, Typed::default(), Mistakes::default());
    Ok(page(instruction::render(shell(&visit), view)))
}

async fn one(visit: Visit, Path(parts): PathParts) -> Answer {
    let whole = read::for_staff(visit.portal(), &visit.narrowed(Actor::staff)?, entry_in(&parts)?).await?;
    let mut typed = Typed::default();
    typed.done.on = calendar::berlin_date(visit.now).to_string();
    Ok(page(instruction::render(
        shell(&visit),
        view(&visit, staff_side(&visit)?, whole, typed, Mistakes::default()),
    )))
}

/// Back to the entry; with mistakes the same page again with what was typed.
async fn answered(visit: &Visit, id: EntryId, done: Result<(), Problem>, said: &str, typed: Typed) -> Answer {
    let mine = visit.customer.is_some();
    let side = if mine { customer_side(visit)? } else { staff_side(visit)? };
    match done {
        Ok(()) => Ok(visit.go_saying(&format!("{}/{id}", side.base("instructions")), said)),
        Err(Problem::Mistakes(mistakes)) => {
            let whole = match mine {
                true => read::one(visit.portal(), &visit.customer_user()?, id).await?,
                false => read::for_staff(visit.portal(), &visit.narrowed(Actor::staff)?, id).await?,
            };
            Ok(again(instruction::render(shell(visit), view(visit, side, whole, typed, mistakes))))
        }
        Err(other) => Err(Fault(other)),
    }
}

async fn my_confirm(visit: Visit, Path(parts): PathParts) -> Answer {
    let id = entry_in(&parts)?;
    let done = answer::confirm_oral(visit.portal(), &voice(&visit)?, id, visit.now).await;
    answered(&visit, id, done, "instruction-confirmed", Typed::default()).await
}

async fn my_answer(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let id = entry_in(&parts)?;
    let typed = AnswerInput {
        choice: fields.text("choice"),
        note: fields.text("note"),
        title: fields.text("title"),
        text: fields.text("text"),
    };
    let done = answer::run(visit.portal(), &voice(&visit)?, id, &typed, visit.now).await;
    answered(&visit, id, done, "instruction-answered", Typed { answer: typed, ..Typed::default() }).await
}

async fn my_withdraw(visit: Visit, Path(parts): PathParts) -> Answer {
    let id = entry_in(&parts)?;
    let done = answer::withdraw(visit.portal(), &voice(&visit)?, id, visit.now).await;
    answered(&visit, id, done, "instruction-withdrawn", Typed::default()).await
}

async fn acknowledge(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (id, effort) = (entry_in(&parts)?, fields.text("effort"));
    let done = handle::acknowledge(visit.portal(), &keeper(&visit)?, id, &effort, visit.now).await;
    answered(&visit, id, done, "instruction-acknowledged", Typed { effort, ..Typed::default() }).await
}

async fn carry_out(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let id = entry_in(&parts)?;
    let typed = Done { what: fields.text("what"), on: fields.text("on"), urgency: fields.text("urgency") };
    let done = handle::carry_out(visit.portal(), &keeper(&visit)?, id, &typed, visit.now).await;
    answered(&visit, id, done, "instruction-carried-out", Typed { done: typed, ..Typed::default() }).await
}

async fn warn_about(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (id, reason) = (entry_in(&parts)?, fields.text("reason"));
    let by = visit.narrowed(Actor::privacy_officer)?;
    let done = warn::run(visit.portal(), &by, id, &reason, visit.now).await;
    answered(&visit, id, done, "instruction-suspended", Typed { reason, ..Typed::default() }).await
}

async fn refuse(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (id, refusal) = (entry_in(&parts)?, fields.text("refusal"));
    let by = visit.narrowed(Actor::privacy_officer)?;
    let done = warn::refuse(visit.portal(), &by, id, &refusal, visit.now).await;
    answered(&visit, id, done, "instruction-refused", Typed { refusal, ..Typed::default() }).await
}
