//! Contracts for staff: the list, one contract with everything around it, and the contract manager's steps.

use super::contract_words as words;
use super::my::{PathParts, contract_in};
use super::signing::signatory_in;
use crate::edge::{Answer, Fault, Visit};
use crate::form::Fields;
use crate::pdf;
use crate::render::{again, page, shell};
use crate::router::{Route, get, post};
use app::pages::contract_parts::weighing;
use app::pages::contracts::{self, ContractsView};
use app::pages::preview::{self, PreviewView};
use app::pages::staff_contract::{self, Refused, StaffContractView, Typed};
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _};
use chrono::Duration;
use domain::contract::{Contract, StateName};
use domain::permission::{Access, Actor, StaffRole};
use domain::{ContractId, Mistakes, calendar};
use service::contracts::countersign::{self, CountersignInput};
use service::contracts::offer::{self, NOTICE_DAYS, OFFER_DAYS, OfferInput};
use service::contracts::{begin_amendment, decline, name_signatory, proof_pack, read};
use service::customers::confirm_paper::confirm_paper;
use service::{Content, Problem};

const MANAGERS: Access = Access::Staff(&[StaffRole::ContractManager]);

/// The routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/{lang}/contracts", Access::ANY_STAFF, list),
        get("/{lang}/contracts/{id}", Access::ANY_STAFF, contract_page),
        get("/{lang}/contracts/{id}/documents/{document}", Access::ANY_STAFF, document),
        get("/{lang}/contracts/{id}/proof.zip", Access::ANY_STAFF, proof),
        get("/{lang}/contracts/{id}/preview", MANAGERS, preview_page),
        get("/{lang}/contracts/{id}/preview.pdf", MANAGERS, preview_pdf),
        post("/{lang}/contracts/{id}/offer", MANAGERS, make_offer),
        post("/{lang}/contracts/{id}/decline", MANAGERS, decline_contract),
        post("/{lang}/contracts/{id}/countersign", MANAGERS, countersign_contract),
        post("/{lang}/contracts/{id}/confirm", MANAGERS, confirm),
        post("/{lang}/contracts/{id}/signatory", MANAGERS, name_signatory),
        post("/{lang}/contracts/{id}/amend", MANAGERS, begin_amendment),
    ]
}

async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let fields = Fields::parse(query.unwrap_or_default().as_bytes());
    let state = StateName::parse(fields.get("state"));
    let staff = visit.narrowed(Actor::staff)?;
    let wanted: Vec<_> = state.into_iter().collect();
    let found = read::list(visit.portal(), &staff, &wanted, fields.page()).await?;
    let row = |(c, customer): (_, domain::customer::Customer)| {
        (c, customer.facts.legal_name, customer.facts.number)
    };
    let view = ContractsView {
        rows: found.rows.into_iter().map(row).collect(),
        state,
        page: found.page,
        pages: found.pages,
        total: found.total,
        now: visit.now,
    };
    Ok(page(contracts::render(shell(&visit), view)))
}

async fn contract_page(visit: Visit, Path(parts): PathParts) -> Answer {
    let typed = fresh(&visit);
    let view = view(&visit, contract_in(&parts)?, typed, Mistakes::default()).await?;
    Ok(page(staff_contract::render(shell(&visit), view)))
}

/// What stands in the forms at first.
fn fresh(visit: &Visit) -> Typed {
    let today = calendar::berlin_date(visit.now);
    Typed {
        valid_until: (today + Duration::days(OFFER_DAYS)).to_string(),
        notice_days: NOTICE_DAYS.to_string(),
        effective_from: today.to_string(),
        ..Typed::default()
    }
}

/// An amendment begins with the choices of the version before it, until others are sent.
fn kept(typed: Typed, versions: &[Contract], content: &Content) -> Typed {
    let Some(before) = versions.iter().find_map(|c| c.state.frozen()) else { return typed };
    if !typed.authorisation.is_empty() {
        return typed;
    }
    let family = content.legal.version(&before.text_version).map(|t| t.family).unwrap_or_default();
    Typed {
        authorisation: before.authorisation.name().into(),
        text_family: family.name().into(),
        docking: before.docking,
        ..typed
    }
}

async fn view(
    visit: &Visit,
    id: ContractId,
    typed: Typed,
    mistakes: Mistakes,
) -> Result<StaffContractView, Fault> {
    let staff = visit.narrowed(Actor::staff)?;
    let whole = read::for_staff(visit.portal(), &staff, id).await?;
    let content = &visit.portal().content;
    let manager = staff.roles.contains(&StaffRole::ContractManager);
    let base = visit.t().url(&format!("/contracts/{id}/documents"));
    let weighed = weighing(&whole.contract.state);
    Ok(StaffContractView {
        scope: words::scope(content, visit.lang, &whole.contract.state),
        special: words::special(content, visit.lang, &whole.contract.state),
        document: whole.document.as_ref().map(|d| words::document(visit.t(), d, &base)),
        versions: words::versions(visit, &whole, "/contracts", manager),
        certificate: whole.certificate.as_ref().map(|d| words::document(visit.t(), d, &base)),
        events: words::happened(&whole.events),
        weighed_by: weighed.and_then(|w| whole.people.get(&w.by).cloned()).unwrap_or_default(),
        reader: staff.user,
        families: service::texts::offered::families_on_offer(visit.portal(), &staff).await?,
        manager,
        typed: kept(typed, &whole.versions, content),
        mistakes,
        refused: None,
        now: visit.now,
        customer: whole.customer,
        contract: whole.contract,
    })
}

/// Back to the contract's page; with mistakes, or when somebody was faster, the same page again with what was typed.
async fn answer(
    visit: &Visit,
    id: ContractId,
    done: Result<(), Problem>,
    said: &str,
    typed: Typed,
) -> Answer {
    match done {
        Ok(()) => Ok(visit.go_saying(&format!("/contracts/{id}"), said)),
        Err(Problem::Mistakes(mistakes)) => {
            let view = view(visit, id, typed, mistakes).await?;
            Ok(again(staff_contract::render(shell(visit), view)))
        }
        Err(Problem::Refused(refusal)) => {
            late(visit, id, &visit.t().t(&format!("refusal-{}", refusal.code())), typed).await
        }
        Err(Problem::Stale) => late(visit, id, &visit.t().t("message-stale-1"), typed).await,
        Err(other) => Err(other.into()),
    }
}

/// The page as it is by now, with why the step did not go and what had been typed for it.
async fn late(visit: &Visit, id: ContractId, why: &str, typed: Typed) -> Answer {
    let fresh = fresh(visit);
    let by_hand = |typed: String, at_first: &str| if typed == at_first { String::new() } else { typed };
    let typed = Typed {
        valid_until: by_hand(typed.valid_until, &fresh.valid_until),
        notice_days: by_hand(typed.notice_days, &fresh.notice_days),
        effective_from: by_hand(typed.effective_from, &fresh.effective_from),
        ..typed
    };
    let mut view = view(visit, id, fresh, Mistakes::default()).await?;
    view.refused = Some(Refused { why: why.into(), typed });
    let html = Html(staff_contract::render(shell(visit), view));
    Ok((StatusCode::CONFLICT, html).into_response())
}

async fn make_offer(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let by = visit.narrowed(Actor::contract_manager)?;
    let id = contract_in(&parts)?;
    let input = OfferInput {
        cost: fields.text("cost"),
        benefit: fields.text("benefit"),
        risk: fields.text("risk"),
        valid_until: fields.text("valid_until"),
        notice_days: fields.text("notice_days"),
        text_family: fields.text("text_family"),
        authorisation: fields.text("authorisation"),
        docking: fields.has("docking"),
    };
    let done = offer::run(visit.portal(), &by, id, &input, visit.now).await;
    let OfferInput { cost, benefit, risk, valid_until, notice_days, text_family, authorisation, docking } =
        input;
    let typed = Typed {
        cost,
        benefit,
        risk,
        valid_until,
        notice_days,
        text_family,
        authorisation,
        docking,
        ..Typed::default()
    };
    answer(&visit, id, done, "contract-offered", typed).await
}

async fn decline_contract(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let by = visit.narrowed(Actor::contract_manager)?;
    let id = contract_in(&parts)?;
    let reason = fields.text("reason");
    let done = decline::by_provider(visit.portal(), &by, id, &reason, visit.now).await;
    answer(&visit, id, done, "contract-declined", Typed { reason, ..fresh(&visit) }).await
}

async fn countersign_contract(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let by = visit.narrowed(Actor::contract_manager)?;
    let id = contract_in(&parts)?;
    let input =
        CountersignInput { function: fields.text("function"), effective_from: fields.text("effective_from") };
    let done = countersign::run(visit.portal(), &by, id, &input, visit.now).await;
    let CountersignInput { function, effective_from } = input;
    answer(&visit, id, done, "contract-countersigned", Typed { function, effective_from, ..Typed::default() })
        .await
}

async fn confirm(visit: Visit, Path(parts): PathParts) -> Answer {
    let by = visit.narrowed(Actor::contract_manager)?;
    let id = contract_in(&parts)?;
    let whole = read::for_staff(visit.portal(), &visit.narrowed(Actor::staff)?, id).await?;
    let done = confirm_paper(visit.portal(), &by, whole.contract.customer, id, visit.now).await;
    answer(&visit, id, done, "paper-confirmed", fresh(&visit)).await
}

async fn begin_amendment(visit: Visit, Path(parts): PathParts) -> Answer {
    let by = visit.narrowed(Actor::contract_manager)?;
    let id = begin_amendment::by_provider(visit.portal(), &by, contract_in(&parts)?, visit.now).await?;
    Ok(visit.go_saying(&format!("/contracts/{id}"), "amendment-begun"))
}

async fn name_signatory(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let by = visit.narrowed(Actor::contract_manager)?;
    let id = contract_in(&parts)?;
    let signatory = signatory_in(&fields);
    let done = name_signatory::by_provider(visit.portal(), &by, id, &signatory, visit.now).await;
    answer(&visit, id, done, "signatory-named", Typed { signatory, ..fresh(&visit) }).await
}

/// The choices that a preview is asked with (`?authorisation=specific`).
fn previewed(query: Option<String>) -> OfferInput {
    let fields = Fields::parse(query.unwrap_or_default().as_bytes());
    OfferInput {
        notice_days: fields.text("notice_days"),
        text_family: fields.text("text_family"),
        authorisation: fields.text("authorisation"),
        docking: fields.has("docking"),
        ..OfferInput::default()
    }
}

async fn preview_page(visit: Visit, Path(parts): PathParts, RawQuery(query): RawQuery) -> Answer {
    let by = visit.narrowed(Actor::contract_manager)?;
    let id = contract_in(&parts)?;
    let document = offer::preview(visit.portal(), &by, id, &previewed(query), visit.now).await?;
    Ok(page(preview::render(shell(&visit), PreviewView { contract: id, document })))
}

async fn preview_pdf(visit: Visit, Path(parts): PathParts, RawQuery(query): RawQuery) -> Answer {
    let by = visit.narrowed(Actor::contract_manager)?;
    let document =
        offer::preview(visit.portal(), &by, contract_in(&parts)?, &previewed(query), visit.now).await?;
    let name = format!("{}-{}.pdf", visit.t().t("draft-file-name"), document.number);
    let bytes = pdf::render(&visit.app, document).await?;
    Ok(words::attachment(&name, "application/pdf", bytes))
}

async fn document(visit: Visit, Path(parts): PathParts) -> Answer {
    let staff = visit.narrowed(Actor::staff)?;
    let id = words::document_id(parts.get("document").map(String::as_str).unwrap_or_default())?;
    let found = read::document_for_staff(visit.portal(), &staff, contract_in(&parts)?, id).await?;
    Ok(words::attachment(&found.name, &found.media_type, found.bytes))
}

async fn proof(visit: Visit, Path(parts): PathParts) -> Answer {
    let staff = visit.narrowed(Actor::staff)?;
    let proof = proof_pack::for_staff(visit.portal(), &staff, contract_in(&parts)?, visit.now).await?;
    let (name, file) = crate::proof_pack::file(proof).await?;
    Ok(words::attachment(&name, "application/zip", file))
}
