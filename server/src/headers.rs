//! What wraps every answer: security headers, compression, limits of size and time, cross-origin writes refused,
//! and no panic that ends the portal.

use crate::api::problem::ApiProblem;
use crate::edge::{Visit, page_for, stranger};
use crate::render;
use crate::state::App;
use axum::body::HttpBody as _;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use std::time::Duration;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;

/// Nothing inline, nothing from elsewhere; `wasm-unsafe-eval` lets the islands compile and nothing else.
const CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
                   font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
                   frame-ancestors 'none'";

/// Sent by browsers only.
pub const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
/// What programs get is no page: nothing of it may be run or shown in a frame.
const CSP_FOR_PROGRAMS: &str = "default-src 'none'; frame-ancestors 'none'";
/// Names a request in answers and logs.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Largest form or API body in bytes; uploads have a limit of their own.
pub const BODY_LIMIT: usize = 512 * 1024;
/// Longest time for an answer.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// Puts the layers around the routes; the last one named is the outermost.
pub fn wrap(router: Router<App>, app: &App) -> Router<App> {
    let router = router
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(csrf(app))
        .layer(CompressionLayer::new().quality(tower_http::CompressionLevel::Precise(4)))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIME_LIMIT))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }))
        .layer(from_fn_with_state(app.clone(), add));
    with_request_ids(router)
}

/// `X-Request-ID` comes back as it was sent, or a new one.
pub fn with_request_ids<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    router
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
}

/// What the decision point has around it, in one layer: it is asked before each step of a technician's work, and has
/// no use for pages and compression. Its bodies have limits of size and time where they are read.
pub fn wrap_decision_point(router: Router<App>, app: &App) -> Router<App> {
    let headers = of_programs(app.https());
    let around = ServiceBuilder::new()
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(PropagateRequestIdLayer::x_request_id())
        .map_response(move |response: Response| under(&headers, worded(response)))
        .layer(csrf(app))
        .map_response(IntoResponse::into_response)
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }));
    router.layer(around)
}

/// Programs with a key of their own are not asked: they have no cookie that could be ridden.
fn csrf(app: &App) -> CsrfLayer {
    let layer = CsrfLayer::new();
    layer.clone().add_trusted_origin(&app.config.base_url).unwrap_or(layer)
}

/// Says in words what a layer said by its status alone: to people as a page, to programs as JSON.
fn say(visit: &Visit, response: Response) -> Response {
    let status = response.status();
    let Some(page) = wordless(&response) else { return response };
    let path = visit.uri.as_str();
    if path.starts_with("/api/") {
        return ApiProblem::plain(status, page).into_response();
    }
    if ["/access/", "/healthz/", "/oauth/"].iter().any(|area| path.starts_with(area)) {
        return worded(response);
    }
    if status.is_server_error() {
        tracing::error!(%status, "an answer without words");
    }
    (status, render::message(visit, page)).into_response()
}

/// The same for programs alone.
pub fn worded(response: Response) -> Response {
    let Some(page) = wordless(&response) else { return response };
    (response.status(), Json(serde_json::json!({ "error": page }))).into_response()
}

/// Which page says what an answer does not say.
fn wordless(response: &Response) -> Option<&'static str> {
    let body = response.body();
    page_for(response.status()).filter(|_| body.is_end_stream() || body.size_hint().exact() == Some(0))
}

async fn add(State(app): State<App>, request: Request, next: Next) -> Response {
    let visit = (request.method() != Method::HEAD).then(|| stranger(&app, request.uri(), request.headers()));
    let mut response = next.run(request).await;
    if let Some(visit) = visit {
        response = say(&visit, response);
    }
    secured(response, app.https())
}

/// With the headers that every answer has, unless it says otherwise itself.
pub fn secured(response: Response, https: bool) -> Response {
    under(&of_pages(https), response)
}

/// With these headers, unless it says otherwise itself.
pub fn under(headers: &HeaderMap, mut response: Response) -> Response {
    let own = std::mem::replace(response.headers_mut(), headers.clone());
    response.headers_mut().extend(own);
    response
}

/// The headers that every answer to a program has.
pub fn of_programs(https: bool) -> HeaderMap {
    let all = [
        (header::CONTENT_SECURITY_POLICY, CSP_FOR_PROGRAMS),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    collected(&all, https)
}

/// The headers that every page has.
fn of_pages(https: bool) -> HeaderMap {
    let all = [
        (header::CONTENT_SECURITY_POLICY, CSP),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=(), publickey-credentials-get=(self)",
        ),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    collected(&all, https)
}

fn collected(all: &[(HeaderName, &'static str)], https: bool) -> HeaderMap {
    let https = https.then_some((header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains"));
    let all = all.iter().cloned().chain(https).map(|(name, value)| (name, HeaderValue::from_static(value)));
    // Copies keep the room: an answer adds its own.
    let mut headers = HeaderMap::with_capacity(16);
    headers.extend(all);
    headers
}
