//! Many entries at once, for checking: the database puts them into one value, because a row costs more on its way
//! than to be hashed. Lengths stand before the texts, so that nothing in a text can pass for another one.

use crate::connection::Connection;
use crate::error::{Result, unreadable};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::audit::Row;
use sea_orm::{DbBackend, Statement};
use std::ops::Range;

/// `seq:at:kind:subject:body:prev:hash:` as number and lengths, then the texts themselves.
const SQLITE: &str = "SELECT CAST(group_concat(seq || ':' || octet_length(at) || ':' || octet_length(kind) || ':' || \
     octet_length(subject) || ':' || octet_length(body) || ':' || octet_length(prev) || ':' || \
     octet_length(hash) || ':' || at || kind || subject || body || prev || hash, '') AS BLOB) AS block \
     FROM audit WHERE seq > ? AND seq <= ?";

const POSTGRES: &str = "SELECT convert_to(string_agg(seq || ':27:' || octet_length(kind) || ':' || \
     octet_length(subject) || ':' || octet_length(body) || ':' || octet_length(prev) || ':' || \
     octet_length(hash) || ':' || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') || \
     kind || subject || body || prev || hash, '' ORDER BY seq), 'UTF8') AS block \
     FROM audit WHERE seq > $1 AND seq <= $2";

/// Entries as they lie in the table.
#[derive(Clone, Debug)]
pub struct Block {
    bytes: Vec<u8>,
    spans: Vec<Span>,
}

#[derive(Clone, Debug)]
struct Span {
    seq: i64,
    /// `at`, `kind`, `subject`, `body`, `prev`, `hash`, one after the other.
    texts: [Range<usize>; 6],
}

/// The entries after `seq` up to `upto`.
///
/// # Errors
/// Database errors; a place that is no whole number.
pub async fn block(db: &impl Connection, seq: i64, upto: i64) -> Result<Block> {
    let backend = db.get_database_backend();
    let sql = if backend == DbBackend::Sqlite { SQLITE } else { POSTGRES };
    let values = [seq.into(), upto.into()];
    let row = db.query_one_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    let bytes: Option<Vec<u8>> = row.map(|r| r.try_get("", "block")).transpose()?.flatten();
    let bytes = bytes.unwrap_or_default();
    let mut spans = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let span = span(&bytes, at).ok_or_else(|| unreadable("audit", "place or length"))?;
        at = span.texts[5].end;
        spans.push(span);
    }
    if !spans.is_sorted_by_key(|s| s.seq) {
        spans.sort_by_key(|s| s.seq);
    }
    Ok(Block { bytes, spans })
}

fn span(bytes: &[u8], mut at: usize) -> Option<Span> {
    let mut number = || {
        let length = bytes.get(at..)?.iter().take(20).position(|b| *b == b':')?;
        let text = str::from_utf8(&bytes[at..at + length]).ok()?;
        at += length + 1;
        Some(text)
    };
    let seq = number()?.parse().ok()?;
    let mut lengths = [0_usize; 6];
    for length in &mut lengths {
        *length = number()?.parse().ok()?;
    }
    let texts = lengths.map(|length| {
        let from = at;
        at = at.saturating_add(length);
        from..at
    });
    (at <= bytes.len()).then_some(Span { seq, texts })
}

impl Block {
    /// So many entries.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Shows each entry, in the order of their places.
    pub fn each(&self, mut take: impl FnMut(&Row<'_>)) {
        let mut canonical = [0; CANONICAL];
        for s in &self.spans {
            let [at, kind, subject, body, prev, hash] = s.texts.each_ref().map(|r| &self.bytes[r.clone()]);
            let at = as_in_the_text(at, &mut canonical);
            take(&Row { seq: s.seq, at, columns: Some((kind, subject)), body, prev, hash });
        }
    }
}

/// Length of `2026-11-23T08:00:00.000000Z`.
const CANONICAL: usize = 27;
/// Up to the seconds.
const SECONDS: usize = 19;

/// A time as the canonical text writes it. SQLite keeps it with as many digits as it needs, and with `+00:00`; what is
/// written in yet another way is read as a time, and what is none stays as it is.
fn as_in_the_text<'a>(column: &'a [u8], buffer: &'a mut [u8; CANONICAL]) -> &'a [u8] {
    if column.len() == CANONICAL && column.ends_with(b"Z") {
        return column;
    }
    let plain = column.strip_suffix(b"+00:00").filter(|p| p.len() >= SECONDS && p[10] == b'T');
    if let Some((seconds, fraction)) = plain.and_then(|p| p.split_at_checked(SECONDS)) {
        let digits = fraction.strip_prefix(b".").unwrap_or(fraction);
        let whole = fraction.is_empty() || fraction[0] == b'.';
        if whole && digits.len() <= 6 && digits.iter().all(u8::is_ascii_digit) {
            buffer[..SECONDS].copy_from_slice(seconds);
            buffer[SECONDS..].copy_from_slice(b".000000Z");
            buffer[SECONDS + 1..][..digits.len()].copy_from_slice(digits);
            return buffer;
        }
    }
    let read = str::from_utf8(column).ok().and_then(|t| t.parse::<DateTime<Utc>>().ok());
    let text = read.map(|t| t.to_rfc3339_opts(SecondsFormat::Micros, true)).unwrap_or_default();
    match buffer.len() == text.len() {
        true => {
            buffer.copy_from_slice(text.as_bytes());
            buffer
        }
        false => column,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(column: &str) -> String {
        String::from_utf8(as_in_the_text(column.as_bytes(), &mut [0; CANONICAL]).to_vec()).unwrap()
    }

    #[test]
    fn times_become_those_of_the_text() {
        for (column, text) in [
            ("2026-11-23T08:00:00+00:00", "2026-11-23T08:00:00.000000Z"),
            ("2026-11-23T08:00:00.120+00:00", "2026-11-23T08:00:00.120000Z"),
            ("2026-11-23T08:00:00.123456+00:00", "2026-11-23T08:00:00.123456Z"),
            ("2026-11-23T08:00:00.123456Z", "2026-11-23T08:00:00.123456Z"),
            ("2026-11-23T09:00:00+01:00", "2026-11-23T08:00:00.000000Z"),
            ("2026-11-23 08:00:00+00:00", "2026-11-23T08:00:00.000000Z"),
            ("yesterday", "yesterday"),
            ("", ""),
        ] {
            assert_eq!(canonical(column), text, "{column}");
        }
    }

    #[test]
    fn a_text_cannot_pass_for_another_one() {
        let bytes = b"7:1:1:2:3:1:1:AKSSB:BPH";
        let found = span(bytes, 0).unwrap();
        assert_eq!(found.seq, 7);
        let texts: Vec<_> = found.texts.iter().map(|r| str::from_utf8(&bytes[r.clone()]).unwrap()).collect();
        assert_eq!(texts, ["A", "K", "SS", "B:B", "P", "H"]);
        for bad in ["", "7", "7:1:1:2:3:1:9:AKSSB:BPH", "x:1:1:2:3:1:1:AKSSB:BPH", "2.5:0:0:0:0:0:0:"] {
            assert!(span(bad.as_bytes(), 0).is_none(), "{bad}");
        }
    }
}
