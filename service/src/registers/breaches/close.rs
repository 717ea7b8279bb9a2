//! A breach is closed with a lesson, or its suspicion is dispelled before anybody had to be told.

use super::super::{event, load_any, save, stamp};
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::EntryId;
use domain::permission::PrivacyOfficer;
use domain::register::breach::BreachState;

/// Closes it.
///
/// # Errors
/// [`crate::Problem::Refused`] in another state; mistakes while details are missing or without a lesson.
pub async fn run(
    portal: &Portal,
    by: &PrivacyOfficer,
    id: EntryId,
    lesson: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut entry = load_any::<BreachState>(&work, id).await?;
    let next = entry.state.clone().close(lesson, stamp(by.user, &by.name, now))?;
    save(&mut work, &mut entry, next, event::<BreachState>("closed", by.user, id), now).await?;
    portal.commit(work, now).await
}

/// Dispels the suspicion.
///
/// # Errors
/// [`crate::Problem::Refused`] once somebody was told; a mistake without a reason.
pub async fn dismiss(
    portal: &Portal,
    by: &PrivacyOfficer,
    id: EntryId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut entry = load_any::<BreachState>(&work, id).await?;
    let next = entry.state.clone().dismiss(reason, stamp(by.user, &by.name, now))?;
    save(&mut work, &mut entry, next, event::<BreachState>("dismissed", by.user, id), now).await?;
    portal.commit(work, now).await
}
