//! Which contracts were to be offered a newer text at once, and what became of each.

use crate::connection::{Connection, micros};
use crate::error::{Result, unreadable};
use chrono::{DateTime, NaiveDate, Utc};
use domain::contract::renewal::Obstacle;
use domain::{ContractId, CustomerId, UserId};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ExprTrait, Set};

/// What became of one contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Its job has not run yet.
    Waiting,
    /// It was offered as this new version.
    Offered(ContractId),
    /// It was left for a person.
    Skipped(Obstacle),
}

impl Outcome {
    fn columns(self) -> (&'static str, &'static str, Option<ContractId>) {
        match self {
            Self::Waiting => ("waiting", "", None),
            Self::Offered(id) => ("offered", "", Some(id)),
            Self::Skipped(why) => ("skipped", why.code(), None),
        }
    }
}

/// One contract that was to be offered a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextOffer {
    /// The text.
    pub version: String,
    /// The contract in force on an older one.
    pub contract: ContractId,
    /// Whose.
    pub customer: CustomerId,
    /// Who decided.
    pub asked_by: UserId,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Last day of the offer.
    pub valid_until: NaiveDate,
    /// What became of it.
    pub outcome: Outcome,
    /// When.
    pub done_at: Option<DateTime<Utc>>,
}

/// Asks for contracts: new, or again after they were skipped or offered. One that waits already stays as it is.
///
/// # Errors
/// Database errors.
pub async fn ask(db: &impl Connection, offers: &[TextOffer]) -> Result<()> {
    for chunk in offers.chunks(500) {
        let again = OnConflict::columns([Column::Version, Column::ContractId])
            .update_columns([
                Column::AskedBy,
                Column::AskedAt,
                Column::ValidUntil,
                Column::State,
                Column::Reason,
                Column::OfferId,
                Column::DoneAt,
            ])
            .action_and_where(Expr::col((Entity, Column::State)).ne("waiting"))
            .to_owned();
        Entity::insert_many(chunk.iter().map(row)).on_conflict(again).exec_without_returning(db).await?;
    }
    Ok(())
}

/// What is noted about one contract.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn find(db: &impl Connection, version: &str, contract: ContractId) -> Result<Option<TextOffer>> {
    let m = Entity::find_by_id((version.to_string(), contract.0)).one(db).await?;
    m.map(text_offer).transpose()
}

/// Everything about a text, in no order.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn of_version(db: &impl Connection, version: &str) -> Result<Vec<TextOffer>> {
    let found = Entity::find().filter(Column::Version.eq(version)).all(db).await?;
    found.into_iter().map(text_offer).collect()
}

/// Notes what became of a contract that waits; `false` when it does not wait any more.
///
/// # Errors
/// Database errors.
pub async fn settle(
    db: &impl Connection,
    version: &str,
    contract: ContractId,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> Result<bool> {
    let (state, reason, offer) = outcome.columns();
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::Reason, Expr::value(reason))
        .col_expr(Column::OfferId, Expr::value(offer.map(|o| o.0)))
        .col_expr(Column::DoneAt, Expr::value(micros(now)))
        .filter(Column::Version.eq(version))
        .filter(Column::ContractId.eq(contract.0))
        .filter(Column::State.eq("waiting"))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

fn row(o: &TextOffer) -> ActiveModel {
    let (state, reason, offer) = o.outcome.columns();
    ActiveModel {
        version: Set(o.version.clone()),
        contract_id: Set(o.contract.0),
        customer_id: Set(o.customer.0),
        asked_by: Set(o.asked_by.0),
        asked_at: Set(micros(o.asked_at)),
        valid_until: Set(Some(o.valid_until)),
        state: Set(state.into()),
        reason: Set(reason.into()),
        offer_id: Set(offer.map(|c| c.0)),
        done_at: Set(o.done_at.map(micros)),
    }
}

fn text_offer(m: Model) -> Result<TextOffer> {
    let broken = |column| unreadable("text_offers", column);
    let outcome = match (m.state.as_str(), m.offer_id) {
        ("waiting", _) => Outcome::Waiting,
        ("offered", Some(id)) => Outcome::Offered(ContractId(id)),
        ("skipped", _) => Outcome::Skipped(Obstacle::parse(&m.reason).ok_or_else(|| broken("reason"))?),
        _ => return Err(broken("state")),
    };
    Ok(TextOffer {
        version: m.version,
        contract: ContractId(m.contract_id),
        customer: CustomerId(m.customer_id),
        asked_by: UserId(m.asked_by),
        asked_at: m.asked_at,
        valid_until: m.valid_until.ok_or_else(|| broken("valid_until"))?,
        outcome,
        done_at: m.done_at,
    })
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "text_offers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub contract_id: Uuid,
    pub customer_id: Uuid,
    pub asked_by: Uuid,
    pub asked_at: DateTime<Utc>,
    pub valid_until: Option<NaiveDate>,
    pub state: String,
    pub reason: String,
    pub offer_id: Option<Uuid>,
    pub done_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
