//! The words of the interface: the same in both languages, none missing, none left over.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::Finding;
use super::fluent::{self, Message};
use super::source::Source;
use crate::checkout;

/// Functions and methods whose first text is the key of a message.
const SPEAKERS: [&str; 2] = ["t", "tr"];

/// Beginnings of keys that the code puts together where tidy cannot see it; each key of such a family counts as used.
/// A literal such as `"nav-{id}"` needs no entry here: tidy reads it as a pattern.
const FAMILIES: [&str; 6] = ["mistake-", "refusal-", "state-", "service-", "role-", "action-"];

type Words = BTreeMap<String, Message>;

/// Checks the folder `content/ui` and the keys in the sources; before there are words there is nothing to check.
pub fn check(folder: &Path, sources: &[Source]) -> Result<Vec<Finding>, String> {
    if !folder.exists() {
        return Ok(vec![]);
    }
    let (german, mut findings) = language(folder, "de")?;
    let (english, further) = language(folder, "en")?;
    findings.extend(further);
    findings.extend(differences(&german, &english));
    findings.extend(unknown(&german, sources));
    findings.extend(unused(&german, sources));
    Ok(findings)
}

/// All messages of a language, out of `de/*.ftl` or `de.ftl`, and the keys that stand twice.
fn language(folder: &Path, code: &str) -> Result<(Words, Vec<Finding>), String> {
    let mut files = checkout::files(&folder.join(code));
    files.push(folder.join(format!("{code}.ftl")));
    let (mut words, mut findings) = (Words::new(), Vec::new());
    for path in files.iter().filter(|path| path.extension().is_some_and(|end| end == "ftl") && path.exists())
    {
        let twice = fluent::read(&checkout::short(path), &checkout::read(path)?, &mut words);
        findings.extend(
            twice.into_iter().map(|(key, at)| Finding::new(at, format!("{key} stands here a second time."))),
        );
    }
    Ok((words, findings))
}

fn differences(german: &Words, english: &Words) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (key, message) in german {
        match english.get(key) {
            None => findings.push(Finding::new(&message.at, format!("{key} is missing in English."))),
            Some(other) if other.variables != message.variables => {
                let (here, there) = (list(&message.variables), list(&other.variables));
                findings.push(Finding::new(
                    &message.at,
                    format!("{key} is told {here} in German, {there} in English."),
                ));
            }
            Some(_) => {}
        }
    }
    let only_english = english.iter().filter(|(key, _)| !german.contains_key(*key));
    findings
        .extend(only_english.map(|(key, it)| Finding::new(&it.at, format!("{key} is missing in German."))));
    findings
}

fn list(names: &BTreeSet<String>) -> String {
    if names.is_empty() {
        return "nothing".into();
    }
    names.iter().map(|name| format!("${name}")).collect::<Vec<_>>().join(", ")
}

fn unknown(words: &Words, sources: &[Source]) -> Vec<Finding> {
    let speaking = sources.iter().filter(|source| ["app", "server"].contains(&source.owner()));
    let asked =
        speaking.flat_map(|source| keys(source).into_iter().map(move |(at, key)| (source.place(at), key)));
    asked
        .filter(|(_, key)| !words.contains_key(key))
        .map(|(at, key)| Finding::new(at, format!("{key} is in no file of content/ui.")))
        .collect()
}

/// Keys that the code (without its unit tests) asks for by a literal.
fn keys(source: &Source) -> Vec<(usize, String)> {
    let end = source.end_of_shipped();
    let calls = source.words().filter(|(at, word)| *at < end && SPEAKERS.contains(word));
    calls.filter_map(|(at, word)| first_text(source, at + word.len())).collect()
}

/// The first text that is itself an argument of the call whose name ends at `at`.
fn first_text(source: &Source, at: usize) -> Option<(usize, String)> {
    let mut depth = 0;
    for (ahead, c) in source.code[at..].char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            '"' if depth == 1 => {
                let literal = source.literals.iter().find(|literal| literal.at == at + ahead)?;
                return Some((literal.at, literal.value.clone()));
            }
            _ => {}
        }
        let called = ahead > 0 || c == '(' || c == '!';
        if !called || (depth == 0 && c != '!') {
            return None;
        }
    }
    None
}

fn unused(words: &Words, sources: &[Source]) -> Vec<Finding> {
    let literals =
        || sources.iter().flat_map(|source| source.literals.iter().map(|literal| literal.value.as_str()));
    let written: BTreeSet<&str> = literals().collect();
    let patterns: BTreeSet<&str> = literals().filter(|literal| is_pattern(literal)).collect();
    let spoken: BTreeSet<&String> = words.values().flat_map(|message| &message.speaks).collect();
    let put_together = |key: &str| {
        FAMILIES.iter().any(|family| key.starts_with(family))
            || patterns.iter().any(|pattern| fits(pattern, key))
            || listed(key).is_some_and(|list| written.contains(list))
    };
    words
        .iter()
        .filter(|(key, _)| !written.contains(key.as_str()) && !spoken.contains(key) && !put_together(key))
        .map(|(key, message)| Finding::new(&message.at, format!("{key} is used nowhere.")))
        .collect()
}

/// `steps` of `steps-3`: lists are asked for by their beginning.
fn listed(key: &str) -> Option<&str> {
    let (list, number) = key.rsplit_once('-')?;
    number.chars().all(|c| c.is_ascii_digit()).then_some(list)
}

/// Whether a literal such as `nav-{id}` stands for a family of keys.
fn is_pattern(literal: &str) -> bool {
    let begins = literal.split('{').next().unwrap_or_default();
    literal.contains('{')
        && begins.ends_with('-')
        && begins.chars().all(|c| c.is_ascii_lowercase() || c == '-')
}

/// Whether the key has the pattern's fixed parts in their order, the first at its beginning, the last at its end.
fn fits(pattern: &str, key: &str) -> bool {
    let mut parts = pattern.split('{').map(|part| part.split_once('}').map_or(part, |(_, fixed)| fixed));
    let Some(mut rest) = parts.next().and_then(|begins| key.strip_prefix(begins)) else { return false };
    let further: Vec<&str> = parts.collect();
    let Some((last, between)) = further.split_last() else { return rest.is_empty() };
    for part in between {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Words {
        let mut words = Words::new();
        fluent::read("ui.ftl", text, &mut words);
        words
    }

    fn whats(findings: Vec<Finding>) -> Vec<String> {
        findings.into_iter().map(|finding| finding.what).collect()
    }

    #[test]
    fn both_languages_say_the_same() {
        let german =
            words("a = A { $n }\nb = B\nc =\n    { $n ->\n        [one] 1\n       *[other] { $m }\n    }\n");
        let english = words("a = A\nc = { $n } { $m }\nd = D\n");
        let expected = [
            "a is told $n in German, nothing in English.",
            "b is missing in English.",
            "d is missing in German.",
        ];
        assert_eq!(whats(differences(&german, &english)), expected);
    }

    #[test]
    fn keys_stand_in_calls() {
        let text = "t(\"a\"); w.t(\"b\").len(); tr(lang, \"c\", &[(\"n\", \"x\")]); tr!(\"d\"); set(\"e\"); let t = \"f\"; t(&g(\"h\"), i);";
        let found: Vec<_> =
            keys(&Source::new("app/src/a.rs", text)).into_iter().map(|(_, key)| key).collect();
        assert_eq!(found, ["a", "b", "c", "d"]);
    }

    #[test]
    fn every_key_exists_and_is_used() {
        let words = words(
            "# said = comment\nsaid = x\nleft-over = y\nrole-admin = z\n-term = T\nheard = { -term }\n",
        );
        let source = Source::new(
            "app/src/a.rs",
            "t(\"said\"); t(\"unsaid\"); let key = \"heard\";\n#[cfg(test)]\nt(\"tested\")",
        );
        assert_eq!(whats(unknown(&words, &[Source::new("service/src/a.rs", "t(\"x\")")])), [""; 0]);
        let sources = [source];
        assert_eq!(whats(unknown(&words, &sources)), ["unsaid is in no file of content/ui."]);
        assert_eq!(whats(unused(&words, &sources)), ["left-over is used nowhere."]);
    }

    #[test]
    fn a_pattern_stands_for_its_family() {
        assert!(is_pattern("nav-{id}") && !is_pattern("{id}") && !is_pattern("Guten Tag-{name}"));
        assert!(fits("nav-{id}", "nav-desk") && !fits("nav-{id}", "menu-desk"));
        assert!(fits("step-{n}-text", "step-1-text") && !fits("step-{n}-text", "step-1"));
        assert!(fits("message-{name}{end}", "message-broken-1"));
        assert_eq!((listed("steps-3"), listed("steps-all")), (Some("steps"), None));
    }

    #[test]
    fn a_key_stands_once() {
        let mut words = Words::new();
        let twice = fluent::read("ui.ftl", "a = 1\nb = 2\na = 3\n", &mut words);
        assert_eq!(twice, [("a".to_string(), "ui.ftl:3".to_string())]);
    }
}
