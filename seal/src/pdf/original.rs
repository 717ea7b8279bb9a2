//! An original: a PDF as our typesetter writes it. One plain cross-reference table, one trailer, every object where
//! the table says, no form. Whatever looks otherwise is refused rather than understood.

use std::ops::Range;

use super::lexer::{Entry, Lexer};
use super::{has, is_pdf};
use crate::error::PdfFault;

/// Pages lie at most this deep in the tree.
const DEEPEST_PAGE: usize = 16;
/// More objects than this are no document of ours.
const MOST_OBJECTS: usize = 1_000_000;
/// An entry of the table.
const ENTRY: usize = 20;

/// What a seal needs to know of its original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// Length of the file.
    pub length: usize,
    /// Where its table of objects begins.
    pub table: usize,
    /// The number for the next object.
    pub size: usize,
    /// The trailer's entries but for the size, as written.
    pub trailer: Vec<u8>,
    /// Number of the catalogue, and what stands in it.
    pub catalog: (usize, Vec<u8>),
    /// Number of the first page, and what stands in it but for annotations and tab order.
    pub page: (usize, Vec<u8>),
    /// The first page's annotations, as written between `[` and `]`.
    pub annotations: Vec<u8>,
}

/// Where the last table of objects begins, as the end of the file says.
pub fn last_table(bytes: &[u8]) -> Option<usize> {
    let from = bytes.len().saturating_sub(64);
    let tail = bytes.get(from..)?;
    let at = tail.windows(9).rposition(|word| word == b"startxref")?;
    let mut lexer = Lexer::new(tail, at + 9);
    lexer.space();
    lexer.number().filter(|table| *table < bytes.len())
}

impl Original {
    /// Reads an original.
    pub fn read(bytes: &[u8]) -> Result<Self, PdfFault> {
        if !is_pdf(bytes) {
            return Err(PdfFault::Header);
        }
        let table = last_table(bytes).ok_or(PdfFault::End)?;
        let offsets = Offsets::read(bytes, table)?;
        let (entries, mut lexer) = trailer(bytes, offsets.end)?;
        end(&mut lexer, bytes.len(), table)?;
        let root = entries.iter().find(|(key, _)| *key == b"Root").ok_or(PdfFault::Trailer)?;
        let catalog = Lexer::new(bytes, root.1.start).reference().ok_or(PdfFault::Trailer)?;
        let (in_catalog, inner) = offsets.dictionary(bytes, catalog)?;
        if in_catalog.iter().any(|(key, _)| matches!(*key, b"AcroForm" | b"Perms" | b"Collection")) {
            return Err(PdfFault::Form);
        }
        let pages = value(&in_catalog, b"Pages").ok_or(PdfFault::Catalog)?;
        let pages = Lexer::new(bytes, pages.start).reference().ok_or(PdfFault::Catalog)?;
        let page = offsets.first_page(bytes, pages)?;
        let (in_page, _) = offsets.dictionary(bytes, page)?;
        Ok(Self {
            length: bytes.len(),
            table,
            size: offsets.places.len(),
            trailer: without(bytes, &entries, &[b"Size"]),
            catalog: (catalog, bytes.get(inner).unwrap_or_default().to_vec()),
            page: (page, without(bytes, &in_page, &[b"Annots", b"Tabs"])),
            annotations: annotations(bytes, &in_page)?,
        })
    }
}

/// Where each object begins; `None` for numbers that are not used.
struct Offsets {
    places: Vec<Option<usize>>,
    end: usize,
}

impl Offsets {
    /// Reads the table and looks whether each object begins where it says.
    fn read(bytes: &[u8], table: usize) -> Result<Self, PdfFault> {
        let mut lexer = Lexer::new(bytes, table);
        if !lexer.take(b"xref\n0 ") {
            return Err(PdfFault::Table);
        }
        let count = lexer.number().filter(|count| (1..MOST_OBJECTS).contains(count));
        let count = count.filter(|_| lexer.take(b"\n")).ok_or(PdfFault::Table)?;
        let from = lexer.at();
        let end = from + count * ENTRY;
        let entries = bytes.get(from..end).ok_or(PdfFault::Table)?;
        let places = entries.chunks(ENTRY).enumerate().map(|(number, entry)| match TableEntry::read(entry) {
            Some(TableEntry::At(place)) if place < table && begins(bytes, place, number) => Ok(Some(place)),
            Some(TableEntry::Free) => Ok(None),
            Some(TableEntry::At(_)) | None => Err(PdfFault::Table),
        });
        Ok(Self { places: places.collect::<Result<_, _>>()?, end })
    }

    fn dictionary<'a>(
        &self,
        bytes: &'a [u8],
        number: usize,
    ) -> Result<(Vec<Entry<'a>>, Range<usize>), PdfFault> {
        let at = self.places.get(number).copied().flatten().ok_or(PdfFault::Catalog)?;
        let mut lexer = Lexer::new(bytes, at);
        let head = lexer.number().is_some() && lexer.take(b" 0 obj");
        lexer.space();
        let found = lexer.dictionary()?;
        lexer.space();
        if head && lexer.take(b"endobj") { Ok(found) } else { Err(PdfFault::Catalog) }
    }

    /// The first page of the tree, found by the first child each time.
    fn first_page(&self, bytes: &[u8], mut node: usize) -> Result<usize, PdfFault> {
        for _ in 0..DEEPEST_PAGE {
            let (entries, _) = self.dictionary(bytes, node)?;
            let Some(kids) = value(&entries, b"Kids") else { return Ok(node) };
            let mut lexer = Lexer::new(bytes, kids.start);
            let list = lexer.take(b"[");
            lexer.space();
            node = lexer.reference().filter(|_| list).ok_or(PdfFault::Catalog)?;
        }
        Err(PdfFault::Depth)
    }
}

/// One entry of the table: `0000000015 00000 n` and its line end.
enum TableEntry {
    At(usize),
    Free,
}

impl TableEntry {
    fn read(entry: &[u8]) -> Option<Self> {
        let mut lexer = Lexer::new(entry, 0);
        let place = lexer.number()?;
        if lexer.at() != 10 || !matches!(lexer.slice(18..20), b" \n" | b"\r\n" | b" \r") {
            return None;
        }
        match lexer.slice(10..18) {
            b" 00000 n" => Some(Self::At(place)),
            b" 65535 f" | b" 00000 f" => Some(Self::Free),
            _ => None,
        }
    }
}

fn begins(bytes: &[u8], at: usize, number: usize) -> bool {
    let mut lexer = Lexer::new(bytes, at);
    lexer.number() == Some(number) && lexer.take(b" 0 obj")
}

/// The trailer's entries, and the place behind it.
fn trailer(bytes: &[u8], at: usize) -> Result<(Vec<Entry<'_>>, Lexer<'_>), PdfFault> {
    let mut lexer = Lexer::new(bytes, at);
    if !lexer.take(b"trailer\n") {
        return Err(PdfFault::Trailer);
    }
    let (entries, _) = lexer.dictionary().map_err(|_| PdfFault::Trailer)?;
    let there = |name: &[u8]| entries.iter().any(|(key, _)| *key == name);
    if there(b"Encrypt") {
        return Err(PdfFault::Encrypted);
    }
    let forbidden = there(b"Prev") || there(b"XRefStm");
    if forbidden || !there(b"ID") || !there(b"Size") {
        return Err(PdfFault::Trailer);
    }
    Ok((entries, lexer))
}

/// The end of the file: the place of the table, the mark, at most a line end, nothing else.
fn end(lexer: &mut Lexer<'_>, length: usize, table: usize) -> Result<(), PdfFault> {
    lexer.space();
    let place = lexer.take(b"startxref\n") && lexer.number() == Some(table) && lexer.take(b"\n%%EOF");
    let _line_end = lexer.take(b"\n");
    if place && lexer.at() == length { Ok(()) } else { Err(PdfFault::End) }
}

fn value(entries: &[Entry<'_>], name: &[u8]) -> Option<Range<usize>> {
    entries.iter().find(|(key, _)| *key == name).map(|(_, range)| range.clone())
}

/// The entries of a dictionary as they are written, but for some.
fn without(bytes: &[u8], entries: &[Entry<'_>], names: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::new();
    for (key, range) in entries.iter().filter(|(key, _)| !names.contains(key)) {
        out.extend_from_slice(b"/");
        out.extend_from_slice(key);
        out.extend_from_slice(b" ");
        out.extend_from_slice(bytes.get(range.clone()).unwrap_or_default());
        out.extend_from_slice(b"\n");
    }
    out
}

/// Links and the like on the first page, which stay. A list that stands elsewhere is not followed.
fn annotations(bytes: &[u8], page: &[Entry<'_>]) -> Result<Vec<u8>, PdfFault> {
    let Some(range) = value(page, b"Annots") else { return Ok(Vec::new()) };
    let list = bytes.get(range).unwrap_or_default();
    let inner = list.strip_prefix(b"[").and_then(|rest| rest.strip_suffix(b"]")).ok_or(PdfFault::Form)?;
    let plain = !has(inner, b"[") && !has(inner, b"<");
    if plain { Ok(inner.to_vec()) } else { Err(PdfFault::Form) }
}
