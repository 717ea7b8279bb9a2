//! Health, for machines: whether the process lives, and whether it can answer. No details: what is wrong stands in
//! the log.

use crate::edge::Visit;
use crate::router::{Route, get};
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::Duration;
use domain::permission::Access;
use migrations::{Migrator, MigratorTrait as _};
use serde_json::json;
use service::store::outbox;

/// Jobs that have been due for so long say that nobody runs them.
const OUTBOX_LAG: Duration = Duration::minutes(10);

/// Its routes.
pub fn routes() -> Vec<Route> {
    vec![get("/healthz/live", Access::Public, live), get("/healthz/ready", Access::Public, ready)]
}

async fn live() -> Response {
    Json(json!({"status": "live"})).into_response()
}

async fn ready(visit: Visit) -> Response {
    match unready(&visit).await {
        None => Json(json!({"status": "ready"})).into_response(),
        Some(why) => {
            tracing::warn!(why, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, Json(json!({"status": "unready"}))).into_response()
        }
    }
}

/// The first thing that is not as it must be.
async fn unready(visit: &Visit) -> Option<&'static str> {
    let portal = visit.portal();
    if portal.store.ping().await.is_err() {
        return Some("the database does not answer");
    }
    match Migrator::get_pending_migrations(portal.store.read()).await {
        Ok(pending) if pending.is_empty() => {}
        _ => return Some("the schema is not up to date"),
    }
    if !portal.gate.facts().fresh(visit.now) {
        return Some("the gate's facts are stale");
    }
    match outbox::health(portal.store.read(), visit.now - OUTBOX_LAG).await {
        Ok((0, _)) => None,
        _ => Some("the outbox lags"),
    }
}
