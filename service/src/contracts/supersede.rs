//! A newer version is concluded: the older ones of the same number end with the day before it begins, by date, in the
//! same work. The gate changes over at midnight by itself, whatever job runs late.

use super::{event, save};
use crate::problem::Result;
use chrono::{DateTime, NaiveDate, Utc};
use domain::UserId;
use domain::contract::{Contract, ContractState};
use store::{Work, contracts};

/// Gives the older versions of `newer` their last day.
///
/// # Errors
/// [`crate::Problem::Stale`] when one of them is changed at the same instant.
pub(crate) async fn hand_over_older(
    work: &mut Work,
    newer: &Contract,
    from: NaiveDate,
    by: UserId,
    now: DateTime<Utc>,
) -> Result<()> {
    let all = contracts::of_customer(work.db(), newer.customer).await?;
    for mut old in all.into_iter().filter(|c| c.number == newer.number && c.version < newer.version) {
        let was = match old.state.clone() {
            ContractState::InForce(was) => was,
            // A notice for a later day has no object any more.
            ContractState::Ending(e) if e.notice.last_day >= from => e.was,
            _ => continue,
        };
        let handed = ContractState::InForce(was.hand_over(newer.id, from));
        if handed == old.state {
            continue; // it ends earlier anyway
        }
        let event = event("contract.superseded", format!("user:{by}"), old.id)
            .fact("successor", newer.id)
            .fact("effective_from", from);
        save(work, &mut old, handed, event, now).await?;
    }
    Ok(())
}
