//! A new customer.

use crate::fresh;
use crate::portal::Portal;
use crate::problem::{Result, taken};
use chrono::{DateTime, Utc};
use domain::CustomerId;
use domain::customer::{Customer, CustomerInput};
use domain::permission::ContractManager;
use store::customers;

/// Enters a customer.
///
/// # Errors
/// All mistakes by field; `customer-number-taken`.
pub async fn create(
    portal: &Portal,
    by: &ContractManager,
    input: &CustomerInput,
    now: DateTime<Utc>,
) -> Result<CustomerId> {
    let facts = input.check()?;
    let mut work = portal.begin().await?;
    let customer = Customer { id: fresh::id(now), facts, lock: 0, created_at: now, updated_at: now };
    let inserted = customers::insert_many(work.db(), std::slice::from_ref(&customer)).await;
    inserted.map_err(taken("customer_number", "customer-number-taken"))?;
    work.record(super::event("customer.created", format!("user:{}", by.user), customer.id));
    work.gate_changed();
    portal.commit(work, now).await?;
    Ok(customer.id)
}
