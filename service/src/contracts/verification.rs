//! Looking a contract up from outside: by the short code on its pages, or by the SHA-256 of its file.

use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::ContractId;
use domain::contract::{Contract, StateName, VerifyCode};
use store::documents::Document;
use store::{Work, contracts, customers, document_stamps, documents, verification_codes};

/// In these states a contract's pages may have been printed with a code.
const WITH_CODE: [StateName; 6] = [
    StateName::Offered,
    StateName::SignedByCustomer,
    StateName::InForce,
    StateName::Ending,
    StateName::Ended,
    StateName::Closed,
];
/// Codes that are made at once.
const CHUNK: u64 = 1000;

/// What anyone may see of a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The contract.
    pub contract: Contract,
    /// SHA-256 of its stored file, hex; none while it is not concluded. Of a file that was looked up, that of this one.
    pub sha256: Option<String>,
    /// The other form of the same file, where there is one: without the time stamp, or with it.
    pub other: Option<OtherForm>,
    /// Names of customer and provider: for whoever has the code, nobody else.
    pub parties: Option<(String, String)>,
}

/// A sealed file exists as it was stored first, and once more with its time stamp. Both are ours and unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OtherForm {
    /// The one from before the time stamp: its SHA-256, hex.
    Before(String),
    /// The one with the time stamp: its SHA-256, hex.
    Stamped(String),
}

/// Notes the code of a contract, within the work that freezes its document.
pub(crate) async fn note(work: &Work, contract: &Contract) -> Result<()> {
    let code = VerifyCode::of(contract.id, contract.version);
    Ok(verification_codes::insert_many(work.db(), &[(code, contract.id)]).await?)
}

/// Makes the codes of contracts that are older than codes are.
///
/// # Errors
/// When the database fails.
pub async fn at_start(portal: &Portal, now: DateTime<Utc>) -> Result<()> {
    loop {
        let work = portal.begin().await?;
        let missing = verification_codes::missing(work.db(), &WITH_CODE, CHUNK).await?;
        if missing.is_empty() {
            return Ok(());
        }
        let codes: Vec<_> =
            missing.iter().map(|(id, version)| (VerifyCode::of(*id, *version), *id)).collect();
        verification_codes::insert_many(work.db(), &codes).await?;
        portal.commit(work, now).await?;
    }
}

/// A contract by what stands on its pages: the short code, which opens the names of the parties, or the id, as
/// older pages have it, which does not.
///
/// # Errors
/// [`Problem::Missing`] when there is none.
pub async fn by_code(portal: &Portal, typed: &str) -> Result<Found> {
    let db = portal.store.read();
    if let Some(code) = VerifyCode::parse(typed) {
        let id = verification_codes::contract_of(db, &code).await?.ok_or(Problem::Missing)?;
        let mut found = by_id(portal, id).await?;
        let customer = customers::by_id(db, found.contract.customer).await?.ok_or(Problem::Missing)?;
        found.parties = Some((customer.facts.legal_name, portal.content.provider.legal_name.clone()));
        return Ok(found);
    }
    by_id(portal, typed.parse().map_err(|_| Problem::Missing)?).await
}

async fn by_id(portal: &Portal, id: ContractId) -> Result<Found> {
    let contract = contracts::find_any(portal.store.read(), id).await?.ok_or(Problem::Missing)?;
    let (sha256, other) = match forms(portal, &contract).await? {
        Some((first, Some(stamped))) => (Some(stamped.sha256), Some(OtherForm::Before(first.sha256))),
        Some((first, None)) => (Some(first.sha256), None),
        None => (None, None),
    };
    Ok(Found { contract, sha256, other, parties: None })
}

/// The stored file as it was first, and with its time stamp.
async fn forms(portal: &Portal, contract: &Contract) -> Result<Option<(Document, Option<Document>)>> {
    let (db, customer) = (portal.store.read(), contract.customer);
    let Some(id) = contracts::document_of(db, customer, contract.id).await? else { return Ok(None) };
    let first = documents::find(db, customer, id).await?.ok_or(Problem::Missing)?;
    let stamped = match document_stamps::of(db, id).await? {
        Some(stamped) => documents::find(db, customer, stamped).await?,
        None => None,
    };
    Ok(Some((first, stamped)))
}

/// The contract whose sealed file has this SHA-256; `None` for any other file, a scan among them.
///
/// # Errors
/// When the database fails.
pub async fn by_sha256(portal: &Portal, sha256: &str) -> Result<Option<Found>> {
    let db = portal.store.read();
    let Some(id) = contracts::by_document_hash(db, sha256).await? else { return Ok(None) };
    let contract = contracts::find_any(db, id).await?.ok_or(Problem::Missing)?;
    let other = match forms(portal, &contract).await? {
        Some((first, Some(stamped))) if first.sha256 == sha256 => Some(OtherForm::Stamped(stamped.sha256)),
        Some((first, Some(_))) => Some(OtherForm::Before(first.sha256)),
        _ => None,
    };
    Ok(Some(Found { contract, sha256: Some(sha256.into()), other, parties: None }))
}

/// The bytes of the file that was found: of the form that was looked up.
///
/// # Errors
/// [`Problem::Missing`] when there is none.
pub async fn stored_file(portal: &Portal, found: &Found) -> Result<Vec<u8>> {
    let (first, stamped) = forms(portal, &found.contract).await?.ok_or(Problem::Missing)?;
    let wanted =
        [stamped, Some(first)].into_iter().flatten().find(|d| Some(&d.sha256) == found.sha256.as_ref());
    Ok(wanted.ok_or(Problem::Missing)?.bytes)
}
