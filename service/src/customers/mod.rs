//! Customers: their facts and contacts, the list, the import and export of files.

pub mod list;

pub mod detail;

pub mod create;

pub mod edit;

pub mod contacts;

pub mod confirm_paper;

pub mod csv_file;

pub mod importing;

pub mod scans;

pub mod import_customers;

pub mod import_contracts;

pub mod export;

use crate::problem::{Problem, Result};
use domain::CustomerId;
use domain::audit::Event;
use domain::customer::Customer;
use store::{Work, customers};

/// The customer, within a work.
async fn load(work: &Work, id: CustomerId) -> Result<Customer> {
    customers::by_id(work.db(), id).await?.ok_or(Problem::Missing)
}

/// An event about a customer.
fn event(kind: &str, actor: impl ToString, id: CustomerId) -> Event {
    Event::new(kind, actor, format!("customer:{id}"))
}
