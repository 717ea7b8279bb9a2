//! Records of answers: queued in memory, appended in batches, so that no question waits for the database.

use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::gate::{Outcome, Reason, Reasons};
use domain::{Action, ClientId, ContractId, CustomerId, DecisionId, UserId};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::{Store, decisions};
use tokio::sync::Notify;

/// Answers that are written at once when so many wait.
const BATCH: usize = 500;
/// Answers written in one transaction: the database is not held longer than it has to be.
const CHUNK: usize = 5_000;
/// Answers kept while the database is away; what comes on top permits nothing any more, is counted and lost.
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
    lost: u64,
    used: Vec<(ClientId, DateTime<Utc>)>,
}

impl Records {
    /// Queues an answer; `false` when it cannot be kept.
    pub fn push(&self, record: Record) -> bool {
        let mut queue = self.queue();
        if queue.waiting.len() >= MOST {
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

    /// Queues the note that a client was there.
    pub fn used(&self, client: ClientId, now: DateTime<Utc>) {
        self.queue().used.push((client, now));
    }

    /// Waits until a batch is full.
    pub async fn full(&self) {
        self.many.notified().await;
    }

    /// Writes everything that waited when it was called, in order.
    ///
    /// # Errors
    /// When the database cannot be reached; what was not written waits on.
    pub async fn flush(&self, store: &Store, now: DateTime<Utc>) -> Result<()> {
        let _one_at_a_time = self.writing.lock().await;
        let (waiting, used) = {
            let mut queue = self.queue();
            if queue.lost > 0 {
                tracing::error!(lost = queue.lost, "answers of the gate were not recorded");
                queue.lost = 0;
            }
            (std::mem::take(&mut queue.waiting), std::mem::take(&mut queue.used))
        };
        let mut written = 0;
        let done = write(store, &waiting, used, now, &mut written).await;
        if done.is_err() {
            self.put_back(waiting, written);
        }
        done
    }

    fn put_back(&self, mut waiting: Vec<Record>, written: usize) {
        waiting.drain(..written);
        let mut queue = self.queue();
        waiting.append(&mut queue.waiting);
        if waiting.len() > MOST {
            queue.lost += (waiting.len() - MOST) as u64;
            waiting.truncate(MOST);
        }
        queue.waiting = waiting;
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn write(
    store: &Store,
    waiting: &[Record],
    used: Vec<(ClientId, DateTime<Utc>)>,
    now: DateTime<Utc>,
    written: &mut usize,
) -> Result<()> {
    for chunk in waiting.chunks(CHUNK) {
        let rows: Vec<_> = chunk.iter().map(row).collect();
        let work = store.begin().await?;
        decisions::insert_many(work.db(), &rows).await?;
        work.commit(now).await?;
        *written += chunk.len();
    }
    for (client, at) in used {
        store::clients::used(store.read(), client, at).await?;
    }
    Ok(())
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
