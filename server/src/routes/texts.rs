//! The contract texts: their versions for staff, the privacy officer's decision, and for a customer what changed since
//! it signed.

use super::my::{PathParts, contract_in};
use crate::edge::{Answer, Fault, Visit};
use crate::form::Fields;
use crate::render::{again, page, shell};
use crate::router::{Route, get, post};
use app::pages::text::{self, TextView, TouchedView};
use app::pages::text_offers::{CandidateView, OfferForm, StandingView, TextOffersView};
use app::pages::text_since::{self, TextSinceView};
use app::pages::texts::{self, TextRow, TextsView};
use axum::extract::{Path, RawQuery};
use domain::Mistakes;
use domain::permission::{Access, Actor, StaffRole};
use service::Problem;
use service::texts::offers::{self, AskInput, Candidate, Standing};
use service::texts::overview::{self, TextState};
use service::texts::touched::Touched;
use service::texts::{difference, publish};

/// Its routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/{lang}/texts", Access::ANY_STAFF, list),
        get("/{lang}/texts/{version}", Access::ANY_STAFF, one),
        post("/{lang}/texts/{version}/publish", Access::Staff(&[StaffRole::PrivacyOfficer]), publish_text),
        post("/{lang}/texts/{version}/offers", Access::Staff(&[StaffRole::ContractManager]), offer),
        get("/{lang}/my/{customer}/contracts/{id}/text", Access::Customer, since_signed),
    ]
}

async fn list(visit: Visit) -> Answer {
    let all = overview::all(visit.portal(), &visit.narrowed(Actor::staff)?).await?;
    Ok(page(texts::render(shell(&visit), TextsView { rows: all.iter().map(row).collect() })))
}

fn row(s: &TextState) -> TextRow {
    TextRow {
        version: s.version.clone(),
        family: s.family,
        change: s.change.name(),
        published: s.published.as_ref().map(|(p, _)| p.at),
        accept_until: s.published.as_ref().and_then(|(p, _)| p.accept_until),
        passed: s.passed,
        findings: s.findings.len(),
    }
}

fn version_in(parts: &super::my::Parts) -> String {
    parts.get("version").cloned().unwrap_or_default()
}

async fn one(visit: Visit, Path(parts): PathParts, RawQuery(query): RawQuery) -> Answer {
    let query = Fields::parse(query.unwrap_or_default().as_bytes());
    let against = Some(query.get("against")).filter(|v| !v.is_empty());
    let mut view = view(&visit, &version_in(&parts), against, None, Mistakes::default()).await?;
    view.offers = offers_view(&visit, &version_in(&parts), None).await?;
    Ok(page(text::render(shell(&visit), view)))
}

async fn view(
    visit: &Visit,
    version: &str,
    against: Option<&str>,
    typed: Option<String>,
    mistakes: Mistakes,
) -> Result<TextView, Fault> {
    let staff = visit.narrowed(Actor::staff)?;
    let d = overview::one(visit.portal(), &staff, version, against, visit.lang, visit.now).await?;
    let proposed = d.accept_until.map(|day| day.to_string()).unwrap_or_default();
    Ok(TextView {
        row: row(&d.state),
        published_by: d.state.published.map(|(_, by)| by).unwrap_or_default(),
        sha256: d.state.sha256,
        notes: d.notes,
        findings: d.state.findings,
        against: d.against,
        changes: d.changes,
        touched: d.touched.into_iter().map(|c| touched(visit, c)).collect(),
        accept_until: d.accept_until,
        typed: typed.unwrap_or(proposed),
        officer: staff.roles.contains(&StaffRole::PrivacyOfficer),
        offers: None,
        mistakes,
    })
}

fn touched(visit: &Visit, c: Touched) -> TouchedView {
    let (id, number, text_version) = c.contract;
    let catalogue = &visit.portal().content.catalogue;
    TouchedView {
        customer: c.customer,
        name: format!("{}, {}", c.number, c.name),
        contract: (id, number),
        text_version,
        lost: c.lost.iter().map(|a| catalogue.action(*a, visit.lang).to_string()).collect(),
    }
}

async fn publish_text(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let by = visit.narrowed(Actor::privacy_officer)?;
    let (version, typed) = (version_in(&parts), fields.text("accept_until"));
    match publish::run(visit.portal(), &by, &version, &typed, visit.now).await {
        Ok(()) => Ok(visit.go_saying(&format!("/texts/{version}"), "text-published")),
        Err(Problem::Mistakes(mistakes)) => {
            let view = view(&visit, &version, None, Some(typed), mistakes).await?;
            Ok(again(text::render(shell(&visit), view)))
        }
        Err(other) => Err(other.into()),
    }
}

/// The offering at once, for a contract manager; with what was typed and what was wrong with it.
async fn offers_view(
    visit: &Visit,
    version: &str,
    wrong: Option<(OfferForm, Mistakes)>,
) -> Result<Option<TextOffersView>, Fault> {
    let Ok(by) = visit.narrowed(Actor::contract_manager) else { return Ok(None) };
    let Some(run) = offers::overview(visit.portal(), &by, version, visit.now).await? else { return Ok(None) };
    let proposed = OfferForm { valid_until: run.proposed.to_string(), ..OfferForm::default() };
    let (typed, mistakes) = wrong.unwrap_or((proposed, Mistakes::default()));
    let candidates = run.candidates.into_iter().map(candidate).collect();
    Ok(Some(TextOffersView { candidates, accepted: run.accepted, typed, mistakes }))
}

fn candidate(c: Candidate) -> CandidateView {
    CandidateView {
        customer: c.customer,
        name: c.name,
        contract: c.contract,
        accept_until: c.accept_until,
        standing: match c.standing {
            Standing::Ready => StandingView::Ready,
            Standing::Waiting => StandingView::Waiting,
            Standing::Offered(id, state) => StandingView::Offered(id, state),
            Standing::Needs(why) => StandingView::Needs(why),
        },
    }
}

async fn offer(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let by = visit.narrowed(Actor::contract_manager)?;
    let version = version_in(&parts);
    let input = AskInput {
        whom: fields.text("whom"),
        contracts: fields.all("contracts"),
        valid_until: fields.text("valid_until"),
    };
    match offers::ask(visit.portal(), &by, &version, &input, visit.now).await {
        Ok(_) => Ok(visit.go_saying(&format!("/texts/{version}"), "text-offers-asked")),
        Err(Problem::Mistakes(mistakes)) => {
            let typed =
                OfferForm { whom: input.whom, contracts: input.contracts, valid_until: input.valid_until };
            let mut view = view(&visit, &version, None, None, Mistakes::default()).await?;
            view.offers = offers_view(&visit, &version, Some((typed, mistakes))).await?;
            Ok(again(text::render(shell(&visit), view)))
        }
        Err(other) => Err(other.into()),
    }
}

async fn since_signed(visit: Visit, Path(parts): PathParts) -> Answer {
    let by = visit.customer_user()?;
    let id = contract_in(&parts)?;
    let found = difference::since_signed(visit.portal(), &by, id, visit.lang, visit.now).await?;
    let view = TextSinceView {
        customer: by.customer,
        contract: id,
        number: found.contract.number,
        newer: found.newer.map(|n| (n.signed, n.newest, n.accept_until)),
        notes: found.notes,
        changes: found.changes,
        language: found.language,
    };
    Ok(page(text_since::render(shell(&visit), view)))
}
