//! The privacy officer records a breach, and corrects it until somebody is told.

use super::super::{enter, event, load_any, save, stamp};
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::permission::PrivacyOfficer;
use domain::register::breach::{BreachInput, BreachState};
use domain::{CustomerId, EntryId, Mistake, Mistakes};
use store::{Connection, customers, registers};

/// Records it; `numbers` are those of picked customers, as typed. `once` comes with the form.
///
/// # Errors
/// All mistakes by field.
pub async fn run(
    portal: &Portal,
    by: &PrivacyOfficer,
    once: EntryId,
    input: &BreachInput,
    numbers: &str,
    now: DateTime<Utc>,
) -> Result<EntryId> {
    let mut work = portal.begin().await?;
    if registers::find_any::<BreachState>(work.db(), once).await?.is_some() {
        work.rollback().await?;
        return Ok(once);
    }
    let (picked, unknown) = customers_by(work.db(), numbers).await?;
    let state = BreachState::record(input, picked, unknown, stamp(by.user, &by.name, now))?;
    let event = event::<BreachState>("recorded", by.user, once);
    enter(&mut work, once, None, state, event, now).await?;
    portal.commit(work, now).await?;
    Ok(once)
}

/// Corrects it.
///
/// # Errors
/// [`crate::Problem::Refused`] once somebody was told; all mistakes by field.
pub async fn revise(
    portal: &Portal,
    by: &PrivacyOfficer,
    id: EntryId,
    input: &BreachInput,
    numbers: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut entry = load_any::<BreachState>(&work, id).await?;
    let (picked, unknown) = customers_by(work.db(), numbers).await?;
    let next = entry.state.clone().revise(input, picked, unknown, stamp(by.user, &by.name, now))?;
    save(&mut work, &mut entry, next, event::<BreachState>("revised", by.user, id), now).await?;
    portal.commit(work, now).await
}

/// The customers with these numbers, one a line or between commas, and a mistake for each that is unknown.
pub(crate) async fn customers_by(db: &impl Connection, numbers: &str) -> Result<(Vec<CustomerId>, Mistakes)> {
    let (mut picked, mut unknown) = (Vec::new(), Mistakes::default());
    for number in numbers.split(['\n', ',', ';']).map(str::trim).filter(|n| !n.is_empty()) {
        match customers::by_number(db, number).await? {
            Some(c) if !picked.contains(&c.id) => picked.push(c.id),
            Some(_) => {}
            None => unknown.0.push(Mistake::with("customers", "unknown-customer-number", number)),
        }
    }
    Ok((picked, unknown))
}
