//! What time does by itself, once a minute. Each part may be done by several instances at once and twice.

use crate::contracts::{lapse, remind};
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Duration, Utc};
use store::login_failures;

/// Lapses offers, ends contracts, reminds who is waited for, forgets failed log-ins older than a day. A part that fails holds up no other.
///
/// # Errors
/// The first failure, after all parts were tried.
pub async fn run(portal: &Portal, now: DateTime<Utc>) -> Result<()> {
    let lapsed = lapse::lapse_due(portal, now).await;
    let ended = lapse::end_due(portal, now).await;
    let reminded = remind::run(portal, now).await;
    let purged = login_failures::purge(portal.store.read(), now - Duration::days(1)).await;
    let (lapsed, ended, reminded, purged) = (lapsed?, ended?, reminded?, purged?);
    if lapsed > 0 || ended > 0 || reminded > 0 || purged > 0 {
        tracing::info!(lapsed, ended, reminded, purged, "housekeeping");
    }
    Ok(())
}
