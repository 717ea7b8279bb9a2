//! A register as a file: a customer's own, or the whole one. Who took it is recorded.

use super::by_id;
use crate::export::{Exporter, Format, recorded};
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, SecondsFormat, Utc};
use domain::audit::Event;
use domain::permission::CustomerUser;
use domain::register::{Entry, Register};
use domain::{CustomerId, Service};
use std::collections::HashMap;
use store::registers;

/// A register that can be written as a table.
pub trait Sheet: Register {
    /// Its name in the audit chain and in file names.
    const NAME: &'static str;
    /// Names of the columns.
    const COLUMNS: &'static [&'static str];

    /// One row. `numbers` are the numbers of the customers that the entry names.
    fn cells(entry: &Entry<Self>, numbers: &Numbers) -> Vec<String>;

    /// Customers that an entry names.
    fn customers(entry: &Entry<Self>) -> Vec<CustomerId> {
        entry.customer.into_iter().collect()
    }
}

/// Numbers of customers by id.
#[derive(Debug, Default)]
pub struct Numbers(HashMap<CustomerId, String>);

impl Numbers {
    /// The number; empty for one that is gone.
    pub fn of(&self, id: CustomerId) -> &str {
        self.0.get(&id).map(String::as_str).unwrap_or_default()
    }

    /// The number of the customer whose entry it is; empty where it is nobody's alone.
    pub fn owner<S>(&self, entry: &Entry<S>) -> String {
        entry.customer.map(|id| self.of(id).to_string()).unwrap_or_default()
    }
}

/// Rows that are read at once.
const CHUNK: u64 = 500;

/// The customer's own register, as CSV.
///
/// # Errors
/// When the database fails.
pub async fn of_customer<S: Sheet>(
    portal: &Portal,
    by: &CustomerUser,
    now: DateTime<Utc>,
) -> Result<Vec<u8>> {
    let all = registers::of_customer::<S>(portal.store.read(), by.customer).await?;
    let event = Event::new(
        &format!("{}.exported", S::NAME),
        format!("user:{}", by.user),
        format!("customer:{}", by.customer),
    );
    let event = event.fact("rows", all.len()).fact("format", Format::Csv.name());
    file(portal, &all, Format::Csv, event, now).await
}

/// The whole register, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn all<S: Sheet>(
    portal: &Portal,
    by: &Exporter,
    format: Format,
    now: DateTime<Utc>,
) -> Result<Vec<u8>> {
    let mut all: Vec<Entry<S>> = Vec::new();
    loop {
        let (page, _) = registers::list(portal.store.read(), false, all.len() as u64, CHUNK).await?;
        if page.is_empty() {
            break;
        }
        all.extend(page);
    }
    // An entry that came in while the pages were read moves the rest on: each stands in the file once.
    let mut seen = std::collections::HashSet::new();
    all.retain(|e| seen.insert(e.id));
    let event = recorded(S::NAME, by, format, all.len());
    file(portal, &all, format, event, now).await
}

async fn file<S: Sheet>(
    portal: &Portal,
    all: &[Entry<S>],
    format: Format,
    event: Event,
    now: DateTime<Utc>,
) -> Result<Vec<u8>> {
    let named = all.iter().flat_map(S::customers);
    let found = by_id(portal.store.read(), named).await?;
    let numbers = Numbers(found.into_iter().map(|(id, c)| (id, c.facts.number)).collect());
    let file = format.write(S::COLUMNS, all.iter().map(|e| S::cells(e, &numbers)))?;
    crate::export::record(portal, event, now).await?;
    Ok(file)
}

/// A time as files have it.
pub(super) fn exact(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Names with `|` between.
pub(super) fn services(services: &[Service]) -> String {
    services.iter().map(|s| s.name()).collect::<Vec<_>>().join("|")
}
