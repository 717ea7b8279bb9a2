//! The register of instructions as a file: a customer's own, or all for staff. Who took it is recorded.

use super::super::by_id;
use crate::export::{Exporter, Format, recorded};
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, SecondsFormat, Utc};
use domain::permission::CustomerUser;
use domain::register::instruction::InstructionState;
use domain::register::{Entry, Register as _};
use store::registers;

const COLUMNS: [&str; 17] = [
    "number",
    "customer_number",
    "contract_number",
    "state",
    "channel",
    "giver",
    "received_at",
    "confirmed_at",
    "services",
    "wish",
    "title",
    "text",
    "warning",
    "answer",
    "done_on",
    "done",
    "reason",
];

/// Rows that are read at once.
const CHUNK: u64 = 500;

/// The customer's own register.
///
/// # Errors
/// When the database fails.
pub async fn of_customer(portal: &Portal, by: &CustomerUser, now: DateTime<Utc>) -> Result<Vec<u8>> {
    let mut work = portal.begin().await?;
    let all = registers::of_customer::<InstructionState>(work.db(), by.customer).await?;
    let customers = by_id(work.db(), std::iter::once(by.customer)).await?;
    let number = customers.get(&by.customer).map(|c| c.facts.number.clone()).unwrap_or_default();
    let event = domain::audit::Event::new(
        "instructions.exported",
        format!("user:{}", by.user),
        format!("customer:{}", by.customer),
    );
    work.record(event.fact("rows", all.len()).fact("format", Format::Csv.name()));
    let file = Format::Csv.write(&COLUMNS, all.iter().map(|e| cells(e, &number)))?;
    portal.commit(work, now).await?;
    Ok(file)
}

/// The whole register, for staff.
///
/// # Errors
/// When the database fails.
pub async fn all(portal: &Portal, by: &Exporter, format: Format, now: DateTime<Utc>) -> Result<Vec<u8>> {
    let mut work = portal.begin().await?;
    let mut all: Vec<Entry<InstructionState>> = Vec::new();
    loop {
        let (page, total) = registers::list(work.db(), false, all.len() as u64, CHUNK).await?;
        let end = page.is_empty();
        all.extend(page);
        if end || all.len() as u64 >= total {
            break;
        }
    }
    let customers = by_id(work.db(), all.iter().filter_map(|e| e.customer)).await?;
    let rows = all.iter().map(|e| {
        let customer = e.customer.and_then(|c| customers.get(&c));
        cells(e, customer.map(|c| c.facts.number.as_str()).unwrap_or_default())
    });
    work.record(recorded("instructions", by, format, all.len()));
    let file = format.write(&COLUMNS, rows)?;
    portal.commit(work, now).await?;
    Ok(file)
}

fn cells(e: &Entry<InstructionState>, customer: &str) -> Vec<String> {
    let i = e.state.instruction();
    let exact = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let warning = i.warnings.last();
    let answer = warning.and_then(|w| w.answer.as_ref());
    let (done_on, done, reason) = match &e.state {
        InstructionState::CarriedOut { what, on, urgency, .. } => {
            (on.to_string(), what.clone(), urgency.clone())
        }
        InstructionState::Refused { reason, .. } => (String::new(), String::new(), reason.clone()),
        _ => Default::default(),
    };
    vec![
        e.number.clone(),
        customer.into(),
        i.contract_number.clone(),
        e.state.state().into(),
        i.channel.name().into(),
        i.giver.clone(),
        exact(i.received_at),
        i.confirmed.as_ref().map(|c| exact(c.at)).unwrap_or_default(),
        i.services.iter().map(|s| s.name()).collect::<Vec<_>>().join("|"),
        i.wish.map(|d| d.to_string()).unwrap_or_default(),
        i.title.clone(),
        i.text.clone(),
        warning.map(|w| w.reason.clone()).unwrap_or_default(),
        answer.map(|a| if a.changed { "changed" } else { "confirmed" }.to_string()).unwrap_or_default(),
        done_on,
        done,
        reason,
    ]
}
