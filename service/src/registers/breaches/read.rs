//! Reading the register of breaches: for the privacy officer with the proof of delivery, for a customer what it was
//! told. Opening it is noted as read.

use super::super::{by_id, event, page};
use super::mail_key;
use super::recipients::{Affected, affected};
use crate::audit::Happening;
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::customer::Customer;
use domain::permission::{CustomerUser, PrivacyOfficer};
use domain::register::breach::{BreachState, Recipient, tell_until};
use domain::register::{Entry, Register as _};
use domain::{CustomerId, EntryId};
use std::collections::{BTreeSet, HashMap};
use store::breach_notices::Notice;
use store::{Connection, breach_notices, outbox, registers};

/// What became of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Waits to be sent.
    Queued,
    /// Could not be sent yet and is tried again.
    Trying,
    /// Handed over.
    Sent(DateTime<Utc>),
    /// Given up.
    Failed,
    /// The outbox has it no more.
    Unknown,
}

/// One recipient of one phase.
#[derive(Clone, Debug)]
pub struct Proof {
    /// Which phase, from 1.
    pub phase: usize,
    /// To whom.
    pub recipient: Recipient,
    /// Name of the customer.
    pub customer: String,
    /// What became of the mail.
    pub delivery: Delivery,
    /// When somebody of the customer first opened this phase here.
    pub read_at: Option<DateTime<Utc>>,
}

/// A breach for the privacy officer.
#[derive(Clone, Debug)]
pub struct ForOfficer {
    /// The entry.
    pub entry: Entry<BreachState>,
    /// Who would be told now.
    pub affected: Vec<Affected>,
    /// The proof of delivery.
    pub proofs: Vec<Proof>,
    /// Numbers of the picked customers.
    pub numbers: Vec<String>,
    /// Until when the customers are told.
    pub until: DateTime<Utc>,
    /// What happened.
    pub events: Vec<Happening>,
}

/// A page of the register, and how many there are.
///
/// # Errors
/// When the database fails.
pub async fn list(
    portal: &Portal,
    _by: &PrivacyOfficer,
    only_open: bool,
    number: u64,
) -> Result<(Vec<Entry<BreachState>>, u64)> {
    let (found, total) = page(portal, only_open, number).await?;
    Ok((found.into_iter().map(|(e, _)| e).collect(), total))
}

/// One breach with everything around it.
///
/// # Errors
/// [`Problem::Missing`] when there is none.
pub async fn one(portal: &Portal, _by: &PrivacyOfficer, id: EntryId) -> Result<ForOfficer> {
    let db = portal.store.read();
    let entry: Entry<BreachState> = registers::find_any(db, id).await?.ok_or(Problem::Missing)?;
    let reach = entry.state.reach();
    let before: Vec<_> = entry.state.phases().iter().flat_map(|p| p.recipients.iter().cloned()).collect();
    let affected = match entry.state.is_open() {
        true => affected(db, &reach, &before).await?,
        false => Vec::new(),
    };
    let picked = by_id(db, reach.customers.iter().copied()).await?;
    let mut numbers: Vec<_> = picked.into_values().map(|c| c.facts.number).collect();
    numbers.sort();
    let events = crate::audit::timeline(portal, &format!("breach:{id}")).await?;
    Ok(ForOfficer {
        proofs: proofs(db, &entry).await?,
        until: until(portal, &entry.state),
        affected,
        numbers,
        events,
        entry,
    })
}

/// Until when the customers are told, by the contract.
pub fn until(portal: &Portal, state: &BreachState) -> DateTime<Utc> {
    tell_until(state.aware_at(), portal.content.registers.breach_hours)
}

async fn proofs(db: &impl Connection, entry: &Entry<BreachState>) -> Result<Vec<Proof>> {
    let phases = entry.state.phases();
    let keys: Vec<String> = phases
        .iter()
        .enumerate()
        .flat_map(|(p, phase)| (0..phase.recipients.len()).map(move |n| mail_key(entry.id, p + 1, n)))
        .collect();
    let jobs = outbox::by_keys(db, &keys).await?;
    let jobs: HashMap<&str, &outbox::Job> = jobs.iter().map(|j| (j.key.as_str(), j)).collect();
    let notices = breach_notices::of_entry(db, entry.id).await?;
    let customers = by_id(db, notices.iter().map(|n| n.customer)).await?;
    let mut all = Vec::new();
    for (p, phase) in phases.iter().enumerate() {
        for (n, recipient) in phase.recipients.iter().enumerate() {
            let job = jobs.get(mail_key(entry.id, p + 1, n).as_str()).copied();
            let customer = customers.get(&recipient.customer);
            all.push(Proof {
                phase: p + 1,
                recipient: recipient.clone(),
                customer: customer.map(|c| c.facts.legal_name.clone()).unwrap_or_default(),
                delivery: delivery(job),
                read_at: read_at(&notices, recipient.customer, p + 1),
            });
        }
    }
    Ok(all)
}

fn read_at(notices: &[Notice], customer: CustomerId, phase: usize) -> Option<DateTime<Utc>> {
    let of = |n: &&Notice| n.customer == customer && usize::try_from(n.phase) == Ok(phase);
    notices.iter().find(of)?.read_at
}

fn delivery(job: Option<&outbox::Job>) -> Delivery {
    match job.map(|j| (j.state.as_str(), j)) {
        Some(("done", j)) => j.done_at.map_or(Delivery::Unknown, Delivery::Sent),
        Some(("dead", _)) => Delivery::Failed,
        Some((_, j)) if j.attempts > 0 && !j.last_error.is_empty() => Delivery::Trying,
        Some(_) => Delivery::Queued,
        None => Delivery::Unknown,
    }
}

/// How many mails about this breach were given up.
pub(crate) async fn undelivered(db: &impl Connection, entry: &Entry<BreachState>) -> Result<usize> {
    Ok(proofs(db, entry).await?.iter().filter(|p| p.delivery == Delivery::Failed).count())
}

/// A breach as a customer sees it: the phases that it was told.
#[derive(Clone, Debug)]
pub struct ForCustomer {
    /// The entry.
    pub entry: Entry<BreachState>,
    /// The customer.
    pub customer: Customer,
    /// Which phases it was told, from 1, with the time of the first reading.
    pub told: Vec<(usize, Option<DateTime<Utc>>)>,
}

/// The breaches of which a customer was told, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_customer(portal: &Portal, by: &CustomerUser) -> Result<Vec<Entry<BreachState>>> {
    let db = portal.store.read();
    let notices = breach_notices::of_customer(db, by.customer).await?;
    let ids: BTreeSet<EntryId> = notices.into_iter().map(|n| n.entry).collect();
    let mut found = Vec::new();
    for id in ids.into_iter().rev() {
        found.extend(registers::find_any(db, id).await?);
    }
    Ok(found)
}

/// What a customer was told of one breach; notes that it was read.
///
/// # Errors
/// [`Problem::Missing`] when the customer was not told of it.
pub async fn for_customer(
    portal: &Portal,
    by: &CustomerUser,
    id: EntryId,
    now: DateTime<Utc>,
) -> Result<ForCustomer> {
    let db = portal.store.read();
    let notices = breach_notices::of_customer(db, by.customer).await?;
    let mut mine: Vec<Notice> = notices.into_iter().filter(|n| n.entry == id).collect();
    mine.sort_by_key(|n| n.phase);
    if mine.is_empty() {
        return Err(Problem::Missing);
    }
    if mine.iter().any(|n| n.read_at.is_none()) {
        let mut work = portal.begin().await?;
        if breach_notices::read(work.db(), id, by.customer, by.user, now).await? > 0 {
            work.record(event::<BreachState>("read", by.user, id).fact("customer", by.customer));
        }
        portal.commit(work, now).await?;
    }
    let entry = registers::find_any(db, id).await?.ok_or(Problem::Missing)?;
    let customer = by_id(db, std::iter::once(by.customer)).await?.remove(&by.customer);
    let told = mine
        .iter()
        .filter_map(|n| Some((usize::try_from(n.phase).ok()?, Some(n.read_at.unwrap_or(now)))))
        .collect();
    Ok(ForCustomer { entry, customer: customer.ok_or(Problem::Missing)?, told })
}
