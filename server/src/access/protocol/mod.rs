//! OpenID AuthZEN 1.0 as a protocol, and nothing of what is decided: a [`Policy`] decides. Two have it: the portal,
//! and the scenario of the certification (`server/examples/authzen-conformance`), which only tests and that program
//! can reach.

mod batch;
mod body;
mod metadata;
mod question;
mod refused;
mod search;

pub use batch::{BATCH_BODY, MOST};
pub use body::json;
pub use metadata::{CONFIGURATION, metadata};
pub use question::{BODY_LIMIT, Entity, Members, Named, Object, Question};
pub use refused::Unanswered;
pub use search::{PAGE, PAGE_MOST};

// What a policy is handed, so that one need not name the web framework.
pub use axum::extract::Request;
pub use axum::http::{Extensions, HeaderMap};

use crate::headers::under;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, middleware::from_fn};

/// One question.
pub const EVALUATION: &str = "/access/v1/evaluation";
/// Many questions.
pub const EVALUATIONS: &str = "/access/v1/evaluations";
/// Who may do this to that?
pub const SEARCH_SUBJECT: &str = "/access/v1/search/subject";
/// To what may they do this?
pub const SEARCH_RESOURCE: &str = "/access/v1/search/resource";
/// What may they do to that?
pub const SEARCH_ACTION: &str = "/access/v1/search/action";

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Decisions.
    Evaluate,
    /// Lists.
    Search,
}

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Subjects.
    Subject,
    /// Resources.
    Resource,
    /// Actions.
    Action,
}

impl Wanted {
    /// Its name in paths and records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Resource => "resource",
            Self::Action => "action",
        }
    }
}

/// What decides.
pub trait Policy: Clone + Send + Sync + 'static {
    /// Who was let in, with everything that they are answered from.
    type Asker: Send + Sync;
    /// An answer on its way out.
    type Answer<'a>: Answer;

    /// Lets somebody in, or says why not.
    ///
    /// # Errors
    /// 401, 403, 429.
    fn admit(&self, request: &Request, door: Door) -> Result<Self::Asker, Unanswered>;

    /// Counts questions on top of the one that [`Self::admit`] has counted.
    ///
    /// # Errors
    /// 429.
    fn charge(&self, asker: &Self::Asker, more: u32) -> Result<(), Unanswered>;

    /// What every answer to this asker says in its head.
    fn head(&self, asker: &Self::Asker, headers: &mut HeaderMap);

    /// Decides, and records what was decided.
    ///
    /// # Errors
    /// 400, when a property is not what the policy needs.
    fn answer<'a>(
        &'a self,
        asker: &'a Self::Asker,
        question: &Question<'_>,
    ) -> Result<Self::Answer<'a>, Unanswered>;

    /// Decides for a list: nothing is recorded.
    ///
    /// # Errors
    /// As [`Self::answer`].
    fn permits(&self, asker: &Self::Asker, question: &Question<'_>) -> Result<bool, Unanswered>;

    /// Ids of all subjects of a type, in any order.
    fn subjects<'a>(&'a self, asker: &'a Self::Asker, kind: &str) -> Vec<&'a str>;

    /// Ids of all resources of a type, in any order.
    fn resources<'a>(&'a self, asker: &'a Self::Asker, kind: &str) -> Vec<&'a str>;

    /// Names of all actions.
    fn actions(&self) -> Vec<&'static str>;

    /// Records that somebody was given a list, before they get it.
    fn listed(
        &self,
        asker: &Self::Asker,
        wanted: Wanted,
        found: usize,
    ) -> impl Future<Output = Result<(), Unanswered>> + Send;
}

/// An answer as it is written.
pub trait Answer {
    /// Yes or no.
    fn decision(&self) -> bool;

    /// Appends it as JSON.
    fn write(&self, to: &mut Vec<u8>);
}

/// `POST /access/v1/evaluation`.
pub async fn evaluation<P: Policy>(policy: &P, request: Request) -> Response {
    evaluation_under(policy, HeaderMap::new(), request).await
}

/// The same, with headers that every answer has: put in place once, they need not be added to each.
pub async fn evaluation_under<P: Policy>(policy: &P, headers: HeaderMap, request: Request) -> Response {
    let asker = match policy.admit(&request, Door::Evaluate) {
        Ok(asker) => asker,
        Err(refused) => return under(&headers, refused.into_response()),
    };
    let mut response = match one(policy, &asker, request).await {
        Ok(answer) => body::json_under(headers, answer),
        Err(refused) => under(&headers, refused.into_response()),
    };
    policy.head(&asker, response.headers_mut());
    response
}

async fn one<P: Policy>(policy: &P, asker: &P::Asker, request: Request) -> Result<Vec<u8>, Unanswered> {
    let body = body::read(request, BODY_LIMIT).await?;
    let question = Question::read(&body)?;
    Ok(body::written(&policy.answer(asker, &question)?))
}

/// `POST /access/v1/evaluations`.
pub async fn evaluations<P: Policy>(policy: &P, request: Request) -> Response {
    let asker = match policy.admit(&request, Door::Evaluate) {
        Ok(asker) => asker,
        Err(refused) => return refused.into_response(),
    };
    let done = batch::answer(policy, &asker, request).await;
    finish(policy, &asker, done)
}

/// `POST /access/v1/search/…`.
pub async fn search<P: Policy>(policy: &P, wanted: Wanted, request: Request) -> Response {
    let asker = match policy.admit(&request, Door::Search) {
        Ok(asker) => asker,
        Err(refused) => return refused.into_response(),
    };
    let done = search::answer(policy, &asker, wanted, request).await;
    finish(policy, &asker, done)
}

fn finish<P: Policy>(policy: &P, asker: &P::Asker, done: Result<Response, Unanswered>) -> Response {
    let mut response = done.unwrap_or_else(IntoResponse::into_response);
    policy.head(asker, response.headers_mut());
    response
}

/// A decision point of its own, at `base_url`. The portal has its routes in the router's list instead.
pub fn router<P: Policy>(policy: P, base_url: &str) -> Router {
    let base: String = base_url.into();
    let find = |wanted| {
        post(async move |State(policy): State<P>, request: Request| search(&policy, wanted, request).await)
    };
    let router = Router::new()
        .route(EVALUATION, post(async |State(p): State<P>, r: Request| evaluation(&p, r).await))
        .route(EVALUATIONS, post(async |State(p): State<P>, r: Request| evaluations(&p, r).await))
        .route(SEARCH_SUBJECT, find(Wanted::Subject))
        .route(SEARCH_RESOURCE, find(Wanted::Resource))
        .route(SEARCH_ACTION, find(Wanted::Action))
        .route(CONFIGURATION, get(async move || metadata(&base)))
        .layer(axum::extract::DefaultBodyLimit::max(BATCH_BODY))
        .layer(from_fn(body::no_store))
        .with_state(policy);
    crate::headers::with_request_ids(router)
}
