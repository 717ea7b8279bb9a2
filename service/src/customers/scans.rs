//! Scans of paper contracts: found beside the CSV, known by their first bytes, not by their names.

use crate::problem::{Result, internal};
use chrono::{DateTime, Utc};
use domain::audit::sha256 as sha256_of;
use domain::{CustomerId, DocumentId, Mistake};
use std::path::{Path, PathBuf};
use store::documents::Document;
use tokio::io::AsyncReadExt as _;

/// Largest scan, in megabytes.
const LARGEST_MB: u64 = 20;
const COLUMN: &str = "document";

/// Where the paths in the column `document` lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scans {
    /// On the command line: from the folder of the CSV.
    Folder(PathBuf),
    /// In the browser nowhere: the column must be empty.
    None,
}

/// A scan that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Scan {
    path: PathBuf,
    media_type: &'static str,
}

impl Scans {
    /// Looks at a scan; nothing for an empty cell.
    ///
    /// # Errors
    /// `file-upload`, `file-missing-at`, `file-large`, `file-kind`.
    pub(super) async fn look(&self, cell: &str) -> Result<Option<Scan>, Mistake> {
        if cell.is_empty() {
            return Ok(None);
        }
        let Self::Folder(folder) = self else { return Err(Mistake::new(COLUMN, "file-upload")) };
        let path = folder.join(cell);
        let missing = || Mistake::with(COLUMN, "file-missing-at", path.display());
        let about = tokio::fs::metadata(&path).await.map_err(|_| missing())?;
        if !about.is_file() {
            return Err(missing());
        }
        if about.len() > LARGEST_MB * 1_000_000 {
            return Err(Mistake::with(COLUMN, "file-large", format!("{LARGEST_MB} MB")));
        }
        let file = tokio::fs::File::open(&path).await.map_err(|_| missing())?;
        let mut first = Vec::new();
        file.take(8).read_to_end(&mut first).await.map_err(|_| missing())?;
        let media_type = media_type(&first).ok_or_else(|| Mistake::new(COLUMN, "file-kind"))?;
        Ok(Some(Scan { path, media_type }))
    }
}

pub(crate) fn media_type(first: &[u8]) -> Option<&'static str> {
    match first {
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("application/pdf"),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        _ => None,
    }
}

impl Scan {
    /// Reads it whole, as a document of this customer.
    ///
    /// # Errors
    /// When it has become another file since it was looked at.
    pub(super) async fn read(
        &self,
        customer: CustomerId,
        id: DocumentId,
        now: DateTime<Utc>,
    ) -> Result<Document> {
        let file = tokio::fs::File::open(&self.path).await.map_err(internal)?;
        let mut bytes = Vec::new();
        file.take(LARGEST_MB * 1_000_000 + 1).read_to_end(&mut bytes).await.map_err(internal)?;
        if bytes.len() as u64 > LARGEST_MB * 1_000_000
            || media_type(bytes.get(..8).unwrap_or(&bytes)).is_none()
        {
            return Err(internal("a scan changed while it was read"));
        }
        let name = self.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let sha256 = sha256_of(&bytes);
        let media_type = self.media_type.to_string();
        Ok(Document { id, customer, kind: "scan".into(), name, media_type, sha256, bytes, created_at: now })
    }
}

/// The folder from which paths in a CSV count: its own, or the present one for the standard input.
pub fn folder_of(csv: &Path) -> PathBuf {
    csv.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new(".")).to_path_buf()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_first_bytes() {
        assert_eq!(media_type(b"%PDF-1.7"), Some("application/pdf"));
        assert_eq!(media_type(b"\x89PNG\r\n\x1a\n"), Some("image/png"));
        assert_eq!(media_type(b"\xff\xd8\xff\xe0\0\x10JF"), Some("image/jpeg"));
        for other in [&b"<html>"[..], b"MZ", b"", b"%PD"] {
            assert_eq!(media_type(other), None);
        }
        assert_eq!(folder_of(Path::new("a/b.csv")), Path::new("a"));
        assert_eq!(folder_of(Path::new("-")), Path::new("."));
    }
}
