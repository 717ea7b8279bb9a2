//! The job after the closing: the deletion certificate is made once and sealed, its bytes are stored, and the customer
//! gets a copy. Run twice, it does nothing the second time.

use super::{build_certificate, letters};
use crate::contracts::{event, load_any, save};
use crate::fresh;
use crate::mail::Letter;
use crate::portal::Portal;
use crate::problem::{Problem, Result, internal};
use crate::stamps::{self, document_job::Sealed};
use chrono::{DateTime, Utc};
use domain::contract::lifecycle::Certificate;
use domain::contract::{ContractState, DeletionCertificate};
use domain::{ContractId, audit, calendar};
use store::{Work, contracts, documents, outbox};

/// Writes the job, within the work that closes the contract.
pub(crate) async fn enqueue(work: &Work, id: ContractId, now: DateTime<Utc>) -> Result<()> {
    let job = outbox::Job {
        id: fresh::id(now),
        kind: "deletion_certificate".into(),
        key: format!("deletion_certificate:{id}"),
        payload: id.to_string(),
        about: format!("contract:{id}"),
        state: "ready".into(),
        run_at: now,
        attempts: 0,
        last_error: String::new(),
        created_at: now,
        done_at: None,
    };
    Ok(outbox::insert(work.db(), &job).await?)
}

/// Runs the job.
///
/// # Errors
/// When the certificate cannot be made or stored; the job is tried again.
pub async fn run(portal: &Portal, payload: &str, now: DateTime<Utc>) -> Result<()> {
    let id: ContractId = payload.parse().map_err(internal)?;
    let found = contracts::find_any(portal.store.read(), id).await?.ok_or(Problem::Missing)?;
    let ContractState::Closed(closed) = &found.state else { return Ok(()) };
    if closed.certificate.is_some() {
        return Ok(());
    }
    let certificate = build_certificate::build(portal, &found, closed).await?;
    let pdf = render(portal, certificate.clone()).await?;
    let name = &portal.content.words.get(certificate.language)["deletion-file-name"];
    let reason = format!("{name} {}", certificate.number);
    let sealed = (portal.seal_pdf)(&pdf, &reason, now).map_err(internal)?;
    match store(portal, id, &certificate, sealed, now).await {
        Err(Problem::Stale) => Ok(()), // another instance was faster; this work is rolled back
        other => other,
    }
}

/// Off the async threads; the typesetter itself lets one in at a time.
async fn render(portal: &Portal, certificate: DeletionCertificate) -> Result<Vec<u8>> {
    let make = portal.render_deletion.clone();
    let permit = portal.typesetter.clone().acquire_owned().await.map_err(internal)?;
    let made = tokio::task::spawn_blocking(move || {
        let pdf = make(&certificate);
        drop(permit);
        pdf
    });
    made.await.map_err(internal)?.map_err(internal)
}

/// The one place where a certificate's bytes are stored.
async fn store(
    portal: &Portal,
    id: ContractId,
    certificate: &DeletionCertificate,
    pdf: Vec<u8>,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut contract = load_any(&work, id).await?;
    let ContractState::Closed(mut closed) = contract.state.clone() else { return Ok(()) };
    if closed.certificate.is_some() {
        return Ok(());
    }
    let words = portal.content.words.get(certificate.language);
    let sha256 = audit::sha256(&pdf);
    let document = documents::Document {
        id: fresh::id(now),
        customer: contract.customer,
        kind: "deletion".into(),
        name: format!("{}-{}.pdf", words["deletion-file-name"], certificate.number),
        media_type: "application/pdf".into(),
        sha256: sha256.clone(),
        bytes: pdf,
        created_at: now,
    };
    let stored = document.id;
    documents::insert(work.db(), document).await?;
    closed.certificate = Some(Certificate { document: stored, sha256: sha256.clone(), at: now });
    let closed_at = closed.at;
    let event = event("contract.certificate_stored", "job", id).fact("sha256", sha256);
    save(&mut work, &mut contract, ContractState::Closed(closed), event, now).await?;
    let key = format!("deletion_certified:{id}");
    let customer = contract.customer;
    let values = |letter: Letter, lang| {
        letter.value("closed_at", calendar::in_words(closed_at, lang)).attach(customer, stored)
    };
    let sealed = Sealed { document: stored, customer, about: format!("contract:{id}") };
    stamps::document_job::enqueue(portal, &work, &sealed, now).await?;
    letters::to_customer(portal, &work, &contract, ("deletion_certified", &key), values, now).await?;
    portal.commit(work, now).await
}
