//! The job after the countersignature: the document with its evidence is made once and sealed, its bytes are stored,
//! and everyone concerned gets a copy. Run twice, it does nothing the second time.

use super::build_document::word;
use super::offer::frozen_document;
use super::{customer_link, customer_of, event, evidence, load_any, people_of};
use crate::fresh;
use crate::mail::{self, Letter, Recipient};
use crate::portal::Portal;
use crate::problem::{Problem, Result, internal};
use crate::stamps::{self, document_job::Sealed};
use chrono::{DateTime, Utc};
use domain::contract::delegation::Delegation;
use domain::contract::document::{Evidence, LabelValue, SignatureRow};
use domain::contract::lifecycle::InForce;
use domain::contract::{Contract, ContractDocument, Signature};
use domain::permission::CustomerRole;
use domain::template::{self, Values};
use domain::{ContractId, DocumentId, Lang, audit, calendar};
use std::collections::HashMap;
use store::{Work, annexes, contracts, documents, outbox};

/// Writes the job, within the work that concludes the contract.
pub(crate) async fn enqueue(work: &Work, id: ContractId, now: DateTime<Utc>) -> Result<()> {
    let job = outbox::Job {
        id: fresh::id(now),
        kind: "contract_document".into(),
        key: format!("contract_document:{id}"),
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
/// When the document cannot be made or stored; the job is tried again.
pub async fn run(portal: &Portal, payload: &str, now: DateTime<Utc>) -> Result<()> {
    let id: ContractId = payload.parse().map_err(internal)?;
    let found = contracts::find_any(portal.store.read(), id).await?.ok_or(Problem::Missing)?;
    if contracts::document_of(portal.store.read(), found.customer, id).await?.is_some() {
        return Ok(());
    }
    let (frozen, _, sha256) = frozen_document(portal, &found).await?;
    let record = evidence::made(portal, &found).await?;
    let document = with_evidence(portal, &found, frozen, &sha256).await?;
    let pdf = render(portal, document.clone(), record.clone()).await?;
    let reason = format!("{} {}", document.title, document.number);
    let sealed = (portal.seal_pdf)(&pdf, &reason, now).map_err(internal)?;
    store(portal, id, &document, (sealed, record), now).await
}

/// Off the async threads; the typesetter itself lets one in at a time.
async fn render(portal: &Portal, document: ContractDocument, evidence: Vec<u8>) -> Result<Vec<u8>> {
    let make = portal.render_contract.clone();
    let permit = portal.typesetter.clone().acquire_owned().await.map_err(internal)?;
    let made = tokio::task::spawn_blocking(move || {
        let pdf = make(&document, &evidence);
        drop(permit);
        pdf
    });
    made.await.map_err(internal)?.map_err(internal)
}

async fn store(
    portal: &Portal,
    id: ContractId,
    document: &ContractDocument,
    (pdf, record): (Vec<u8>, Vec<u8>),
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let contract = load_any(&work, id).await?;
    let words = portal.content.words.get(document.language);
    let sha256 = audit::sha256(&pdf);
    let stored = documents::Document {
        id: fresh::id(now),
        customer: contract.customer,
        kind: "contract".into(),
        name: file_name(&words["file-name"], document),
        media_type: "application/pdf".into(),
        sha256: sha256.clone(),
        bytes: pdf,
        created_at: now,
    };
    let stored_id = stored.id;
    documents::insert(work.db(), stored).await?;
    if !contracts::set_document(work.db(), id, stored_id).await? {
        return Ok(()); // another instance was faster; this work is rolled back
    }
    let evidence_sha256 = evidence::store(&work, &contract, record, now).await?;
    let event = event("contract.document_stored", "job", id).fact("sha256", sha256);
    work.record(event.fact("evidence_sha256", evidence_sha256));
    let sealed = Sealed { document: stored_id, customer: contract.customer, about: format!("contract:{id}") };
    stamps::document_job::enqueue(portal, &work, &sealed, now).await?;
    send_copies(portal, &work, &contract, stored_id, now).await?;
    portal.commit(work, now).await
}

/// From the second version on its number is in the name: two files must not be taken for each other.
fn file_name(word: &str, document: &ContractDocument) -> String {
    match document.version {
        ..=1 => format!("{word}-{}.pdf", document.number),
        version => format!("{word}-{}-v{version}.pdf", document.number),
    }
}

async fn send_copies(
    portal: &Portal,
    work: &Work,
    contract: &Contract,
    document: DocumentId,
    now: DateTime<Utc>,
) -> Result<()> {
    let Some(in_force) = contract.state.concluded() else { return Ok(()) };
    let customer = customer_of(work, contract).await?;
    let roles = [CustomerRole::Signatory, CustomerRole::PrivacyContact];
    let mut to: Vec<Recipient> =
        people_of(work, contract.customer, &roles).await?.iter().map(Recipient::from).collect();
    if let Some(request) = contract.state.request()
        && !to.iter().any(|r| r.address == request.privacy_contact.email)
    {
        let p = &request.privacy_contact;
        to.push(Recipient { address: p.email.clone(), name: p.name.clone(), lang: request.language });
    }
    for (n, recipient) in to.into_iter().enumerate() {
        let lang = recipient.lang;
        let letter = Letter::new("contract_in_force", recipient)
            .value("customer_name", &customer.facts.legal_name)
            .value("contract_number", &contract.number)
            .value("services", portal.content.catalogue.service_names(&in_force.services, lang))
            .value("effective_from", calendar::date_in_words(in_force.effective_from, lang))
            .value("link", customer_link(portal, lang, contract))
            .attach(contract.customer, document);
        let key = format!("contract_in_force:{}:{n}", contract.id);
        mail::enqueue(portal, work, letter, format!("contract:{}", contract.id), key, now).await?;
    }
    Ok(())
}

/// The document of a concluded contract as it is printed: what was frozen, and the evidence in words.
///
/// # Errors
/// [`Problem::Missing`] while it is not concluded.
pub async fn document(portal: &Portal, contract: &Contract) -> Result<ContractDocument> {
    let (frozen, _, sha256) = frozen_document(portal, contract).await?;
    with_evidence(portal, contract, frozen, &sha256).await
}

/// The frozen document with the certificate page.
async fn with_evidence(
    portal: &Portal,
    contract: &Contract,
    mut document: ContractDocument,
    sha256: &str,
) -> Result<ContractDocument> {
    let Some(in_force) = contract.state.concluded() else { return Err(Problem::Missing) };
    let lang = document.language;
    let words = portal.content.words.get(lang);
    document.timestamp = in_force.at.timestamp();
    document.evidence = Some(Evidence {
        concluded_at: calendar::in_words(in_force.at, lang),
        effective_from: calendar::date_in_words(in_force.effective_from, lang),
        signatures: contract.state.signatures().iter().map(|s| signature_row(words, s, lang)).collect(),
        countersignature: countersignature_row(words, in_force, lang),
        events: events(words, in_force, lang)?,
        hashes: hashes(portal, in_force, sha256, words).await?,
        how_to_check: ["check-1", "check-2", "check-3"].iter().map(|k| words[*k].clone()).collect(),
    });
    Ok(document)
}

type Words = HashMap<String, String>;

fn say(words: &Words, key: &str, pairs: &[(&str, &str)]) -> Result<String> {
    let values: Values = pairs.iter().map(|(k, v)| ((*k).to_string(), (*v).to_string())).collect();
    template::fill(&words[key], &values).map_err(internal)
}

fn signature_row(words: &Words, s: &Signature, lang: Lang) -> SignatureRow {
    let sent = calendar::in_words(s.code_sent_at, lang);
    let identified =
        say(words, "identified", &[("email", &s.email), ("code_sent_at", &sent)]).unwrap_or_default();
    SignatureRow {
        name: s.name.clone(),
        function: s.function.clone(),
        at: calendar::in_words(s.at, lang),
        identified,
        boxes: s.boxes.iter().map(|b| b.wording.clone()).collect(),
    }
}

fn countersignature_row(words: &Words, in_force: &InForce, lang: Lang) -> SignatureRow {
    let Some(c) = &in_force.countersignature else { return SignatureRow::default() };
    SignatureRow {
        name: c.name.clone(),
        function: c.function.clone(),
        at: calendar::in_words(c.at, lang),
        identified: words["identified-provider"].clone(),
        boxes: Vec::new(),
    }
}

fn events(words: &Words, in_force: &InForce, lang: Lang) -> Result<Vec<LabelValue>> {
    let Some(signed) = &in_force.signed else { return Ok(Vec::new()) };
    let row =
        |label: DateTime<Utc>, value: String| LabelValue { label: calendar::in_words(label, lang), value };
    let mut told = vec![(signed.offered.at, words["event-offered"].clone())];
    for d in &signed.offered.delegations {
        told.push((d.at, delegated(words, d)?));
    }
    for s in &signed.offered.signatures {
        told.push((s.at, say(words, "event-signed", &[("name", &s.name)])?));
    }
    if let Some(c) = &in_force.countersignature {
        told.push((c.at, say(words, "event-countersigned", &[("name", &c.name)])?));
    }
    told.sort_by_key(|(at, _)| *at); // stable: what happened at one instant stays in the order of the steps
    Ok(told.into_iter().map(|(at, what)| row(at, what)).collect())
}

fn delegated(words: &Words, d: &Delegation) -> Result<String> {
    match &d.to {
        Some(p) => {
            let pairs = [("from", d.from_name.as_str()), ("name", &p.name), ("function", &p.function)];
            say(words, "event-delegated", &pairs)
        }
        None => say(words, "event-delegated-unknown", &[("from", &d.from_name)]),
    }
}

async fn hashes(portal: &Portal, in_force: &InForce, sha256: &str, words: &Words) -> Result<Vec<LabelValue>> {
    let Some(signed) = &in_force.signed else { return Ok(Vec::new()) };
    let frozen = &signed.offered.frozen;
    let mut rows = vec![LabelValue { label: words["hash-offer"].clone(), value: sha256.into() }];
    if let Some(text) = portal.content.legal.version(&frozen.text_version) {
        let label = say(words, "hash-text", &[("version", &text.version)])?;
        rows.push(LabelValue { label, value: text.sha256.clone() });
    }
    let family = portal.content.legal.version(&frozen.text_version).map(|t| t.family).unwrap_or_default();
    for (key, id) in [("hash-toms", frozen.toms), ("hash-subprocessors", frozen.subprocessors)] {
        let snapshot = annexes::by_id(portal.store.read(), id).await?.ok_or(Problem::Missing)?;
        let values = Values::from([("number".to_string(), snapshot.number.to_string())]);
        let label = template::fill(word(words, key, family), &values).map_err(internal)?;
        rows.push(LabelValue { label, value: snapshot.sha256 });
    }
    Ok(rows)
}
