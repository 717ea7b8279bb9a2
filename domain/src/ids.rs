//! One newtype per id, so that a contract's id can never stand where a customer's is meant.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(s).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )*};
}

id! {
    /// A customer (the controller).
    CustomerId
    /// A contact person of a customer.
    ContactId
    /// A person with a log-in: staff, customer user, or both.
    UserId
    /// A log-in session.
    SessionId
    /// A single-use link (invitation, password reset).
    LinkId
    /// An API client.
    ClientId
    /// A key of an API client.
    ClientKeyId
    /// One contract version.
    ContractId
    /// Stored bytes (the PDF of a contract, a scan).
    DocumentId
    /// A frozen annex.
    SnapshotId
    /// An answer of the gate.
    DecisionId
    /// An entry of a register: an instruction, a breach, an audit request.
    EntryId
    /// A job in the outbox.
    JobId
}
