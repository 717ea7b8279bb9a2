//! The contact persons of a customer: added, changed, removed.

use crate::fresh;
use crate::portal::Portal;
use crate::problem::{Problem, Result, taken};
use chrono::{DateTime, Utc};
use domain::customer::ContactInput;
use domain::permission::ContractManager;
use domain::{ContactId, CustomerId};
use store::contacts;

/// Adds a contact.
///
/// # Errors
/// All mistakes by field; `contact-taken` when the customer has this address for this kind already;
/// [`Problem::Missing`] when there is no such customer.
pub async fn add(
    portal: &Portal,
    by: &ContractManager,
    customer: CustomerId,
    input: &ContactInput,
    now: DateTime<Utc>,
) -> Result<ContactId> {
    let contact = input.check(fresh::id(now))?;
    let mut work = portal.begin().await?;
    super::load(&work, customer).await?;
    let id = contact.id;
    let inserted = contacts::insert_many(work.db(), &[(customer, contact)]).await;
    inserted.map_err(taken("email", "contact-taken"))?;
    let event = super::event("contact.added", format!("user:{}", by.user), customer);
    work.record(event.fact("contact", id));
    work.gate_changed();
    portal.commit(work, now).await?;
    Ok(id)
}

/// Changes a contact.
///
/// # Errors
/// As [`add`]; [`Problem::Missing`] when it is not this customer's.
pub async fn change(
    portal: &Portal,
    by: &ContractManager,
    customer: CustomerId,
    id: ContactId,
    input: &ContactInput,
    now: DateTime<Utc>,
) -> Result<()> {
    let contact = input.check(id)?;
    let mut work = portal.begin().await?;
    let existing = contacts::of_customer(work.db(), customer).await?;
    let existing = existing.into_iter().find(|c| c.id == id).ok_or(Problem::Missing)?;
    if existing == contact {
        return Ok(work.rollback().await?);
    }
    contacts::update(work.db(), customer, &contact).await.map_err(taken("email", "contact-taken"))?;
    let event = super::event("contact.changed", format!("user:{}", by.user), customer);
    work.record(event.fact("contact", id));
    work.gate_changed();
    portal.commit(work, now).await
}

/// Removes a contact.
///
/// # Errors
/// [`Problem::Missing`] when it is not this customer's, or gone already.
pub async fn remove(
    portal: &Portal,
    by: &ContractManager,
    customer: CustomerId,
    id: ContactId,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    if !contacts::remove(work.db(), customer, id).await? {
        work.rollback().await?;
        return Err(Problem::Missing);
    }
    let event = super::event("contact.removed", format!("user:{}", by.user), customer);
    work.record(event.fact("contact", id));
    work.gate_changed();
    portal.commit(work, now).await
}
