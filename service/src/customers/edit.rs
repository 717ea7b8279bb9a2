//! Changing what is known about a customer. The form carries the lock that it was filled from: whoever comes second
//! is told, and nothing of either person's work is lost.

use crate::portal::Portal;
use crate::problem::{Problem, Result, taken};
use chrono::{DateTime, Utc};
use domain::CustomerId;
use domain::customer::{CustomerFacts, CustomerInput};
use domain::permission::ContractManager;
use store::customers;

/// Changes a customer that was read with `lock`. Saving what is there already changes nothing.
///
/// # Errors
/// All mistakes by field; `customer-number-taken`; [`Problem::Stale`] when somebody else was faster.
pub async fn edit(
    portal: &Portal,
    by: &ContractManager,
    id: CustomerId,
    lock: i64,
    input: &CustomerInput,
    now: DateTime<Utc>,
) -> Result<()> {
    let facts = input.check()?;
    let mut work = portal.begin().await?;
    let mut customer = super::load(&work, id).await?;
    let changed = differences(&customer.facts, &facts);
    if customer.lock != lock && !changed.is_empty() {
        work.rollback().await?;
        return Err(Problem::Stale);
    }
    if changed.is_empty() {
        return Ok(work.rollback().await?);
    }
    customer.facts = facts;
    customer.updated_at = now;
    customers::update(work.db(), &customer)
        .await
        .map_err(taken("customer_number", "customer-number-taken"))?;
    let event = super::event("customer.changed", format!("user:{}", by.user), id);
    work.record(event.fact("fields", changed.join(" ")));
    work.gate_changed();
    portal.commit(work, now).await
}

/// Names of the form fields in which two versions differ. The order of phones, domains and services says nothing.
pub fn differences(a: &CustomerFacts, b: &CustomerFacts) -> Vec<&'static str> {
    let fields = [
        ("customer_number", a.number != b.number),
        ("legal_name", a.legal_name != b.legal_name),
        ("street", a.street != b.street),
        ("postal_code", a.postal_code != b.postal_code),
        ("city", a.city != b.city),
        ("country", a.country != b.country),
        ("register", a.register != b.register),
        ("email", a.email != b.email),
        ("language", a.language != b.language),
        ("phones", !same(&a.phones, &b.phones)),
        ("domains", !same(&a.domains, &b.domains)),
        ("service_contract", a.service_contract != b.service_contract),
        ("hosting", a.hosting != b.hosting),
        ("professional_secrecy", a.professional_secrecy != b.professional_secrecy),
        ("representation", a.representation != b.representation),
        ("services", !same(&a.services, &b.services)),
    ];
    fields.into_iter().filter(|(_, differ)| *differ).map(|(name, _)| name).collect()
}

fn same<T: Ord + Clone>(a: &[T], b: &[T]) -> bool {
    let sorted = |list: &[T]| {
        let mut list = list.to_vec();
        list.sort();
        list
    };
    sorted(a) == sorted(b)
}
