//! The job `mail`: render, put together with its documents, send; forget a secret once it has left.

use super::Letter;
use super::message::{Enclosure, Envelope, message};
use super::render::{self, FORGOTTEN, Rendered};
use super::transport::{Mailer, NotSent};
use crate::portal::Portal;
use crate::problem::{Problem, Result, internal};
use chrono::{DateTime, Utc};
use store::documents;
use store::outbox::Job;

/// Values that are secrets in a letter that says so.
const SECRETS: [&str; 2] = ["link", "code"];

/// Why a job of mail failed.
#[derive(Debug)]
pub enum Undelivered {
    /// The way out said no.
    NotSent(NotSent),
    /// We could not even make it.
    Broken(Problem),
}

impl From<Problem> for Undelivered {
    fn from(problem: Problem) -> Self {
        Self::Broken(problem)
    }
}

/// Sends the letter of a job. Gives the payload to keep instead, when a secret in it is to be forgotten.
///
/// # Errors
/// [`Undelivered`].
pub async fn deliver(
    portal: &Portal,
    mailer: &Mailer,
    job: &Job,
    now: DateTime<Utc>,
) -> Result<Option<String>, Undelivered> {
    let letter = letter_of(job)?;
    if letter.forgotten {
        let class = "its link or code has run out".into();
        return Err(Undelivered::NotSent(NotSent { class, permanent: true }));
    }
    let mail = rendered(portal, &letter)?;
    let id = job.id.to_string();
    let envelope = Envelope {
        from: &portal.settings.mail_from,
        to: &letter.to.address,
        name: &letter.to.name,
        id: &id,
        at: now,
    };
    let enclosures = enclosures(portal, &letter).await?;
    let message = message(&mail, &envelope, &enclosures)?;
    let name = format!("{}-{}-{id}", job.created_at.format("%Y%m%dT%H%M%S"), letter.template);
    mailer.send(message, &name).await.map_err(Undelivered::NotSent)?;
    if letter.secret && mailer.leaves() {
        return Ok(Some(serde_json::to_string(&forget(letter)).map_err(internal)?));
    }
    Ok(None)
}

/// The letter in a job's payload.
///
/// # Errors
/// When it is none.
pub fn letter_of(job: &Job) -> Result<Letter> {
    serde_json::from_str(&job.payload).map_err(|_| internal("the payload is no letter"))
}

/// The letter as people see it.
///
/// # Errors
/// As [`render::render`].
pub fn rendered(portal: &Portal, letter: &Letter) -> Result<Rendered> {
    let template = portal.content.mails.get(&letter.template).ok_or_else(|| internal("no such mail"))?;
    render::render(template, letter.to.lang, &letter.values)
}

/// The letter without its secrets.
pub fn forget(mut letter: Letter) -> Letter {
    letter.forgotten = true;
    for name in SECRETS {
        if let Some(value) = letter.values.get_mut(name) {
            *value = FORGOTTEN.into();
        }
    }
    letter
}

async fn enclosures(portal: &Portal, letter: &Letter) -> Result<Vec<Enclosure>> {
    let mut all = Vec::with_capacity(letter.attachments.len());
    for (customer, id) in &letter.attachments {
        let found = documents::find(portal.store.read(), *customer, *id).await?;
        let d = found.ok_or_else(|| internal("an attachment is not there"))?;
        all.push(Enclosure { name: d.name, media_type: d.media_type, bytes: d.bytes });
    }
    Ok(all)
}
