//! Reads everything the gate has to know in a handful of queries, and shapes it for asking.

use crate::connection::Connection;
use crate::error::{Result, unreadable};
use crate::{clients, contacts, contracts, counters, customers, holds, text_versions, users};
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar;
use domain::contract::StateName;
use domain::customer::Customer;
use domain::gate::{ContractFact, CustomerFact, Facts, ProgramFact, TechnicianFact, ToolFact};
use domain::permission::StaffRole;
use domain::{ContractId, CustomerId, Service};
use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QueryOrder, QuerySelect};
use std::collections::HashMap;

/// The current version of the facts.
///
/// # Errors
/// Database errors.
pub async fn version(db: &impl Connection) -> Result<i64> {
    counters::current(db, counters::GATE).await
}

/// Reads all facts, from a [`crate::Snapshot`] so that they fit together. The version is read first: a change while
/// reading is seen at the next check.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn load(
    db: &impl Connection,
    tools: HashMap<String, ToolFact>,
    now: DateTime<Utc>,
) -> Result<Facts> {
    let version = version(db).await?;
    let mut contracts = contracts_by_customer(db).await?;
    let mut addresses: HashMap<CustomerId, Vec<String>> = HashMap::new();
    for (customer, contact) in contacts::all(db).await? {
        addresses.entry(customer).or_default().push(contact.email);
    }
    let open = holds::open(db).await?;
    let doubted =
        |c: &Customer| open.iter().any(|h| h.customer == c.id && h.kind == "doubt" && h.contract.is_none());
    let customers = customers::all(db)
        .await?
        .into_iter()
        .map(|c| CustomerFact {
            doubt: doubted(&c),
            objections: open
                .iter()
                .filter(|h| h.customer == c.id && h.kind == "objection")
                .filter_map(|h| h.service)
                .collect(),
            contracts: contracts.remove(&c.id).unwrap_or_default(),
            contact_emails: addresses.remove(&c.id).unwrap_or_default(),
            id: c.id,
            number: c.facts.number,
            name: c.facts.legal_name,
            language: c.facts.language,
            service_contract: c.facts.service_contract,
            phones: c.facts.phones,
            domains: c.facts.domains,
        })
        .collect();
    let mut facts = Facts::new(customers, version, now);
    for contract_doubt in open.iter().filter(|h| h.kind == "doubt").filter_map(|h| h.contract) {
        facts.doubt_contract(contract_doubt);
    }
    facts.technicians = technicians(db).await?;
    facts.programs = programs(db).await?;
    facts.tools = tools;
    Ok(facts)
}

/// Only the columns that the gate needs: no state facts are parsed for ten thousand contracts.
#[derive(FromQueryResult)]
struct Slim {
    id: Uuid,
    customer_id: Uuid,
    number: String,
    version: i32,
    state: String,
    text_version: String,
    effective_from: Option<NaiveDate>,
    effective_until: Option<NaiveDate>,
}

async fn contracts_by_customer(db: &impl Connection) -> Result<HashMap<CustomerId, Vec<ContractFact>>> {
    use contracts::Column as C;
    let mut services: HashMap<Uuid, Vec<Service>> = HashMap::new();
    for row in contracts::service::Entity::find().all(db).await? {
        let known = Service::parse(&row.service).ok_or_else(|| unreadable("contract_services", "service"))?;
        services.entry(row.contract_id).or_default().push(known);
    }
    let outdated: HashMap<String, NaiveDate> = text_versions::outdated(db).await?.into_iter().collect();
    let columns = [
        C::Id,
        C::CustomerId,
        C::Number,
        C::Version,
        C::State,
        C::TextVersion,
        C::EffectiveFrom,
        C::EffectiveUntil,
    ];
    let found = contracts::Entity::find().select_only().columns(columns).order_by_desc(C::CreatedAt);
    let mut all: HashMap<CustomerId, Vec<ContractFact>> = HashMap::new();
    for m in found.into_model::<Slim>().all(db).await? {
        let fact = ContractFact {
            id: ContractId(m.id),
            number: m.number,
            version: m.version,
            state: StateName::parse(&m.state).ok_or_else(|| unreadable("contracts", "state"))?,
            services: services.remove(&m.id).unwrap_or_default().into_iter().collect(),
            effective_from: m.effective_from.map_or(DateTime::<Utc>::MAX_UTC, calendar::start_of_day),
            effective_until: m.effective_until.map(calendar::end_of_day),
            last_day: m.effective_until,
            outdated_from: outdated.get(&m.text_version).copied().map(calendar::end_of_day),
            doubt: false,
            third_country_agreed: false,
        };
        all.entry(CustomerId(m.customer_id)).or_default().push(fact);
    }
    Ok(all)
}

async fn technicians(db: &impl Connection) -> Result<HashMap<String, TechnicianFact>> {
    let staff = users::staff(db).await?;
    let fact = |u: domain::people::User| {
        let fact = TechnicianFact {
            user: u.id,
            technician: u.staff_roles.contains(&StaffRole::Technician),
            locked: u.locked,
            confidential_from: u.confidentiality_on.map(calendar::start_of_day),
            trained_until: u.training_until.map(calendar::end_of_day),
        };
        (u.email, fact)
    };
    Ok(staff.into_iter().map(fact).collect())
}

async fn programs(db: &impl Connection) -> Result<HashMap<String, ProgramFact>> {
    let all = clients::all(db).await?.into_iter();
    let alive = all.filter(|c| c.revoked_at.is_none());
    Ok(alive.map(|c| (c.name, ProgramFact { expires_at: c.expires_at })).collect())
}
