//! The deletion certificate as PDF.

use crate::attachment::Attachment;
use crate::error::DocumentError;
use crate::typeset::{Sheet, fields, typeset};
use domain::contract::DeletionCertificate;
use serde_json::json;

/// Renders a deletion certificate as PDF/A-3a with PDF/UA-1 tags, in the look of the contract, with its own data inside
/// as `deletion.json`: the same certificate gives the same bytes, always.
///
/// Blocking and heavy on the processor: call it off the async threads, one at a time.
pub fn deletion_pdf(certificate: &DeletionCertificate) -> Result<Vec<u8>, DocumentError> {
    let canonical = certificate.canonical()?;
    let hash = crate::sha256_hex(&canonical);
    let attachment = Attachment {
        name: "deletion.json".into(),
        description: certificate.schema.clone(),
        media_type: "application/json".into(),
        bytes: canonical,
    };
    let mut data = fields(certificate)?;
    data.insert("draft".into(), json!(false));
    typeset(&Sheet {
        template: "deletion.typ",
        data,
        language: certificate.language.code(),
        timestamp: certificate.timestamp,
        ident: format!("{}/{}/deletion/{hash}", certificate.number, certificate.version),
        url: &certificate.verify_url,
        attachment: Some(&attachment),
    })
}
