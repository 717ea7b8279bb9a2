//! Log-in sessions. The cookie's token is never stored, only its hash.

use crate::connection::{Connection, micros};
use crate::error::Result;
use chrono::{DateTime, Utc};
use domain::{SessionId, UserId};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, Set};

/// A session as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Identity.
    pub id: SessionId,
    /// Whose.
    pub user: UserId,
    /// Browser and system in a few words, for the person's own list.
    pub device: String,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// Last request (kept to the minute).
    pub last_seen_at: DateTime<Utc>,
}

/// Inserts a session.
///
/// # Errors
/// Database errors.
pub async fn insert(db: &impl Connection, session: &Session, token_hash: &str) -> Result<()> {
    let row = ActiveModel {
        id: Set(session.id.0),
        user_id: Set(session.user.0),
        token_hash: Set(token_hash.into()),
        device: Set(session.device.clone()),
        created_at: Set(micros(session.created_at)),
        last_seen_at: Set(micros(session.last_seen_at)),
        ended_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// An open session by the hash of its token; whether it is still alive says `domain::people::session_alive`.
///
/// # Errors
/// Database errors.
pub async fn by_token(db: &impl Connection, token_hash: &str) -> Result<Option<Session>> {
    let found = Entity::find().filter(Column::TokenHash.eq(token_hash)).filter(Column::EndedAt.is_null());
    Ok(found.one(db).await?.map(session))
}

/// Open sessions of a person, the newest first.
///
/// # Errors
/// Database errors.
pub async fn of_user(db: &impl Connection, user: UserId) -> Result<Vec<Session>> {
    let found = Entity::find().filter(Column::UserId.eq(user.0)).filter(Column::EndedAt.is_null());
    Ok(found.order_by_desc(Column::LastSeenAt).all(db).await?.into_iter().map(session).collect())
}

/// Notes a request.
///
/// # Errors
/// Database errors.
pub async fn touch(db: &impl Connection, id: SessionId, now: DateTime<Utc>) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::LastSeenAt, Expr::value(micros(now)))
        .filter(Column::Id.eq(id.0))
        .exec(db)
        .await?;
    Ok(())
}

/// Ends one session of a person; `false` when it is not theirs or over.
///
/// # Errors
/// Database errors.
pub async fn end(db: &impl Connection, user: UserId, id: SessionId, now: DateTime<Utc>) -> Result<bool> {
    let done = ending(user, now).filter(Column::Id.eq(id.0)).exec(db).await?;
    Ok(done.rows_affected == 1)
}

/// Ends all sessions of a person but `keep`.
///
/// # Errors
/// Database errors.
pub async fn end_others(
    db: &impl Connection,
    user: UserId,
    keep: Option<SessionId>,
    now: DateTime<Utc>,
) -> Result<u64> {
    let mut update = ending(user, now);
    if let Some(keep) = keep {
        update = update.filter(Column::Id.ne(keep.0));
    }
    Ok(update.exec(db).await?.rows_affected)
}

/// Deletes sessions that ended, or were last used, before this time.
///
/// # Errors
/// Database errors.
pub async fn purge(db: &impl Connection, before: DateTime<Utc>) -> Result<u64> {
    let before = micros(before);
    let over = Condition::any().add(Column::EndedAt.lt(before)).add(Column::LastSeenAt.lt(before));
    Ok(Entity::delete_many().filter(over).exec(db).await?.rows_affected)
}

fn ending(user: UserId, now: DateTime<Utc>) -> sea_orm::UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(micros(now)))
        .filter(Column::UserId.eq(user.0))
        .filter(Column::EndedAt.is_null())
}

fn session(m: Model) -> Session {
    Session {
        id: SessionId(m.id),
        user: UserId(m.user_id),
        device: m.device,
        created_at: m.created_at,
        last_seen_at: m.last_seen_at,
    }
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub token_hash: String,
    pub device: String,
    pub created_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
