//! Opening a database: SQLite (embedded, the default) or PostgreSQL.

use crate::error::Result;
use crate::work::Work;
use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction,
    DbBackend, IsolationLevel, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use std::time::Duration;

/// What queries run on: the pool or an open transaction.
pub trait Connection: ConnectionTrait {}
impl<C: ConnectionTrait> Connection for C {}

/// An open database.
#[derive(Clone, Debug)]
pub struct Store {
    db: DatabaseConnection,
}

impl Store {
    /// Opens `sqlite://…?mode=rwc` or `postgres://…`.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn open(url: &str) -> Result<Self> {
        let mut options = ConnectOptions::new(url);
        options.sqlx_logging(false).connect_timeout(Duration::from_secs(10));
        if url.starts_with("sqlite") {
            // Readers do not wait for the writer (WAL); a writer waits its turn instead of failing.
            options.max_connections(4).min_connections(1).map_sqlx_sqlite_opts(|o| {
                o.busy_timeout(Duration::from_secs(10))
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full)
                    .foreign_keys(true)
            });
        } else {
            options.max_connections(16).min_connections(1);
        }
        Ok(Self { db: Database::connect(options).await? })
    }

    /// For queries outside of a transaction.
    pub fn read(&self) -> &DatabaseConnection {
        &self.db
    }

    /// Begins a unit of work. On SQLite it takes the write lock at once: an upgrade later would fail, not wait.
    ///
    /// # Errors
    /// When the database cannot be reached or its write lock is not to be had in time.
    pub async fn begin(&self) -> Result<Work> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(Work::new(self.db.begin_with_options(options).await?))
    }

    /// Begins to read: all queries on it see the database as it was at the first of them.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn snapshot(&self) -> Result<Snapshot> {
        let mut options = TransactionOptions::default();
        if self.db.get_database_backend() == DbBackend::Sqlite {
            // A read in WAL mode is a snapshot by itself.
            options.sqlite_transaction_mode = Some(SqliteTransactionMode::Deferred);
        } else {
            options.isolation_level = Some(IsolationLevel::RepeatableRead);
            options.access_mode = Some(AccessMode::ReadOnly);
        }
        Ok(Snapshot(self.db.begin_with_options(options).await?))
    }

    /// Runs a statement as it is: for tests (making databases, breaking rows) and maintenance.
    ///
    /// # Errors
    /// When the database says no.
    pub async fn execute(&self, sql: &str) -> Result<u64> {
        Ok(self.db.execute_unprepared(sql).await?.rows_affected())
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.db.ping().await?)
    }

    /// Closes all connections.
    ///
    /// # Errors
    /// When the database does not let go.
    pub async fn close(self) -> Result<()> {
        Ok(self.db.close().await?)
    }
}

/// The database at one moment, for reading.
#[derive(Debug)]
pub struct Snapshot(DatabaseTransaction);

impl Snapshot {
    /// For queries.
    pub fn db(&self) -> &DatabaseTransaction {
        &self.0
    }

    /// Lets go of it. (Dropping does so too, a little later.)
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn end(self) -> Result<()> {
        Ok(self.0.rollback().await?)
    }
}

/// Microseconds: what both databases keep. A finer time would differ after a round trip and break hashes.
pub fn micros(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(6)
}
