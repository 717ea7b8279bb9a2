//! JSON that is written tens of thousands of times a second: fixed parts as they stand, texts escaped where they must be.

use chrono::{DateTime, SecondsFormat, Utc};
use uuid::Uuid;

/// Appends to bytes. What is fixed comes as it stands ([`Self::raw`]), so the writer is trusted to open and close.
#[derive(Debug)]
pub struct Json<'b>(pub &'b mut Vec<u8>);

impl Json<'_> {
    /// Something that is JSON, or a part of it.
    pub fn raw(&mut self, json: &str) -> &mut Self {
        self.0.extend_from_slice(json.as_bytes());
        self
    }

    /// A name of ours: it needs no escaping.
    pub fn name(&mut self, name: &'static str) -> &mut Self {
        self.raw("\"").raw(name).raw("\"")
    }

    /// A text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.joined("", text)
    }

    /// A text behind something that needs no escaping.
    pub fn joined(&mut self, plain: &str, text: &str) -> &mut Self {
        if text.bytes().any(|b| b < b' ' || b == b'"' || b == b'\\') {
            return self.raw(&serde_json::Value::from(format!("{plain}{text}")).to_string());
        }
        self.raw("\"").raw(plain).raw(text).raw("\"")
    }

    /// A number.
    pub fn number(&mut self, number: i64) -> &mut Self {
        self.raw(itoa::Buffer::new().format(number))
    }

    /// An id as a text.
    pub fn id(&mut self, id: Uuid) -> &mut Self {
        let mut buffer = Uuid::encode_buffer();
        let id = id.hyphenated().encode_lower(&mut buffer);
        self.raw("\"").raw(id).raw("\"")
    }

    /// A time in microseconds, as both databases keep it.
    pub fn time(&mut self, at: DateTime<Utc>) -> &mut Self {
        self.raw("\"").raw(&at.to_rfc3339_opts(SecondsFormat::Micros, true)).raw("\"")
    }

    /// Whatever `write` writes, or `null`.
    pub fn optional<T>(
        &mut self,
        value: Option<T>,
        write: impl FnOnce(&mut Self, T) -> &mut Self,
    ) -> &mut Self {
        match value {
            Some(value) => write(self, value),
            None => self.raw("null"),
        }
    }

    /// A list of whatever `write` writes.
    pub fn list<T>(&mut self, items: impl IntoIterator<Item = T>, write: impl Fn(&mut Self, T)) -> &mut Self {
        self.raw("[");
        for (n, item) in items.into_iter().enumerate() {
            if n > 0 {
                self.raw(",");
            }
            write(self, item);
        }
        self.raw("]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone as _;

    fn written(write: impl Fn(&mut Json<'_>)) -> String {
        let mut bytes = Vec::new();
        write(&mut Json(&mut bytes));
        String::from_utf8(bytes).expect("UTF-8")
    }

    #[test]
    fn whatever_is_written_is_read_as_it_was() {
        let odd =
            ["", "Müller & Söhne", "\"", "a\\b", "line\nbreak\u{1}\u{1f}", "\u{7f}\u{2028}😀", "{\"a\":1}"];
        for text in odd {
            let json = written(|j| {
                j.text(text);
            });
            assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), text);
        }
    }

    #[test]
    fn lists_numbers_ids_and_times() {
        let at = Utc.with_ymd_and_hms(2026, 11, 25, 9, 0, 0).unwrap() + chrono::Duration::microseconds(70);
        let json = written(|j| {
            j.raw("[").number(i64::MIN).raw(",").id(Uuid::from_u128(7)).raw(",").time(at).raw(",");
            j.list(["a", "b"], |j, t| _ = j.text(t)).raw(",").list([(); 0], |_, ()| ()).raw("]");
        });
        let expected = r#"[-9223372036854775808,"00000000-0000-0000-0000-000000000007","2026-11-25T09:00:00.000070Z",["a","b"],[]]"#;
        assert_eq!(json, expected);
    }
}
