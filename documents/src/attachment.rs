//! A file inside the PDF, such as the evidence record as JSON (checklist item F4).

use serde::Serialize;

/// A file embedded into the PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// File name without folders, such as `evidence.json`.
    pub name: String,
    /// What it is, in the language of the document.
    pub description: String,
    /// Media type, such as `application/json`.
    pub media_type: String,
    /// Its content, embedded as it is.
    pub bytes: Vec<u8>,
}

/// What the template knows of it; the bytes come as a file of their own.
#[derive(Serialize)]
pub(crate) struct AttachmentFacts {
    name: String,
    description: String,
    media_type: String,
    sha256: String,
}

impl Attachment {
    pub(crate) fn facts(&self) -> AttachmentFacts {
        AttachmentFacts {
            name: file_name(&self.name),
            description: self.description.clone(),
            media_type: if is_media_type(&self.media_type) { &self.media_type } else { BINARY }.into(),
            sha256: crate::sha256_hex(&self.bytes),
        }
    }
}

const BINARY: &str = "application/octet-stream";

/// Only what every file system accepts: readers save it under this name.
fn file_name(name: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let name: String = name.chars().map(|c| if safe(c) { c } else { '_' }).take(100).collect();
    match name.trim_start_matches('.') {
        "" => "attachment".into(),
        name => name.into(),
    }
}

fn is_media_type(text: &str) -> bool {
    let part = |p: &str| {
        !p.is_empty() && p.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+'))
    };
    text.split_once('/').is_some_and(|(a, b)| part(a) && part(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_types_are_harmless() {
        assert_eq!(file_name("evidence.json"), "evidence.json");
        assert_eq!(file_name("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(file_name(".."), "attachment");
        assert!(is_media_type("application/ld+json"));
        assert!(!is_media_type("text"));
        assert!(!is_media_type("text/<b>"));
    }
}
