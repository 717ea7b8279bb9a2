//! `text`: what the linter says about the contract texts, without a database.

use super::Outcome;
use crate::config::Config;
use crate::start::{StartError, failed};
use clap::Subcommand;
use service::Content;
use service::texts::sync::lines;

/// What to do with the texts.
#[derive(Debug, Subcommand)]
pub enum Text {
    /// Checks a version, or all of them. Official wording that is not loaded is a note, not a finding.
    Lint {
        /// The version, such as 2026-2.
        version: Option<String>,
    },
}

/// Runs it.
pub fn run(config: &Config, command: &Text) -> Result<Outcome, StartError> {
    let Text::Lint { version } = command;
    let content = Content::load(config.content_dir.as_deref()).map_err(failed("reading the content"))?;
    let wanted = |v: &str| version.as_deref().is_none_or(|w| w == v);
    let texts: Vec<_> = content.legal.iter().filter(|t| wanted(&t.version)).collect();
    if texts.is_empty() {
        eprintln!("av-portal: there is no such contract text");
        return Ok(Outcome::Refused);
    }
    let mut broken = false;
    for text in texts {
        let findings = text.findings();
        let waits = text.waits_for_wording();
        broken |= !findings.is_empty() && !waits;
        let said = match findings.len() {
            0 => "no findings".to_string(),
            _ if waits => "no findings; cannot be offered until the official wording is loaded".to_string(),
            n => format!("{n} findings\n{}", lines(&findings)),
        };
        println!("{}: {said}", text.version);
    }
    Ok(if broken { Outcome::Refused } else { Outcome::Done })
}
