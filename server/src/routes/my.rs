//! A customer's own pages: the overview, its contracts, its documents.

use crate::edge::{Answer, Fault, Visit};
use crate::form::Fields;
use crate::render::{again, page, shell};
use crate::router::{Route, get, post};
use crate::routes::contract_words as words;
use crate::routes::signing::signatory_in;
use crate::{pdf, routes::request};
use app::pages::{contract, my};
use axum::extract::Path;
use domain::contract::Contract;
use domain::contract::request::Person;
use domain::permission::{Access, CustomerUser};
use domain::{ContractId, CustomerId, Mistakes};
use service::Problem;
use service::contracts::{begin, begin_amendment, name_signatory, offer, proof_pack, read, withdraw};
use service::texts::difference;
use std::collections::HashMap;

/// The routes.
pub fn routes() -> Vec<Route> {
    let (any, request) = (Access::Customer, Access::CustomerRequest);
    let mut all = vec![
        get("/{lang}/my", Access::SignedIn, choose),
        get("/{lang}/my/{customer}", any, overview),
        post("/{lang}/my/{customer}/contracts", request, begin_contract),
        get("/{lang}/my/{customer}/contracts/{id}", any, contract_page),
        post("/{lang}/my/{customer}/contracts/{id}/withdraw", request, withdraw_contract),
        post("/{lang}/my/{customer}/contracts/{id}/amend", request, begin_amendment),
        post("/{lang}/my/{customer}/contracts/{id}/signatory", request, name_signatory),
        get("/{lang}/my/{customer}/contracts/{id}/offer.pdf", any, offer_pdf),
        get("/{lang}/my/{customer}/documents/{document}", any, document),
        get("/{lang}/my/{customer}/contracts/{id}/proof.zip", any, proof),
    ];
    all.extend(request::routes());
    all
}

/// The parameters of a path.
pub type PathParts = Path<Parts>;

/// Names and values of them.
pub type Parts = HashMap<String, String>;

/// The contract named in the path.
///
/// # Errors
/// [`Problem::Missing`] when it is no id.
pub fn contract_in(parts: &Parts) -> Result<ContractId, Fault> {
    let id = parts.get("id").and_then(|id| id.parse().ok());
    id.ok_or(Fault(Problem::Missing))
}

/// Path of a contract's page for its customer.
pub fn contract_path(customer: CustomerId, id: ContractId) -> String {
    format!("/my/{customer}/contracts/{id}")
}

async fn choose(visit: Visit) -> Answer {
    let frame = shell(&visit);
    let customers = frame.user.as_ref().map(|u| u.customers.clone()).unwrap_or_default();
    match customers.as_slice() {
        [(only, _)] => Ok(visit.go_on(&format!("/my/{only}"))),
        _ => Ok(page(my::render_choose(frame, my::ChooseView { customers }))),
    }
}

async fn overview(visit: Visit) -> Answer {
    let by = visit.customer_user()?;
    let contracts = read::of_customer(visit.portal(), &by).await?;
    let customer = read::customer(visit.portal(), &by).await?;
    let view = my::MyView {
        customer: by.customer,
        name: customer.facts.legal_name,
        number: customer.facts.number,
        roles: by.roles.clone(),
        reader: words::reader(&by),
        document: ruling_document(&visit, &by, &contracts).await?,
        contracts,
        services: customer.facts.services,
        contact: contact(&visit),
        now: visit.now,
    };
    Ok(page(my::render(shell(&visit), view)))
}

async fn ruling_document(
    visit: &Visit,
    by: &CustomerUser,
    contracts: &[Contract],
) -> Result<Option<app::pages::contract_parts::DocumentLink>, Fault> {
    let Some(c) = my::ruling(contracts, visit.now) else { return Ok(None) };
    let whole = read::one(visit.portal(), by, c.id).await?;
    let base = documents_base(visit, by);
    Ok(whole.document.as_ref().map(|d| words::document(visit.t(), d, &base)))
}

fn documents_base(visit: &Visit, by: &CustomerUser) -> String {
    visit.t().url(&format!("/my/{}/documents", by.customer))
}

/// Whom to ask, as far as it is known.
fn contact(visit: &Visit) -> Vec<(String, String)> {
    let (t, p) = (visit.t(), &visit.portal().content.provider);
    let rows = [
        (t.t("my-contact-name"), &p.legal_name),
        (t.t("my-contact-phone"), &p.phone),
        (t.t("my-contact-email"), &p.email),
        (t.t("my-contact-privacy"), &p.privacy_email),
    ];
    rows.into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| (label, value.clone()))
        .collect()
}

async fn begin_contract(visit: Visit) -> Answer {
    let by = visit.customer_user()?;
    let id = begin::run(visit.portal(), &by, visit.now).await?;
    Ok(visit.go(&format!("{}/request", contract_path(by.customer, id))))
}

async fn contract_page(visit: Visit, Path(parts): PathParts) -> Answer {
    let view = contract_view(&visit, contract_in(&parts)?).await?;
    Ok(page(contract::render(shell(&visit), view)))
}

async fn contract_view(visit: &Visit, id: ContractId) -> Result<contract::ContractView, Fault> {
    let by = visit.customer_user()?;
    let whole = read::one(visit.portal(), &by, id).await?;
    let newer = difference::newer_text(visit.portal(), &by, &whole.contract).await?;
    let content = &visit.portal().content;
    Ok(contract::ContractView {
        customer_name: whole.customer.facts.legal_name.clone(),
        scope: words::scope(content, visit.lang, &whole.contract.state),
        special: words::special(content, visit.lang, &whole.contract.state),
        reader: words::reader(&by),
        document: whole.document.as_ref().map(|d| words::document(visit.t(), d, &documents_base(visit, &by))),
        versions: words::versions(visit, &whole, &format!("/my/{}/contracts", by.customer), by.may_request()),
        certificate: whole
            .certificate
            .as_ref()
            .map(|d| words::document(visit.t(), d, &documents_base(visit, &by))),
        events: words::happened(&whole.events),
        newer_text: newer.map(|n| (n.newest, n.accept_until)),
        naming: Person::default(),
        mistakes: Mistakes::default(),
        now: visit.now,
        contract: whole.contract,
    })
}

async fn begin_amendment(visit: Visit, Path(parts): PathParts) -> Answer {
    let by = visit.customer_user()?;
    let id = begin_amendment::by_customer(visit.portal(), &by, contract_in(&parts)?, visit.now).await?;
    Ok(visit.go(&format!("{}/request", contract_path(by.customer, id))))
}

/// Names a signatory for a place that nobody has.
async fn name_signatory(visit: Visit, Path(parts): PathParts, fields: Fields) -> Answer {
    let by = visit.customer_user()?;
    let id = contract_in(&parts)?;
    let naming = signatory_in(&fields);
    match name_signatory::by_customer(visit.portal(), &by, id, &naming, visit.now).await {
        Ok(()) => Ok(visit.go_saying(&contract_path(by.customer, id), "signatory-named")),
        Err(Problem::Mistakes(mistakes)) => {
            let view = contract_view(&visit, id).await?;
            let view = contract::ContractView { naming, mistakes, ..view };
            Ok(again(contract::render(shell(&visit), view)))
        }
        Err(other) => Err(other.into()),
    }
}

async fn withdraw_contract(visit: Visit, Path(parts): PathParts) -> Answer {
    let by = visit.customer_user()?;
    let id = contract_in(&parts)?;
    withdraw::run(visit.portal(), &by, id, visit.now).await?;
    Ok(visit.go_saying(&contract_path(by.customer, id), "contract-withdrawn"))
}

/// The offer as a PDF, marked as a draft; made on the fly from what was frozen.
async fn offer_pdf(visit: Visit, Path(parts): PathParts) -> Answer {
    let by = visit.customer_user()?;
    let whole = read::one(visit.portal(), &by, contract_in(&parts)?).await?;
    let (document, _, _) = offer::frozen_document(visit.portal(), &whole.contract).await?;
    let name = format!("{}-{}.pdf", visit.t().t("draft-file-name"), document.number);
    let bytes = pdf::render(&visit.app, document).await?;
    Ok(words::attachment(&name, "application/pdf", bytes))
}

async fn document(visit: Visit, Path(parts): PathParts) -> Answer {
    let by = visit.customer_user()?;
    let id = words::document_id(parts.get("document").map(String::as_str).unwrap_or_default())?;
    let found = read::document(visit.portal(), &by, id).await?;
    Ok(words::attachment(&found.name, &found.media_type, found.bytes))
}

/// Everything to check the contract without this portal.
async fn proof(visit: Visit, Path(parts): PathParts) -> Answer {
    let by = visit.customer_user()?;
    let proof = proof_pack::for_customer(visit.portal(), &by, contract_in(&parts)?, visit.now).await?;
    let (name, file) = crate::proof_pack::file(proof).await?;
    Ok(words::attachment(&name, "application/zip", file))
}
