//! Files that belong to an entry: known by their first bytes, not by their names; stored once, with a hash.

use crate::fresh;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::audit::sha256;
use domain::register::FileRef;
use domain::{CustomerId, DocumentId, Mistake};
use store::Work;
use store::documents::{self, Document};

/// Largest file, in megabytes.
pub const LARGEST_MB: usize = 20;
/// The form field of files.
const FIELD: &str = "file";

/// A file as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Upload {
    /// Name, as the browser gave it.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// What the content is; the name says nothing.
pub(crate) fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [b'P', b'K', 3, 4, ..] => Some("application/zip"),
        _ => crate::customers::scans::media_type(bytes.get(..8).unwrap_or(bytes)),
    }
}

/// Checks a file without storing it.
///
/// # Errors
/// `file-large`, `file-kind-content`.
pub fn check(upload: &Upload) -> Result<&'static str, Mistake> {
    if upload.bytes.len() > LARGEST_MB * 1_000_000 {
        return Err(Mistake::with(FIELD, "file-large", format!("{LARGEST_MB} MB")));
    }
    media_type(&upload.bytes).ok_or_else(|| Mistake::new(FIELD, "file-kind-content"))
}

/// Stores a file for a customer.
///
/// # Errors
/// As [`check`]; database errors.
pub(crate) async fn store(
    work: &Work,
    customer: CustomerId,
    upload: Upload,
    now: DateTime<Utc>,
) -> Result<FileRef> {
    let media_type = check(&upload)?;
    let id: DocumentId = fresh::id(now);
    let hash = sha256(&upload.bytes);
    let name = plain_name(&upload.name, media_type);
    let file =
        FileRef { document: id, name: name.clone(), size: upload.bytes.len() as u64, sha256: hash.clone() };
    let document = Document {
        id,
        customer,
        kind: "register".into(),
        name,
        media_type: media_type.into(),
        sha256: hash,
        bytes: upload.bytes,
        created_at: now,
    };
    documents::insert(work.db(), document).await?;
    Ok(file)
}

/// The last part of a path, without signs that hide something, with an end that fits the content.
fn plain_name(name: &str, media_type: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !c.is_control()).take(100).collect();
    let ends: &[&str] = match media_type {
        "application/zip" => &[".zip", ".docx", ".xlsx", ".odt", ".ods"],
        "image/png" => &[".png"],
        "image/jpeg" => &[".jpg", ".jpeg"],
        _ => &[".pdf"],
    };
    let lower = kept.to_lowercase();
    let stem = if kept.trim().is_empty() { "file" } else { kept.trim() };
    if ends.iter().any(|e| lower.ends_with(e)) { kept } else { format!("{stem}{}", ends[0]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_the_content_is() {
        assert_eq!(media_type(b"PK\x03\x04rest"), Some("application/zip"));
        assert_eq!(media_type(b"%PDF-1.7 and more"), Some("application/pdf"));
        assert_eq!(media_type(b"MZ\x90"), None);
        assert_eq!(plain_name("C:\\x\\Bericht.pdf", "application/pdf"), "Bericht.pdf");
        assert_eq!(plain_name("bericht.exe", "application/pdf"), "bericht.exe.pdf");
        assert_eq!(plain_name("", "image/png"), "file.png");
    }
}
