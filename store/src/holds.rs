//! Doubts and objections that lie over a customer or a contract until they are cleared.

use crate::connection::{Connection, micros};
use crate::error::Result;
use chrono::{DateTime, Utc};
use domain::{ContractId, CustomerId, Service, UserId};
use sea_orm::Set;
use sea_orm::entity::prelude::*;

/// A hold as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Identity.
    pub id: Uuid,
    /// On whom.
    pub customer: CustomerId,
    /// On one contract only.
    pub contract: Option<ContractId>,
    /// `doubt` or `objection`.
    pub kind: String,
    /// The service an objection is about.
    pub service: Option<Service>,
    /// Why.
    pub reason: String,
    /// By whom.
    pub raised_by: Option<UserId>,
    /// When.
    pub raised_at: DateTime<Utc>,
}

/// Inserts a hold.
///
/// # Errors
/// Database errors.
pub async fn insert(db: &impl Connection, h: &Hold) -> Result<()> {
    let row = ActiveModel {
        id: Set(h.id),
        customer_id: Set(h.customer.0),
        contract_id: Set(h.contract.map(|c| c.0)),
        kind: Set(h.kind.clone()),
        service: Set(h.service.map(|s| s.name().into())),
        reason: Set(h.reason.clone()),
        raised_by: Set(h.raised_by.map(|u| u.0)),
        raised_at: Set(micros(h.raised_at)),
        cleared_by: Set(None),
        cleared_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// All open holds of all customers.
///
/// # Errors
/// Database errors.
pub async fn open(db: &impl Connection) -> Result<Vec<Hold>> {
    let rows = Entity::find().filter(Column::ClearedAt.is_null()).all(db).await?;
    Ok(rows.into_iter().map(hold).collect())
}

/// Open holds of one customer.
///
/// # Errors
/// Database errors.
pub async fn open_of(db: &impl Connection, customer: CustomerId) -> Result<Vec<Hold>> {
    let found = Entity::find().filter(Column::CustomerId.eq(customer.0)).filter(Column::ClearedAt.is_null());
    Ok(found.all(db).await?.into_iter().map(hold).collect())
}

fn hold(m: Model) -> Hold {
    Hold {
        id: m.id,
        customer: CustomerId(m.customer_id),
        contract: m.contract_id.map(ContractId),
        kind: m.kind,
        service: m.service.as_deref().and_then(Service::parse),
        reason: m.reason,
        raised_by: m.raised_by.map(UserId),
        raised_at: m.raised_at,
    }
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "holds")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub customer_id: Uuid,
    pub contract_id: Option<Uuid>,
    pub kind: String,
    pub service: Option<String>,
    pub reason: String,
    pub raised_by: Option<Uuid>,
    pub raised_at: DateTime<Utc>,
    pub cleared_by: Option<Uuid>,
    pub cleared_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
