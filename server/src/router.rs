//! Every URL of the portal, by who uses it. Each route names who may use it; the role × route matrix in the
//! tests is made from this list, so a route cannot be forgotten there.

use crate::front::Front;
use crate::state::App;
use crate::{access, api, assets, edge, headers, oauth, routes};
use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, on};
use domain::permission::Access;

/// One route: how, where, who.
pub struct Route {
    /// Method; `GET` answers `HEAD` too.
    pub method: Method,
    /// Path with its parameters; pages begin with `/{lang}`, a customer's with `/{lang}/my/{customer}`.
    pub path: &'static str,
    /// Who may.
    pub access: Access,
    handler: MethodRouter<App>,
}

/// A page to look at.
pub fn get<H, T>(path: &'static str, access: Access, handler: H) -> Route
where
    H: Handler<T, App>,
    T: 'static,
{
    Route { method: Method::GET, path, access, handler: axum::routing::get(handler) }
}

/// A form to send.
pub fn post<H, T>(path: &'static str, access: Access, handler: H) -> Route
where
    H: Handler<T, App>,
    T: 'static,
{
    Route { method: Method::POST, path, access, handler: on(axum::routing::MethodFilter::POST, handler) }
}

/// All routes, in reading order.
pub fn routes() -> Vec<Route> {
    let mut all = Vec::new();
    all.extend(routes::public::routes()); // anyone
    all.extend(routes::verify::routes());
    all.extend(routes::session::routes()); // logging in and out, links by mail
    all.extend(routes::account::routes()); // everyone who is logged in
    all.extend(routes::my::routes()); // a customer's people
    all.extend(routes::signing::routes()); // a customer's signatories
    all.extend(routes::desk::routes()); // staff
    all.extend(routes::gate::routes());
    all.extend(routes::customers::routes());
    all.extend(routes::contracts::routes());
    all.extend(routes::notice::routes()); // both sides
    all.extend(routes::disposal::routes()); // both sides
    all.extend(routes::annexes::routes());
    all.extend(routes::texts::routes()); // one of them a customer's
    all.extend(routes::decisions::routes());
    all.extend(routes::instructions::routes()); // customers and staff
    all.extend(routes::breaches::routes());
    all.extend(routes::audits::routes());
    all.extend(routes::staff::routes()); // admins
    all.extend(routes::clients::routes());
    all.extend(routes::outbox::routes());
    all.extend(routes::audit::routes());
    all.extend(access::routes()); // programs
    all.extend(oauth::routes());
    all.extend(api::routes());
    all.extend(routes::health::routes()); // machines
    all
}

/// The whole service as a router.
pub fn router(app: App) -> Router {
    Router::new().fallback_service(front(app))
}

/// The whole service: the question of questions in front, the decision point behind it, then everything else.
pub fn front(app: App) -> Front {
    let (mut point, mut rest) = (Router::new(), Router::new());
    for route in routes() {
        match route.access {
            Access::Client(_) if route.path.starts_with("/access/") => {
                point = point.route(route.path, route.handler);
            }
            // Programs have a key and no session: their handlers ask for it themselves, without a detour.
            Access::Client(_) => rest = rest.route(route.path, route.handler),
            access => {
                let guard = from_fn_with_state((app.clone(), access), edge::guard);
                rest = rest.route(route.path, route.handler.layer(guard));
            }
        }
    }
    let rest = rest
        .route("/assets/{name}", axum::routing::get(assets::serve))
        .fallback(edge::not_found)
        .method_not_allowed_fallback(edge::method_not_allowed);
    let rest = headers::wrap(rest, &app).with_state(app.clone());
    let point = point.method_not_allowed_fallback(edge::method_not_allowed);
    let all = headers::wrap_decision_point(point, &app).with_state(app.clone()).fallback_service(rest);
    Front::new(app, all)
}
