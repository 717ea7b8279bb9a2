//! The portal's own policy: the gate. On the way to a decision there is no database: client, facts and sentences are
//! in memory, the record is queued.

mod answer;
mod question;

use super::caller::{Caller, EVALUATE, SEARCH};
use super::protocol::{Door, Policy, Question, Unanswered, Wanted};
use crate::caller;
use crate::state::App;
use answer::Answered;
use axum::extract::{FromRef, Request};
use axum::http::{HeaderMap, StatusCode};
use domain::gate::{Outcome, decide};
use domain::{Action, audit};
use question::Parsed;
use service::gate::ask::ask;
use service::gate::record::AskedBy;
use std::net::IpAddr;
use std::sync::Arc;

/// The gate as programs ask it.
#[derive(Clone)]
pub struct PortalPolicy {
    app: Arc<App>,
    peer: Option<IpAddr>,
}

impl PortalPolicy {
    /// For questions that come over a connection with this other end.
    pub fn at(app: &Arc<App>, peer: Option<IpAddr>) -> Self {
        Self { app: app.clone(), peer }
    }
}

impl FromRef<App> for PortalPolicy {
    fn from_ref(app: &App) -> Self {
        Self { app: Arc::new(app.clone()), peer: None }
    }
}

impl Policy for PortalPolicy {
    type Asker = Caller;
    type Answer<'a> = Answered<'a>;

    fn admit(&self, request: &Request, door: Door) -> Result<Caller, Unanswered> {
        let scope = match door {
            Door::Evaluate => EVALUATE,
            Door::Search => SEARCH,
        };
        let peer = self.peer.or_else(|| caller::peer(request.extensions()));
        Caller::at(&self.app, request.headers(), peer, scope)
    }

    fn charge(&self, caller: &Caller, more: u32) -> Result<(), Unanswered> {
        caller.charge(more)
    }

    fn head(&self, caller: &Caller, headers: &mut HeaderMap) {
        caller.head(headers);
    }

    fn answer<'a>(&'a self, caller: &'a Caller, question: &Question<'_>) -> Result<Answered<'a>, Unanswered> {
        let portal = &self.app.portal;
        let parsed = Parsed::read(question)?;
        let by = AskedBy::Client(caller.client.name.clone());
        let answer = ask(&portal.gate, &caller.memory.facts, &parsed.asked(by), caller.now);
        Ok(Answered { portal, answer, explain: parsed.explain })
    }

    fn permits(&self, caller: &Caller, question: &Question<'_>) -> Result<bool, Unanswered> {
        let parsed = Parsed::read(question)?;
        let decision = decide(&caller.memory.facts, &parsed.question(), caller.now);
        Ok(decision.outcome == Outcome::Permitted)
    }

    fn subjects<'a>(&'a self, caller: &'a Caller, kind: &str) -> Vec<&'a str> {
        let facts = &caller.memory.facts;
        match kind {
            // A person who may do nothing at all is not one who may be given advice either.
            "technician" => facts.technicians.iter().filter(|(_, t)| !t.locked).map(|(a, _)| &**a).collect(),
            "automation" | "integration" => facts.programs.keys().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    fn resources<'a>(&'a self, caller: &'a Caller, kind: &str) -> Vec<&'a str> {
        match kind {
            "customer" => caller.memory.facts.customers().map(|c| c.number.as_str()).collect(),
            // Tickets and systems are the ticket system's own: the portal has no list of them.
            _ => Vec::new(),
        }
    }

    fn actions(&self) -> Vec<&'static str> {
        Action::ALL.iter().map(|a| a.name()).collect()
    }

    async fn listed(&self, caller: &Caller, wanted: Wanted, found: usize) -> Result<(), Unanswered> {
        let client = format!("client:{}", caller.client.id);
        let event = audit::Event::new("search.answered", client, format!("search:{}", wanted.name()));
        let recorded =
            service::gate::search::listed(&self.app.portal, event.fact("found", found), caller.now);
        recorded.await.map_err(|problem| {
            tracing::error!(%problem, "a search could not be recorded");
            Unanswered::new(StatusCode::INTERNAL_SERVER_ERROR, "the search could not be recorded")
        })
    }
}
