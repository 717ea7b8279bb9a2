//! The registers: instructions, breaches, audit requests. Here is what all three do alike.

pub mod files;

pub mod export;

pub mod instructions;

pub mod breaches;

pub mod audits;

pub(crate) mod duties;

use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Datelike, Utc};
use domain::audit::Event;
use domain::contract::{Contract, Refusal};
use domain::customer::Customer;
use domain::people::User;
use domain::permission::{CustomerRole, StaffRole};
use domain::register::{self, Entry, Register, Stamp};
use domain::{CustomerId, EntryId, Lang, UserId, calendar};
use std::collections::HashMap;
use store::{Connection, Work, contracts, counters, customers, registers, users};

/// Entries on a page of a list.
pub const PER_PAGE: u64 = 25;

/// An entry with everything around it.
#[derive(Clone, Debug)]
pub struct Shown<S> {
    /// The entry.
    pub entry: Entry<S>,
    /// Whose it is.
    pub customer: Customer,
    /// What happened, in order.
    pub events: Vec<crate::audit::Happening>,
}

/// The contract under which instructions are given and audits asked for: the one in force, until its last day.
///
/// # Errors
/// [`Refusal::NoContract`] when there is none.
pub(crate) async fn ruling(db: &impl Connection, customer: CustomerId) -> Result<Contract> {
    let all = contracts::of_customer(db, customer).await?;
    let ruling = all.into_iter().find(|c| c.state.name().rules());
    ruling.ok_or_else(|| Refusal::NoContract.into())
}

/// Enters something new. `once` comes with the form: the same form sent twice enters nothing twice.
pub(crate) async fn enter<S: Register>(
    work: &mut Work,
    once: EntryId,
    customer: Option<CustomerId>,
    state: S,
    event: Event,
    now: DateTime<Utc>,
) -> Result<Entry<S>> {
    let year = calendar::berlin_date(now).year();
    let n = counters::next(work.db(), &format!("{}-number:{year}", S::KIND)).await?;
    let number = register::number(S::PREFIX, year, n);
    let entry = Entry { id: once, customer, number, state, lock: 0, created_at: now, updated_at: now };
    let inserted = registers::insert(work.db(), &entry).await;
    inserted.map_err(|e| if e.is_taken() { Problem::Stale } else { e.into() })?;
    work.record(event.fact("to", entry.state.state()));
    Ok(entry)
}

/// Saves the next state and records the move.
pub(crate) async fn save<S: Register>(
    work: &mut Work,
    entry: &mut Entry<S>,
    state: S,
    event: Event,
    now: DateTime<Utc>,
) -> Result<()> {
    let from = entry.state.state();
    entry.state = state;
    entry.updated_at = now;
    registers::update(work.db(), entry).await?;
    entry.lock += 1;
    work.record(event.fact("from", from).fact("to", entry.state.state()));
    Ok(())
}

/// Any entry makes its next step; whoever asks for it tells whom it concerns, and commits.
pub(crate) async fn step<S: Register>(
    work: &mut Work,
    id: EntryId,
    (what, by): (&str, UserId),
    next: impl FnOnce(S) -> Result<S, Refusal>,
    now: DateTime<Utc>,
) -> Result<Entry<S>> {
    let mut entry = load_any::<S>(work, id).await?;
    let state = next(entry.state.clone())?;
    save(work, &mut entry, state, event::<S>(what, by, id), now).await?;
    Ok(entry)
}

/// An entry of this customer, within a work.
pub(crate) async fn load<S: Register>(work: &Work, customer: CustomerId, id: EntryId) -> Result<Entry<S>> {
    registers::find(work.db(), customer, id).await?.ok_or(Problem::Missing)
}

/// Any entry, for staff.
pub(crate) async fn load_any<S: Register>(work: &Work, id: EntryId) -> Result<Entry<S>> {
    registers::find_any(work.db(), id).await?.ok_or(Problem::Missing)
}

/// The customer of an entry.
pub(crate) async fn customer_of<S>(db: &impl Connection, entry: &Entry<S>) -> Result<Customer> {
    let id = entry.customer.ok_or(Problem::Missing)?;
    customers::by_id(db, id).await?.ok_or(Problem::Missing)
}

/// An event about an entry.
pub(crate) fn event<S: Register>(what: &str, by: UserId, id: EntryId) -> Event {
    Event::new(&format!("{}.{what}", S::KIND), format!("user:{by}"), format!("{}:{id}", S::KIND))
}

/// Somebody, now.
pub(crate) fn stamp(by: UserId, name: &str, now: DateTime<Utc>) -> Stamp {
    Stamp { by, name: name.into(), at: now }
}

/// Staff with one of these roles, each once.
pub(crate) async fn staff(work: &Work, roles: &[StaffRole]) -> Result<Vec<User>> {
    let all = users::staff(work.db()).await?;
    Ok(all.into_iter().filter(|u| !u.locked && u.staff_roles.iter().any(|r| roles.contains(r))).collect())
}

/// Signatories and privacy contacts of a customer.
pub(crate) async fn voices(work: &Work, customer: CustomerId) -> Result<Vec<User>> {
    let roles = [CustomerRole::Signatory, CustomerRole::PrivacyContact];
    crate::contracts::people_of(work, customer, &roles).await
}

/// An entry with everything around it.
pub(crate) async fn shown<S: Register>(portal: &Portal, entry: Entry<S>) -> Result<Shown<S>> {
    let customer = customer_of(portal.store.read(), &entry).await?;
    let events = crate::audit::timeline(portal, &format!("{}:{}", S::KIND, entry.id)).await?;
    Ok(Shown { entry, customer, events })
}

/// A page of a register with the customers, and how many entries there are.
pub(crate) async fn page<S: Register>(
    portal: &Portal,
    only_open: bool,
    page: u64,
) -> Result<(Vec<(Entry<S>, Option<Customer>)>, u64)> {
    let db = portal.store.read();
    let (found, total) = registers::list(db, only_open, (page.max(1) - 1) * PER_PAGE, PER_PAGE).await?;
    let mut by_id = by_id(db, found.iter().filter_map(|e| e.customer)).await?;
    let row = |e: Entry<S>| {
        let customer = e.customer.and_then(|c| by_id.get_mut(&c).cloned());
        (e, customer)
    };
    Ok((found.into_iter().map(row).collect(), total))
}

/// These customers by id.
pub(crate) async fn by_id(
    db: &impl Connection,
    ids: impl Iterator<Item = CustomerId>,
) -> Result<HashMap<CustomerId, Customer>> {
    let mut ids: Vec<_> = ids.collect();
    ids.sort();
    ids.dedup();
    let mut found = HashMap::new();
    for chunk in ids.chunks(500) {
        found.extend(customers::by_ids(db, chunk).await?.into_iter().map(|c| (c.id, c)));
    }
    Ok(found)
}

/// Address of an entry's page for staff; `area` is the part of the path that names the register.
pub(crate) fn staff_link(portal: &Portal, lang: Lang, area: &str, id: EntryId) -> String {
    portal.url(lang, &format!("/{area}/{id}"))
}

/// Address of an entry's page for a customer.
pub(crate) fn customer_link(
    portal: &Portal,
    lang: Lang,
    customer: CustomerId,
    area: &str,
    id: EntryId,
) -> String {
    portal.url(lang, &format!("/my/{customer}/{area}/{id}"))
}
