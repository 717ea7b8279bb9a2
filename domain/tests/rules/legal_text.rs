//! The contract texts as they are: every file parses, and both languages have the same structure.

use domain::legal_text::{Block, SectionSource, parse_section, print};
use domain::template::Values;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/legal/av")
}

fn sorted_entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<_> = entries.map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths
}

fn versions() -> Vec<PathBuf> {
    let versions: Vec<_> = sorted_entries(&folder()).into_iter().filter(|p| p.is_dir()).collect();
    assert!(!versions.is_empty(), "there is at least one version of the contract text");
    versions
}

fn read(version: &Path, lang: &str) -> Vec<SectionSource> {
    let files = sorted_entries(&version.join(lang));
    assert!(!files.is_empty(), "{}/{lang} has sections", version.display());
    files.iter().map(|file| read_file(file)).collect()
}

fn read_file(file: &Path) -> SectionSource {
    let source = fs::read_to_string(file).unwrap();
    parse_section(&source).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

fn in_both(check: impl Fn(&str, &SectionSource, &SectionSource)) {
    for version in versions() {
        let (de, en) = (read(&version, "de"), read(&version, "en"));
        assert_eq!(ids(&de), ids(&en), "sections of {}", version.display());
        for (de, en) in de.iter().zip(&en) {
            check(&format!("{} {}", version.display(), de.id), de, en);
        }
    }
}

fn ids(sections: &[SectionSource]) -> Vec<&str> {
    sections.iter().map(|s| s.id.as_str()).collect()
}

fn texts(section: &SectionSource) -> impl Iterator<Item = &str> {
    section.clauses.iter().flat_map(|c| &c.blocks).flat_map(|b| match b {
        Block::Paragraph { text } => vec![text.as_str()],
        Block::List { items } => items.iter().map(String::as_str).collect(),
    })
}

fn placeholders(section: &SectionSource) -> Vec<&str> {
    let parts = texts(section).flat_map(|t| t.split('{').skip(1));
    let mut names: Vec<_> = parts.filter_map(|p| p.split_once('}').map(|(name, _)| name)).collect();
    names.sort_unstable();
    names
}

#[test]
fn the_file_names_are_the_same_in_both_languages() {
    for version in versions() {
        let names = |lang| {
            let files = sorted_entries(&version.join(lang)).into_iter();
            files.map(|f| f.file_name().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names("de"), names("en"), "{}", version.display());
    }
}

#[test]
fn both_languages_have_the_same_clauses_under_the_same_conditions() {
    in_both(|place, de, en| {
        let shape = |s: &SectionSource| {
            let heads = s
                .clauses
                .iter()
                .map(|c| (c.id.clone(), c.only_if.clone(), c.unless.clone(), c.covers.clone()));
            heads.collect::<Vec<_>>()
        };
        assert_eq!(shape(de), shape(en), "{place}");
    });
}

#[test]
fn both_languages_have_the_same_paragraphs_and_list_items() {
    in_both(|place, de, en| {
        let shape = |s: &SectionSource| {
            let blocks = s.clauses.iter().flat_map(|c| c.blocks.iter().map(|b| (c.id.clone(), items(b))));
            blocks.collect::<Vec<_>>()
        };
        assert_eq!(shape(de), shape(en), "{place}");
    });
}

/// How many items a list has; nothing for a paragraph.
fn items(block: &Block) -> Option<usize> {
    match block {
        Block::Paragraph { .. } => None,
        Block::List { items } => Some(items.len()),
    }
}

#[test]
fn both_languages_name_the_same_values() {
    in_both(|place, de, en| assert_eq!(placeholders(de), placeholders(en), "{place}"));
}

#[test]
fn clause_ids_are_unique_and_begin_with_their_section() {
    for version in versions() {
        let mut seen = BTreeSet::new();
        for section in read(&version, "de") {
            for clause in section.clauses {
                assert!(
                    clause.id.starts_with(&format!("{}.", section.id)),
                    "{} in {}",
                    clause.id,
                    section.id
                );
                assert!(!clause.blocks.is_empty(), "{} says something", clause.id);
                assert!(seen.insert(clause.id.clone()), "{} twice", clause.id);
            }
        }
    }
}

/// Each option alone, none at all, and all at once: no clause may lose a value or refer to nothing.
#[test]
fn every_choice_of_options_prints_without_a_gap() {
    for version in versions() {
        for lang in ["de", "en"] {
            let sections = read(&version, lang);
            let values = every_value(&sections);
            for options in choices(&sections) {
                let printed = print(&sections, &options, &values, "§");
                let printed =
                    printed.unwrap_or_else(|e| panic!("{} {lang} {options:?}: {e}", version.display()));
                assert!(printed.iter().all(|s| !s.clauses.is_empty()));
            }
        }
    }
}

fn every_value(sections: &[SectionSource]) -> Values {
    let names = sections.iter().flat_map(placeholders).filter(|n| !n.starts_with("ref:"));
    names.map(|n| (n.to_string(), format!("<{n}>"))).collect()
}

fn choices(sections: &[SectionSource]) -> Vec<BTreeSet<String>> {
    let clauses = sections.iter().flat_map(|s| &s.clauses);
    let all: BTreeSet<String> = clauses.flat_map(|c| c.only_if.iter().chain(&c.unless)).cloned().collect();
    let mut choices: Vec<_> = all.iter().map(|option| BTreeSet::from([option.clone()])).collect();
    choices.extend([BTreeSet::new(), all]);
    choices
}
