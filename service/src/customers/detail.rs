//! One customer for staff, with everything that belongs to it.

use crate::portal::Portal;
use crate::problem::{Problem, Result};
use domain::CustomerId;
use domain::contract::Contract;
use domain::customer::{Contact, Customer};
use domain::people::User;
use domain::permission::{CustomerRole, Staff};
use store::decisions::Decision;
use store::holds::Hold;
use store::{contacts, contracts, customers, decisions, holds, memberships, users};

/// Everything about a customer.
#[derive(Clone, Debug)]
pub struct Detail {
    /// The customer.
    pub customer: Customer,
    /// Contacts, by kind and name.
    pub contacts: Vec<Contact>,
    /// People with a log-in and their roles here, by name.
    pub people: Vec<(User, Vec<CustomerRole>)>,
    /// Contracts, the newest first.
    pub contracts: Vec<Contract>,
    /// Open doubts and objections.
    pub holds: Vec<Hold>,
    /// The latest answers of the gate.
    pub decisions: Vec<Decision>,
    /// How many answers there are in all.
    pub decisions_total: u64,
}

/// How many answers of the gate are shown.
const LATEST: u64 = 5;

/// A customer with everything that belongs to it.
///
/// # Errors
/// [`Problem::Missing`] when there is none.
pub async fn detail(portal: &Portal, by: &Staff, id: CustomerId) -> Result<Detail> {
    let db = portal.store.read();
    let customer = one(portal, by, id).await?;
    let (decisions, decisions_total) = decisions::list(db, Some(id), 0, LATEST).await?;
    Ok(Detail {
        customer,
        contacts: contacts::of_customer(db, id).await?,
        people: people(portal, id).await?,
        contracts: contracts::of_customer(db, id).await?,
        holds: holds::open_of(db, id).await?,
        decisions,
        decisions_total,
    })
}

/// A customer alone, for its form.
///
/// # Errors
/// [`Problem::Missing`] when there is none.
pub async fn one(portal: &Portal, _by: &Staff, id: CustomerId) -> Result<Customer> {
    customers::by_id(portal.store.read(), id).await?.ok_or(Problem::Missing)
}

async fn people(portal: &Portal, id: CustomerId) -> Result<Vec<(User, Vec<CustomerRole>)>> {
    let db = portal.store.read();
    let of = memberships::of_customer(db, id).await?;
    let mut ids: Vec<_> = of.iter().map(|(user, _)| *user).collect();
    ids.sort();
    ids.dedup();
    let mut people = users::by_ids(db, &ids).await?;
    people.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.email.cmp(&b.email)));
    let with_roles = |user: User| {
        let mut roles: Vec<_> = of.iter().filter(|(u, _)| *u == user.id).map(|(_, role)| *role).collect();
        roles.sort();
        (user, roles)
    };
    Ok(people.into_iter().map(with_roles).collect())
}
