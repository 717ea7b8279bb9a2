//! A contract in force is offered again as it was agreed, on a newer text: a new version under the same number, frozen
//! with the annexes confirmed today. What needs a person is left alone and named.

use super::freeze::{self, NewOffer};
use super::{customer_of, event};
use crate::content::LegalText;
use crate::fresh;
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, NaiveDate, Utc};
use domain::UserId;
use domain::contract::renewal::{Agreed, Around, Obstacle, obstacle};
use domain::contract::{Contract, ContractState, StateName};
use domain::customer::Customer;
use store::{StoreError, Work, contracts, holds};

/// Who decided, and until when the offer stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Order {
    /// The contract manager.
    pub by: UserId,
    /// Last day of the offer.
    pub valid_until: NaiveDate,
}

/// The new version that is on offer now, with its customer; or what stands in the way.
///
/// # Errors
/// [`Problem::Stale`] when somebody begins a new version at the same instant; [`Problem::Mistakes`] when it cannot be
/// offered at all (annexes not confirmed, the day).
pub(crate) async fn run(
    portal: &Portal,
    work: &mut Work,
    old: &Contract,
    text: &LegalText,
    order: Order,
    now: DateTime<Utc>,
) -> Result<std::result::Result<(Contract, Customer), Obstacle>> {
    let customer = customer_of(work, old).await?;
    let versions = versions_of(work, old).await?;
    if let Some(why) = obstacle(&old.state, around(work, old, &customer, &versions).await?, now) {
        return Ok(Err(why));
    }
    let Some(in_force) = old.state.concluded() else { return Ok(Err(Obstacle::Over)) };
    let Some(agreed) = Agreed::of(in_force) else { return Ok(Err(Obstacle::Paper)) };
    let Some(frozen) = old.state.frozen() else { return Ok(Err(Obstacle::Paper)) };
    let (requested, weighing) = agreed.again(customer.facts.preapproved(), order.by, now);
    let mut new = Contract {
        id: fresh::id(now),
        version: versions.iter().map(|c| c.version).max().unwrap_or(old.version) + 1,
        state: ContractState::Requested(requested.clone()),
        lock: 0,
        created_at: now,
        updated_at: now,
        ..old.clone()
    };
    let somebody_faster = |e: StoreError| if e.is_taken() { Problem::Stale } else { e.into() };
    contracts::insert_many(work.db(), std::slice::from_ref(&new)).await.map_err(somebody_faster)?;
    let actor = format!("user:{}", order.by);
    let begun = event("contract.begun", &actor, new.id).fact("to", StateName::Requested.name());
    work.record(begun.fact("amends", old.id).fact("version", new.version));
    let offer = NewOffer {
        customer: &customer,
        requested,
        weighing,
        text,
        notice_days: frozen.notice_days,
        authorisation: frozen.authorisation,
        docking: frozen.docking,
        valid_until: order.valid_until,
    };
    freeze::run(portal, work, &mut new, offer, &actor, now).await?;
    work.gate_changed();
    Ok(Ok((new, customer)))
}

/// All versions of the same number.
async fn versions_of(work: &Work, old: &Contract) -> Result<Vec<Contract>> {
    let mut all = contracts::of_customer(work.db(), old.customer).await?;
    all.retain(|c| c.number == old.number);
    Ok(all)
}

async fn around(work: &Work, old: &Contract, customer: &Customer, versions: &[Contract]) -> Result<Around> {
    let holds = holds::open_of(work.db(), old.customer).await?;
    Ok(Around {
        on_its_way: versions.iter().any(on_its_way),
        held: holds.iter().any(|h| holds_back(h, old)),
        representation: customer.facts.representation,
        preapproved: customer.facts.preapproved(),
    })
}

/// Neither over nor in force: somebody works on it.
pub(crate) fn on_its_way(contract: &Contract) -> bool {
    let name = contract.state.name();
    !name.is_over() && !name.rules()
}

/// Whether a doubt or an objection lies over this contract.
pub(crate) fn holds_back(hold: &holds::Hold, contract: &Contract) -> bool {
    hold.customer == contract.customer && hold.contract.is_none_or(|c| c == contract.id)
}
