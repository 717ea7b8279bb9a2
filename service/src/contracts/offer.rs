//! The contract manager weighs and offers: text, scope and annexes are frozen, the signatories are invited.

use super::build_document::{self, Parts};
use super::freeze::{self, NewOffer};
use super::{customer_of, load_any, wrong_state};
use crate::mail::{Letter, Recipient};
use crate::people::Authority;
use crate::portal::Portal;
use crate::problem::{Problem, Result, internal};
use crate::texts::offered;
use chrono::{DateTime, NaiveDate, Utc};
use domain::annex::{AnnexKind, fingerprint};
use domain::contract::lifecycle::{Weighing, check_terms};
use domain::contract::{Authorisation, Contract, ContractDocument, ContractState};
use domain::customer::Customer;
use domain::legal_text::TextFamily;
use domain::permission::ContractManager;
use domain::{ContractId, DocumentId, Mistake, Mistakes, calendar, text};
use store::{Work, annexes, documents};

/// What the contract manager typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfferInput {
    /// What it costs.
    pub cost: String,
    /// What it is good for.
    pub benefit: String,
    /// What may go wrong.
    pub risk: String,
    /// Last day, ISO.
    pub valid_until: String,
    /// Notice period in days.
    pub notice_days: String,
    /// Which kind of text: `av` unless another is chosen.
    pub text_family: String,
    /// How new sub-processors are authorised: `general` unless `specific` is chosen.
    pub authorisation: String,
    /// Others may accede later; only with the standard clauses.
    pub docking: bool,
}

/// What the input comes to.
struct Checked {
    weighing: Weighing,
    valid_until: NaiveDate,
    notice_days: u16,
    choices: Choices,
}

/// What the contract manager chooses about the text.
#[derive(Clone, Copy, Debug, Default)]
struct Choices {
    family: TextFamily,
    authorisation: Authorisation,
    docking: bool,
}

/// An offer stands for so many days unless another day is chosen.
pub const OFFER_DAYS: i64 = 30;
/// Notice period unless another is chosen.
pub const NOTICE_DAYS: u16 = 30;

/// Offers the contract.
///
/// # Errors
/// [`Problem::Mistakes`] (incomplete weighing, dates, annexes not confirmed), [`Problem::Refused`] in another state.
pub async fn run(
    portal: &Portal,
    by: &ContractManager,
    id: ContractId,
    input: &OfferInput,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut contract = load_any(&work, id).await?;
    let ContractState::Requested(requested) = contract.state.clone() else {
        return Err(wrong_state(&contract.state));
    };
    let customer = customer_of(&work, &contract).await?;
    let Checked { weighing, valid_until, notice_days, choices } = check(input, &customer, by, now)?;
    let text = offered::text(work.db(), &portal.content.legal, choices.family).await?;
    let offer = NewOffer {
        customer: &customer,
        requested,
        weighing,
        text,
        notice_days,
        authorisation: choices.authorisation,
        docking: choices.docking,
        valid_until,
    };
    freeze::run(portal, &mut work, &mut contract, offer, &format!("user:{}", by.user), now).await?;
    invite_signatories(portal, &mut work, &contract, &customer, &by.clone().into(), now).await?;
    portal.commit(work, now).await
}

fn check(
    input: &OfferInput,
    customer: &Customer,
    by: &ContractManager,
    now: DateTime<Utc>,
) -> Result<Checked> {
    let mut m = Mistakes::default();
    let cost = m.take(text::paragraph("cost", &input.cost, 2000)).unwrap_or_default();
    let benefit = m.take(text::paragraph("benefit", &input.benefit, 2000)).unwrap_or_default();
    let risk = m.take(text::paragraph("risk", &input.risk, 2000)).unwrap_or_default();
    let valid_until = m.take(text::date("valid_until", &input.valid_until));
    let notice_days: Option<u16> = input.notice_days.trim().parse().ok().filter(|n| *n <= 365);
    if notice_days.is_none() {
        m.add("notice_days", "number");
    }
    let choices = choices(input, &mut m);
    let weighing =
        Weighing { preapproved: customer.facts.preapproved(), cost, benefit, risk, by: by.user, at: now };
    // What could not be read has its mistake already; a good value in its place lets the rest be checked, too.
    let until = valid_until.unwrap_or_else(|| calendar::berlin_date(now));
    if let Err(mut more) = check_terms(&weighing, until, notice_days.unwrap_or(NOTICE_DAYS), now) {
        m.0.append(&mut more.0);
    }
    let (valid_until, notice_days) = m.or(valid_until.zip(notice_days))?;
    Ok(Checked { weighing, valid_until, notice_days, choices })
}

/// What is not chosen is the usual.
fn choices(input: &OfferInput, m: &mut Mistakes) -> Choices {
    let family = TextFamily::parse(&input.text_family);
    if family.is_none() && !input.text_family.is_empty() {
        m.0.push(Mistake::with("text_family", "choice", &input.text_family));
    }
    let authorisation = Authorisation::parse(&input.authorisation);
    if authorisation.is_none() && !input.authorisation.is_empty() {
        m.0.push(Mistake::with("authorisation", "choice", &input.authorisation));
    }
    let family = family.unwrap_or_default();
    Choices {
        family,
        authorisation: authorisation.unwrap_or_default(),
        docking: input.docking && family == TextFamily::Scc,
    }
}

async fn invite_signatories(
    portal: &Portal,
    work: &mut Work,
    contract: &Contract,
    customer: &Customer,
    invited_by: &Authority,
    now: DateTime<Utc>,
) -> Result<()> {
    let offered = contract.state.offered().map(|o| o.valid_until).unwrap_or_default();
    let services = contract.state.services();
    freeze::invite_signatories(portal, work, (contract, customer), invited_by, now, |user| {
        let lang = user.language;
        Letter::new("contract_offered", Recipient::from(user))
            .value("services", portal.content.catalogue.service_names(&services, lang))
            .value("valid_until", calendar::date_in_words(offered, lang))
    })
    .await
}

/// A preview of what would be frozen now, for the contract manager's eyes; nothing is stored.
///
/// # Errors
/// As [`run`], without the terms.
pub async fn preview(
    portal: &Portal,
    _by: &ContractManager,
    id: ContractId,
    input: &OfferInput,
    now: DateTime<Utc>,
) -> Result<ContractDocument> {
    let work = portal.begin().await?;
    let contract = load_any(&work, id).await?;
    let ContractState::Requested(requested) = &contract.state else {
        return Err(wrong_state(&contract.state));
    };
    let customer = customer_of(&work, &contract).await?;
    let toms = annexes::newest(work.db(), AnnexKind::Toms).await?.ok_or(Problem::Missing)?;
    let subs = annexes::newest(work.db(), AnnexKind::Subprocessors).await?.ok_or(Problem::Missing)?;
    // A preview shows the usual where a choice cannot be read; the offer refuses it.
    let choices = choices(input, &mut Mistakes::default());
    let text = offered::text(work.db(), &portal.content.legal, choices.family).await?;
    let parts = Parts {
        contract: &contract,
        customer: &customer,
        request: &requested.request,
        text,
        toms: &toms,
        subprocessors: &subs,
        notice_days: input.notice_days.trim().parse().unwrap_or(NOTICE_DAYS),
        authorisation: choices.authorisation,
        docking: choices.docking,
        now,
    };
    build_document::build(portal, &parts)
}

/// The stored frozen document of an offer or contract.
///
/// # Errors
/// [`Problem::Missing`] when there is none.
pub async fn frozen_document(
    portal: &Portal,
    contract: &Contract,
) -> Result<(ContractDocument, DocumentId, String)> {
    let frozen = contract.state.frozen().ok_or(Problem::Missing)?;
    let stored = documents::find(portal.store.read(), contract.customer, frozen.document).await?;
    let stored = stored.ok_or(Problem::Missing)?;
    if fingerprint(std::str::from_utf8(&stored.bytes).map_err(internal)?) != frozen.document_sha256 {
        return Err(internal("a frozen document is not what was frozen"));
    }
    let document = serde_json::from_slice(&stored.bytes).map_err(internal)?;
    Ok((document, frozen.document, frozen.document_sha256.clone()))
}
