//! Keys of API clients. Only the hash of a key is kept, and its first signs so that people can tell keys apart.

use crate::connection::{Connection, micros};
use crate::error::Result;
use chrono::{DateTime, Utc};
use domain::{ClientId, ClientKeyId};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, Set};

/// A key as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientKey {
    /// Identity.
    pub id: ClientKeyId,
    /// Whose.
    pub client: ClientId,
    /// Its first signs, behind `avp_`.
    pub name: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Last use (kept to the minute).
    pub last_used_at: Option<DateTime<Utc>>,
}

/// Inserts a key.
///
/// # Errors
/// Database errors.
pub async fn insert(db: &impl Connection, key: &ClientKey, hash: &str) -> Result<()> {
    let row = ActiveModel {
        id: Set(key.id.0),
        client_id: Set(key.client.0),
        name: Set(key.name.clone()),
        hash: Set(hash.into()),
        created_at: Set(micros(key.created_at)),
        revoked_at: Set(None),
        last_used_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// All keys with their hashes, the oldest first.
///
/// # Errors
/// Database errors.
pub async fn all(db: &impl Connection) -> Result<Vec<(ClientKey, String)>> {
    let rows = Entity::find().order_by_asc(Column::CreatedAt).order_by_asc(Column::Id).all(db).await?;
    Ok(rows.into_iter().map(key).collect())
}

/// Revokes a key of this client; `false` when it has none of this name that counts.
///
/// # Errors
/// Database errors.
pub async fn revoke(
    db: &impl Connection,
    client: ClientId,
    id: ClientKeyId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(micros(now)))
        .filter(Column::Id.eq(id.0))
        .filter(Column::ClientId.eq(client.0))
        .filter(Column::RevokedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Notes a use.
///
/// # Errors
/// Database errors.
pub async fn used(db: &impl Connection, id: ClientKeyId, now: DateTime<Utc>) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::LastUsedAt, Expr::value(micros(now)))
        .filter(Column::Id.eq(id.0))
        .exec(db)
        .await?;
    Ok(())
}

fn key(m: Model) -> (ClientKey, String) {
    let key = ClientKey {
        id: ClientKeyId(m.id),
        client: ClientId(m.client_id),
        name: m.name,
        created_at: m.created_at,
        revoked_at: m.revoked_at,
        last_used_at: m.last_used_at,
    };
    (key, m.hash)
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "client_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub client_id: Uuid,
    pub name: String,
    pub hash: String,
    pub created_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
    pub last_used_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
