//! Why there is no document. What people read says only that; what developers read is in a field, because
//! diagnostics may quote the contract.

use std::fmt;
use thiserror::Error;
use typst::diag::SourceDiagnostic;

/// Why a document could not be made.
#[derive(Debug, Error)]
pub enum DocumentError {
    /// The contract could not be written as data.
    #[error("the document could not be rendered")]
    Data(#[from] serde_json::Error),
    /// Its time stamp is no date.
    #[error("the document could not be rendered")]
    Timestamp(i64),
    /// The template refused it.
    #[error("the document could not be rendered")]
    Template(Diagnostics),
    /// The file would not have been PDF/A-3a and PDF/UA-1.
    #[error("the document could not be rendered")]
    Export(Diagnostics),
}

/// What typst said. May quote the document: never show it to people, never log it unread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostics(
    /// One message a line.
    pub String,
);

impl Diagnostics {
    pub(crate) fn new(messages: &[SourceDiagnostic]) -> Self {
        let line = |d: &SourceDiagnostic| {
            let hints = d.hints.iter().map(|h| h.v.as_str());
            [d.message.as_str()].into_iter().chain(hints).collect::<Vec<_>>().join("; ")
        };
        Self(messages.iter().map(line).collect::<Vec<_>>().join("\n"))
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
