//! How the customer authorises further sub-processors (Art. 28(2) GDPR, checklist F42): exactly one way a contract.

use serde::{Deserialize, Serialize};

/// The way of a contract. Contracts from before the choice was stored have the general one: there was no other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Authorisation {
    /// In general; each change is announced, and the customer may object.
    #[default]
    General,
    /// One by one; silence is no consent.
    Specific,
}

impl Authorisation {
    /// Both, the usual one first.
    pub const ALL: [Self; 2] = [Self::General, Self::Specific];

    /// Stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Specific => "specific",
        }
    }

    /// Reads [`Self::name`].
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.name() == s)
    }

    /// The option of the contract text that prints its clause.
    pub fn option(self) -> &'static str {
        match self {
            Self::General => "general_authorisation",
            Self::Specific => "specific_authorisation",
        }
    }
}
