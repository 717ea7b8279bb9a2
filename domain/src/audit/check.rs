//! The check of a chain, entry by entry, in order.

use super::{Entry, GENESIS};
use crate::merkle::Hash;
use chrono::SecondsFormat;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fmt::Write as _;

/// Where and how a chain, or what vouches for it, is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Break {
    /// An entry is missing, doubled or moved: expected, found.
    Sequence(i64, i64),
    /// An entry does not point at the one before it.
    Link(i64),
    /// An entry's text is not what was hashed.
    Content(i64),
    /// The columns beside the text differ from the text.
    Columns(i64),
    /// The end is missing: so many entries are there, so many a head vouches for.
    Truncated(i64, i64),
    /// The chain was made anew: a head vouches for other entries. Up to the first number all heads agree, the head
    /// vouches for the entries up to the second.
    Rewritten(i64, i64),
    /// The stored tree differs from the entries: the last entry below the node.
    Tree(i64),
    /// A head is missing, doubled or out of order: its number.
    Head(i64),
    /// The signature of a head is wrong, or by a key that is not ours: its number.
    Signature(i64),
    /// A head has no signature where it must have one: its number.
    Unsigned(i64),
}

/// An entry as it lies in a table or a file, nothing copied.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Place.
    pub seq: i64,
    /// When, as the text says it: `2026-11-23T08:00:00.000000Z`.
    pub at: &'a [u8],
    /// The columns `kind` and `subject`, where there are any.
    pub columns: Option<(&'a [u8], &'a [u8])>,
    /// The canonical text.
    pub body: &'a [u8],
    /// Hash of the entry before.
    pub prev: &'a [u8],
    /// Hash of this entry.
    pub hash: &'a [u8],
}

/// The hash of an entry: SHA-256 over the previous hash, a line break, and the canonical text.
pub(super) fn digest(prev: &[u8], body: &[u8]) -> Hash {
    let mut h = Sha256::new();
    h.update(prev);
    h.update(b"\n");
    h.update(body);
    Hash(h.finalize().into())
}

/// Checks a chain entry by entry, in order.
#[derive(Clone, Debug)]
pub struct Verifier {
    seq: i64,
    /// Hash of the last entry; `None` until the first row of a stretch has claimed one.
    hash: Option<Hash>,
    start: String,
}

impl Default for Verifier {
    fn default() -> Self {
        Self { seq: 0, hash: Hash::parse(GENESIS.as_bytes()), start: String::new() }
    }
}

impl Verifier {
    /// Begins in the middle: what the first row says about the entry before it is to be held against that entry.
    pub(super) fn in_the_middle(seq: i64) -> Self {
        Self { seq, hash: None, start: String::new() }
    }

    /// Takes the next entry.
    ///
    /// # Errors
    /// The [`Break`] found at it.
    pub fn next(&mut self, e: &Entry) -> Result<(), Break> {
        let at = e.at.to_rfc3339_opts(SecondsFormat::Micros, true);
        let (body, prev, hash) = (e.body.as_bytes(), e.prev.as_bytes(), e.hash.as_bytes());
        self.row(&Row { seq: e.seq, at: at.as_bytes(), columns: None, body, prev, hash }).map(drop)
    }

    /// Takes the next row, and gives its hash.
    ///
    /// # Errors
    /// The [`Break`] found at it.
    pub fn row(&mut self, row: &Row<'_>) -> Result<Hash, Break> {
        if row.seq != self.seq + 1 {
            return Err(Break::Sequence(self.seq + 1, row.seq));
        }
        let prev = Hash::parse(row.prev).ok_or(Break::Link(row.seq))?;
        if self.hash.is_some_and(|before| before != prev) {
            return Err(Break::Link(row.seq));
        }
        let hash = digest(row.prev, row.body);
        if Hash::parse(row.hash) != Some(hash) {
            return Err(Break::Content(row.seq));
        }
        if !self.columns_agree(row) {
            return Err(Break::Columns(row.seq));
        }
        self.seq = row.seq;
        self.hash = Some(hash);
        Ok(hash)
    }

    /// How many entries were good, and the hash of the last one.
    pub fn head(&self) -> (i64, Hash) {
        (self.seq, self.hash.unwrap_or(Hash([0; 32])))
    }

    fn columns_agree(&mut self, row: &Row<'_>) -> bool {
        self.start.clear();
        let _ = write!(self.start, "{{\"seq\":{},\"at\":\"", row.seq); // writing to a text does not fail
        let rest = row.body.strip_prefix(self.start.as_bytes()).and_then(|r| r.strip_prefix(row.at));
        let Some(rest) = rest.and_then(|r| r.strip_prefix(b"\",")) else { return false };
        let Some((kind, subject)) = row.columns else { return true };
        plainly(rest, kind, subject) || fully(row.body, kind, subject)
    }
}

/// Whether kind and subject stand in the text as they are, which they do as long as nothing in them is escaped.
fn plainly(rest: &[u8], kind: &[u8], subject: &[u8]) -> bool {
    let after_kind = rest.strip_prefix(b"\"kind\":\"").and_then(|r| r.strip_prefix(kind));
    let actor = after_kind.and_then(|r| r.strip_prefix(b"\",\"actor\":\""));
    let after_actor = actor.and_then(|r| {
        let end = r.iter().position(|c| matches!(c, b'"' | b'\\'))?;
        r[end..].strip_prefix(b"\",\"subject\":\"")
    });
    let after_subject = after_actor.and_then(|r| r.strip_prefix(subject));
    after_subject.is_some_and(|r| r.starts_with(b"\",\"facts\":{"))
}

/// The same for a text with escapes.
fn fully(body: &[u8], kind: &[u8], subject: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Body<'a> {
        #[serde(borrow)]
        kind: Cow<'a, str>,
        #[serde(borrow)]
        subject: Cow<'a, str>,
    }
    serde_json::from_slice::<Body<'_>>(body)
        .is_ok_and(|b| b.kind.as_bytes() == kind && b.subject.as_bytes() == subject)
}
