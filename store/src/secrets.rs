//! Secrets that the portal has made for itself, shared by all its instances.

use crate::connection::{Connection, micros};
use crate::error::{Result, unreadable};
use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{Set, sea_query::OnConflict};

/// The secret of this name; `fresh` becomes it where there is none yet. Of several instances that start at once,
/// one makes it and all get the same.
///
/// # Errors
/// Database errors.
pub async fn get_or_insert(
    db: &impl Connection,
    name: &str,
    fresh: &str,
    now: DateTime<Utc>,
) -> Result<String> {
    let row = ActiveModel { name: Set(name.into()), value: Set(fresh.into()), created_at: Set(micros(now)) };
    let nothing = OnConflict::column(Column::Name).do_nothing().to_owned();
    Entity::insert(row).on_conflict(nothing).exec_without_returning(db).await?;
    let kept = Entity::find_by_id(name.to_string()).one(db).await?;
    kept.map(|m| m.value).ok_or_else(|| unreadable("secrets", name))
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "secrets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub value: String,
    pub created_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
