//! Time stamps of an authority (RFC 3161) on sealed files and on the daily head of the audit chain. A contract never
//! waits for one: it is sealed and in force before anybody is asked, and a job fetches the stamp.
//!
//! Nothing here believes an answer. It is handed to the seal, which checks status, imprint, nonce, time, certificate and
//! signature; what does not fit is an error, and the job is tried again.

mod ask;

pub mod document_job;

pub mod head_job;

pub use ask::{Authority, check_url};

use crate::fresh;
use crate::portal::Portal;
use crate::problem::{Result, internal};
use chrono::{DateTime, Utc};
use domain::JobId;
use std::sync::Arc;
use store::outbox;

/// What an authority answered to a question, unchecked.
#[derive(Clone, Copy, Debug)]
pub struct Reply<'a> {
    /// The number that went with the question.
    pub nonce: u64,
    /// The answer, as it came.
    pub body: &'a [u8],
    /// Our time.
    pub now: DateTime<Utc>,
}

/// A time stamp that was checked, and what it was put into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamped {
    /// The file with the stamp in it, or the token by itself.
    pub bytes: Vec<u8>,
    /// When, by the authority's clock.
    pub time: DateTime<Utc>,
    /// Who, as the certificate in the stamp says.
    pub authority: String,
    /// Whether the operator trusts that authority. If not, the stamp is kept and proves nothing yet.
    pub known: bool,
}

type Fallible<T> = std::result::Result<T, String>;
/// What is asked about a sealed file: the SHA-256 of its signature.
pub type Digest = dyn Fn(&[u8]) -> Fallible<[u8; 32]> + Send + Sync;
/// A question as it is sent: for a SHA-256, with a number.
pub type Query = dyn Fn([u8; 32], u64) -> Vec<u8> + Send + Sync;
/// Checks an answer about the first bytes.
pub type Take = dyn Fn(&[u8], Reply<'_>) -> Fallible<Stamped> + Send + Sync;

/// How time stamps are got. The functions are handed in by the server, which keeps the seal. Blocking, some milliseconds.
#[derive(Clone)]
pub struct Stamping {
    /// Whom to ask.
    pub authority: Authority,
    /// What to ask about a sealed file.
    pub digest: Arc<Digest>,
    /// How to ask.
    pub query: Arc<Query>,
    /// Checks the answer about a sealed file and puts it in.
    pub into_file: Arc<Take>,
    /// Checks the answer about a text.
    pub of_text: Arc<Take>,
}

/// What a seal proves about the time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SealLevel {
    /// There is no whole seal of ours.
    None,
    /// PAdES B-B: our own word.
    B,
    /// PAdES B-T: when, by whom.
    T(DateTime<Utc>, String),
    /// B-B, and a time stamp that is right in itself but by an authority that is not trusted: when, by whom.
    Unknown(DateTime<Utc>, String),
}

/// What became of the check of a time stamp that is kept beside its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StampCheck {
    /// By an authority that is trusted: when, by whom.
    Trusted(DateTime<Utc>, String),
    /// Right in itself, by an authority that is not trusted: when, by whom.
    Unknown(DateTime<Utc>, String),
    /// It does not fit the text, or is broken.
    Bad,
}

impl Stamping {
    /// Asks, once.
    async fn ask(&self, digest: [u8; 32]) -> Result<(u64, Vec<u8>)> {
        // One bit less: the number stays positive and short in DER.
        let nonce = u64::from_be_bytes(fresh::bytes::<8>()?) >> 1;
        let body = self.authority.ask((self.query)(digest, nonce)).await?;
        Ok((nonce, body))
    }
}

/// The authority, or an error that the admin sees at the job: it was set when the job was written.
fn stamping(portal: &Portal) -> Result<&Stamping> {
    portal.stamping.as_deref().ok_or_else(|| internal("no time stamp authority is set (AVP_TSA_URL)"))
}

fn job(kind: &str, key: String, payload: String, about: String, now: DateTime<Utc>) -> outbox::Job {
    outbox::Job {
        id: fresh::id::<JobId>(now),
        kind: kind.into(),
        key,
        payload,
        about,
        state: "ready".into(),
        run_at: now,
        attempts: 0,
        last_error: String::new(),
        created_at: now,
        done_at: None,
    }
}
