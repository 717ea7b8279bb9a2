//! The gate at work: the facts in memory, the questions, the records.

pub mod ask;

pub mod words;

pub mod record;

mod line;

pub mod unfold;

pub mod clients;

pub mod search;

pub mod decisions;

pub mod watch;

use crate::problem::Result;
use chrono::{DateTime, Utc};
use clients::{Buckets, Clients};
use domain::gate::{Facts, ToolFact};
use record::Records;
use search::Index;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use store::signing_keys::SigningKey;
use store::{Store, gate_facts};

/// The gate of this process.
#[derive(Debug)]
pub struct Gate {
    memory: RwLock<Arc<Memory>>,
    tools: HashMap<String, ToolFact>,
    /// Answers on their way to the database.
    pub records: Records,
    buckets: Buckets,
    reading: tokio::sync::Mutex<()>,
}

/// Everything that is answered from without asking the database, read together.
#[derive(Debug, Default)]
pub struct Memory {
    /// What is decided from.
    pub facts: Arc<Facts>,
    /// Who may ask over HTTP.
    pub clients: Clients,
    /// Keys that sign, or of which something still counts.
    pub signing: Vec<SigningKey>,
    /// What the technician's search field looks through.
    pub index: Index,
    read: bool,
}

impl Gate {
    /// A gate without facts: it denies until [`Self::reload`] has been called.
    pub fn closed(tools: HashMap<String, ToolFact>) -> Self {
        Self {
            memory: RwLock::default(),
            tools,
            records: Records::default(),
            buckets: Buckets::default(),
            reading: tokio::sync::Mutex::default(),
        }
    }

    /// Everything as it is now.
    pub fn memory(&self) -> Arc<Memory> {
        self.memory.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The facts as they are now.
    pub fn facts(&self) -> Arc<Facts> {
        self.memory.read().unwrap_or_else(PoisonError::into_inner).facts.clone()
    }

    /// Reads everything anew.
    ///
    /// # Errors
    /// When it cannot be read; the old facts stay and go stale.
    pub async fn reload(&self, store: &Store, now: DateTime<Utc>) -> Result<()> {
        let _one_at_a_time = self.reading.lock().await;
        self.read(store, now).await
    }

    /// Checks that the facts are still the stored ones, and reads them anew when they are not.
    ///
    /// # Errors
    /// When the database cannot be reached; then the facts go stale within two seconds and the gate denies.
    pub async fn check(&self, store: &Store, now: DateTime<Utc>) -> Result<()> {
        if self.confirm(gate_facts::version(store.read()).await?, now) {
            return Ok(());
        }
        let _one_at_a_time = self.reading.lock().await;
        // Whoever made the change has read everything anew in the meantime.
        if self.confirm(gate_facts::version(store.read()).await?, now) {
            return Ok(());
        }
        self.read(store, now).await
    }

    /// Writes the answers that wait.
    ///
    /// # Errors
    /// When the database cannot be reached; they wait on.
    pub async fn flush(&self, store: &Store, now: DateTime<Utc>) -> Result<()> {
        self.records.flush(store, now).await
    }

    fn confirm(&self, version: i64, now: DateTime<Utc>) -> bool {
        let memory = self.memory();
        let current = memory.read && memory.facts.version == version;
        if current {
            memory.facts.confirm(now);
        }
        current
    }

    async fn read(&self, store: &Store, now: DateTime<Utc>) -> Result<()> {
        // At one moment: half of a change (a contract moved, its doubt not yet) would be facts that never were.
        let snapshot = store.snapshot().await?;
        let facts = gate_facts::load(snapshot.db(), self.tools.clone(), now).await?;
        let clients = Clients::load(snapshot.db(), &self.buckets).await?;
        let signing = store::signing_keys::all(snapshot.db()).await?;
        let index = Index::new(&facts, store::customers::search_texts(snapshot.db()).await?);
        snapshot.end().await?;
        let memory = Memory { facts: Arc::new(facts), clients, signing, index, read: true };
        let mut current = self.memory.write().unwrap_or_else(PoisonError::into_inner);
        if !current.read || memory.facts.version >= current.facts.version {
            *current = Arc::new(memory);
        }
        Ok(())
    }
}
