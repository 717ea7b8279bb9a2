//! Published versions of the contract text. A publication is written once and never changed.

use crate::connection::{Connection, micros};
use crate::error::{Result, unreadable};
use chrono::{DateTime, NaiveDate, Utc};
use domain::UserId;
use domain::legal_text::{TextFamily, age};
use domain::publication::Publication;
use sea_orm::entity::prelude::*;
use sea_orm::{Set, sea_query::OnConflict};
use std::cmp::Reverse;

/// Writes a publication; `false` when the version is published already.
///
/// # Errors
/// Database errors.
pub async fn insert(db: &impl Connection, p: &Publication) -> Result<bool> {
    let row = ActiveModel {
        version: Set(p.version.clone()),
        family: Set(p.family.name().into()),
        kind: Set(p.kind.clone()),
        accept_until: Set(p.accept_until),
        published_by: Set(p.by.map(|u| u.0)),
        published_at: Set(micros(p.at)),
    };
    let nothing = OnConflict::column(Column::Version).do_nothing().to_owned();
    Ok(Entity::insert(row).on_conflict(nothing).exec_without_returning(db).await? == 1)
}

/// All publications of a family, the newest version first.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn of_family(db: &impl Connection, family: TextFamily) -> Result<Vec<Publication>> {
    let found = Entity::find().filter(Column::Family.eq(family.name())).all(db).await?;
    let mut all = found.into_iter().map(publication).collect::<Result<Vec<_>>>()?;
    // A database does not know that `2026-10` comes after `2026-2`.
    all.sort_by_key(|p| Reverse(age(&p.version)));
    Ok(all)
}

fn publication(m: Model) -> Result<Publication> {
    Ok(Publication {
        version: m.version,
        family: TextFamily::parse(&m.family).ok_or_else(|| unreadable("text_publications", "family"))?,
        kind: m.kind,
        accept_until: m.accept_until,
        by: m.published_by.map(UserId),
        at: m.published_at,
    })
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "text_publications")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: String,
    pub family: String,
    pub kind: String,
    pub accept_until: Option<NaiveDate>,
    pub published_by: Option<Uuid>,
    pub published_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
