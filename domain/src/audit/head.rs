//! Heads of the tree: how many entries, under which root, when. Whoever keeps one proves later that none of these
//! entries was changed, left out, moved or added.

use crate::merkle::Hash;
use chrono::{DateTime, SecondsFormat, Utc};

const NAME: &str = "av-portal-audit-head";
const VERSION: &str = "v1";

/// A head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeHead {
    /// So many entries, from the first on.
    pub size: u64,
    /// The root over them (RFC 6962).
    pub root: Hash,
    /// When it was made.
    pub at: DateTime<Utc>,
}

/// Who signed a head, and the signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadSignature {
    /// Which key.
    pub key_id: String,
    /// ECDSA P-256 with SHA-256 over [`TreeHead::text`], ASN.1 DER, in base64.
    pub signature_base64: String,
}

impl TreeHead {
    /// What is signed, stamped and mailed: one line, without a line break at its end.
    pub fn text(&self) -> String {
        let at = self.at.to_rfc3339_opts(SecondsFormat::Micros, true);
        format!("{NAME} {VERSION} {} {} {at}", self.size, self.root)
    }

    /// Reads [`Self::text`].
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        if words.next() != Some(NAME) || words.next() != Some(VERSION) {
            return None;
        }
        let size = words.next()?.parse().ok()?;
        let root = Hash::parse(words.next()?.as_bytes())?;
        let at = words.next()?.parse().ok()?;
        let head = Self { size, root, at };
        (words.next().is_none() && head.text() == text).then_some(head)
    }

    /// The first head that stands in a text with other things around it, such as a kept mail. Lines that mail
    /// programs have folded are put together again.
    pub fn find(text: &str) -> Option<Self> {
        let unfolded = text.replace("=\r\n", "").replace("=\n", "");
        let words: Vec<&str> = unfolded.split(|c: char| c.is_whitespace() || "\"<>".contains(c)).collect();
        let words: Vec<&str> = words.into_iter().filter(|w| !w.is_empty()).collect();
        words.windows(5).find_map(|five| Self::parse(&five.join(" ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merkle::leaf;

    fn head() -> TreeHead {
        TreeHead { size: 12, root: leaf(b"x"), at: "2026-11-23T08:00:00.000001Z".parse().unwrap() }
    }

    #[test]
    fn a_head_is_read_as_it_is_written_and_in_no_other_way() {
        let text = head().text();
        assert!(text.starts_with("av-portal-audit-head v1 12 "), "{text}");
        assert_eq!(TreeHead::parse(&text), Some(head()));
        for bad in [
            text.replace(" 12 ", " 012 "),
            text.replace("v1", "v2"),
            text.replace(".000001Z", "Z"),
            format!("{text} "),
            format!("{text} more"),
            text.to_uppercase(),
            String::new(),
        ] {
            assert_eq!(TreeHead::parse(&bad), None, "{bad}");
        }
    }

    #[test]
    fn a_head_is_found_in_a_mail() {
        let text = head().text();
        let folded = format!("Guten Tag,\r\n\r\n{}=\r\n{}\r\n\r\nGr=C3=BC=C3=9Fe", &text[..70], &text[70..]);
        let html = format!("<p>{text}</p>");
        let json = format!("{{\"text\":\"{text}\"}}");
        let wrapped = text.replace(' ', "\n ");
        for mail in [folded, html, json, wrapped] {
            assert_eq!(TreeHead::find(&mail), Some(head()), "{mail}");
        }
        assert_eq!(TreeHead::find("av-portal-audit-head v1"), None);
    }
}
