//! The contract as PDF.

use crate::attachment::{Attachment, AttachmentFacts};
use crate::error::{Diagnostics, DocumentError};
use crate::fonts::labels;
use crate::text::{self, Keep};
use crate::world::{Desk, datetime};
use chrono::DateTime;
use domain::contract::ContractDocument;
use fast_qr::convert::{Builder, svg::SvgBuilder};
use fast_qr::{ECL, QRBuilder};
use serde::Serialize;
use std::collections::BTreeMap;
use typst::foundations::{Bytes, Smart};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// What the template reads as `/data.json`.
#[derive(Serialize)]
struct Data<'a> {
    #[serde(flatten)]
    document: &'a ContractDocument,
    draft: bool,
    qr: bool,
    attachment: Option<AttachmentFacts>,
}

/// Renders a contract as PDF/A-3a with PDF/UA-1 tags: the same document gives the same bytes, always.
///
/// Blocking and heavy on the processor: call it off the async threads, one at a time.
pub fn contract_pdf(
    document: &ContractDocument,
    attachment: Option<&Attachment>,
) -> Result<Vec<u8>, DocumentError> {
    let _cache = Cache;
    match render(document, attachment, Keep::Drawable) {
        // A mixture of scripts that no single font can shape: a plain contract is better than none.
        Err(DocumentError::Export(_)) => render(document, attachment, Keep::Plain),
        result => result,
    }
}

/// What typst remembers of a document is forgotten at the end, on failure too: it would only grow.
struct Cache;

impl Drop for Cache {
    fn drop(&mut self) {
        comemo::evict(0);
    }
}

fn render(
    document: &ContractDocument,
    attachment: Option<&Attachment>,
    keep: Keep,
) -> Result<Vec<u8>, DocumentError> {
    let at = DateTime::from_timestamp(document.timestamp, 0);
    let at = at.ok_or(DocumentError::Timestamp(document.timestamp))?;
    let options = options(document, datetime(at).ok_or(DocumentError::Timestamp(document.timestamp))?)?;
    let desk = Desk::new("contract.typ", files(document, attachment, keep)?, at)
        .ok_or_else(|| DocumentError::Template(Diagnostics("no template".into())))?;
    let pages = typst::compile(&desk).output.map_err(|e| DocumentError::Template(Diagnostics::new(&e)))?;
    typst_pdf::pdf(&pages, &options).map_err(|e| DocumentError::Export(Diagnostics::new(&e)))
}

fn files(
    document: &ContractDocument,
    attachment: Option<&Attachment>,
    keep: Keep,
) -> Result<BTreeMap<&'static str, Bytes>, DocumentError> {
    let qr = qr_code(&document.verify_url);
    let data = Data {
        document,
        draft: document.is_draft(),
        qr: qr.is_some(),
        attachment: attachment.map(Attachment::facts),
    };
    let mut data = serde_json::to_value(data)?;
    text::clean_all(&mut data, keep);
    let labels = labels(document.language.code());
    let labels = labels.ok_or_else(|| DocumentError::Template(Diagnostics("no labels".into())))?;
    let mut files =
        BTreeMap::from([("data.json", Bytes::new(serde_json::to_vec(&data)?)), ("labels.json", labels)]);
    files.extend(qr.map(|svg| ("qr.svg", Bytes::from_string(svg))));
    files.extend(attachment.map(|a| ("attachment", Bytes::new(a.bytes.clone()))));
    Ok(files)
}

/// `None` if there is no address, or one that no code can hold.
fn qr_code(url: &str) -> Option<String> {
    let code = QRBuilder::new(url).ecl(ECL::M).build().ok().filter(|_| !url.is_empty())?;
    Some(SvgBuilder::default().margin(0).to_str(&code))
}

fn options(
    document: &ContractDocument,
    at: typst::foundations::Datetime,
) -> Result<PdfOptions, DocumentError> {
    let hash = crate::sha256_hex(&document.canonical()?);
    let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]);
    Ok(PdfOptions {
        ident: Smart::Custom(format!("{}/{}/{hash}", document.number, document.version)),
        creator: Smart::Custom(Some("AV-Portal".into())),
        timestamp: Some(Timestamp::new_utc(at)),
        standards: standards.map_err(|e| DocumentError::Export(Diagnostics(e.message().to_string())))?,
        ..PdfOptions::default()
    })
}
