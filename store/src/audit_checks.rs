//! What the portal's own checks of the audit chain found. Appended, never changed.

use crate::connection::{Connection, micros};
use crate::error::Result;
use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, Set};

/// A check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditCheck {
    /// From 1, without gaps.
    pub number: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// The day of it, in Berlin, as `2026-11-25`.
    pub day: String,
    /// So many entries were good.
    pub entries: i64,
    /// What was broken; `None` when all was whole.
    pub finding: Option<String>,
}

/// Notes a check.
///
/// # Errors
/// [`crate::StoreError::is_taken`] when another instance has noted one of this number.
pub async fn insert(db: &impl Connection, c: &AuditCheck) -> Result<()> {
    let row = ActiveModel {
        number: Set(c.number),
        at: Set(micros(c.at)),
        day: Set(c.day.clone()),
        entries: Set(c.entries),
        finding: Set(c.finding.clone()),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The newest check.
///
/// # Errors
/// Database errors.
pub async fn newest(db: &impl Connection) -> Result<Option<AuditCheck>> {
    let m = Entity::find().order_by_desc(Column::Number).one(db).await?;
    Ok(m.map(|m| AuditCheck {
        number: m.number,
        at: m.at,
        day: m.day,
        entries: m.entries,
        finding: m.finding,
    }))
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_checks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub at: DateTime<Utc>,
    pub entries: i64,
    pub finding: Option<String>,
    pub day: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
