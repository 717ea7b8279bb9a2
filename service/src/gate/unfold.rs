//! Rows out of blocks: what was appended in one piece becomes answers that can be listed, searched and exported. It is
//! done when there is time for it; nobody's answer waits for it.

use super::line;
use crate::portal::Portal;
use crate::problem::{Result, internal};
use chrono::{DateTime, Utc};
use store::{Store, decision_blocks, decisions};

/// Blocks unfolded for a page that wants to show the newest answers: some thousand answers, a tenth of a second.
const FOR_A_PAGE: usize = 16;

/// Makes rows of at most `most` blocks, the oldest first, and tells how many answers these were.
///
/// # Errors
/// When the database cannot be reached, or a block cannot be read: it stays where it is, and so does everything
/// after it.
pub async fn unfold(store: &Store, most: usize, now: DateTime<Utc>) -> Result<usize> {
    let mut answers = 0;
    for _ in 0..most {
        let Some(block) = decision_blocks::oldest(store.read()).await? else { break };
        let rows = line::read(&block.body, block.format).map_err(internal)?;
        let work = store.begin().await?;
        // Another instance may be at the same block: rows and removal are one step, so each answer is there once.
        if decision_blocks::remove(work.db(), block.id).await? {
            decisions::insert_many(work.db(), &rows).await?;
            answers += rows.len();
            work.commit(now).await?;
        }
    }
    Ok(answers)
}

impl Portal {
    /// Writes the answers of the gate that wait and makes rows of them, so that a list shows what was just answered.
    /// After a storm of questions the newest ones may come later: a page does not wait for a million of them.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn file_records(&self, now: DateTime<Utc>) -> Result<()> {
        self.write_records(now).await?;
        unfold(&self.store, FOR_A_PAGE, now).await.map(drop)
    }

    /// Makes rows of all answers: before they are exported or counted.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn file_all_records(&self, now: DateTime<Utc>) -> Result<()> {
        self.write_records(now).await?;
        while unfold(&self.store, FOR_A_PAGE, now).await? > 0 {}
        Ok(())
    }
}
