//! Stored bytes: the frozen text of an offer, the PDF of a contract, scans. Never updated.

use crate::connection::{Connection, micros};
use crate::error::Result;
use chrono::{DateTime, Utc};
use domain::{CustomerId, DocumentId};
use sea_orm::Set;
use sea_orm::entity::prelude::*;

/// A document with its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Identity.
    pub id: DocumentId,
    /// Whose.
    pub customer: CustomerId,
    /// `offer` (canonical JSON), `contract` (PDF), `evidence` (JSON of a concluded contract), `deletion` (PDF),
    /// `scan`.
    pub kind: String,
    /// File name for people.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// SHA-256 of the bytes, hex.
    pub sha256: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// When it was stored.
    pub created_at: DateTime<Utc>,
}

/// Stores a document.
///
/// # Errors
/// Database errors.
pub async fn insert(db: &impl Connection, d: Document) -> Result<()> {
    let row = ActiveModel {
        id: Set(d.id.0),
        customer_id: Set(d.customer.0),
        kind: Set(d.kind),
        name: Set(d.name),
        media_type: Set(d.media_type),
        sha256: Set(d.sha256),
        bytes: Set(d.bytes),
        created_at: Set(micros(d.created_at)),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// A document of this customer.
///
/// # Errors
/// Database errors.
pub async fn find(db: &impl Connection, customer: CustomerId, id: DocumentId) -> Result<Option<Document>> {
    let m = Entity::find_by_id(id.0).filter(Column::CustomerId.eq(customer.0)).one(db).await?;
    Ok(m.map(|m| Document {
        id: DocumentId(m.id),
        customer: CustomerId(m.customer_id),
        kind: m.kind,
        name: m.name,
        media_type: m.media_type,
        sha256: m.sha256,
        bytes: m.bytes,
        created_at: m.created_at,
    }))
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "documents")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub customer_id: Uuid,
    pub kind: String,
    pub name: String,
    pub media_type: String,
    pub sha256: String,
    #[sea_orm(column_type = "Blob")]
    pub bytes: Vec<u8>,
    pub created_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
