//! Counters that have no gaps within a transaction: contract numbers, the audit chain, the gate's version.

use crate::connection::Connection;
use crate::error::{Result, unreadable};
use sea_orm::entity::prelude::*;
use sea_orm::{DbBackend, Statement};

/// The version of the gate's facts.
pub const GATE: &str = "gate";
/// Locks the audit chain.
pub const AUDIT: &str = "audit";
/// Locks the tree over the audit chain.
pub const AUDIT_TREE: &str = "audit_tree";

/// Raises a counter and gives its new value; holds its row until the transaction ends.
///
/// # Errors
/// Database errors.
pub async fn next(db: &impl Connection, name: &str) -> Result<i64> {
    let sql = "INSERT INTO counters (name, value) VALUES ($1, 1) \
               ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value";
    let backend = db.get_database_backend();
    let sql = if backend == DbBackend::Sqlite { sql.replace("$1", "?") } else { sql.into() };
    let row = db.query_one_raw(Statement::from_sql_and_values(backend, sql, [name.into()])).await?;
    let row = row.ok_or_else(|| unreadable("counters", name))?;
    Ok(row.try_get("", "value")?)
}

/// The value of a counter; 0 when it was never raised.
///
/// # Errors
/// Database errors.
pub async fn current(db: &impl Connection, name: &str) -> Result<i64> {
    Ok(Entity::find_by_id(name.to_string()).one(db).await?.map_or(0, |m| m.value))
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "counters")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub value: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
