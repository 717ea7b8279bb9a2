//! Records of answers: queued in memory, appended in blocks, so that no question waits for the database. A block is
//! one row however many answers it has; rows that can be listed are made of it later (`unfold.rs`).

use super::line::{FORMAT, Line};
use crate::fresh;
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::ClientKeyId;
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use store::Store;
use store::decision_blocks::{self, Block};
use tokio::sync::Notify;

pub use super::line::AskedBy;

/// The most answers in one block: it is unfolded in one transaction, and the database is not held longer than it has
/// to be.
const BLOCK: i64 = 500;
/// Answers that are written at once when so many wait: under a storm a commit costs more than what it commits.
const MANY: i64 = 4_000;
/// Bytes that a block begins with.
const ROOM: usize = 4096;
/// Answers kept while the database is away; a question on top permits nothing any more, and is counted as lost. What
/// was answered is never thrown away.
const MOST: i64 = 200_000;

/// The queue.
#[derive(Debug, Default)]
pub struct Records {
    queue: Mutex<Queue>,
    many: Notify,
    writing: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Queue {
    /// Full, or taken once: nothing is added to these. What was committed without our hearing of it must stay as it is.
    closed: VecDeque<Block>,
    open: Option<Block>,
    /// A block was filled since somebody asked.
    filled: bool,
    /// How many wait.
    waiting: i64,
    /// How many are being written: they may come back.
    taken: i64,
    lost: u64,
    used: HashMap<ClientKeyId, DateTime<Utc>>,
}

impl Records {
    /// Queues an answer; `false` when it cannot be kept.
    pub fn push(&self, line: &Line<'_>) -> bool {
        let mut queue = self.queue();
        if queue.waiting + queue.taken >= MOST {
            queue.lost += 1;
            return false;
        }
        queue.append(line);
        let enough = queue.waiting == MANY;
        drop(queue);
        if enough {
            self.many.notify_one();
        }
        true
    }

    /// Queues the note that a key was used.
    pub fn used(&self, key: ClientKeyId, now: DateTime<Utc>) {
        self.queue().used.insert(key, now);
    }

    /// Waits until many answers wait.
    pub async fn full(&self) {
        self.many.notified().await;
    }

    /// Whether a block was filled since this was asked last: then questions come faster than they are filed.
    pub fn was_stormy(&self) -> bool {
        std::mem::take(&mut self.queue().filled)
    }

    /// Writes everything that waited when it was called, in order.
    ///
    /// # Errors
    /// When the database cannot be reached; what was not written waits on. It does so too when the future is dropped
    /// (a visitor went away while the page waited for it).
    pub async fn flush(&self, store: &Store, now: DateTime<Utc>) -> Result<()> {
        let _one_at_a_time = self.writing.lock().await;
        let mut taken = self.take();
        while !taken.blocks.is_empty() {
            let work = store.begin().await?;
            let together = taken.blocks.len().min(20);
            for block in taken.blocks.iter().take(together) {
                decision_blocks::append(work.db(), block).await?;
            }
            work.commit(now).await?;
            taken.blocks.drain(..together);
        }
        while let Some((key, at)) = taken.used.iter().next().map(|(key, at)| (*key, *at)) {
            store::client_keys::used(store.read(), key, at).await?;
            taken.used.remove(&key);
        }
        Ok(())
    }

    fn take(&self) -> Taken<'_> {
        let mut queue = self.queue();
        if queue.lost > 0 {
            tracing::error!(lost = queue.lost, "answers of the gate were not recorded");
            queue.lost = 0;
        }
        let mut blocks = std::mem::take(&mut queue.closed);
        blocks.extend(queue.open.take());
        queue.taken = std::mem::take(&mut queue.waiting);
        let used = std::mem::take(&mut queue.used);
        drop(queue);
        Taken { queue: self, blocks, used }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    fn append(&mut self, line: &Line<'_>) {
        let block = self.open.get_or_insert_with(|| Block {
            id: fresh::id(line.at),
            at: line.at,
            format: FORMAT,
            answers: 0,
            body: Vec::with_capacity(ROOM),
        });
        line.write(&mut block.body);
        block.answers += 1;
        if block.answers == BLOCK {
            self.closed.extend(self.open.take());
            self.filled = true;
        }
        self.waiting += 1;
    }
}

/// What is being written. Whatever of it is left goes back to the front of the queue, however the writing ends.
/// What was committed without our hearing of it is written twice and stored once.
struct Taken<'q> {
    queue: &'q Records,
    blocks: VecDeque<Block>,
    used: HashMap<ClientKeyId, DateTime<Utc>>,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let mut queue = self.queue.queue();
        self.blocks.append(&mut queue.closed);
        queue.closed = std::mem::take(&mut self.blocks);
        queue.waiting = queue.closed.iter().chain(&queue.open).map(|b| b.answers).sum();
        queue.taken = 0;
        for (key, at) in self.used.drain() {
            queue.used.entry(key).or_insert(at);
        }
    }
}

impl Portal {
    /// Writes the answers of the gate that wait: before the process ends.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn write_records(&self, now: DateTime<Utc>) -> Result<()> {
        self.gate.flush(&self.store, now).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone as _;
    use domain::DecisionId;
    use domain::gate::{Outcome, Reasons};
    use uuid::Uuid;

    fn now() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap()
    }

    fn push(records: &Records, n: u128) -> bool {
        records.push(&Line {
            id: DecisionId(Uuid::from_u128(n)),
            at: now(),
            by: &AskedBy::Client("agent".into()),
            subject_type: "technician".into(),
            subject: "tina@provider.example".into(),
            action: "advise".into(),
            tool: "".into(),
            customer: None,
            ticket: "".into(),
            channel: "".into(),
            outcome: Outcome::Permitted,
            reasons: Reasons::default(),
            contract: None,
            valid_until: None,
        })
    }

    #[test]
    fn what_was_answered_is_kept_and_what_comes_on_top_is_refused() {
        let records = Records::default();
        for n in 0..MOST {
            assert!(push(&records, n.unsigned_abs().into()));
        }
        assert!(!push(&records, 0), "full");
        let taken = records.take();
        assert!(!push(&records, 0), "what is being written may come back");
        drop(taken);
        assert_eq!(records.queue().waiting, MOST, "nothing was thrown away");
        assert!(!push(&records, 0));
        assert_eq!(records.queue().lost, 2);
    }

    #[test]
    fn what_comes_back_stands_before_what_came_meanwhile() {
        let records = Records::default();
        let key = ClientKeyId(Uuid::from_u128(9));
        push(&records, 1);
        records.used(key, now());
        let taken = records.take();
        push(&records, 2);
        records.used(key, now() + chrono::Duration::seconds(1));
        drop(taken);
        let queue = records.queue();
        let read = |b: &Block| super::super::line::read(&b.body, b.format).expect("readable");
        let order: Vec<_> =
            queue.closed.iter().chain(&queue.open).flat_map(read).map(|d| d.id.0.as_u128()).collect();
        assert_eq!(order, [1, 2]);
        assert_eq!(queue.waiting, 2);
        assert_eq!(queue.used[&key], now() + chrono::Duration::seconds(1), "the later visit counts");
    }
}
