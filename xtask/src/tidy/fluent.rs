//! Fluent files read roughly: which messages there are, with which variables.

use std::collections::{BTreeMap, BTreeSet};

/// A message: where it stands and what it wants to be told.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// `file:line`.
    pub at: String,
    /// Names behind `$`.
    pub variables: BTreeSet<String>,
    /// Other messages and terms that it speaks.
    pub speaks: BTreeSet<String>,
}

/// Adds the messages of a file; returns keys that stand there a second time, with their places.
pub fn read(path: &str, text: &str, messages: &mut BTreeMap<String, Message>) -> Vec<(String, String)> {
    let mut twice = Vec::new();
    let mut key = String::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        if let Some(name) = key_of(line) {
            let at = format!("{path}:{}", number + 1);
            key = name.to_string();
            if messages.insert(key.clone(), Message { at: at.clone(), ..Message::default() }).is_some() {
                twice.push((key.clone(), at));
            }
        }
        if let Some(message) = messages.get_mut(&key) {
            message.variables.extend(names_after(line, '$'));
            message.speaks.extend(
                names_after(line, '{')
                    .filter(|name| name.starts_with(|c: char| c == '-' || c.is_ascii_lowercase())),
            );
        }
    }
    twice
}

/// `key = text` at the beginning of a line; terms begin with `-`.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let begins = key.trim_start_matches('-').starts_with(|c: char| c.is_ascii_alphabetic());
    (begins && key.chars().all(is_key)).then_some(key)
}

fn names_after(line: &str, mark: char) -> impl Iterator<Item = String> {
    line.split(mark).skip(1).filter_map(|rest| {
        let name: String = rest.trim_start().chars().take_while(|c| is_key(*c)).collect();
        (!name.is_empty()).then_some(name)
    })
}

fn is_key(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}
