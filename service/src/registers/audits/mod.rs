//! The register of audit requests (Art. 28(3)(h)).

pub mod ask;

pub mod customer;

pub mod provider;

mod export;

pub mod read;

use super::{customer_link, customer_of, staff, staff_link, voices};
use crate::mail::{self, Letter, Recipient};
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::permission::StaffRole;
use domain::register::Entry;
use domain::register::audit_request::AuditState;
use domain::{Lang, calendar};
use store::Work;

/// The part of the path that names the register.
const AREA: &str = "audits";

/// Tells the privacy officers of something the customer has done.
async fn tell_staff(
    portal: &Portal,
    work: &Work,
    entry: &Entry<AuditState>,
    (template, by): (&str, &str),
    now: DateTime<Utc>,
) -> Result<()> {
    let customer = customer_of(work.db(), entry).await?;
    for to in staff(work, &[StaffRole::PrivacyOfficer]).await? {
        let letter = letter(portal, entry, template, Recipient::from(&to), now)
            .value("customer_name", &customer.facts.legal_name)
            .value("customer_number", &customer.facts.number)
            .value("by_name", by)
            .value("link", staff_link(portal, to.language, AREA, entry.id));
        let key = format!("{template}:{}:{}:{}", entry.id, entry.lock, to.id);
        mail::enqueue(portal, work, letter, format!("audit_request:{}", entry.id), key, now).await?;
    }
    Ok(())
}

/// Tells the customer's people of something the provider has done.
async fn tell_customer(
    portal: &Portal,
    work: &Work,
    entry: &Entry<AuditState>,
    template: &str,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let customer = entry.customer.ok_or(Problem::Missing)?;
    for to in voices(work, customer).await? {
        let letter = letter(portal, entry, template, Recipient::from(&to), now)
            .value("reason", reason)
            .value("link", customer_link(portal, to.language, customer, AREA, entry.id));
        let key = format!("{template}:{}:{}:{}", entry.id, entry.lock, to.id);
        mail::enqueue(portal, work, letter, format!("audit_request:{}", entry.id), key, now).await?;
    }
    Ok(())
}

fn letter(
    portal: &Portal,
    entry: &Entry<AuditState>,
    template: &str,
    to: Recipient,
    now: DateTime<Utc>,
) -> Letter {
    let (request, lang): (_, Lang) = (entry.state.request(), to.lang);
    let words = portal.content.words.get(lang);
    let day = entry.state.day().map_or_else(|| "–".into(), |day| calendar::date_in_words(day, lang));
    let costs = if request.costs.is_empty() { words["none"].clone() } else { request.costs.clone() };
    Letter::new(template, to)
        .value("number", &entry.number)
        .value("kind", &words[&format!("audit-{}", request.kind.name())])
        .value("occasion", &words[&format!("occasion-{}", request.occasion.name())])
        .value("contract_number", &request.contract_number)
        .value("day", day)
        .value("costs", costs)
        .value("at", calendar::in_words(now, lang))
}
