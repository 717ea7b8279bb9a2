//! Frozen annexes. A snapshot never changes; it is only confirmed, once.

use crate::connection::{Connection, micros};
use crate::error::{Result, unreadable};
use chrono::{DateTime, Utc};
use domain::annex::{AnnexKind, Snapshot};
use domain::{SnapshotId, UserId};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, Set};

/// Stores a snapshot.
///
/// # Errors
/// [`crate::StoreError::is_taken`] when another one got the number first.
pub async fn insert(db: &impl Connection, s: &Snapshot) -> Result<()> {
    let row = ActiveModel {
        id: Set(s.id.0),
        kind: Set(s.kind.name().into()),
        number: Set(s.number),
        sha256: Set(s.sha256.clone()),
        canonical: Set(s.canonical.clone()),
        created_at: Set(micros(s.created_at)),
        confirmed_by: Set(s.confirmed.map(|(by, _)| by.0)),
        confirmed_at: Set(s.confirmed.map(|(_, at)| micros(at))),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Confirms a snapshot for the provider; `false` when it was confirmed before.
///
/// # Errors
/// Database errors.
pub async fn confirm(db: &impl Connection, id: SnapshotId, by: UserId, now: DateTime<Utc>) -> Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::ConfirmedBy, Expr::value(by.0))
        .col_expr(Column::ConfirmedAt, Expr::value(micros(now)))
        .filter(Column::Id.eq(id.0))
        .filter(Column::ConfirmedBy.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The newest snapshot of a kind.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn newest(db: &impl Connection, kind: AnnexKind) -> Result<Option<Snapshot>> {
    let found = Entity::find().filter(Column::Kind.eq(kind.name())).order_by_desc(Column::Number);
    found.limit(1).one(db).await?.map(snapshot).transpose()
}

/// The newest confirmed snapshot of a kind.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn newest_confirmed(db: &impl Connection, kind: AnnexKind) -> Result<Option<Snapshot>> {
    let found = Entity::find().filter(Column::Kind.eq(kind.name())).filter(Column::ConfirmedBy.is_not_null());
    found.order_by_desc(Column::Number).limit(1).one(db).await?.map(snapshot).transpose()
}

/// A snapshot by id.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn by_id(db: &impl Connection, id: SnapshotId) -> Result<Option<Snapshot>> {
    Entity::find_by_id(id.0).one(db).await?.map(snapshot).transpose()
}

fn snapshot(m: Model) -> Result<Snapshot> {
    Ok(Snapshot {
        id: SnapshotId(m.id),
        kind: AnnexKind::parse(&m.kind).ok_or_else(|| unreadable("annex_snapshots", "kind"))?,
        number: m.number,
        sha256: m.sha256,
        canonical: m.canonical,
        created_at: m.created_at,
        confirmed: m.confirmed_by.map(UserId).zip(m.confirmed_at),
    })
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "annex_snapshots")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub number: i32,
    pub sha256: String,
    #[sea_orm(column_type = "Text")]
    pub canonical: String,
    pub created_at: DateTime<Utc>,
    pub confirmed_by: Option<Uuid>,
    pub confirmed_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
