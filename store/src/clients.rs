//! API clients: what they may do, from where, how often. Their keys are in a table of their own.

use crate::connection::{Connection, micros};
use crate::error::{Result, unreadable};
use chrono::{DateTime, Utc};
use domain::ClientId;
use domain::network::Network;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, Set};

/// A client as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// Identity.
    pub id: ClientId,
    /// Name, unique; the id of an `automation` or `integration`.
    pub name: String,
    /// What it may do (`evaluate`, …).
    pub scopes: Vec<String>,
    /// From where it may; from everywhere when there is none.
    pub networks: Vec<Network>,
    /// How often; as usual when nothing else was agreed.
    pub per_minute: Option<u32>,
    /// First instant at which it counts no more.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// Inserts a client.
///
/// # Errors
/// [`crate::StoreError::is_taken`] when the name is taken.
pub async fn insert(db: &impl Connection, client: &Client) -> Result<()> {
    let row = ActiveModel {
        id: Set(client.id.0),
        name: Set(client.name.clone()),
        scopes: Set(client.scopes.join(" ")),
        networks: Set(listed(&client.networks)),
        per_minute: Set(client.per_minute.map(i64::from)),
        expires_at: Set(client.expires_at.map(micros)),
        revoked_at: Set(None),
        created_at: Set(micros(client.created_at)),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

fn listed(networks: &[Network]) -> Option<String> {
    let all: Vec<_> = networks.iter().map(ToString::to_string).collect();
    (!all.is_empty()).then(|| all.join(" "))
}

/// All clients, by name.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn all(db: &impl Connection) -> Result<Vec<Client>> {
    let rows = Entity::find().order_by_asc(Column::Name).all(db).await?;
    rows.into_iter().map(client).collect()
}

/// One client.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn find(db: &impl Connection, id: ClientId) -> Result<Option<Client>> {
    Entity::find_by_id(id.0).one(db).await?.map(client).transpose()
}

/// Saves from where and how often a client may ask; `false` when it does not count any more.
///
/// # Errors
/// Database errors.
pub async fn limit(
    db: &impl Connection,
    id: ClientId,
    networks: &[Network],
    per_minute: Option<u32>,
) -> Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::Networks, Expr::value(listed(networks)))
        .col_expr(Column::PerMinute, Expr::value(per_minute.map(i64::from)))
        .filter(Column::Id.eq(id.0))
        .filter(Column::RevokedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
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

fn client(m: Model) -> Result<Client> {
    let networks = Network::parse_all(m.networks.as_deref().unwrap_or_default());
    Ok(Client {
        id: ClientId(m.id),
        name: m.name,
        scopes: m.scopes.split_whitespace().map(Into::into).collect(),
        // Unreadable is not "from everywhere".
        networks: networks.map_err(|_| unreadable("clients", "networks"))?,
        per_minute: m.per_minute.map(|n| u32::try_from(n).unwrap_or(u32::MAX)),
        expires_at: m.expires_at,
        revoked_at: m.revoked_at,
        created_at: m.created_at,
    })
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "clients")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub scopes: String,
    pub networks: Option<String>,
    pub per_minute: Option<i64>,
    pub expires_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
