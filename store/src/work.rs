//! A unit of work: everything an action writes, its audit entries and its jobs commit together or not at all.

use crate::connection::micros;
use crate::error::Result;
use crate::{audit, counters};
use chrono::{DateTime, Utc};
use domain::audit::Event;
use sea_orm::DatabaseTransaction;

/// An open transaction with the audit entries that will be appended at its end.
#[derive(Debug)]
pub struct Work {
    txn: DatabaseTransaction,
    events: Vec<Event>,
    gate_changed: bool,
}

/// What a commit has changed that others want to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Committed {
    /// The new version of the gate's facts, when they changed.
    pub gate_version: Option<i64>,
}

impl Work {
    pub(crate) fn new(txn: DatabaseTransaction) -> Self {
        Self { txn, events: Vec::new(), gate_changed: false }
    }

    /// For queries within this work.
    pub fn db(&self) -> &DatabaseTransaction {
        &self.txn
    }

    /// Will append this to the audit chain.
    pub fn record(&mut self, event: Event) {
        self.events.push(event);
    }

    /// Says that the gate's facts change with this work.
    pub fn gate_changed(&mut self) {
        self.gate_changed = true;
    }

    /// Appends the audit entries and commits. The chain is locked only here, at the very end, so that
    /// concurrent works wait for each other as shortly as can be.
    ///
    /// # Errors
    /// When anything fails; then nothing has happened.
    pub async fn commit(self, now: DateTime<Utc>) -> Result<Committed> {
        let Self { txn, events, gate_changed } = self;
        audit::append(&txn, &events, micros(now)).await?;
        let gate_version = match gate_changed {
            true => Some(counters::next(&txn, counters::GATE).await?),
            false => None,
        };
        txn.commit().await?;
        Ok(Committed { gate_version })
    }

    /// Gives up: nothing has happened.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn rollback(self) -> Result<()> {
        Ok(self.txn.rollback().await?)
    }
}
