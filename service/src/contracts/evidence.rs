//! The evidence of a concluded contract for programs: made once with the document, stored with its hash.

use super::offer::frozen_document;
use crate::fresh;
use crate::portal::Portal;
use crate::problem::{Problem, Result, internal};
use chrono::{DateTime, Utc};
use domain::annex::Snapshot;
use domain::contract::Contract;
use domain::contract::evidence::EvidenceRecord;
use domain::{SnapshotId, audit};
use store::{Work, annexes, documents, verification_codes};

/// The record of a contract that was concluded here, in its canonical bytes.
///
/// # Errors
/// [`Problem::Missing`] for any other.
pub(crate) async fn made(portal: &Portal, contract: &Contract) -> Result<Vec<u8>> {
    let in_force = contract.state.concluded().ok_or(Problem::Missing)?;
    let frozen = contract.state.frozen().ok_or(Problem::Missing)?;
    let (document, id, _) = frozen_document(portal, contract).await?;
    let stored =
        documents::find(portal.store.read(), contract.customer, id).await?.ok_or(Problem::Missing)?;
    let canonical = String::from_utf8(stored.bytes).map_err(internal)?;
    let text = portal.content.legal.version(&frozen.text_version).map(|t| t.sha256.clone());
    let toms = annex(portal, frozen.toms).await?;
    let subs = annex(portal, frozen.subprocessors).await?;
    let of = EvidenceRecord::of(
        contract,
        in_force,
        &document,
        canonical,
        text.unwrap_or_default(),
        &[&toms, &subs],
    );
    of.ok_or(Problem::Missing)?.canonical().map_err(internal)
}

/// A frozen annex.
pub(crate) async fn annex(portal: &Portal, id: SnapshotId) -> Result<Snapshot> {
    annexes::by_id(portal.store.read(), id).await?.ok_or(Problem::Missing)
}

/// Stores the record, within the work that stores the document; answers its SHA-256.
pub(crate) async fn store(
    work: &Work,
    contract: &Contract,
    bytes: Vec<u8>,
    now: DateTime<Utc>,
) -> Result<String> {
    let sha256 = audit::sha256(&bytes);
    let stored = documents::Document {
        id: fresh::id(now),
        customer: contract.customer,
        kind: "evidence".into(),
        name: format!("{}-evidence.json", contract.number),
        media_type: "application/json".into(),
        sha256: sha256.clone(),
        bytes,
        created_at: now,
    };
    let id = stored.id;
    documents::insert(work.db(), stored).await?;
    super::verification::note(work, contract).await?;
    verification_codes::set_evidence(work.db(), contract.id, id).await?;
    Ok(sha256)
}

/// The stored record; one that is made now for a contract that is older than records are.
///
/// # Errors
/// [`Problem::Missing`] for a contract that was not concluded here.
pub(crate) async fn stored_or_made(portal: &Portal, contract: &Contract) -> Result<Vec<u8>> {
    let db = portal.store.read();
    if let Some(id) = verification_codes::evidence_of(db, contract.id).await? {
        let stored = documents::find(db, contract.customer, id).await?.ok_or(Problem::Missing)?;
        return Ok(stored.bytes);
    }
    made(portal, contract).await
}
