//! The audit chain: each entry's hash covers its canonical text and the hash before it. The chain has no
//! update and no delete; persons and customers stand in it by id only, so that erasure keeps it provable.

mod check;
mod head;
mod stretch;

pub use check::{Break, Row, Verifier};
pub use head::{HeadSignature, TreeHead};
pub use stretch::{Joined, Stretch, TILE, TILE_SIZE};

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What happened, before it has a place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Stable dotted name, such as `contract.signed`.
    pub kind: String,
    /// Who did it: `user:<id>`, `client:<id>`, `job`, `command`.
    pub actor: String,
    /// What it was done to: `contract:<id>`, `customer:<id>`, `user:<id>` …
    pub subject: String,
    /// Facts without personal data: states, hashes, counts, ids.
    pub facts: BTreeMap<String, String>,
}

impl Event {
    /// An event without facts.
    pub fn new(kind: &str, actor: impl ToString, subject: impl ToString) -> Self {
        Self {
            kind: kind.into(),
            actor: actor.to_string(),
            subject: subject.to_string(),
            facts: BTreeMap::new(),
        }
    }

    /// Adds a fact.
    #[must_use]
    pub fn fact(mut self, name: &str, value: impl ToString) -> Self {
        self.facts.insert(name.into(), value.to_string());
        self
    }
}

/// An entry of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Place, from 1, without gaps.
    pub seq: i64,
    /// When, in microseconds.
    pub at: DateTime<Utc>,
    /// The canonical text.
    pub body: String,
    /// Hash of the entry before; [`GENESIS`] for the first.
    pub prev: String,
    /// Hash of this entry, hex.
    pub hash: String,
}

/// What the first entry points at.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

#[derive(Serialize)]
struct Body<'a> {
    seq: i64,
    at: String,
    kind: &'a str,
    actor: &'a str,
    subject: &'a str,
    facts: &'a BTreeMap<String, String>,
}

/// Gives an event its place after (`last_seq`, `last_hash`).
///
/// # Errors
/// None in practice; serde's signature asks for it.
pub fn append(
    last: Option<(i64, &str)>,
    event: &Event,
    at: DateTime<Utc>,
) -> Result<Entry, serde_json::Error> {
    let (seq, prev) = last.map_or((1, GENESIS), |(seq, hash)| (seq + 1, hash));
    let body = serde_json::to_string(&Body {
        seq,
        at: at.to_rfc3339_opts(SecondsFormat::Micros, true),
        kind: &event.kind,
        actor: &event.actor,
        subject: &event.subject,
        facts: &event.facts,
    })?;
    let hash = link(prev, &body);
    Ok(Entry { seq, at, body, prev: prev.into(), hash })
}

/// The hash of an entry in hex: SHA-256 over the previous hash, a line break, and the canonical text.
pub fn link(prev: &str, body: &str) -> String {
    check::digest(prev.as_bytes(), body.as_bytes()).to_string()
}

/// SHA-256 of bytes, hex.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half & 15)]);
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.extend([digit(byte >> 4), digit(*byte)]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn chain(n: i64) -> Vec<Entry> {
        let at = Utc.with_ymd_and_hms(2026, 11, 23, 8, 0, 0).unwrap();
        let mut all: Vec<Entry> = Vec::new();
        for i in 0..n {
            let last = all.last().map(|e| (e.seq, e.hash.clone()));
            let event = Event::new("contract.signed", "user:1", format!("contract:{i}")).fact("n", i);
            all.push(append(last.as_ref().map(|(s, h)| (*s, h.as_str())), &event, at).unwrap());
        }
        all
    }

    fn verify(chain: &[Entry]) -> Result<i64, Break> {
        let mut v = Verifier::default();
        chain.iter().try_for_each(|e| v.next(e))?;
        Ok(v.head().0)
    }

    #[test]
    fn a_chain_is_good_until_somebody_touches_it() {
        assert_eq!(verify(&chain(5)), Ok(5));

        let mut changed = chain(5);
        changed[2].body = changed[2].body.replace("contract:2", "contract:9");
        assert_eq!(verify(&changed), Err(Break::Content(3)));

        let mut removed = chain(5);
        removed.remove(1);
        assert_eq!(verify(&removed), Err(Break::Sequence(2, 3)));

        let mut swapped = chain(5);
        swapped.swap(1, 2);
        assert_eq!(verify(&swapped), Err(Break::Sequence(2, 3)));

        let mut rehashed = chain(5);
        rehashed[2].body = rehashed[2].body.replace("contract:2", "contract:9");
        rehashed[2].hash = link(&rehashed[2].prev, &rehashed[2].body);
        assert_eq!(verify(&rehashed), Err(Break::Link(4)));
    }
}
