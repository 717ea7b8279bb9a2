//! Roots of complete subtrees of the audit chain: what a proof in a tree of a million entries needs, in few reads.
//! Append only; everything here can be computed again from the chain.

use crate::connection::Connection;
use crate::error::{Result, unreadable};
use domain::merkle::{Hash, Place};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, Set};

/// Appends nodes of one level, from `number` on.
///
/// # Errors
/// Database errors; one of them is there already.
pub async fn insert(db: &impl Connection, level: u32, number: u64, hashes: &[Hash]) -> Result<()> {
    let mut rows = Vec::with_capacity(hashes.len());
    for (number, hash) in (number..).zip(hashes) {
        rows.push(ActiveModel {
            level: Set(level_of(level)?),
            number: Set(number_of(number)?),
            hash: Set(hash.0.to_vec()),
        });
    }
    for chunk in rows.chunks(500) {
        Entity::insert_many(chunk.to_vec()).exec_without_returning(db).await?;
    }
    Ok(())
}

/// How many nodes of a level there are: they have no gaps.
///
/// # Errors
/// Database errors.
pub async fn count(db: &impl Connection, level: u32) -> Result<u64> {
    let last =
        Entity::find().filter(Column::Level.eq(level_of(level)?)).order_by_desc(Column::Number).limit(1);
    last.one(db).await?.map_or(Ok(0), |m| Ok(place(&m)?.number + 1))
}

/// The nodes of a level from `from` to before `to`, in order.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn range(db: &impl Connection, level: u32, from: u64, to: u64) -> Result<Vec<(Place, Hash)>> {
    let rows = Entity::find()
        .filter(Column::Level.eq(level_of(level)?))
        .filter(Column::Number.gte(number_of(from)?))
        .filter(Column::Number.lt(number_of(to)?))
        .order_by_asc(Column::Number);
    rows.all(db).await?.into_iter().map(|m| Ok((place(&m)?, hash(&m)?))).collect()
}

fn place(m: &Model) -> Result<Place> {
    let (level, number) = (u32::try_from(m.level), u64::try_from(m.number));
    let (Ok(level), Ok(number)) = (level, number) else { return Err(unreadable("audit_nodes", "place")) };
    Ok(Place { level, number })
}

fn hash(m: &Model) -> Result<Hash> {
    m.hash.as_slice().try_into().map(Hash).map_err(|_| unreadable("audit_nodes", "hash"))
}

fn level_of(level: u32) -> Result<i32> {
    i32::try_from(level).map_err(|_| unreadable("audit_nodes", "level"))
}

fn number_of(number: u64) -> Result<i64> {
    i64::try_from(number).map_err(|_| unreadable("audit_nodes", "number"))
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_nodes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub level: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub hash: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
