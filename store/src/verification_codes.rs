//! Short codes of contracts: which contract a code names. A code is never taken back.

use crate::connection::Connection;
use crate::error::{Result, expect_rows};
use domain::contract::{StateName, VerifyCode};
use domain::{ContractId, DocumentId};
use sea_orm::entity::prelude::*;
use sea_orm::{QuerySelect, Set, sea_query::OnConflict};

/// Notes codes; those that are there stay.
///
/// # Errors
/// Database errors.
pub async fn insert_many(db: &impl Connection, codes: &[(VerifyCode, ContractId)]) -> Result<()> {
    for chunk in codes.chunks(500) {
        let rows = chunk.iter().map(|(code, id)| ActiveModel {
            code: Set(code.plain().into()),
            contract_id: Set(id.0),
            evidence_id: Set(None),
        });
        let nothing = OnConflict::new().do_nothing().to_owned();
        Entity::insert_many(rows).on_conflict(nothing).exec_without_returning(db).await?;
    }
    Ok(())
}

/// The contract of a code.
///
/// # Errors
/// Database errors.
pub async fn contract_of(db: &impl Connection, code: &VerifyCode) -> Result<Option<ContractId>> {
    let found = Entity::find_by_id(code.plain().to_string()).one(db).await?;
    Ok(found.map(|m| ContractId(m.contract_id)))
}

/// Notes the stored evidence of a contract that has a code.
///
/// # Errors
/// Database errors.
pub async fn set_evidence(db: &impl Connection, id: ContractId, evidence: DocumentId) -> Result<()> {
    let done = Entity::update_many()
        .col_expr(Column::EvidenceId, Expr::value(evidence.0))
        .filter(Column::ContractId.eq(id.0))
        .filter(Column::EvidenceId.is_null())
        .exec(db)
        .await?;
    expect_rows("verification_codes", 1, done.rows_affected)
}

/// The stored evidence of a contract.
///
/// # Errors
/// Database errors.
pub async fn evidence_of(db: &impl Connection, id: ContractId) -> Result<Option<DocumentId>> {
    let found = Entity::find().filter(Column::ContractId.eq(id.0)).one(db).await?;
    Ok(found.and_then(|m| m.evidence_id).map(DocumentId))
}

/// Contracts in these states that have no code yet, with their versions; at most `limit`.
///
/// # Errors
/// Database errors.
pub async fn missing(
    db: &impl Connection,
    states: &[StateName],
    limit: u64,
) -> Result<Vec<(ContractId, i32)>> {
    use crate::contracts;
    let known = sea_orm::sea_query::Query::select().column(Column::ContractId).from(Entity).to_owned();
    let rows: Vec<(Uuid, i32)> = contracts::Entity::find()
        .select_only()
        .column(contracts::Column::Id)
        .column(contracts::Column::Version)
        .filter(contracts::Column::State.is_in(states.iter().map(|s| s.name())))
        .filter(contracts::Column::Id.not_in_subquery(known))
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(id, version)| (ContractId(id), version)).collect())
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "verification_codes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub contract_id: Uuid,
    pub evidence_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
