//! The outbox: the list, one mail as its reader sees it, and the way back for what was given up.

use crate::edge::{Answer, Fault, Visit};
use crate::form::Fields;
use crate::render;
use crate::router::{Route, get, post};
use app::pages::outbox::{self as page, JobLine, JobState, JobView, OutboxView};
use axum::extract::Path;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use domain::JobId;
use domain::permission::{Access, Actor, Admin, StaffRole};
use service::Problem;
use service::mail::outbox::{self, Listed, STATES, Shown};
use service::store::outbox::Job;
use std::collections::HashMap;

const ADMIN: Access = Access::Staff(&[StaffRole::Admin]);

/// A mail brings its styles along; nothing else in it may do or load anything.
const MAIL_CSP: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; \
                        frame-ancestors 'none'";

/// Its routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/{lang}/outbox", ADMIN, list),
        get("/{lang}/outbox/{id}", ADMIN, show),
        get("/{lang}/outbox/{id}/html", ADMIN, html),
        post("/{lang}/outbox/{id}/retry", ADMIN, retry),
    ]
}

async fn list(visit: Visit) -> Answer {
    let admin = visit.narrowed(Actor::admin)?;
    let query = Fields::parse(visit.uri.split_once('?').map_or(b"", |(_, q)| q.as_bytes()));
    let state = STATES.into_iter().find(|s| *s == query.get("state")).unwrap_or_default();
    let found = outbox::list(visit.portal(), &admin, state, query.page()).await?;
    let folder = folder(&visit);
    let view = OutboxView {
        jobs: found.rows.into_iter().map(|l| line(l, folder)).collect(),
        state: state.into(),
        page: found.page,
        pages: found.pages,
        folder,
    };
    Ok(render::page(page::render(render::shell(&visit), view)))
}

fn folder(visit: &Visit) -> bool {
    visit.portal().settings.smtp_url.is_none()
}

fn state(job: &Job, folder: bool) -> JobState {
    match (job.state.as_str(), job.kind.as_str()) {
        ("dead", _) => JobState::Dead,
        ("done", "mail") if folder => JobState::Filed,
        ("done", "mail") => JobState::Sent,
        ("done", _) => JobState::Done,
        _ if job.last_error.is_empty() => JobState::Waiting,
        _ => JobState::Again,
    }
}

fn line(listed: Listed, folder: bool) -> JobLine {
    let (to, subject) = listed.mail.unwrap_or_default();
    let state = state(&listed.job, folder);
    let job = listed.job;
    JobLine {
        id: job.id,
        kind: job.kind,
        subject,
        to,
        state,
        created_at: job.created_at,
        attempts: job.attempts,
    }
}

/// The admin, and the job of the path.
async fn shown(visit: &Visit, path: &HashMap<String, String>) -> Result<Shown, Fault> {
    let (admin, id) = asked(visit, path)?;
    Ok(outbox::show(visit.portal(), &admin, id).await?)
}

fn asked(visit: &Visit, path: &HashMap<String, String>) -> Result<(Admin, JobId), Fault> {
    let admin = visit.narrowed(Actor::admin)?;
    let id = path.get("id").and_then(|id| id.parse().ok()).ok_or(Problem::Missing)?;
    Ok((admin, id))
}

async fn show(visit: Visit, Path(path): Path<HashMap<String, String>>) -> Answer {
    let shown = shown(&visit, &path).await?;
    Ok(render::page(page::render_job(render::shell(&visit), job_view(shown, folder(&visit)))))
}

fn job_view(shown: Shown, folder: bool) -> JobView {
    let Shown { job, mail, enclosed, hidden } = shown;
    let state = state(&job, folder);
    let (letter, mail) = mail.unzip();
    let link =
        letter.as_ref().and_then(|l| l.values.get("link")).filter(|_| !hidden).cloned().unwrap_or_default();
    let letter = letter.map(|l| (l.to.name, l.to.address, l.template));
    let (name, to, template) = letter.unwrap_or_default();
    let mail = mail.map(|m| (m.subject, m.text));
    let (subject, text) = mail.unwrap_or_default();
    JobView {
        name,
        template,
        text,
        link: if link.starts_with("http") { link } else { String::new() },
        enclosed,
        hidden,
        error: job.last_error,
        next_at: (job.state == "ready").then_some(job.run_at),
        ended_at: job.done_at,
        line: JobLine {
            id: job.id,
            kind: job.kind,
            subject,
            to,
            state,
            created_at: job.created_at,
            attempts: job.attempts,
        },
    }
}

async fn html(visit: Visit, Path(path): Path<HashMap<String, String>>) -> Answer {
    let (_, mail) = shown(&visit, &path).await?.mail.ok_or(Problem::Missing)?;
    Ok(([(header::CONTENT_SECURITY_POLICY, MAIL_CSP)], Html(mail.html)).into_response())
}

async fn retry(visit: Visit, Path(path): Path<HashMap<String, String>>) -> Answer {
    let (admin, id) = asked(&visit, &path)?;
    outbox::retry(visit.portal(), &admin, id, visit.now).await?;
    Ok(visit.go_saying(&format!("/outbox/{id}"), "job-retried"))
}
