//! The request form: read as typed, kept as a draft or sent.

use super::my::{PathParts, contract_in, contract_path};
use crate::edge::{Answer, Fault, Visit};
use crate::form::Fields;
use crate::render::{again, page, shell};
use crate::router::{Route, get, post};
use app::components::Choice;
use app::pages::request::{self, RequestView};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _};
use domain::contract::ContractState;
use domain::contract::request::{Person, RequestInput, ScopeInput};
use domain::permission::{Access, CustomerUser};
use domain::{ContractId, Lang, Mistake, Mistakes, Service};
use service::Problem;
use service::content::catalogue::Entry;
use service::contracts::{begin, read, save_draft, submit};

/// The routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/{lang}/my/{customer}/contracts/{id}/request", Access::CustomerRequest, form_page),
        post("/{lang}/my/{customer}/contracts/{id}/request", Access::CustomerRequest, send),
    ]
}

async fn form_page(visit: Visit, Path(parts): PathParts) -> Answer {
    let by = visit.customer_user()?;
    let id = contract_in(&parts)?;
    let whole = read::one(visit.portal(), &by, id).await?;
    let ContractState::Draft(draft) = whole.contract.state else {
        return Ok(visit.go(&contract_path(by.customer, id)));
    };
    let mut input = draft.input;
    // Asked for anew each time: a declaration is made when the request is sent.
    input.own_permission = false;
    let blocks = blocks(&visit, &input.scope);
    let view = view(&visit, &by, id, input, blocks, None, Mistakes::default()).await?;
    Ok(page(request::render(shell(&visit), view)))
}

async fn send(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let by = visit.customer_user()?;
    let id = contract_in(&parts)?;
    read::one(visit.portal(), &by, id).await?; // a contract that is not there has no mistakes either
    let typed = Service::ALL.map(|s| block(&fields, s));
    let input = input(&fields, &typed);
    let path = contract_path(by.customer, id);
    // A form without it was opened before there was one: as good as changed in the meantime.
    let lock: i64 = fields.get("lock").parse().unwrap_or(-1);
    let (done, answer) = if fields.has("save") {
        let done = save_draft::run(visit.portal(), &by, id, lock, input.clone(), visit.now).await;
        (done, visit.go_saying(&format!("{path}/request"), "contract-saved"))
    } else {
        let done = submit::run(visit.portal(), &by, id, lock, input.clone(), visit.now).await;
        (done, visit.go_saying(&path, "contract-requested"))
    };
    let blocks = typed.into();
    match done {
        Ok(()) => Ok(answer),
        Err(Problem::Mistakes(m)) => {
            let view = view(&visit, &by, id, input, blocks, Some(lock), mistaken(&fields, m)).await?;
            Ok(again(request::render(shell(&visit), view)))
        }
        Err(Problem::Stale) => meanwhile(&visit, &by, id, input, blocks, "request-changed-meanwhile").await,
        Err(Problem::Refused(_)) => meanwhile(&visit, &by, id, input, blocks, "request-sent-meanwhile").await,
        Err(other) => Err(other.into()),
    }
}

/// Somebody else was faster: the same form with everything that was typed. Sending it again is a decision then.
async fn meanwhile(
    visit: &Visit,
    by: &CustomerUser,
    id: ContractId,
    input: RequestInput,
    blocks: Vec<ScopeInput>,
    what: &str,
) -> Answer {
    let view = view(visit, by, id, input, blocks, None, Mistake::new("", what).into()).await?;
    Ok((StatusCode::CONFLICT, Html(request::render(shell(visit), view))).into_response())
}

/// What was wrong, in the words of this form.
fn mistaken(fields: &Fields, mut mistakes: Mistakes) -> Mistakes {
    if declared_in_other_language(fields) {
        let box_mistakes = mistakes.0.iter_mut().filter(|m| m.field == "own_permission");
        box_mistakes.for_each(|m| m.code = "box-language".into());
    }
    mistakes
}

/// The declaration counts in the language in which it was read only.
fn declared_in_other_language(fields: &Fields) -> bool {
    fields.has("own_permission") && fields.get("own_permission_language") != language(fields).code()
}

fn language(fields: &Fields) -> Lang {
    Lang::parse(fields.get("language")).unwrap_or_default()
}

fn input(fields: &Fields, typed: &[ScopeInput]) -> RequestInput {
    let ticked = fields.all("services");
    let chosen = typed.iter().filter(|s| ticked.iter().any(|name| name == s.service.name()));
    RequestInput {
        scope: chosen.cloned().collect(),
        special: fields.text("special"),
        special_categories: fields.all("special_categories"),
        special_safeguards: fields.text("special_safeguards"),
        professional_secrecy: fields.text("professional_secrecy"),
        customer_is_processor: fields.has("customer_is_processor"),
        register: fields.text("register"),
        main_contract: fields.text("main_contract"),
        privacy_contact: person(fields, "privacy"),
        breach_contact: person(fields, "breach"),
        instructing: fields.text("instructing"),
        signatories: vec![person(fields, "signatory1"), person(fields, "signatory2")],
        own_permission: fields.has("own_permission") && !declared_in_other_language(fields),
        own_permission_wording: String::new(),
        language: language(fields),
    }
}

fn person(fields: &Fields, group: &str) -> Person {
    let of = |part: &str| fields.text(&format!("{group}_{part}"));
    Person { name: of("name"), email: of("email"), function: of("function"), phone: of("phone") }
}

fn block(fields: &Fields, service: Service) -> ScopeInput {
    let of = |field: &str| format!("{field}_{}", service.name());
    ScopeInput {
        service,
        data_categories: fields.all(&of("data")),
        more_data: fields.text(&of("more_data")),
        data_subjects: fields.all(&of("subjects")),
        more_subjects: fields.text(&of("more_subjects")),
    }
}

/// All seven services: those of the draft as they are, the others with what is usual.
fn blocks(visit: &Visit, scope: &[ScopeInput]) -> Vec<ScopeInput> {
    let of = |service| {
        let found = scope.iter().find(|s| s.service == service).cloned();
        found.unwrap_or_else(|| begin::usual_scope(visit.portal(), service))
    };
    Service::ALL.into_iter().map(of).collect()
}

/// With the lock of the form that was sent, or with the present one.
async fn view(
    visit: &Visit,
    by: &CustomerUser,
    id: ContractId,
    input: RequestInput,
    blocks: Vec<ScopeInput>,
    lock: Option<i64>,
    mistakes: Mistakes,
) -> Result<RequestView, Fault> {
    let whole = read::one(visit.portal(), by, id).await?;
    let (catalogue, lang) = (&visit.portal().content.catalogue, visit.lang);
    let choices = |entries: &[Entry]| -> Vec<Choice> {
        entries.iter().map(|e| Choice::new(&e.id, e.name(lang)).hint(e.hint.get(lang))).collect()
    };
    Ok(RequestView {
        customer: by.customer,
        customer_name: whole.customer.facts.legal_name.clone(),
        contract: id,
        number: whole.contract.number,
        lock: lock.unwrap_or(whole.contract.lock),
        version: whole.contract.version,
        input,
        blocks,
        short: catalogue.services.iter().map(|s| s.short.get(lang).clone()).collect(),
        data: choices(&catalogue.data_categories),
        subjects: choices(&catalogue.data_subjects),
        special: choices(&catalogue.special_categories),
        joint: whole.customer.facts.representation.signatures() == 2,
        own_permission: catalogue.own_permission.clone(),
        mistakes,
    })
}
