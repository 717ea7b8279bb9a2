//! Registers: instructions of customers, breaches, audit requests. An entry has a number, a state that carries its
//! facts, and a lock; what happened to it stands in the audit chain.

pub mod audit_request;

pub mod breach;

pub mod instruction;

use crate::{CustomerId, DocumentId, EntryId, Mistake, UserId, text};
use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What the entries of one register have in common.
pub trait Register: Clone + Serialize + DeserializeOwned {
    /// Stable name of the register in the database and in the audit chain.
    const KIND: &'static str;
    /// Letters before its numbers.
    const PREFIX: &'static str;

    /// Stable name of the state.
    fn state(&self) -> &'static str;

    /// Whether somebody still has to do something.
    fn is_open(&self) -> bool;
}

/// An entry as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<S> {
    /// Identity.
    pub id: EntryId,
    /// Whose; nobody's alone for a breach.
    pub customer: Option<CustomerId>,
    /// Number shown to people, such as `WE-2026-00017`.
    pub number: String,
    /// Where it stands, with its facts.
    pub state: S,
    /// Rises with every change; a save names the one it started from.
    pub lock: i64,
    /// When it was entered.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// The number of the `n`th entry of a year.
pub fn number(prefix: &str, year: i32, n: i64) -> String {
    format!("{prefix}-{year}-{n:05}")
}

/// Who did something, and when. The name is the one of that time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Account.
    pub by: UserId,
    /// Full name.
    pub name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A stored file that belongs to an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    /// The bytes.
    pub document: DocumentId,
    /// File name for people.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256, hex.
    pub sha256: String,
}

/// Most characters of a longer text.
pub const TEXT_MAX: usize = 4000;

/// A text of several lines that must say something.
pub(crate) fn told(field: &str, value: &str) -> Result<String, Mistake> {
    let text = text::paragraph(field, value, TEXT_MAX)?;
    if text.is_empty() { Err(Mistake::new(field, "required")) } else { Ok(text) }
}
