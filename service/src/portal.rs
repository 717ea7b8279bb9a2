//! The portal: what every action works with.

use crate::content::Content;
use crate::gate::Gate;
use crate::problem::Result;
use crate::stamps::{SealLevel, StampCheck, Stamping};
use chrono::{DateTime, Utc};
use domain::audit::HeadSignature;
use domain::contract::{Contract, ContractDocument, DeletionCertificate, VerifyCode};
use std::path::PathBuf;
use std::sync::Arc;
use store::{Store, Work};
use tokio::sync::{Notify, Semaphore};

/// Makes the PDF of a concluded contract from its document and the machine-readable evidence beside it.
/// Handed in by the server, so that nothing here waits for the typesetter. Blocking: called off the async threads.
pub type RenderContract =
    dyn Fn(&ContractDocument, &[u8]) -> std::result::Result<Vec<u8>, String> + Send + Sync;

/// Puts the provider's electronic seal on a finished PDF: the bytes, what is sealed in words, the time. Handed in by
/// the server, which keeps the key. Blocking, some milliseconds.
pub type SealPdf = dyn Fn(&[u8], &str, DateTime<Utc>) -> std::result::Result<Vec<u8>, String> + Send + Sync;

/// Makes the PDF of a deletion certificate. As [`RenderContract`].
pub type RenderDeletion = dyn Fn(&DeletionCertificate) -> std::result::Result<Vec<u8>, String> + Send + Sync;

/// Signs a head of the audit chain: [`domain::audit::TreeHead::text`] as bytes. Handed in by the server, which keeps
/// the key. Quick, so that it may be called while the database waits.
pub type SignHead = dyn Fn(&[u8]) -> std::result::Result<HeadSignature, String> + Send + Sync;

/// Checks such a signature, made by any key that the provider has or had.
pub type CheckHead = dyn Fn(&[u8], &HeadSignature) -> HeadCheck + Send + Sync;

/// What the seal of a file proves about the time. Handed in by the server. Blocking, some milliseconds.
pub type ReadSeal = dyn Fn(&[u8]) -> SealLevel + Send + Sync;

/// Checks a time stamp (its token) over a text. Handed in by the server.
pub type CheckStamp = dyn Fn(&[u8], &[u8]) -> StampCheck + Send + Sync;
/// Keys that sign tokens and clearances, as the server makes and uses them. What signs and what checks is in the
/// gate's memory, so that all of it works without the database.
#[derive(Clone)]
pub struct TokenKeys {
    /// Makes a key of this name; its private half comes back locked.
    pub make: Arc<MakeKey>,
    /// Signs claims as a JWT of this type (`at+jwt`, `clearance+jwt`) with the key that signs at that time.
    pub sign: Arc<SignToken>,
}

/// As [`TokenKeys::make`].
pub type MakeKey = dyn Fn(&str) -> std::result::Result<MadeKey, String> + Send + Sync;

/// As [`TokenKeys::sign`].
pub type SignToken =
    dyn Fn(&str, &serde_json::Value, DateTime<Utc>) -> std::result::Result<String, String> + Send + Sync;

/// A key that was made.
#[derive(Clone, Debug)]
pub struct MadeKey {
    /// The public half, a JWK in JSON.
    pub public_jwk: String,
    /// The private half, locked.
    pub private_locked: Vec<u8>,
}

/// What became of the check of a head's signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadCheck {
    /// By one of the provider's keys.
    Good,
    /// By nobody.
    Bad,
    /// The key is not known.
    UnknownKey,
}

/// Everything actions share. Cheap to clone.
#[derive(Clone)]
pub struct Portal {
    /// Storage.
    pub store: Store,
    /// Texts, catalogues, templates.
    pub content: Arc<Content>,
    /// Settings.
    pub settings: Arc<Settings>,
    /// Facts and records of the gate.
    pub gate: Arc<Gate>,
    /// Wakes the jobs after a commit.
    pub wake: Arc<Notify>,
    /// The typesetter.
    pub render_contract: Arc<RenderContract>,
    /// The seal.
    pub seal_pdf: Arc<SealPdf>,
    /// What seals prove.
    pub read_seal: Arc<ReadSeal>,
    /// How time stamps are got; `None`: no authority is set, and seals stay at the level B-B.
    pub stamping: Option<Arc<Stamping>>,
    /// Checks time stamps over heads.
    pub check_stamp: Arc<CheckStamp>,
    /// The typesetter for deletion certificates.
    pub render_deletion: Arc<RenderDeletion>,
    /// Signs heads of the audit chain; `None`: they are unsigned, and are shown as that.
    pub sign_head: Option<Arc<SignHead>>,
    /// Checks the signatures of heads; `None`: they are counted and not checked.
    pub check_head: Option<Arc<CheckHead>>,
    /// Signs tokens and clearances.
    pub tokens: TokenKeys,
    /// Lets one document at a time to the typesetter: it takes memory.
    pub typesetter: Arc<Semaphore>,
}

/// Settings that actions need.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Base of all links, without a slash at the end; never from a Host header.
    pub base_url: String,
    /// Sender of mails.
    pub mail_from: String,
    /// SMTP server with credentials; `None`: mails go to the folder and are shown in the outbox.
    pub smtp_url: Option<String>,
    /// Folder for mails when there is no server.
    pub mail_dir: PathBuf,
    /// Key for keyed hashes (throttling); made once and kept in the database.
    pub throttle_key: [u8; 32],
    /// Demo data and demo passwords are allowed.
    pub demo: bool,
}

impl Portal {
    /// Begins a unit of work.
    ///
    /// # Errors
    /// When the database is not to be had.
    pub async fn begin(&self) -> Result<Work> {
        Ok(self.store.begin().await?)
    }

    /// Commits, then wakes the jobs and renews the gate's facts where they changed. When this returns, the next
    /// question in this process is answered from the new facts; or, when these cannot be read now, from none: the gate
    /// denies until its watcher has read them.
    ///
    /// # Errors
    /// When the commit fails; then nothing has happened.
    pub async fn commit(&self, work: Work, now: DateTime<Utc>) -> Result<()> {
        let committed = work.commit(now).await?;
        self.wake.notify_one();
        // Whatever happens from here on, the work is done: an error would say that it was not.
        if committed.gate_version.is_some()
            && let Err(cause) = self.gate.reload(&self.store, now).await
        {
            self.gate.facts().distrust();
            tracing::error!(%cause, "the facts of the gate cannot be read anew; it denies until they can");
        }
        Ok(())
    }

    /// What the seal of a stored file proves, found out off the async threads.
    ///
    /// # Errors
    /// When the work was stopped.
    pub async fn seal_level(&self, file: Vec<u8>) -> Result<SealLevel> {
        let read = self.read_seal.clone();
        tokio::task::spawn_blocking(move || read(&file)).await.map_err(crate::problem::internal)
    }

    /// Address of a page in a language.
    pub fn url(&self, lang: domain::Lang, path: &str) -> String {
        format!("{}/{}{path}", self.settings.base_url, lang.code())
    }

    /// Address at which whoever holds a contract can check it; without a language, for the QR code.
    pub fn verify_url(&self, contract: &Contract) -> String {
        let code = VerifyCode::of(contract.id, contract.version);
        format!("{}/verify/{code}", self.settings.base_url)
    }
}
