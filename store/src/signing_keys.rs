//! Keys that sign tokens and clearances. The private half is locked with a key that is not in the database.

use crate::connection::{Connection, micros};
use crate::error::Result;
use chrono::{DateTime, Utc};
use domain::signing::KeyTimes;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, Set};

/// A key as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningKey {
    /// Its name in the header of what it signs.
    pub kid: String,
    /// The public half, a JWK in JSON.
    pub public_jwk: String,
    /// The private half, locked.
    pub private_locked: Vec<u8>,
    /// When it signs.
    pub times: KeyTimes,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// Inserts a key.
///
/// # Errors
/// Database errors.
pub async fn insert(db: &impl Connection, key: &SigningKey) -> Result<()> {
    let row = ActiveModel {
        kid: Set(key.kid.clone()),
        public_jwk: Set(key.public_jwk.clone()),
        private_locked: Set(key.private_locked.clone()),
        signs_from: Set(micros(key.times.signs_from)),
        signs_until: Set(micros(key.times.signs_until)),
        counts_until: Set(micros(key.times.counts_until)),
        created_at: Set(micros(key.created_at)),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// All keys, the one that signs first first.
///
/// # Errors
/// Database errors.
pub async fn all(db: &impl Connection) -> Result<Vec<SigningKey>> {
    let rows = Entity::find().order_by_asc(Column::SignsFrom).order_by_asc(Column::Kid).all(db).await?;
    Ok(rows.into_iter().map(key).collect())
}

/// Saves the end of a key.
///
/// # Errors
/// Database errors.
pub async fn end(db: &impl Connection, kid: &str, times: KeyTimes) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::SignsUntil, Expr::value(micros(times.signs_until)))
        .col_expr(Column::CountsUntil, Expr::value(micros(times.counts_until)))
        .filter(Column::Kid.eq(kid))
        .exec(db)
        .await?;
    Ok(())
}

/// Forgets all keys: the next start makes a new one.
///
/// # Errors
/// Database errors.
pub async fn remove_all(db: &impl Connection) -> Result<()> {
    Entity::delete_many().exec(db).await?;
    Ok(())
}

/// Deletes keys of which nothing counts since before this time.
///
/// # Errors
/// Database errors.
pub async fn purge(db: &impl Connection, before: DateTime<Utc>) -> Result<u64> {
    let over = Entity::delete_many().filter(Column::CountsUntil.lt(micros(before)));
    Ok(over.exec(db).await?.rows_affected)
}

fn key(m: Model) -> SigningKey {
    let times =
        KeyTimes { signs_from: m.signs_from, signs_until: m.signs_until, counts_until: m.counts_until };
    SigningKey {
        kid: m.kid,
        public_jwk: m.public_jwk,
        private_locked: m.private_locked,
        times,
        created_at: m.created_at,
    }
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signing_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub kid: String,
    pub public_jwk: String,
    pub private_locked: Vec<u8>,
    pub signs_from: DateTime<Utc>,
    pub signs_until: DateTime<Utc>,
    pub counts_until: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
