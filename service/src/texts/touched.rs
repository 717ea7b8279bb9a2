//! Whom a text touches, before it is published: which customers, and which answers of the gate on which day.

use super::{change_since, newer, older};
use crate::content::LegalText;
use crate::portal::Portal;
use crate::problem::Result;
use chrono::NaiveDate;
use domain::contract::Contract;
use domain::customer::CustomerFacts;
use domain::gate::forecast;
use domain::publication::Change;
use domain::{Action, ContractId, CustomerId, calendar};
use std::collections::{BTreeMap, BTreeSet};
use store::{contracts, customers, text_publications};

/// Contracts read at once.
const CHUNK: u64 = 500;

/// A customer with a contract in force on an older text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// Who.
    pub customer: CustomerId,
    /// Its number.
    pub number: String,
    /// Its name.
    pub name: String,
    /// The contract: identity, number, version of its text.
    pub contract: (ContractId, String, String),
    /// What the gate permits until the day before and refuses from then on, unless the new text is accepted.
    pub lost: Vec<Action>,
}

/// Everyone whom the text touches, by name, when older ones open the gate until `accept_until` (never for an
/// editorial one).
///
/// # Errors
/// When the database fails.
pub async fn by(portal: &Portal, text: &LegalText, accept_until: Option<NaiveDate>) -> Result<Vec<Touched>> {
    let db = portal.store.read();
    let published = text_publications::of_family(db, text.family).await?;
    let found = on(portal, &older(&portal.content.legal, &published, text)).await?;
    let names = names_of(portal, &found).await?;
    let outdated: BTreeSet<ContractId> = found.iter().map(|c| c.id).collect();
    let lost = match accept_until {
        Some(day) => forecast::lost(&portal.gate.facts(), &outdated, calendar::end_of_day(day)),
        None => BTreeMap::new(),
    };
    let mut all: Vec<Touched> = found
        .into_iter()
        .filter_map(|c| {
            let facts = names.get(&c.customer)?;
            Some(Touched {
                customer: c.customer,
                number: facts.number.clone(),
                name: facts.legal_name.clone(),
                lost: lost.get(&facts.number).cloned().unwrap_or_default(),
                contract: (c.id, c.number.clone(), text_of(&c)),
            })
        })
        .collect();
    all.sort_by(|a, b| (&a.name, &a.contract.1).cmp(&(&b.name, &b.contract.1)));
    Ok(all)
}

/// Facts of the customers of these contracts.
pub(super) async fn names_of(
    portal: &Portal,
    contracts: &[Contract],
) -> Result<BTreeMap<CustomerId, CustomerFacts>> {
    let mut ids: Vec<CustomerId> = contracts.iter().map(|c| c.customer).collect();
    ids.sort();
    ids.dedup();
    let mut names = BTreeMap::new();
    for chunk in ids.chunks(500) {
        let found = customers::by_ids(portal.store.read(), chunk).await?;
        names.extend(found.into_iter().map(|c| (c.id, c.facts)));
    }
    Ok(names)
}

/// Contracts in force on these versions.
pub(super) async fn on(portal: &Portal, versions: &[String]) -> Result<Vec<Contract>> {
    let mut all: Vec<Contract> = Vec::new();
    loop {
        let after = all.last().map(|c| c.id);
        let page = contracts::in_force_on_texts(portal.store.read(), versions, after, CHUNK).await?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

/// Version of the text of a contract in force.
pub(crate) fn text_of(contract: &Contract) -> String {
    contract.state.concluded().map(|c| c.text_version.clone()).unwrap_or_default()
}

/// What the text is against the last published one, as the decision will see it.
///
/// # Errors
/// When the database fails.
pub async fn change(portal: &Portal, text: &LegalText) -> Result<Change> {
    let published = text_publications::of_family(portal.store.read(), text.family).await?;
    let before = published.iter().find(|p| newer(&text.version, &p.version));
    Ok(change_since(&portal.content.legal, before, text))
}
