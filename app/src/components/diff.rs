//! Differences that read like differences.

use leptos::prelude::*;

/// A piece of a sentence in a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Same(String),
    /// Only in the new one.
    Added(String),
    /// Only in the old one.
    Removed(String),
}

/// A sentence with its changes marked.
pub fn difference(pieces: Vec<Piece>) -> AnyView {
    let pieces: Vec<_> = pieces
        .into_iter()
        .map(|piece| match piece {
            Piece::Same(text) => text.into_any(),
            Piece::Added(text) => {
                let (word, blank) = without_blank(&text);
                view! { <ins>{word}</ins>{blank} }.into_any()
            }
            Piece::Removed(text) => {
                let (word, blank) = without_blank(&text);
                view! { <del>{word}</del>{blank} }.into_any()
            }
        })
        .collect();
    view! { <p class="diff">{pieces}</p> }.into_any()
}

/// The mark ends with the word, not with the blank after it.
fn without_blank(text: &str) -> (String, String) {
    let word = text.trim_end();
    (word.to_string(), text[word.len()..].to_string())
}

/// Compares word by word and marks what changed (longest common subsequence; texts of a clause's length).
pub fn compare(old: &str, new: &str) -> Vec<Piece> {
    let a: Vec<&str> = old.split_inclusive(char::is_whitespace).collect();
    let b: Vec<&str> = new.split_inclusive(char::is_whitespace).collect();
    let same = |x: &str, y: &str| x.trim_end() == y.trim_end();
    let width = b.len() + 1;
    let mut longest = vec![0_u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if same(a[i], b[j]) {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let mut pieces = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && same(a[i], b[j]) {
            push(&mut pieces, Piece::Same(b[j].into()));
            (i, j) = (i + 1, j + 1);
        } else if i < a.len() && (j == b.len() || longest[(i + 1) * width + j] >= longest[i * width + j + 1])
        {
            push(&mut pieces, Piece::Removed(a[i].into()));
            i += 1;
        } else {
            push(&mut pieces, Piece::Added(b[j].into()));
            j += 1;
        }
    }
    pieces
}

fn push(pieces: &mut Vec<Piece>, next: Piece) {
    match (pieces.last_mut(), next) {
        (Some(Piece::Same(text)), Piece::Same(more))
        | (Some(Piece::Added(text)), Piece::Added(more))
        | (Some(Piece::Removed(text)), Piece::Removed(more)) => text.push_str(&more),
        (_, next) => pieces.push(next),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_marked_inside_a_sentence() {
        let pieces = compare("Backups werden täglich geprüft.", "Backups werden stündlich geprüft.");
        assert_eq!(
            pieces,
            [
                Piece::Same("Backups werden ".into()),
                Piece::Removed("täglich ".into()),
                Piece::Added("stündlich ".into()),
                Piece::Same("geprüft.".into())
            ]
        );
        assert_eq!(compare("", "neu"), [Piece::Added("neu".into())]);
        assert!(compare("", "").is_empty());
    }
}
