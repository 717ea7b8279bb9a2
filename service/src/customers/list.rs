//! The list of customers for staff: searched, narrowed, a page at a time.

use crate::portal::Portal;
use crate::problem::Result;
use domain::contract::StateName;
use domain::customer::Customer;
use domain::permission::Staff;
use std::collections::HashMap;
use store::{contracts, customers};

pub use store::customers::Filter;

/// Customers on a page.
pub const PER_PAGE: u64 = 25;

/// A page of the list.
#[derive(Clone, Debug)]
pub struct Page {
    /// The customers, by name.
    pub rows: Vec<Row>,
    /// How many there are in all.
    pub total: u64,
    /// Which page this is, from 1.
    pub page: u64,
    /// How many pages there are; at least 1.
    pub pages: u64,
}

/// A customer in the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// The customer.
    pub customer: Customer,
    /// States of its contracts that count: none over beside one that is not.
    pub contracts: Vec<StateName>,
}

/// A page of customers; a page past the end is the last one.
///
/// # Errors
/// When the database fails.
pub async fn list(portal: &Portal, _by: &Staff, filter: &Filter, page: u64) -> Result<Page> {
    let db = portal.store.read();
    let page = page.max(1);
    let (mut found, total) = customers::list(db, filter, (page - 1) * PER_PAGE, PER_PAGE).await?;
    let pages = total.div_ceil(PER_PAGE).max(1);
    let shown = page.min(pages);
    if shown < page {
        found = customers::list(db, filter, (shown - 1) * PER_PAGE, PER_PAGE).await?.0;
    }
    let ids: Vec<_> = found.iter().map(|c| c.id).collect();
    let mut states: HashMap<_, Vec<StateName>> = HashMap::new();
    for (customer, state) in contracts::states_of(db, &ids).await? {
        states.entry(customer).or_default().push(state);
    }
    let row = |customer: Customer| {
        let contracts = telling(states.remove(&customer.id).unwrap_or_default());
        Row { customer, contracts }
    };
    Ok(Page { rows: found.into_iter().map(row).collect(), total, page: shown, pages })
}

/// What is going on; when nothing is, the last thing that was.
fn telling(all: Vec<StateName>) -> Vec<StateName> {
    let mut open: Vec<_> = all.iter().copied().filter(|s| !s.is_over()).collect();
    if open.is_empty() {
        open.extend(all.first());
    }
    open.sort();
    open.dedup();
    open
}
