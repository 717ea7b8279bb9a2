//! The recorded answers, for staff and for the customer whom they are about (Art. 28(3)(h)).

use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::permission::{CustomerUser, Staff};
use domain::{CustomerId, UserId};
use std::collections::HashMap;
use store::decisions::{self, Decision};

/// Answers on a page.
pub const PER_PAGE: u64 = 25;

/// A page of answers, the newest first.
#[derive(Clone, Debug)]
pub struct Page {
    /// The answers.
    pub rows: Vec<Row>,
    /// How many there are in all.
    pub total: u64,
    /// Which page this is, from 1.
    pub page: u64,
    /// How many pages there are; at least 1.
    pub pages: u64,
}

/// An answer in the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// As recorded.
    pub decision: Decision,
    /// Name of the technician, or of the program; as asked where nobody of this address is known.
    pub subject: String,
    /// Number and name of the customer.
    pub customer: Option<(String, String)>,
}

/// All answers, or those about the customer of this number; `None` when there is no such customer.
///
/// # Errors
/// When the database fails.
pub async fn list(
    portal: &Portal,
    _by: &Staff,
    number: &str,
    page: u64,
    now: DateTime<Utc>,
) -> Result<Option<Page>> {
    if number.is_empty() {
        return pages(portal, None, page, now).await.map(Some);
    }
    let customer = portal.gate.facts().customer(number).map(|c| c.id);
    match customer {
        Some(customer) => pages(portal, Some(customer), page, now).await.map(Some),
        None => Ok(None),
    }
}

/// The answers about the customer of this person.
///
/// # Errors
/// When the database fails.
pub async fn of_customer(portal: &Portal, by: &CustomerUser, page: u64, now: DateTime<Utc>) -> Result<Page> {
    pages(portal, Some(by.customer), page, now).await
}

async fn pages(portal: &Portal, customer: Option<CustomerId>, page: u64, now: DateTime<Utc>) -> Result<Page> {
    // What was just answered is on the page.
    portal.file_records(now).await?;
    let db = portal.store.read();
    let page = page.max(1);
    let (mut found, total) = decisions::list(db, customer, (page - 1) * PER_PAGE, PER_PAGE).await?;
    let pages = total.div_ceil(PER_PAGE).max(1);
    let shown = page.min(pages);
    if shown < page {
        found = decisions::list(db, customer, (shown - 1) * PER_PAGE, PER_PAGE).await?.0;
    }
    Ok(Page { rows: with_names(portal, found).await?, total, page: shown, pages })
}

async fn with_names(portal: &Portal, found: Vec<Decision>) -> Result<Vec<Row>> {
    let facts = portal.gate.facts();
    let user_of = |d: &Decision| -> Option<UserId> {
        (d.subject_type == "technician").then(|| facts.technicians.get(&d.subject).map(|t| t.user)).flatten()
    };
    let mut ids: Vec<UserId> = found.iter().filter_map(user_of).collect();
    ids.sort();
    ids.dedup();
    let people = store::users::by_ids(portal.store.read(), &ids).await?;
    let names: HashMap<UserId, String> = people.into_iter().map(|u| (u.id, u.name)).collect();
    let customers: HashMap<CustomerId, (String, String)> =
        facts.customers().map(|c| (c.id, (c.number.clone(), c.name.clone()))).collect();
    let row = |decision: Decision| {
        let name = user_of(&decision).and_then(|id| names.get(&id)).unwrap_or(&decision.subject).clone();
        let customer = decision.customer.and_then(|id| customers.get(&id).cloned());
        Row { subject: name, customer, decision }
    };
    Ok(found.into_iter().map(row).collect())
}
