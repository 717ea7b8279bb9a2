//! Files of customers: CSV in by upload, CSV out by download.

use crate::edge::{Answer, Visit};
use crate::form::Fields;
use crate::render;
use app::pages::import::{self, ImportView, Kind, Outcome};
use axum::extract::RawQuery;
use axum::extract::multipart::{Multipart, MultipartError, MultipartRejection};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use domain::permission::Actor;
use domain::{Mistake, Mistakes, calendar};
use service::Problem;
use service::customers::import_contracts::{Options, import_contracts};
use service::customers::import_customers::import_customers;
use service::customers::importing::{Importer, Report};
use service::customers::scans::Scans;
use service::export::{Exporter, Format};

/// Largest upload in bytes.
pub(super) const UPLOAD_LIMIT: usize = UPLOAD_MB * 1_000_000;
const UPLOAD_MB: usize = 16;

/// All customers, in the columns of the import.
pub(super) async fn export(visit: Visit) -> Answer {
    let by = Exporter::Staff(visit.narrowed(Actor::staff)?);
    let file = service::customers::export::customers(visit.portal(), &by, Format::Csv, visit.now).await?;
    let name = format!("customers-{}.csv", calendar::berlin_date(visit.now));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present".to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, file).into_response())
}

/// The form, and after an import without mistakes what came of it.
pub(super) async fn import_page(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let fields = Fields::parse(query.unwrap_or_default().as_bytes());
    let count = |name: &str| fields.get(name).parse::<usize>().unwrap_or_default();
    let outcome = fields.has("created").then(|| Outcome {
        created: count("created"),
        updated: count("updated"),
        unchanged: count("unchanged"),
        ..Outcome::default()
    });
    let view = ImportView { kind: kind(fields.get("kind")), outcome, ..ImportView::default() };
    Ok(render::page(import::render(render::shell(&visit), view)))
}

fn kind(name: &str) -> Kind {
    if name == Kind::Contracts.name() { Kind::Contracts } else { Kind::Customers }
}

/// What was sent.
#[derive(Default)]
struct Upload {
    kind: Kind,
    skip_bad: bool,
    name: String,
    bytes: Vec<u8>,
}

pub(super) async fn import(visit: Visit, form: Result<Multipart, MultipartRejection>) -> Answer {
    let by = Importer::Manager(visit.narrowed(Actor::contract_manager)?);
    let upload = match received(form).await {
        Ok(upload) => upload,
        Err(mistake) => return Ok(again(&visit, Upload::default(), mistake.into(), None)),
    };
    if upload.name.is_empty() && upload.bytes.is_empty() {
        return Ok(again(&visit, upload, Mistake::new("file", "file-missing").into(), None));
    }
    let report = imported(&visit, &by, &upload).await?;
    if report.bad.is_empty() {
        let counts =
            format!("created={}&updated={}&unchanged={}", report.created, report.updated, report.unchanged);
        return Ok(visit.go(&format!("/customers/import?kind={}&{counts}", upload.kind.name())));
    }
    let outcome = Some(outcome(&upload, report));
    Ok(again(&visit, upload, Mistakes::default(), outcome))
}

async fn imported(visit: &Visit, by: &Importer, upload: &Upload) -> Result<Report, Problem> {
    let (portal, file, skip_bad) = (visit.portal(), upload.bytes.clone(), upload.skip_bad);
    match upload.kind {
        Kind::Customers => import_customers(portal, by, file, skip_bad, visit.now).await,
        Kind::Contracts => {
            let options = Options { skip_bad, confirmed_by: None, scans: Scans::None };
            import_contracts(portal, by, file, &options, visit.now).await
        }
    }
}

/// The page again. Where the good rows were imported it is no refusal: 200.
fn again(visit: &Visit, u: Upload, mistakes: Mistakes, outcome: Option<Outcome>) -> axum::response::Response {
    let refused = outcome.as_ref().is_none_or(|o| o.refused);
    let view = ImportView { kind: u.kind, skip_bad: u.skip_bad, mistakes, outcome };
    let html = import::render(render::shell(visit), view);
    if refused { render::again(html) } else { (StatusCode::OK, render::page(html)).into_response() }
}

fn outcome(upload: &Upload, report: Report) -> Outcome {
    let bad_rows = report.bad.len();
    let bad = report.bad.into_iter().flat_map(|row| row.mistakes.0.into_iter().map(move |m| (row.line, m)));
    Outcome {
        file: upload.name.clone(),
        created: report.created,
        updated: report.updated,
        unchanged: report.unchanged,
        bad: bad.collect(),
        bad_rows,
        refused: report.refused,
    }
}

async fn received(form: Result<Multipart, MultipartRejection>) -> Result<Upload, Mistake> {
    let mut form = form.map_err(|_| Mistake::new("", "form"))?;
    let mut upload = Upload::default();
    while let Some(field) = form.next_field().await.map_err(too_large)? {
        match field.name().unwrap_or_default() {
            "kind" => upload.kind = kind(&field.text().await.map_err(too_large)?),
            "skip_bad" => upload.skip_bad = true,
            "file" => {
                upload.name = field.file_name().unwrap_or_default().chars().take(120).collect();
                upload.bytes = field.bytes().await.map_err(too_large)?.to_vec();
            }
            _ => {}
        }
    }
    Ok(upload)
}

fn too_large(e: MultipartError) -> Mistake {
    match e.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Mistake::with("file", "file-large", format!("{UPLOAD_MB} MB")),
        _ => Mistake::new("", "form"),
    }
}
