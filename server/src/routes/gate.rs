//! The gate for people: one search field, one answer, recorded as asked by whoever is logged in.

use crate::edge::{Answer, Visit};
use crate::form::Fields;
use crate::render;
use crate::router::{Route, get};
use app::components::{Choice, Verdict};
use app::islands::{FoundAnswer, FoundLine};
use app::pages::gate::{self, AnswerView, Found, GateView, Mark};
use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::gate::{
    CustomerFact, Decision, Facts, Ground, Outcome, Question, Resource, Subject, decide, decide_all,
};
use domain::permission::Access;
use domain::{Action, CustomerId, Service};
use service::Problem;
use service::gate::ask::{Asked, ask};
use service::gate::record::AskedBy;
use service::gate::search::Hit;
use service::gate::{Memory, words};

/// The routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/{lang}/gate", Access::ANY_STAFF, page),
        get("/{lang}/gate/search.json", Access::ANY_STAFF, search),
    ]
}

/// What a technician with a customer on the phone most often wants to know.
const USUAL: Action = Action::RemoteSupportControl;

async fn page(visit: Visit) -> Answer {
    let fields = query(&visit);
    let memory = visit.portal().gate.memory();
    let action = match fields.get("action") {
        "" => None,
        name => Some(Action::parse(name).ok_or(Problem::Missing)?),
    };
    let typed = fields.get("q").trim();
    let hits = memory.index.find(typed);
    let number = match (fields.get("customer").trim(), &hits[..]) {
        ("", [only]) => only.number.clone(),
        (given, _) => number_of(&memory.facts, given),
    };
    let found = match memory.facts.customer(&number) {
        Some(customer) => {
            let tool = Some(fields.get("tool")).filter(|tool| !tool.is_empty());
            Found::Answer(Box::new(answer(&visit, &memory, customer, action.unwrap_or(USUAL), tool)?))
        }
        None if typed.is_empty() && number.is_empty() => Found::NotAsked,
        None if hits.is_empty() => Found::Nobody,
        None => Found::Hits(lines(&visit, &memory, hits, action)),
    };
    let view = GateView {
        // After an answer the field is free for the next customer.
        query: if matches!(found, Found::Answer(_)) { String::new() } else { shown(typed, &number) },
        action: action.map(|a| a.name().to_string()).unwrap_or_default(),
        found,
    };
    Ok(render::page(gate::render(render::shell_with_islands(&visit), view)))
}

fn shown(typed: &str, number: &str) -> String {
    if typed.is_empty() { number.into() } else { typed.into() }
}

/// What the field shows while somebody types.
async fn search(visit: Visit) -> Response {
    let fields = query(&visit);
    let memory = visit.portal().gate.memory();
    let hits = memory.index.find(fields.get("q"));
    Json(lines(&visit, &memory, hits, Action::parse(fields.get("action")))).into_response()
}

fn query(visit: &Visit) -> Fields {
    Fields::parse(visit.uri.split_once('?').map_or("", |(_, query)| query).as_bytes())
}

/// A number as in the facts; other pages name customers by id.
pub(super) fn number_of(facts: &Facts, given: &str) -> String {
    let number = given.trim().to_ascii_uppercase();
    match given.trim().parse::<CustomerId>() {
        Ok(id) if facts.customer(&number).is_none() => {
            facts.customers().find(|c| c.id == id).map_or(number, |c| c.number.clone())
        }
        _ => number,
    }
}

fn lines(visit: &Visit, memory: &Memory, hits: Vec<Hit>, action: Option<Action>) -> Vec<FoundLine> {
    let line = |h: Hit| FoundLine {
        href: href(visit, &h.number, action, None),
        answer: at_a_glance(visit, memory, &h.number, action.unwrap_or(USUAL)),
        title: format!("{} {}", h.number, h.name),
        note: h.note,
    };
    hits.into_iter().map(line).collect()
}

/// What the answer would be; recorded is the one that is asked for.
fn at_a_glance(visit: &Visit, memory: &Memory, number: &str, action: Action) -> Option<FoundAnswer> {
    let question = Question {
        subject: Subject::Technician(&visit.actor.as_ref()?.email),
        action: Some(action),
        resource: Resource::Number(number),
        tool: None,
    };
    let verdict = verdict(decide(&memory.facts, &question, visit.now).outcome);
    Some(FoundAnswer {
        word: verdict.word(visit.t()),
        tone: verdict.tone().name().into(),
        icon: format!("{}#{}", app::assets::url("icons.svg"), verdict.icon()),
    })
}

fn href(visit: &Visit, number: &str, action: Option<Action>, tool: Option<&str>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("customer", number);
    if let Some(action) = action {
        query.append_pair("action", action.name());
    }
    if let Some(tool) = tool {
        query.append_pair("tool", tool);
    }
    visit.t().url(&format!("/gate?{}", query.finish()))
}

fn answer(
    visit: &Visit,
    memory: &Memory,
    customer: &CustomerFact,
    action: Action,
    tool: Option<&str>,
) -> Result<AnswerView, crate::edge::Fault> {
    let actor = visit.actor()?;
    // A tool belongs to its action; the marks of the others are asked without it.
    let tool = tool.filter(|_| takes_tool(action));
    let question = Question {
        subject: Subject::Technician(&actor.email),
        action: Some(action),
        resource: Resource::Number(&customer.number),
        tool,
    };
    let asked = Asked {
        question,
        by: AskedBy::User(actor.user),
        subject_type: "technician",
        subject: &actor.email,
        action: action.name(),
        ticket: "",
        channel: "page",
    };
    let gate = &visit.portal().gate;
    let given = ask(gate, &memory.facts, &asked, visit.now).decision;
    let mut view = view(visit, customer, action, tool, &given)?;
    let others = decide_all(&memory.facts, &Question { tool: None, ..question }, visit.now);
    let mark = |(other, decision): (Action, Decision<'_>)| Mark {
        verdict: verdict(if other == action { given.outcome } else { decision.outcome }),
        action: visit.portal().content.catalogue.action(other, visit.lang).to_string(),
        href: href(visit, &customer.number, Some(other), None),
        current: other == action,
    };
    view.marks = others.into_iter().map(mark).collect();
    Ok(view)
}

fn view(
    visit: &Visit,
    customer: &CustomerFact,
    action: Action,
    tool: Option<&str>,
    given: &Decision<'_>,
) -> Result<AnswerView, crate::edge::Fault> {
    let content = &visit.portal().content;
    let first = given.reasons.first().map(|r| content.gate.reason(r, visit.lang));
    let contract = match given.ground {
        Some(Ground::Contract(c)) => Some(c),
        _ => None,
    };
    let tools = &content.catalogue.tools;
    let choices = tools.iter().map(|tool| Choice::new(tool.id.clone(), tool.name.clone()));
    let tool_name =
        |id: &str| tools.iter().find(|tool| tool.id == id).map_or(id.to_string(), |tool| tool.name.clone());
    Ok(AnswerView {
        verdict: verdict(given.outcome),
        action: content.catalogue.action(action, visit.lang).to_string(),
        tool: tool.map(tool_name).unwrap_or_default(),
        customer: customer.name.clone(),
        number: customer.number.clone(),
        customer_href: visit.t().url(&format!("/customers/{}", customer.id)),
        service_contract: customer.service_contract,
        reason: first.map(|r| r.staff.clone()).unwrap_or_default(),
        next: first.map(|r| r.next.clone()).unwrap_or_default(),
        more_reasons: given
            .reasons
            .iter()
            .skip(1)
            .map(|r| content.gate.reason(r, visit.lang).staff.clone())
            .collect(),
        contract: contract.map(|c| (c.number.clone(), c.version)),
        valid_until: given.valid_until,
        contract_until: contract.and_then(|c| c.last_day),
        customer_text: words::customer_text(visit.portal(), given, action)?,
        marks: Vec::new(),
        tools: if takes_tool(action) { choices.collect() } else { Vec::new() },
        tool_id: tool.unwrap_or_default().to_string(),
        action_id: action.name().to_string(),
    })
}

/// Work on the customer's systems is done with something.
fn takes_tool(action: Action) -> bool {
    use Service as S;
    matches!(action.service(), Some(S::RemoteSupport | S::ItcService | S::SystemAdministration))
}

/// The gate's word as pages show it.
pub(super) fn verdict(outcome: Outcome) -> Verdict {
    match outcome {
        Outcome::Permitted => Verdict::Permitted,
        Outcome::AdviceOnly => Verdict::Advice,
        Outcome::Refused => Verdict::Refused,
    }
}
