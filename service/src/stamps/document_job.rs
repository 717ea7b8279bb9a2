//! The job after a file was sealed: the time stamp is fetched and put into the space that is kept for it. The file as it
//! was stored first stays; the one with the stamp is stored beside it, once. Run twice, it does nothing the second time.

use super::{Reply, Stamped, job, stamping};
use crate::fresh;
use crate::portal::Portal;
use crate::problem::{Problem, Result, internal};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::audit::{self, Event};
use domain::contract::ContractState;
use domain::{ContractId, CustomerId, DocumentId};
use serde::{Deserialize, Serialize};
use store::document_stamps::{self, DocumentStamp};
use store::documents::{self, Document};
use store::{Work, contracts, outbox};

/// Name of the job.
pub const KIND: &str = "document_stamp";
/// Files looked up at once.
const CHUNK: u64 = 200;

/// A sealed file that is to be stamped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sealed {
    /// The file.
    pub document: DocumentId,
    /// Whose.
    pub customer: CustomerId,
    /// What its audit entries are about: `contract:<id>`.
    pub about: String,
}

/// Writes the job, within the work that stores the sealed file; nothing where no authority is set.
pub(crate) async fn enqueue(portal: &Portal, work: &Work, sealed: &Sealed, now: DateTime<Utc>) -> Result<()> {
    if portal.stamping.is_none() {
        return Ok(());
    }
    let payload = serde_json::to_string(sealed).map_err(internal)?;
    let job = job(KIND, key(sealed.document), payload, sealed.about.clone(), now);
    Ok(outbox::insert(work.db(), &job).await?)
}

fn key(document: DocumentId) -> String {
    format!("{KIND}:{document}")
}

/// Runs the job.
///
/// # Errors
/// When the authority does not answer, or its answer does not fit; the job is tried again.
pub async fn run(portal: &Portal, payload: &str, now: DateTime<Utc>) -> Result<()> {
    let sealed: Sealed = serde_json::from_str(payload).map_err(internal)?;
    let db = portal.store.read();
    if document_stamps::of(db, sealed.document).await?.is_some() {
        return Ok(());
    }
    let first = documents::find(db, sealed.customer, sealed.document).await?.ok_or(Problem::Missing)?;
    let stamping = stamping(portal)?;
    let digest = (stamping.digest)(&first.bytes).map_err(internal)?;
    let (nonce, body) = stamping.ask(digest).await?;
    let stamped = (stamping.into_file)(&first.bytes, Reply { nonce, body: &body, now }).map_err(internal)?;
    store(portal, &sealed, first, stamped, now).await
}

/// The one place where stamped bytes are stored.
async fn store(
    portal: &Portal,
    sealed: &Sealed,
    first: Document,
    stamp: Stamped,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let sha256 = audit::sha256(&stamp.bytes);
    let before = first.sha256.clone();
    let stamped =
        Document { id: fresh::id(now), sha256: sha256.clone(), bytes: stamp.bytes, created_at: now, ..first };
    let note = DocumentStamp {
        document: sealed.document,
        stamped: stamped.id,
        authority: stamp.authority,
        stamped_at: stamp.time,
        created_at: now,
    };
    documents::insert(work.db(), stamped).await?;
    match document_stamps::insert(work.db(), &note).await {
        Err(e) if e.is_taken() => return Ok(()), // another instance was faster; this work is rolled back
        other => other?,
    }
    let time = stamp.time.to_rfc3339_opts(SecondsFormat::Millis, true);
    let event = Event::new("contract.document_stamped", "job", &sealed.about);
    work.record(event.fact("before_sha256", before).fact("sha256", sha256).fact("time", time));
    portal.commit(work, now).await
}

/// Writes jobs for all sealed files that have no time stamp: those from before an authority was set, and those whose
/// job was given up. Says how many.
///
/// # Errors
/// When no authority is set, or the database fails.
pub async fn enqueue_missing(portal: &Portal, now: DateTime<Utc>) -> Result<u64> {
    stamping(portal)?;
    let (mut count, mut after) = (0, DocumentId(uuid::Uuid::nil()));
    loop {
        let mut work = portal.begin().await?;
        let found = document_stamps::missing(work.db(), after, CHUNK).await?;
        let Some((last, ..)) = found.last() else { break };
        after = *last;
        let mut written = 0;
        for (document, customer, _) in found {
            written += u64::from(again(portal, &work, document, customer, now).await?);
        }
        if written > 0 {
            work.record(Event::new("seal.stamps_asked", "command", "seal").fact("files", written));
        }
        portal.commit(work, now).await?;
        count += written;
    }
    Ok(count)
}

/// Whether there is a job now that was not there, or was given up.
async fn again(
    portal: &Portal,
    work: &Work,
    document: DocumentId,
    customer: CustomerId,
    now: DateTime<Utc>,
) -> Result<bool> {
    if let Some(job) = outbox::by_key(work.db(), &key(document)).await? {
        return Ok(outbox::retry(work.db(), job.id, now).await?);
    }
    let Some(contract) = contract_of(work, customer, document).await? else { return Ok(false) };
    enqueue(portal, work, &Sealed { document, customer, about: format!("contract:{contract}") }, now).await?;
    Ok(true)
}

/// The contract whose file, or whose deletion certificate, this is.
async fn contract_of(work: &Work, customer: CustomerId, document: DocumentId) -> Result<Option<ContractId>> {
    for contract in contracts::of_customer(work.db(), customer).await? {
        let certified = match &contract.state {
            ContractState::Closed(closed) => closed.certificate.as_ref().map(|c| c.document),
            _ => None,
        };
        let made = contracts::document_of(work.db(), customer, contract.id).await?;
        if made == Some(document) || certified == Some(document) {
            return Ok(Some(contract.id));
        }
    }
    Ok(None)
}
