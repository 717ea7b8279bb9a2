//! Staff confirm tasks of the deletion: day, way, note. Several that were done alike are confirmed together, or none.

use super::ended;
use crate::contracts::{event, load_any, save};
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::contract::lifecycle::{Disposal, DoneInput, Ended};
use domain::contract::{ContractState, Refusal};
use domain::permission::Staff;
use domain::{ContractId, Mistake, UserId};

/// Confirms.
///
/// # Errors
/// [`Problem::Missing`] for a task that is not there, [`Problem::Mistakes`] by field, [`Problem::Refused`] when it is
/// too early or done.
pub async fn run(
    portal: &Portal,
    by: &Staff,
    id: ContractId,
    tasks: &[String],
    input: &DoneInput,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut contract = load_any(&work, id).await?;
    let ended = ended(&contract)?;
    if tasks.is_empty() {
        return Err(Mistake::new("tasks", "choose-one").into());
    }
    let confirmed = confirm(ended, tasks, input, by.user, now)?;
    let on = confirmed.disposal.as_ref().and_then(|d| d.tasks.iter().find(|t| tasks.contains(&t.id)));
    let on = on.and_then(|t| t.done.as_ref()).map(|d| d.on.to_string()).unwrap_or_default();
    let event = event("contract.task_confirmed", format!("user:{}", by.user), id)
        .fact("tasks", tasks.join(" "))
        .fact("on", on);
    save(&mut work, &mut contract, ContractState::Ended(confirmed), event, now).await?;
    portal.commit(work, now).await
}

/// In the order of the work, so that data go before their backups.
fn confirm(
    ended: Ended,
    tasks: &[String],
    input: &DoneInput,
    by: UserId,
    now: DateTime<Utc>,
) -> Result<Ended> {
    let all = ended.disposal.as_ref().map(|d| d.tasks.clone()).unwrap_or_default();
    if tasks.iter().any(|id| !all.iter().any(|t| t.id == *id)) {
        return Err(Problem::Missing);
    }
    let wanted = all.iter().filter(|t| tasks.contains(&t.id));
    let step = |d: Disposal| {
        let each = |d: Disposal, t: &domain::contract::lifecycle::Task| {
            d.confirm(&t.id, input, by, now).unwrap_or(Err(Refusal::AlreadyDone))
        };
        wanted.into_iter().try_fold(d, each)
    };
    Ok(ended.dispose(step)?)
}
