//! Who is told of a breach: for every customer affected its breach contact and its privacy contacts.

use super::super::by_id;
use crate::problem::Result;
use domain::contract::{Contract, StateName};
use domain::customer::{ContactKind, Customer};
use domain::permission::CustomerRole;
use domain::register::breach::{Reach, Recipient};
use domain::{CustomerId, Lang};
use std::collections::{BTreeMap, BTreeSet};
use store::{Connection, contacts, contracts, memberships, users};

/// Contracts read at once.
const CHUNK: u64 = 500;

/// A customer affected, and who of it is told.
#[derive(Clone, Debug)]
pub struct Affected {
    /// Which.
    pub customer: Customer,
    /// Name and address of each person.
    pub people: Vec<Recipient>,
}

/// Everyone whom the reach concerns now, and those who were told before, by name of the customer.
pub(crate) async fn affected(
    db: &impl Connection,
    reach: &Reach,
    told_before: &[Recipient],
) -> Result<Vec<Affected>> {
    let in_force = contracts_in_force(db).await?;
    let mut ids: BTreeSet<CustomerId> = reach.customers.iter().copied().collect();
    ids.extend(told_before.iter().map(|r| r.customer));
    ids.extend(
        in_force
            .values()
            .filter(|c| c.state.services().iter().any(|s| reach.services.contains(s)))
            .map(|c| c.customer),
    );
    let mut all: Vec<Affected> = Vec::new();
    for customer in by_id(db, ids.into_iter()).await?.into_values() {
        let mut people = people(db, &customer, in_force.get(&customer.id)).await?;
        for r in told_before.iter().filter(|r| r.customer == customer.id) {
            add(&mut people, customer.id, &r.email, &r.name);
        }
        all.push(Affected { customer, people });
    }
    all.sort_by(|a, b| a.customer.facts.legal_name.cmp(&b.customer.facts.legal_name));
    Ok(all)
}

const HOLDING: [StateName; 3] = [StateName::Ended, StateName::Ending, StateName::InForce];

/// Also those that are ending, and those that ended while the data are not yet deleted: a breach concerns them too.
async fn contracts_in_force(db: &impl Connection) -> Result<BTreeMap<CustomerId, Contract>> {
    let (mut found, mut offset) = (BTreeMap::new(), 0);
    loop {
        let (page, total) = contracts::list(db, &HOLDING, offset, CHUNK).await?;
        let read = page.len() as u64;
        found.extend(page.into_iter().map(|c| (c.customer, c)));
        offset += read;
        if read == 0 || offset >= total {
            return Ok(found);
        }
    }
}

/// The contacts named in the contract and the privacy contacts with a log-in; where there are none the customer's
/// contacts, and at last its own address: nobody goes without a notice.
async fn people(
    db: &impl Connection,
    customer: &Customer,
    contract: Option<&Contract>,
) -> Result<Vec<Recipient>> {
    let mut people = Vec::new();
    if let Some(request) = contract.and_then(|c| c.state.request()) {
        for p in [&request.breach_contact, &request.privacy_contact] {
            add(&mut people, customer.id, &p.email, &p.name);
        }
    }
    let roles = memberships::of_customer(db, customer.id).await?;
    let ids: Vec<_> =
        roles.iter().filter(|(_, r)| *r == CustomerRole::PrivacyContact).map(|(u, _)| *u).collect();
    for user in users::by_ids(db, &ids).await?.into_iter().filter(|u| !u.locked) {
        add(&mut people, customer.id, &user.email, &user.name);
    }
    for kind in [ContactKind::Privacy, ContactKind::Signatory] {
        if people.is_empty() {
            let of = contacts::of_customer(db, customer.id).await?;
            for c in of.iter().filter(|c| c.kind == kind) {
                add(&mut people, customer.id, &c.email, &c.name);
            }
        }
    }
    if people.is_empty() {
        add(&mut people, customer.id, &customer.facts.email, &customer.facts.legal_name);
    }
    Ok(people)
}

fn add(people: &mut Vec<Recipient>, customer: CustomerId, email: &str, name: &str) {
    if !email.is_empty() && !people.iter().any(|p| p.email == email) {
        people.push(Recipient { customer, email: email.into(), name: name.into() });
    }
}

/// The language of somebody: the one of their account, else the customer's.
pub(crate) async fn language(db: &impl Connection, email: &str, customer: &Customer) -> Result<Lang> {
    let user = users::by_email(db, email).await?;
    Ok(user.map_or(customer.facts.language, |u| u.language))
}
