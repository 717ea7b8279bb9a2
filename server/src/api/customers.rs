//! `GET /api/v1/customers/{number}`: where a customer stands, for a ticket system's side bar.

use super::problem::ApiProblem;
use crate::access::Caller;
use crate::access::protocol::json;
use crate::state::App;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use domain::Action;
use domain::contract::StateName;
use domain::gate::{ContractFact, CustomerFact, Outcome, Question, Resource, Subject, decide};
use serde::Serialize;
use utoipa::ToSchema;

/// Where a customer stands. No name and no address is in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomerStatus {
    /// Customer number.
    number: String,
    /// `in_force` when a contract is in force today, else the state of the newest contract, else `none`.
    av_status: &'static str,
    /// Whether something is in doubt: then nothing but advice is permitted.
    doubt_open: bool,
    /// `service_contract` customers are served first, others are `standard`.
    priority: &'static str,
    /// Actions that the gate permits to the asking program itself now. For a technician, ask the decision point.
    permitted_actions: Vec<&'static str>,
    /// All contracts, the newest first.
    contracts: Vec<ContractStatus>,
    /// When this was so.
    as_of: DateTime<Utc>,
}

/// A contract.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractStatus {
    /// Number.
    number: String,
    /// Version under this number.
    version: i32,
    /// Where it stands: `draft`, `requested`, `offered`, `signed_by_customer`, `in_force`, `ending`, `ended` …
    state: &'static str,
    /// Services that it covers.
    services: Vec<&'static str>,
    /// From when on it counts, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_from: Option<DateTime<Utc>>,
    /// Last day, inclusive, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_day: Option<NaiveDate>,
}

/// Where a customer stands: contracts, services, priority
///
/// Answered from memory, as decisions are. A customer that does not exist is 404.
#[utoipa::path(
    get,
    path = "/api/v1/customers/{number}",
    operation_id = "customer_status",
    tag = "customers",
    params(("number" = String, Path, description = "Customer number; upper and lower case do not matter")),
    responses(
        (status = 200, description = "Where the customer stands", body = CustomerStatus),
        (status = 401, description = "No key or token, or one that does not count", body = ApiProblem, content_type = "application/problem+json"),
        (status = 403, description = "Without the scope, or from an address that is not allowed", body = ApiProblem, content_type = "application/problem+json"),
        (status = 404, description = "No such customer", body = ApiProblem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests; see Retry-After", body = ApiProblem, content_type = "application/problem+json"),
        (status = 503, description = "The portal's facts are not current; ask again", body = ApiProblem, content_type = "application/problem+json"),
    ),
    security(("bearer" = ["evaluate"])),
)]
pub async fn status(
    State(app): State<App>,
    Path(number): Path<String>,
    request: Request,
) -> Result<Response, ApiProblem> {
    let caller = Caller::of(&app, request.headers(), request.extensions(), super::EVALUATE)?;
    let facts = &caller.memory.facts;
    if !facts.fresh(caller.now) {
        return Err(ApiProblem::plain(StatusCode::SERVICE_UNAVAILABLE, "the facts are not current"));
    }
    let customer = facts.customer(&number.trim().to_ascii_uppercase());
    let customer = customer.ok_or_else(|| ApiProblem::plain(StatusCode::NOT_FOUND, "no such customer"))?;
    let mut response = json(&status_of(&caller, customer));
    caller.head(response.headers_mut());
    Ok(response)
}

fn status_of(caller: &Caller, c: &CustomerFact) -> CustomerStatus {
    let permitted = |action: &Action| {
        let question = Question {
            subject: Subject::Program(&caller.client.name),
            action: Some(*action),
            resource: Resource::Number(&c.number),
            tool: None,
        };
        decide(&caller.memory.facts, &question, caller.now).outcome == Outcome::Permitted
    };
    CustomerStatus {
        number: c.number.clone(),
        av_status: av_status(c, caller.now),
        doubt_open: c.in_doubt(),
        priority: if c.service_contract { "service_contract" } else { "standard" },
        permitted_actions: Action::ALL.iter().filter(|a| permitted(a)).map(|a| a.name()).collect(),
        contracts: c.contracts.iter().map(contract).collect(),
        as_of: caller.now,
    }
}

fn av_status(c: &CustomerFact, now: DateTime<Utc>) -> &'static str {
    let in_force = |k: &ContractFact| {
        matches!(k.state, StateName::InForce | StateName::Ending)
            && k.effective_from <= now
            && k.effective_until.is_none_or(|end| now < end)
    };
    if c.contracts.iter().any(in_force) {
        return StateName::InForce.name();
    }
    c.contracts.first().map_or("none", |k| k.state.name())
}

fn contract(k: &ContractFact) -> ContractStatus {
    ContractStatus {
        number: k.number.clone(),
        version: k.version,
        state: k.state.name(),
        services: k.services.iter().map(domain::Service::name).collect(),
        effective_from: Some(k.effective_from).filter(|from| *from < DateTime::<Utc>::MAX_UTC),
        last_day: k.last_day,
    }
}
