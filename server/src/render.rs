//! From a visit to a page: the frame around it, and the pages that say one thing.

use crate::edge::Visit;
use app::components::Tone;
use app::layout::{Shell, UserBadge};
use app::pages::message::{self, MessageView};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

/// The frame for a page of this visit.
pub fn shell(visit: &Visit) -> Shell {
    let mut shell =
        Shell::new(visit.lang, visit.uri.clone(), visit.portal().content.provider.short_name.clone());
    shell.demo = visit.portal().settings.demo;
    shell.flash = said(visit);
    shell.user = visit.actor.as_ref().map(|a| {
        let mut customers: Vec<_> = a.customers.iter().map(|(c, _)| (*c, customer_name(visit, *c))).collect();
        customers.dedup();
        UserBadge { name: a.name.clone(), staff_roles: a.staff.clone(), customers }
    });
    shell
}

/// The frame for a page that holds islands.
pub fn shell_with_islands(visit: &Visit) -> Shell {
    let mut shell = shell(visit);
    shell.islands.clone_from(&visit.app.islands);
    shell
}

fn customer_name(visit: &Visit, id: domain::CustomerId) -> String {
    let facts = visit.portal().gate.facts();
    facts.customers().find(|c| c.id == id).map(|c| c.name.clone()).unwrap_or_default()
}

/// What the page before said on its way here (`?said=…`); only words that exist.
fn said(visit: &Visit) -> Option<(Tone, String)> {
    let query = visit.uri.split_once('?')?.1;
    let (_, name) = form_urlencoded::parse(query.as_bytes()).find(|(k, _)| k == "said")?;
    let key = format!("flash-{name}");
    visit.t().has(&key).then(|| (Tone::Good, visit.t().t(&key)))
}

/// A page with 200.
pub fn page(html: String) -> Response {
    Html(html).into_response()
}

/// The same page again, with what was wrong, with 422.
pub fn again(html: String) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response()
}

/// A page that says one thing: `message-<name>` in `content/ui`.
pub fn message(visit: &Visit, name: &str) -> Html<String> {
    let view = MessageView::known(visit.t(), name, visit.t().url("/"));
    Html(message::render(shell(visit), view))
}

/// The log-in has run out while a form was filled in: log in beside it, then send it again.
pub fn session_ended(visit: &Visit) -> Html<String> {
    let view = MessageView::known(visit.t(), "session-ended", visit.t().url("/login"));
    Html(message::render(shell(visit), view))
}

/// Why a contract does not allow it now: `refusal-<code>`.
pub fn refused(visit: &Visit, code: &str) -> Html<String> {
    let mut view = MessageView::known(visit.t(), "refused", visit.t().url("/"));
    view.paragraphs.insert(0, visit.t().t(&format!("refusal-{code}")));
    Html(message::render(shell(visit), view))
}
