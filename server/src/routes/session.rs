//! Logging in and out, and the links that come by mail.

use crate::caller::{Caller, with_cookie};
use crate::edge::{Answer, Visit};
use crate::form::Fields;
use crate::render;
use crate::router::{Route, get, post};
use app::pages::login::{self, LoginView};
use app::pages::message::{self, MessageView};
use app::pages::password::{self, ForgottenView, SetPasswordView};
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::Mistakes;
use domain::people::User;
use domain::permission::Access;
use service::Problem;
use service::people::accept::{self, Accepted, LinkState, NewPassword, Opened};
use service::people::login::LogIn;
use service::people::{Purpose, reset, sessions};

/// The routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/{lang}/login", Access::Public, login_page),
        post("/{lang}/login", Access::Public, log_in),
        post("/{lang}/logout", Access::Public, log_out),
        get("/{lang}/logged-out", Access::Public, logged_out),
        get("/{lang}/password/forgotten", Access::Public, forgotten_page),
        post("/{lang}/password/forgotten", Access::Public, forgotten),
        get("/{lang}/password/sent", Access::Public, sent),
        get("/{lang}/link/{secret}", Access::Public, link_page),
        post("/{lang}/link/{secret}", Access::Public, link),
    ]
}

async fn login_page(visit: Visit, Caller(browser): Caller, RawQuery(query): RawQuery) -> Answer {
    let next = local(&query_value(query.as_deref(), "next"));
    if visit.actor.is_some() {
        return Ok(Redirect::to(if next.is_empty() { "/" } else { &next }).into_response());
    }
    // Sent here from somewhere with a cookie that counts no more: say why.
    let ended = browser.old_token.is_some() && !next.is_empty();
    let notice = if ended { visit.t().t("login-session-ended") } else { String::new() };
    Ok(render::page(login::render(render::shell(&visit), LoginView { next, notice, ..LoginView::default() })))
}

async fn log_in(visit: Visit, Caller(browser): Caller, fields: Fields) -> Answer {
    let next = local(fields.get("next"));
    let typed = LogIn { email: fields.text("email"), password: fields.text("password") };
    match service::people::login::log_in(visit.portal(), &typed, &browser, visit.now).await {
        Ok(started) => {
            let home = format!("/{}", started.user.language.code());
            let to = Redirect::to(if next.is_empty() { &home } else { &next }).into_response();
            Ok(with_cookie(&visit.app, &started.token, to))
        }
        Err(Problem::Mistakes(mistakes)) => {
            let waits = mistakes.0.iter().any(|m| m.code == "login-wait");
            let view = LoginView { email: typed.email, mistakes, next, notice: String::new() };
            let mut response = render::again(login::render(render::shell(&visit), view));
            if waits {
                *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            }
            Ok(response)
        }
        Err(problem) => Err(problem.into()),
    }
}

/// A POST, so that no link or picture can log anybody out.
async fn log_out(visit: Visit, Caller(browser): Caller) -> Answer {
    if let Some(token) = &browser.old_token {
        sessions::log_out(visit.portal(), token, visit.now).await?;
    }
    Ok(with_cookie(&visit.app, "", visit.go("/logged-out")))
}

async fn logged_out(visit: Visit) -> Answer {
    Ok(says(&visit, StatusCode::OK, "logged-out", "/login"))
}

async fn forgotten_page(visit: Visit) -> Answer {
    Ok(render::page(password::render_forgotten(render::shell(&visit), ForgottenView::default())))
}

async fn forgotten(visit: Visit, Caller(browser): Caller, fields: Fields) -> Answer {
    match reset::request(visit.portal(), fields.get("email"), browser.address, visit.now).await {
        Ok(()) => Ok(visit.go("/password/sent")),
        Err(Problem::Mistakes(mistakes)) => {
            let view = ForgottenView { email: fields.text("email"), mistakes };
            Ok(render::again(password::render_forgotten(render::shell(&visit), view)))
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn sent(visit: Visit) -> Answer {
    Ok(says(&visit, StatusCode::OK, "mail-sent", "/login"))
}

async fn link_page(visit: Visit, Path((_, secret)): Path<(String, String)>) -> Answer {
    match accept::look(visit.portal(), &secret, visit.now).await? {
        LinkState::Fresh(opened) => Ok(render::page(set_page(&visit, secret, &opened, Mistakes::default()))),
        gone => Ok(link_gone(&visit, &gone)),
    }
}

async fn link(
    visit: Visit,
    Caller(browser): Caller,
    Path((_, secret)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    let typed = NewPassword { password: fields.text("password"), repeat: fields.text("password_repeat") };
    match accept::set_password(visit.portal(), &secret, &typed, &browser, visit.now).await {
        Ok(Accepted::Done(started)) => {
            let to = format!("/{}{}?said=welcome", started.user.language.code(), home(&started.user));
            Ok(with_cookie(&visit.app, &started.token, Redirect::to(&to).into_response()))
        }
        Ok(Accepted::Gone(gone)) => Ok(link_gone(&visit, &gone)),
        Err(Problem::Mistakes(mistakes)) => match accept::look(visit.portal(), &secret, visit.now).await? {
            LinkState::Fresh(opened) => Ok(render::again(set_page(&visit, secret, &opened, mistakes))),
            gone => Ok(link_gone(&visit, &gone)),
        },
        Err(problem) => Err(problem.into()),
    }
}

fn set_page(visit: &Visit, secret: String, opened: &Opened, mistakes: Mistakes) -> String {
    let other = visit.actor.as_ref().filter(|a| a.user != opened.user.id);
    let view = SetPasswordView {
        secret,
        invitation: opened.purpose == Purpose::Invitation,
        name: opened.user.name.clone(),
        email: opened.user.email.clone(),
        other: other.map(|a| a.name.clone()).unwrap_or_default(),
        mistakes,
    };
    password::render_set(render::shell(visit), view)
}

/// What to do now is said for each; 410 for what was a link once, 404 for what never was.
fn link_gone(visit: &Visit, state: &LinkState) -> Response {
    match state {
        LinkState::Used => says(visit, StatusCode::GONE, "link-used", "/login"),
        LinkState::Expired => says(visit, StatusCode::GONE, "link-expired", "/password/forgotten"),
        LinkState::Unknown | LinkState::Fresh(_) => {
            says(visit, StatusCode::NOT_FOUND, "link-unknown", "/password/forgotten")
        }
    }
}

fn says(visit: &Visit, status: StatusCode, name: &str, action: &str) -> Response {
    let view = MessageView::known(visit.t(), name, visit.t().url(action));
    (status, Html(message::render(render::shell(visit), view))).into_response()
}

fn home(user: &User) -> &'static str {
    if user.staff_roles.is_empty() { "/my" } else { "/desk" }
}

fn query_value(query: Option<&str>, name: &str) -> String {
    Fields::parse(query.unwrap_or_default().as_bytes()).text(name)
}

/// Only a page of ours to go on to: `/de/…` or `/en/…`. `//` and `/\` would leave the portal.
fn local(next: &str) -> String {
    let ours = ["/de/", "/en/"].iter().any(|start| next.starts_with(start));
    let plain = next.chars().all(|c| c.is_ascii_graphic() && c != '\\') && !next.contains("//");
    if ours && plain && next.len() < 500 { next.into() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn nobody_is_sent_elsewhere() {
        assert_eq!(local("/de/customers?page=2"), "/de/customers?page=2");
        for bad in
            ["", "https://evil.example", "//evil.example", "/\\evil.example", "/de/\r\nx", "/de//evil", "/x"]
        {
            assert_eq!(local(bad), "", "{bad:?}");
        }
    }
}
