//! `audit verify`: whether the chain is whole, here or in an export.

use super::Outcome;
use crate::start::{StartError, failed};
use crate::state::App;
use clap::Subcommand;
use serde_json::json;
use service::audit::{self, Report, in_words};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// What to do with the audit chain.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Checks every entry. Exit code 1 when the chain is broken.
    Verify {
        /// An export in JSON: checked itself, and whether the chain of this portal continues it.
        #[arg(long)]
        from: Option<PathBuf>,
        /// Answers as JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Runs it.
pub async fn run(app: &App, command: Audit) -> Result<Outcome, StartError> {
    let Audit::Verify { from, json } = command;
    let earlier = from.as_deref().map(read).transpose()?;
    let continued = match &earlier {
        Some(earlier) => {
            Some(audit::continues(&app.portal, earlier).await.map_err(failed("reading the chain"))?)
        }
        None => None,
    };
    let report = audit::verify(&app.portal).await.map_err(failed("reading the chain"))?;
    if json {
        let answer = json!({
            "chain": answer(&report),
            "export": earlier.as_ref().map(answer),
            "chain_continues_export": continued,
        });
        println!("{answer}");
    } else {
        if let Some(earlier) = &earlier {
            say("export", earlier);
        }
        say("chain", &report);
        if continued == Some(false) {
            println!("the chain does not continue the export: it is another one");
        }
    }
    let good = report.whole() && earlier.is_none_or(|e| e.whole()) && continued != Some(false);
    Ok(if good { Outcome::Done } else { Outcome::Failed })
}

fn read(path: &Path) -> Result<Report, StartError> {
    let file = File::open(path).map_err(failed("opening the export"))?;
    audit::verify_export(BufReader::new(file)).map_err(failed("reading the export"))
}

fn answer(r: &Report) -> serde_json::Value {
    json!({"entries": r.entries, "head": r.head, "whole": r.whole(), "broken": r.broken.as_ref().map(in_words)})
}

fn say(what: &str, r: &Report) {
    match &r.broken {
        None => println!("{what}: whole, {} entries, head {}", r.entries, r.head),
        Some(broken) => println!("{what}: BROKEN after {} good entries: {}", r.entries, in_words(broken)),
    }
}
