//! `seal`: the key and the certificate of the seal, for the operator. But for `stamp` no database is needed.

use super::Outcome;
use crate::config::Config;
use crate::sealing;
use crate::start::{StartError, failed};
use crate::state::App;
use chrono::{DateTime, Utc};
use clap::Subcommand;
use seal::{Certificate, KeyStore, SubjectNames};
use service::Content;
use std::path::{Path, PathBuf};

/// What to do with the seal.
#[derive(Debug, Subcommand)]
pub enum Seal {
    /// Says which certificates there are.
    Show,
    /// Writes a request for a certificate (CSR, PEM) for the present key to the standard output.
    Csr,
    /// Takes a certificate with its chain (PEM, its own first) for the present key. Restart the portal afterwards.
    ImportChain {
        /// The file.
        file: PathBuf,
    },
    /// Trusts a time stamp authority from now on: its certificate, or that of its issuer. Restart the portal afterwards.
    Trust {
        /// A file (PEM) that you have from the authority; or the SHA-256 of a certificate that `seal show` lists as met,
        /// once you have compared it with what the authority publishes.
        certificate: String,
    },
    /// Asks for time stamps for all sealed files that have none. The running portal fetches them.
    Stamp,
    /// Makes a new key with a certificate of its own, and deletes the old key. Restart the portal afterwards.
    RollOver,
}

/// Runs it.
pub async fn run(config: Config, command: &Seal, now: DateTime<Utc>) -> Result<Outcome, StartError> {
    let open = || KeyStore::open(&sealing::folder(&config)).map_err(failed("opening the folder of the seal"));
    match command {
        Seal::Show => show(&open()?, now),
        Seal::Csr => {
            let csr = open()?.key().csr_pem(&subject(&config)?).map_err(failed("making the request"))?;
            print!("{csr}");
        }
        Seal::ImportChain { file } => return Ok(import(&mut open()?, file, now)),
        Seal::Trust { certificate } => return Ok(trust(&mut open()?, certificate, now)),
        Seal::Stamp => return stamp(&super::app(config).await?).await,
        Seal::RollOver => {
            let mut store = open()?;
            store.roll_over(&subject(&config)?, now).map_err(failed("making a new key"))?;
            println!("a new key is in its place, the old one is deleted; restart the portal to seal with it");
            println!("seals made before stay valid, their certificates are kept");
            show(&store, now);
        }
    }
    Ok(Outcome::Done)
}

fn subject(config: &Config) -> Result<SubjectNames, StartError> {
    let content = Content::load(config.content_dir.as_deref()).map_err(failed("reading the content"))?;
    Ok(sealing::subject(&content.provider))
}

fn import(store: &mut KeyStore, file: &Path, now: DateTime<Utc>) -> Outcome {
    let taken = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()));
    match taken.and_then(|chain| store.import_chain(&chain, now).map_err(|e| e.to_string())) {
        Ok(()) => {
            println!("the certificate is taken; restart the portal to seal with it");
            show(store, now);
            Outcome::Done
        }
        Err(why) => {
            eprintln!("av-portal: not taken, nothing is changed: {why}");
            Outcome::Refused
        }
    }
}

/// Asks for the time stamps that are missing.
async fn stamp(app: &App) -> Result<Outcome, StartError> {
    if app.portal.stamping.is_none() {
        eprintln!("av-portal: no time stamp authority is set (AVP_TSA_URL)");
        return Ok(Outcome::Refused);
    }
    let asked = service::stamps::document_job::enqueue_missing(&app.portal, app.now()).await;
    println!("{} files wait for a time stamp", asked.map_err(failed("asking for time stamps"))?);
    Ok(Outcome::Done)
}

fn trust(store: &mut KeyStore, which: &str, now: DateTime<Utc>) -> Outcome {
    let taken = named(store, which).and_then(|pem| store.trust_time_stamper(&pem).map_err(|e| e.to_string()));
    match taken {
        Ok(certificate) => {
            println!("trusted for time stamps, also for those that are there; restart the portal");
            say(&certificate, now);
            Outcome::Done
        }
        Err(why) => {
            eprintln!("av-portal: not trusted, nothing is changed: {why}");
            Outcome::Refused
        }
    }
}

/// The certificate as PEM: of one that was met, by its SHA-256, or from a file.
fn named(store: &KeyStore, which: &str) -> Result<String, String> {
    let met = store.met().map_err(|e| e.to_string())?;
    if let Some(certificate) = met.iter().find(|c| c.facts().sha256.eq_ignore_ascii_case(which)) {
        return Ok(certificate.to_pem());
    }
    std::fs::read_to_string(which).map_err(|e| format!("{which}: {e}"))
}

fn show(store: &KeyStore, now: DateTime<Utc>) {
    println!("present:");
    for certificate in store.key().chain() {
        say(&certificate, now);
    }
    let past: Vec<_> = store.trusted().into_iter().skip(1).collect();
    if !past.is_empty() {
        println!("past, for seals made before:");
    }
    for certificate in &past {
        say(certificate, now);
    }
    if !store.time_stampers().is_empty() {
        println!("time stamp authorities that are trusted:");
    }
    for certificate in store.time_stampers() {
        say(certificate, now);
    }
    let met = store.met().unwrap_or_default();
    if !met.is_empty() {
        println!("time stamp authorities that answered and are NOT trusted (seal trust SHA256):");
    }
    for certificate in &met {
        say(certificate, now);
    }
}

fn say(certificate: &Certificate, now: DateTime<Utc>) {
    let c = certificate.facts();
    let made = if c.self_made { "made by itself" } else { "issued" };
    let valid = if certificate.is_valid_at(now) { "" } else { "  NOT VALID NOW" };
    println!("  {}", c.subject);
    println!("    {made} by {}, number {}", c.issuer, c.serial);
    println!("    from {} until {}{valid}", c.not_before.date_naive(), c.not_after.date_naive());
    println!("    SHA-256 {}", c.sha256);
}
