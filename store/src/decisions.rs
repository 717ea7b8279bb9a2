//! Answers of the gate, appended in batches; shown to staff and to the customer they are about.

use crate::connection::{Connection, micros};
use crate::error::Result;
use chrono::{DateTime, Utc};
use domain::{ContractId, CustomerId, DecisionId};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{Condition, QueryOrder, QuerySelect, Set};

/// A recorded answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Identity (`evaluation_id`).
    pub id: DecisionId,
    /// When.
    pub at: DateTime<Utc>,
    /// Who asked: `user:<id>` or `client:<name>`.
    pub asked_by: String,
    /// `technician`, `automation`, `integration`.
    pub subject_type: String,
    /// Address of the technician or name of the program.
    pub subject: String,
    /// Name of the action as asked.
    pub action: String,
    /// Tool, may be empty.
    pub tool: String,
    /// Whose data, where known.
    pub customer: Option<CustomerId>,
    /// Ticket as `system/id`, may be empty.
    pub ticket: String,
    /// `phone`, `mail`, `page`, …, may be empty.
    pub channel: String,
    /// `permitted`, `advice_only`, `refused`.
    pub outcome: String,
    /// Codes, the deciding one first.
    pub reasons: Vec<String>,
    /// Contract that permitted it.
    pub contract: Option<ContractId>,
    /// Until when a permit held.
    pub valid_until: Option<DateTime<Utc>>,
}

/// Appends answers; one that is there already (its commit was not heard of) stays as it is.
///
/// # Errors
/// Database errors.
pub async fn insert_many(db: &impl Connection, decisions: &[Decision]) -> Result<()> {
    for chunk in decisions.chunks(300) {
        let once = OnConflict::column(Column::Id).do_nothing().to_owned();
        Entity::insert_many(chunk.iter().map(row)).on_conflict(once).exec_without_returning(db).await?;
    }
    Ok(())
}

/// A page of answers, the newest first, and how many there are; of one customer or of all.
///
/// # Errors
/// Database errors.
pub async fn list(
    db: &impl Connection,
    customer: Option<CustomerId>,
    offset: u64,
    limit: u64,
) -> Result<(Vec<Decision>, u64)> {
    let mut found = Entity::find();
    if let Some(c) = customer {
        found = found.filter(Column::CustomerId.eq(c.0));
    }
    let total = found.clone().count(db).await?;
    let rows =
        found.order_by_desc(Column::At).order_by_desc(Column::Id).offset(offset).limit(limit).all(db).await?;
    Ok((rows.into_iter().map(decision).collect(), total))
}

/// Answers older than this one (the newest ones when `None`), the newest first, at most `limit`.
///
/// # Errors
/// Database errors.
pub async fn before(
    db: &impl Connection,
    last: Option<(DateTime<Utc>, DecisionId)>,
    limit: u64,
) -> Result<Vec<Decision>> {
    let mut found = Entity::find();
    if let Some((at, id)) = last {
        let same_time = Condition::all().add(Column::At.eq(micros(at))).add(Column::Id.lt(id.0));
        found = found.filter(Condition::any().add(Column::At.lt(micros(at))).add(same_time));
    }
    let rows = found.order_by_desc(Column::At).order_by_desc(Column::Id).limit(limit).all(db).await?;
    Ok(rows.into_iter().map(decision).collect())
}

fn row(d: &Decision) -> ActiveModel {
    ActiveModel {
        id: Set(d.id.0),
        at: Set(micros(d.at)),
        asked_by: Set(d.asked_by.clone()),
        subject_type: Set(d.subject_type.clone()),
        subject: Set(d.subject.clone()),
        action: Set(d.action.clone()),
        tool: Set(d.tool.clone()),
        customer_id: Set(d.customer.map(|c| c.0)),
        ticket: Set(d.ticket.clone()),
        channel: Set(d.channel.clone()),
        outcome: Set(d.outcome.clone()),
        reasons: Set(d.reasons.join(" ")),
        contract_id: Set(d.contract.map(|c| c.0)),
        valid_until: Set(d.valid_until.map(micros)),
    }
}

fn decision(m: Model) -> Decision {
    Decision {
        id: DecisionId(m.id),
        at: m.at,
        asked_by: m.asked_by,
        subject_type: m.subject_type,
        subject: m.subject,
        action: m.action,
        tool: m.tool,
        customer: m.customer_id.map(CustomerId),
        ticket: m.ticket,
        channel: m.channel,
        outcome: m.outcome,
        reasons: m.reasons.split_whitespace().map(Into::into).collect(),
        contract: m.contract_id.map(ContractId),
        valid_until: m.valid_until,
    }
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decisions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub asked_by: String,
    pub subject_type: String,
    pub subject: String,
    pub action: String,
    pub tool: String,
    pub customer_id: Option<Uuid>,
    pub ticket: String,
    pub channel: String,
    pub outcome: String,
    pub reasons: String,
    pub contract_id: Option<Uuid>,
    pub valid_until: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
