//! A chain in an export (JSON lines, a JSON array or CSV), checked without a database and without
//! holding more than one entry in memory. In JSON the heads stand among the entries.

use super::report::{Heads, Report};
use crate::problem::{Result, internal};
use chrono::{DateTime, SubsecRound as _, Utc};
use domain::audit::{Break, Entry, TreeHead, Verifier};
use domain::merkle::{self, Frontier, Hash};
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use std::io::BufRead;
use store::audit_heads::Head;

/// An entry as exported: one JSON object a line, or a row of CSV with these columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Place.
    #[serde(deserialize_with = "number")]
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// The canonical text.
    pub body: String,
    /// Hash of the entry before.
    pub prev: String,
    /// Hash of this entry.
    pub hash: String,
}

/// A head in an export in JSON: it stands behind the last entry that it vouches for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadLine {
    /// Number of the head.
    pub number: i64,
    /// So many entries.
    pub size: u64,
    /// Root over them (RFC 6962), hex.
    pub root: String,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// What was signed, byte by byte.
    pub text: String,
    /// Which key signed it.
    pub key_id: Option<String>,
    /// ECDSA P-256 with SHA-256, ASN.1 DER, base64; nothing when the head is not signed.
    pub signature: Option<String>,
}

impl From<Head> for HeadLine {
    fn from(h: Head) -> Self {
        let (key_id, signature) = h.signature.map(|s| (s.key_id, s.signature_base64)).unzip();
        let (size, root, at, text) = (h.head.size, h.head.root.to_string(), h.head.at, h.head.text());
        Self { number: h.number, size, root, at, text, key_id, signature }
    }
}

/// What stands in an export in JSON.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Item {
    /// An entry.
    Entry(Line),
    /// A head.
    Head {
        /// The head.
        head: HeadLine,
    },
}

/// Tables have only texts; a number is as good.
fn number<'de, D: Deserializer<'de>>(d: D) -> Result<i64, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(i64),
        Text(String),
    }
    match Either::deserialize(d)? {
        Either::Number(n) => Ok(n),
        Either::Text(text) => text.parse().map_err(serde::de::Error::custom),
    }
}

impl From<Entry> for Line {
    fn from(e: Entry) -> Self {
        Self { seq: e.seq, at: e.at, body: e.body, prev: e.prev, hash: e.hash }
    }
}

impl From<Line> for Entry {
    fn from(l: Line) -> Self {
        Self { seq: l.seq, at: l.at.trunc_subsecs(6), body: l.body, prev: l.prev, hash: l.hash }
    }
}

/// Checks an exported chain from its first entry on.
///
/// # Errors
/// When it cannot be read as an export of the audit chain.
pub fn verify_export(mut file: impl BufRead) -> Result<Report> {
    let first = file.fill_buf().map_err(internal)?.iter().find(|b| !b.is_ascii_whitespace()).copied();
    let mut check = Check::default();
    match first {
        Some(b'[') => {
            let mut json = serde_json::Deserializer::from_reader(file);
            let read = json.deserialize_seq(&mut check).and_then(|()| json.end());
            read.map_err(|e| unreadable(e.line()))?;
        }
        Some(b'{') => {
            for line in serde_json::Deserializer::from_reader(file).into_iter::<Item>() {
                check.take(line.map_err(|e| unreadable(e.line()))?);
            }
        }
        _ => {
            let mut csv = csv::Reader::from_reader(file);
            if !csv.headers().is_ok_and(|h| h.iter().any(|name| name == "hash")) {
                return Err(unreadable(1));
            }
            for (n, row) in csv.deserialize::<Line>().enumerate() {
                check.entry(row.map_err(|_| unreadable(n + 2))?);
            }
        }
    }
    Ok(Report::of(check.verifier.head(), check.broken, check.heads))
}

/// Without what stands there: an export holds whatever somebody put into the file.
fn unreadable(line: usize) -> crate::Problem {
    internal(format!("line {line}: not an export of the audit chain"))
}

#[derive(Default)]
struct Check {
    verifier: Verifier,
    tree: Frontier,
    heads: Heads,
    broken: Option<Break>,
}

impl Check {
    /// After the first break the rest is only read.
    fn take(&mut self, item: Item) {
        match item {
            Item::Entry(line) => self.entry(line),
            Item::Head { head } => self.head(&head),
        }
    }

    fn entry(&mut self, row: Line) {
        if self.broken.is_some() {
            return;
        }
        let entry = row.into();
        self.broken = self.verifier.next(&entry).err();
        if let Some(hash) = Hash::parse(entry.hash.as_bytes()) {
            self.tree.push(merkle::leaf(&hash.0));
        }
    }

    fn head(&mut self, h: &HeadLine) {
        if self.broken.is_some() {
            return;
        }
        let head = TreeHead { size: self.tree.size(), root: self.tree.root(), at: h.at };
        if head.text() != h.text || h.size != head.size || h.root != head.root.to_string() {
            let place = |size| i64::try_from(size).unwrap_or(i64::MAX);
            let vouched = self.heads.newest.as_ref().map_or(0, |newest| newest.size);
            self.broken = Some(Break::Rewritten(place(vouched), place(h.size)));
            return;
        }
        self.heads.count += 1;
        self.heads.signed += u64::from(h.signature.is_some());
        self.heads.newest = Some(head);
    }
}

impl<'de> Visitor<'de> for &mut Check {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("entries of the audit chain")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(row) = entries.next_element::<Item>()? {
            self.take(row);
        }
        Ok(())
    }
}
