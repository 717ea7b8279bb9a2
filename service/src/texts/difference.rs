//! What is different: between two versions as written, and between the text that a customer signed and today's, both
//! printed with the facts of this contract, so that only the text differs.

use super::{newer as is_newer, offered};
use crate::contracts::build_document::{self, Parts};
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::contract::Contract;
use domain::customer::Customer;
use domain::legal_diff::{self, ClauseChange};
use domain::legal_text::{Section, TextFamily};
use domain::permission::CustomerUser;
use domain::publication::Publication;
use domain::{ContractId, Lang};
use store::{Connection, annexes, contracts, customers, text_publications};

/// Between two versions of a family, with all their options and placeholders.
///
/// # Errors
/// [`Problem::Missing`] when one is not here, or they are of different families.
pub fn between(portal: &Portal, old: &str, new: &str, lang: Lang) -> Result<Vec<ClauseChange>> {
    let texts = &portal.content.legal;
    let (old, new) = texts.version(old).zip(texts.version(new)).ok_or(Problem::Missing)?;
    if old.family != new.family {
        return Err(Problem::Missing);
    }
    let written = |t: &crate::content::LegalText| legal_diff::as_written(t.sections.get(lang));
    Ok(legal_diff::compare(&written(old), &written(new)))
}

/// A newer published text than the one of a contract in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewerText {
    /// Version that was signed.
    pub signed: String,
    /// The newest published.
    pub newest: String,
    /// Last day on which the signed one opens the gate.
    pub accept_until: Option<chrono::NaiveDate>,
}

/// The newer text for this customer's contract page.
///
/// # Errors
/// When the database fails.
pub async fn newer_text(
    portal: &Portal,
    _by: &CustomerUser,
    contract: &Contract,
) -> Result<Option<NewerText>> {
    newer_than(portal.store.read(), portal, contract).await
}

/// The newest published text, when the contract in force is on an older one of the same family.
///
/// # Errors
/// When the database fails.
async fn newer_than(db: &impl Connection, portal: &Portal, contract: &Contract) -> Result<Option<NewerText>> {
    let Some(in_force) = contract.state.concluded().filter(|_| contract.state.name().rules()) else {
        return Ok(None);
    };
    let Some(signed) = portal.content.legal.version(&in_force.text_version) else { return Ok(None) };
    let published = text_publications::of_family(db, signed.family).await?;
    let Some((newest, _)) = offered::newest(&portal.content.legal, &published) else { return Ok(None) };
    Ok(is_newer(&newest.version, &signed.version).then(|| NewerText {
        signed: signed.version.clone(),
        newest: newest.version.clone(),
        accept_until: last_day(&published, &signed.version),
    }))
}

/// Until when a version opens the gate: the nearest day of all material ones after it.
pub(super) fn last_day(published: &[Publication], version: &str) -> Option<chrono::NaiveDate> {
    published.iter().filter(|p| is_newer(&p.version, version)).filter_map(|p| p.accept_until).min()
}

/// What changed since a contract was signed.
#[derive(Clone, Debug)]
pub struct SinceSigned {
    /// The contract.
    pub contract: Contract,
    /// Whose.
    pub customer: Customer,
    /// The newer text; `None` when the contract is on the newest.
    pub newer: Option<NewerText>,
    /// What the versions between say that they change.
    pub notes: Vec<String>,
    /// The clauses that differ; `None` where there is nothing to compare (a contract from paper).
    pub changes: Option<Vec<ClauseChange>>,
    /// Language of the contract.
    pub language: Lang,
}

/// What changed in the text since this customer signed.
///
/// # Errors
/// [`Problem::Missing`] for a contract that is not this customer's, or not in force.
pub async fn since_signed(
    portal: &Portal,
    by: &CustomerUser,
    id: ContractId,
    lang: Lang,
    now: DateTime<Utc>,
) -> Result<SinceSigned> {
    let db = portal.store.read();
    let contract = contracts::find(db, by.customer, id).await?.ok_or(Problem::Missing)?;
    if !contract.state.name().rules() {
        return Err(Problem::Missing);
    }
    let customer = customers::by_id(db, by.customer).await?.ok_or(Problem::Missing)?;
    let newer = newer_than(db, portal, &contract).await?;
    let language = contract.state.frozen().map_or(lang, |f| f.language);
    let (mut notes, mut changes) = (Vec::new(), None);
    if let Some(newer) = &newer {
        let family = portal.content.legal.version(&newer.newest).map_or(TextFamily::Av, |t| t.family);
        let between = portal
            .content
            .legal
            .of(family)
            .filter(|t| is_newer(&t.version, &newer.signed) && !is_newer(&t.version, &newer.newest));
        notes = between.flat_map(|t| t.change_note.get(lang).clone()).collect();
        let old = printed(portal, &contract, &customer, &newer.signed, now).await?;
        let new = printed(portal, &contract, &customer, &newer.newest, now).await?;
        changes = old.zip(new).map(|(old, new)| legal_diff::compare(&old, &new));
    }
    Ok(SinceSigned { contract, customer, newer, notes, changes, language })
}

/// A version printed with the facts of this contract; `None` for a contract that was not made in the portal.
async fn printed(
    portal: &Portal,
    contract: &Contract,
    customer: &Customer,
    version: &str,
    now: DateTime<Utc>,
) -> Result<Option<Vec<Section>>> {
    let Some(frozen) = contract.state.frozen() else { return Ok(None) };
    let Some(text) = portal.content.legal.version(version) else { return Ok(None) };
    let db = portal.store.read();
    let toms = annexes::by_id(db, frozen.toms).await?.ok_or(Problem::Missing)?;
    let subprocessors = annexes::by_id(db, frozen.subprocessors).await?.ok_or(Problem::Missing)?;
    let parts = Parts {
        contract,
        customer,
        request: &frozen.request,
        text,
        toms: &toms,
        subprocessors: &subprocessors,
        notice_days: frozen.notice_days,
        authorisation: frozen.authorisation,
        docking: frozen.docking,
        now,
    };
    Ok(Some(build_document::build(portal, &parts)?.sections))
}
