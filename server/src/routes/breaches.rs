//! The register of breaches: the privacy officer's pages and forms, and what a customer was told.

use super::my::PathParts;
use super::register_words::{
    customer_side, entry_in, happened, once, only_open, query, staff_list, staff_side,
};
use crate::edge::{Answer, Fault, Visit};
use crate::form::Fields;
use crate::render::{again, page, shell};
use crate::router::{Route, get, post};
use app::pages::breach::{self, BreachView, MyBreachView, ProofLine};
use app::pages::breaches::{self, BreachFormView, Purpose};
use app::pages::register_list::RegisterView;
use app::pages::register_parts::{EntryLine, Side};
use axum::extract::Path;
use domain::permission::{Access, Actor, PrivacyOfficer, StaffRole};
use domain::register::breach::{self as rules, BreachInput, BreachState, Report};
use domain::register::{Entry, Register as _};
use domain::{EntryId, Mistakes, calendar};
use service::Problem;
use service::registers::breaches::read::{self, Delivery, ForOfficer, Proof};
use service::registers::breaches::{close, record, tell};

const OFFICERS: Access = Access::Staff(&[StaffRole::PrivacyOfficer]);

/// The routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/{lang}/my/{customer}/breaches", Access::Customer, my_list),
        get("/{lang}/my/{customer}/breaches/{id}", Access::Customer, my_one),
        get("/{lang}/breaches", OFFICERS, list),
        get("/{lang}/breaches/new", OFFICERS, new_form),
        post("/{lang}/breaches/new", OFFICERS, record_one),
        get("/{lang}/breaches/{id}", OFFICERS, one),
        get("/{lang}/breaches/{id}/edit", OFFICERS, edit_form),
        post("/{lang}/breaches/{id}/edit", OFFICERS, edit),
        post("/{lang}/breaches/{id}/tell", OFFICERS, tell_all),
        post("/{lang}/breaches/{id}/close", OFFICERS, close_one),
        post("/{lang}/breaches/{id}/dismiss", OFFICERS, dismiss),
    ]
}

fn officer(visit: &Visit) -> Result<PrivacyOfficer, Fault> {
    visit.narrowed(Actor::privacy_officer)
}

fn hours(visit: &Visit) -> u16 {
    visit.portal().content.registers.breach_hours
}

fn line(visit: &Visit, side: &Side, e: &Entry<BreachState>) -> EntryLine {
    let waits = matches!(e.state, BreachState::Recorded { .. });
    EntryLine {
        number: e.number.clone(),
        title: e.state.report().map(|r| r.title.clone()).unwrap_or_default(),
        customer: String::new(),
        state: e.state.state(),
        at: e.created_at,
        due: waits.then(|| calendar::berlin_date(read::until(visit.portal(), &e.state))),
        href: visit.t().url(&format!("{}/{}", side.base("breaches"), e.id)),
    }
}

async fn my_list(visit: Visit) -> Answer {
    let side = customer_side(&visit)?;
    let all = read::of_customer(visit.portal(), &visit.customer_user()?).await?;
    let lines = all.iter().map(|e| line(&visit, &side, e)).collect();
    // A customer enters no breach here, so nothing has to be possible.
    let view = RegisterView::own(side, true, lines);
    Ok(page(breaches::render(shell(&visit), view, hours(&visit))))
}

async fn my_one(visit: Visit, Path(parts): PathParts) -> Answer {
    let by = visit.customer_user()?;
    let whole = read::for_customer(visit.portal(), &by, entry_in(&parts)?, visit.now).await?;
    let view = MyBreachView { side: customer_side(&visit)?, entry: whole.entry, told: whole.told };
    Ok(page(breach::render_my(shell(&visit), view)))
}

async fn list(visit: Visit) -> Answer {
    let (side, fields) = (staff_side(&visit)?, query(&visit));
    let by = officer(&visit)?;
    let (found, total) = read::list(visit.portal(), &by, only_open(&fields), fields.page()).await?;
    let lines = found.iter().map(|e| line(&visit, &side, e)).collect();
    Ok(page(breaches::render(shell(&visit), staff_list(&visit, lines, total)?, hours(&visit))))
}

/// The point of contact of the provider, as far as it is known.
fn contact(visit: &Visit) -> String {
    let p = &visit.portal().content.provider;
    let or = |a: &str, b: &str| if a.is_empty() { b.to_string() } else { a.to_string() };
    let parts = [p.legal_name.clone(), or(&p.breach_email, &p.privacy_email), or(&p.breach_phone, &p.phone)];
    parts.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(", ")
}

async fn new_form(visit: Visit) -> Answer {
    let input = BreachInput {
        aware_on: rules::day(visit.now),
        aware_time: rules::clock(visit.now),
        report: Report { contact: contact(&visit), ..Report::default() },
        services: Vec::new(),
    };
    let view = BreachFormView {
        purpose: Purpose::Record,
        id: service::fresh::id(visit.now),
        number: String::new(),
        input,
        customers: String::new(),
        hours: hours(&visit),
        mistakes: Mistakes::default(),
    };
    Ok(page(breaches::render_form(shell(&visit), view)))
}

fn input(fields: &Fields) -> BreachInput {
    BreachInput {
        aware_on: fields.text("aware_on"),
        aware_time: fields.text("aware_time"),
        report: Report {
            title: fields.text("title"),
            occurred: fields.text("occurred"),
            nature: fields.text("nature"),
            categories: fields.text("categories"),
            persons: fields.text("persons"),
            records: fields.text("records"),
            consequences: fields.text("consequences"),
            measures: fields.text("measures"),
            proposed: fields.text("proposed"),
            contact: fields.text("contact"),
        },
        services: fields.all("services"),
    }
}

async fn record_one(visit: Visit, fields: Fields) -> Answer {
    let (once, input, customers) = (once(&fields)?, input(&fields), fields.text("customers"));
    match record::run(visit.portal(), &officer(&visit)?, once, &input, &customers, visit.now).await {
        Ok(id) => Ok(visit.go_saying(&format!("/breaches/{id}"), "breach-recorded")),
        Err(Problem::Mistakes(mistakes)) => {
            let view = BreachFormView {
                purpose: Purpose::Record,
                id: once,
                number: String::new(),
                input,
                customers,
                hours: hours(&visit),
                mistakes,
            };
            Ok(again(breaches::render_form(shell(&visit), view)))
        }
        Err(other) => Err(other.into()),
    }
}

fn purpose(state: &BreachState) -> Result<Purpose, Fault> {
    match state {
        BreachState::Recorded { .. } => Ok(Purpose::Revise),
        BreachState::Told { .. } => Ok(Purpose::Supplement),
        _ => Err(Problem::from(domain::contract::Refusal::EntryState).into()),
    }
}

async fn edit_form(visit: Visit, Path(parts): PathParts) -> Answer {
    let whole = read::one(visit.portal(), &officer(&visit)?, entry_in(&parts)?).await?;
    let state = &whole.entry.state;
    let input = BreachInput {
        aware_on: rules::day(state.aware_at()),
        aware_time: rules::clock(state.aware_at()),
        report: state.report().cloned().unwrap_or_default(),
        services: state.reach().services.iter().map(|s| s.name().to_string()).collect(),
    };
    let view = BreachFormView {
        purpose: purpose(state)?,
        id: whole.entry.id,
        number: whole.entry.number.clone(),
        input,
        customers: whole.numbers.join("\n"),
        hours: hours(&visit),
        mistakes: Mistakes::default(),
    };
    Ok(page(breaches::render_form(shell(&visit), view)))
}

async fn edit(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (id, by) = (entry_in(&parts)?, officer(&visit)?);
    let (input, customers) = (input(&fields), fields.text("customers"));
    let whole = read::one(visit.portal(), &by, id).await?;
    let purpose = purpose(&whole.entry.state)?;
    // The form says which one it is: a correction that comes too late is not sent out as a supplement.
    let corrects = fields.has("aware_on");
    let (done, said) = match corrects {
        true => {
            (record::revise(visit.portal(), &by, id, &input, &customers, visit.now).await, "breach-recorded")
        }
        false => (
            tell::supplement(visit.portal(), &by, id, &input, &customers, visit.now).await,
            "breach-supplemented",
        ),
    };
    match done {
        Ok(()) => Ok(visit.go_saying(&format!("/breaches/{id}"), said)),
        Err(Problem::Mistakes(mistakes)) => {
            let number = whole.entry.number;
            let hours = hours(&visit);
            let view = BreachFormView { purpose, id, number, input, customers, hours, mistakes };
            Ok(again(breaches::render_form(shell(&visit), view)))
        }
        Err(other) => Err(other.into()),
    }
}

fn proof(p: Proof) -> ProofLine {
    let (delivery, sent_at) = match p.delivery {
        Delivery::Queued => ("queued", None),
        Delivery::Trying => ("trying", None),
        Delivery::Sent(at) => ("sent", Some(at)),
        Delivery::Failed => ("failed", None),
        Delivery::Unknown => ("unknown", None),
    };
    ProofLine {
        phase: p.phase,
        customer: p.customer,
        person: format!("{} <{}>", p.recipient.name, p.recipient.email),
        delivery,
        sent_at,
        read_at: p.read_at,
    }
}

fn view(visit: &Visit, whole: ForOfficer, typed: String, mistakes: Mistakes) -> BreachView {
    let affected = whole.affected.into_iter().map(|a| {
        let people = a.people.into_iter().map(|p| (p.name, p.email)).collect();
        (a.customer.facts.legal_name, people)
    });
    BreachView {
        affected: affected.collect(),
        proofs: whole.proofs.into_iter().map(proof).collect(),
        until: whole.until,
        events: happened(&whole.events),
        typed,
        mistakes,
        now: visit.now,
        entry: whole.entry,
    }
}

async fn one(visit: Visit, Path(parts): PathParts) -> Answer {
    let whole = read::one(visit.portal(), &officer(&visit)?, entry_in(&parts)?).await?;
    Ok(page(breach::render(shell(&visit), view(&visit, whole, String::new(), Mistakes::default()))))
}

async fn answered(
    visit: &Visit,
    id: EntryId,
    done: Result<(), Problem>,
    said: &str,
    typed: String,
) -> Answer {
    match done {
        Ok(()) => Ok(visit.go_saying(&format!("/breaches/{id}"), said)),
        Err(Problem::Mistakes(mistakes)) => {
            let whole = read::one(visit.portal(), &officer(visit)?, id).await?;
            Ok(again(breach::render(shell(visit), view(visit, whole, typed, mistakes))))
        }
        Err(other) => Err(other.into()),
    }
}

async fn tell_all(visit: Visit, Path(parts): PathParts) -> Answer {
    let id = entry_in(&parts)?;
    let done = tell::run(visit.portal(), &officer(&visit)?, id, visit.now).await;
    answered(&visit, id, done, "breach-told", String::new()).await
}

async fn close_one(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (id, lesson) = (entry_in(&parts)?, fields.text("lesson"));
    let done = close::run(visit.portal(), &officer(&visit)?, id, &lesson, visit.now).await;
    answered(&visit, id, done, "breach-closed", lesson).await
}

async fn dismiss(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (id, reason) = (entry_in(&parts)?, fields.text("reason"));
    let done = close::dismiss(visit.portal(), &officer(&visit)?, id, &reason, visit.now).await;
    answered(&visit, id, done, "breach-dismissed", reason).await
}
