//! One database into another: what `backup`, `restore` and `move` have in common. Every table is in the list; a test
//! compares it with the schema.

use crate::connection::Connection;
use crate::customers::parts;
use crate::error::Result;
use crate::{
    annexes, audit, audit_checks, audit_heads, audit_nodes, breach_notices, client_keys, clients, contacts,
    contracts, counters, customers, decision_blocks, decisions, document_stamps, documents, holds,
    idempotency, links, login_failures, memberships, outbox, registers, reminders, secrets, sessions,
    sign_codes, signing_keys, text_offers, text_publications, text_versions, users, verification_codes,
};
use domain::merkle;
use sea_orm::entity::prelude::*;
use sea_orm::{DatabaseConnection, DbBackend, IntoActiveModel, Iterable, QueryOrder, QuerySelect, Statement};

/// Rows read at once.
const PAGE: u64 = 5_000;
/// Rows written at once: times columns, no database takes more values in one statement than SQLite's 32,766.
const CHUNK: usize = 400;

/// What was found in, or copied of, a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Its name.
    pub table: &'static str,
    /// How many rows.
    pub rows: u64,
    /// A hash over all rows, whatever their order: the same here and there when the content is.
    pub hash: [u8; 32],
}

macro_rules! tables {
    ($($entity:ty),* $(,)?) => {
        /// Names of all tables, those that others refer to first.
        pub fn names() -> Vec<&'static str> {
            vec![$(<$entity>::default().table_name()),*]
        }

        /// Whether no table has a row.
        ///
        /// # Errors
        /// Database errors.
        pub async fn is_empty(db: &impl Connection) -> Result<bool> {
            $(
                if <$entity>::find().limit(1).one(db).await?.is_some() {
                    return Ok(false);
                }
            )*
            Ok(true)
        }

        /// Copies everything into empty tables.
        ///
        /// # Errors
        /// Database errors; whoever opened the transactions lets go of them.
        pub async fn copy(from: &impl Connection, to: &impl Connection) -> Result<Vec<Content>> {
            Ok(vec![$(read::<$entity>(from, Some(to)).await?),*])
        }

        /// What is in the tables.
        ///
        /// # Errors
        /// Database errors.
        pub async fn content(db: &impl Connection) -> Result<Vec<Content>> {
            Ok(vec![$(read::<$entity>(db, None::<&DatabaseConnection>).await?),*])
        }
    };
}

tables!(
    counters::Entity,
    secrets::Entity,
    users::Entity,
    users::role::Entity,
    customers::Entity,
    parts::phone::Entity,
    parts::domain_name::Entity,
    parts::service::Entity,
    contacts::Entity,
    memberships::Entity,
    links::Entity,
    sessions::Entity,
    login_failures::Entity,
    clients::Entity,
    client_keys::Entity,
    signing_keys::Entity,
    idempotency::Entity,
    annexes::Entity,
    text_versions::Entity,
    text_publications::Entity,
    documents::Entity,
    document_stamps::Entity,
    contracts::Entity,
    contracts::service::Entity,
    text_offers::Entity,
    verification_codes::Entity,
    sign_codes::Entity,
    reminders::Entity,
    holds::Entity,
    registers::Entity,
    breach_notices::Entity,
    decisions::Entity,
    decision_blocks::Entity,
    audit::Entity,
    audit_nodes::Entity,
    audit_heads::Entity,
    audit_checks::Entity,
    outbox::Entity,
);

/// Names of the tables that an SQLite database has: to be compared with [`names`].
///
/// # Errors
/// Database errors.
pub async fn tables_of_sqlite(db: &impl Connection) -> Result<Vec<String>> {
    let all =
        Statement::from_string(DbBackend::Sqlite, "SELECT name FROM sqlite_master WHERE type = 'table'");
    let rows = db.query_all_raw(all).await?;
    Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<std::result::Result<_, _>>()?)
}

/// Reads a table in pages, writes them where that is wanted, and hashes them.
async fn read<E>(from: &impl Connection, to: Option<&impl Connection>) -> Result<Content>
where
    E: EntityTrait + Default,
    E::Model: IntoActiveModel<E::ActiveModel> + Send + Sync,
    E::ActiveModel: Send,
{
    let mut content = Content { table: E::default().table_name(), rows: 0, hash: [0; 32] };
    loop {
        let mut page = E::find();
        for key in E::PrimaryKey::iter() {
            page = page.order_by_asc(key.into_column());
        }
        let rows = page.offset(content.rows).limit(PAGE).all(from).await?;
        for row in &rows {
            add(&mut content.hash, merkle::leaf(format!("{row:?}").as_bytes()).0);
        }
        let (read, last) = (rows.len() as u64, (rows.len() as u64) < PAGE);
        if let Some(to) = to {
            let mut rows = rows.into_iter().map(IntoActiveModel::into_active_model).peekable();
            while rows.peek().is_some() {
                E::insert_many(rows.by_ref().take(CHUNK)).exec_without_returning(to).await?;
            }
        }
        content.rows += read;
        if last {
            return Ok(content);
        }
    }
}

/// The sum of both as numbers of 256 bits: the order of the rows does not matter, and each row counts.
fn add(sum: &mut [u8; 32], hash: [u8; 32]) {
    let mut carry = 0;
    for (a, b) in sum.iter_mut().zip(hash) {
        let both = u16::from(*a) + u16::from(b) + carry;
        *a = both.to_le_bytes()[0];
        carry = both >> 8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_does_not_matter_and_each_row_counts() {
        let of = |rows: &[u8]| {
            let mut sum = [0; 32];
            for row in rows {
                add(&mut sum, merkle::leaf(&[*row]).0);
            }
            sum
        };
        assert_eq!(of(&[1, 2, 3]), of(&[3, 1, 2]));
        assert_ne!(of(&[1, 2]), of(&[1, 2, 2]));
        assert_ne!(of(&[1, 1]), of(&[2, 2]));
    }
}
