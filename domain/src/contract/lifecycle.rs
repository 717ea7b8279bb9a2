//! The life of a contract: its states, each with the facts that are true in it. The only way from one state to
//! another are the moves beside it; they are re-exported here.

use super::request::{Request, RequestInput};
use super::signing::Signature;
use crate::{ContractId, CustomerId, DocumentId, Mistakes, Service, UserId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use super::frozen::Frozen;
pub use super::moves::*;

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
    /// Over.
    Ended(Ended),
    /// Refused by either side.
    Declined(Closed),
    /// Taken back by the customer before it was concluded.
    Withdrawn(Closed),
    /// The offer's time has run out.
    Lapsed(Closed),
    /// Concluded outside the portal, entered by one person, not yet confirmed by another.
    PaperUnconfirmed(Paper),
}

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
    Ended,
    Declined,
    Withdrawn,
    Lapsed,
    PaperUnconfirmed,
}

impl StateName {
    /// All of them, in the order of life.
    pub const ALL: [Self; 10] = [
        Self::Draft,
        Self::Requested,
        Self::Offered,
        Self::SignedByCustomer,
        Self::InForce,
        Self::Ended,
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
            Self::Ended => "ended",
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
        matches!(self, Self::Ended | Self::Declined | Self::Withdrawn | Self::Lapsed)
    }
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
            Self::Ended(_) => StateName::Ended,
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
            Self::InForce(s) => s.services.clone(),
            Self::Ended(s) => s.was.services.clone(),
            Self::PaperUnconfirmed(s) => s.services.clone(),
            Self::Declined(s) | Self::Withdrawn(s) | Self::Lapsed(s) => s.services.clone(),
        }
    }

    /// What was frozen with the offer, once there was one.
    pub fn frozen(&self) -> Option<&Frozen> {
        match self {
            Self::Offered(s) => Some(&s.frozen),
            Self::SignedByCustomer(s) => Some(&s.offered.frozen),
            Self::InForce(s) => s.signed.as_ref().map(|s| &s.offered.frozen),
            Self::Ended(s) => s.was.signed.as_ref().map(|s| &s.offered.frozen),
            _ => None,
        }
    }

    /// The customer's signatures so far.
    pub fn signatures(&self) -> &[Signature] {
        match self {
            Self::Offered(s) => &s.signatures,
            Self::SignedByCustomer(s)
            | Self::InForce(InForce { signed: Some(s), .. })
            | Self::Ended(Ended { was: InForce { signed: Some(s), .. }, .. }) => &s.offered.signatures,
            _ => &[],
        }
    }

    /// The request behind the contract, once it was sent.
    pub fn request(&self) -> Option<&Request> {
        match self {
            Self::Requested(s) => Some(&s.request),
            other => other.frozen().map(|f| &f.request),
        }
    }
}

/// Why a move is not possible. The sentence for people is `refusal-<code>` in `content/ui`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The contract is in another state than the move needs (a second click, a back button, a colleague).
    #[error("the contract is in state {}", .0.name())]
    WrongState(StateName),
    /// The input is not good enough for the move.
    #[error("the input has mistakes")]
    Mistakes(Mistakes),
    /// The offer's time has run out.
    #[error("the offer has lapsed")]
    OfferLapsed,
    /// This person has signed already; a second signature needs a second person.
    #[error("this person has already signed")]
    AlreadySigned,
    /// This person was not named as a signatory of this offer.
    #[error("this person is not a signatory of this offer")]
    NotASignatory,
    /// The text shown to the signatory is not the text on offer.
    #[error("what was read is not what is on offer")]
    OtherText,
    /// The person who entered it may not confirm it (four eyes).
    #[error("the same person may not confirm")]
    SamePerson,
}

impl Refusal {
    /// Stable kebab-case code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::WrongState(_) => "wrong-state",
            Self::Mistakes(_) => "mistakes",
            Self::OfferLapsed => "offer-lapsed",
            Self::AlreadySigned => "already-signed",
            Self::NotASignatory => "not-a-signatory",
            Self::OtherText => "other-text",
            Self::SamePerson => "same-person",
        }
    }
}

impl From<Mistakes> for Refusal {
    fn from(m: Mistakes) -> Self {
        Self::Mistakes(m)
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
    /// When it came into this state.
    pub at: DateTime<Utc>,
}

/// Over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// What it was.
    pub was: InForce,
    /// When the end was noticed.
    pub at: DateTime<Utc>,
}

/// Closed before it was concluded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// In which state it was then.
    pub from: StateName,
    /// Services it was about.
    pub services: Vec<Service>,
    /// Why, in the words of whoever closed it; empty for a lapse.
    pub reason: String,
    /// Whether the provider's side closed it.
    pub by_provider: bool,
    /// Who; nobody for a lapse.
    pub by: Option<UserId>,
    /// When.
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
