//! Official wording that a contract takes in by reference: plain text with headings, read and never changed. Nothing in
//! it is a placeholder, and nothing of it is numbered by us.
//!
//! ```text
//! # Heading as printed officially
//! A paragraph.
//!
//! The next one.
//! ```

use serde::{Deserialize, Serialize};

/// A part under one heading, word by word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The heading.
    pub heading: String,
    /// The paragraphs.
    pub paragraphs: Vec<String>,
}

/// Reads official wording; text before the first heading stands under an empty one.
pub fn parse(source: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut open = false;
    for line in source.trim_start_matches('\u{feff}').lines().map(str::trim) {
        if let Some(heading) = line.strip_prefix("# ") {
            parts.push(Part { heading: heading.into(), paragraphs: Vec::new() });
            open = false;
        } else if line.is_empty() {
            open = false;
        } else {
            if parts.is_empty() {
                parts.push(Part { heading: String::new(), paragraphs: Vec::new() });
            }
            let paragraphs = parts.last_mut().map(|p| &mut p.paragraphs);
            match paragraphs {
                Some(all) if open => all.last_mut().into_iter().for_each(|text| {
                    text.push(' ');
                    text.push_str(line);
                }),
                Some(all) => all.push(line.into()),
                None => {}
            }
            open = true;
        }
    }
    parts
}

/// Numbers of the clauses whose headings are there (`Klausel 7`, `Clause 7`), with something below them.
pub fn clause_numbers(parts: &[Part]) -> Vec<u8> {
    let mut numbers: Vec<u8> = Vec::new();
    for (n, part) in parts.iter().enumerate() {
        let heading = part.heading.to_lowercase();
        let mut words = heading.split_whitespace();
        let word = words.next().unwrap_or_default();
        let number = words.next().map(|w| w.trim_matches(|c: char| !c.is_ascii_digit()));
        let number =
            number.and_then(|w| w.parse::<u8>().ok()).filter(|_| matches!(word, "klausel" | "clause"));
        // A clause may be split into parts with headings of their own.
        let says = !part.paragraphs.is_empty() || parts.get(n + 1).is_some_and(|p| !p.paragraphs.is_empty());
        numbers.extend(number.filter(|_| says));
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_paragraphs_are_kept_as_they_are() {
        let parts = parse(
            "\u{feff}Vorab {kein Platzhalter}.\n\n# Klausel 1\nEins,\nnoch eins.\n\nZwei.\n# Klausel 2 – Titel\n",
        );
        assert_eq!(parts[0].paragraphs, ["Vorab {kein Platzhalter}."]);
        assert_eq!(parts[1].paragraphs, ["Eins, noch eins.", "Zwei."]);
        assert_eq!(clause_numbers(&parts), [1], "the second clause says nothing");
        assert!(parse("").is_empty());
    }
}
