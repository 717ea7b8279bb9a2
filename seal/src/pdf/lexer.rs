//! Reads values of a PDF: where they begin and end, no more. Every step moves forward, and depth has a limit, so that
//! no input can keep it busy or exhaust the stack.

use std::ops::Range;

use crate::error::PdfFault;

/// Real documents need less than ten.
const DEEPEST: usize = 32;
/// A dictionary of ours has less than twenty.
const MOST_ENTRIES: usize = 256;

/// A place in a file.
#[derive(Clone, Copy, Debug)]
pub struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// A key with the place of its value.
pub type Entry<'a> = (&'a [u8], Range<usize>);

impl<'a> Lexer<'a> {
    /// Begins to read at a place.
    pub fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// Where it stands.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The bytes of a range; nothing outside of the file.
    pub fn slice(&self, range: Range<usize>) -> &'a [u8] {
        self.bytes.get(range).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Goes over white space. Comments have no place where we read.
    pub fn space(&mut self) {
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
    }

    /// Takes exactly these bytes.
    pub fn take(&mut self, what: &[u8]) -> bool {
        let there = self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(what));
        if there {
            self.at += what.len();
        }
        there
    }

    /// Takes a number without sign.
    pub fn number(&mut self) -> Option<usize> {
        let from = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        std::str::from_utf8(self.slice(from..self.at)).ok()?.parse().ok()
    }

    /// Takes `number 0 R`.
    pub fn reference(&mut self) -> Option<usize> {
        let number = self.number()?;
        self.take(b" 0 R").then_some(number)
    }

    /// Takes a name, without its slash. One with an escape is refused: it would be a second way to write a key.
    fn name(&mut self) -> Option<&'a [u8]> {
        if !self.take(b"/") {
            return None;
        }
        let from = self.at;
        while self.peek().is_some_and(is_regular) {
            self.at += 1;
        }
        let name = self.slice(from..self.at);
        (!name.is_empty() && !name.contains(&b'#')).then_some(name)
    }

    /// Reads a dictionary: keys with their values, and the place of what stands between `<<` and `>>`. No key twice.
    pub fn dictionary(&mut self) -> Result<(Vec<Entry<'a>>, Range<usize>), PdfFault> {
        if !self.take(b"<<") {
            return Err(PdfFault::Catalog);
        }
        let from = self.at;
        let mut entries: Vec<Entry<'a>> = Vec::new();
        loop {
            self.space();
            let end = self.at;
            if self.take(b">>") {
                return Ok((entries, from..end));
            }
            let key = self.name().ok_or(PdfFault::Catalog)?;
            self.space();
            let value = self.value()?;
            if entries.len() == MOST_ENTRIES || entries.iter().any(|(known, _)| *known == key) {
                return Err(PdfFault::Catalog);
            }
            entries.push((key, value));
        }
    }

    /// Goes over one value, a reference included.
    pub fn value(&mut self) -> Result<Range<usize>, PdfFault> {
        let from = self.at;
        let mut open: Vec<u8> = Vec::new();
        loop {
            self.space();
            if open.len() > DEEPEST {
                return Err(PdfFault::Depth);
            }
            match self.peek().ok_or(PdfFault::Catalog)? {
                b'[' => self.open(b"[", b']', &mut open),
                b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => self.open(b"<<", b'>', &mut open),
                b'<' => self.past(b'>')?,
                b'(' => self.text()?,
                b']' if open.last() == Some(&b']') => self.close(b"]", &mut open)?,
                b'>' if open.last() == Some(&b'>') => self.close(b">>", &mut open)?,
                b'/' => {
                    self.name().ok_or(PdfFault::Catalog)?;
                }
                _ => self.word()?,
            }
            if open.is_empty() {
                return Ok(from..self.at);
            }
        }
    }

    fn open(&mut self, word: &[u8], end: u8, open: &mut Vec<u8>) {
        self.at += word.len();
        open.push(end);
    }

    fn close(&mut self, word: &[u8], open: &mut Vec<u8>) -> Result<(), PdfFault> {
        open.pop();
        if self.take(word) { Ok(()) } else { Err(PdfFault::Catalog) }
    }

    fn past(&mut self, end: u8) -> Result<(), PdfFault> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| *byte == end).ok_or(PdfFault::Catalog)?;
        self.at += length + 1;
        Ok(())
    }

    /// A text in parentheses, which may hold balanced ones.
    fn text(&mut self) -> Result<(), PdfFault> {
        let mut depth = 0usize;
        loop {
            let byte = self.peek().ok_or(PdfFault::Catalog)?;
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Ok(());
            }
        }
    }

    /// A number or keyword; a number with ` 0 R` behind it is a reference.
    fn word(&mut self) -> Result<(), PdfFault> {
        let from = self.at;
        while self.peek().is_some_and(is_regular) {
            self.at += 1;
        }
        if self.at == from {
            return Err(PdfFault::Catalog);
        }
        if self.slice(from..self.at).iter().all(u8::is_ascii_digit) {
            self.take(b" 0 R");
        }
        Ok(())
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | b'\x0c' | b'\0')
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dictionary(text: &str) -> Result<Vec<(String, String)>, PdfFault> {
        let mut lexer = Lexer::new(text.as_bytes(), 0);
        let (entries, _) = lexer.dictionary()?;
        let show = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok(entries.into_iter().map(|(key, at)| (show(key), show(lexer.slice(at)))).collect())
    }

    #[test]
    fn values_of_all_kinds() {
        let text = r"<< /A 1 /B [1 0 R <</C (x(y\)z))>>]/D<FEFF> /E -1.5/F true/G/H /I 3 0 R >>";
        let found = dictionary(text).unwrap();
        let values: Vec<_> = found.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(values, ["1", r"[1 0 R <</C (x(y\)z))>>]", "<FEFF>", "-1.5", "true", "/H", "3 0 R"]);
    }

    #[test]
    fn what_is_not_plain_is_refused() {
        for text in ["<</A 1/A 2>>", "<</A#42 1>>", "<</A 1", "<</A (x>>", "<</A [>>", "<</A >>", "<<1 2>>"] {
            assert_eq!(dictionary(text), Err(PdfFault::Catalog), "{text}");
        }
        let deep = format!("<</A {}", "[".repeat(100_000));
        assert_eq!(dictionary(&deep), Err(PdfFault::Depth));
    }
}
