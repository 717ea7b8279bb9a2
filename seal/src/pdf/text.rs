//! Texts and times as the seal's dictionary writes them: in one form only, so that they can be read back exactly.

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDateTime, Utc};

/// A text as hexadecimal UTF-16, which needs no escapes.
pub fn write(text: &str) -> String {
    let mut out = String::from("<FEFF");
    for unit in text.encode_utf16() {
        let written = write!(out, "{unit:04X}");
        debug_assert!(written.is_ok(), "a String takes everything");
    }
    out.push('>');
    out
}

/// Reads what stands between `<` and `>`.
pub fn read(hex: &[u8]) -> Option<String> {
    let digits = std::str::from_utf8(hex).ok()?.strip_prefix("FEFF")?;
    let units: Option<Vec<u16>> = digits
        .as_bytes()
        .chunks(4)
        .map(|four| u16::from_str_radix(std::str::from_utf8(four).ok()?, 16).ok())
        .collect();
    String::from_utf16(&units?).ok()
}

/// A time such as `20261123100000`.
pub fn write_time(at: DateTime<Utc>) -> String {
    at.format("%Y%m%d%H%M%S").to_string()
}

/// Reads one.
pub fn read_time(digits: &[u8]) -> Option<DateTime<Utc>> {
    let text = std::str::from_utf8(digits).ok().filter(|text| text.len() == 14)?;
    Some(NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M%S").ok()?.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back() {
        for text in ["", "Müller & Söhne (GmbH) \\ >>", "🦩"] {
            let hex = write(text);
            assert_eq!(read(&hex.as_bytes()[1..hex.len() - 1]).as_deref(), Some(text));
        }
        assert_eq!(read(b"FEFFD800"), None);
        assert_eq!(read(b"0041"), None);
    }

    #[test]
    fn times_come_back() {
        let at = DateTime::from_timestamp(1_795_428_000, 0).unwrap();
        assert_eq!(read_time(write_time(at).as_bytes()), Some(at));
        assert_eq!(read_time(b"20261323100000"), None);
    }
}
