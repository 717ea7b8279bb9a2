//! Records of answers: queued in memory, appended in batches, so that no question waits for the database.

use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::gate::{Outcome, Reason, Reasons};
use domain::{Action, ClientKeyId, ContractId, CustomerId, DecisionId, UserId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::{Store, decisions};
use tokio::sync::Notify;

/// Answers that are written at once when so many wait.
const BATCH: usize = 500;
/// Answers written in one transaction: the database is not held longer than it has to be.
const CHUNK: usize = 5_000;
/// Answers kept while the database is away; a question on top permits nothing any more, and is counted as lost. What
/// was answered is never thrown away.
const MOST: usize = 200_000;

/// Who asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskedBy {
    /// A person on the page.
    User(UserId),
    /// A program by its name.
    Client(Arc<str>),
}

/// An answer as it waits: little is copied while somebody waits for it.
#[derive(Clone, Debug)]
pub struct Record {
    pub(super) id: DecisionId,
    pub(super) at: DateTime<Utc>,
    pub(super) by: AskedBy,
    pub(super) subject_type: Box<str>,
    pub(super) subject: Box<str>,
    /// Or what was asked for instead of an action.
    pub(super) action: std::result::Result<Action, Box<str>>,
    pub(super) tool: Box<str>,
    pub(super) customer: Option<CustomerId>,
    pub(super) ticket: Box<str>,
    pub(super) channel: Box<str>,
    pub(super) outcome: Outcome,
    pub(super) reasons: Reasons,
    pub(super) contract: Option<ContractId>,
    pub(super) valid_until: Option<DateTime<Utc>>,
}

/// The queue.
#[derive(Debug, Default)]
pub struct Records {
    queue: Mutex<Queue>,
    many: Notify,
    writing: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Queue {
    waiting: Vec<Record>,
    /// How many are being written: they may come back.
    taken: usize,
    lost: u64,
    used: HashMap<ClientKeyId, DateTime<Utc>>,
}

impl Records {
    /// Queues an answer; `false` when it cannot be kept.
    pub fn push(&self, record: Record) -> bool {
        let mut queue = self.queue();
        if queue.waiting.len() + queue.taken >= MOST {
            queue.lost += 1;
            return false;
        }
        queue.waiting.push(record);
        let enough = queue.waiting.len() == BATCH;
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

    /// Waits until a batch is full.
    pub async fn full(&self) {
        self.many.notified().await;
    }

    /// Writes everything that waited when it was called, in order.
    ///
    /// # Errors
    /// When the database cannot be reached; what was not written waits on. It does so too when the future is dropped
    /// (a visitor went away while the page waited for it).
    pub async fn flush(&self, store: &Store, now: DateTime<Utc>) -> Result<()> {
        let _one_at_a_time = self.writing.lock().await;
        let mut taken = self.take();
        while !taken.records.is_empty() {
            let rows: Vec<_> = taken.records.iter().take(CHUNK).map(row).collect();
            let work = store.begin().await?;
            decisions::insert_many(work.db(), &rows).await?;
            work.commit(now).await?;
            taken.records.drain(..rows.len());
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
        let records = std::mem::take(&mut queue.waiting);
        queue.taken = records.len();
        let used = std::mem::take(&mut queue.used);
        drop(queue);
        Taken { queue: self, records, used }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is being written. Whatever of it is left goes back to the front of the queue, however the writing ends.
/// What was committed without our hearing of it is written twice and stored once.
struct Taken<'q> {
    queue: &'q Records,
    records: Vec<Record>,
    used: HashMap<ClientKeyId, DateTime<Utc>>,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let mut queue = self.queue.queue();
        self.records.append(&mut queue.waiting);
        queue.waiting = std::mem::take(&mut self.records);
        queue.taken = 0;
        for (key, at) in self.used.drain() {
            queue.used.entry(key).or_insert(at);
        }
    }
}

fn row(r: &Record) -> decisions::Decision {
    decisions::Decision {
        id: r.id,
        at: r.at,
        asked_by: match &r.by {
            AskedBy::User(user) => format!("user:{user}"),
            AskedBy::Client(name) => format!("client:{name}"),
        },
        subject_type: r.subject_type.to_string(),
        subject: r.subject.to_string(),
        action: match &r.action {
            Ok(action) => action.name().to_string(),
            Err(other) => other.to_string(),
        },
        tool: r.tool.to_string(),
        customer: r.customer,
        ticket: r.ticket.to_string(),
        channel: r.channel.to_string(),
        outcome: r.outcome.name().to_string(),
        reasons: r.reasons.iter().map(Reason::code).map(Into::into).collect(),
        contract: r.contract,
        valid_until: r.valid_until,
    }
}

impl Portal {
    /// Writes the answers of the gate that wait: before they are read, and before the process ends.
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
    use uuid::Uuid;

    fn now() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap()
    }

    fn record(n: u128) -> Record {
        Record {
            id: DecisionId(Uuid::from_u128(n)),
            at: now(),
            by: AskedBy::Client("agent".into()),
            subject_type: "technician".into(),
            subject: "tina@provider.example".into(),
            action: Ok(Action::Advise),
            tool: "".into(),
            customer: None,
            ticket: "".into(),
            channel: "".into(),
            outcome: Outcome::Permitted,
            reasons: Reasons::default(),
            contract: None,
            valid_until: None,
        }
    }

    #[test]
    fn what_was_answered_is_kept_and_what_comes_on_top_is_refused() {
        let records = Records::default();
        for n in 0..MOST as u128 {
            assert!(records.push(record(n)));
        }
        assert!(!records.push(record(0)), "full");
        let taken = records.take();
        assert!(!records.push(record(0)), "what is being written may come back");
        drop(taken);
        assert_eq!(records.queue().waiting.len(), MOST, "nothing was thrown away");
        assert!(!records.push(record(0)));
        assert_eq!(records.queue().lost, 2);
    }

    #[test]
    fn what_comes_back_stands_before_what_came_meanwhile() {
        let records = Records::default();
        let key = ClientKeyId(Uuid::from_u128(9));
        records.push(record(1));
        records.used(key, now());
        let taken = records.take();
        records.push(record(2));
        records.used(key, now() + chrono::Duration::seconds(1));
        drop(taken);
        let queue = records.queue();
        let order: Vec<_> = queue.waiting.iter().map(|r| r.id.0.as_u128()).collect();
        assert_eq!(order, [1, 2]);
        assert_eq!(queue.used[&key], now() + chrono::Duration::seconds(1), "the later visit counts");
    }
}
