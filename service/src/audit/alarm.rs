//! The portal checks its own audit chain: once a day, and at once when a head cannot be made. What it finds goes by
//! mail to the privacy officers and admins, once, and stands on their worklist until a check finds all whole again.

use super::{head, verify};
use crate::mail::{self, Letter, Recipient};
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::audit::{Break, Event};
use domain::calendar;
use domain::permission::StaffRole;
use std::collections::BTreeMap;
use store::audit_checks::{self, AuditCheck};
use store::{Work, users};

/// No new head can be made although the chain is whole: the key is gone, or does not fit.
const NO_HEAD: &str = "no_head";

/// Checks when it is time. `refused`: a head could not be made just now, which is looked into at once, unless a finding
/// is open already. Says whether there was a check.
///
/// # Errors
/// When the database fails; that is no finding.
pub async fn check_due(portal: &Portal, refused: bool, now: DateTime<Utc>) -> Result<bool> {
    let before = audit_checks::newest(portal.store.read()).await?;
    let day = calendar::berlin_date(now).to_string();
    let today = before.as_ref().is_some_and(|c| c.day == day);
    let whole = before.as_ref().is_none_or(|c| c.finding.is_none());
    if today && !(refused && whole) {
        return Ok(false);
    }
    let report = verify(portal).await?;
    let mut finding = report.broken.as_ref().map(code);
    // Tried again: a database that was busy for a moment is no finding.
    if finding.is_none() && refused && head::make_due(portal, now).await.is_err() {
        finding = Some(NO_HEAD.into());
    }
    let number = before.as_ref().map_or(0, |c| c.number) + 1;
    let check = AuditCheck { number, at: now, day, entries: report.entries, finding };
    note(portal, &check, before.as_ref(), now).await?;
    Ok(true)
}

/// The finding that is open.
///
/// # Errors
/// When the database fails.
pub async fn open(portal: &Portal) -> Result<Option<AuditCheck>> {
    let newest = audit_checks::newest(portal.store.read()).await?;
    Ok(newest.filter(|c| c.finding.is_some()))
}

async fn note(
    portal: &Portal,
    check: &AuditCheck,
    before: Option<&AuditCheck>,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    match audit_checks::insert(work.db(), check).await {
        Err(e) if e.is_taken() => return Ok(()), // another instance was faster; this work is rolled back
        other => other?,
    }
    if let Some(finding) = &check.finding {
        tracing::error!(finding, entries = check.entries, "the audit chain is not whole");
        if before.and_then(|c| c.finding.as_deref()).map(kind) != Some(kind(finding)) {
            tell(portal, &work, check, finding, now).await?;
            let event = Event::new("audit.broken", "job", "audit").fact("finding", finding);
            work.record(event.fact("entries", check.entries));
        }
    }
    portal.commit(work, now).await
}

async fn tell(
    portal: &Portal,
    work: &Work,
    check: &AuditCheck,
    finding: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut people = BTreeMap::new();
    for role in [StaffRole::PrivacyOfficer, StaffRole::Admin] {
        people.extend(users::with_role(work.db(), role).await?.into_iter().map(|u| (u.id, u)));
    }
    for person in people.values() {
        let lang = person.language;
        let letter = Letter::new("audit_broken", Recipient::from(person))
            .value("checked_at", calendar::in_words(check.at, lang))
            .value("entries", check.entries)
            .value("finding", finding)
            .value("link", portal.url(lang, "/audit"));
        let key = format!("audit_broken:{}:{}", check.number, person.id);
        mail::enqueue(portal, work, letter, "audit", key, now).await?;
    }
    Ok(())
}

/// Where a break moves while new entries come, it is the same finding.
fn kind(finding: &str) -> &str {
    finding.split(':').next().unwrap_or_default()
}

/// A stable name with the place: `content:17`.
fn code(b: &Break) -> String {
    let (name, place) = match b {
        Break::Sequence(expected, _) => ("sequence", expected),
        Break::Link(seq) => ("link", seq),
        Break::Content(seq) => ("content", seq),
        Break::Columns(seq) => ("columns", seq),
        Break::Truncated(there, _) => ("truncated", there),
        Break::Rewritten(good, _) => ("rewritten", good),
        Break::Tree(seq) => ("tree", seq),
        Break::Head(number) => ("head", number),
        Break::Signature(number) => ("signature", number),
        Break::Unsigned(number) => ("unsigned", number),
    };
    format!("{name}:{place}")
}
