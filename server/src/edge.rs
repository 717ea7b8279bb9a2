//! The edge of a request: one `now`, the language, who it is, whether they may. Handlers get a [`Visit`].

use crate::api::problem::ApiProblem;
use crate::render;
use crate::state::App;
use axum::RequestPartsExt as _;
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use domain::permission::{Access, Actor};
use domain::{CustomerId, Lang};
use service::Problem;
use std::collections::HashMap;
use store_session::Session;

/// Sessions as storage knows them.
mod store_session {
    pub use service::store::sessions::Session;
}

/// A request as handlers see it.
#[derive(Clone)]
pub struct Visit {
    /// The portal.
    pub app: App,
    /// The one time of this request.
    pub now: DateTime<Utc>,
    /// Language of the answer.
    pub lang: Lang,
    /// Path and query as asked for.
    pub uri: String,
    /// Who is logged in.
    pub actor: Option<Actor>,
    /// Their session.
    pub session: Option<Session>,
    /// The customer named in the path.
    pub customer: Option<CustomerId>,
}

/// What a handler answers: a response, or a problem that the guard turns into a page.
pub type Answer = Result<Response, Fault>;

/// A problem on its way to the guard.
#[derive(Debug)]
pub struct Fault(pub Problem);

impl<P: Into<Problem>> From<P> for Fault {
    fn from(problem: P) -> Self {
        Self(problem.into())
    }
}

/// Which page stands for a fault: `message-<name>` in `content/ui`.
#[derive(Clone, Copy, Debug)]
struct FaultPage(&'static str);

/// An answer without a body, said in words by the outermost layer.
pub fn page_for(status: StatusCode) -> Option<&'static str> {
    match status {
        StatusCode::FORBIDDEN => Some("cross-origin"),
        StatusCode::NOT_FOUND => Some("not-found"),
        StatusCode::PAYLOAD_TOO_LARGE => Some("too-large"),
        StatusCode::SERVICE_UNAVAILABLE => Some("too-slow"),
        status if status.is_server_error() => Some("broken"),
        status if status.is_client_error() => Some("not-understood"),
        _ => None,
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let (status, page) = match &self.0 {
            Problem::Missing => (StatusCode::NOT_FOUND, "not-found"),
            Problem::Mistakes(_) => (StatusCode::UNPROCESSABLE_ENTITY, "not-understood"),
            Problem::Refused(_) => (StatusCode::CONFLICT, "refused"),
            Problem::Stale => (StatusCode::CONFLICT, "stale"),
            Problem::TooMany => (StatusCode::TOO_MANY_REQUESTS, "too-many"),
            Problem::Internal(cause) => {
                tracing::error!(%cause, "request failed");
                (StatusCode::INTERNAL_SERVER_ERROR, "broken")
            }
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(FaultPage(page));
        if let Problem::Refused(r) = &self.0 {
            response.extensions_mut().insert(RefusedPage(r.code()));
        }
        response
    }
}

#[derive(Clone, Copy, Debug)]
struct RefusedPage(&'static str);

/// Stands before every route: makes the [`Visit`], asks [`Access`], turns faults into pages.
pub async fn guard(State((app, access)): State<(App, Access)>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let (visit, known) = visit(&app, &mut parts).await;
    if let Err(fault) = known {
        return finish(&visit, fault.into_response());
    }
    if !matches!(access, Access::Client(_)) && !access.allows(visit.actor.as_ref(), visit.customer) {
        return denied(&visit, access, &parts.method);
    }
    let chosen = language_chosen(&parts, visit.lang);
    parts.extensions.insert(visit.clone());
    let response = finish(&visit, next.run(Request::from_parts(parts, body)).await);
    match chosen {
        true => remember_language(&app, visit.lang, response),
        false => response,
    }
}

/// A visit there always is, also for a page that does not exist: somebody has to be told. An id that is none is
/// treated as one that nobody knows: foreign and missing look the same.
async fn visit(app: &App, parts: &mut Parts) -> (Visit, Result<(), Fault>) {
    let path = parts.extract::<Path<HashMap<String, String>>>().await.map(|p| p.0).unwrap_or_default();
    let mut visit = stranger(app, &parts.uri, &parts.headers);
    visit.customer = path.get("customer").and_then(|id| id.parse::<CustomerId>().ok());
    let found = match cookie(&parts.headers, app.cookie_name()) {
        Some(token) => service::people::sessions::resolve(&app.portal, token, visit.now).await,
        None => Ok(None),
    };
    let known = match path.get("lang") {
        Some(code) if Lang::parse(code).is_none() => Err(Problem::Missing.into()),
        _ => Ok(()),
    };
    match found {
        Ok(found) => (visit.actor, visit.session) = found.unzip(),
        Err(problem) => return (visit, Err(problem.into())),
    }
    if language_of(parts.uri.path()).is_none() && language_cookie(&parts.headers).is_none() {
        visit.lang = visit.actor.as_ref().map_or(visit.lang, |a| a.language);
    }
    (visit, known)
}

/// A visit of which nothing is known but what the request says of itself.
pub fn stranger(app: &App, uri: &Uri, headers: &HeaderMap) -> Visit {
    Visit {
        app: app.clone(),
        now: app.now(),
        lang: language_of(uri.path()).unwrap_or_else(|| preferred_language(headers)),
        uri: uri.path_and_query().map_or("/", |p| p.as_str()).to_string(),
        actor: None,
        session: None,
        customer: None,
    }
}

/// Not logged in: to the log-in, and back afterwards; a form that was sent meanwhile stays in its tab, to be sent
/// again by reloading. Logged in without the right: 403, or 404 where even the existence of a page is nobody's
/// business.
fn denied(visit: &Visit, access: Access, method: &Method) -> Response {
    if visit.actor.is_none() && *method == Method::POST {
        let challenge = [(header::WWW_AUTHENTICATE, "Cookie")];
        return (StatusCode::UNAUTHORIZED, challenge, render::session_ended(visit)).into_response();
    }
    if visit.actor.is_none() {
        let next: String = form_urlencoded::byte_serialize(visit.uri.as_bytes()).collect();
        return Redirect::to(&format!("/{}/login?next={next}", visit.lang.code())).into_response();
    }
    let (status, page) = match access.hides() {
        true => (StatusCode::NOT_FOUND, "not-found"),
        false => (StatusCode::FORBIDDEN, "forbidden"),
    };
    (status, render::message(visit, page)).into_response()
}

fn finish(visit: &Visit, response: Response) -> Response {
    let Some(FaultPage(page)) = response.extensions().get::<FaultPage>().copied() else { return response };
    let status = response.status();
    match response.extensions().get::<RefusedPage>() {
        Some(RefusedPage(code)) => (status, render::refused(visit, code)).into_response(),
        None => (status, render::message(visit, page)).into_response(),
    }
}

/// No such page.
pub async fn not_found(State(app): State<App>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    if parts.uri.path().starts_with("/api/") {
        return ApiProblem::plain(StatusCode::NOT_FOUND, "no such resource").into_response();
    }
    if parts.uri.path().starts_with("/access/") {
        return (StatusCode::NOT_FOUND, axum::Json(serde_json::json!({"error": "no such resource"})))
            .into_response();
    }
    let (visit, _) = visit(&app, &mut parts).await;
    (StatusCode::NOT_FOUND, render::message(&visit, "not-found")).into_response()
}

/// The page exists, but not for this method (a reloaded form address).
pub async fn method_not_allowed(State(app): State<App>, request: Request) -> Response {
    if request.uri().path().starts_with("/api/") {
        return ApiProblem::plain(StatusCode::METHOD_NOT_ALLOWED, "not with this method").into_response();
    }
    let mut response = not_found(State(app), request).await;
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response
}

impl Visit {
    /// Who is logged in; routes that need somebody have seen to it.
    ///
    /// # Errors
    /// [`Problem::Missing`] when nobody is.
    pub fn actor(&self) -> Result<&Actor, Fault> {
        self.actor.as_ref().ok_or(Fault(Problem::Missing))
    }

    /// Narrows the actor; routes have seen to the role.
    ///
    /// # Errors
    /// [`Problem::Missing`] without the role.
    pub fn narrowed<A>(&self, narrow: impl FnOnce(&Actor) -> Option<A>) -> Result<A, Fault> {
        narrow(self.actor()?).ok_or(Fault(Problem::Missing))
    }

    /// The user of the customer named in the path.
    ///
    /// # Errors
    /// [`Problem::Missing`] for anybody else.
    pub fn customer_user(&self) -> Result<domain::permission::CustomerUser, Fault> {
        let customer = self.customer.ok_or(Fault(Problem::Missing))?;
        self.narrowed(|a| a.of_customer(customer))
    }

    /// The signatory of the customer named in the path.
    ///
    /// # Errors
    /// [`Problem::Missing`] for anybody else.
    pub fn signatory(&self) -> Result<domain::permission::Signatory, Fault> {
        self.customer_user()?.signatory().ok_or(Fault(Problem::Missing))
    }

    /// Use cases.
    pub fn portal(&self) -> &service::Portal {
        &self.app.portal
    }

    /// Words in the language of the page.
    pub fn t(&self) -> app::i18n::T {
        app::i18n::T(self.lang)
    }

    /// 303 to a page of the portal in this language.
    pub fn go(&self, path: &str) -> Response {
        Redirect::to(&format!("/{}{path}", self.lang.code())).into_response()
    }

    /// 303 that takes along the message which came here.
    pub fn go_on(&self, path: &str) -> Response {
        let query = self.uri.split_once('?').map_or("", |(_, query)| query);
        match form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "said") {
            Some((_, said)) => {
                let said: String = form_urlencoded::byte_serialize(said.as_bytes()).collect();
                self.go_saying(path, &said)
            }
            None => self.go(path),
        }
    }

    /// 303 with a message shown once on the next page: `flash-<name>` in `content/ui`.
    pub fn go_saying(&self, path: &str, flash: &str) -> Response {
        let glue = if path.contains('?') { '&' } else { '?' };
        let (path, anchor) =
            path.split_once('#').map_or((path, String::new()), |(p, a)| (p, format!("#{a}")));
        Redirect::to(&format!("/{}{path}{glue}said={flash}{anchor}", self.lang.code())).into_response()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        let visit = parts.extensions.get::<Self>().cloned();
        visit.ok_or_else(|| Problem::Internal("a handler outside of the guard".into()).into())
    }
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(n, v)| (n == name).then_some(v))
}

/// The language that the path names.
fn language_of(path: &str) -> Option<Lang> {
    path.split('/').nth(1).and_then(Lang::parse)
}

/// Remembers the language that somebody has switched to, and nothing else.
const LANGUAGE_COOKIE: &str = "avp_lang";

fn language_cookie(headers: &HeaderMap) -> Option<Lang> {
    cookie(headers, LANGUAGE_COOKIE).and_then(Lang::parse)
}

/// Whether this page was reached by the switch of the language: from the same site in the other language.
fn language_chosen(parts: &Parts, lang: Lang) -> bool {
    let from = || parts.headers.get(header::REFERER)?.to_str().ok()?.parse::<Uri>().ok();
    let host = parts.headers.get(header::HOST).and_then(|h| h.to_str().ok());
    let switched = |from: Uri| {
        from.authority().map(axum::http::uri::Authority::as_str) == host
            && language_of(from.path()).is_some_and(|was| was != lang)
    };
    language_of(parts.uri.path()) == Some(lang) && parts.method == Method::GET && from().is_some_and(switched)
}

fn remember_language(app: &App, lang: Lang, mut response: Response) -> Response {
    let secure = if app.https() { "; Secure" } else { "" };
    let value = format!(
        "{LANGUAGE_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{secure}",
        lang.code()
    );
    if let Ok(value) = HeaderValue::from_str(&value) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// The language a browser asks for: cookie, then `Accept-Language`, then German.
fn preferred_language(headers: &HeaderMap) -> Lang {
    if let Some(lang) = language_cookie(headers) {
        return lang;
    }
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let mut best: Option<(f32, Lang)> = None;
    for part in accepted.split(',') {
        let (tag, quality) =
            part.split_once(";q=").map_or((part, 1.0), |(t, q)| (t, q.trim().parse().unwrap_or(0.0)));
        let lang = tag.trim().get(..2).map(str::to_lowercase).and_then(|code| Lang::parse(&code));
        if let Some(lang) = lang
            && quality > best.map_or(0.0, |(q, _)| q)
        {
            best = Some((quality, lang));
        }
    }
    best.map_or(Lang::De, |(_, lang)| lang)
}

/// The system's clock.
#[expect(clippy::disallowed_methods, reason = "the one place where the time is taken")]
pub fn system_clock() -> DateTime<Utc> {
    Utc::now()
}
