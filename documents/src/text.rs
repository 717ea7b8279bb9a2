//! Makes any string printable: PDF/A and PDF/UA refuse characters that no embedded font can draw, and
//! invisible ones would let a name look like another.

use crate::fonts::FONTS;
use serde_json::Value;

/// How much a string may keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// All that some embedded font draws.
    Drawable,
    /// Only what the text fonts draw by themselves: the second try, when shaping a rare mixture failed.
    Plain,
}

/// Cleans every string in it, values only: keys are ours.
pub(crate) fn clean_all(value: &mut Value, keep: Keep) {
    match value {
        Value::String(text) => *text = clean(text, keep),
        Value::Array(items) => items.iter_mut().for_each(|v| clean_all(v, keep)),
        Value::Object(fields) => fields.values_mut().for_each(|v| clean_all(v, keep)),
        _ => {}
    }
}

/// The printable form of a text.
pub(crate) fn clean(text: &str, keep: Keep) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letter = Letter::default();
    for c in text.chars().filter(|&c| !is_invisible(c)) {
        if !is_mark(c) {
            let c = printable(c, keep);
            letter = Letter { base: Some(c), marks: 0 };
            out.push(c);
        } else if letter.takes(c, keep) {
            letter.marks += 1;
            out.push(c);
        }
    }
    out
}

/// A letter and how many accents it carries.
#[derive(Default)]
struct Letter {
    base: Option<char>,
    marks: usize,
}

impl Letter {
    /// Accents are drawn by the font of their letter, or over something else; a tower of them covers other
    /// lines. Three are enough for every language that our fonts write.
    fn takes(&self, mark: char, keep: Keep) -> bool {
        let Some(base) = self.base else { return false };
        let drawn =
            || FONTS.faces.iter().any(|f| [base, mark].iter().all(|&c| f.info().coverage.contains(c as u32)));
        keep == Keep::Drawable && self.marks < 3 && drawn()
    }
}

fn printable(c: char, keep: Keep) -> char {
    let drawn = |c: char| match keep {
        Keep::Drawable => FONTS.any.contains(&c),
        Keep::Plain => FONTS.main.contains(&c),
    };
    match c {
        '\u{a0}' | '\u{202f}' | '\u{2007}' => '\u{a0}',
        _ if c.is_whitespace() => ' ',
        _ if is_private(c) => unknown(keep),
        _ if drawn(c) => c,
        '\u{2010}' | '\u{2011}' => '-',
        _ => unknown(keep),
    }
}

fn unknown(keep: Keep) -> char {
    let sign = char::REPLACEMENT_CHARACTER;
    if keep == Keep::Drawable && FONTS.any.contains(&sign) { sign } else { '?' }
}

/// Control characters, direction marks and overrides, and what has no width: nobody can see them.
fn is_invisible(c: char) -> bool {
    let blank = matches!(c, '\t' | '\n' | '\r' | '\u{85}');
    (c.is_control() && !blank)
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}')
        || matches!(c, '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Accents, points and signs that stand on the letter before, in the writings that our fonts have.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}')
        || matches!(c, '\u{5c4}'..='\u{5c5}' | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}')
        || matches!(c, '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}')
        || matches!(c, '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Means nothing outside the font: text could not be searched or read aloud.
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_drawn_stays() {
        for text in ["Müller & Söhne „GmbH“", "#[]{}$*_\\ <script> \"'", "שלום", "مرحبا", "Łódź Ж Ω"]
        {
            assert_eq!(clean(text, Keep::Drawable), text);
        }
    }

    #[test]
    fn what_nobody_sees_goes() {
        assert_eq!(clean("a\u{202e}b\u{200b}c\u{0}d\u{feff}", Keep::Drawable), "abcd");
        assert_eq!(clean("a\nb\tc\u{202f}d", Keep::Drawable), "a b c\u{a0}d");
    }

    #[test]
    fn what_cannot_be_drawn_is_marked() {
        assert_eq!(clean("a\u{1f9a9}b\u{e001}", Keep::Drawable), "a\u{fffd}b\u{fffd}");
        assert_eq!(clean("שa\u{2011}b", Keep::Plain), "?a-b");
    }

    #[test]
    fn accents_stay_on_letters_of_their_own_font() {
        assert_eq!(clean("e\u{301}\u{301}\u{301}\u{301}\u{301}", Keep::Drawable), "e\u{301}\u{301}\u{301}");
        assert_eq!(clean("\u{301}a\u{5bc}ש\u{5bc}中\u{20dd}", Keep::Drawable), "aש\u{5bc}\u{fffd}");
    }
}
