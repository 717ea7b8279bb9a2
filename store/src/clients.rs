//! API clients. Only the hash of a key is kept, and its first signs so that people can tell keys apart.

use crate::connection::{Connection, micros};
use crate::error::Result;
use chrono::{DateTime, Utc};
use domain::ClientId;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, Set};

/// A client as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// Identity.
    pub id: ClientId,
    /// Name, unique; the id of an `automation` or `integration`.
    pub name: String,
    /// First signs of the key.
    pub key_prefix: String,
    /// What it may do (`evaluate`, …).
    pub scopes: Vec<String>,
    /// First instant at which it counts no more.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Last use (kept to the minute).
    pub last_used_at: Option<DateTime<Utc>>,
}

/// Inserts a client.
///
/// # Errors
/// [`crate::StoreError::is_taken`] when the name is taken.
pub async fn insert(db: &impl Connection, client: &Client, key_hash: &str) -> Result<()> {
    let row = ActiveModel {
        id: Set(client.id.0),
        name: Set(client.name.clone()),
        key_prefix: Set(client.key_prefix.clone()),
        key_hash: Set(key_hash.into()),
        scopes: Set(client.scopes.join(" ")),
        expires_at: Set(client.expires_at.map(micros)),
        revoked_at: Set(None),
        created_at: Set(micros(client.created_at)),
        last_used_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// All clients with the hashes of their keys, by name.
///
/// # Errors
/// Database errors.
pub async fn all(db: &impl Connection) -> Result<Vec<(Client, String)>> {
    let rows = Entity::find().order_by_asc(Column::Name).all(db).await?;
    Ok(rows.into_iter().map(client).collect())
}

/// Revokes a client; `false` when there is none of this name that counts.
///
/// # Errors
/// Database errors.
pub async fn revoke(db: &impl Connection, name: &str, now: DateTime<Utc>) -> Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(micros(now)))
        .filter(Column::Name.eq(name))
        .filter(Column::RevokedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Notes a use.
///
/// # Errors
/// Database errors.
pub async fn used(db: &impl Connection, id: ClientId, now: DateTime<Utc>) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::LastUsedAt, Expr::value(micros(now)))
        .filter(Column::Id.eq(id.0))
        .exec(db)
        .await?;
    Ok(())
}

fn client(m: Model) -> (Client, String) {
    let client = Client {
        id: ClientId(m.id),
        name: m.name,
        key_prefix: m.key_prefix,
        scopes: m.scopes.split_whitespace().map(Into::into).collect(),
        expires_at: m.expires_at,
        revoked_at: m.revoked_at,
        created_at: m.created_at,
        last_used_at: m.last_used_at,
    };
    (client, m.key_hash)
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "clients")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub key_prefix: String,
    pub key_hash: String,
    pub scopes: String,
    pub expires_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub last_used_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
