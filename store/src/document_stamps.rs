//! Which stored file has which version with a time stamp in it. Appended, never changed.

use crate::connection::{Connection, micros};
use crate::documents::{self, Document};
use crate::error::Result;
use chrono::{DateTime, Utc};
use domain::{CustomerId, DocumentId};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait as _, Select, Set};

/// A time stamp that was put into a stored file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentStamp {
    /// The file as it was stored first.
    pub document: DocumentId,
    /// The same with the time stamp.
    pub stamped: DocumentId,
    /// Who stamped, as the certificate in the stamp says.
    pub authority: String,
    /// When, by the authority's clock.
    pub stamped_at: DateTime<Utc>,
    /// When it was stored.
    pub created_at: DateTime<Utc>,
}

/// Notes a time stamp.
///
/// # Errors
/// [`crate::StoreError::is_taken`] when the file has one already.
pub async fn insert(db: &impl Connection, s: &DocumentStamp) -> Result<()> {
    let row = ActiveModel {
        document_id: Set(s.document.0),
        stamped_id: Set(s.stamped.0),
        authority: Set(s.authority.clone()),
        stamped_at: Set(micros(s.stamped_at)),
        created_at: Set(micros(s.created_at)),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The version with a time stamp of a file.
///
/// # Errors
/// Database errors.
pub async fn of(db: &impl Connection, document: DocumentId) -> Result<Option<DocumentId>> {
    Ok(Entity::find_by_id(document.0).one(db).await?.map(|m| DocumentId(m.stamped_id)))
}

/// A document of this customer in the version that is given away: with its time stamp, once there is one.
///
/// # Errors
/// Database errors.
pub async fn newest(db: &impl Connection, customer: CustomerId, id: DocumentId) -> Result<Option<Document>> {
    let id = of(db, id).await?.unwrap_or(id);
    documents::find(db, customer, id).await
}

/// Sealed files without a time stamp, after an id, in order, at most `limit`: all customers, for the job that
/// fetches time stamps.
///
/// # Errors
/// Database errors.
pub async fn missing(
    db: &impl Connection,
    after: DocumentId,
    limit: u64,
) -> Result<Vec<(DocumentId, CustomerId, String)>> {
    use documents::Column as D;
    let sealed = documents::Entity::find()
        .select_only()
        .columns([D::Id, D::CustomerId, D::Kind])
        .filter(D::Kind.is_in(["contract", "deletion"]))
        .filter(D::Id.gt(after.0))
        .filter(D::Id.not_in_subquery(column(Column::DocumentId).into_query()))
        .filter(D::Id.not_in_subquery(column(Column::StampedId).into_query()));
    let rows: Vec<(Uuid, Uuid, String)> =
        sealed.order_by_asc(D::Id).limit(limit).into_tuple().all(db).await?;
    Ok(rows.into_iter().map(|(id, customer, kind)| (DocumentId(id), CustomerId(customer), kind)).collect())
}

fn column(one: Column) -> Select<Entity> {
    Entity::find().select_only().column(one)
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document_stamps")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub document_id: Uuid,
    pub stamped_id: Uuid,
    pub authority: String,
    pub stamped_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
