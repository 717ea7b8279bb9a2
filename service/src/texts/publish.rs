//! A privacy officer publishes a text: from now on it is offered; customers on older ones are told; a material one
//! ends what older ones permit on a day.

use super::sync::event;
use super::{announce_job, change_since, newer, older};
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::permission::PrivacyOfficer;
use domain::{Mistake, publication};
use store::{contracts, text_publications, text_versions};

/// Publishes. Doing it again changes nothing.
///
/// # Errors
/// [`Problem::Missing`] for a version that is not here; [`Problem::Mistakes`]: the text has findings
/// (`text-findings`), a newer one is published already (`text-older`), the day of the acceptance.
pub async fn run(
    portal: &Portal,
    by: &PrivacyOfficer,
    version: &str,
    accept_until: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let texts = &portal.content.legal;
    let text = texts.version(version).ok_or(Problem::Missing)?;
    let mut work = portal.begin().await?;
    let published = text_publications::of_family(work.db(), text.family).await?;
    if published.iter().any(|p| p.version == version) {
        return Ok(work.rollback().await?);
    }
    if published.first().is_some_and(|p| newer(&p.version, version)) {
        return Err(Mistake::new("", "text-older").into());
    }
    if !text.findings().is_empty() {
        return Err(Mistake::new("", "text-findings").into());
    }
    let change = change_since(texts, published.first(), text);
    let decided = publication::publish(version, text.family, change, accept_until, by.user, now)?;
    if !text_publications::insert(work.db(), &decided).await? {
        return Ok(work.rollback().await?);
    }
    let before = older(texts, &published, text);
    let touched = contracts::count_on_texts(work.db(), &before).await?;
    if let Some(day) = decided.accept_until {
        for version in &before {
            text_versions::outdate(work.db(), version, day).await?;
        }
        work.gate_changed();
    }
    announce_job::enqueue(&work, version, now).await?;
    let day = decided.accept_until.map(|d| d.to_string()).unwrap_or_default();
    let event = event("text.published", format!("user:{}", by.user), text);
    work.record(event.fact("kind", decided.kind).fact("accept_until", day).fact("contracts", touched));
    portal.commit(work, now).await
}
