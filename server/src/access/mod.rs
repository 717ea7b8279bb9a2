//! The decision point for programs: OpenID AuthZEN 1.0. A question in JSON, an answer in JSON; a denial is 200.

mod caller;
mod portal;
pub mod protocol;

use crate::api::schemas::{
    ActionSearchRequest, Decision, Decisions, EvaluationRequest, EvaluationsRequest, ProtocolError,
    ResourceSearchRequest, SearchResults, SubjectSearchRequest,
};
use crate::router::{Route, get, post};
use crate::state::App;
use axum::extract::{Request, State};
use axum::response::Response;
pub use caller::Caller;
use caller::{EVALUATE, SEARCH};
use domain::permission::Access;
pub use portal::PortalPolicy;
use protocol::Wanted;

/// Its routes.
pub fn routes() -> Vec<Route> {
    vec![
        get(protocol::CONFIGURATION, Access::Public, metadata),
        post(protocol::EVALUATION, Access::Client(EVALUATE), evaluation),
        post(protocol::EVALUATIONS, Access::Client(EVALUATE), evaluations),
        post(protocol::SEARCH_SUBJECT, Access::Client(SEARCH), search_subject),
        post(protocol::SEARCH_RESOURCE, Access::Client(SEARCH), search_resource),
        post(protocol::SEARCH_ACTION, Access::Client(SEARCH), search_action),
    ]
}

/// What the decision point offers
///
/// Addresses come from the configuration.
#[utoipa::path(
    get,
    path = "/.well-known/authzen-configuration",
    operation_id = "configuration",
    tag = "description",
    responses((status = 200, description = "The metadata of AuthZEN 1.0", body = serde_json::Value)),
)]
pub(crate) async fn metadata(State(app): State<App>) -> Response {
    protocol::metadata(&app.config.base_url)
}

/// One question
///
/// May this subject do this action for this customer now? Nothing but `decision: true` is a yes.
#[utoipa::path(
    post,
    path = "/access/v1/evaluation",
    operation_id = "evaluation",
    tag = "decision point",
    request_body = EvaluationRequest,
    responses(
        (status = 200, description = "The answer; a denial is one, too", body = Decision),
        (status = 400, description = "No question: malformed, mistyped, or another media type", body = ProtocolError),
        (status = 401, description = "No key or token, or one that does not count", body = ProtocolError),
        (status = 403, description = "Without the scope, or from an address that is not allowed", body = ProtocolError),
        (status = 413, description = "Too large", body = ProtocolError),
        (status = 429, description = "Too many questions; see Retry-After", body = ProtocolError),
    ),
    security(("bearer" = ["evaluate"])),
)]
pub(crate) async fn evaluation(State(policy): State<PortalPolicy>, request: Request) -> Response {
    protocol::evaluation(&policy, request).await
}

/// Many questions
///
/// A question that is none is a denial in its place. 1000 at most; each counts.
#[utoipa::path(
    post,
    path = "/access/v1/evaluations",
    operation_id = "evaluations",
    tag = "decision point",
    request_body = EvaluationsRequest,
    responses(
        (status = 200, description = "The answers, in order", body = Decisions),
        (status = 400, description = "No question: malformed, mistyped, or another media type", body = ProtocolError),
        (status = 401, description = "No key or token, or one that does not count", body = ProtocolError),
        (status = 403, description = "Without the scope, or from an address that is not allowed", body = ProtocolError),
        (status = 413, description = "Too large", body = ProtocolError),
        (status = 429, description = "Too many questions; see Retry-After", body = ProtocolError),
    ),
    security(("bearer" = ["evaluate"])),
)]
pub(crate) async fn evaluations(State(policy): State<PortalPolicy>, request: Request) -> Response {
    protocol::evaluations(&policy, request).await
}

/// Who may?
///
/// Technicians or programs that may do this for this customer. On record.
#[utoipa::path(
    post,
    path = "/access/v1/search/subject",
    operation_id = "search_subject",
    tag = "decision point",
    request_body = SubjectSearchRequest,
    responses(
        (status = 200, description = "A page of subjects", body = SearchResults),
        (status = 400, description = "No question: malformed, mistyped, or another media type", body = ProtocolError),
        (status = 401, description = "No key or token, or one that does not count", body = ProtocolError),
        (status = 403, description = "Without the scope, or from an address that is not allowed", body = ProtocolError),
        (status = 413, description = "Too large", body = ProtocolError),
        (status = 429, description = "Too many questions; see Retry-After", body = ProtocolError),
    ),
    security(("bearer" = ["search"])),
)]
pub(crate) async fn search_subject(State(policy): State<PortalPolicy>, request: Request) -> Response {
    protocol::search(&policy, Wanted::Subject, request).await
}

/// For whom?
///
/// Customers for whom this subject may do this. On record.
#[utoipa::path(
    post,
    path = "/access/v1/search/resource",
    operation_id = "search_resource",
    tag = "decision point",
    request_body = ResourceSearchRequest,
    responses(
        (status = 200, description = "A page of customers", body = SearchResults),
        (status = 400, description = "No question: malformed, mistyped, or another media type", body = ProtocolError),
        (status = 401, description = "No key or token, or one that does not count", body = ProtocolError),
        (status = 403, description = "Without the scope, or from an address that is not allowed", body = ProtocolError),
        (status = 413, description = "Too large", body = ProtocolError),
        (status = 429, description = "Too many questions; see Retry-After", body = ProtocolError),
    ),
    security(("bearer" = ["search"])),
)]
pub(crate) async fn search_resource(State(policy): State<PortalPolicy>, request: Request) -> Response {
    protocol::search(&policy, Wanted::Resource, request).await
}

/// What?
///
/// Actions that this subject may do for this customer. On record.
#[utoipa::path(
    post,
    path = "/access/v1/search/action",
    operation_id = "search_action",
    tag = "decision point",
    request_body = ActionSearchRequest,
    responses(
        (status = 200, description = "A page of actions", body = SearchResults),
        (status = 400, description = "No question: malformed, mistyped, or another media type", body = ProtocolError),
        (status = 401, description = "No key or token, or one that does not count", body = ProtocolError),
        (status = 403, description = "Without the scope, or from an address that is not allowed", body = ProtocolError),
        (status = 413, description = "Too large", body = ProtocolError),
        (status = 429, description = "Too many questions; see Retry-After", body = ProtocolError),
    ),
    security(("bearer" = ["search"])),
)]
pub(crate) async fn search_action(State(policy): State<PortalPolicy>, request: Request) -> Response {
    protocol::search(&policy, Wanted::Action, request).await
}
