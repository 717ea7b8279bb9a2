//! Contracts: the state with its facts as text, and beside it the columns that lists and the gate read.

mod ruling;

pub use ruling::*;

use crate::connection::{Connection, micros};
use crate::error::{Result, expect_rows, unreadable};
use chrono::{DateTime, NaiveDate, Utc};
use domain::contract::{Contract, ContractState, StateName};
use domain::{ContractId, CustomerId, DocumentId, Service};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait as _, Set};

/// Inserts contracts.
///
/// # Errors
/// [`crate::StoreError::is_taken`] when number and version are taken.
pub async fn insert_many(db: &impl Connection, contracts: &[Contract]) -> Result<()> {
    for chunk in contracts.chunks(200) {
        let rows = chunk.iter().map(row).collect::<Result<Vec<_>>>()?;
        Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    insert_services(db, contracts).await
}

/// Saves a contract after a move; `contract.lock` is the one that was read.
///
/// # Errors
/// [`crate::StoreError::is_stale`] when somebody else was faster: two signatures never overwrite each other.
pub async fn update(db: &impl Connection, contract: &Contract) -> Result<()> {
    let mut row = row(contract)?;
    row.lock = Set(contract.lock + 1);
    row.document_id = sea_orm::NotSet;
    let done = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(contract.id.0))
        .filter(Column::CustomerId.eq(contract.customer.0))
        .filter(Column::Lock.eq(contract.lock))
        .exec(db)
        .await?;
    expect_rows("contracts", 1, done.rows_affected)?;
    service::Entity::delete_many().filter(service::Column::ContractId.eq(contract.id.0)).exec(db).await?;
    insert_services(db, std::slice::from_ref(contract)).await
}

/// Keeps this version of a contract from being changed until the work ends: nobody signs in between, and who waited
/// changes it after that as if nothing had been.
///
/// # Errors
/// [`crate::StoreError::is_stale`] when somebody has changed it since it was read.
pub async fn hold(db: &impl Connection, contract: &Contract) -> Result<()> {
    let done = Entity::update_many()
        .col_expr(Column::Lock, Expr::value(contract.lock))
        .filter(Column::Id.eq(contract.id.0))
        .filter(Column::Lock.eq(contract.lock))
        .exec(db)
        .await?;
    expect_rows("contracts", 1, done.rows_affected)
}

/// Notes the stored PDF of a concluded contract; `false` when one is there already: bytes are stored once.
///
/// # Errors
/// Database errors.
pub async fn set_document(db: &impl Connection, id: ContractId, document: DocumentId) -> Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::DocumentId, Expr::value(document.0))
        .filter(Column::Id.eq(id.0))
        .filter(Column::DocumentId.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The stored PDF of a contract of this customer.
///
/// # Errors
/// Database errors.
pub async fn document_of(
    db: &impl Connection,
    customer: CustomerId,
    id: ContractId,
) -> Result<Option<DocumentId>> {
    let m = Entity::find_by_id(id.0).filter(Column::CustomerId.eq(customer.0)).one(db).await?;
    Ok(m.and_then(|m| m.document_id).map(DocumentId))
}

/// The contract whose made document (no scan) has this SHA-256, as it was stored first or with its time stamp.
///
/// # Errors
/// Database errors.
pub async fn by_document_hash(db: &impl Connection, sha256: &str) -> Result<Option<ContractId>> {
    use crate::{document_stamps as stamps, documents};
    let of = documents::Entity::find().select_only().column(documents::Column::Id);
    let of = of.filter(documents::Column::Sha256.eq(sha256)).filter(documents::Column::Kind.eq("contract"));
    let of = of.into_query();
    let first = stamps::Entity::find().select_only().column(stamps::Column::DocumentId);
    let first = first.filter(stamps::Column::StampedId.in_subquery(of.clone())).into_query();
    let either = sea_orm::Condition::any()
        .add(Column::DocumentId.in_subquery(of))
        .add(Column::DocumentId.in_subquery(first));
    let found = Entity::find().select_only().column(Column::Id).filter(either);
    let id: Option<Uuid> = found.order_by_asc(Column::Id).into_tuple().one(db).await?;
    Ok(id.map(ContractId))
}

/// A contract of this customer.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn find(db: &impl Connection, customer: CustomerId, id: ContractId) -> Result<Option<Contract>> {
    let m = Entity::find_by_id(id.0).filter(Column::CustomerId.eq(customer.0)).one(db).await?;
    m.map(contract).transpose()
}

/// A contract for staff, whosever it is.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn find_any(db: &impl Connection, id: ContractId) -> Result<Option<Contract>> {
    Entity::find_by_id(id.0).one(db).await?.map(contract).transpose()
}

/// A contract by its number for staff: in this version, else in its newest.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn by_number(db: &impl Connection, number: &str, version: Option<i32>) -> Result<Option<Contract>> {
    let mut found = Entity::find().filter(Column::Number.eq(number));
    if let Some(version) = version {
        found = found.filter(Column::Version.eq(version));
    }
    found.order_by_desc(Column::Version).one(db).await?.map(contract).transpose()
}

/// Contracts of a customer, the newest first.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn of_customer(db: &impl Connection, customer: CustomerId) -> Result<Vec<Contract>> {
    let found = Entity::find().filter(Column::CustomerId.eq(customer.0)).order_by_desc(Column::CreatedAt);
    found.order_by_desc(Column::Id).all(db).await?.into_iter().map(contract).collect()
}

/// Whose contracts these are, and their states, for a list of customers; the newest first.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn states_of(
    db: &impl Connection,
    customers: &[CustomerId],
) -> Result<Vec<(CustomerId, StateName)>> {
    let found = Entity::find().select_only().column(Column::CustomerId).column(Column::State);
    let found = found.filter(Column::CustomerId.is_in(customers.iter().map(|c| c.0)));
    let rows: Vec<(Uuid, String)> = found.order_by_desc(Column::CreatedAt).into_tuple().all(db).await?;
    rows.into_iter()
        .map(|(customer, state)| {
            let state = StateName::parse(&state).ok_or_else(|| unreadable("contracts", "state"))?;
            Ok((CustomerId(customer), state))
        })
        .collect()
}

/// A page of contracts in these states (all when empty), the ones changed last first, and how many there are.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn list(
    db: &impl Connection,
    states: &[StateName],
    offset: u64,
    limit: u64,
) -> Result<(Vec<Contract>, u64)> {
    let mut found = Entity::find();
    if !states.is_empty() {
        found = found.filter(Column::State.is_in(states.iter().map(|s| s.name())));
    }
    let total = found.clone().count(db).await?;
    let rows = found.order_by_desc(Column::UpdatedAt).order_by_desc(Column::Id).offset(offset).limit(limit);
    Ok((rows.all(db).await?.into_iter().map(contract).collect::<Result<_>>()?, total))
}

/// All contracts in these states, the ones that waited longest first.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn in_states(db: &impl Connection, states: &[StateName]) -> Result<Vec<Contract>> {
    let found = Entity::find().filter(Column::State.is_in(states.iter().map(|s| s.name())));
    found.order_by_asc(Column::Id).all(db).await?.into_iter().map(contract).collect()
}

/// Which of these numbers exist.
///
/// # Errors
/// Database errors.
pub async fn existing_numbers(db: &impl Connection, numbers: &[String]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for chunk in numbers.chunks(500) {
        let rows = Entity::find().select_only().column(Column::Number);
        let rows: Vec<String> =
            rows.filter(Column::Number.is_in(chunk.to_vec())).into_tuple().all(db).await?;
        found.extend(rows);
    }
    Ok(found)
}

/// What the gate reads of a contract in some state. Where it stays the same, so do the gate's answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenByGate {
    state: StateName,
    services: Vec<Service>,
    text_version: String,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
}

impl SeenByGate {
    /// Of this state.
    pub fn of(state: &ContractState) -> Self {
        let paper = match state {
            ContractState::PaperUnconfirmed(p) => Some((p.text_version.clone(), p.effective_from)),
            other => other.concluded().map(|f| (f.text_version.clone(), f.effective_from)),
        };
        let (text_version, from) = match paper {
            Some((version, from)) => (version, Some(from)),
            None => (state.frozen().map(|f| f.text_version.clone()).unwrap_or_default(), None),
        };
        let until = state.last_day();
        let mut services = state.services();
        services.sort();
        services.dedup();
        Self { state: state.name(), services, text_version, from, until }
    }
}

fn row(c: &Contract) -> Result<ActiveModel> {
    let facts = serde_json::to_string(&c.state).map_err(|e| unreadable("contracts", e))?;
    let SeenByGate { text_version, from, until, .. } = SeenByGate::of(&c.state);
    Ok(ActiveModel {
        id: Set(c.id.0),
        customer_id: Set(c.customer.0),
        number: Set(c.number.clone()),
        version: Set(c.version),
        state: Set(c.state.name().name().into()),
        facts: Set(facts),
        text_version: Set(text_version),
        effective_from: Set(from),
        effective_until: Set(until),
        valid_until: Set(awaited(c)),
        document_id: Set(scan(&c.state).map(|d| d.0)),
        created_at: Set(micros(c.created_at)),
        updated_at: Set(micros(c.updated_at)),
        lock: Set(c.lock),
    })
}

/// The day in `valid_until`, by which time comes back to the contract: the last day of an offer; after the end the day
/// of the next reminder or of the default, else that of what is due next. Nothing where nothing is awaited.
fn awaited(c: &Contract) -> Option<NaiveDate> {
    match &c.state {
        ContractState::Offered(s) => Some(s.valid_until),
        ContractState::Ended(s) => {
            let disposal = s.disposal.as_ref()?;
            Some(disposal.next_clock_day().unwrap_or_else(|| disposal.duty(c.updated_at).until()))
        }
        _ => None,
    }
}

/// The stored scan of a contract from paper.
fn scan(state: &ContractState) -> Option<DocumentId> {
    match state {
        ContractState::PaperUnconfirmed(p) => p.document,
        other => other.concluded()?.paper.as_ref()?.document,
    }
}

async fn insert_services(db: &impl Connection, contracts: &[Contract]) -> Result<()> {
    let rows: Vec<_> = contracts
        .iter()
        .flat_map(|c| {
            SeenByGate::of(&c.state)
                .services
                .into_iter()
                .map(|s| service::ActiveModel { contract_id: Set(c.id.0), service: Set(s.name().into()) })
        })
        .collect();
    for chunk in rows.chunks(500) {
        service::Entity::insert_many(chunk.to_vec()).exec_without_returning(db).await?;
    }
    Ok(())
}

fn contract(m: Model) -> Result<Contract> {
    let state: ContractState = serde_json::from_str(&m.facts).map_err(|e| unreadable("contracts", e))?;
    if state.name().name() != m.state {
        return Err(unreadable("contracts", "state differs from facts"));
    }
    Ok(Contract {
        id: ContractId(m.id),
        customer: CustomerId(m.customer_id),
        number: m.number,
        version: m.version,
        state,
        lock: m.lock,
        created_at: m.created_at,
        updated_at: m.updated_at,
    })
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contracts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub customer_id: Uuid,
    pub number: String,
    pub version: i32,
    pub state: String,
    #[sea_orm(column_type = "Text")]
    pub facts: String,
    pub text_version: String,
    pub effective_from: Option<NaiveDate>,
    pub effective_until: Option<NaiveDate>,
    pub valid_until: Option<NaiveDate>,
    pub document_id: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub lock: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A service in the scope of a contract.
pub mod service {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "contract_services")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub contract_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub service: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
