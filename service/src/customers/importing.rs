//! What all imports share: who reads a file in, what came of it, and rows that meet each other.

use domain::permission::ContractManager;
use domain::{Mistake, Mistakes, UserId};
use std::collections::HashMap;
use std::fmt;

/// Who reads a file in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Importer {
    /// In the browser.
    Manager(ContractManager),
    /// On the command line.
    Command,
}

impl Importer {
    /// The person, where there is one.
    pub fn user(&self) -> Option<UserId> {
        match self {
            Self::Manager(m) => Some(m.user),
            Self::Command => None,
        }
    }
}

/// As the audit chain names them.
impl fmt::Display for Importer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Manager(m) => write!(f, "user:{}", m.user),
            Self::Command => f.write_str("command"),
        }
    }
}

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows that were new.
    pub created: usize,
    /// Rows that changed something.
    pub updated: usize,
    /// Rows that said what was known.
    pub unchanged: usize,
    /// Rows that were wrong, by line.
    pub bad: Vec<BadRow>,
    /// Nothing was imported because of them.
    pub refused: bool,
}

impl Report {
    /// Nothing was imported.
    pub fn refusal(mut bad: Vec<BadRow>) -> Self {
        bad.sort_by_key(|row| row.line);
        Self { bad, refused: true, ..Self::default() }
    }
}

/// A row that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Line of the file, from 1.
    pub line: u64,
    /// What is wrong, by column; no column for the row as a whole.
    pub mistakes: Mistakes,
}

impl BadRow {
    /// A row with one mistake.
    pub fn new(line: u64, mistake: Mistake) -> Self {
        Self { line, mistakes: mistake.into() }
    }
}

/// A row that can be read, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Placed<T> {
    pub(super) line: u64,
    pub(super) row: T,
}

/// Moves rows out whose key stands in another row too: nobody can say which of them is meant. Each names the line of
/// the first other one.
pub(super) fn without_doubles<T>(
    rows: Vec<Placed<T>>,
    column: &str,
    key: impl Fn(&T) -> &str,
    bad: &mut Vec<BadRow>,
) -> Vec<Placed<T>> {
    let mut lines: HashMap<String, Vec<u64>> = HashMap::new();
    for placed in &rows {
        lines.entry(key(&placed.row).to_owned()).or_default().push(placed.line);
    }
    let mut single = Vec::with_capacity(rows.len());
    for placed in rows {
        let others = lines.get(key(&placed.row)).map_or(&[][..], Vec::as_slice);
        match others.iter().find(|line| **line != placed.line) {
            Some(other) => bad.push(BadRow::new(placed.line, Mistake::with(column, "line-twice", other))),
            None => single.push(placed),
        }
    }
    single
}
