//! The provider's seal: its folder, opened once at the start, and what the rest of the portal does with it.

use crate::config::Config;
use crate::start::{StartError, failed};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use domain::audit::HeadSignature;
use seal::{
    Certificate, KeyStore, Limits, SealFacts, SubjectNames, TimeStampToken, Trusted, Verdict, verify_pdf,
    verify_with,
};
use service::Problem;
use service::content::provider::Provider;
use service::portal::HeadCheck;
use std::path::PathBuf;
use std::sync::{Arc, RwLock};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The seal as the running portal has it. Cheap to clone.
#[derive(Clone)]
pub struct Sealing {
    store: Arc<RwLock<KeyStore>>,
    name: String,
    place: String,
    uploads: Arc<Semaphore>,
    checks: Arc<Semaphore>,
}

/// Files of strangers that are held in memory at once.
const UPLOADS: usize = 4;
/// Files that are looked at at once.
const CHECKS: usize = 2;

/// Where the key and its certificates lie. Several instances share the folder.
pub fn folder(config: &Config) -> PathBuf {
    config.data_dir.join("seal")
}

/// Whom a certificate that we make ourselves names.
pub fn subject(provider: &Provider) -> SubjectNames {
    SubjectNames {
        common_name: format!("{} – AV-Portal", provider.legal_name),
        organisation: provider.legal_name.clone(),
        country: provider.country.clone(),
    }
}

impl Sealing {
    /// Opens the folder; makes a key with a certificate of its own at the very first start.
    ///
    /// # Errors
    /// When the folder cannot be written, or the key is readable by others.
    pub fn open(config: &Config, provider: &Provider, now: DateTime<Utc>) -> Result<Self, StartError> {
        let store = KeyStore::open_or_create(&folder(config), &subject(provider), now);
        let store = store.map_err(failed("opening the key of the seal"))?;
        Ok(Self {
            store: Arc::new(RwLock::new(store)),
            name: provider.legal_name.clone(),
            place: provider.city.clone(),
            uploads: Arc::new(Semaphore::new(UPLOADS)),
            checks: Arc::new(Semaphore::new(CHECKS)),
        })
    }

    /// Seals a finished PDF.
    ///
    /// # Errors
    /// In words for the log: the PDF is none of ours, or the key cannot be used.
    pub fn seal(&self, pdf: &[u8], reason: &str, at: DateTime<Utc>) -> Result<Vec<u8>, String> {
        let facts = SealFacts {
            reason: reason.chars().take(200).collect(),
            location: self.place.clone(),
            name: self.name.clone(),
            at,
        };
        let store = self.store.read().map_err(|e| e.to_string())?;
        seal::seal_pdf(pdf, store.key(), &facts).map_err(|e| e.to_string())
    }

    /// Waits until one of few may bring a file.
    ///
    /// # Errors
    /// None in practice: nobody closes the door.
    pub async fn turn(&self) -> Result<OwnedSemaphorePermit, Problem> {
        self.uploads.clone().acquire_owned().await.map_err(|e| Problem::Internal(e.to_string()))
    }

    /// What a file is, and its SHA-256; off the async threads, two at a time.
    ///
    /// # Errors
    /// [`Problem::Internal`] when the work was stopped.
    pub async fn examine(&self, file: Vec<u8>) -> Result<(Verdict, [u8; 32]), Problem> {
        let stopped = |e: String| Problem::Internal(e);
        let permit = self.checks.clone().acquire_owned().await.map_err(|e| stopped(e.to_string()))?;
        let sealing = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            let said = (sealing.verify(&file), seal::sha256(&file));
            drop(permit);
            said
        });
        done.await.map_err(|e| stopped(e.to_string()))
    }

    /// What a file is: sealed by us and unchanged, or why not.
    pub fn verify(&self, pdf: &[u8]) -> Verdict {
        let (sealers, time_stampers) = self.trusted();
        let trusted = Trusted { sealers: &sealers, time_stampers: &time_stampers };
        verify_pdf(pdf, &trusted, &Limits::default())
    }

    /// Signs a head of the audit chain with the key of the seal; the key is named by the SHA-256 of its certificate.
    ///
    /// # Errors
    /// In words for the log: the key cannot be used.
    pub fn sign_head(&self, text: &[u8]) -> Result<HeadSignature, String> {
        let store = self.store.read().map_err(|e| e.to_string())?;
        let signature = store.key().sign(text).map_err(|e| e.to_string())?;
        Ok(HeadSignature { key_id: store.key().facts().sha256, signature_base64: STANDARD.encode(signature) })
    }

    /// Checks the signature of a head against our certificates, present and past.
    pub fn check_head(&self, text: &[u8], by: &HeadSignature) -> HeadCheck {
        let ours = self.store.read().map(|store| store.trusted()).unwrap_or_default();
        let Some(certificate) = ours.iter().find(|c| c.facts().sha256 == by.key_id) else {
            return HeadCheck::UnknownKey;
        };
        let signature = STANDARD.decode(&by.signature_base64);
        match signature.is_ok_and(|signature| verify_with(certificate, text, &signature)) {
            true => HeadCheck::Good,
            false => HeadCheck::Bad,
        }
    }

    /// Writes down an authority that nobody has decided about.
    ///
    /// # Errors
    /// In words for the log: the folder cannot be written.
    pub(crate) fn meet(&self, token: &TimeStampToken) -> Result<(), String> {
        let store = self.store.read().map_err(|e| e.to_string())?;
        store.note_time_stamper(token).map_err(|e| e.to_string())
    }

    /// Our certificates, present and past, and the time stamp authorities that we know.
    pub fn trusted(&self) -> (Vec<Certificate>, Vec<Certificate>) {
        match self.store.read() {
            Ok(store) => (store.trusted(), store.time_stampers().to_vec()),
            Err(_) => (Vec::new(), Vec::new()), // nobody is trusted by a store that broke
        }
    }
}
