//! Customers with their phones, domains and booked services.

mod list;

pub use list::{Filter, list};

pub mod parts;

use crate::connection::{Connection, micros};
use crate::error::{Result, expect_rows, unreadable};
use chrono::{DateTime, Utc};
use domain::customer::{Customer, CustomerFacts, Representation};
use domain::{CustomerId, Lang, Service};
use parts::{domain_name, phone, service};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, LockType, OnConflict};
use sea_orm::{ExprTrait as _, Iterable as _, QueryOrder, QuerySelect, Set};
use std::collections::HashMap;

/// Inserts customers, many at once.
///
/// # Errors
/// [`crate::StoreError::is_taken`] when a number is taken.
pub async fn insert_many(db: &impl Connection, customers: &[Customer]) -> Result<()> {
    for chunk in customers.chunks(200) {
        Entity::insert_many(chunk.iter().map(row)).exec_without_returning(db).await?;
    }
    insert_parts(db, customers).await
}

/// Replaces what is known about a customer; `customer.lock` is the one that was read.
///
/// # Errors
/// [`crate::StoreError::is_stale`] when somebody else was faster.
pub async fn update(db: &impl Connection, customer: &Customer) -> Result<()> {
    let mut row = row(customer);
    row.lock = Set(customer.lock + 1);
    let done = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(customer.id.0))
        .filter(Column::Lock.eq(customer.lock))
        .exec(db)
        .await?;
    expect_rows("customers", 1, done.rows_affected)?;
    delete_parts(db, &[customer.id.0]).await?;
    insert_parts(db, std::slice::from_ref(customer)).await
}

/// Replaces what is known about many customers at once (an import); each carries the lock that was read.
///
/// # Errors
/// [`crate::StoreError::is_stale`] when somebody else changed one of them first.
pub async fn update_many(db: &impl Connection, customers: &[Customer]) -> Result<()> {
    for chunk in customers.chunks(200) {
        let rows = chunk.iter().map(|c| row(&Customer { lock: c.lock + 1, ..c.clone() }));
        let theirs = Expr::col((Entity, Column::Lock));
        let ours = Expr::col((Alias::new("excluded"), Column::Lock)).sub(1);
        let columns = Column::iter().filter(|c| !matches!(c, Column::Id | Column::CreatedAt));
        let replace = OnConflict::column(Column::Id)
            .update_columns(columns)
            .action_and_where(theirs.eq(ours))
            .to_owned();
        let changed = Entity::insert_many(rows).on_conflict(replace).exec_without_returning(db).await?;
        expect_rows("customers", chunk.len() as u64, changed)?;
        delete_parts(db, &chunk.iter().map(|c| c.id.0).collect::<Vec<_>>()).await?;
    }
    insert_parts(db, customers).await
}

/// A customer by id.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn by_id(db: &impl Connection, id: CustomerId) -> Result<Option<Customer>> {
    let rows: Vec<_> = Entity::find_by_id(id.0).one(db).await?.into_iter().collect();
    Ok(with_parts(db, rows).await?.pop())
}

/// A customer by id, whose row is held until the transaction ends: works that begin so take turns for this customer.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn hold(db: &impl Connection, id: CustomerId) -> Result<Option<Customer>> {
    let found = Entity::find_by_id(id.0).lock(LockType::NoKeyUpdate);
    let rows: Vec<_> = found.one(db).await?.into_iter().collect();
    Ok(with_parts(db, rows).await?.pop())
}

/// A customer by number.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn by_number(db: &impl Connection, number: &str) -> Result<Option<Customer>> {
    let rows: Vec<_> = Entity::find().filter(Column::Number.eq(number)).one(db).await?.into_iter().collect();
    Ok(with_parts(db, rows).await?.pop())
}

/// These customers, by name.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn by_ids(db: &impl Connection, ids: &[CustomerId]) -> Result<Vec<Customer>> {
    let found = Entity::find().filter(Column::Id.is_in(ids.iter().map(|c| c.0)));
    let rows = found.order_by_asc(Column::LegalName).all(db).await?;
    with_parts(db, rows).await
}

/// All customers, by number: for the gate's facts, for import and export.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn all(db: &impl Connection) -> Result<Vec<Customer>> {
    let rows = Entity::find().order_by_asc(Column::Number).all(db).await?;
    with_all_parts(db, rows).await
}

/// Ids of all customers by number.
///
/// # Errors
/// Database errors.
pub async fn ids_by_number(db: &impl Connection) -> Result<HashMap<String, CustomerId>> {
    let found = Entity::find().select_only().column(Column::Number).column(Column::Id);
    let rows: Vec<(String, Uuid)> = found.into_tuple().all(db).await?;
    Ok(rows.into_iter().map(|(number, id)| (number, CustomerId(id))).collect())
}

/// What the search looks through, for every customer: folded already.
///
/// # Errors
/// Database errors.
pub async fn search_texts(db: &impl Connection) -> Result<Vec<(CustomerId, String)>> {
    let texts = Entity::find().select_only().columns([Column::Id, Column::Search]);
    let rows: Vec<(Uuid, String)> = texts.into_tuple().all(db).await?;
    Ok(rows.into_iter().map(|(id, text)| (CustomerId(id), text)).collect())
}

fn row(c: &Customer) -> ActiveModel {
    let f = &c.facts;
    ActiveModel {
        id: Set(c.id.0),
        number: Set(f.number.clone()),
        legal_name: Set(f.legal_name.clone()),
        street: Set(f.street.clone()),
        postal_code: Set(f.postal_code.clone()),
        city: Set(f.city.clone()),
        country: Set(f.country.clone()),
        register: Set(f.register.clone()),
        email: Set(f.email.clone()),
        language: Set(f.language.code().into()),
        service_contract: Set(f.service_contract),
        hosting: Set(f.hosting),
        professional_secrecy: Set(f.professional_secrecy),
        representation: Set(if f.representation == Representation::Joint { 2 } else { 1 }),
        search: Set(f.search_text()),
        created_at: Set(micros(c.created_at)),
        updated_at: Set(micros(c.updated_at)),
        lock: Set(c.lock),
    }
}

/// Deletes phones, domains and services of these customers.
pub(crate) async fn delete_parts(db: &impl Connection, ids: &[Uuid]) -> Result<()> {
    phone::Entity::delete_many().filter(phone::Column::CustomerId.is_in(ids.to_vec())).exec(db).await?;
    domain_name::Entity::delete_many()
        .filter(domain_name::Column::CustomerId.is_in(ids.to_vec()))
        .exec(db)
        .await?;
    service::Entity::delete_many().filter(service::Column::CustomerId.is_in(ids.to_vec())).exec(db).await?;
    Ok(())
}

async fn insert_parts(db: &impl Connection, customers: &[Customer]) -> Result<()> {
    let of = |c: &Customer| Set(c.id.0);
    let phones: Vec<_> = customers
        .iter()
        .flat_map(|c| {
            c.facts
                .phones
                .iter()
                .map(move |p| phone::ActiveModel { customer_id: of(c), phone: Set(p.clone()) })
        })
        .collect();
    for chunk in phones.chunks(500) {
        phone::Entity::insert_many(chunk.to_vec()).exec_without_returning(db).await?;
    }
    let domains: Vec<_> = customers
        .iter()
        .flat_map(|c| {
            c.facts
                .domains
                .iter()
                .map(move |d| domain_name::ActiveModel { customer_id: of(c), domain: Set(d.clone()) })
        })
        .collect();
    for chunk in domains.chunks(500) {
        domain_name::Entity::insert_many(chunk.to_vec()).exec_without_returning(db).await?;
    }
    let services: Vec<_> = customers
        .iter()
        .flat_map(|c| {
            c.facts
                .services
                .iter()
                .map(move |s| service::ActiveModel { customer_id: of(c), service: Set(s.name().into()) })
        })
        .collect();
    for chunk in services.chunks(500) {
        service::Entity::insert_many(chunk.to_vec()).exec_without_returning(db).await?;
    }
    Ok(())
}

struct Parts {
    phones: HashMap<Uuid, Vec<String>>,
    domains: HashMap<Uuid, Vec<String>>,
    services: HashMap<Uuid, Vec<Service>>,
}

async fn with_parts(db: &impl Connection, rows: Vec<Model>) -> Result<Vec<Customer>> {
    let ids: Vec<Uuid> = rows.iter().map(|m| m.id).collect();
    let phones = phone::Entity::find().filter(phone::Column::CustomerId.is_in(ids.clone())).all(db).await?;
    let domains = domain_name::Entity::find()
        .filter(domain_name::Column::CustomerId.is_in(ids.clone()))
        .all(db)
        .await?;
    let services = service::Entity::find().filter(service::Column::CustomerId.is_in(ids)).all(db).await?;
    assemble(rows, gather(phones, domains, services)?)
}

async fn with_all_parts(db: &impl Connection, rows: Vec<Model>) -> Result<Vec<Customer>> {
    let phones = phone::Entity::find().all(db).await?;
    let domains = domain_name::Entity::find().all(db).await?;
    let services = service::Entity::find().all(db).await?;
    assemble(rows, gather(phones, domains, services)?)
}

fn gather(
    phones: Vec<phone::Model>,
    domains: Vec<domain_name::Model>,
    services: Vec<service::Model>,
) -> Result<Parts> {
    let mut parts = Parts { phones: HashMap::new(), domains: HashMap::new(), services: HashMap::new() };
    for p in phones {
        parts.phones.entry(p.customer_id).or_default().push(p.phone);
    }
    for d in domains {
        parts.domains.entry(d.customer_id).or_default().push(d.domain);
    }
    for s in services {
        let known = Service::parse(&s.service).ok_or_else(|| unreadable("customer_services", "service"))?;
        parts.services.entry(s.customer_id).or_default().push(known);
    }
    Ok(parts)
}

fn assemble(rows: Vec<Model>, mut parts: Parts) -> Result<Vec<Customer>> {
    rows.into_iter()
        .map(|m| {
            let mut services = parts.services.remove(&m.id).unwrap_or_default();
            services.sort();
            let facts = CustomerFacts {
                phones: parts.phones.remove(&m.id).unwrap_or_default(),
                domains: parts.domains.remove(&m.id).unwrap_or_default(),
                services,
                number: m.number,
                legal_name: m.legal_name,
                street: m.street,
                postal_code: m.postal_code,
                city: m.city,
                country: m.country,
                register: m.register,
                email: m.email,
                language: Lang::parse(&m.language).ok_or_else(|| unreadable("customers", "language"))?,
                service_contract: m.service_contract,
                hosting: m.hosting,
                professional_secrecy: m.professional_secrecy,
                representation: i16::try_from(m.representation)
                    .ok()
                    .and_then(Representation::of)
                    .ok_or_else(|| unreadable("customers", "representation"))?,
            };
            Ok(Customer {
                id: CustomerId(m.id),
                facts,
                lock: m.lock,
                created_at: m.created_at,
                updated_at: m.updated_at,
            })
        })
        .collect()
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "customers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub number: String,
    pub legal_name: String,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub country: String,
    pub register: String,
    pub email: String,
    pub language: String,
    pub service_contract: bool,
    pub hosting: bool,
    pub professional_secrecy: bool,
    pub representation: i32,
    pub search: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub lock: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
