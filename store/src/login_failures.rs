//! Failed log-ins, by a keyed hash of the address or the network; kept for a day at most.

use crate::connection::{Connection, micros};
use crate::error::Result;
use chrono::{DateTime, Utc};
use sea_orm::Set;
use sea_orm::entity::prelude::*;

/// Notes a failure.
///
/// # Errors
/// Database errors.
pub async fn insert(db: &impl Connection, id: Uuid, who: &str, now: DateTime<Utc>) -> Result<()> {
    let row = ActiveModel { id: Set(id), who: Set(who.into()), at: Set(micros(now)) };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// How many failures since.
///
/// # Errors
/// Database errors.
pub async fn since(db: &impl Connection, who: &str, since: DateTime<Utc>) -> Result<u32> {
    let n = Entity::find().filter(Column::Who.eq(who)).filter(Column::At.gt(micros(since))).count(db).await?;
    Ok(u32::try_from(n).unwrap_or(u32::MAX))
}

/// Forgets the failures of somebody who got in.
///
/// # Errors
/// Database errors.
pub async fn forget(db: &impl Connection, who: &str) -> Result<()> {
    Entity::delete_many().filter(Column::Who.eq(who)).exec(db).await?;
    Ok(())
}

/// Forgets these failures.
///
/// # Errors
/// Database errors.
pub async fn remove(db: &impl Connection, ids: &[Uuid]) -> Result<()> {
    Entity::delete_many().filter(Column::Id.is_in(ids.to_vec())).exec(db).await?;
    Ok(())
}

/// Deletes what is older.
///
/// # Errors
/// Database errors.
pub async fn purge(db: &impl Connection, before: DateTime<Utc>) -> Result<u64> {
    Ok(Entity::delete_many().filter(Column::At.lt(micros(before))).exec(db).await?.rows_affected)
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "login_failures")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub who: String,
    pub at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
