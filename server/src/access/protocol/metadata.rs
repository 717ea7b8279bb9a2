//! What a decision point offers, for programs that look first. Only what exists; addresses from the configuration,
//! never from a Host header.

use super::{EVALUATION, EVALUATIONS, SEARCH_ACTION, SEARCH_RESOURCE, SEARCH_SUBJECT, json};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// Where it is read.
pub const CONFIGURATION: &str = "/.well-known/authzen-configuration";

#[derive(Serialize)]
struct Metadata<'a> {
    policy_decision_point: &'a str,
    access_evaluation_endpoint: String,
    access_evaluations_endpoint: String,
    search_subject_endpoint: String,
    search_resource_endpoint: String,
    search_action_endpoint: String,
}

/// `GET /.well-known/authzen-configuration`, for the decision point at `base`.
pub fn metadata(base: &str) -> Response {
    let at = |path: &str| format!("{base}{path}");
    let metadata = Metadata {
        policy_decision_point: base,
        access_evaluation_endpoint: at(EVALUATION),
        access_evaluations_endpoint: at(EVALUATIONS),
        search_subject_endpoint: at(SEARCH_SUBJECT),
        search_resource_endpoint: at(SEARCH_RESOURCE),
        search_action_endpoint: at(SEARCH_ACTION),
    };
    ([(header::CACHE_CONTROL, "public, max-age=600")], json(&metadata)).into_response()
}
