//! The register of instructions (Art. 28(3)(a)).

pub mod give;

pub mod record;

pub mod handle;

pub mod warn;

pub mod answer;

pub mod read;

mod export;

use super::{customer_link, customer_of, staff, staff_link, voices};
use crate::mail::{self, Letter, Recipient};
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::permission::StaffRole;
use domain::register::Entry;
use domain::register::instruction::InstructionState;
use domain::{CustomerId, Lang, calendar};
use store::Work;

/// The part of the path that names the register.
const AREA: &str = "instructions";

/// Those who take instructions up.
const KEEPERS: [StaffRole; 2] = [StaffRole::ContractManager, StaffRole::PrivacyOfficer];

/// Tells staff of something the customer has done.
pub(crate) async fn tell_staff(
    portal: &Portal,
    work: &Work,
    entry: &Entry<InstructionState>,
    template: &str,
    by: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let customer = customer_of(work.db(), entry).await?;
    for to in staff(work, &KEEPERS).await? {
        let letter = letter(portal, entry, template, Recipient::from(&to), now)
            .value("customer_name", &customer.facts.legal_name)
            .value("customer_number", &customer.facts.number)
            .value("by_name", by)
            .value("link", staff_link(portal, to.language, AREA, entry.id));
        let key = format!("{template}:{}:{}:{}", entry.id, entry.lock, to.id);
        mail::enqueue(portal, work, letter, format!("instruction:{}", entry.id), key, now).await?;
    }
    Ok(())
}

/// Tells the customer's people; `values` are what the template asks for besides, in a language.
pub(crate) async fn tell_customer(
    portal: &Portal,
    work: &Work,
    entry: &Entry<InstructionState>,
    template: &str,
    values: &(dyn Fn(Lang) -> Vec<(&'static str, String)> + Sync),
    now: DateTime<Utc>,
) -> Result<()> {
    let customer: CustomerId = entry.customer.ok_or(crate::Problem::Missing)?;
    for to in voices(work, customer).await? {
        let mut letter = letter(portal, entry, template, Recipient::from(&to), now)
            .value("link", customer_link(portal, to.language, customer, AREA, entry.id));
        for (name, value) in values(to.language) {
            letter = letter.value(name, value);
        }
        let key = format!("{template}:{}:{}:{}", entry.id, entry.lock, to.id);
        mail::enqueue(portal, work, letter, format!("instruction:{}", entry.id), key, now).await?;
    }
    Ok(())
}

fn letter(
    portal: &Portal,
    entry: &Entry<InstructionState>,
    template: &str,
    to: Recipient,
    now: DateTime<Utc>,
) -> Letter {
    let (i, lang) = (entry.state.instruction(), to.lang);
    let services = portal.content.catalogue.service_names(&i.services, lang);
    Letter::new(template, to)
        .value("number", &entry.number)
        .value("title", &i.title)
        .value("contract_number", &i.contract_number)
        .value("services", services)
        .value("at", calendar::in_words(now, lang))
}
