//! Pages for anyone: the start page, the imprint, the switch of the language.

use crate::edge::{Answer, Visit};
use crate::render;
use crate::router::{Route, get};
use app::pages::{home, imprint};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use domain::permission::Access;

/// The routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/", Access::Public, start),
        get("/{lang}", Access::Public, home_page),
        get("/{lang}/", Access::Public, home_page),
        get("/{lang}/imprint", Access::Public, imprint_page),
        get("/{lang}/privacy", Access::Public, privacy),
    ]
}

/// By cookie, account, `Accept-Language`; then German.
async fn start(visit: Visit) -> Response {
    let to = Redirect::to(&format!("/{}", visit.lang.code()));
    ([(header::VARY, "accept-language, cookie")], to).into_response()
}

/// Who is logged in starts at their work.
async fn home_page(visit: Visit) -> Answer {
    match &visit.actor {
        Some(a) if !a.staff.is_empty() => Ok(visit.go_on("/desk")),
        Some(_) => Ok(visit.go_on("/my")),
        None => Ok(render::page(home::render(render::shell(&visit), home_view(&visit)))),
    }
}

fn home_view(visit: &Visit) -> home::HomeView {
    home::HomeView { provider: visit.portal().content.provider.legal_name.clone() }
}

/// Stands on the page of the imprint until the provider's privacy pages come.
async fn privacy(visit: Visit) -> Response {
    visit.go("/imprint#privacy")
}

/// Facts that the provider has not filled in are left out, not shown as gaps.
async fn imprint_page(visit: Visit) -> Answer {
    let (t, p) = (visit.t(), &visit.portal().content.provider);
    let register = format!("{}, {}", p.register_court, p.register_number);
    let address = format!("{}, {} {}", p.street, p.postal_code, p.city);
    let rows = |all: &[(&str, &String)]| -> Vec<(String, String)> {
        let known = all.iter().filter(|(_, value)| !value.is_empty());
        known.map(|(key, value)| (t.t(key), (*value).clone())).collect()
    };
    let view = imprint::ImprintView {
        provider: rows(&[
            ("imprint-name", &p.legal_name),
            ("imprint-address", &address),
            ("imprint-register", &register),
            ("imprint-represented-by", &p.represented_by),
            ("imprint-vat-id", &p.vat_id),
            ("imprint-phone", &p.phone),
            ("imprint-email", &p.email),
            ("imprint-website", &p.website),
        ]),
        privacy: rows(&[
            ("imprint-privacy-contact", &p.privacy_email),
            ("imprint-authority", p.supervisory_authority.get(visit.lang)),
        ]),
        sentences: vec![p.dpo.get(visit.lang).clone(), p.locations.get(visit.lang).clone()],
    };
    Ok(render::page(imprint::render(render::shell(&visit), view)))
}
