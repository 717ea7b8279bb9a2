//! The shape of a text: clauses with good ids, values and options that the program knows, both languages alike.

use super::law::{ALTERNATIVES, BOXES, FORBIDDEN, LEFT_OVER};
use super::{Fault, Finding, Sheet, TextUnderTest, at, clause_in};
use crate::legal_text::{Block, ClauseSource};
use crate::template;
use crate::text::Lang;
use std::collections::BTreeSet;

pub(super) fn check(text: &TextUnderTest<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for lang in Lang::ALL {
        findings.extend(ids(text.sheets.get(lang)));
        findings.extend(values(text, lang));
        findings.extend(words(text, lang));
    }
    findings.extend(languages(text));
    findings.extend(alternatives(text));
    let missing = BOXES.iter().filter(|b| !text.boxes.contains(b));
    findings.extend(missing.map(|b| at("text.toml", Fault::Box((*b).into()))));
    findings
}

/// Every text of a clause.
pub(super) fn texts(clause: &ClauseSource) -> impl Iterator<Item = &str> {
    clause.blocks.iter().flat_map(|b| match b {
        Block::Paragraph { text } => vec![text.as_str()],
        Block::List { items } => items.iter().map(String::as_str).collect(),
    })
}

fn ids(sheets: &[Sheet<'_>]) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    let mut findings = Vec::new();
    for sheet in sheets {
        for clause in &sheet.section.clauses {
            let own =
                clause.id.strip_prefix(sheet.section.id.as_str()).is_some_and(|rest| rest.starts_with('.'));
            if !own || clause.blocks.is_empty() || !seen.insert(clause.id.as_str()) {
                findings.push(at(clause_in(sheet, &clause.id), Fault::Clause(clause.id.clone())));
            }
        }
    }
    findings
}

/// Placeholders, references and options that nobody fills.
fn values(text: &TextUnderTest<'_>, lang: Lang) -> Vec<Finding> {
    let sheets = text.sheets.get(lang);
    let known = |name: &str| match name.strip_prefix("ref:") {
        Some(id) => sheets.iter().any(|s| s.section.id == id),
        None => text.values.contains(&name),
    };
    let mut findings = Vec::new();
    for sheet in sheets {
        for clause in &sheet.section.clauses {
            let place = || clause_in(sheet, &clause.id);
            for option in clause.only_if.iter().chain(&clause.unless) {
                if !text.options.contains(&option.as_str()) {
                    findings.push(at(place(), Fault::Unknown(option.clone())));
                }
            }
            for said in texts(clause) {
                match template::fill_with(said, |name| known(name).then(String::new)) {
                    Ok(_) => {}
                    Err(template::TemplateError::Unknown(name)) => {
                        findings.push(at(place(), Fault::Unknown(name)));
                    }
                    Err(unclosed) => findings.push(at(place(), Fault::LeftOver(unclosed.to_string()))),
                }
            }
        }
    }
    findings
}

/// Words that must not be there, and what is left over from writing.
fn words(text: &TextUnderTest<'_>, lang: Lang) -> Vec<Finding> {
    let own = text.checklist.iter().flat_map(|i| i.absent.iter().map(|w| (i.id.as_str(), w.to_lowercase())));
    let common = FORBIDDEN.iter().flat_map(|(id, list)| list.iter().map(|w| (*id, (*w).to_string())));
    let forbidden: BTreeSet<(&str, String)> = own.chain(common).collect();
    let mut findings = Vec::new();
    for sheet in text.sheets.get(lang) {
        let title = sheet.section.title.as_str();
        for clause in &sheet.section.clauses {
            for said in texts(clause).chain([title]) {
                let said = said.to_lowercase();
                let place = || clause_in(sheet, &clause.id);
                let found = forbidden.iter().filter(|(_, w)| said.contains(w.as_str()));
                findings.extend(found.map(|(id, w)| at(place(), Fault::Forbidden((*id).into(), w.clone()))));
                let left = LEFT_OVER.iter().filter(|w| said.contains(*w));
                findings.extend(left.map(|w| at(place(), Fault::LeftOver((*w).into()))));
            }
        }
    }
    findings
}

/// The same files, sections, clauses, conditions, blocks and values in both languages.
fn languages(text: &TextUnderTest<'_>) -> Vec<Finding> {
    let (de, en) = (&text.sheets.de, &text.sheets.en);
    if de.len() != en.len() {
        return vec![at("de, en", Fault::Languages(format!("{} and {} files", de.len(), en.len())))];
    }
    let mut findings = Vec::new();
    for (german, english) in de.iter().zip(en) {
        let bare = |s: &Sheet<'_>| s.file.split_once('/').map_or(s.file.to_string(), |(_, name)| name.into());
        if bare(german) != bare(english) || german.section.id != english.section.id {
            findings.push(at(german.file, Fault::Languages(english.file.into())));
            continue;
        }
        let (ours, theirs) = (&german.section.clauses, &english.section.clauses);
        if ours.len() != theirs.len() {
            findings.push(at(
                german.file,
                Fault::Languages(format!("{} and {} clauses", ours.len(), theirs.len())),
            ));
        }
        for (a, b) in ours.iter().zip(theirs) {
            if shape_of(a) != shape_of(b) {
                findings.push(at(clause_in(german, &a.id), Fault::Languages(clause_in(english, &b.id))));
            }
        }
    }
    findings
}

type Shape<'a> = (&'a str, Option<&'a str>, Option<&'a str>, &'a [String], Vec<Option<usize>>, Vec<&'a str>);

fn shape_of(c: &ClauseSource) -> Shape<'_> {
    let blocks = c.blocks.iter().map(|b| match b {
        Block::Paragraph { .. } => None,
        Block::List { items } => Some(items.len()),
    });
    let mut names: Vec<_> = texts(c).flat_map(placeholders).collect();
    names.sort_unstable();
    (&c.id, c.only_if.as_deref(), c.unless.as_deref(), &c.covers, blocks.collect(), names)
}

fn placeholders(said: &str) -> Vec<&str> {
    said.split('{').skip(1).filter_map(|p| p.split_once('}').map(|(name, _)| name)).collect()
}

/// Of options that exclude each other every one has its clause, and none is the mere absence of another.
fn alternatives(text: &TextUnderTest<'_>) -> Vec<Finding> {
    let clauses = || text.sheets.de.iter().flat_map(|s| &s.section.clauses);
    let mut findings = Vec::new();
    for group in ALTERNATIVES {
        let without = group.iter().filter(|o| !clauses().any(|c| c.only_if.as_deref() == Some(**o)));
        findings.extend(without.map(|o| at("de, en", Fault::Alternatives((*o).into()))));
        let negated = clauses().filter(|c| c.unless.as_deref().is_some_and(|o| group.contains(&o)));
        findings.extend(negated.map(|c| at("de, en", Fault::Alternatives(c.id.clone()))));
    }
    findings
}
