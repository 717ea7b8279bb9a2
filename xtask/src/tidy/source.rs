//! A Rust file read roughly: what is code, what is a comment, what is text in quotes.

/// A file with its comments and literals told apart.
#[derive(Debug)]
pub struct Source {
    /// Path from the root of the checkout.
    pub path: String,
    /// As written.
    pub text: String,
    /// The same length, with comments and the inside of literals blanked.
    pub code: String,
    /// Text literals in order.
    pub literals: Vec<Literal>,
}

/// A text literal.
#[derive(Debug, PartialEq, Eq)]
pub struct Literal {
    /// Where its opening quote stands.
    pub at: usize,
    /// What stands between the quotes, escapes left alone.
    pub value: String,
}

impl Source {
    /// Reads a file.
    pub fn new(path: impl Into<String>, text: &str) -> Self {
        let mut reader =
            Reader { bytes: text.as_bytes(), at: 0, code: text.as_bytes().to_vec(), literals: Vec::new() };
        reader.read();
        let code = String::from_utf8_lossy(&reader.code).into_owned();
        Self { path: path.into(), text: text.into(), code, literals: reader.literals }
    }

    /// The crate: the first folder of the path.
    pub fn owner(&self) -> &str {
        self.path.split('/').next().unwrap_or_default()
    }

    /// `file:line` of a position.
    pub fn place(&self, at: usize) -> String {
        let line = self.text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
        format!("{}:{line}", self.path)
    }

    /// Where the unit tests begin; the end of the file without any.
    pub fn end_of_shipped(&self) -> usize {
        self.code.find("#[cfg(test)]").unwrap_or(self.code.len())
    }

    /// Names in the code with their positions.
    pub fn words(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut at = 0;
        self.code.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter_map(move |word| {
            let start = at;
            at += word.len() + self.code[start + word.len()..].chars().next().map_or(0, char::len_utf8);
            (!word.is_empty()).then_some((start, word))
        })
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    code: Vec<u8>,
    literals: Vec<Literal>,
}

impl Reader<'_> {
    fn read(&mut self) {
        while self.at < self.bytes.len() {
            match self.bytes[self.at] {
                b'/' if self.next_is(1, b'/') => self.line_comment(),
                b'/' if self.next_is(1, b'*') => self.block_comment(),
                b'"' => self.text(),
                b'r' if self.raw_fence().is_some() => self.raw_text(),
                b'\'' => self.letter_or_lifetime(),
                _ => self.at += 1,
            }
        }
    }

    fn next_is(&self, ahead: usize, byte: u8) -> bool {
        self.bytes.get(self.at + ahead) == Some(&byte)
    }

    fn blank_to(&mut self, from: usize, to: usize) {
        let to = to.min(self.code.len());
        for byte in &mut self.code[from..to] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        self.at = to;
    }

    fn find(&self, from: usize, what: &[u8]) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        rest.windows(what.len()).position(|part| part == what).map_or(self.bytes.len(), |at| from + at)
    }

    fn line_comment(&mut self) {
        self.blank_to(self.at, self.find(self.at, b"\n"));
    }

    fn block_comment(&mut self) {
        let (mut end, mut depth) = (self.at + 2, 1);
        while depth > 0 && end < self.bytes.len() {
            match &self.bytes[end..(end + 2).min(self.bytes.len())] {
                b"/*" => (depth, end) = (depth + 1, end + 2),
                b"*/" => (depth, end) = (depth - 1, end + 2),
                _ => end += 1,
            }
        }
        self.blank_to(self.at, end);
    }

    fn text(&mut self) {
        let mut end = self.at + 1;
        while end < self.bytes.len() && self.bytes[end] != b'"' {
            end += if self.bytes[end] == b'\\' { 2 } else { 1 };
        }
        self.literal(self.at, self.at + 1, end.min(self.bytes.len()), 1);
    }

    /// The number of `#` if a raw text begins here.
    fn raw_fence(&self) -> Option<usize> {
        let before = self.at.checked_sub(1).map(|at| self.bytes[at]);
        let in_word = before
            .is_some_and(|byte| byte.is_ascii_alphanumeric() && byte != b'b' && byte != b'c' || byte == b'_');
        let fence = self.bytes[self.at + 1..].iter().take_while(|byte| **byte == b'#').count();
        (!in_word && self.next_is(1 + fence, b'"')).then_some(fence)
    }

    fn raw_text(&mut self) {
        let fence = self.raw_fence().unwrap_or_default();
        let start = self.at + 2 + fence;
        let closing: Vec<u8> = std::iter::once(b'"').chain(std::iter::repeat_n(b'#', fence)).collect();
        self.literal(start - 1, start, self.find(start, &closing), closing.len());
    }

    fn literal(&mut self, at: usize, from: usize, to: usize, closing: usize) {
        let value = String::from_utf8_lossy(&self.bytes[from..to]).into_owned();
        self.literals.push(Literal { at, value });
        self.blank_to(from, to);
        self.at = (to + closing).min(self.bytes.len());
    }

    fn letter_or_lifetime(&mut self) {
        let rest = std::str::from_utf8(&self.bytes[self.at + 1..]).unwrap_or_default();
        let mut letters = rest.chars();
        let end = match letters.next() {
            Some('\\') => self.find(self.at + 3, b"'") + 1,
            Some(letter) if letters.next() == Some('\'') => self.at + letter.len_utf8() + 2,
            _ => self.at + 1,
        };
        self.blank_to(self.at + 1, end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_texts_are_not_code() {
        let source = Source::new(
            "app/src/x.rs",
            "let a = \"in \\\" text\"; // axum\n/* /* axum */ axum */ b('\"', '\\'', r#\"raw \"x\" \"#);",
        );
        assert!(!source.code.contains("axum") && !source.code.contains("text") && source.code.contains("b("));
        assert_eq!(source.code.len(), source.text.len());
        let values: Vec<_> = source.literals.iter().map(|literal| literal.value.as_str()).collect();
        assert_eq!(values, ["in \\\" text", "raw \"x\" "]);
        assert_eq!(source.owner(), "app");
    }

    #[test]
    fn lifetimes_open_no_literal() {
        let source = Source::new("a/b.rs", "fn f<'a>(x: &'a str) -> &'a str { \"y\" }");
        assert!(source.code.contains("str) -> &"));
        assert_eq!(source.literals, [Literal { at: 34, value: "y".into() }]);
    }

    #[test]
    fn words_know_their_places() {
        let source = Source::new("a/b.rs", "use ä;\nuse b::c;");
        let words: Vec<_> = source.words().map(|(_, word)| word).collect();
        assert_eq!(words, ["use", "ä", "use", "b", "c"]);
        let (at, _) = source.words().last().unwrap();
        assert_eq!((&source.text[at..=at], source.place(at).as_str()), ("c", "a/b.rs:2"));
    }
}
