//! What need not be kept in the outbox: links and codes whose time is over, whatever became of their mail; and after
//! some months who got what, of mails that have left.

use super::Letter;
use super::deliver::{forget, letter_of};
use crate::portal::Portal;
use crate::problem::{Result, internal};
use chrono::{DateTime, Duration, Utc};
use domain::contract::signing::CODE_LIFETIME;
use domain::people::LINK_LIFETIME;
use serde_json::json;
use store::outbox;

/// Names, addresses and values of a mail that has left are kept so long.
pub const KEPT: Duration = Duration::days(90);
/// So many at a time; the rest a minute later.
const AT_ONCE: u64 = 500;

/// Takes links and codes that open and sign nothing any more out of the outbox; says how many there were.
///
/// # Errors
/// When the database fails.
pub async fn secrets(portal: &Portal, now: DateTime<Utc>) -> Result<u64> {
    let db = portal.store.read();
    let with_secret = (r#""secret":true"#, r#""forgotten":true"#);
    let mut done = 0;
    for job in outbox::mails_with(db, now - CODE_LIFETIME, with_secret, AT_ONCE).await? {
        let letter = letter_of(&job)?;
        if job.created_at + lifetime(&letter) > now {
            continue;
        }
        let payload = serde_json::to_string(&forget(letter)).map_err(internal)?;
        done += u64::from(outbox::replace_payload(db, &job, &payload).await?);
    }
    Ok(done)
}

fn lifetime(letter: &Letter) -> Duration {
    if letter.values.contains_key("code") { CODE_LIFETIME } else { LINK_LIFETIME }
}

/// Leaves of a mail that left long ago which one it was, its state and its times; says how many there were.
///
/// # Errors
/// When the database fails.
pub async fn old_mails(portal: &Portal, now: DateTime<Utc>) -> Result<u64> {
    let db = portal.store.read();
    let mut done = 0;
    for job in outbox::mails_left(db, now - KEPT, r#""cleared":true"#, AT_ONCE).await? {
        let payload = json!({ "template": letter_of(&job)?.template, "cleared": true }).to_string();
        done += u64::from(outbox::replace_payload(db, &job, &payload).await?);
    }
    Ok(done)
}
