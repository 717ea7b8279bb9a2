//! The job after a publication: everyone who has to know of a new text at a customer with an older one gets a mail,
//! once. It goes in portions; run again, it writes what is missing and nothing twice.

use super::older;
use crate::content::LegalText;
use crate::contracts::{customer_link, people_of};
use crate::fresh;
use crate::mail::{self, Letter, Recipient};
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::calendar;
use domain::contract::Contract;
use domain::permission::CustomerRole;
use domain::publication::Publication;
use store::{Work, contracts, customers, outbox, text_publications};

/// Contracts of one portion, written together.
const PORTION: u64 = 100;

/// Writes the job, within the work that publishes.
pub(crate) async fn enqueue(work: &Work, version: &str, now: DateTime<Utc>) -> Result<()> {
    let job = outbox::Job {
        id: fresh::id(now),
        kind: "text_announcement".into(),
        key: format!("text_announcement:{version}"),
        payload: version.into(),
        about: format!("text:{version}"),
        state: "ready".into(),
        run_at: now,
        attempts: 0,
        last_error: String::new(),
        created_at: now,
        done_at: None,
    };
    Ok(outbox::insert(work.db(), &job).await?)
}

/// Runs it.
///
/// # Errors
/// When the database fails; then it is tried again.
pub async fn run(portal: &Portal, version: &str, now: DateTime<Utc>) -> Result<()> {
    let text = portal.content.legal.version(version).ok_or(Problem::Missing)?;
    let published = text_publications::of_family(portal.store.read(), text.family).await?;
    let own = published.iter().find(|p| p.version == version).ok_or(Problem::Missing)?;
    let before = older(&portal.content.legal, &published, text);
    let mut after = None;
    loop {
        let page = contracts::in_force_on_texts(portal.store.read(), &before, after, PORTION).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.id);
        let work = portal.begin().await?;
        for contract in &page {
            tell(portal, &work, contract, text, own, now).await?;
        }
        portal.commit(work, now).await?;
    }
}

async fn tell(
    portal: &Portal,
    work: &Work,
    contract: &Contract,
    text: &LegalText,
    own: &Publication,
    now: DateTime<Utc>,
) -> Result<()> {
    let Some(customer) = customers::by_id(work.db(), contract.customer).await? else { return Ok(()) };
    for (who, to) in recipients(work, contract).await? {
        let lang = to.lang;
        let template = if own.accept_until.is_some() { "text_material" } else { "text_editorial" };
        let mut letter = Letter::new(template, to)
            .value("customer_name", &customer.facts.legal_name)
            .value("contract_number", &contract.number)
            .value("text_version", &text.version)
            .value("note", text.change_note.get(lang).join(" "))
            .value("link", format!("{}/text", customer_link(portal, lang, contract)));
        if let Some(day) = own.accept_until {
            letter = letter.value("accept_until", calendar::date_in_words(day, lang));
        }
        let key = format!("text_published:{}:{}:{who}", text.version, contract.id);
        mail::enqueue(portal, work, letter, format!("contract:{}", contract.id), key, now).await?;
    }
    Ok(())
}

/// Signatories and privacy contacts with an account, and the privacy contact that the contract names.
async fn recipients(work: &Work, contract: &Contract) -> Result<Vec<(String, Recipient)>> {
    let roles = [CustomerRole::Signatory, CustomerRole::PrivacyContact];
    let people = people_of(work, contract.customer, &roles).await?;
    let mut to: Vec<_> = people.iter().map(|u| (u.id.to_string(), Recipient::from(u))).collect();
    if let Some(request) = contract.state.request() {
        let p = &request.privacy_contact;
        if !to.iter().any(|(_, r)| r.address == p.email) {
            let named = Recipient { address: p.email.clone(), name: p.name.clone(), lang: request.language };
            to.push(("contact".into(), named));
        }
    }
    Ok(to)
}
