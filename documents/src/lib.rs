//! Data to PDF: a [`ContractDocument`](domain::contract::ContractDocument) or a
//! [`DeletionCertificate`](domain::contract::DeletionCertificate) becomes a PDF/A-3a with PDF/UA-1 tags.
//! The words are in `content/pdf/labels`, the look in `content/pdf/*.typ`; here is only the way between.
//! The bytes depend on document, attachment and template alone: no clock, no network, no system fonts.

mod attachment;
mod contract;
mod deletion;
mod error;
mod fonts;
pub mod samples;
mod text;
mod typeset;
mod world;

pub use attachment::Attachment;
pub use contract::contract_pdf;
pub use deletion::deletion_pdf;
pub use error::{Diagnostics, DocumentError};
use sha2::{Digest, Sha256};

/// SHA-256 of some bytes, as 64 hexadecimal digits: what hashes of documents are printed and compared as.
pub fn sha256_hex(bytes: &[u8]) -> String {
    domain::audit::hex(&Sha256::digest(bytes))
}
