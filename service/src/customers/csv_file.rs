//! CSV files as spreadsheets write them: UTF-8 with or without BOM, comma or semicolon, a header row, RFC 4180
//! quoting. Every mistake is named by the line that an editor shows, also behind cells of several lines.

use super::importing::BadRow;
use crate::problem::{Problem, internal};
use csv::{ByteRecord, ReaderBuilder, StringRecord};
use domain::{Mistake, Mistakes};
use std::collections::HashSet;

/// A file that could be read as a table; single rows of it may still be wrong.
#[derive(Clone, Debug)]
pub struct Table {
    columns: Vec<String>,
    /// The rows under the header, without empty ones.
    pub rows: Vec<Line>,
}

/// A row and where it begins.
#[derive(Clone, Debug)]
pub struct Line {
    /// Line of the file, from 1.
    pub line: u64,
    /// Its cells as they were before they were written, or why it cannot be read.
    pub cells: Result<StringRecord, Mistakes>,
}

impl Table {
    /// Whether the file says anything about a column.
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|c| c == column)
    }

    /// The cells of a row by column; empty where the file has no such column.
    pub fn cells<'a>(&'a self, row: &'a StringRecord) -> impl Fn(&str) -> &'a str {
        move |column| {
            let at = self.columns.iter().position(|c| c == column);
            at.and_then(|i| row.get(i)).unwrap_or_default()
        }
    }
}

/// Reads a file whose header may name `columns`, the first `required` of which must be there.
///
/// # Errors
/// What is wrong with the file as a whole (header, quotes, nothing in it): then no row can be trusted.
pub fn read(bytes: &[u8], columns: &[&str], required: usize) -> Result<Table, Vec<BadRow>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(vec![BadRow::new(1, Mistake::new("", "file-empty"))]);
    }
    let delimiter = delimiter(bytes);
    let quotes = Quotes::scan(bytes, delimiter);
    if let Some(at) = quotes.open {
        let line = Lines::new(bytes).at(at);
        return Err(vec![BadRow::new(line, Mistake::new("", "quote-open"))]);
    }
    let mut records = records(bytes, delimiter).into_iter();
    let Some((start, header)) = records.next() else {
        return Err(vec![BadRow::new(1, Mistake::new("", "file-empty"))]);
    };
    let mut lines = Lines::new(bytes);
    let line = lines.at(start);
    let names = header_names(&header, columns, required).map_err(|m| vec![BadRow { line, mistakes: m }])?;
    let rows = records
        .filter(|(_, r)| r.iter().any(|cell| !cell.trim_ascii().is_empty()))
        .map(|(start, r)| Line {
            line: lines.at(start),
            cells: row(r, &names, quotes.stray.contains(&start)),
        })
        .collect();
    Ok(Table { columns: names, rows })
}

/// The sign that stands more often in the first line.
fn delimiter(bytes: &[u8]) -> u8 {
    let first = bytes.split(|b| matches!(b, b'\n' | b'\r')).find(|line| !line.is_empty()).unwrap_or_default();
    let pieces = |sign: u8| first.split(|b| *b == sign).count();
    if pieces(b';') > pieces(b',') { b';' } else { b',' }
}

/// All records with the place of their first byte. Reading from memory, this cannot fail.
fn records(bytes: &[u8], delimiter: u8) -> Vec<(usize, ByteRecord)> {
    let mut builder = ReaderBuilder::new();
    let mut reader = builder.has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes);
    let mut all = Vec::new();
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        let told = record.position().map_or(0, csv::Position::byte);
        let told = usize::try_from(told).unwrap_or(bytes.len()).min(bytes.len());
        // The reader counts the end of the line before, and empty lines, to the record after them.
        let start = bytes[told..].iter().position(|b| !matches!(b, b'\n' | b'\r')).map_or(told, |n| told + n);
        all.push((start, record.clone()));
    }
    all
}

fn header_names(header: &ByteRecord, columns: &[&str], required: usize) -> Result<Vec<String>, Mistakes> {
    let mut m = Mistakes::default();
    let mut names: Vec<String> = Vec::new();
    for (i, cell) in header.iter().enumerate() {
        let name = String::from_utf8_lossy(cell).trim().to_lowercase();
        if name.is_empty() {
            m.0.push(Mistake::with("", "column-nameless", i + 1));
        } else if !columns.contains(&name.as_str()) {
            m.0.push(Mistake::with(&name, "column-unknown", columns.join(", ")));
        } else if names.contains(&name) {
            m.add(&name, "column-twice");
        }
        names.push(name);
    }
    for missing in columns.iter().take(required).filter(|c| !names.iter().any(|n| n == *c)) {
        m.add(missing, "column-missing");
    }
    if m.is_empty() { Ok(names) } else { Err(m) }
}

fn row(record: ByteRecord, names: &[String], stray_quote: bool) -> Result<StringRecord, Mistakes> {
    if stray_quote {
        return Err(Mistake::new("", "quote-text").into());
    }
    if record.len() != names.len() {
        return Err(Mistake::with("", "fields", format!("{} ≠ {}", record.len(), names.len())).into());
    }
    let record = StringRecord::from_byte_record(record).map_err(|e| {
        let bad = names.get(e.utf8_error().field()).map_or("", String::as_str);
        Mistakes::from(Mistake::new(bad, "not-utf8"))
    })?;
    Ok(record.iter().map(unguarded).collect())
}

/// Quotes that do not keep to the rules; the reader itself would swallow the rest of the file without a word.
#[derive(Default)]
struct Quotes {
    /// Where a quote opens that nothing closes.
    open: Option<usize>,
    /// Beginnings of records with text behind a closing quote.
    stray: HashSet<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    RecordStart,
    FieldStart,
    Plain,
    Quoted(usize),
    Closed,
}

impl Quotes {
    fn scan(bytes: &[u8], delimiter: u8) -> Self {
        let mut found = Self::default();
        let (mut place, mut record, mut i) = (Place::RecordStart, 0, 0);
        while i < bytes.len() {
            let b = bytes[i];
            if place == Place::RecordStart {
                record = i;
            }
            place = match (place, b) {
                (Place::Quoted(_), b'"') if bytes.get(i + 1) == Some(&b'"') => {
                    i += 1;
                    place
                }
                (Place::Quoted(_), b'"') => Place::Closed,
                (Place::Quoted(_), _) => place,
                (_, b'\n' | b'\r') => Place::RecordStart,
                (_, b) if b == delimiter => Place::FieldStart,
                (Place::RecordStart | Place::FieldStart, b'"') => Place::Quoted(i),
                (Place::Closed, _) => {
                    found.stray.insert(record);
                    Place::Plain
                }
                _ => Place::Plain,
            };
            i += 1;
        }
        if let Place::Quoted(at) = place {
            found.open = Some(at);
        }
        found
    }
}

/// Line numbers as an editor shows them: `\n`, `\r\n` and a lone `\r` each end a line.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, line: 1 }
    }

    /// The line of a place; places come in rising order.
    fn at(&mut self, place: usize) -> u64 {
        while self.at < place {
            let (b, next) = (self.bytes[self.at], self.bytes.get(self.at + 1));
            if b == b'\n' || (b == b'\r' && next != Some(&b'\n')) {
                self.line += 1;
            }
            self.at += 1;
        }
        self.line
    }
}

/// The column of phone numbers: `+` and digits only, so no formula, and other programs want to read them as they are.
const NUMBERS: &str = "phones";

/// Whether a spreadsheet takes a cell for a formula, or would if one more `'` was cut off.
fn is_formula(cell: &str) -> bool {
    let text = cell.trim_start_matches('\'');
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && !text.trim().is_empty()
}

/// The cell with a `'` before what a spreadsheet would calculate: whoever may type a name must not make the computer
/// of its reader do something.
fn guarded(cell: String) -> String {
    if is_formula(&cell) { format!("'{cell}") } else { cell }
}

/// Takes back what a written file has before a formula.
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

/// Writes a table: UTF-8 without BOM, commas, a header row, no formulas.
///
/// # Errors
/// None in practice: it is written to memory.
pub fn write<R, C>(header: &[&str], rows: R) -> Result<Vec<u8>, Problem>
where
    R: IntoIterator<Item = C>,
    C: IntoIterator<Item = String>,
{
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).map_err(internal)?;
    for row in rows {
        let cells = row.into_iter().zip(header).map(|(cell, column)| match *column {
            NUMBERS => cell,
            _ => guarded(cell),
        });
        writer.write_record(cells.map(String::into_bytes)).map_err(internal)?;
    }
    writer.into_inner().map_err(internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [&str; 3] = ["number", "name", "note"];

    fn lines(file: &[u8]) -> Vec<(u64, Result<Vec<String>, String>)> {
        let table = read(file, &COLUMNS, 2).unwrap();
        let cells = |r: Result<StringRecord, Mistakes>| match r {
            Ok(r) => Ok(r.iter().map(String::from).collect()),
            Err(m) => Err(m.0[0].code.clone()),
        };
        table.rows.into_iter().map(|l| (l.line, cells(l.cells))).collect()
    }

    fn whole(file: &[u8]) -> (u64, Vec<(String, String)>) {
        let bad = read(file, &COLUMNS, 2).unwrap_err().remove(0);
        (bad.line, bad.mistakes.0.into_iter().map(|m| (m.field, m.code)).collect())
    }

    #[expect(clippy::unnecessary_wraps, reason = "beside rows that are wrong")]
    fn ok(cells: [&str; 3]) -> Result<Vec<String>, String> {
        Ok(cells.map(String::from).to_vec())
    }

    #[test]
    fn every_spelling_of_a_file_is_the_same_table() {
        for file in [
            "number,name,note\n1,a,b\n",
            "\u{feff}number,name,note\r\n1,a,b",
            "Number; name ;note\r1;a;b\r",
            "\n\nnumber;name;note\n\"1\";\"a\";\"b\"\n;;\n",
        ] {
            assert_eq!(lines(file.as_bytes()).remove(0).1, ok(["1", "a", "b"]), "{file:?}");
        }
    }

    #[test]
    fn lines_are_those_of_the_editor() {
        for end in ["\n", "\r\n", "\r"] {
            let file = "number,name,note#1,\"two#lines, and \"\"more\"\"\",x##2,b#3,c,y#".replace('#', end);
            let found = lines(file.as_bytes());
            let text = format!("two{end}lines, and \"more\"");
            assert_eq!(
                found,
                [(2, ok(["1", &text, "x"])), (5, Err("fields".into())), (6, ok(["3", "c", "y"]))],
                "{end:?}"
            );
        }
    }

    #[test]
    fn bad_bytes_and_stray_quotes_are_named_by_line() {
        assert_eq!(lines(b"number,name,note\n1,a,b\n2,M\xfcller,c\n")[1], (3, Err("not-utf8".into())));
        assert_eq!(lines(b"number,name,note\n1,\"a\"x,b\n")[0], (2, Err("quote-text".into())));
        assert_eq!(lines(b"number,name,note\n1,Fa. \"A\",b\n")[0], (2, ok(["1", "Fa. \"A\"", "b"])));
        assert_eq!(
            whole(b"number,name,note\n1,a,b\n2,\"c,d\n3,e,f\n"),
            (3, vec![(String::new(), "quote-open".into())])
        );
    }

    #[test]
    fn no_cell_is_a_formula_and_each_comes_back_as_it_was() {
        let cells =
            ["=1+1", "+1", "-1", "@a", "\tx", "\rx", "'=1", "''+1", "'", "'x", "\t", "", "a=1", "Müller"];
        for cell in cells {
            let out = guarded(cell.into());
            assert!(!out.trim_start().starts_with(['=', '+', '-', '@']), "{out:?}");
            assert_eq!(unguarded(&out), cell, "{out:?}");
        }
        let row = [["=1+1".to_string(), "+497022123456".to_string()]];
        let file = String::from_utf8(write(&["name", "phones"], row).unwrap()).unwrap();
        assert_eq!(file, "name,phones\n'=1+1,+497022123456\n");
    }

    #[test]
    fn a_header_is_complete_and_known() {
        let code = |field: &str, code: &str| (field.to_string(), code.to_string());
        assert_eq!(
            whole(b"number,colour,number,\n1,2,3,4\n").1,
            [
                code("colour", "column-unknown"),
                code("number", "column-twice"),
                code("", "column-nameless"),
                code("name", "column-missing"),
            ]
        );
        for nothing in ["", "\n \n", "\u{feff}"] {
            assert_eq!(whole(nothing.as_bytes()), (1, vec![code("", "file-empty")]));
        }
        assert!(lines(b"number,name").is_empty());
    }
}
