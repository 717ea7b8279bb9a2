//! `verify`: what a PDF is, for whoever has the folder of the seal. No database, no network, nothing is written.

use super::Outcome;
use crate::config::Config;
use crate::sealing;
use chrono::{DateTime, SecondsFormat, Utc};
use domain::audit::hex;
use seal::{Change, Fault, KeyStore, Level, Limits, SealFound, Trusted, Verdict};
use serde_json::{Value, json};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// Runs it.
pub fn run(config: &Config, file: &Path, json: bool) -> Outcome {
    let folder = sealing::folder(config);
    let (sealers, time_stampers) = match KeyStore::certificates(&folder) {
        Ok(trusted) => trusted,
        Err(e) => {
            eprintln!("av-portal: whose seals are ours is not known: {e}");
            eprintln!(
                "set AVP_DATA_DIR to the data folder of the portal; its folder `seal` is needed, no more"
            );
            return Outcome::Refused;
        }
    };
    let limits = Limits::default();
    let bytes = match read(file, limits.bytes) {
        Ok(bytes) => bytes,
        Err(e) => {
            eprintln!("av-portal: {} cannot be read: {e}", file.display());
            return Outcome::Refused;
        }
    };
    let trusted = Trusted { sealers: &sealers, time_stampers: &time_stampers };
    let verdict = bytes.as_ref().map_or(Verdict::TooLarge, |b| seal::verify_pdf(b, &trusted, &limits));
    let sha256 = bytes.as_ref().map(|b| hex(&seal::sha256(b)));
    if json {
        println!("{}", answer(&verdict, sha256.as_deref()));
    } else {
        say(&verdict, sha256.as_deref());
    }
    if matches!(verdict, Verdict::Valid(_)) { Outcome::Done } else { Outcome::Failed }
}

/// The whole file; `None` when it is larger than what is looked at. It is not read then.
fn read(path: &Path, limit: usize) -> std::io::Result<Option<Vec<u8>>> {
    let file = File::open(path)?;
    let most = u64::try_from(limit).unwrap_or(u64::MAX);
    if file.metadata()?.len() > most {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?; // it may grow meanwhile
    Ok((bytes.len() <= limit).then_some(bytes))
}

fn code(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Valid(_) => "valid",
        Verdict::UnknownSealer(_) => "unknown_sealer",
        Verdict::Altered(Change::Content) => "altered",
        Verdict::Altered(Change::Appended) => "appended",
        Verdict::Broken(_) => "broken",
        Verdict::Unsealed => "unsealed",
        Verdict::Encrypted => "encrypted",
        Verdict::TooLarge => "too_large",
        Verdict::NotPdf => "not_pdf",
    }
}

fn in_words(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Valid(_) => "VALID: sealed by us, and unchanged since.",
        Verdict::UnknownSealer(_) => {
            "NOT VALID: the seal fits the file, but it was made with a certificate that is none of ours."
        }
        Verdict::Altered(Change::Content) => "NOT VALID: the file was changed after it was sealed.",
        Verdict::Altered(Change::Appended) => {
            "NOT VALID: something was added to the file after it was sealed."
        }
        Verdict::Broken(fault) => broken(*fault),
        Verdict::Unsealed => "NOT VALID: the PDF has no seal.",
        Verdict::Encrypted => "NOT VALID: the PDF is encrypted; ours never are.",
        Verdict::TooLarge => {
            "NOT VALID: the file is larger than 50 MiB and was not looked at; ours never are."
        }
        Verdict::NotPdf => "NOT VALID: the file is no PDF.",
    }
}

fn broken(fault: Fault) -> &'static str {
    match fault {
        Fault::Form => "NOT VALID: there is a signature, but not in the form of our seals.",
        Fault::Container => {
            "NOT VALID: the container of the seal cannot be read, or holds more than it should."
        }
        Fault::Signature => "NOT VALID: the signature of the seal is wrong.",
        Fault::Certificate => {
            "NOT VALID: the certificate of the seal allows no seals, or was not valid at the time."
        }
        Fault::TimeStamp => "NOT VALID: the time stamp in the seal is wrong.",
        Fault::Structure => "NOT VALID: the document around the seal is not built as ours are.",
    }
}

fn found(verdict: &Verdict) -> Option<&SealFound> {
    match verdict {
        Verdict::Valid(found) | Verdict::UnknownSealer(found) => Some(found),
        _ => None,
    }
}

fn say(verdict: &Verdict, sha256: Option<&str>) {
    println!("{}", in_words(verdict));
    if let Some(seal) = found(verdict) {
        let c = &seal.certificate;
        let made = if c.self_made { ", made by itself" } else { "" };
        println!("sealed by:   {} (certificate {}{made})", c.name, c.sha256);
        println!("says:        {}, {}", seal.facts.reason, seal.facts.name);
        println!("its clock:   {} (the sealer's own word)", exact(seal.facts.at));
        match &seal.level {
            Level::BaselineB => println!("level:       PAdES B-B, without a time stamp"),
            Level::BaselineT { time, authority } => {
                println!("level:       PAdES B-T, time {} stamped by {authority}", exact(*time));
            }
            Level::StampUnknown { time, authority } => {
                println!(
                    "level:       PAdES B-B; a time stamp ({}, {authority}) is there, but",
                    exact(*time)
                );
                println!("             nobody whom we trust made it, so it proves nothing");
            }
        }
    }
    if let Some(sha256) = sha256 {
        println!("SHA-256:     {sha256}");
    }
}

fn answer(verdict: &Verdict, sha256: Option<&str>) -> Value {
    let fault = match verdict {
        Verdict::Broken(fault) => Some(fault.code()),
        _ => None,
    };
    json!({
        "valid": matches!(verdict, Verdict::Valid(_)),
        "verdict": code(verdict),
        "fault": fault,
        "sha256": sha256,
        "seal": found(verdict).map(seal_found),
    })
}

fn seal_found(seal: &SealFound) -> Value {
    let c = &seal.certificate;
    let (level, stamp) = match &seal.level {
        Level::BaselineB => ("B-B", None),
        Level::BaselineT { time, authority } => ("B-T", Some((time, authority, true))),
        Level::StampUnknown { time, authority } => ("B-B", Some((time, authority, false))),
    };
    json!({
        "certificate": {
            "name": c.name, "subject": c.subject, "issuer": c.issuer, "sha256": c.sha256, "self_made": c.self_made,
        },
        "reason": seal.facts.reason,
        "claimed_at": exact(seal.facts.at),
        "level": level,
        "time_stamp": stamp.map(|(time, authority, trusted)| {
            json!({"time": exact(*time), "authority": authority, "trusted": trusted})
        }),
        "original_sha256": hex(&seal.original_sha256),
    })
}

fn exact(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
