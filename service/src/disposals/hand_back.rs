//! Staff have handed the data back: the customer is told, and has time to check them.

use super::{ended, letters};
use crate::contracts::{event, load_any, save};
use crate::mail::Letter;
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::contract::ContractState;
use domain::permission::Staff;
use domain::{ContractId, calendar};

/// Notes it.
///
/// # Errors
/// [`crate::Problem::Mistakes`] without a way, [`crate::Problem::Refused`] when return was not chosen or is done.
pub async fn run(portal: &Portal, by: &Staff, id: ContractId, how: &str, now: DateTime<Utc>) -> Result<()> {
    let mut work = portal.begin().await?;
    let mut contract = load_any(&work, id).await?;
    let returned = ended(&contract)?.dispose(|d| d.hand_back(how, by.user, now))?;
    let event = event("contract.data_returned", format!("user:{}", by.user), id);
    save(&mut work, &mut contract, ContractState::Ended(returned), event, now).await?;
    if let Some(returned) = contract.state.disposal().and_then(|d| d.returned.as_ref()) {
        let key = format!("data_returned:{id}");
        let values = |letter: Letter, lang| {
            letter
                .value("how", &returned.how)
                .value("returned_at", calendar::in_words(returned.at, lang))
                .value("check_until", calendar::date_in_words(returned.check_until, lang))
        };
        letters::to_customer(portal, &work, &contract, ("data_returned", &key), values, now).await?;
    }
    portal.commit(work, now).await
}
