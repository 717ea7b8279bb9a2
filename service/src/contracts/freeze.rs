//! Freezing: a request, the newest text and the confirmed annexes become the document that is offered. Its bytes are
//! stored and hashed; from here on nobody computes the contract again. The signatories are invited.

use super::build_document::{self, Parts};
use super::{event, save, verification};
use crate::content::LegalText;
use crate::fresh;
use crate::mail::{self, Letter};
use crate::people::{Authority, invite};
use crate::portal::Portal;
use crate::problem::{Result, internal};
use chrono::{DateTime, NaiveDate, Utc};
use domain::Mistake;
use domain::annex::{AnnexKind, Snapshot, fingerprint};
use domain::contract::lifecycle::{OfferTerms, Requested, Weighing};
use domain::contract::{Authorisation, Contract, ContractDocument, ContractState};
use domain::customer::Customer;
use domain::people::User;
use domain::permission::CustomerRole;
use store::{Work, annexes, documents};

/// What is to be offered, and how.
pub(crate) struct NewOffer<'a> {
    /// To whom.
    pub customer: &'a Customer,
    /// What was asked for.
    pub requested: Requested,
    /// The examination behind it.
    pub weighing: Weighing,
    /// On which text.
    pub text: &'a LegalText,
    /// Notice period in days.
    pub notice_days: u16,
    /// How new sub-processors are authorised.
    pub authorisation: Authorisation,
    /// Others may accede later.
    pub docking: bool,
    /// Last day of the offer.
    pub valid_until: NaiveDate,
}

/// Freezes and offers, within the work of whoever decided it.
///
/// # Errors
/// [`crate::Problem::Mistakes`]: annexes not confirmed, terms that cannot be offered.
pub(crate) async fn run(
    portal: &Portal,
    work: &mut Work,
    contract: &mut Contract,
    offer: NewOffer<'_>,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let toms = confirmed(work, AnnexKind::Toms).await?;
    let subprocessors = confirmed(work, AnnexKind::Subprocessors).await?;
    let parts = Parts {
        contract,
        customer: offer.customer,
        request: &offer.requested.request,
        text: offer.text,
        toms: &toms,
        subprocessors: &subprocessors,
        notice_days: offer.notice_days,
        authorisation: offer.authorisation,
        docking: offer.docking,
        now,
    };
    let frozen = build_document::build(portal, &parts)?;
    let terms = OfferTerms {
        text_version: frozen.text_version.clone(),
        representation: offer.customer.facts.representation,
        toms: toms.id,
        subprocessors: subprocessors.id,
        document: fresh::id(now),
        document_sha256: String::new(),
        notice_days: offer.notice_days,
        authorisation: offer.authorisation,
        docking: offer.docking,
        valid_until: offer.valid_until,
    };
    let terms = store_frozen(work, contract, &frozen, terms, now).await?;
    let sha256 = terms.document_sha256.clone();
    let offered = offer.requested.offer(offer.weighing, terms, now)?;
    let event = event("contract.offered", actor, contract.id)
        .fact("document_sha256", sha256)
        .fact("text_version", &frozen.text_version)
        .fact("toms_sha256", &toms.sha256)
        .fact("subprocessors_sha256", &subprocessors.sha256);
    save(work, contract, ContractState::Offered(offered), event, now).await
}

/// The newest confirmed annex of a kind.
///
/// # Errors
/// `annexes-unconfirmed` when there is none.
pub(crate) async fn confirmed(work: &Work, kind: AnnexKind) -> Result<Snapshot> {
    let found = annexes::newest_confirmed(work.db(), kind).await?;
    found.ok_or_else(|| Mistake::new("", "annexes-unconfirmed").into())
}

async fn store_frozen(
    work: &Work,
    contract: &Contract,
    frozen: &ContractDocument,
    terms: OfferTerms,
    now: DateTime<Utc>,
) -> Result<OfferTerms> {
    let bytes = frozen.canonical().map_err(internal)?;
    let json = String::from_utf8(bytes).map_err(internal)?;
    let sha256 = fingerprint(&json);
    let document = documents::Document {
        id: terms.document,
        customer: contract.customer,
        kind: "offer".into(),
        name: format!("{}.json", contract.number),
        media_type: "application/json".into(),
        sha256: sha256.clone(),
        bytes: json.into_bytes(),
        created_at: now,
    };
    documents::insert(work.db(), document).await?;
    verification::note(work, contract).await?;
    Ok(OfferTerms { document_sha256: sha256, ..terms })
}

/// Gives each signatory an account with the role, and the offer by mail; `letter` has what is special about it, names
/// and the way to the page are put in here.
///
/// # Errors
/// When the database fails.
pub(crate) async fn invite_signatories(
    portal: &Portal,
    work: &mut Work,
    (contract, customer): (&Contract, &Customer),
    invited_by: &Authority,
    now: DateTime<Utc>,
    letter: impl Fn(&User) -> Letter,
) -> Result<()> {
    let ContractState::Offered(offered) = &contract.state else { return Ok(()) };
    for s in offered.frozen.request.signatories.clone() {
        let person = invite::Person { name: s.name, email: s.email, language: customer.facts.language };
        let role = CustomerRole::Signatory;
        let user =
            invite::ensure_customer_user(portal, work, &person, customer, role, invited_by, now).await?;
        let path = format!("/my/{}/contracts/{}/sign", contract.customer, contract.id);
        let letter = letter(&user)
            .value("customer_name", &customer.facts.legal_name)
            .value("contract_number", &contract.number)
            .value("link", portal.url(user.language, &path));
        let key = format!("contract_offered:{}:{}", contract.id, user.id);
        mail::enqueue(portal, work, letter, format!("contract:{}", contract.id), key, now).await?;
    }
    Ok(())
}
