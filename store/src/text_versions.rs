//! Versions of the contract text that this installation has seen, with their hashes.

use crate::connection::{Connection, micros};
use crate::error::Result;
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, Set, sea_query::OnConflict};

/// Notes a version the first time it is seen.
///
/// # Errors
/// Database errors.
pub async fn note(db: &impl Connection, version: &str, sha256: &str, now: DateTime<Utc>) -> Result<()> {
    let row = ActiveModel {
        version: Set(version.into()),
        sha256: Set(sha256.into()),
        seen_at: Set(micros(now)),
        outdated_after: Set(None),
    };
    let nothing = OnConflict::column(Column::Version).do_nothing().to_owned();
    Entity::insert(row).on_conflict(nothing).exec_without_returning(db).await?;
    Ok(())
}

/// The hash noted for a version.
///
/// # Errors
/// Database errors.
pub async fn sha256_of(db: &impl Connection, version: &str) -> Result<Option<String>> {
    Ok(Entity::find_by_id(version.to_string()).one(db).await?.map(|m| m.sha256))
}

/// Sets the last day on which a version still opens the gate.
///
/// # Errors
/// Database errors.
pub async fn set_outdated(db: &impl Connection, version: &str, after: Option<NaiveDate>) -> Result<()> {
    let update = Entity::update_many().col_expr(Column::OutdatedAfter, Expr::value(after));
    update.filter(Column::Version.eq(version)).exec(db).await?;
    Ok(())
}

/// Lets a version open the gate no longer than `after`; a nearer day stays.
///
/// # Errors
/// Database errors.
pub async fn outdate(db: &impl Connection, version: &str, after: NaiveDate) -> Result<()> {
    let update = Entity::update_many().col_expr(Column::OutdatedAfter, Expr::value(after));
    let later = Condition::any().add(Column::OutdatedAfter.is_null()).add(Column::OutdatedAfter.gt(after));
    update.filter(Column::Version.eq(version)).filter(later).exec(db).await?;
    Ok(())
}

/// Versions with a last day.
///
/// # Errors
/// Database errors.
pub async fn outdated(db: &impl Connection) -> Result<Vec<(String, NaiveDate)>> {
    let rows = Entity::find().filter(Column::OutdatedAfter.is_not_null()).all(db).await?;
    Ok(rows.into_iter().filter_map(|m| Some((m.version, m.outdated_after?))).collect())
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "text_versions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: String,
    pub sha256: String,
    pub seen_at: DateTime<Utc>,
    pub outdated_after: Option<NaiveDate>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
