//! `audit verify`: whether the chain, its tree and its heads are whole, and whether they continue what was kept.

use super::Outcome;
use crate::start::{StartError, failed};
use crate::state::App;
use clap::Subcommand;
use domain::audit::TreeHead;
use serde_json::{Value, json};
use service::audit::{self, Report, in_words};
use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};

/// What to do with the audit chain.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Checks every entry, the tree and all heads. Exit code 1 when anything is broken.
    Verify {
        /// An earlier export, checked itself; or anything in which a head stands: a kept mail, a proof. Says whether
        /// the chain of this portal continues it.
        #[arg(long)]
        from: Option<PathBuf>,
        /// Answers as JSON.
        #[arg(long)]
        json: bool,
    },
}

/// What somebody kept.
enum Kept {
    /// An export, as it was found.
    Export(Report),
    /// A head.
    Head(TreeHead),
}

/// Runs it.
pub async fn run(app: &App, command: Audit) -> Result<Outcome, StartError> {
    let Audit::Verify { from, json } = command;
    let kept = from.as_deref().map(read).transpose()?;
    let reading = failed("reading the chain");
    let (report, continued) = match &kept {
        None => (audit::verify(&app.portal).await.map_err(reading)?, None),
        Some(Kept::Export(earlier)) => {
            let report = audit::verify(&app.portal).await.map_err(&reading)?;
            (report, Some(audit::continues(&app.portal, earlier).await.map_err(reading)?))
        }
        Some(Kept::Head(head)) => {
            let (report, continued) = audit::verify_with(&app.portal, head).await.map_err(reading)?;
            (report, Some(continued))
        }
    };
    if json {
        println!("{}", as_json(&report, kept.as_ref(), continued));
    } else {
        in_sentences(&report, kept.as_ref(), continued);
    }
    let kept_good = !matches!(&kept, Some(Kept::Export(e)) if !e.whole());
    let good = report.whole() && kept_good && continued != Some(false);
    Ok(if good { Outcome::Done } else { Outcome::Failed })
}

/// The most that a file with a head in it may have.
const HEAD_FILE: u64 = 16 * 1024 * 1024;

fn read(path: &Path) -> Result<Kept, StartError> {
    let open = || File::open(path).map_err(failed("opening the export"));
    let not_an_export = match audit::verify_export(BufReader::new(open()?)) {
        Ok(report) => return Ok(Kept::Export(report)),
        Err(problem) => failed("reading the export")(problem),
    };
    let mut bytes = Vec::new();
    open()?.take(HEAD_FILE).read_to_end(&mut bytes).map_err(failed("reading the export"))?;
    TreeHead::find(&String::from_utf8_lossy(&bytes)).map(Kept::Head).ok_or(not_an_export)
}

fn as_json(report: &Report, kept: Option<&Kept>, continued: Option<bool>) -> Value {
    let (export, head) = match kept {
        Some(Kept::Export(e)) => (Some(answer(e)), None),
        Some(Kept::Head(h)) => (None, Some(json!({"size": h.size, "root": h.root.to_string(), "at": h.at}))),
        None => (None, None),
    };
    json!({
        "chain": answer(report),
        "export": export,
        "kept_head": head,
        "chain_continues_export": export.is_some().then_some(continued).flatten(),
        "chain_continues_head": head.is_some().then_some(continued).flatten(),
    })
}

fn answer(r: &Report) -> Value {
    let newest = r.heads.newest.as_ref();
    let newest = newest.map(|h| json!({"size": h.size, "root": h.root.to_string(), "at": h.at}));
    json!({
        "entries": r.entries,
        "head": r.head,
        "whole": r.whole(),
        "broken": r.broken.as_ref().map(in_words),
        "heads": {
            "count": r.heads.count,
            "signed": r.heads.signed,
            "signatures_checked": r.heads.checked,
            "newest": newest,
        },
    })
}

fn in_sentences(report: &Report, kept: Option<&Kept>, continued: Option<bool>) {
    if let Some(Kept::Export(earlier)) = kept {
        say("export", earlier);
    }
    say("chain", report);
    match (kept, continued) {
        (Some(Kept::Export(_)), Some(false)) => {
            println!("the chain does not continue the export: it is another one");
        }
        (Some(Kept::Head(h)), Some(false)) => {
            println!(
                "the chain does not continue the head over {} entries: it was made anew, or its end is missing",
                h.size
            );
        }
        (Some(Kept::Head(h)), Some(true)) => {
            println!("the chain continues the head over {} entries of {}", h.size, h.at);
        }
        _ => {}
    }
}

fn say(what: &str, r: &Report) {
    match &r.broken {
        None => println!("{what}: whole, {} entries, head {}", r.entries, r.head),
        Some(broken) => println!("{what}: BROKEN after {} good entries: {}", r.entries, in_words(broken)),
    }
    if let Some(newest) = &r.heads.newest {
        let heads = &r.heads;
        println!(
            "{what}: {} heads of the tree are good ({} signed, {} signatures checked), the newest over {} entries: {}",
            heads.count, heads.signed, heads.checked, newest.size, newest.root
        );
    }
}
