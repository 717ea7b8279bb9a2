//! The one update that seals a PDF: written in exactly one way, so that a reader can write it anew and compare.
//!
//! The form is number 1, and frozen: files in it are contracts. Another form would get another number beside it.

use std::ops::Range;

use super::lexer::Lexer;
use super::original::Original;
use super::text;
use crate::sealing::SealFacts;

/// Begins the update. It is a comment of PDF, behind the original's end.
pub const MARK: &[u8] = b"\n%AV-Portal seal 1\n";
/// Bytes kept for the signature container; written in two digits each.
pub const GAP: usize = 16 * 1024;
/// Characters between `[` and `]` of the byte range.
const RANGE: usize = 44;
const HEAD: &[u8] = b" 0 obj\n<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/Name";

/// An update, with nothing in its gap yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// What follows the original.
    pub bytes: Vec<u8>,
    /// Where the digits of the gap stand, counted from the beginning of the file.
    pub gap: Range<usize>,
}

impl Update {
    /// Writes the update for an original.
    pub fn write(original: &Original, facts: &SealFacts) -> Self {
        let (signature, field) = (original.size, original.size + 1);
        let mut writer = Writer { start: original.length, out: MARK.to_vec(), places: Vec::new() };
        let (range_at, gap) = writer.signature(signature, facts);
        let label = text::write(&facts.label());
        let page = original.page.0;
        writer.object(
            field,
            format!(
                "<</Type/Annot/Subtype/Widget/FT/Sig/T(AV-Portal seal)/TU{label}/F 132/Rect[0 0 0 0]/P {page} 0 R/V {signature} 0 R>>"
            )
            .as_bytes(),
        );
        let mut catalog = b"<<".to_vec();
        catalog.extend_from_slice(&original.catalog.1);
        catalog.extend_from_slice(format!("\n/AcroForm<</Fields[{field} 0 R]/SigFlags 3>>>>").as_bytes());
        writer.object(original.catalog.0, &catalog);
        let mut first = b"<<".to_vec();
        first.extend_from_slice(&original.page.1);
        first.extend_from_slice(b"/Tabs/S/Annots[");
        first.extend_from_slice(&original.annotations);
        first.extend_from_slice(format!(" {field} 0 R]>>").as_bytes());
        writer.object(page, &first);
        writer.end(original, field + 1);
        writer.fill_range(range_at, &gap);
        Self { bytes: writer.out, gap }
    }
}

struct Writer {
    /// Length of the original.
    start: usize,
    out: Vec<u8>,
    /// Numbers of the objects with their places in the file.
    places: Vec<(usize, usize)>,
}

impl Writer {
    fn place(&self) -> usize {
        self.start + self.out.len()
    }

    fn write(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    fn object(&mut self, number: usize, body: &[u8]) {
        self.places.push((number, self.place()));
        self.write(format!("{number} 0 obj\n").as_bytes());
        self.write(body);
        self.write(b"\nendobj\n");
    }

    /// Writes the signature dictionary; gives the places of the byte range (here) and of the gap (in the file).
    fn signature(&mut self, number: usize, facts: &SealFacts) -> (usize, Range<usize>) {
        self.places.push((number, self.place()));
        self.write(number.to_string().as_bytes());
        self.write(HEAD);
        self.write(text::write(&facts.name).as_bytes());
        self.write(format!("/Reason{}", text::write(&facts.reason)).as_bytes());
        self.write(format!("/Location{}", text::write(&facts.location)).as_bytes());
        self.write(format!("/M(D:{}Z)/ByteRange[", text::write_time(facts.at)).as_bytes());
        let range_at = self.out.len();
        self.write(&[b' '; RANGE]);
        self.write(b"]/Contents<");
        let from = self.place();
        self.out.resize(self.out.len() + 2 * GAP, b'0');
        let gap = from..self.place();
        self.write(b">>>\nendobj\n");
        (range_at, gap)
    }

    /// Writes table, trailer and end.
    fn end(&mut self, original: &Original, size: usize) {
        let table = self.place();
        let mut places = self.places.clone();
        places.sort_unstable();
        self.write(b"xref\n");
        let mut rest = places.as_slice();
        while let Some((first, _)) = rest.first() {
            let run =
                rest.iter().enumerate().take_while(|(step, (number, _))| *number == first + step).count();
            let (together, after) = rest.split_at(run);
            self.write(format!("{first} {run}\n").as_bytes());
            for (_, place) in together {
                self.write(format!("{place:010} 00000 n\r\n").as_bytes());
            }
            rest = after;
        }
        self.write(format!("trailer\n<</Size {size}\n").as_bytes());
        self.write(&original.trailer);
        self.write(format!("/Prev {}>>\nstartxref\n{table}\n%%EOF\n", original.table).as_bytes());
    }

    /// Everything but the gap with its two angle brackets.
    fn fill_range(&mut self, at: usize, gap: &Range<usize>) {
        let (before, after) = (gap.start - 1, gap.end + 1);
        let range = format!("0 {before} {after} {}", self.place() - after);
        for (to, from) in self.out.iter_mut().skip(at).zip(range.bytes()) {
            *to = from;
        }
    }
}

/// What the update of a sealed file says, before anything is believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Length of the original.
    pub original: usize,
    /// The facts.
    pub facts: SealFacts,
    /// Where the digits of the gap stand.
    pub gap: Range<usize>,
    /// Where the file ends, by its byte range.
    pub end: usize,
}

/// Finds the update, if it begins as ours do. All else is compared later, by writing it anew.
pub fn find(bytes: &[u8]) -> Option<Sealed> {
    let original = last_mark(bytes)?;
    let mut lexer = Lexer::new(bytes, original + MARK.len());
    lexer.number()?;
    lexer.take(HEAD).then_some(())?;
    let name = field(&mut lexer, b"")?;
    let reason = field(&mut lexer, b"/Reason")?;
    let location = field(&mut lexer, b"/Location")?;
    lexer.take(b"/M(D:").then_some(())?;
    let at = text::read_time(lexer.slice(lexer.at()..lexer.at() + 14))?;
    let mut lexer = Lexer::new(bytes, lexer.at() + 14);
    lexer.take(b"Z)/ByteRange[0 ").then_some(())?;
    let range_at = lexer.at() - 2;
    lexer.number()?;
    lexer.space();
    let after = lexer.number()?;
    lexer.space();
    let end = after.checked_add(lexer.number()?)?;
    let mut lexer = Lexer::new(bytes, range_at + RANGE);
    lexer.take(b"]/Contents<").then_some(())?;
    let gap = lexer.at()..lexer.at() + 2 * GAP;
    Lexer::new(bytes, gap.end).take(b">>>\nendobj\n").then_some(())?;
    Some(Sealed { original, facts: SealFacts { reason, location, name, at }, gap, end })
}

fn field(lexer: &mut Lexer<'_>, key: &[u8]) -> Option<String> {
    if !lexer.take(key) {
        return None;
    }
    let range = lexer.value().ok()?;
    let hex = lexer.slice(range).strip_prefix(b"<")?.strip_suffix(b">")?;
    text::read(hex)
}

/// Where the last mark stands that follows the end of a PDF.
fn last_mark(bytes: &[u8]) -> Option<usize> {
    let mut until = bytes.len();
    while let Some(part) = bytes.get(..until) {
        let percent = part.iter().rposition(|byte| *byte == b'%')?;
        let at = percent.checked_sub(1)?;
        let (before, from) = bytes.split_at_checked(at)?;
        let after_end = before.strip_suffix(b"\n").unwrap_or(before).ends_with(b"%%EOF");
        if after_end && from.starts_with(MARK) {
            return Some(at);
        }
        until = percent;
    }
    None
}
