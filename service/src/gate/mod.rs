//! The gate at work: the facts in memory, the questions, the records.

use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::gate::{Facts, ToolFact};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use store::{Store, gate_facts};

/// The gate of this process.
#[derive(Debug)]
pub struct Gate {
    facts: RwLock<Arc<Facts>>,
    tools: HashMap<String, ToolFact>,
}

impl Gate {
    /// A gate without facts: it denies until [`Self::reload`] has been called.
    pub fn closed(tools: HashMap<String, ToolFact>) -> Self {
        Self { facts: RwLock::new(Arc::new(Facts::default())), tools }
    }

    /// The facts as they are now.
    pub fn facts(&self) -> Arc<Facts> {
        self.facts.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads all facts anew.
    ///
    /// # Errors
    /// When they cannot be read; the old ones stay and go stale.
    pub async fn reload(&self, store: &Store, now: DateTime<Utc>) -> Result<()> {
        let facts = gate_facts::load(store.read(), self.tools.clone(), now).await?;
        let mut current = self.facts.write().unwrap_or_else(PoisonError::into_inner);
        // Two reloads at once: the one that read later versions stays.
        if facts.version >= current.version {
            *current = Arc::new(facts);
        }
        Ok(())
    }

    /// Checks that the facts are still the stored ones, and reads them anew when they are not.
    ///
    /// # Errors
    /// When the database cannot be reached; then the facts go stale within two seconds and the gate denies.
    pub async fn check(&self, store: &Store, now: DateTime<Utc>) -> Result<()> {
        let facts = self.facts();
        if gate_facts::version(store.read()).await? == facts.version {
            facts.confirm(now);
            return Ok(());
        }
        self.reload(store, now).await
    }
}
