//! `seal`: the key and the certificate of the seal, for the operator. No database is needed.

use super::Outcome;
use crate::config::Config;
use crate::sealing;
use crate::start::{StartError, failed};
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
    /// Makes a new key with a certificate of its own, and deletes the old key. Restart the portal afterwards.
    RollOver,
}

/// Runs it.
pub fn run(config: &Config, command: &Seal, now: DateTime<Utc>) -> Result<Outcome, StartError> {
    let mut store =
        KeyStore::open(&sealing::folder(config)).map_err(failed("opening the folder of the seal"))?;
    match command {
        Seal::Show => show(&store, now),
        Seal::Csr => {
            let csr = store.key().csr_pem(&subject(config)?).map_err(failed("making the request"))?;
            print!("{csr}");
        }
        Seal::ImportChain { file } => return Ok(import(&mut store, file, now)),
        Seal::RollOver => {
            store.roll_over(&subject(config)?, now).map_err(failed("making a new key"))?;
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
        println!("time stamp authorities:");
    }
    for certificate in store.time_stampers() {
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
