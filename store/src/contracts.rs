//! Contracts: the state with its facts as text, and beside it the columns that lists and the gate read.

use crate::connection::{Connection, micros};
use crate::error::{Result, expect_rows, unreadable};
use chrono::{DateTime, NaiveDate, Utc};
use domain::contract::{Contract, ContractState, StateName};
use domain::{ContractId, CustomerId, DocumentId};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, Set};

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

/// Offers whose last day lies before `today`.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn offers_until_before(db: &impl Connection, today: NaiveDate) -> Result<Vec<Contract>> {
    let found = Entity::find()
        .filter(Column::State.eq(StateName::Offered.name()))
        .filter(Column::ValidUntil.lt(today));
    found.all(db).await?.into_iter().map(contract).collect()
}

/// Contracts in force whose last day lies before `today`.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn in_force_until_before(db: &impl Connection, today: NaiveDate) -> Result<Vec<Contract>> {
    let found = Entity::find()
        .filter(Column::State.eq(StateName::InForce.name()))
        .filter(Column::EffectiveUntil.lt(today));
    found.all(db).await?.into_iter().map(contract).collect()
}

/// Contracts in force on these versions of the text, by id, after `after`: a page of a walk through all of them.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn in_force_on_texts(
    db: &impl Connection,
    versions: &[String],
    after: Option<ContractId>,
    limit: u64,
) -> Result<Vec<Contract>> {
    let mut found = Entity::find()
        .filter(Column::State.eq(StateName::InForce.name()))
        .filter(Column::TextVersion.is_in(versions.to_vec()));
    if let Some(after) = after {
        found = found.filter(Column::Id.gt(after.0));
    }
    found.order_by_asc(Column::Id).limit(limit).all(db).await?.into_iter().map(contract).collect()
}

/// How many contracts are in force on these versions of the text.
///
/// # Errors
/// Database errors.
pub async fn count_on_texts(db: &impl Connection, versions: &[String]) -> Result<u64> {
    let found = Entity::find()
        .filter(Column::State.eq(StateName::InForce.name()))
        .filter(Column::TextVersion.is_in(versions.to_vec()));
    Ok(found.count(db).await?)
}

/// Which of these numbers exist.
///
/// # Errors
/// Database errors.
pub async fn existing_numbers(db: &impl Connection, numbers: &[String]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for chunk in numbers.chunks(500) {
        let rows = Entity::find().filter(Column::Number.is_in(chunk.to_vec())).all(db).await?;
        found.extend(rows.into_iter().map(|m| m.number));
    }
    Ok(found)
}

fn row(c: &Contract) -> Result<ActiveModel> {
    let facts = serde_json::to_string(&c.state).map_err(|e| unreadable("contracts", e))?;
    let (text_version, from, until) = match &c.state {
        ContractState::InForce(s) => (s.text_version.clone(), Some(s.effective_from), s.effective_until),
        ContractState::Ended(s) => {
            (s.was.text_version.clone(), Some(s.was.effective_from), s.was.effective_until)
        }
        ContractState::PaperUnconfirmed(s) => {
            (s.text_version.clone(), Some(s.effective_from), s.effective_until)
        }
        other => (other.frozen().map(|f| f.text_version.clone()).unwrap_or_default(), None, None),
    };
    let valid_until = match &c.state {
        ContractState::Offered(s) => Some(s.valid_until),
        _ => None,
    };
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
        valid_until: Set(valid_until),
        document_id: Set(scan(&c.state).map(|d| d.0)),
        created_at: Set(micros(c.created_at)),
        updated_at: Set(micros(c.updated_at)),
        lock: Set(c.lock),
    })
}

/// The stored scan of a contract from paper.
fn scan(state: &ContractState) -> Option<DocumentId> {
    match state {
        ContractState::PaperUnconfirmed(p) => p.document,
        ContractState::InForce(s) => s.paper.as_ref()?.document,
        ContractState::Ended(s) => s.was.paper.as_ref()?.document,
        _ => None,
    }
}

async fn insert_services(db: &impl Connection, contracts: &[Contract]) -> Result<()> {
    let rows: Vec<_> = contracts
        .iter()
        .flat_map(|c| {
            let mut services = c.state.services();
            services.sort();
            services.dedup();
            services
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
