//! Renewal on a newer text: a contract in force is offered again as it was agreed, only the text is a newer one. What
//! stands in the way needs a person, and is named.

use super::lifecycle::{ContractState, InForce, Requested, Weighing};
use super::request::Request;
use crate::UserId;
use crate::customer::Representation;
use chrono::{DateTime, Utc};
use std::fmt;

/// Why a contract cannot be offered again without a person looking at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// It is not in force any more, or another version takes its place.
    Over,
    /// Notice was given: whether it goes on at all is open.
    Notice,
    /// A newer version is on its way already.
    OnItsWay,
    /// A doubt or an objection is open.
    Hold,
    /// It came from paper: what was agreed is not known word by word.
    Paper,
    /// Fewer signatories are known than the customer's rule asks for.
    Signatories,
    /// What was weighed before the first offer does not suffice today.
    Weighing,
    /// A newer text has been published since.
    Text,
}

impl Obstacle {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Over,
        Self::Notice,
        Self::OnItsWay,
        Self::Hold,
        Self::Paper,
        Self::Signatories,
        Self::Weighing,
        Self::Text,
    ];

    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Over => "over",
            Self::Notice => "notice",
            Self::OnItsWay => "on-its-way",
            Self::Hold => "hold",
            Self::Paper => "paper",
            Self::Signatories => "signatories",
            Self::Weighing => "weighing",
            Self::Text => "text",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.code() == s)
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// What is known of a contract and its customer beside its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Around {
    /// Another version is a draft, requested, offered or signed.
    pub on_its_way: bool,
    /// A doubt or an objection is open on the customer or this contract.
    pub held: bool,
    /// How the customer is represented today.
    pub representation: Representation,
    /// The customer is pre-approved by rule today.
    pub preapproved: bool,
}

/// What stands in the way of offering this contract again on a newer text: the first thing a person would have to see
/// to. `None`: it can be offered as it was agreed.
pub fn obstacle(state: &ContractState, around: Around, now: DateTime<Utc>) -> Option<Obstacle> {
    let in_force = match state {
        ContractState::InForce(f) => f,
        ContractState::Ending(_) => return Some(Obstacle::Notice),
        _ => return Some(Obstacle::Over),
    };
    if in_force.may_amend(now).is_err() {
        return Some(Obstacle::Over);
    }
    if around.on_its_way {
        return Some(Obstacle::OnItsWay);
    }
    if around.held {
        return Some(Obstacle::Hold);
    }
    let Some(agreed) = Agreed::of(in_force) else { return Some(Obstacle::Paper) };
    if agreed.request.signatories.len() < around.representation.signatures() {
        return Some(Obstacle::Signatories);
    }
    (!around.preapproved && !agreed.weighing.is_whole()).then_some(Obstacle::Weighing)
}

/// What was agreed in a contract that was made in the portal, as a new offer takes it over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreed {
    /// What the customer asked for; in the place of those who passed the signature on stand those who signed.
    pub request: Request,
    /// What was weighed.
    pub weighing: Weighing,
}

impl Agreed {
    /// `None` for a contract from paper.
    pub fn of(in_force: &InForce) -> Option<Self> {
        let offered = &in_force.signed.as_ref()?.offered;
        let signatories = offered.signers().into_iter().map(|s| s.person.clone()).collect();
        let request = Request { signatories, ..offered.frozen.request.clone() };
        Some(Self { request, weighing: offered.weighing.clone() })
    }

    /// As if the customer had asked for the same again; `by` decided to offer it.
    pub fn again(self, preapproved: bool, by: UserId, now: DateTime<Utc>) -> (Requested, Weighing) {
        let weighing = Weighing { preapproved, by, at: now, ..self.weighing };
        (Requested { request: self.request, at: now, by }, weighing)
    }
}

impl Weighing {
    /// Cost, benefit and risk are all said.
    pub fn is_whole(&self) -> bool {
        [&self.cost, &self.benefit, &self.risk].iter().all(|said| !said.trim().is_empty())
    }
}
