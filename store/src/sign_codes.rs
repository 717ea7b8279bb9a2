//! Codes before a signature: one row for a person and a contract.

use crate::connection::{Connection, micros};
use crate::error::Result;
use chrono::{DateTime, Utc};
use domain::contract::SignCode;
use domain::{ContractId, UserId};
use sea_orm::entity::prelude::*;
use sea_orm::{ExprTrait, Set, sea_query::OnConflict};

/// Puts a new code in the place of any older one.
///
/// # Errors
/// Database errors.
pub async fn replace(
    db: &impl Connection,
    contract: ContractId,
    user: UserId,
    code: &SignCode,
) -> Result<()> {
    let row = ActiveModel {
        contract_id: Set(contract.0),
        user_id: Set(user.0),
        commitment: Set(code.commitment.clone()),
        salt: Set(code.salt.clone()),
        sent_at: Set(micros(code.sent_at)),
        tries_left: Set(i32::from(code.tries_left)),
        used: Set(code.used),
    };
    let replace = OnConflict::columns([Column::ContractId, Column::UserId])
        .update_columns([Column::Commitment, Column::Salt, Column::SentAt, Column::TriesLeft, Column::Used])
        .to_owned();
    Entity::insert(row).on_conflict(replace).exec_without_returning(db).await?;
    Ok(())
}

/// The newest code.
///
/// # Errors
/// Database errors.
pub async fn find(db: &impl Connection, contract: ContractId, user: UserId) -> Result<Option<SignCode>> {
    let m = Entity::find_by_id((contract.0, user.0)).one(db).await?;
    Ok(m.map(|m| SignCode {
        commitment: m.commitment,
        salt: m.salt,
        sent_at: m.sent_at,
        tries_left: i16::try_from(m.tries_left).unwrap_or(0),
        used: m.used,
    }))
}

/// Takes one try off; `false` when none was left. Committed before the verdict is told, so that no crash and no
/// race gives a free try.
///
/// # Errors
/// Database errors.
pub async fn take_try(db: &impl Connection, contract: ContractId, user: UserId, salt: &str) -> Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::TriesLeft, Expr::col(Column::TriesLeft).sub(1))
        .filter(Column::ContractId.eq(contract.0))
        .filter(Column::UserId.eq(user.0))
        .filter(Column::Salt.eq(salt))
        .filter(Column::TriesLeft.gt(0))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Marks the code as used; `false` when it was used already.
///
/// # Errors
/// Database errors.
pub async fn spend(db: &impl Connection, contract: ContractId, user: UserId) -> Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::Used, Expr::value(true))
        .filter(Column::ContractId.eq(contract.0))
        .filter(Column::UserId.eq(user.0))
        .filter(Column::Used.eq(false))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Deletes codes that were sent before this time.
///
/// # Errors
/// Database errors.
pub async fn purge(db: &impl Connection, before: DateTime<Utc>) -> Result<u64> {
    let over = Entity::delete_many().filter(Column::SentAt.lt(micros(before)));
    Ok(over.exec(db).await?.rows_affected)
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_codes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub contract_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    pub commitment: String,
    pub salt: String,
    pub sent_at: DateTime<Utc>,
    pub tries_left: i32,
    pub used: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
