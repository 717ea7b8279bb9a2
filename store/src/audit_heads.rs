//! Heads of the audit chain's tree: appended, never changed; a time stamp and the day of the mail are put in once.

use crate::connection::{Connection, micros};
use crate::error::{Result, unreadable};
use chrono::{DateTime, Utc};
use domain::audit::{HeadSignature, TreeHead};
use domain::merkle::Hash;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, Select, Set};

/// A head as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// From 1, without gaps.
    pub number: i64,
    /// What it says.
    pub head: TreeHead,
    /// Who vouches for it; `None` while the portal has no key for that.
    pub signature: Option<HeadSignature>,
    /// Token of a time stamp authority over [`TreeHead::text`].
    pub stamp: Option<Vec<u8>>,
    /// When it was mailed to the privacy officers.
    pub mailed_at: Option<DateTime<Utc>>,
}

/// Appends a head.
///
/// # Errors
/// [`crate::StoreError::is_taken`] when its number is taken.
pub async fn insert(db: &impl Connection, h: &Head) -> Result<()> {
    let row = ActiveModel {
        number: Set(h.number),
        size: Set(number(h.head.size)),
        root: Set(h.head.root.to_string()),
        at: Set(micros(h.head.at)),
        key_id: Set(h.signature.as_ref().map(|s| s.key_id.clone())),
        signature: Set(h.signature.as_ref().map(|s| s.signature_base64.clone())),
        stamp: Set(h.stamp.clone()),
        mailed_at: Set(h.mailed_at.map(micros)),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The newest head.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn newest(db: &impl Connection) -> Result<Option<Head>> {
    one(db, Entity::find().order_by_desc(Column::Number)).await
}

/// A head by its number.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn by_number(db: &impl Connection, number: i64) -> Result<Option<Head>> {
    one(db, Entity::find().filter(Column::Number.eq(number))).await
}

/// The first head with a time stamp over more than so many entries.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn stamped_beyond(db: &impl Connection, size: u64) -> Result<Option<Head>> {
    let found = Entity::find().filter(Column::Size.gt(number(size))).filter(Column::Stamp.is_not_null());
    one(db, found.order_by_asc(Column::Number)).await
}

/// The newest head that a time stamp is in.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn last_stamped(db: &impl Connection) -> Result<Option<Head>> {
    one(db, Entity::find().filter(Column::Stamp.is_not_null()).order_by_desc(Column::Number)).await
}

/// The newest head over so many entries.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn of_size(db: &impl Connection, size: u64) -> Result<Option<Head>> {
    one(db, Entity::find().filter(Column::Size.eq(number(size))).order_by_desc(Column::Number)).await
}

/// The first head, of those up to `newest`, over more than so many entries.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn beyond(db: &impl Connection, size: u64, newest: i64) -> Result<Option<Head>> {
    let found = Entity::find().filter(Column::Size.gt(number(size))).filter(Column::Number.lte(newest));
    one(db, found.order_by_asc(Column::Number)).await
}

/// Heads, of those up to `newest`, over more than `size` and at most `upto` entries, by number.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn between(db: &impl Connection, size: i64, upto: i64, newest: i64) -> Result<Vec<Head>> {
    let found = Entity::find().filter(Column::Size.gt(size)).filter(Column::Size.lte(upto));
    let rows = found.filter(Column::Number.lte(newest)).order_by_asc(Column::Number).all(db).await?;
    rows.into_iter().map(head).collect()
}

/// Heads after a number, in order, at most `limit`.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn after(db: &impl Connection, number: i64, limit: u64) -> Result<Vec<Head>> {
    let found = Entity::find().filter(Column::Number.gt(number)).order_by_asc(Column::Number).limit(limit);
    found.all(db).await?.into_iter().map(head).collect()
}

/// The head that was mailed last.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn last_mailed(db: &impl Connection) -> Result<Option<Head>> {
    one(db, Entity::find().filter(Column::MailedAt.is_not_null()).order_by_desc(Column::Number)).await
}

/// Notes that a head was mailed; `false` when it was before.
///
/// # Errors
/// Database errors.
pub async fn set_mailed(db: &impl Connection, number: i64, now: DateTime<Utc>) -> Result<bool> {
    let update = Entity::update_many().col_expr(Column::MailedAt, Expr::value(micros(now)));
    let once = update.filter(Column::Number.eq(number)).filter(Column::MailedAt.is_null());
    Ok(once.exec(db).await?.rows_affected == 1)
}

/// Puts the token of a time stamp in; `false` when there is one already, or no such head.
///
/// # Errors
/// Database errors.
pub async fn set_stamp(db: &impl Connection, number: i64, token: &[u8]) -> Result<bool> {
    let update = Entity::update_many().col_expr(Column::Stamp, Expr::value(token.to_vec()));
    let once = update.filter(Column::Number.eq(number)).filter(Column::Stamp.is_null());
    Ok(once.exec(db).await?.rows_affected == 1)
}

async fn one(db: &impl Connection, found: Select<Entity>) -> Result<Option<Head>> {
    found.limit(1).one(db).await?.map(head).transpose()
}

fn number(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

fn head(m: Model) -> Result<Head> {
    let wrong = |part: &str| unreadable("audit_heads", format!("{part} of head {}", m.number));
    let size = u64::try_from(m.size).map_err(|_| wrong("size"))?;
    let root = Hash::parse(m.root.as_bytes()).ok_or_else(|| wrong("root"))?;
    let signature = match (m.key_id, m.signature) {
        (Some(key_id), Some(signature_base64)) => Some(HeadSignature { key_id, signature_base64 }),
        _ => None,
    };
    let head = TreeHead { size, root, at: m.at };
    Ok(Head { number: m.number, head, signature, stamp: m.stamp, mailed_at: m.mailed_at })
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_heads")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub size: i64,
    pub root: String,
    pub at: DateTime<Utc>,
    pub key_id: Option<String>,
    pub signature: Option<String>,
    pub stamp: Option<Vec<u8>>,
    pub mailed_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
