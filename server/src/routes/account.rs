//! One's own account.

use crate::edge::{Answer, Visit};
use crate::form::Fields;
use crate::render;
use crate::router::{Route, get, post};
use app::pages::account::{self, AccountView, SessionRow};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use domain::permission::{Access, Actor};
use domain::{Mistakes, SessionId};
use service::Problem;
use service::people::accept::NewPassword;
use service::people::account::ChangePassword;
use service::people::sessions;

/// The routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/{lang}/account", Access::SignedIn, page),
        post("/{lang}/account/profile", Access::SignedIn, profile),
        post("/{lang}/account/password", Access::SignedIn, password),
        post("/{lang}/account/sessions/{session}/end", Access::SignedIn, end),
        post("/{lang}/account/sessions/end-others", Access::SignedIn, end_others),
    ]
}

async fn page(visit: Visit) -> Answer {
    let view = view(&visit).await?;
    Ok(render::page(account::render(render::shell(&visit), view)))
}

async fn profile(visit: Visit, fields: Fields) -> Answer {
    let actor = visit.actor()?;
    let (name, language) = (fields.text("name"), fields.text("language"));
    match service::people::account::change(visit.portal(), actor, &name, &language, visit.now).await {
        // In the language just chosen.
        Ok(()) => Ok(Redirect::to(&format!("/{language}/account?said=account-saved")).into_response()),
        Err(Problem::Mistakes(mistakes)) => {
            let view = AccountView { name, language, mistakes, ..view(&visit).await? };
            Ok(render::again(account::render(render::shell(&visit), view)))
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn password(visit: Visit, fields: Fields) -> Answer {
    let actor = visit.actor()?;
    let here = visit.session.as_ref().map(|s| s.id).ok_or(Problem::Missing)?;
    let new = NewPassword { password: fields.text("password"), repeat: fields.text("password_repeat") };
    let typed = ChangePassword { current: fields.text("current"), new };
    match service::people::account::change_password(visit.portal(), actor, here, &typed, visit.now).await {
        Ok(()) => Ok(visit.go_saying("/account", "password-saved")),
        Err(Problem::Mistakes(mistakes)) => {
            let view = AccountView { mistakes, ..view(&visit).await? };
            Ok(render::again(account::render(render::shell(&visit), view)))
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn end(visit: Visit, Path((_, session)): Path<(String, String)>) -> Answer {
    let id: SessionId = session.parse().map_err(|_| Problem::Missing)?;
    sessions::end(visit.portal(), visit.actor()?, id, visit.now).await?;
    Ok(visit.go_saying("/account#sessions", "session-ended"))
}

async fn end_others(visit: Visit) -> Answer {
    let here = visit.session.as_ref().map(|s| s.id).ok_or(Problem::Missing)?;
    sessions::end_others(visit.portal(), visit.actor()?, here, visit.now).await?;
    Ok(visit.go_saying("/account#sessions", "sessions-ended"))
}

async fn view(visit: &Visit) -> Result<AccountView, Problem> {
    let actor = visit.actor.as_ref().ok_or(Problem::Missing)?;
    let here = visit.session.as_ref().map(|s| s.id);
    let rows = sessions::list(visit.portal(), actor, visit.now).await?;
    let row = |s: sessions::Session| SessionRow {
        here: Some(s.id) == here,
        id: s.id,
        device: s.device,
        since: s.created_at,
        last_seen: s.last_seen_at,
    };
    Ok(AccountView {
        email: actor.email.clone(),
        name: actor.name.clone(),
        language: actor.language.code().into(),
        mistakes: Mistakes::default(),
        roles: roles(visit, actor),
        sessions: rows.into_iter().map(row).collect(),
    })
}

/// Organisation and roles in it: the provider's first.
fn roles(visit: &Visit, actor: &Actor) -> Vec<(String, String)> {
    let t = visit.t();
    let mut all = Vec::new();
    if !actor.staff.is_empty() {
        let words: Vec<_> = actor.staff.iter().map(|r| t.t(&format!("role-{}", r.name()))).collect();
        all.push((visit.portal().content.provider.legal_name.clone(), words.join(", ")));
    }
    let facts = visit.portal().gate.facts();
    for (customer, role) in &actor.customers {
        let name = facts.customers().find(|c| c.id == *customer).map(|c| c.name.clone()).unwrap_or_default();
        all.push((name, t.t(&format!("role-{}", role.name()))));
    }
    all
}
