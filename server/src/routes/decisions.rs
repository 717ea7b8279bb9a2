//! The recorded answers of the gate, for staff and for the customer whom they are about.

use super::gate::number_of;
use crate::edge::{Answer, Visit};
use crate::form::Fields;
use crate::render;
use crate::router::{Route, get};
use app::components::Verdict;
use app::pages::decisions::{self, DecisionRow, DecisionsView};
use domain::Action;
use domain::gate::Reason;
use domain::permission::{Access, Actor};
use service::content::gate_texts::ReasonText;
use service::gate::decisions::{self as records, Page, Row};

/// The routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/{lang}/decisions", Access::ANY_STAFF, all),
        get("/{lang}/my/{customer}/decisions", Access::Customer, my),
    ]
}

async fn all(visit: Visit) -> Answer {
    let by = visit.narrowed(Actor::staff)?;
    let fields = fields(&visit);
    let number = number_of(&visit.portal().gate.facts(), fields.get("customer"));
    let found = records::list(visit.portal(), &by, &number, fields.page(), visit.now).await?;
    let view = match found {
        None => DecisionsView { filter: number, unknown: true, ..DecisionsView::default() },
        Some(page) => {
            let for_staff = |r: &ReasonText| r.staff.clone();
            DecisionsView { filter: number, ..view(&visit, page, true, for_staff) }
        }
    };
    Ok(render::page(decisions::render(render::shell(&visit), view)))
}

async fn my(visit: Visit) -> Answer {
    let by = visit.customer_user()?;
    let page = records::of_customer(visit.portal(), &by, fields(&visit).page(), visit.now).await?;
    let view = view(&visit, page, false, |r| r.customer.clone());
    Ok(render::page(decisions::render_my(render::shell(&visit), by.customer, view)))
}

fn fields(visit: &Visit) -> Fields {
    Fields::parse(visit.uri.split_once('?').map_or("", |(_, query)| query).as_bytes())
}

fn view(visit: &Visit, page: Page, with_customer: bool, words: fn(&ReasonText) -> String) -> DecisionsView {
    let rows = page.rows.into_iter().map(|r| row(visit, r, with_customer, words)).collect();
    DecisionsView { rows, page: page.page, pages: page.pages, total: page.total, ..DecisionsView::default() }
}

fn row(visit: &Visit, r: Row, with_customer: bool, words: fn(&ReasonText) -> String) -> DecisionRow {
    let content = &visit.portal().content;
    let d = r.decision;
    let tool = content
        .catalogue
        .tools
        .iter()
        .find(|tool| tool.id == d.tool)
        .map_or(d.tool.clone(), |t| t.name.clone());
    let note: Vec<String> = [tool, d.ticket].into_iter().filter(|part| !part.is_empty()).collect();
    let link = |(number, name): (String, String)| {
        let href = d.customer.map(|id| visit.t().url(&format!("/customers/{id}"))).unwrap_or_default();
        (format!("{number} {name}"), href)
    };
    let reason = d.reasons.first().and_then(|code| Reason::parse(code));
    DecisionRow {
        at: d.at,
        subject: r.subject,
        action: Action::parse(&d.action)
            .map_or(d.action.clone(), |action| content.catalogue.action(action, visit.lang).to_string()),
        note: note.join(", "),
        customer: r.customer.filter(|_| with_customer).map(link),
        verdict: match d.outcome.as_str() {
            "permitted" => Verdict::Permitted,
            "advice_only" => Verdict::Advice,
            _ => Verdict::Refused,
        },
        reason: reason.map(|r| words(content.gate.reason(r, visit.lang))).unwrap_or_default(),
    }
}
