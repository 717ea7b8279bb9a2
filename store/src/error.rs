//! What can go wrong in storage, without the values that were stored.

use sea_orm::DbErr;
use thiserror::Error;

/// An error of storage. Its text is for logs, never for people, and holds no stored value.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database said no.
    #[error("database: {0}")]
    Database(#[from] DbErr),
    /// A save changed another number of rows than it must: somebody else was faster.
    #[error("expected to change {expected} rows of {table}, changed {actual}")]
    Rows {
        /// Table.
        table: &'static str,
        /// Expected.
        expected: u64,
        /// Found.
        actual: u64,
    },
    /// A row that cannot be turned back into a value of the domain.
    #[error("unreadable row in {table}: {what}")]
    Unreadable {
        /// Table.
        table: &'static str,
        /// Which part.
        what: String,
    },
}

/// Result of a query.
pub type Result<T, E = StoreError> = std::result::Result<T, E>; // derives of sea-orm name the error too

impl StoreError {
    /// Whether a unique index refused the row (a number, an address that is taken).
    pub fn is_taken(&self) -> bool {
        match self {
            Self::Database(e) => matches!(e.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_))),
            _ => false,
        }
    }

    /// Whether somebody else changed the row first.
    pub fn is_stale(&self) -> bool {
        matches!(self, Self::Rows { .. })
    }
}

/// A row that cannot be read.
pub(crate) fn unreadable(table: &'static str, what: impl ToString) -> StoreError {
    StoreError::Unreadable { table, what: what.to_string() }
}

/// Checks the number of changed rows.
pub(crate) fn expect_rows(table: &'static str, expected: u64, actual: u64) -> Result<()> {
    if expected == actual { Ok(()) } else { Err(StoreError::Rows { table, expected, actual }) }
}
