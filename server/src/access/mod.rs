//! The decision point for programs: OpenID AuthZEN 1.0. A question in JSON, an answer in JSON; a denial is 200.

mod caller;
mod portal;
pub mod protocol;

use crate::router::{Route, get, post};
use crate::state::App;
use axum::extract::{Request, State};
use axum::response::Response;
use caller::{EVALUATE, SEARCH};
use domain::permission::Access;
use portal::PortalPolicy;
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

async fn metadata(State(app): State<App>) -> Response {
    protocol::metadata(&app.config.base_url)
}

async fn evaluation(State(policy): State<PortalPolicy>, request: Request) -> Response {
    protocol::evaluation(&policy, request).await
}

async fn evaluations(State(policy): State<PortalPolicy>, request: Request) -> Response {
    protocol::evaluations(&policy, request).await
}

async fn search_subject(State(policy): State<PortalPolicy>, request: Request) -> Response {
    protocol::search(&policy, Wanted::Subject, request).await
}

async fn search_resource(State(policy): State<PortalPolicy>, request: Request) -> Response {
    protocol::search(&policy, Wanted::Resource, request).await
}

async fn search_action(State(policy): State<PortalPolicy>, request: Request) -> Response {
    protocol::search(&policy, Wanted::Action, request).await
}
