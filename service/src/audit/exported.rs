//! A chain in an export (JSON lines, a JSON array or CSV), checked without a database and without
//! holding more than one entry in memory.

use super::Report;
use crate::problem::{Result, internal};
use chrono::{DateTime, SubsecRound as _, Utc};
use domain::audit::{Break, Entry, Verifier};
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use std::io::BufRead;

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
            for line in serde_json::Deserializer::from_reader(file).into_iter::<Line>() {
                check.take(line.map_err(|e| unreadable(e.line()))?);
            }
        }
        _ => {
            let mut csv = csv::Reader::from_reader(file);
            if !csv.headers().is_ok_and(|h| h.iter().any(|name| name == "hash")) {
                return Err(unreadable(1));
            }
            for (n, row) in csv.deserialize::<Line>().enumerate() {
                check.take(row.map_err(|_| unreadable(n + 2))?);
            }
        }
    }
    Ok(Report::of(&check.verifier, check.broken))
}

/// Without what stands there: an export holds whatever somebody put into the file.
fn unreadable(line: usize) -> crate::Problem {
    internal(format!("line {line}: not an export of the audit chain"))
}

#[derive(Default)]
struct Check {
    verifier: Verifier,
    broken: Option<Break>,
}

impl Check {
    /// After the first break the rest is only read.
    fn take(&mut self, row: Line) {
        if self.broken.is_none() {
            self.broken = self.verifier.next(&row.into()).err();
        }
    }
}

impl<'de> Visitor<'de> for &mut Check {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("entries of the audit chain")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(row) = entries.next_element::<Line>()? {
            self.take(row);
        }
        Ok(())
    }
}
