//! At the start: a released text that was changed stops it, and so does a newest text with findings; the first text of
//! a family is published by itself, every later one by a decision.

use crate::content::LegalText;
use crate::portal::Portal;
use crate::problem::{Result, internal};
use chrono::{DateTime, Utc};
use domain::audit::Event;
use domain::legal_lint::Finding;
use domain::legal_text::TextFamily;
use domain::publication::{Change, Publication};
use store::{text_publications, text_versions};

/// Brings storage up to what `content/legal` says.
///
/// # Errors
/// When a released text was changed, the newest text has findings, or the database fails.
pub async fn at_start(portal: &Portal, now: DateTime<Utc>) -> Result<()> {
    for family in TextFamily::ALL {
        if let Some(newest) = portal.content.legal.newest_of(family) {
            sound(newest)?;
        }
        let known = note(portal, family, now).await?;
        first(portal, family, known, now).await?;
    }
    Ok(())
}

/// The newest text of a family is one that may be released; official wording that is not loaded keeps it from being
/// offered, not the portal from starting.
fn sound(text: &LegalText) -> Result<()> {
    let findings = text.findings();
    if findings.is_empty() || text.waits_for_wording() {
        return Ok(());
    }
    Err(internal(format!(
        "the contract text {} (content/legal/{}) has {} findings:\n{}",
        text.version,
        text.family.name(),
        findings.len(),
        lines(&findings)
    )))
}

/// Findings, one a line.
pub fn lines(findings: &[Finding]) -> String {
    findings.iter().map(|f| format!("  {f}")).collect::<Vec<_>>().join("\n")
}

/// A text that customers may have signed never changes: a new wording is a new version. Gives the newest version that
/// was known before.
async fn note(portal: &Portal, family: TextFamily, now: DateTime<Utc>) -> Result<Option<String>> {
    let db = portal.store.read();
    let mut known = None;
    for text in portal.content.legal.of(family) {
        match text_versions::sha256_of(db, &text.version).await? {
            None => text_versions::note(db, &text.version, &text.sha256, now).await?,
            Some(hash) if hash == text.sha256 => known = Some(text.version.clone()),
            Some(_) => {
                return Err(internal(format!(
                    "the released contract text {0} was changed (content/legal/{1}/{0}); put it back and make a new version",
                    text.version,
                    family.name()
                )));
            }
        }
    }
    Ok(known)
}

/// What an installation begins with: the text that it used before publishing was a decision, else the newest.
async fn first(portal: &Portal, family: TextFamily, known: Option<String>, now: DateTime<Utc>) -> Result<()> {
    let texts = &portal.content.legal;
    let text = known.and_then(|v| texts.version(&v)).or_else(|| texts.newest_of(family));
    let Some(text) = text.filter(|t| t.findings().is_empty()) else { return Ok(()) };
    let mut work = portal.begin().await?;
    if !text_publications::of_family(work.db(), family).await?.is_empty() {
        return Ok(work.rollback().await?);
    }
    let publication = Publication {
        version: text.version.clone(),
        family,
        kind: Change::First.name().into(),
        accept_until: None,
        by: None,
        at: now,
    };
    if !text_publications::insert(work.db(), &publication).await? {
        return Ok(work.rollback().await?);
    }
    work.record(event("text.published", "job", text).fact("kind", &publication.kind));
    portal.commit(work, now).await
}

pub(super) fn event(kind: &str, actor: impl ToString, text: &LegalText) -> Event {
    Event::new(kind, actor, format!("text:{}", text.version)).fact("sha256", &text.sha256)
}
