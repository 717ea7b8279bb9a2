//! Who was reminded of which contract: one row for a person, a contract and a reason, with the number of the last one.

use crate::connection::{Connection, micros};
use crate::error::Result;
use chrono::{DateTime, Utc};
use domain::contract::reminders::Kind;
use domain::{ContractId, UserId};
use sea_orm::entity::prelude::*;
use sea_orm::{ExprTrait, Set, sea_query::OnConflict};

/// Notes the `number`-th reminder; `false` when this one or a later one was noted before, by whatever instance.
///
/// # Errors
/// Database errors.
pub async fn note(
    db: &impl Connection,
    contract: ContractId,
    kind: Kind,
    user: UserId,
    number: u8,
    now: DateTime<Utc>,
) -> Result<bool> {
    let number = i32::from(number);
    let row = ActiveModel {
        contract_id: Set(contract.0),
        kind: Set(kind.name().into()),
        user_id: Set(user.0),
        number: Set(number),
        sent_at: Set(micros(now)),
    };
    let raise = OnConflict::columns([Column::ContractId, Column::Kind, Column::UserId])
        .update_columns([Column::Number, Column::SentAt])
        .action_and_where(Expr::col((Entity, Column::Number)).lt(number))
        .to_owned();
    let done = Entity::insert(row).on_conflict(raise).exec_without_returning(db).await?;
    Ok(done == 1)
}

/// The number of the last reminder; 0 when there was none.
///
/// # Errors
/// Database errors.
pub async fn last(db: &impl Connection, contract: ContractId, kind: Kind, user: UserId) -> Result<u8> {
    let m = Entity::find_by_id((contract.0, kind.name().to_string(), user.0)).one(db).await?;
    Ok(m.and_then(|m| u8::try_from(m.number).ok()).unwrap_or_default())
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reminders")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub contract_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    pub number: i32,
    pub sent_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
