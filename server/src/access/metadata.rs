//! What this decision point offers, for programs that look first. Only what exists; addresses from the
//! configuration, never from a Host header.

use super::json;
use crate::state::App;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

#[derive(Serialize)]
struct Metadata<'a> {
    policy_decision_point: &'a str,
    access_evaluation_endpoint: String,
}

/// `GET /.well-known/authzen-configuration`.
pub async fn metadata(State(app): State<App>) -> Response {
    let base = app.config.base_url.as_str();
    let metadata = Metadata {
        policy_decision_point: base,
        access_evaluation_endpoint: format!("{base}/access/v1/evaluation"),
    };
    ([(header::CACHE_CONTROL, "public, max-age=600")], json(&metadata)).into_response()
}
