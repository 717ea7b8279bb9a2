//! The OpenAPI 3.1 document, made from the handlers. utoipa reads what stands above them; the routes themselves stay in
//! the router's list, so its own router (utoipa-axum) is not needed, and a test compares both.

use super::schemas as s;
use super::{customers, problem};
use crate::access::protocol::json;
use crate::state::App;
use crate::{access, oauth};
use axum::extract::State;
use axum::response::Response;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{OpenApi as Document, Server};
use utoipa::{Modify, OpenApi};

/// Everything that programs may ask.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "AV-Portal",
        version = "1",
        description = "Asking the gate, fetching tokens, and the API of the portal. An API key or an access token goes into `Authorization: Bearer`."
    ),
    paths(
        access::metadata,
        access::evaluation,
        access::evaluations,
        access::search_subject,
        access::search_resource,
        access::search_action,
        oauth::token::issue,
        oauth::jwks,
        oauth::metadata,
        customers::status,
        document,
    ),
    components(schemas(
        s::EvaluationRequest,
        s::Decision,
        s::EvaluationsRequest,
        s::Decisions,
        s::SearchResults,
        s::ProtocolError,
        problem::ApiProblem,
    )),
    modifiers(&Bearer)
)]
struct Api;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut Document) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        document.components.get_or_insert_default().add_security_scheme("bearer", scheme);
    }
}

/// The document of a portal at this address.
pub fn described(base_url: &str) -> Document {
    let mut document = Api::openapi();
    document.servers = Some(vec![Server::new(base_url)]);
    document
}

/// This document
///
/// OpenAPI 3.1.
#[utoipa::path(
    get,
    path = "/api/v1/openapi.json",
    operation_id = "openapi",
    tag = "description",
    responses((status = 200, description = "The OpenAPI document", body = serde_json::Value)),
)]
pub async fn document(State(app): State<App>) -> Response {
    json(&described(&app.config.base_url))
}
