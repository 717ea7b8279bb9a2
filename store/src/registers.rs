//! Entries of the registers: the state with its facts as text, and beside it the columns that lists read.

use crate::connection::{Connection, micros};
use crate::error::{Result, expect_rows, unreadable};
use chrono::{DateTime, Utc};
use domain::register::{Entry, Register};
use domain::{CustomerId, EntryId};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, Set};

/// Inserts an entry.
///
/// # Errors
/// [`crate::StoreError::is_taken`] when id or number are taken.
pub async fn insert<S: Register>(db: &impl Connection, entry: &Entry<S>) -> Result<()> {
    Entity::insert(row(entry)?).exec_without_returning(db).await?;
    Ok(())
}

/// Saves an entry after a move; `entry.lock` is the one that was read.
///
/// # Errors
/// [`crate::StoreError::is_stale`] when somebody else was faster.
pub async fn update<S: Register>(db: &impl Connection, entry: &Entry<S>) -> Result<()> {
    let mut row = row(entry)?;
    row.lock = Set(entry.lock + 1);
    let done = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(entry.id.0))
        .filter(Column::Kind.eq(S::KIND))
        .filter(Column::Lock.eq(entry.lock))
        .exec(db)
        .await?;
    expect_rows("register_entries", 1, done.rows_affected)
}

/// An entry of this customer.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn find<S: Register>(
    db: &impl Connection,
    customer: CustomerId,
    id: EntryId,
) -> Result<Option<Entry<S>>> {
    let found = Entity::find_by_id(id.0).filter(Column::Kind.eq(S::KIND));
    found.filter(Column::CustomerId.eq(customer.0)).one(db).await?.map(entry).transpose()
}

/// An entry for staff, whosever it is.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn find_any<S: Register>(db: &impl Connection, id: EntryId) -> Result<Option<Entry<S>>> {
    Entity::find_by_id(id.0).filter(Column::Kind.eq(S::KIND)).one(db).await?.map(entry).transpose()
}

/// All entries of a customer, the newest first.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn of_customer<S: Register>(db: &impl Connection, customer: CustomerId) -> Result<Vec<Entry<S>>> {
    let found = Entity::find().filter(Column::Kind.eq(S::KIND)).filter(Column::CustomerId.eq(customer.0));
    let rows = found.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id).all(db).await?;
    rows.into_iter().map(entry).collect()
}

/// Entries in which somebody has something to do, the oldest first.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn open<S: Register>(db: &impl Connection) -> Result<Vec<Entry<S>>> {
    let found = Entity::find().filter(Column::Kind.eq(S::KIND)).filter(Column::Open.eq(true));
    let rows = found.order_by_asc(Column::CreatedAt).order_by_asc(Column::Id).all(db).await?;
    rows.into_iter().map(entry).collect()
}

/// A page of a register, open or not, the newest first, and how many there are.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn list<S: Register>(
    db: &impl Connection,
    only_open: bool,
    offset: u64,
    limit: u64,
) -> Result<(Vec<Entry<S>>, u64)> {
    let mut found = Entity::find().filter(Column::Kind.eq(S::KIND));
    if only_open {
        found = found.filter(Column::Open.eq(true));
    }
    let total = found.clone().count(db).await?;
    let rows = found.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id).offset(offset).limit(limit);
    Ok((rows.all(db).await?.into_iter().map(entry).collect::<Result<_>>()?, total))
}

fn row<S: Register>(e: &Entry<S>) -> Result<ActiveModel> {
    Ok(ActiveModel {
        id: Set(e.id.0),
        kind: Set(S::KIND.into()),
        number: Set(e.number.clone()),
        customer_id: Set(e.customer.map(|c| c.0)),
        state: Set(e.state.state().into()),
        open: Set(e.state.is_open()),
        facts: Set(serde_json::to_string(&e.state).map_err(|e| unreadable("register_entries", e))?),
        created_at: Set(micros(e.created_at)),
        updated_at: Set(micros(e.updated_at)),
        lock: Set(e.lock),
    })
}

fn entry<S: Register>(m: Model) -> Result<Entry<S>> {
    let state: S = serde_json::from_str(&m.facts).map_err(|e| unreadable("register_entries", e))?;
    if state.state() != m.state {
        return Err(unreadable("register_entries", "state differs from facts"));
    }
    Ok(Entry {
        id: EntryId(m.id),
        customer: m.customer_id.map(CustomerId),
        number: m.number,
        state,
        lock: m.lock,
        created_at: m.created_at,
        updated_at: m.updated_at,
    })
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "register_entries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub number: String,
    pub customer_id: Option<Uuid>,
    pub state: String,
    pub open: bool,
    #[sea_orm(column_type = "Text")]
    pub facts: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub lock: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
