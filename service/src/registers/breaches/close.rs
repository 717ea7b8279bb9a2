//! A breach is closed with a lesson, or its suspicion is dispelled before anybody had to be told.

use super::super::{stamp, step};
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
    let next = |s: BreachState| s.close(lesson, stamp(by.user, &by.name, now));
    step(&mut work, id, ("closed", by.user), next, now).await?;
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
    let next = |s: BreachState| s.dismiss(reason, stamp(by.user, &by.name, now));
    step(&mut work, id, ("dismissed", by.user), next, now).await?;
    portal.commit(work, now).await
}
