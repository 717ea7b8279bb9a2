//! What each customer was told of a breach, phase by phase, and when they read it here.

use crate::connection::{Connection, micros};
use crate::error::Result;
use chrono::{DateTime, Utc};
use domain::{CustomerId, EntryId, UserId};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, Set};

/// A notice to one customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The breach.
    pub entry: EntryId,
    /// Who was told.
    pub customer: CustomerId,
    /// Which phase, from 1.
    pub phase: i32,
    /// When it was handed to the outbox.
    pub told_at: DateTime<Utc>,
    /// When somebody of the customer first opened it.
    pub read_at: Option<DateTime<Utc>>,
    /// Who that was.
    pub read_by: Option<UserId>,
}

/// Inserts notices.
///
/// # Errors
/// [`crate::StoreError::is_taken`] when a customer was told of this phase already.
pub async fn insert_many(db: &impl Connection, notices: &[Notice]) -> Result<()> {
    for chunk in notices.chunks(500) {
        Entity::insert_many(chunk.iter().map(row)).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Notes the first reading of all phases that were unread; how many these were.
///
/// # Errors
/// Database errors.
pub async fn read(
    db: &impl Connection,
    entry: EntryId,
    customer: CustomerId,
    by: UserId,
    now: DateTime<Utc>,
) -> Result<u64> {
    let done = Entity::update_many()
        .col_expr(Column::ReadAt, Expr::value(micros(now)))
        .col_expr(Column::ReadBy, Expr::value(by.0))
        .filter(Column::EntryId.eq(entry.0))
        .filter(Column::CustomerId.eq(customer.0))
        .filter(Column::ReadAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}

/// All notices of a breach, by phase.
///
/// # Errors
/// Database errors.
pub async fn of_entry(db: &impl Connection, entry: EntryId) -> Result<Vec<Notice>> {
    let found = Entity::find().filter(Column::EntryId.eq(entry.0)).order_by_asc(Column::Phase);
    Ok(found.order_by_asc(Column::CustomerId).all(db).await?.into_iter().map(notice).collect())
}

/// All notices to a customer, the newest first.
///
/// # Errors
/// Database errors.
pub async fn of_customer(db: &impl Connection, customer: CustomerId) -> Result<Vec<Notice>> {
    let found = Entity::find().filter(Column::CustomerId.eq(customer.0)).order_by_desc(Column::ToldAt);
    Ok(found.all(db).await?.into_iter().map(notice).collect())
}

fn row(n: &Notice) -> ActiveModel {
    ActiveModel {
        entry_id: Set(n.entry.0),
        customer_id: Set(n.customer.0),
        phase: Set(n.phase),
        told_at: Set(micros(n.told_at)),
        read_at: Set(n.read_at.map(micros)),
        read_by: Set(n.read_by.map(|u| u.0)),
    }
}

fn notice(m: Model) -> Notice {
    Notice {
        entry: EntryId(m.entry_id),
        customer: CustomerId(m.customer_id),
        phase: m.phase,
        told_at: m.told_at,
        read_at: m.read_at,
        read_by: m.read_by.map(UserId),
    }
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "breach_notices")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub phase: i32,
    pub told_at: DateTime<Utc>,
    pub read_at: Option<DateTime<Utc>>,
    pub read_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
