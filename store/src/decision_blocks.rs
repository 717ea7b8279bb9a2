//! Answers of the gate as they are appended, many in one row. They wait here until rows of `decisions` are made of
//! them: an answer costs the database next to nothing while somebody waits for the next one.

use crate::connection::{Connection, micros};
use crate::error::Result;
use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{QueryOrder, QuerySelect, Set};

/// Answers that were appended together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Identity; time-ordered.
    pub id: Uuid,
    /// When the first of them was given.
    pub at: DateTime<Utc>,
    /// How `body` is to be read.
    pub format: i32,
    /// How many there are.
    pub answers: i64,
    /// The answers.
    pub body: Vec<u8>,
}

/// Appends a block; one that is there already (its commit was not heard of) stays as it is.
///
/// # Errors
/// Database errors.
pub async fn append(db: &impl Connection, block: &Block) -> Result<()> {
    let once = OnConflict::column(Column::Id).do_nothing().to_owned();
    let row = ActiveModel {
        id: Set(block.id),
        at: Set(micros(block.at)),
        format: Set(block.format),
        answers: Set(block.answers),
        body: Set(block.body.clone()),
    };
    Entity::insert_many([row]).on_conflict(once).exec_without_returning(db).await?;
    Ok(())
}

/// The block that has waited longest.
///
/// # Errors
/// Database errors.
pub async fn oldest(db: &impl Connection) -> Result<Option<Block>> {
    let found = Entity::find().order_by_asc(Column::Id).limit(1).one(db).await?;
    Ok(found.map(|m| Block { id: m.id, at: m.at, format: m.format, answers: m.answers, body: m.body }))
}

/// Takes a block away; `false` when somebody else did.
///
/// # Errors
/// Database errors.
pub async fn remove(db: &impl Connection, id: Uuid) -> Result<bool> {
    Ok(Entity::delete_by_id(id).exec(db).await?.rows_affected == 1)
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decision_blocks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub format: i32,
    pub answers: i64,
    pub body: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
