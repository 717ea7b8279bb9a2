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
    ]
}

/// By account, cookie, `Accept-Language`; then German.
async fn start(visit: Visit) -> Response {
    let lang = visit.actor.as_ref().map_or(visit.lang, |a| a.language);
    let to = Redirect::to(&format!("/{}", lang.code()));
    ([(header::VARY, "accept-language, cookie")], to).into_response()
}

/// Who is logged in starts at their work.
async fn home_page(visit: Visit) -> Answer {
    match &visit.actor {
        Some(a) if !a.staff.is_empty() => Ok(visit.go("/desk")),
        Some(_) => Ok(visit.go("/my")),
        None => Ok(render::page(home::render(render::shell(&visit)))),
    }
}

async fn imprint_page(visit: Visit) -> Answer {
    let p = &visit.portal().content.provider;
    let view = imprint::ImprintView {
        legal_name: p.legal_name.clone(),
        street: p.street.clone(),
        place: format!("{} {}", p.postal_code, p.city),
        represented_by: p.represented_by.clone(),
        register: format!("{} {}", p.register_court, p.register_number),
        vat_id: p.vat_id.clone(),
        phone: p.phone.clone(),
        email: p.email.clone(),
        privacy_email: p.privacy_email.clone(),
        dpo: p.dpo.get(visit.lang).clone(),
        supervisory_authority: p.supervisory_authority.get(visit.lang).clone(),
    };
    Ok(render::page(imprint::render(render::shell(&visit), view)))
}
