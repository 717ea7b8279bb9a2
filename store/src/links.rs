//! Single-use links (invitation, password reset). Only the hash of the secret is kept.

use crate::connection::{Connection, micros};
use crate::error::Result;
use chrono::{DateTime, Utc};
use domain::{LinkId, UserId};
use sea_orm::Set;
use sea_orm::entity::prelude::*;

/// A link as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Identity.
    pub id: LinkId,
    /// For whom.
    pub user: UserId,
    /// `invitation` or `reset`.
    pub purpose: String,
    /// First instant at which it counts no more.
    pub expires_at: DateTime<Utc>,
    /// When it was used.
    pub used_at: Option<DateTime<Utc>>,
}

/// Inserts a link.
///
/// # Errors
/// Database errors.
pub async fn insert(db: &impl Connection, link: &Link, secret_hash: &str, now: DateTime<Utc>) -> Result<()> {
    let row = ActiveModel {
        id: Set(link.id.0),
        user_id: Set(link.user.0),
        purpose: Set(link.purpose.clone()),
        secret_hash: Set(secret_hash.into()),
        created_at: Set(micros(now)),
        expires_at: Set(micros(link.expires_at)),
        used_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// A link by the hash of its secret, whatever its state.
///
/// # Errors
/// Database errors.
pub async fn by_secret(db: &impl Connection, secret_hash: &str) -> Result<Option<Link>> {
    let m = Entity::find().filter(Column::SecretHash.eq(secret_hash)).one(db).await?;
    Ok(m.map(|m| Link {
        id: LinkId(m.id),
        user: UserId(m.user_id),
        purpose: m.purpose,
        expires_at: m.expires_at,
        used_at: m.used_at,
    }))
}

/// Marks a link as used; `false` when somebody was faster.
///
/// # Errors
/// Database errors.
pub async fn spend(db: &impl Connection, id: LinkId, now: DateTime<Utc>) -> Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(micros(now)))
        .filter(Column::Id.eq(id.0))
        .filter(Column::UsedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Ends all open links of a person: a newer one replaces them.
///
/// # Errors
/// Database errors.
pub async fn spend_all(db: &impl Connection, user: UserId, now: DateTime<Utc>) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(micros(now)))
        .filter(Column::UserId.eq(user.0))
        .filter(Column::UsedAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Deletes links whose time was over before this one.
///
/// # Errors
/// Database errors.
pub async fn purge(db: &impl Connection, before: DateTime<Utc>) -> Result<u64> {
    let over = Entity::delete_many().filter(Column::ExpiresAt.lt(micros(before)));
    Ok(over.exec(db).await?.rows_affected)
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "links")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub purpose: String,
    pub secret_hash: String,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
