//! The front door. One question is asked before each step of a technician's work: it is answered here, before the
//! router and before the layers that pages need. Whatever else comes, or comes otherwise, goes on to the router.

use crate::access::{PortalPolicy, protocol};
use crate::headers::{self, FETCH_SITE, REQUEST_ID};
use crate::state::App;
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::future::RouteFuture;
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Either};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::task::{Context, Poll};
use tower::Service;
use tower_http::request_id::{MakeRequestId as _, MakeRequestUuid};

/// The service of one connection. Cheap to clone.
#[derive(Clone)]
pub struct Front {
    house: Arc<House>,
    peer: Option<SocketAddr>,
}

struct House {
    app: Arc<App>,
    /// What every answer says in its head.
    headers: HeaderMap,
    rest: Router,
}

impl Front {
    /// Before this router.
    pub fn new(app: App, rest: Router) -> Self {
        let headers = headers::of_programs(app.https());
        Self { house: Arc::new(House { app: Arc::new(app), headers, rest }), peer: None }
    }

    /// For a connection with this other end.
    #[must_use]
    pub fn at(&self, peer: SocketAddr) -> Self {
        Self { house: self.house.clone(), peer: Some(peer) }
    }
}

impl Service<Request> for Front {
    type Response = Response;
    type Error = Infallible;
    type Future = Either<BoxFuture<'static, Result<Response, Infallible>>, RouteFuture<Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        if is_program_asking(&request) {
            return Either::Left(Box::pin(answer(self.clone(), request).map(Ok)));
        }
        if let Some(peer) = self.peer {
            request.extensions_mut().insert(ConnectInfo(peer));
        }
        Either::Right(self.house.rest.clone().call(request))
    }
}

/// A question by a program. A browser says where it comes from, and that is checked behind the router.
fn is_program_asking(request: &Request<Body>) -> bool {
    let headers = request.headers();
    request.method() == Method::POST
        && request.uri().path() == protocol::EVALUATION
        && !headers.contains_key(header::ORIGIN)
        && !headers.contains_key(&FETCH_SITE)
}

/// No panic ends the portal, and none is a yes.
async fn answer(front: Front, request: Request) -> Response {
    let house = &front.house;
    let id = request.headers().get(&REQUEST_ID).cloned().or_else(|| fresh_id(&request));
    let policy = PortalPolicy::at(&house.app, front.peer.map(|p| p.ip()));
    let answer = protocol::evaluation_under(&policy, house.headers.clone(), request);
    let answer = AssertUnwindSafe(answer).catch_unwind().await;
    let mut response = answer.unwrap_or_else(|_| {
        let response = headers::worded(StatusCode::INTERNAL_SERVER_ERROR.into_response());
        headers::under(&house.headers, response)
    });
    if let Some(id) = id {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

fn fresh_id(request: &Request) -> Option<HeaderValue> {
    MakeRequestUuid.make_request_id(request).map(|id| id.header_value().clone())
}
