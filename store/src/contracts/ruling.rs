//! Contracts by what time does to them: offers that run out, contracts that rule, ended ones whose data wait.

use super::{Column, Entity, contract};
use crate::connection::Connection;
use crate::error::{Result, unreadable};
use chrono::NaiveDate;
use domain::ContractId;
use domain::contract::{Contract, StateName};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

/// Offers whose last day lies before `today`.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn offers_until_before(db: &impl Connection, today: NaiveDate) -> Result<Vec<Contract>> {
    let found = Entity::find()
        .filter(Column::State.eq(StateName::Offered.name()))
        .filter(Column::ValidUntil.lt(today));
    found.all(db).await?.into_iter().map(contract).collect()
}

/// Contracts in force, or with notice given, whose last day lies before `today`.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn ruling_until_before(db: &impl Connection, today: NaiveDate) -> Result<Vec<Contract>> {
    let found = Entity::find().filter(Column::State.is_in(ruling())).filter(Column::EffectiveUntil.lt(today));
    found.all(db).await?.into_iter().map(contract).collect()
}

/// The states in which a contract opens the gate: in force, or with notice given.
fn ruling() -> impl Iterator<Item = &'static str> {
    StateName::ALL.into_iter().filter(|s| s.rules()).map(StateName::name)
}

/// Contracts in force (or with notice given) on these versions of the text, by id, after `after`: a page of a walk through all of them.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn in_force_on_texts(
    db: &impl Connection,
    versions: &[String],
    after: Option<ContractId>,
    limit: u64,
) -> Result<Vec<Contract>> {
    let mut found = Entity::find()
        .filter(Column::State.is_in(ruling()))
        .filter(Column::TextVersion.is_in(versions.to_vec()));
    if let Some(after) = after {
        found = found.filter(Column::Id.gt(after.0));
    }
    found.order_by_asc(Column::Id).limit(limit).all(db).await?.into_iter().map(contract).collect()
}

/// How many contracts are in force on these versions of the text.
///
/// # Errors
/// Database errors.
pub async fn count_on_texts(db: &impl Connection, versions: &[String]) -> Result<u64> {
    let found = Entity::find()
        .filter(Column::State.is_in(ruling()))
        .filter(Column::TextVersion.is_in(versions.to_vec()));
    Ok(found.count(db).await?)
}

/// Ended contracts with something to be done about their data, the soonest first; only those that await a day until
/// `until` (inclusive) where it is given.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn in_disposal(db: &impl Connection, until: Option<NaiveDate>) -> Result<Vec<Contract>> {
    let mut found = Entity::find()
        .filter(Column::State.eq(StateName::Ended.name()))
        .filter(Column::ValidUntil.is_not_null());
    if let Some(day) = until {
        found = found.filter(Column::ValidUntil.lte(day));
    }
    found.order_by_asc(Column::ValidUntil).all(db).await?.into_iter().map(contract).collect()
}

/// The states of these contracts, in no order.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn states_by_ids(db: &impl Connection, ids: &[ContractId]) -> Result<Vec<(ContractId, StateName)>> {
    let mut all = Vec::new();
    for chunk in ids.chunks(500) {
        let found = Entity::find().select_only().column(Column::Id).column(Column::State);
        let found = found.filter(Column::Id.is_in(chunk.iter().map(|c| c.0)));
        let rows: Vec<(Uuid, String)> = found.into_tuple().all(db).await?;
        for (id, state) in rows {
            let state = StateName::parse(&state).ok_or_else(|| unreadable("contracts", "state"))?;
            all.push((ContractId(id), state));
        }
    }
    Ok(all)
}
