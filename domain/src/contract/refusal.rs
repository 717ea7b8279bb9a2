//! Why a move of a contract, or of an entry under it, is not possible.

use super::StateName;
use crate::Mistakes;
use thiserror::Error;

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
    /// This person has passed the signature on to somebody else.
    #[error("this person has passed the signature on")]
    PassedOn,
    /// The text shown to the signatory is not the text on offer.
    #[error("what was read is not what is on offer")]
    OtherText,
    /// The person who entered it may not confirm it (four eyes).
    #[error("the same person may not confirm")]
    SamePerson,
    /// The notice was given by the other side: only that side may take it back.
    #[error("the notice was given by the other side")]
    OtherSide,
    /// The period for the choice between deletion and return is over.
    #[error("the period for the choice is over")]
    ChoiceOver,
    /// This has been chosen already.
    #[error("this has been chosen already")]
    AlreadyChosen,
    /// The work on the choice has begun; it cannot be changed any more.
    #[error("the work has begun")]
    WorkBegan,
    /// Something has to happen, or a day to come, before this.
    #[error("it is too early for this")]
    TooEarly,
    /// This has been confirmed already.
    #[error("this has been confirmed already")]
    AlreadyDone,
    /// Not everything that has to be done is confirmed.
    #[error("not every task is confirmed")]
    TasksOpen,
    /// Instructions and audits need a contract in force.
    #[error("there is no contract in force")]
    NoContract,
    /// An entry of a register is in another state than the move needs.
    #[error("the entry is in another state")]
    EntryState,
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
            Self::PassedOn => "passed-on",
            Self::OtherText => "other-text",
            Self::SamePerson => "same-person",
            Self::OtherSide => "other-side",
            Self::ChoiceOver => "choice-over",
            Self::AlreadyChosen => "already-chosen",
            Self::WorkBegan => "work-began",
            Self::TooEarly => "too-early",
            Self::AlreadyDone => "already-done",
            Self::TasksOpen => "tasks-open",
            Self::NoContract => "no-contract",
            Self::EntryState => "entry-state",
        }
    }
}

impl From<Mistakes> for Refusal {
    fn from(m: Mistakes) -> Self {
        Self::Mistakes(m)
    }
}
