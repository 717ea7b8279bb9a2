//! The audit chain: append and read. There is no update and no delete here, and there will be none.

mod block;

pub use block::{Block, block};

use crate::connection::Connection;
use crate::counters;
use crate::error::{Result, unreadable};
use chrono::{DateTime, Utc};
use domain::audit::{Entry, Event};
use domain::merkle::Hash;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, Set};

/// Appends events in their order.
pub(crate) async fn append(db: &impl Connection, events: &[Event], at: DateTime<Utc>) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    counters::next(db, counters::AUDIT).await?; // holds the chain until the commit
    let mut last = last(db).await?.map(|e| (e.seq, e.hash));
    let mut rows = Vec::with_capacity(events.len());
    for event in events {
        let before = last.as_ref().map(|(seq, hash)| (*seq, hash.as_str()));
        let entry = domain::audit::append(before, event, at).map_err(|e| unreadable("audit", e))?;
        last = Some((entry.seq, entry.hash.clone()));
        rows.push(ActiveModel {
            seq: Set(entry.seq),
            at: Set(entry.at),
            kind: Set(event.kind.clone()),
            subject: Set(event.subject.clone()),
            body: Set(entry.body),
            prev: Set(entry.prev),
            hash: Set(entry.hash),
        });
    }
    for chunk in rows.chunks(500) {
        Entity::insert_many(chunk.to_vec()).exec_without_returning(db).await?;
    }
    Ok(())
}

/// The last entry.
///
/// # Errors
/// Database errors.
pub async fn last(db: &impl Connection) -> Result<Option<Entry>> {
    Ok(Entity::find().order_by_desc(Column::Seq).limit(1).one(db).await?.map(entry))
}

/// Entries after `seq`, in order, at most `limit`.
///
/// # Errors
/// Database errors.
pub async fn after(db: &impl Connection, seq: i64, limit: u64) -> Result<Vec<Entry>> {
    let rows =
        Entity::find().filter(Column::Seq.gt(seq)).order_by_asc(Column::Seq).limit(limit).all(db).await?;
    Ok(rows.into_iter().map(entry).collect())
}

/// The first entry.
///
/// # Errors
/// Database errors.
pub async fn first(db: &impl Connection) -> Result<Option<Entry>> {
    Ok(Entity::find().order_by_asc(Column::Seq).limit(1).one(db).await?.map(entry))
}

/// The entry at a place.
///
/// # Errors
/// Database errors.
pub async fn find(db: &impl Connection, seq: i64) -> Result<Option<Entry>> {
    Ok(Entity::find_by_id(seq).one(db).await?.map(entry))
}

/// Place and hash of the entries after `seq` up to `upto`, in order.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn hashes(db: &impl Connection, seq: i64, upto: i64) -> Result<Vec<(i64, Hash)>> {
    let found = Entity::find().select_only().column(Column::Seq).column(Column::Hash);
    let found = found.filter(Column::Seq.gt(seq)).filter(Column::Seq.lte(upto)).order_by_asc(Column::Seq);
    let rows: Vec<(i64, String)> = found.into_tuple().all(db).await?;
    let hash = |(seq, hash): (i64, String)| {
        Hash::parse(hash.as_bytes()).map(|h| (seq, h)).ok_or_else(|| unreadable("audit", "hash"))
    };
    rows.into_iter().map(hash).collect()
}

/// Entries about one subject (`contract:<id>`), in order.
///
/// # Errors
/// Database errors.
pub async fn about(db: &impl Connection, subject: &str) -> Result<Vec<Entry>> {
    let rows = Entity::find().filter(Column::Subject.eq(subject)).order_by_asc(Column::Seq).all(db).await?;
    Ok(rows.into_iter().map(entry).collect())
}

/// The newest entries, the newest first.
///
/// # Errors
/// Database errors.
pub async fn newest(db: &impl Connection, offset: u64, limit: u64) -> Result<Vec<Entry>> {
    let rows = Entity::find().order_by_desc(Column::Seq).offset(offset).limit(limit).all(db).await?;
    Ok(rows.into_iter().map(entry).collect())
}

fn entry(m: Model) -> Entry {
    Entry { seq: m.seq, at: m.at, body: m.body, prev: m.prev, hash: m.hash }
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub kind: String,
    pub subject: String,
    #[sea_orm(column_type = "Text")]
    pub body: String,
    pub prev: String,
    pub hash: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
