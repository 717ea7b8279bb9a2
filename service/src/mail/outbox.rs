//! The outbox as the admin sees it: every job with its state, every mail as its reader sees it, and the way back for
//! one that was given up.

use super::Letter;
use super::deliver::{forget, letter_of, rendered};
use super::render::Rendered;
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::JobId;
use domain::audit::Event;
use domain::permission::Admin;
use store::documents;
use store::outbox::{self, Job};

/// Jobs on a page.
pub const PER_PAGE: u64 = 25;

/// States of a job, in the order of the filter.
pub const STATES: [&str; 3] = ["ready", "done", "dead"];

/// A job in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The job.
    pub job: Job,
    /// The mail in it: address and subject.
    pub mail: Option<(String, String)>,
}

/// A mail as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The job.
    pub job: Job,
    /// To whom, and the mail itself; `None` for another kind of job.
    pub mail: Option<(Letter, Rendered)>,
    /// Names of the files that go along.
    pub enclosed: Vec<String>,
    /// Link or code are hidden: they are for the reader only.
    pub hidden: bool,
}

/// A page of the list.
#[derive(Clone, Debug)]
pub struct Page {
    /// The jobs, the newest first.
    pub rows: Vec<Listed>,
    /// Which page this is, from 1.
    pub page: u64,
    /// How many pages there are; at least 1.
    pub pages: u64,
}

/// A page of jobs; a page past the end is the last one. An unknown state is all of them.
///
/// # Errors
/// When the database fails.
pub async fn list(portal: &Portal, _by: &Admin, state: &str, page: u64) -> Result<Page> {
    let state = STATES.contains(&state).then_some(state);
    let (db, page) = (portal.store.read(), page.max(1));
    let (mut jobs, total) = outbox::list(db, None, state, (page - 1) * PER_PAGE, PER_PAGE).await?;
    let pages = total.div_ceil(PER_PAGE).max(1);
    let shown = page.min(pages);
    if shown < page {
        jobs = outbox::list(db, None, state, (shown - 1) * PER_PAGE, PER_PAGE).await?.0;
    }
    let listed = |job: Job| {
        let mail = mail_of(portal, &job).map(|(letter, mail)| (letter.to.address, mail.subject));
        Listed { job, mail }
    };
    Ok(Page { rows: jobs.into_iter().map(listed).collect(), page: shown, pages })
}

/// One job with its mail.
///
/// # Errors
/// [`Problem::Missing`] when there is none.
pub async fn show(portal: &Portal, _by: &Admin, id: JobId) -> Result<Shown> {
    let db = portal.store.read();
    let job = outbox::by_id(db, id).await?.ok_or(Problem::Missing)?;
    let mail = mail_of(portal, &job);
    let mut enclosed = Vec::new();
    for (customer, document) in mail.iter().flat_map(|(letter, _)| &letter.attachments) {
        enclosed.extend(documents::find(db, *customer, *document).await?.map(|d| d.name));
    }
    let hidden = mail.as_ref().is_some_and(|(letter, _)| letter.secret && hides(portal));
    Ok(Shown { job, mail, enclosed, hidden })
}

/// Brings a job back that was given up.
///
/// # Errors
/// [`Problem::Missing`] when there is none, [`Problem::Stale`] when it was not given up.
pub async fn retry(portal: &Portal, by: &Admin, id: JobId, now: DateTime<Utc>) -> Result<()> {
    let mut work = portal.begin().await?;
    let job = outbox::by_id(work.db(), id).await?.ok_or(Problem::Missing)?;
    if !outbox::retry(work.db(), id, now).await? {
        return Err(Problem::Stale);
    }
    let event = Event::new("job.retried", format!("user:{}", by.user), format!("job:{id}"));
    work.record(event.fact("kind", job.kind));
    portal.commit(work, now).await
}

/// Where mails leave through a server, nobody but their reader sees a link that opens an account or a code that
/// signs. Without a server the outbox is the mailbox.
fn hides(portal: &Portal) -> bool {
    portal.settings.smtp_url.is_some()
}

fn mail_of(portal: &Portal, job: &Job) -> Option<(Letter, Rendered)> {
    if job.kind != "mail" {
        return None;
    }
    let mut letter = letter_of(job).ok()?;
    if letter.secret && hides(portal) {
        letter = forget(letter);
    }
    let mail = rendered(portal, &letter).ok()?;
    Some((letter, mail))
}
