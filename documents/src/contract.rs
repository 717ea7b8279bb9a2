//! The contract as PDF.

use crate::attachment::Attachment;
use crate::error::DocumentError;
use crate::typeset::{Sheet, fields, typeset};
use domain::contract::ContractDocument;
use serde_json::json;

/// Renders a contract as PDF/A-3a with PDF/UA-1 tags: the same document gives the same bytes, always.
///
/// Blocking and heavy on the processor: call it off the async threads, one at a time.
pub fn contract_pdf(
    document: &ContractDocument,
    attachment: Option<&Attachment>,
) -> Result<Vec<u8>, DocumentError> {
    let hash = crate::sha256_hex(&document.canonical()?);
    let mut data = fields(document)?;
    data.insert("draft".into(), json!(document.is_draft()));
    typeset(&Sheet {
        template: "contract.typ",
        data,
        language: document.language.code(),
        timestamp: document.timestamp,
        ident: format!("{}/{}/{hash}", document.number, document.version),
        url: &document.verify_url,
        attachment,
    })
}
