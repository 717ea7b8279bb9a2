//! Reading contracts: for their customer, and for staff.

use crate::portal::Portal;
use crate::problem::{Problem, Result};
use crate::stamps::SealLevel;
use domain::contract::{Contract, ContractState, StateName};
use domain::customer::Customer;
use domain::permission::{CustomerUser, Staff};
use domain::{ContractId, CustomerId, DocumentId, UserId};
use std::collections::HashMap;
use store::documents::Document;
use store::{contracts, customers, document_stamps, documents, users};

/// A contract with everything around it.
#[derive(Clone, Debug)]
pub struct ContractView {
    /// The contract.
    pub contract: Contract,
    /// Whose it is.
    pub customer: Customer,
    /// The stored document, without its bytes.
    pub document: Option<StoredDocument>,
    /// All versions under its number, itself among them, the newest first.
    pub versions: Vec<Contract>,
    /// The stored deletion certificate, without its bytes.
    pub certificate: Option<StoredDocument>,
    /// What happened, in order.
    pub events: Vec<crate::audit::Happening>,
    /// Names of the people in it, by id.
    pub people: HashMap<UserId, String>,
}

/// A stored document without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDocument {
    /// Identity.
    pub id: DocumentId,
    /// File name.
    pub name: String,
    /// SHA-256, hex.
    pub sha256: String,
    /// Size in bytes.
    pub size: usize,
    /// What its seal proves about the time.
    pub level: SealLevel,
}

/// Contracts of a customer for its people, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_customer(portal: &Portal, by: &CustomerUser) -> Result<Vec<Contract>> {
    Ok(contracts::of_customer(portal.store.read(), by.customer).await?)
}

/// The customer for its own people.
///
/// # Errors
/// When the database fails.
pub async fn customer(portal: &Portal, by: &CustomerUser) -> Result<Customer> {
    customers::by_id(portal.store.read(), by.customer).await?.ok_or(Problem::Missing)
}

/// One contract for its customer's people.
///
/// # Errors
/// [`Problem::Missing`] for any other.
pub async fn one(portal: &Portal, by: &CustomerUser, id: ContractId) -> Result<ContractView> {
    let contract = contracts::find(portal.store.read(), by.customer, id).await?.ok_or(Problem::Missing)?;
    view(portal, contract).await
}

/// One contract for staff.
///
/// # Errors
/// [`Problem::Missing`] when there is none.
pub async fn for_staff(portal: &Portal, _by: &Staff, id: ContractId) -> Result<ContractView> {
    let contract = contracts::find_any(portal.store.read(), id).await?.ok_or(Problem::Missing)?;
    view(portal, contract).await
}

/// Contracts on a page of a list.
pub const PER_PAGE: u64 = 25;

/// A page of the list.
#[derive(Clone, Debug)]
pub struct Page {
    /// The contracts with their customers, the ones changed last first.
    pub rows: Vec<(Contract, Customer)>,
    /// How many there are in all.
    pub total: u64,
    /// Which page this is, from 1.
    pub page: u64,
    /// How many pages there are; at least 1.
    pub pages: u64,
}

/// A page of contracts in these states (all when empty); a page past the end is the last one.
///
/// # Errors
/// When the database fails.
pub async fn list(portal: &Portal, _by: &Staff, states: &[StateName], page: u64) -> Result<Page> {
    let db = portal.store.read();
    let page = page.max(1);
    let (mut found, total) = contracts::list(db, states, (page - 1) * PER_PAGE, PER_PAGE).await?;
    let pages = total.div_ceil(PER_PAGE).max(1);
    let shown = page.min(pages);
    if shown < page {
        found = contracts::list(db, states, (shown - 1) * PER_PAGE, PER_PAGE).await?.0;
    }
    let ids: Vec<CustomerId> = found.iter().map(|c| c.customer).collect();
    let by_id: HashMap<_, _> = customers::by_ids(db, &ids).await?.into_iter().map(|c| (c.id, c)).collect();
    let with =
        found.into_iter().filter_map(|c| by_id.get(&c.customer).cloned().map(|customer| (c, customer)));
    Ok(Page { rows: with.collect(), total, page: shown, pages })
}

/// A stored document for the customer's people.
///
/// # Errors
/// [`Problem::Missing`] for any other.
pub async fn document(portal: &Portal, by: &CustomerUser, id: DocumentId) -> Result<Document> {
    documents::find(portal.store.read(), by.customer, id).await?.ok_or(Problem::Missing)
}

/// A stored document of a contract for staff.
///
/// # Errors
/// [`Problem::Missing`] for any other.
pub async fn document_for_staff(
    portal: &Portal,
    _by: &Staff,
    contract: ContractId,
    id: DocumentId,
) -> Result<Document> {
    let contract = contracts::find_any(portal.store.read(), contract).await?.ok_or(Problem::Missing)?;
    documents::find(portal.store.read(), contract.customer, id).await?.ok_or(Problem::Missing)
}

async fn view(portal: &Portal, contract: Contract) -> Result<ContractView> {
    let db = portal.store.read();
    let customer = customers::by_id(db, contract.customer).await?.ok_or(Problem::Missing)?;
    let document = contracts::document_of(db, contract.customer, contract.id).await?;
    let document = stored(portal, contract.customer, document).await?;
    let certificate = match &contract.state {
        ContractState::Closed(c) => c.certificate.as_ref().map(|c| c.document),
        _ => None,
    };
    let certificate = stored(portal, contract.customer, certificate).await?;
    let events = crate::audit::timeline(portal, &format!("contract:{}", contract.id)).await?;
    let all = contracts::of_customer(db, contract.customer).await?;
    let mut versions: Vec<_> = all.into_iter().filter(|c| c.number == contract.number).collect();
    versions.sort_by_key(|c| std::cmp::Reverse(c.version));
    let ids: Vec<UserId> = events.iter().filter_map(crate::audit::Happening::user).collect();
    let people = users::by_ids(db, &ids).await?.into_iter().map(|u| (u.id, u.name)).collect();
    Ok(ContractView { contract, customer, document, versions, certificate, events, people })
}

async fn stored(
    portal: &Portal,
    customer: CustomerId,
    id: Option<DocumentId>,
) -> Result<Option<StoredDocument>> {
    let Some(id) = id else { return Ok(None) };
    let found = document_stamps::newest(portal.store.read(), customer, id).await?;
    let Some(Document { id, name, sha256, bytes, .. }) = found else { return Ok(None) };
    let size = bytes.len();
    let level = portal.seal_level(bytes).await?;
    Ok(Some(StoredDocument { id, name, sha256, size, level }))
}
