//! What time does by itself, once a minute. Each part may be done by several instances at once and twice.

use crate::audit::{alarm, head, letter};
use crate::contracts::{lapse, remind};
use crate::disposals::clock;
use crate::mail::forget;
use crate::portal::Portal;
use crate::problem::Result;
use crate::stamps::head_job;
use chrono::{DateTime, Duration, Utc};
use store::{idempotency, links, login_failures, sessions, sign_codes};

/// Sessions, links and codes are kept so long after their end: whoever asks what happened gets an answer.
pub const KEPT: Duration = Duration::days(7);

/// A program that repeats a request gets the same answer for so long.
pub const ANSWERS_KEPT: Duration = Duration::hours(24);

/// Lapses offers, ends contracts, reminds of open choices and applies their default, reminds who is waited for,
/// forgets what need not be kept, makes and mails the head of the audit chain, checks the chain. A part that fails holds up no other.
///
/// # Errors
/// The first failure, after all parts were tried.
pub async fn run(portal: &Portal, now: DateTime<Utc>) -> Result<()> {
    let lapsed = lapse::lapse_due(portal, now).await;
    let ended = lapse::end_due(portal, now).await;
    let reminded = clock::run_due(portal, now).await;
    let waited = remind::run(portal, now).await;
    let purged = purge(portal, now).await;
    let secrets = forget::secrets(portal, now).await;
    let mails = forget::old_mails(portal, now).await;
    let keys = crate::signing::keep(portal, now).await;
    let made = head::make_due(portal, now).await;
    let mailed = letter::send_due(portal, now).await;
    let stamps = head_job::enqueue_due(portal, now).await;
    let checked = alarm::check_due(portal, made.is_err(), now).await;
    let (lapsed, ended, reminded) = (lapsed?, ended?, reminded? + waited?);
    let (purged, secrets, mails) = (purged?, secrets?, mails?);
    if keys? {
        tracing::info!("the keys that sign tokens have changed");
    }
    if let Some(head) = made? {
        tracing::debug!(number = head.number, size = head.head.size, "a head of the audit chain");
    }
    stamps?;
    checked?;
    if mailed? {
        tracing::info!("the head of the audit chain was mailed");
    }
    if lapsed + ended + reminded > 0 || purged + secrets + mails > 0 {
        tracing::info!(lapsed, ended, reminded, purged, secrets, mails, "housekeeping");
    }
    Ok(())
}

/// Deletes failed log-ins and kept answers after a day; sessions, links and codes after [`KEPT`].
async fn purge(portal: &Portal, now: DateTime<Utc>) -> Result<u64> {
    let db = portal.store.read();
    let failures = login_failures::purge(db, now - Duration::days(1)).await;
    let sessions = sessions::purge(db, now - KEPT).await;
    let links = links::purge(db, now - KEPT).await;
    let codes = sign_codes::purge(db, now - KEPT).await;
    let answers = idempotency::purge(db, now - ANSWERS_KEPT).await;
    Ok(failures? + sessions? + links? + codes? + answers?)
}
