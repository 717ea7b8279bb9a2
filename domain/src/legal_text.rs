//! Contract texts: sections and clauses with stable ids, read from `content/legal/<family>/<version>/<lang>`,
//! one source for the page and the PDF.
//!
//! ```text
//! # Title of the section
//! ! section-id
//!
//! [section-id.clause if=option covers=A1,B15]
//! A paragraph with {values}.
//!
//! - a list item
//! ```

use crate::template::{self, TemplateError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use thiserror::Error;

/// Which kind of contract text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextFamily {
    /// The provider's own text.
    #[default]
    Av,
    /// A short frame around the official standard clauses of Decision (EU) 2021/915, whose wording is loaded.
    Scc,
}

impl TextFamily {
    /// Both, the own text first.
    pub const ALL: [Self; 2] = [Self::Av, Self::Scc];

    /// Stable name; also the folder below `content/legal`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Av => "av",
            Self::Scc => "scc",
        }
    }

    /// Reads [`Self::name`].
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.name() == s)
    }
}

/// Order of versions: by the numbers in their names (`2026-2` before `2026-10`), then by the rest of the name.
pub fn age(version: &str) -> (Vec<u64>, String) {
    let numbers = version.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok());
    (numbers.collect(), version.into())
}

/// A section as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionSource {
    /// Stable id.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Clauses in their order.
    pub clauses: Vec<ClauseSource>,
}

/// A clause as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseSource {
    /// Stable id, `section.name`.
    pub id: String,
    /// Printed only with this option.
    pub only_if: Option<String>,
    /// Printed only without this option.
    pub unless: Option<String>,
    /// Items of the checklist that it answers.
    pub covers: Vec<String>,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// A paragraph or a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// Running text.
    Paragraph {
        /// The text.
        text: String,
    },
    /// List items.
    List {
        /// Each item's text.
        items: Vec<String>,
    },
}

/// A section as printed: numbered, options decided, values in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Number, from 1.
    pub number: usize,
    /// Stable id.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Clauses.
    pub clauses: Vec<Clause>,
}

/// A clause as printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// Number within the section, from 1.
    pub number: usize,
    /// Stable id.
    pub id: String,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LegalTextError {
    /// A line that is not understood.
    #[error("line {0}: {1}")]
    Line(usize, String),
    /// A placeholder without value, in a clause.
    #[error("clause {0}: {1}")]
    Value(String, TemplateError),
}

/// Reads one section.
///
/// # Errors
/// [`LegalTextError::Line`] with the line's number.
pub fn parse_section(source: &str) -> Result<SectionSource, LegalTextError> {
    let mut section = SectionSource { id: String::new(), title: String::new(), clauses: Vec::new() };
    let mut open = false;
    for (n, line) in source.lines().enumerate().map(|(i, l)| (i + 1, l.trim())) {
        let bad = |what: &str| LegalTextError::Line(n, what.into());
        if let Some(title) = line.strip_prefix("# ") {
            section.title = title.into();
        } else if let Some(id) = line.strip_prefix("! ") {
            section.id = id.into();
        } else if line.starts_with('[') {
            section.clauses.push(parse_head(line).ok_or_else(|| bad("clause head"))?);
            open = false;
        } else if line.is_empty() {
            open = false;
        } else {
            let clause = section.clauses.last_mut().ok_or_else(|| bad("text before the first clause"))?;
            add_line(clause, line, open);
            open = true;
        }
    }
    if section.id.is_empty() || section.title.is_empty() || section.clauses.is_empty() {
        return Err(LegalTextError::Line(1, "a section needs title, id and clauses".into()));
    }
    Ok(section)
}

fn parse_head(line: &str) -> Option<ClauseSource> {
    let inner = line.strip_prefix('[')?.strip_suffix(']')?;
    let mut words = inner.split_whitespace();
    let mut clause = ClauseSource {
        id: words.next()?.into(),
        only_if: None,
        unless: None,
        covers: Vec::new(),
        blocks: Vec::new(),
    };
    for word in words {
        match word.split_once('=')? {
            ("if", option) => clause.only_if = Some(option.into()),
            ("unless", option) => clause.unless = Some(option.into()),
            ("covers", items) => clause.covers = items.split(',').map(Into::into).collect(),
            _ => return None,
        }
    }
    Some(clause)
}

fn add_line(clause: &mut ClauseSource, line: &str, open: bool) {
    if let Some(item) = line.strip_prefix("- ") {
        match clause.blocks.last_mut() {
            Some(Block::List { items }) => items.push(item.into()),
            _ => clause.blocks.push(Block::List { items: vec![item.into()] }),
        }
        return;
    }
    let target = match clause.blocks.last_mut() {
        Some(Block::Paragraph { text }) if open => Some(text),
        Some(Block::List { items }) if open => items.last_mut(),
        _ => None,
    };
    match target {
        Some(text) => {
            text.push(' ');
            text.push_str(line);
        }
        None => clause.blocks.push(Block::Paragraph { text: line.into() }),
    }
}

/// Decides the options, numbers, and puts the values in. `{ref:section-id}` becomes `reference` + number.
///
/// # Errors
/// [`LegalTextError::Value`] for a value that is not there, or a reference to a section that is not printed.
pub fn print(
    sections: &[SectionSource],
    options: &BTreeSet<String>,
    values: &template::Values,
    reference: &str,
) -> Result<Vec<Section>, LegalTextError> {
    let chosen = |c: &&ClauseSource| {
        c.only_if.as_ref().is_none_or(|o| options.contains(o))
            && c.unless.as_ref().is_none_or(|o| !options.contains(o))
    };
    let printed: Vec<_> = sections.iter().filter(|s| s.clauses.iter().any(|c| chosen(&c))).collect();
    let number_of = |id: &str| printed.iter().position(|s| s.id == id).map(|i| i + 1);
    let value_of = |name: &str| match name.strip_prefix("ref:") {
        Some(id) => number_of(id).map(|n| format!("{reference}\u{a0}{n}")),
        None => values.get(name).cloned(),
    };
    printed
        .iter()
        .enumerate()
        .map(|(i, s)| {
            let clauses = s.clauses.iter().filter(chosen).enumerate();
            let clauses =
                clauses.map(|(j, c)| print_clause(j + 1, c, &value_of)).collect::<Result<_, _>>()?;
            Ok(Section { number: i + 1, id: s.id.clone(), title: s.title.clone(), clauses })
        })
        .collect()
}

fn print_clause(
    number: usize,
    clause: &ClauseSource,
    value_of: &impl Fn(&str) -> Option<String>,
) -> Result<Clause, LegalTextError> {
    let fill = |text: &String| {
        template::fill_with(text, value_of).map_err(|e| LegalTextError::Value(clause.id.clone(), e))
    };
    let blocks = clause.blocks.iter().map(|b| match b {
        Block::Paragraph { text } => Ok(Block::Paragraph { text: fill(text)? }),
        Block::List { items } => Ok(Block::List { items: items.iter().map(fill).collect::<Result<_, _>>()? }),
    });
    Ok(Clause { number, id: clause.id.clone(), blocks: blocks.collect::<Result<_, _>>()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "# Parties\n! parties\n\n[parties.customer covers=A1,A2]\nThe customer is\n{name}.\n\nSee {ref:parties}.\n\n[parties.chain if=processor]\n- one\n  more\n- two\n";

    #[test]
    fn a_section_is_read_and_printed() {
        let section = parse_section(SOURCE).unwrap();
        assert_eq!(section.clauses[0].covers, ["A1", "A2"]);
        let values = template::Values::from([("name".into(), "#[x] {y}".into())]);
        let printed = print(std::slice::from_ref(&section), &BTreeSet::new(), &values, "§").unwrap();
        assert_eq!(printed[0].clauses.len(), 1);
        assert_eq!(
            printed[0].clauses[0].blocks,
            [
                Block::Paragraph { text: "The customer is #[x] {y}.".into() },
                Block::Paragraph { text: "See §\u{a0}1.".into() }
            ]
        );
        let with = print(&[section], &BTreeSet::from(["processor".into()]), &values, "§").unwrap();
        assert_eq!(with[0].clauses[1].blocks, [Block::List { items: vec!["one more".into(), "two".into()] }]);
    }

    #[test]
    fn a_missing_value_names_the_clause() {
        let section = parse_section(SOURCE).unwrap();
        let error = print(&[section], &BTreeSet::new(), &template::Values::new(), "§").unwrap_err();
        assert_eq!(
            error,
            LegalTextError::Value("parties.customer".into(), TemplateError::Unknown("name".into()))
        );
    }
}
