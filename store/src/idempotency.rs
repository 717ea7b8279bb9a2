//! Answers to requests that a program may repeat: whoever sends the same key again gets the same answer.

use crate::connection::{Connection, micros};
use crate::error::{Result, unreadable};
use chrono::{DateTime, Utc};
use domain::ClientId;
use sea_orm::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

/// An answer that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// HTTP status.
    pub status: u16,
    /// Media type of the body.
    pub content_type: Option<String>,
    /// Where what was made can be read.
    pub location: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// What is known of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing was: the request may run, and the key is taken now.
    Fresh,
    /// It was sent with this request, which has been answered.
    Answered {
        /// Hash of the request.
        request: String,
        /// The answer.
        kept: Kept,
    },
    /// It was sent with this request, and how that ended is not known.
    Open {
        /// Hash of the request.
        request: String,
    },
}

/// Takes a key, or says what is known of it. Of two requests at the same instant one gets [`Found::Fresh`].
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn take(
    db: &impl Connection,
    client: ClientId,
    key: &str,
    request: &str,
    now: DateTime<Utc>,
) -> Result<Found> {
    let row = ActiveModel {
        client_id: Set(client.0),
        key: Set(key.into()),
        request_hash: Set(request.into()),
        status: Set(None),
        content_type: Set(None),
        location: Set(None),
        body: Set(None),
        created_at: Set(micros(now)),
    };
    let nothing = OnConflict::columns([Column::ClientId, Column::Key]).do_nothing().to_owned();
    if Entity::insert(row).on_conflict(nothing).exec_without_returning(db).await? == 1 {
        return Ok(Found::Fresh);
    }
    let known = Entity::find_by_id((client.0, key.to_string())).one(db).await?;
    let known = known.ok_or_else(|| unreadable("idempotency_keys", "key"))?;
    let request = known.request_hash;
    Ok(match known.status {
        None => Found::Open { request },
        Some(status) => Found::Answered {
            request,
            kept: Kept {
                status: u16::try_from(status).map_err(|_| unreadable("idempotency_keys", "status"))?,
                content_type: known.content_type,
                location: known.location,
                body: known.body.unwrap_or_default(),
            },
        },
    })
}

/// Keeps the answer to a request that has taken its key.
///
/// # Errors
/// Database errors.
pub async fn keep(db: &impl Connection, client: ClientId, key: &str, kept: &Kept) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Status, Expr::value(i32::from(kept.status)))
        .col_expr(Column::ContentType, Expr::value(kept.content_type.clone()))
        .col_expr(Column::Location, Expr::value(kept.location.clone()))
        .col_expr(Column::Body, Expr::value(kept.body.clone()))
        .filter(Column::ClientId.eq(client.0))
        .filter(Column::Key.eq(key))
        .exec(db)
        .await?;
    Ok(())
}

/// Gives a key back: nothing has happened.
///
/// # Errors
/// Database errors.
pub async fn give_back(db: &impl Connection, client: ClientId, key: &str) -> Result<()> {
    Entity::delete_by_id((client.0, key.to_string())).exec(db).await?;
    Ok(())
}

/// Deletes keys that were taken before this time.
///
/// # Errors
/// Database errors.
pub async fn purge(db: &impl Connection, before: DateTime<Utc>) -> Result<u64> {
    let over = Entity::delete_many().filter(Column::CreatedAt.lt(micros(before)));
    Ok(over.exec(db).await?.rows_affected)
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub client_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub request_hash: String,
    pub status: Option<i32>,
    pub content_type: Option<String>,
    pub location: Option<String>,
    pub body: Option<Vec<u8>>,
    pub created_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
