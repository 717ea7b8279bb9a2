//! After the end of a contract: the choice, its reminders and default, the work with its confirmations, the
//! certificate. One file an action.

pub mod plan;

pub mod begin;

pub mod choose;

pub mod clock;

pub mod hand_back;

pub mod confirm;

pub mod retain;

pub mod close;

pub mod certificate_job;

mod build_certificate;

pub(crate) mod letters;

use crate::contracts::wrong_state;
use crate::problem::Result;
use domain::contract::lifecycle::Ended;
use domain::contract::{Contract, ContractState};

/// The ended contract, whose disposal an action is about.
pub(crate) fn ended(contract: &Contract) -> Result<Ended> {
    match &contract.state {
        ContractState::Ended(ended) => Ok(ended.clone()),
        other => Err(wrong_state(other)),
    }
}
