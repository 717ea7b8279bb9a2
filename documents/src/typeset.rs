//! From data and a template to a PDF/A-3a with PDF/UA-1 tags: what all documents have in common.

use crate::attachment::Attachment;
use crate::error::{Diagnostics, DocumentError};
use crate::fonts::labels;
use crate::text::{self, Keep};
use crate::world::{Desk, datetime};
use chrono::DateTime;
use fast_qr::convert::{Builder, svg::SvgBuilder};
use fast_qr::{ECL, QRBuilder};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use typst::foundations::{Bytes, Smart};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// What is typeset.
pub(crate) struct Sheet<'a> {
    /// File of the template.
    pub template: &'static str,
    /// What the template reads as `/data.json`, without `qr` and `attachment`.
    pub data: Map<String, Value>,
    /// Language of the fixed words.
    pub language: &'static str,
    /// Seconds since 1970 that the PDF carries as its date.
    pub timestamp: i64,
    /// What tells this document from every other.
    pub ident: String,
    /// Address for the QR code; none when empty.
    pub url: &'a str,
    /// A file inside of it.
    pub attachment: Option<&'a Attachment>,
}

/// Typesets: the same sheet gives the same bytes, always.
pub(crate) fn typeset(sheet: &Sheet<'_>) -> Result<Vec<u8>, DocumentError> {
    let _cache = Cache;
    match render(sheet, Keep::Drawable) {
        // A mixture of scripts that no single font can shape: a plain document is better than none.
        Err(DocumentError::Export(_)) => render(sheet, Keep::Plain),
        result => result,
    }
}

/// Through how many later documents typst remembers a part that it laid out. Clauses and annexes are the same for many
/// customers, in a few languages and kinds of document; what nobody has asked for since then is forgotten.
const REMEMBERED: usize = 4;

/// At the end of each document, on failure too, what has become old is forgotten: otherwise it would only grow.
struct Cache;

impl Drop for Cache {
    fn drop(&mut self) {
        comemo::evict(REMEMBERED);
    }
}

fn render(sheet: &Sheet<'_>, keep: Keep) -> Result<Vec<u8>, DocumentError> {
    let wrong = || DocumentError::Timestamp(sheet.timestamp);
    let at = DateTime::from_timestamp(sheet.timestamp, 0).ok_or_else(wrong)?;
    let options = options(sheet, datetime(at).ok_or_else(wrong)?)?;
    let desk = Desk::new(sheet.template, files(sheet, keep)?, at)
        .ok_or_else(|| DocumentError::Template(Diagnostics("no template".into())))?;
    let pages = typst::compile(&desk).output.map_err(|e| DocumentError::Template(Diagnostics::new(&e)))?;
    typst_pdf::pdf(&pages, &options).map_err(|e| DocumentError::Export(Diagnostics::new(&e)))
}

fn files(sheet: &Sheet<'_>, keep: Keep) -> Result<BTreeMap<&'static str, Bytes>, DocumentError> {
    let qr = qr_code(sheet.url);
    let mut data = sheet.data.clone();
    data.insert("qr".into(), json!(qr.is_some()));
    data.insert("attachment".into(), serde_json::to_value(sheet.attachment.map(Attachment::facts))?);
    let mut data = Value::Object(data);
    text::clean_all(&mut data, keep);
    let labels = labels(sheet.language);
    let labels = labels.ok_or_else(|| DocumentError::Template(Diagnostics("no labels".into())))?;
    let mut files =
        BTreeMap::from([("data.json", Bytes::new(serde_json::to_vec(&data)?)), ("labels.json", labels)]);
    files.extend(qr.map(|svg| ("qr.svg", Bytes::from_string(svg))));
    files.extend(sheet.attachment.map(|a| ("attachment", Bytes::new(a.bytes.clone()))));
    Ok(files)
}

/// `None` if there is no address, or one that no code can hold.
fn qr_code(url: &str) -> Option<String> {
    let code = QRBuilder::new(url).ecl(ECL::M).build().ok().filter(|_| !url.is_empty())?;
    Some(SvgBuilder::default().margin(0).to_str(&code))
}

fn options(sheet: &Sheet<'_>, at: typst::foundations::Datetime) -> Result<PdfOptions, DocumentError> {
    let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]);
    Ok(PdfOptions {
        ident: Smart::Custom(sheet.ident.clone()),
        creator: Smart::Custom(Some("AV-Portal".into())),
        timestamp: Some(Timestamp::new_utc(at)),
        standards: standards.map_err(|e| DocumentError::Export(Diagnostics(e.message().to_string())))?,
        ..PdfOptions::default()
    })
}

/// The fields of a document as data for its template.
pub(crate) fn fields<T: serde::Serialize>(document: &T) -> Result<Map<String, Value>, DocumentError> {
    match serde_json::to_value(document)? {
        Value::Object(fields) => Ok(fields),
        _ => Ok(Map::new()),
    }
}
