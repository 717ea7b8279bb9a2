//! The provider signs: the contract is concluded, its document is made by a job, everyone gets a copy.

use super::{event, load_any, save, supersede, wrong_state};
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::contract::ContractState;
use domain::contract::lifecycle::Countersignature;
use domain::permission::ContractManager;
use domain::{ContractId, Mistakes, text};

/// What the contract manager typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CountersignInput {
    /// Function at the provider.
    pub function: String,
    /// First day, ISO.
    pub effective_from: String,
}

/// Countersigns.
///
/// # Errors
/// [`crate::Problem::Mistakes`] (function, date), [`crate::Problem::Refused`] in another state.
pub async fn run(
    portal: &Portal,
    by: &ContractManager,
    id: ContractId,
    input: &CountersignInput,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut m = Mistakes::default();
    let function = m.take(text::line("function", &input.function, 120));
    let from = m.take(text::date("effective_from", &input.effective_from));
    let (function, from) = m.or(function.zip(from))?;
    let mut work = portal.begin().await?;
    let mut contract = load_any(&work, id).await?;
    let ContractState::SignedByCustomer(signed) = contract.state.clone() else {
        return Err(wrong_state(&contract.state));
    };
    let countersignature = Countersignature { by: by.user, name: by.name.clone(), function, at: now };
    let in_force = signed.countersign(countersignature, from, now)?;
    let event = event("contract.in_force", format!("user:{}", by.user), id).fact("effective_from", from);
    save(&mut work, &mut contract, ContractState::InForce(in_force), event, now).await?;
    supersede::hand_over_older(&mut work, &contract, from, by.user, now).await?;
    super::document_job::enqueue(&work, id, now).await?;
    portal.commit(work, now).await
}
