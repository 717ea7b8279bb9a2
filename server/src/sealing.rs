//! The provider's seal: its folder, opened once at the start, and what the rest of the portal does with it.

use crate::config::Config;
use crate::start::{StartError, failed};
use chrono::{DateTime, Utc};
use seal::{Certificate, KeyStore, Limits, SealFacts, SubjectNames, Trusted, Verdict, verify_pdf};
use service::content::provider::Provider;
use std::path::PathBuf;
use std::sync::{Arc, RwLock};

/// The seal as the running portal has it. Cheap to clone.
#[derive(Clone)]
pub struct Sealing {
    store: Arc<RwLock<KeyStore>>,
    name: String,
    place: String,
}

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

    /// What a file is: sealed by us and unchanged, or why not.
    pub fn verify(&self, pdf: &[u8]) -> Verdict {
        let (sealers, time_stampers) = self.trusted();
        let trusted = Trusted { sealers: &sealers, time_stampers: &time_stampers };
        verify_pdf(pdf, &trusted, &Limits::default())
    }

    /// Our certificates, present and past, and the time stamp authorities that we know.
    pub fn trusted(&self) -> (Vec<Certificate>, Vec<Certificate>) {
        match self.store.read() {
            Ok(store) => (store.trusted(), store.time_stampers().to_vec()),
            Err(_) => (Vec::new(), Vec::new()), // nobody is trusted by a store that broke
        }
    }
}
