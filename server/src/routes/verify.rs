//! Checking a contract from outside: by the code on its pages, by its file, by the SHA-256 of its file.

use crate::edge::{Answer, Fault, Visit};
use crate::form::Fields;
use crate::render;
use crate::router::{Route, get, post};
use app::pages::verify::{
    self, ContractFacts, FileVerdict, FileView, OtherForm as OtherFile, SealView, StampView, Today,
    VerifyView,
};
use axum::extract::multipart::{Multipart, MultipartError, MultipartRejection};
use axum::extract::{DefaultBodyLimit, Path, RawQuery};
use axum::handler::Handler as _;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use domain::audit::hex;
use domain::contract::lifecycle::Ending;
use domain::contract::{Contract, ContractState};
use domain::permission::Access;
use domain::{Mistake, Mistakes, calendar};
use seal::{Change, Level, Limits, SealFound, Verdict};
use service::Problem;
use service::contracts::verification::{self, Found, OtherForm};

/// What a form may have around the file.
const AROUND: usize = 64 * 1024;

/// The routes.
pub fn routes() -> Vec<Route> {
    let upload = check_file.layer(DefaultBodyLimit::max(Limits::default().bytes + AROUND));
    vec![
        get("/verify", Access::Public, start),
        get("/{lang}/verify", Access::Public, form),
        post("/{lang}/verify", Access::Public, upload),
        get("/verify/{code}", Access::Public, code),
        get("/{lang}/verify/{code}", Access::Public, code_page),
        get("/{lang}/verify/sha256/{hash}", Access::Public, hash_page),
    ]
}

async fn start(visit: Visit) -> Response {
    visit.go("/verify")
}

/// The address in the QR code names no language.
async fn code(visit: Visit, Path(code): Path<String>) -> Response {
    // Encoded again: a line break or a slash in it would be no address.
    let code: String = form_urlencoded::byte_serialize(code.as_bytes()).collect();
    visit.go(&format!("/verify/{code}"))
}

/// The form; with a code, the contract.
async fn form(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let typed = Fields::parse(query.unwrap_or_default().as_bytes()).text("code");
    // A whole address may be pasted: the code is its last part.
    let code = typed.trim().rsplit('/').next().unwrap_or_default().to_string();
    if typed.is_empty() {
        let page = verify::render_form(render::shell_with_islands(&visit), typed, Mistakes::default());
        return Ok(render::page(page));
    }
    match code_page(visit.clone(), Path((String::new(), code))).await {
        Err(Fault(Problem::Missing)) => Ok(again(&visit, typed, Mistake::new("code", "contract-code"))),
        found => found,
    }
}

fn again(visit: &Visit, typed: String, mistake: Mistake) -> Response {
    render::again(verify::render_form(render::shell_with_islands(visit), typed, mistake.into()))
}

async fn code_page(visit: Visit, Path((_, code)): Path<(String, String)>) -> Answer {
    let found = verification::by_code(visit.portal(), &code).await?;
    let (sha256, other) = (found.sha256.clone(), found.other.clone().map(other_form));
    let seal = match &sha256 {
        Some(_) => {
            let stored = verification::stored_file(visit.portal(), &found).await?;
            match visit.app.seal.examine(stored).await?.0 {
                Verdict::Valid(seal) | Verdict::UnknownSealer(seal) => Some(seal_view(&visit, &seal)),
                _ => None, // a scan, or a document from before there were seals
            }
        }
        None => None,
    };
    let view = VerifyView { contract: facts(&visit, found), sha256, other, seal };
    Ok(render::page(verify::render(render::shell(&visit), view)))
}

fn other_form(other: OtherForm) -> OtherFile {
    match other {
        OtherForm::Before(sha256) => OtherFile::Before(sha256),
        OtherForm::Stamped(sha256) => OtherFile::Stamped(sha256),
    }
}

fn facts(visit: &Visit, found: Found) -> ContractFacts {
    let Found { contract, parties, .. } = found;
    ContractFacts {
        today: today(visit, &contract),
        state: contract.state.name(),
        number: contract.number,
        version: contract.version,
        parties,
    }
}

fn today(visit: &Visit, contract: &Contract) -> Today {
    let day = calendar::berlin_date(visit.now);
    match &contract.state {
        ContractState::InForce(s) | ContractState::Ending(Ending { was: s, .. })
            if day < s.effective_from =>
        {
            Today::From(s.effective_from)
        }
        state @ (ContractState::InForce(_) | ContractState::Ending(_))
            if state.last_day().is_none_or(|last| day <= last) =>
        {
            Today::Yes
        }
        _ => Today::No,
    }
}

/// What the browser computed itself.
async fn hash_page(visit: Visit, Path((_, hash)): Path<(String, String)>) -> Answer {
    let whole = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
    let hash = whole.then(|| hash.to_ascii_lowercase()).ok_or(Problem::Missing)?;
    let found = verification::by_sha256(visit.portal(), &hash).await?;
    let verdict = match &found {
        Some(found) => {
            let stored = verification::stored_file(visit.portal(), found).await?;
            Some(visit.app.seal.examine(stored).await?.0)
        }
        None => None,
    };
    Ok(render::page(verify::render_file(render::shell(&visit), view(&visit, found, verdict, Some(hash)))))
}

/// A file that was sent. It is looked at and forgotten.
async fn check_file(visit: Visit, form: Result<Multipart, MultipartRejection>) -> Answer {
    // Few at a time: a file of the largest size is held in memory while it comes and while it is looked at.
    let turn = visit.app.seal.turn().await?;
    let bytes = match received(form).await {
        Ok(bytes) => bytes,
        Err(Refused::TooLarge) => return Ok(too_large(&visit)),
        Err(Refused::Mistake(mistake)) => return Ok(again(&visit, String::new(), mistake)),
    };
    let (verdict, sha256) = visit.app.seal.examine(bytes).await?;
    drop(turn);
    if verdict == Verdict::TooLarge {
        return Ok(too_large(&visit));
    }
    let hash = hex(&sha256);
    let found = verification::by_sha256(visit.portal(), &hash).await?;
    let view = view(&visit, found, Some(verdict), Some(hash));
    Ok(render::page(verify::render_file(render::shell(&visit), view)))
}

fn too_large(visit: &Visit) -> Response {
    let html = verify::render_file(render::shell(visit), view(visit, None, Some(Verdict::TooLarge), None));
    (StatusCode::PAYLOAD_TOO_LARGE, Html(html)).into_response()
}

enum Refused {
    TooLarge,
    Mistake(Mistake),
}

fn refused(e: &MultipartError) -> Refused {
    match e.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refused::TooLarge,
        _ => Refused::Mistake(Mistake::new("", "form")),
    }
}

async fn received(form: Result<Multipart, MultipartRejection>) -> Result<Vec<u8>, Refused> {
    let mut form = form.map_err(|_| Refused::Mistake(Mistake::new("", "form")))?;
    while let Some(field) = form.next_field().await.map_err(|e| refused(&e))? {
        if field.name() == Some("file") {
            let chosen = field.file_name().is_some_and(|name| !name.is_empty());
            let bytes = field.bytes().await.map_err(|e| refused(&e))?;
            if chosen || !bytes.is_empty() {
                return Ok(bytes.to_vec());
            }
        }
    }
    Err(Refused::Mistake(Mistake::new("file", "file-missing")))
}

/// What is known of a file as one page. That it is stored counts before all else: then nothing was changed.
fn view(visit: &Visit, found: Option<Found>, said: Option<Verdict>, sha256: Option<String>) -> FileView {
    let (seal, verdict) = match &said {
        Some(Verdict::Valid(s)) => (Some(s), FileVerdict::SealedOnly),
        Some(Verdict::UnknownSealer(s)) => (Some(s), FileVerdict::UnknownSealer),
        Some(Verdict::Altered(Change::Content)) => (None, FileVerdict::Altered),
        Some(Verdict::Altered(Change::Appended)) => (None, FileVerdict::Appended),
        Some(Verdict::Broken(_)) => (None, FileVerdict::Broken),
        Some(Verdict::Unsealed) => (None, FileVerdict::Unsealed),
        Some(Verdict::Encrypted) => (None, FileVerdict::Encrypted),
        Some(Verdict::TooLarge) => (None, FileVerdict::TooLarge),
        Some(Verdict::NotPdf) => (None, FileVerdict::NotPdf),
        None => (None, FileVerdict::UnknownHash),
    };
    let verdict = match (&found, &said) {
        (Some(_), Some(Verdict::Valid(_))) => FileVerdict::Valid,
        (Some(_), _) => FileVerdict::Stored,
        (None, _) => verdict,
    };
    FileView {
        verdict,
        seal: seal.map(|s| seal_view(visit, s)),
        other: found.as_ref().and_then(|f| f.other.clone()).map(other_form),
        contract: found.map(|f| facts(visit, f)),
        sha256,
    }
}

fn seal_view(visit: &Visit, seal: &SealFound) -> SealView {
    let stamp = match &seal.level {
        Level::BaselineT { time, authority } => {
            StampView::Trusted(calendar::in_words(*time, visit.lang), authority.clone())
        }
        Level::StampUnknown { time, authority } => {
            StampView::Unknown(calendar::in_words(*time, visit.lang), authority.clone())
        }
        Level::BaselineB => StampView::None,
    };
    SealView {
        by: seal.certificate.name.clone(),
        certificate: seal.certificate.sha256.clone(),
        self_made: seal.certificate.self_made,
        at: calendar::in_words(seal.facts.at, visit.lang),
        stamp,
    }
}
