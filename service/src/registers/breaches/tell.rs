//! The customers are told: the first notice, and every further phase. Each recipient gets a mail in their language;
//! what the mail job does with it is the proof of delivery.

use super::super::{customer_link, event, load_any, save, stamp};
use super::recipients::{Affected, affected, language};
use super::record::customers_by;
use super::{AREA, mail_key};
use crate::mail::{self, Letter};
use crate::portal::Portal;
use crate::problem::{Result, internal};
use chrono::{DateTime, Utc};
use domain::permission::PrivacyOfficer;
use domain::register::Entry;
use domain::register::breach::{BreachInput, BreachState, Recipient, Report};
use domain::{EntryId, Lang, calendar};
use store::Work;
use store::breach_notices::{self, Notice};

/// Tells everyone affected for the first time.
///
/// # Errors
/// [`crate::Problem::Refused`] when they are told already.
pub async fn run(portal: &Portal, by: &PrivacyOfficer, id: EntryId, now: DateTime<Utc>) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut entry = load_any::<BreachState>(&work, id).await?;
    let affected = affected(work.db(), &entry.state.reach(), &[]).await?;
    let next = entry.state.clone().tell(everyone(&affected), stamp(by.user, &by.name, now))?;
    let event = event::<BreachState>("told", by.user, id).fact("customers", affected.len());
    save(&mut work, &mut entry, next, event, now).await?;
    send(portal, &work, &entry, &affected, "breach_notice", now).await?;
    portal.commit(work, now).await
}

/// Tells more: the next phase goes to everyone told before and everyone affected now.
///
/// # Errors
/// [`crate::Problem::Refused`] before the first notice and after closing; all mistakes by field.
pub async fn supplement(
    portal: &Portal,
    by: &PrivacyOfficer,
    id: EntryId,
    input: &BreachInput,
    numbers: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut entry = load_any::<BreachState>(&work, id).await?;
    let (picked, unknown) = customers_by(work.db(), numbers).await?;
    let facts = entry.state.further(input, picked, unknown)?;
    let before: Vec<Recipient> =
        entry.state.phases().iter().flat_map(|p| p.recipients.iter().cloned()).collect();
    let affected = affected(work.db(), &facts.1, &before).await?;
    let next = entry.state.clone().supplement(facts, everyone(&affected), stamp(by.user, &by.name, now))?;
    let phase = next.phases().len();
    let event = event::<BreachState>("supplemented", by.user, id)
        .fact("phase", phase)
        .fact("customers", affected.len());
    save(&mut work, &mut entry, next, event, now).await?;
    send(portal, &work, &entry, &affected, "breach_supplement", now).await?;
    portal.commit(work, now).await
}

fn everyone(affected: &[Affected]) -> Vec<Recipient> {
    affected.iter().flat_map(|a| a.people.iter().cloned()).collect()
}

async fn send(
    portal: &Portal,
    work: &Work,
    entry: &Entry<BreachState>,
    affected: &[Affected],
    template: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let phase = entry.state.phases().len();
    let notices: Vec<_> = affected
        .iter()
        .map(|a| Notice {
            entry: entry.id,
            customer: a.customer.id,
            phase: i32::try_from(phase).unwrap_or(i32::MAX),
            told_at: now,
            read_at: None,
            read_by: None,
        })
        .collect();
    breach_notices::insert_many(work.db(), &notices).await?;
    let report = entry.state.report().ok_or_else(|| internal("a notice without a report"))?;
    let mut people: Vec<(&Affected, &Recipient)> = Vec::new();
    for a in affected {
        people.extend(a.people.iter().map(|p| (a, p)));
    }
    for (n, (a, person)) in people.into_iter().enumerate() {
        let lang = language(work.db(), &person.email, &a.customer).await?;
        let to = mail::Recipient { address: person.email.clone(), name: person.name.clone(), lang };
        let link = customer_link(portal, lang, a.customer.id, AREA, entry.id);
        let letter = said(portal, Letter::new(template, to), report, lang)
            .value("number", &entry.number)
            .value("customer_name", &a.customer.facts.legal_name)
            .value("aware_at", calendar::in_words(entry.state.aware_at(), lang))
            .value("told_at", calendar::in_words(now, lang))
            .value("phase", phase)
            .value("link", link);
        let key = mail_key(entry.id, phase, n);
        mail::enqueue(portal, work, letter, format!("breach:{}", entry.id), key, now).await?;
    }
    Ok(())
}

/// The facts in the letter; what is not known yet says that it follows.
fn said(portal: &Portal, letter: Letter, r: &Report, lang: Lang) -> Letter {
    let later = &portal.content.words.get(lang)["to-follow"];
    let or_later = |s: &str| if s.is_empty() { later.clone() } else { s.to_string() };
    letter
        .value("title", &r.title)
        .value("occurred", or_later(&r.occurred))
        .value("nature", &r.nature)
        .value("categories", or_later(&r.categories))
        .value("persons", or_later(&r.persons))
        .value("records", or_later(&r.records))
        .value("consequences", or_later(&r.consequences))
        .value("measures", or_later(&r.measures))
        .value("proposed", or_later(&r.proposed))
        .value("contact", &r.contact)
}
