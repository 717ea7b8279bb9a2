//! The register of audit requests: the customer's pages, the staff's, and their forms.

use super::audit_files::{Sent, received};
use super::contract_words::{attachment, document_id};
use super::my::PathParts;
use super::register_words::{
    customer_side, entry_in, happened, name_of, once, only_open, query, staff_list, staff_side, voice,
};
use crate::edge::{Answer, Fault, Visit};
use crate::form::Fields;
use crate::render::{again, page, shell};
use crate::router::{Route, get, post};
use app::pages::audit_request::{self, AuditView, Typed};
use app::pages::audits::{self, AuditFormView};
use app::pages::register_list::RegisterView;
use app::pages::register_parts::{EntryLine, Side};
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{DefaultBodyLimit, Path};
use axum::handler::Handler as _;
use domain::permission::{Access, Actor, PrivacyOfficer, StaffRole};
use domain::register::audit_request::{AuditInput, AuditState, DayInput, EndInput};
use domain::register::{Entry, Register as _};
use domain::{EntryId, Mistakes};
use service::Problem;
use service::registers::Shown;
use service::registers::audits::{ask, customer, provider, read};
use service::registers::files::LARGEST_MB;

const OFFICERS: Access = Access::Staff(&[StaffRole::PrivacyOfficer]);
/// Largest form: a file and what was typed beside it.
const FORM_LIMIT: usize = (LARGEST_MB + 1) * 1_000_000;

/// The routes.
pub fn routes() -> Vec<Route> {
    let (any, speaks) = (Access::Customer, Access::CustomerRequest);
    let hand_over = my_files.layer(DefaultBodyLimit::max(FORM_LIMIT));
    let deliver = deliver.layer(DefaultBodyLimit::max(FORM_LIMIT));
    vec![
        get("/{lang}/my/{customer}/audits", any, my_list),
        get("/{lang}/my/{customer}/audits/new", speaks, my_form),
        post("/{lang}/my/{customer}/audits/new", speaks, my_ask),
        get("/{lang}/my/{customer}/audits/{id}", any, my_one),
        post("/{lang}/my/{customer}/audits/{id}/accept", speaks, my_take),
        post("/{lang}/my/{customer}/audits/{id}/wish", speaks, my_wish),
        post("/{lang}/my/{customer}/audits/{id}/finding", speaks, my_finding),
        post("/{lang}/my/{customer}/audits/{id}/files", speaks, hand_over),
        post("/{lang}/my/{customer}/audits/{id}/withdraw", speaks, my_withdraw),
        get("/{lang}/audits", Access::ANY_STAFF, list),
        get("/{lang}/audits/{id}", Access::ANY_STAFF, one),
        get("/{lang}/audits/{id}/files/{document}", Access::ANY_STAFF, file),
        post("/{lang}/audits/{id}/accept", OFFICERS, accept),
        post("/{lang}/audits/{id}/propose", OFFICERS, propose),
        post("/{lang}/audits/{id}/files", OFFICERS, deliver),
        post("/{lang}/audits/{id}/refuse", OFFICERS, refuse),
        post("/{lang}/audits/{id}/finding", OFFICERS, finding),
        post("/{lang}/audits/{id}/measure", OFFICERS, measure),
        post("/{lang}/audits/{id}/close", OFFICERS, close),
    ]
}

fn line(visit: &Visit, side: &Side, e: &Entry<AuditState>, customer: String) -> EntryLine {
    EntryLine {
        number: e.number.clone(),
        title: audit_request::title(visit.t(), e.state.request()),
        customer,
        state: e.state.state(),
        at: e.created_at,
        due: read::due(&e.state),
        href: visit.t().url(&format!("{}/{}", side.base("audits"), e.id)),
    }
}

async fn my_list(visit: Visit) -> Answer {
    let side = customer_side(&visit)?;
    let all = read::of_customer(visit.portal(), &visit.customer_user()?).await?;
    let lines = all.iter().map(|e| line(&visit, &side, e, String::new())).collect();
    let possible = ask::possible(visit.portal(), visit.customer_user()?.customer).await.is_ok();
    Ok(page(audits::render(shell(&visit), RegisterView::own(side, possible, lines))))
}

async fn list(visit: Visit) -> Answer {
    let (side, fields) = (staff_side(&visit)?, query(&visit));
    let by = visit.narrowed(Actor::staff)?;
    let (found, total) = read::list(visit.portal(), &by, only_open(&fields), fields.page()).await?;
    let lines = found.into_iter().map(|(e, c)| line(&visit, &side, &e, name_of(c))).collect();
    Ok(page(audits::render(shell(&visit), staff_list(&visit, lines, total)?)))
}

fn form_view(
    visit: &Visit,
    once: EntryId,
    input: AuditInput,
    mistakes: Mistakes,
) -> Result<AuditFormView, Fault> {
    let notice_days = visit.portal().content.registers.audit_notice_days;
    Ok(AuditFormView { side: customer_side(visit)?, once, input, notice_days, mistakes })
}

async fn my_form(visit: Visit) -> Answer {
    ask::possible(visit.portal(), voice(&visit)?.customer).await?;
    let view = form_view(&visit, service::fresh::id(visit.now), AuditInput::default(), Mistakes::default())?;
    Ok(page(audits::render_form(shell(&visit), view)))
}

async fn my_ask(visit: Visit, fields: Fields) -> Answer {
    let (by, once) = (voice(&visit)?, once(&fields)?);
    let input = AuditInput {
        kind: fields.text("kind"),
        occasion: fields.text("occasion"),
        wished: fields.text("wished"),
        alternative: fields.text("alternative"),
        short_notice: fields.text("short_notice"),
        auditor: fields.text("auditor"),
        auditor_bound: fields.has("auditor_bound"),
        points: fields.text("points"),
    };
    match ask::run(visit.portal(), &by, once, &input, visit.now).await {
        Ok(id) => Ok(visit.go_saying(&format!("/my/{}/audits/{id}", by.customer), "audit-asked")),
        Err(Problem::Mistakes(mistakes)) => {
            Ok(again(audits::render_form(shell(&visit), form_view(&visit, once, input, mistakes)?)))
        }
        Err(other) => Err(other.into()),
    }
}

async fn view(
    visit: &Visit,
    side: Side,
    whole: Shown<AuditState>,
    typed: Typed,
    mistakes: Mistakes,
) -> Result<AuditView, Fault> {
    Ok(AuditView {
        second_in_a_year: read::second_in_a_year(visit.portal(), &whole.entry).await?,
        customer_name: whole.customer.facts.legal_name,
        events: happened(&whole.events),
        side,
        typed,
        mistakes,
        entry: whole.entry,
    })
}

async fn my_one(visit: Visit, Path(parts): PathParts) -> Answer {
    shown(&visit, entry_in(&parts)?, Typed::default(), Mistakes::default()).await.map(page)
}

async fn one(visit: Visit, Path(parts): PathParts) -> Answer {
    shown(&visit, entry_in(&parts)?, Typed::default(), Mistakes::default()).await.map(page)
}

/// The page of an entry for whoever asks: a customer where one is named in the path, else staff.
async fn shown(visit: &Visit, id: EntryId, mut typed: Typed, mistakes: Mistakes) -> Result<String, Fault> {
    let (side, whole) = if visit.customer.is_some() {
        (customer_side(visit)?, read::one(visit.portal(), &visit.customer_user()?, id).await?)
    } else {
        (staff_side(visit)?, read::for_staff(visit.portal(), &visit.narrowed(Actor::staff)?, id).await?)
    };
    if typed.accept.day.is_empty() && mistakes.is_empty() {
        typed.accept.day = whole.entry.state.request().wished.to_string();
    }
    Ok(audit_request::render(shell(visit), view(visit, side, whole, typed, mistakes).await?))
}

/// Back to the entry; with mistakes the same page again with what was typed.
async fn answered(visit: &Visit, id: EntryId, done: Result<(), Problem>, said: &str, typed: Typed) -> Answer {
    let side = if visit.customer.is_some() { customer_side(visit)? } else { staff_side(visit)? };
    match done {
        Ok(()) => Ok(visit.go_saying(&format!("{}/{id}", side.base("audits")), said)),
        Err(Problem::Mistakes(mistakes)) => shown(visit, id, typed, mistakes).await.map(again),
        Err(other) => Err(other.into()),
    }
}

async fn my_take(visit: Visit, Path(parts): PathParts) -> Answer {
    let id = entry_in(&parts)?;
    let done = customer::take_proposal(visit.portal(), &voice(&visit)?, id, visit.now).await;
    answered(&visit, id, done, "audit-agreed", Typed::default()).await
}

async fn my_wish(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (id, wished) = (entry_in(&parts)?, fields.text("wished"));
    let done = customer::wish_again(visit.portal(), &voice(&visit)?, id, &wished, visit.now).await;
    answered(&visit, id, done, "audit-wished", Typed { wished, ..Typed::default() }).await
}

async fn my_finding(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (id, finding) = (entry_in(&parts)?, fields.text("finding"));
    let done = customer::find(visit.portal(), &voice(&visit)?, id, &finding, visit.now).await;
    answered(&visit, id, done, "audit-found", Typed { finding, ..Typed::default() }).await
}

async fn my_withdraw(visit: Visit, Path(parts): PathParts) -> Answer {
    let id = entry_in(&parts)?;
    let done = customer::withdraw(visit.portal(), &voice(&visit)?, id, visit.now).await;
    answered(&visit, id, done, "audit-withdrawn", Typed::default()).await
}

async fn my_files(
    visit: Visit,
    Path(parts): PathParts,
    form: Result<Multipart, MultipartRejection>,
) -> Answer {
    let (id, by) = (entry_in(&parts)?, voice(&visit)?);
    let Sent { note, file } = received(form).await;
    let done = match file {
        Ok(file) => customer::hand_over(visit.portal(), &by, id, (&note, file), visit.now).await,
        Err(mistake) => Err(mistake.into()),
    };
    answered(&visit, id, done, "audit-handed-over", Typed { note, ..Typed::default() }).await
}

fn officer(visit: &Visit) -> Result<PrivacyOfficer, Fault> {
    visit.narrowed(Actor::privacy_officer)
}

async fn file(visit: Visit, Path(parts): PathParts) -> Answer {
    let by = visit.narrowed(Actor::staff)?;
    let document = document_id(parts.get("document").map(String::as_str).unwrap_or_default())?;
    let found = read::file_for_staff(visit.portal(), &by, entry_in(&parts)?, document).await?;
    Ok(attachment(&found.name, &found.media_type, found.bytes))
}

async fn accept(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let id = entry_in(&parts)?;
    let typed = DayInput { day: fields.text("day"), costs: fields.text("costs"), ..DayInput::default() };
    let done = provider::accept(visit.portal(), &officer(&visit)?, id, &typed, visit.now).await;
    answered(&visit, id, done, "audit-agreed", Typed { accept: typed, ..Typed::default() }).await
}

async fn propose(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let id = entry_in(&parts)?;
    let typed =
        DayInput { day: fields.text("other_day"), reason: fields.text("day_reason"), ..DayInput::default() };
    let done = provider::propose(visit.portal(), &officer(&visit)?, id, &typed, visit.now).await;
    answered(&visit, id, done, "audit-proposed", Typed { propose: typed, ..Typed::default() }).await
}

async fn deliver(
    visit: Visit,
    Path(parts): PathParts,
    form: Result<Multipart, MultipartRejection>,
) -> Answer {
    let (id, by) = (entry_in(&parts)?, officer(&visit)?);
    let Sent { note, file } = received(form).await;
    let done = match file {
        Ok(file) => provider::deliver(visit.portal(), &by, id, (&note, file), visit.now).await,
        Err(mistake) => Err(mistake.into()),
    };
    answered(&visit, id, done, "audit-handed-over", Typed { note, ..Typed::default() }).await
}

async fn refuse(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (id, point) = (entry_in(&parts)?, (fields.text("point"), fields.text("point_reason")));
    let of = (point.0.as_str(), point.1.as_str());
    let done = provider::refuse_point(visit.portal(), &officer(&visit)?, id, of, visit.now).await;
    answered(&visit, id, done, "audit-point-refused", Typed { point, ..Typed::default() }).await
}

async fn finding(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (id, finding) = (entry_in(&parts)?, fields.text("finding"));
    let done = provider::find(visit.portal(), &officer(&visit)?, id, &finding, visit.now).await;
    answered(&visit, id, done, "audit-found", Typed { finding, ..Typed::default() }).await
}

async fn measure(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let (id, measure) = (entry_in(&parts)?, (fields.text("found"), fields.text("measure")));
    let of = (measure.0.as_str(), measure.1.as_str());
    let done = provider::mend(visit.portal(), &officer(&visit)?, id, of, visit.now).await;
    answered(&visit, id, done, "audit-mended", Typed { measure, ..Typed::default() }).await
}

async fn close(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let id = entry_in(&parts)?;
    let end = EndInput { result: fields.text("result"), effort: fields.text("effort") };
    let done = provider::close(visit.portal(), &officer(&visit)?, id, &end, visit.now).await;
    answered(&visit, id, done, "audit-closed", Typed { end, ..Typed::default() }).await
}
