//! The life of a contract: its states, each with the facts that are true in it. The only way from one state to
//! another are the moves beside it; they are re-exported here.

use super::delegation::Delegation;
use super::request::{Request, RequestInput};
use super::signing::Signature;
use crate::{ContractId, CustomerId, DocumentId, Service, UserId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use super::disposal::*;
pub use super::ending::*;
pub use super::frozen::Frozen;
pub use super::moves::*;
pub use super::refusal::Refusal;
pub use super::state_name::StateName;

/// A contract as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Identity.
    pub id: ContractId,
    /// Whose.
    pub customer: CustomerId,
    /// Number shown to people, such as `AV-2026-00017`.
    pub number: String,
    /// Version of the contract with this customer, from 1.
    pub version: i32,
    /// Where it stands.
    pub state: ContractState,
    /// Rises with every change; a save names the one it started from.
    pub lock: i64,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// The states, each with its facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ContractState {
    /// The customer fills in.
    Draft(Draft),
    /// Sent; the contract manager examines.
    Requested(Requested),
    /// Frozen and offered; zero or some signatures of the customer.
    Offered(Offered),
    /// All signatures of the customer are there; the provider's is missing.
    SignedByCustomer(SignedByCustomer),
    /// Concluded.
    InForce(InForce),
    /// Notice was given; it rules until its last day.
    Ending(Ending),
    /// Over; what becomes of the data is chosen and done.
    Ended(Ended),
    /// Over, and the deletion of the data is certified.
    Closed(Closed),
    /// Refused by either side.
    Declined(SideExit),
    /// Taken back by the customer before it was concluded.
    Withdrawn(SideExit),
    /// The offer's time has run out.
    Lapsed(SideExit),
    /// Concluded outside the portal, entered by one person, not yet confirmed by another.
    PaperUnconfirmed(Paper),
}

impl ContractState {
    /// Its name.
    pub fn name(&self) -> StateName {
        match self {
            Self::Draft(_) => StateName::Draft,
            Self::Requested(_) => StateName::Requested,
            Self::Offered(_) => StateName::Offered,
            Self::SignedByCustomer(_) => StateName::SignedByCustomer,
            Self::InForce(_) => StateName::InForce,
            Self::Ending(_) => StateName::Ending,
            Self::Ended(_) => StateName::Ended,
            Self::Closed(_) => StateName::Closed,
            Self::Declined(_) => StateName::Declined,
            Self::Withdrawn(_) => StateName::Withdrawn,
            Self::Lapsed(_) => StateName::Lapsed,
            Self::PaperUnconfirmed(_) => StateName::PaperUnconfirmed,
        }
    }

    /// The services in scope, as far as they are known in this state.
    pub fn services(&self) -> Vec<Service> {
        match self {
            Self::Draft(s) => s.input.services(),
            Self::Requested(s) => s.request.services(),
            Self::Offered(s) => s.frozen.request.services(),
            Self::SignedByCustomer(s) => s.offered.frozen.request.services(),
            Self::InForce(s)
            | Self::Ending(Ending { was: s, .. })
            | Self::Ended(Ended { was: s, .. })
            | Self::Closed(Closed { ended: Ended { was: s, .. }, .. }) => s.services.clone(),
            Self::PaperUnconfirmed(s) => s.services.clone(),
            Self::Declined(s) | Self::Withdrawn(s) | Self::Lapsed(s) => s.services.clone(),
        }
    }

    /// What was concluded, whatever became of it.
    pub fn concluded(&self) -> Option<&InForce> {
        match self {
            Self::InForce(s) => Some(s),
            Self::Ending(s) => Some(&s.was),
            Self::Ended(s) => Some(&s.was),
            Self::Closed(s) => Some(&s.ended.was),
            _ => None,
        }
    }

    /// The last day of a contract that was concluded, inclusive, as far as it is known.
    pub fn last_day(&self) -> Option<NaiveDate> {
        match self {
            Self::InForce(s) => s.effective_until,
            Self::Ending(s) => Some(s.notice.last_day),
            Self::Ended(s) | Self::Closed(Closed { ended: s, .. }) => s.last_day(),
            Self::PaperUnconfirmed(s) => s.effective_until,
            _ => None,
        }
    }

    /// What becomes of the data after the end, once there is something to be done.
    pub fn disposal(&self) -> Option<&Disposal> {
        match self {
            Self::Ended(s) | Self::Closed(Closed { ended: s, .. }) => s.disposal.as_ref(),
            _ => None,
        }
    }

    /// The offer with its signatures, once there is one.
    pub fn offered(&self) -> Option<&Offered> {
        match self {
            Self::Offered(s) => Some(s),
            Self::SignedByCustomer(s) => Some(&s.offered),
            other => other.concluded()?.signed.as_ref().map(|s| &s.offered),
        }
    }

    /// What was frozen with the offer, once there was one.
    pub fn frozen(&self) -> Option<&Frozen> {
        self.offered().map(|o| &o.frozen)
    }

    /// The customer's signatures so far.
    pub fn signatures(&self) -> &[Signature] {
        self.offered().map_or(&[], |o| &o.signatures)
    }

    /// Who passed the signature on, and to whom.
    pub fn delegations(&self) -> &[Delegation] {
        self.offered().map_or(&[], |o| &o.delegations)
    }

    /// The request behind the contract, once it was sent.
    pub fn request(&self) -> Option<&Request> {
        match self {
            Self::Requested(s) => Some(&s.request),
            Self::Declined(s) | Self::Withdrawn(s) | Self::Lapsed(s) => s.request.as_ref(),
            other => other.frozen().map(|f| &f.request),
        }
    }
}

/// Being filled in. Holds what was typed, complete or not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// As typed.
    pub input: RequestInput,
}

/// Sent by the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requested {
    /// What the customer asks for, checked.
    pub request: Request,
    /// When it was sent.
    pub at: DateTime<Utc>,
    /// Who sent it.
    pub by: UserId,
}

/// The provider's recorded weighing (R100): cost, benefit, risk, and the long-term relationship (R101).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighing {
    /// Pre-approved by rule (hosting or service contract, R99) and only confirmed.
    pub preapproved: bool,
    /// What it costs the provider.
    pub cost: String,
    /// What it is good for.
    pub benefit: String,
    /// What may go wrong, and what is done against it.
    pub risk: String,
    /// Who weighed.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// On offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// What is on offer.
    pub frozen: Frozen,
    /// The examination behind it.
    pub weighing: Weighing,
    /// Last day, inclusive, Europe/Berlin.
    pub valid_until: NaiveDate,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: UserId,
    /// Signatures so far, in their order.
    pub signatures: Vec<Signature>,
    /// Who passed the signature on, and to whom, in order.
    #[serde(default)]
    pub delegations: Vec<Delegation>,
}

/// The customer has signed in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedByCustomer {
    /// The offer with all its signatures.
    pub offered: Offered,
    /// When the last signature came.
    pub at: DateTime<Utc>,
}

/// The provider's own signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Countersignature {
    /// Who.
    pub by: UserId,
    /// Full name at that time.
    pub name: String,
    /// Function at the provider.
    pub function: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Concluded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InForce {
    /// First day on which it permits (Europe/Berlin).
    pub effective_from: NaiveDate,
    /// Last day, inclusive; open when `None`.
    pub effective_until: Option<NaiveDate>,
    /// Services in scope.
    pub services: Vec<Service>,
    /// Version of the text.
    pub text_version: String,
    /// How it came about in the portal; `None` for one from paper.
    pub signed: Option<SignedByCustomer>,
    /// The provider's signature; `None` for one from paper.
    pub countersignature: Option<Countersignature>,
    /// The paper behind it.
    pub paper: Option<Paper>,
    /// Who confirmed the paper.
    pub confirmed_by: Option<UserId>,
    /// The newer version that takes its place after its last day.
    #[serde(default)]
    pub successor: Option<ContractId>,
    /// When it came into this state.
    pub at: DateTime<Utc>,
}

/// A contract concluded outside the portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Services in scope.
    pub services: Vec<Service>,
    /// Day of the signature.
    pub signed_on: NaiveDate,
    /// First day.
    pub effective_from: NaiveDate,
    /// Last day, inclusive; open when `None`.
    pub effective_until: Option<NaiveDate>,
    /// Who signed for the customer.
    pub signatory_name: String,
    /// Their function.
    pub signatory_function: String,
    /// Which text was signed.
    pub text_version: String,
    /// The stored scan.
    pub document: Option<DocumentId>,
    /// Who entered it; `None` for the command line.
    pub entered_by: Option<UserId>,
    /// When.
    pub at: DateTime<Utc>,
}
