//! The API of the portal, `/api/v1/…`: JSON, problem+json, described by an OpenAPI document that is made from the
//! handlers, and by a page.

pub mod idempotency;
pub mod openapi;
pub mod problem;
pub mod schemas;

mod customers;
mod page;

use crate::router::{Route, get};
use domain::permission::Access;

/// The scope of questions.
const EVALUATE: &str = "evaluate";

/// The routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/customers/{number}", Access::Client(EVALUATE), customers::status),
        get("/api/v1/openapi.json", Access::Public, openapi::document),
        get("/{lang}/api", Access::Public, page::page),
    ]
}
