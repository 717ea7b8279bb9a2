//! The names of the states, without their facts.

use serde::{Deserialize, Serialize};

/// Name of a state without its facts, for lists, filters and the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the same words as ContractState, documented there")]
pub enum StateName {
    Draft,
    Requested,
    Offered,
    SignedByCustomer,
    InForce,
    Ending,
    Ended,
    Closed,
    Declined,
    Withdrawn,
    Lapsed,
    PaperUnconfirmed,
}

impl StateName {
    /// All of them, in the order of life.
    pub const ALL: [Self; 12] = [
        Self::Draft,
        Self::Requested,
        Self::Offered,
        Self::SignedByCustomer,
        Self::InForce,
        Self::Ending,
        Self::Ended,
        Self::Closed,
        Self::Declined,
        Self::Withdrawn,
        Self::Lapsed,
        Self::PaperUnconfirmed,
    ];

    /// Stable name in the database and the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Requested => "requested",
            Self::Offered => "offered",
            Self::SignedByCustomer => "signed_by_customer",
            Self::InForce => "in_force",
            Self::Ending => "ending",
            Self::Ended => "ended",
            Self::Closed => "closed",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Lapsed => "lapsed",
            Self::PaperUnconfirmed => "paper_unconfirmed",
        }
    }

    /// Reads [`Self::name`].
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.name() == s)
    }

    /// Whether a new contract may be begun beside one in this state.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Ended | Self::Closed | Self::Declined | Self::Withdrawn | Self::Lapsed)
    }

    /// Whether a contract in this state rules, from its first day to its last.
    pub fn rules(self) -> bool {
        matches!(self, Self::InForce | Self::Ending)
    }
}
