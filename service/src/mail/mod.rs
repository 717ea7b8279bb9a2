//! Mail: composed from templates, written into the outbox with what caused it, sent by a job.

pub mod render;

pub mod message;

pub mod transport;

pub mod deliver;

pub mod outbox;

pub mod forget;

pub mod samples;

use crate::fresh;
use crate::portal::Portal;
use crate::problem::{Result, internal};
use chrono::{DateTime, Utc};
use domain::people::User;
use domain::template::Values;
use domain::{CustomerId, DocumentId, Lang};
use serde::{Deserialize, Serialize};
use store::Work;

/// Who gets a mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// Address.
    pub address: String,
    /// Full name.
    pub name: String,
    /// Language.
    pub lang: Lang,
}

impl From<&User> for Recipient {
    fn from(u: &User) -> Self {
        Self { address: u.email.clone(), name: u.name.clone(), lang: u.language }
    }
}

/// A mail before it is rendered: the payload of a `mail` job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Name of the template.
    pub template: String,
    /// To whom.
    pub to: Recipient,
    /// Values of the placeholders (`name` and `provider_name` are put in by [`enqueue`]).
    pub values: Values,
    /// Stored documents that go along.
    #[serde(default)]
    pub attachments: Vec<(CustomerId, DocumentId)>,
    /// A secret (link, code) is in it: forgotten once the mail has left through a server, or its time is over.
    #[serde(default)]
    pub secret: bool,
    /// The secret was forgotten: the mail is of no use to anybody any more.
    #[serde(default)]
    pub forgotten: bool,
}

impl Letter {
    /// A letter without attachments.
    pub fn new(template: &str, to: Recipient) -> Self {
        Self {
            template: template.into(),
            to,
            values: Values::new(),
            attachments: Vec::new(),
            secret: false,
            forgotten: false,
        }
    }

    /// Adds a value.
    #[must_use]
    pub fn value(mut self, name: &str, value: impl ToString) -> Self {
        self.values.insert(name.into(), value.to_string());
        self
    }

    /// Adds a stored document.
    #[must_use]
    pub fn attach(mut self, customer: CustomerId, document: DocumentId) -> Self {
        self.attachments.push((customer, document));
        self
    }

    /// Says that a secret is in it.
    #[must_use]
    pub fn secret(mut self) -> Self {
        self.secret = true;
        self
    }
}

/// Writes a mail into the outbox, within `work`. The same `key` is written once only. A template or a value that is
/// missing is found here, before anything is committed.
///
/// # Errors
/// When the template does not fit its values, or the database fails.
pub async fn enqueue(
    portal: &Portal,
    work: &Work,
    mut letter: Letter,
    about: impl ToString,
    key: impl ToString,
    now: DateTime<Utc>,
) -> Result<()> {
    letter.values.insert("name".into(), letter.to.name.clone());
    letter.values.insert("provider_name".into(), portal.content.provider.legal_name.clone());
    let template = portal.content.mails.get(&letter.template).ok_or_else(|| internal("no such mail"))?;
    domain::template::fill(template.text.get(letter.to.lang), &letter.values).map_err(internal)?;
    let job = store::outbox::Job {
        id: fresh::id(now),
        kind: "mail".into(),
        key: key.to_string(),
        payload: serde_json::to_string(&letter).map_err(internal)?,
        about: about.to_string(),
        state: "ready".into(),
        run_at: now,
        attempts: 0,
        last_error: String::new(),
        created_at: now,
        done_at: None,
    };
    Ok(store::outbox::insert(work.db(), &job).await?)
}
