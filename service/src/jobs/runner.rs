//! One job: lease, run, note how it ended.

use super::backoff;
use crate::contracts::document_job;
use crate::disposals::certificate_job;
use crate::fresh;
use crate::mail::deliver::{Undelivered, deliver};
use crate::mail::transport::{Mailer, NotSent};
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use crate::stamps;
use crate::texts::{announce_job, offer_job};
use chrono::{DateTime, Duration, Utc};
use domain::audit::hex;
use store::outbox::{self, Job};

/// A job is leased for this long; whoever has not finished by then has lost it.
const LEASE: Duration = Duration::seconds(60);
/// A job is stopped before its lease ends.
const LIMIT: std::time::Duration = std::time::Duration::from_secs(50);

/// Runs jobs under a name of its own. Cheap to clone.
#[derive(Clone)]
pub struct Runner {
    portal: Portal,
    mailer: Mailer,
    name: String,
}

/// Why a job failed, in words without personal data.
struct Failed {
    class: String,
    permanent: bool,
}

impl Runner {
    /// A runner with a random name.
    ///
    /// # Errors
    /// When the SMTP address is wrong.
    pub fn new(portal: &Portal) -> Result<Self> {
        let mailer = Mailer::new(&portal.settings)?;
        Ok(Self { portal: portal.clone(), mailer, name: hex(&fresh::bytes::<8>()?) })
    }

    /// Runs the next due job; `false` when there is none.
    ///
    /// # Errors
    /// When the database fails. A job that fails is noted and is no error.
    pub async fn next(&self, now: DateTime<Utc>) -> Result<bool> {
        let db = self.portal.store.read();
        let Some(job) = outbox::lease(db, &self.name, now, now + LEASE).await? else { return Ok(false) };
        // Leased once too often: whoever had it before never came to its end.
        let ended = if job.attempts > backoff::TRIES {
            Err(Failed { class: "never ended".into(), permanent: true })
        } else {
            self.guarded(&job, now).await
        };
        match self.note(&job, ended, now).await {
            Err(Problem::Stale) => tracing::warn!(kind = job.kind, job = %job.id, "the lease was lost"),
            other => other?,
        }
        Ok(true)
    }

    /// In a task of its own: a panic or a job that hangs ends that job only.
    async fn guarded(&self, job: &Job, now: DateTime<Utc>) -> Result<Option<String>, Failed> {
        let (runner, own) = (self.clone(), job.clone());
        let mut task = tokio::spawn(async move { runner.run(&own, now).await });
        let broken = |class: &str| Failed { class: class.into(), permanent: false };
        match tokio::time::timeout(LIMIT, &mut task).await {
            Ok(Ok(ended)) => ended,
            Ok(Err(_)) => Err(broken("panicked")),
            Err(_) => {
                task.abort();
                Err(broken("took too long"))
            }
        }
    }

    async fn run(&self, job: &Job, now: DateTime<Utc>) -> Result<Option<String>, Failed> {
        match job.kind.as_str() {
            "mail" => Ok(deliver(&self.portal, &self.mailer, job, now).await?),
            "contract_document" => {
                document_job::run(&self.portal, &job.payload, now).await?;
                Ok(None)
            }
            "deletion_certificate" => {
                certificate_job::run(&self.portal, &job.payload, now).await?;
                Ok(None)
            }
            stamps::document_job::KIND => {
                stamps::document_job::run(&self.portal, &job.payload, now).await?;
                Ok(None)
            }
            stamps::head_job::KIND => {
                stamps::head_job::run(&self.portal, &job.payload, now).await?;
                Ok(None)
            }
            "text_announcement" => {
                announce_job::run(&self.portal, &job.payload, now).await?;
                Ok(None)
            }
            "text_offer" => {
                offer_job::run(&self.portal, &job.payload, now).await?;
                Ok(None)
            }
            _ => Err(Failed { class: "unknown kind of job".into(), permanent: true }),
        }
    }

    async fn note(&self, job: &Job, ended: Result<Option<String>, Failed>, now: DateTime<Utc>) -> Result<()> {
        let db = self.portal.store.read();
        let failed = match ended {
            Ok(payload) => return Ok(outbox::done(db, job.id, &self.name, payload.as_deref(), now).await?),
            Err(failed) => failed,
        };
        let pause = backoff::pause(job.attempts, backoff::jitter()).filter(|_| !failed.permanent);
        let (kind, tries, class) = (job.kind.as_str(), job.attempts, failed.class.as_str());
        if pause.is_some() {
            tracing::warn!(kind, tries, class, job = %job.id, "a job failed and will be tried again");
        } else {
            tracing::error!(kind, tries, class, job = %job.id, "a job was given up");
        }
        Ok(outbox::failed(db, job.id, &self.name, class, pause.map(|p| now + p), now).await?)
    }
}

impl From<Problem> for Failed {
    fn from(problem: Problem) -> Self {
        let class: String = problem.to_string().chars().take(200).collect();
        Self { class, permanent: false }
    }
}

impl From<Undelivered> for Failed {
    fn from(undelivered: Undelivered) -> Self {
        match undelivered {
            Undelivered::NotSent(NotSent { class, permanent }) => Self { class, permanent },
            Undelivered::Broken(problem) => problem.into(),
        }
    }
}
