//! The checklist against the text: every item is answered by a clause that is printed under every choice of options.

use super::law::{self, ALTERNATIVES};
use super::{Fault, Finding, Item, TextUnderTest, at, clause_in, shape};
use crate::legal_text::ClauseSource;
use crate::text::{Both, Lang};
use std::collections::BTreeSet;

/// Clauses that the official wording has.
const OFFICIAL_CLAUSES: std::ops::RangeInclusive<u8> = 1..=10;

const FILE: &str = "checklist.toml";

pub(super) fn check(text: &TextUnderTest<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut open: BTreeSet<String> = BTreeSet::new();
    for id in law::items() {
        let rows: Vec<&Item> = text.checklist.iter().filter(|i| i.id == id).collect();
        let [row] = rows.as_slice() else {
            findings.push(at(FILE, Fault::Item(id.clone())));
            open.insert(id);
            continue;
        };
        let wrong = item(text, row);
        if !wrong.is_empty() {
            open.insert(id);
        }
        findings.extend(wrong);
    }
    let known = law::items();
    let unknown = text.checklist.iter().filter(|i| !known.contains(&i.id));
    findings.extend(unknown.map(|i| at(FILE, Fault::Item(i.id.clone()))));
    findings.extend(stray(text, &known));
    findings.extend(wording(text));
    let points: BTreeSet<&str> = open.iter().flat_map(|id| law::points_of(id)).collect();
    let points = law::POINTS.iter().filter(|(p, _)| points.contains(p));
    findings.extend(points.map(|(p, _)| at(FILE, Fault::Point(p))));
    findings
}

/// A clause that claims to answer an item that does not exist.
fn stray(text: &TextUnderTest<'_>, known: &[String]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for sheet in &text.sheets.de {
        for clause in &sheet.section.clauses {
            let strange = clause.covers.iter().filter(|c| !known.contains(c));
            findings.extend(strange.map(|c| at(clause_in(sheet, &clause.id), Fault::Item(c.clone()))));
        }
    }
    findings
}

fn item(text: &TextUnderTest<'_>, row: &Item) -> Vec<Finding> {
    let id = || row.id.clone();
    if !row.official.is_empty() {
        let number = row.official.split('.').next().and_then(|n| n.parse::<u8>().ok());
        let there = number.is_some_and(|n| OFFICIAL_CLAUSES.contains(&n)) && text.wording.is_some();
        return if there { Vec::new() } else { vec![at(FILE, Fault::Item(id()))] };
    }
    if row.annex.is_some_and(|n| !(1..=4).contains(&n)) {
        return vec![at(FILE, Fault::Item(id()))];
    }
    let mut findings = Vec::new();
    for lang in Lang::ALL {
        let found = text.sheets.get(lang).iter().find_map(|s| {
            let clause = s.section.clauses.iter().find(|c| c.id == row.clause && c.covers.contains(&row.id));
            clause.map(|c| (s, c))
        });
        let Some((sheet, clause)) = found else {
            findings.push(at(format!("{FILE} ({})", lang.code()), Fault::Item(id())));
            continue;
        };
        for anchor in row.anchors(lang) {
            let there = !anchor.trim().is_empty() && shape::texts(clause).any(|t| t.contains(anchor));
            if !there {
                findings.push(at(clause_in(sheet, &clause.id), Fault::Words(id(), anchor.into())));
            }
        }
    }
    findings.extend(left_out(text, row));
    findings
}

/// The choices of options under which no clause that answers the item is printed.
fn left_out(text: &TextUnderTest<'_>, row: &Item) -> Vec<Finding> {
    let clauses: Vec<&ClauseSource> = text.sheets.de.iter().flat_map(|s| &s.section.clauses).collect();
    let answering: Vec<_> = clauses.iter().filter(|c| c.covers.contains(&row.id)).collect();
    if answering.iter().any(|c| c.only_if.is_none() && c.unless.is_none()) {
        return Vec::new();
    }
    let named: BTreeSet<&str> =
        answering.iter().flat_map(|c| c.only_if.iter().chain(&c.unless)).map(String::as_str).collect();
    let without = choices(&named.into_iter().collect::<Vec<_>>()).into_iter().filter(|chosen| {
        !answering.iter().any(|c| {
            c.only_if.as_deref().is_none_or(|o| chosen.contains(o))
                && c.unless.as_deref().is_none_or(|o| !chosen.contains(o))
        })
    });
    let said = |chosen: BTreeSet<&str>| {
        if chosen.is_empty() { "none".into() } else { chosen.into_iter().collect::<Vec<_>>().join(" + ") }
    };
    without.map(|chosen| at(FILE, Fault::LeftOut(row.id.clone(), said(chosen)))).collect()
}

/// Every choice among these options that a contract can make: of alternatives exactly one.
pub fn choices<'a>(options: &[&'a str]) -> Vec<BTreeSet<&'a str>> {
    let mut all = vec![BTreeSet::new()];
    for option in options {
        let with = all.clone().into_iter().map(|mut chosen: BTreeSet<&str>| {
            chosen.insert(option);
            chosen
        });
        all.extend(with.collect::<Vec<_>>());
    }
    all.retain(|chosen| {
        ALTERNATIVES.iter().all(|group| {
            let offered = options.iter().filter(|o| group.contains(*o)).count();
            let taken = chosen.iter().filter(|o| group.contains(*o)).count();
            offered == 0 || taken == 1 || (taken == 0 && offered < group.len())
        })
    });
    all
}

/// A text that takes the official wording in needs all clauses of it, in both languages.
fn wording(text: &TextUnderTest<'_>) -> Vec<Finding> {
    let Some(Both { de, en }) = &text.wording else { return Vec::new() };
    let missing = |numbers: &[u8]| {
        let gone: Vec<_> = OFFICIAL_CLAUSES.filter(|n| !numbers.contains(n)).map(|n| n.to_string()).collect();
        gone.join(", ")
    };
    let mut findings = Vec::new();
    for (file, numbers) in [("clauses.de.txt", de), ("clauses.en.txt", en)] {
        let gone = missing(numbers);
        if !gone.is_empty() {
            findings.push(at(file, Fault::Wording(gone)));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_are_never_chosen_together() {
        let both = choices(&["general_authorisation", "specific_authorisation", "hosting"]);
        assert_eq!(both.len(), 4);
        assert!(
            both.iter().all(|c| c.contains("general_authorisation") != c.contains("specific_authorisation"))
        );
        assert_eq!(choices(&["a", "b"]).len(), 4);
    }
}
