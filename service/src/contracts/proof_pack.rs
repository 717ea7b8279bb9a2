//! Everything that is stored about a concluded contract, for whoever wants to check it without this portal. That it was
//! taken is recorded, by ids only.

use super::{event, evidence};
use crate::audit::{Line, proof};
use crate::portal::Portal;
use crate::problem::{Problem, Result, internal};
use chrono::{DateTime, Utc};
use domain::annex::Snapshot;
use domain::contract::Contract;
use domain::permission::{CustomerUser, Staff};
use domain::{ContractId, audit::Entry};
use serde::Serialize;
use store::{audit, audit_heads, contracts, document_stamps, documents};

/// What is stored about a contract.
#[derive(Clone, Debug)]
pub struct Proof {
    /// Number of the contract.
    pub number: String,
    /// Its version.
    pub version: i32,
    /// The sealed PDF, with its time stamp once there is one.
    pub pdf: Vec<u8>,
    /// The same as it was before the time stamp was put in; `None` as long as there is none.
    pub unstamped: Option<Vec<u8>>,
    /// The evidence for programs.
    pub evidence: Vec<u8>,
    /// The frozen document, as it was signed.
    pub document: Vec<u8>,
    /// The frozen annexes.
    pub annexes: Vec<Snapshot>,
    /// What the audit chain has about the contract, one JSON object a line.
    pub events: Vec<u8>,
    /// That these entries are under a signed head of the chain, one JSON object a line; empty until there is one.
    pub inclusion: Vec<u8>,
    /// When it was put together: the time of the last event in it.
    pub until: DateTime<Utc>,
}

/// For the customer's people.
///
/// # Errors
/// [`Problem::Missing`] for any other contract, and for one without a document that was concluded here.
pub async fn for_customer(
    portal: &Portal,
    by: &CustomerUser,
    id: ContractId,
    now: DateTime<Utc>,
) -> Result<Proof> {
    let found = contracts::find(portal.store.read(), by.customer, id).await?;
    taken(portal, &format!("user:{}", by.user), found, now).await
}

/// For staff.
///
/// # Errors
/// [`Problem::Missing`] when there is none.
pub async fn for_staff(portal: &Portal, by: &Staff, id: ContractId, now: DateTime<Utc>) -> Result<Proof> {
    let found = contracts::find_any(portal.store.read(), id).await?;
    taken(portal, &format!("user:{}", by.user), found, now).await
}

/// At the command line.
///
/// # Errors
/// [`Problem::Missing`] when there is none.
pub async fn by_number(
    portal: &Portal,
    number: &str,
    version: Option<i32>,
    now: DateTime<Utc>,
) -> Result<Proof> {
    let found = contracts::by_number(portal.store.read(), number, version).await?;
    taken(portal, "command", found, now).await
}

async fn taken(portal: &Portal, by: &str, found: Option<Contract>, now: DateTime<Utc>) -> Result<Proof> {
    let contract = found.ok_or(Problem::Missing)?;
    let proof = gathered(portal, &contract).await?;
    let mut work = portal.begin().await?;
    work.record(event("contract.proof_taken", by, contract.id));
    portal.commit(work, now).await?;
    Ok(proof)
}

async fn gathered(portal: &Portal, contract: &Contract) -> Result<Proof> {
    let db = portal.store.read();
    let frozen = contract.state.concluded().and(contract.state.frozen()).ok_or(Problem::Missing)?;
    let pdf = contracts::document_of(db, contract.customer, contract.id).await?.ok_or(Problem::Missing)?;
    let first = documents::find(db, contract.customer, pdf).await?.ok_or(Problem::Missing)?;
    let stamped = match document_stamps::of(db, pdf).await? {
        Some(stamped) => documents::find(db, contract.customer, stamped).await?,
        None => None,
    };
    let (pdf, unstamped) = match stamped {
        Some(stamped) => (stamped.bytes, Some(first.bytes)),
        None => (first.bytes, None),
    };
    let document = documents::find(db, contract.customer, frozen.document).await?.ok_or(Problem::Missing)?;
    let annexes = vec![
        evidence::annex(portal, frozen.toms).await?,
        evidence::annex(portal, frozen.subprocessors).await?,
    ];
    let entries = audit::about(db, &format!("contract:{}", contract.id)).await?;
    // That the pack was taken before says nothing about the contract, and would make every pack another one.
    let entries: Vec<Entry> =
        entries.into_iter().filter(|e| !e.body.contains("\"contract.proof_taken\"")).collect();
    Ok(Proof {
        number: contract.number.clone(),
        version: contract.version,
        evidence: evidence::stored_or_made(portal, contract).await?,
        until: entries.last().map_or(contract.updated_at, |e| e.at),
        inclusion: included(portal, &entries).await?,
        events: lines(entries.into_iter().map(Line::from))?,
        pdf,
        unstamped,
        document: document.bytes,
        annexes,
    })
}

/// Under the first head with a time stamp that covers them all, or as long as there is none under the first head that
/// does: a later one would say no more, and make another pack.
async fn included(portal: &Portal, entries: &[Entry]) -> Result<Vec<u8>> {
    let db = portal.store.read();
    let (Some(newest), Some(last)) = (audit_heads::newest(db).await?, entries.last()) else {
        return Ok(Vec::new());
    };
    let before = u64::try_from(last.seq - 1).map_err(internal)?;
    let head = match audit_heads::stamped_beyond(db, before).await? {
        Some(head) => Some(head),
        None => audit_heads::beyond(db, before, newest.number).await?,
    };
    let Some(head) = head else { return Ok(Vec::new()) };
    let mut proofs = Vec::with_capacity(entries.len());
    for entry in entries {
        proofs.push(proof::inclusion(portal, entry.seq, Some(head.head.size)).await?);
    }
    lines(proofs)
}

fn lines(all: impl IntoIterator<Item = impl Serialize>) -> Result<Vec<u8>> {
    let mut lines = Vec::new();
    for one in all {
        serde_json::to_writer(&mut lines, &one).map_err(internal)?;
        lines.push(b'\n');
    }
    Ok(lines)
}
