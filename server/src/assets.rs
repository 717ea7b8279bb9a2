//! Style sheet, icons, fonts and islands under names that hold their hash: kept for ever by browsers.

use crate::edge::not_found;
use crate::state::App;
use app::layout::IslandsBundle;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use rust_embed::Embed;
use serde::Deserialize;

#[derive(Embed)]
#[folder = "islands/"]
struct Islands;

#[derive(Deserialize)]
struct Manifest {
    js: Option<String>,
    wasm: Option<String>,
}

const FOREVER: &str = "public, max-age=31536000, immutable";

/// The bundle that was built into this program, if there is one.
pub fn islands() -> Option<IslandsBundle> {
    let manifest = Islands::get("manifest.json")?;
    let Manifest { js: Some(js), wasm: Some(wasm) } = serde_json::from_slice(&manifest.data).ok()? else {
        return None;
    };
    Some(IslandsBundle { js: format!("/assets/{js}"), wasm: format!("/assets/{wasm}") })
}

/// Serves one file.
pub async fn serve(State(app): State<App>, request: Request) -> Response {
    let path = request.uri().path();
    if let Some(asset) = app::assets::get(path) {
        let head = [(header::CONTENT_TYPE, asset.media_type), (header::CACHE_CONTROL, FOREVER)];
        return (head, asset.bytes.as_slice()).into_response();
    }
    match path.strip_prefix("/assets/").and_then(|name| island(name, request.headers())) {
        Some(response) => response,
        None => not_found(State(app), request).await,
    }
}

/// A file of the bundle, precompressed where the browser takes it.
fn island(name: &str, headers: &HeaderMap) -> Option<Response> {
    let media_type = match name.rsplit_once('.')?.1 {
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        _ => return None,
    };
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    for (coding, end) in [("br", "br"), ("gzip", "gz")] {
        if accepts.contains(coding)
            && let Some(file) = Islands::get(&format!("{name}.{end}"))
        {
            let head = [
                (header::CONTENT_TYPE, media_type),
                (header::CACHE_CONTROL, FOREVER),
                (header::CONTENT_ENCODING, coding),
                (header::VARY, "accept-encoding"),
            ];
            return Some((head, file.data.into_owned()).into_response());
        }
    }
    let file = Islands::get(name)?;
    Some(
        ([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, FOREVER)], file.data.into_owned())
            .into_response(),
    )
}
