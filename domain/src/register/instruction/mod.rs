//! Instructions (Art. 28(3)(a)): given in text form, acknowledged, carried out. An oral one waits for the customer's
//! confirmation; one that infringes the law is suspended until the customer confirms or changes it.

mod moves;

pub use moves::*;

use super::{Register, Stamp};
use crate::{ContractId, Service, UserId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// How an instruction came. Messengers are not among them: they are not accepted (R10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Given here.
    Portal,
    /// By mail or ticket.
    Email,
    /// On paper.
    Letter,
    /// By fax.
    Fax,
    /// Said, in person or by telephone: counts when it is confirmed in text form.
    Oral,
}

impl Channel {
    /// The ways by which staff may record one.
    pub const RECORDED: [Self; 4] = [Self::Email, Self::Letter, Self::Fax, Self::Oral];

    /// Stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Email => "email",
            Self::Letter => "letter",
            Self::Fax => "fax",
            Self::Oral => "oral",
        }
    }

    /// Reads the name of a way by which staff may record one.
    pub fn parse_recorded(s: &str) -> Option<Self> {
        Self::RECORDED.into_iter().find(|v| v.name() == s)
    }
}

/// What was instructed, by whom, how: the facts that every state has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instruction {
    /// The contract that it is given under.
    pub contract: ContractId,
    /// Its number.
    pub contract_number: String,
    /// In one line.
    pub title: String,
    /// In full.
    pub text: String,
    /// What it concerns.
    pub services: Vec<Service>,
    /// Until when the customer wishes it done.
    pub wish: Option<NaiveDate>,
    /// How it came.
    pub channel: Channel,
    /// Name of the instructing person at that time.
    pub giver: String,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// Who of the staff recorded it; nobody where it was given here.
    pub recorded_by: Option<UserId>,
    /// The customer's confirmation of an oral one.
    pub confirmed: Option<Stamp>,
    /// What the provider said beforehand about the effort; empty where it said nothing.
    pub effort: String,
    /// Wordings that the customer has changed.
    pub earlier: Vec<Wording>,
    /// Warnings so far, each with the customer's answer.
    pub warnings: Vec<Warning>,
}

/// An earlier wording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// In one line.
    pub title: String,
    /// In full.
    pub text: String,
}

/// The provider held the instruction to be unlawful and said why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Why.
    pub reason: String,
    /// Who warned, and when.
    pub warned: Stamp,
    /// What the customer answered.
    pub answer: Option<Answer>,
}

/// The customer's answer to a warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The instruction got another wording; else it was confirmed as it is.
    pub changed: bool,
    /// Why it is lawful, in the customer's words; may be empty after a change.
    pub note: String,
    /// Who answered, and when.
    pub given: Stamp,
}

/// The states, each with its facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum InstructionState {
    /// Said; not yet confirmed in text form.
    Unconfirmed {
        /// The facts.
        instruction: Instruction,
    },
    /// In text form; nobody has taken it up.
    Given {
        /// The facts.
        instruction: Instruction,
    },
    /// The provider has taken it up.
    Acknowledged {
        /// The facts.
        instruction: Instruction,
        /// By whom, when.
        taken: Stamp,
    },
    /// Held to be unlawful: not carried out until the customer confirms or changes it.
    Suspended {
        /// The facts; the last warning is open.
        instruction: Instruction,
    },
    /// Confirmed or changed after a warning; the provider decides.
    Answered {
        /// The facts; the last warning is answered.
        instruction: Instruction,
    },
    /// Done.
    CarriedOut {
        /// The facts.
        instruction: Instruction,
        /// What was done.
        what: String,
        /// When it was done.
        on: NaiveDate,
        /// Why it was done before an oral instruction was confirmed; empty otherwise.
        urgency: String,
        /// Who reports it, when.
        reported: Stamp,
    },
    /// Obviously unlawful: not carried out, in spite of the customer's confirmation.
    Refused {
        /// The facts.
        instruction: Instruction,
        /// Why.
        reason: String,
        /// By whom, when.
        refused: Stamp,
    },
    /// Taken back by the customer.
    Withdrawn {
        /// The facts.
        instruction: Instruction,
        /// By whom, when.
        withdrawn: Stamp,
    },
}

impl Register for InstructionState {
    const KIND: &'static str = "instruction";
    const PREFIX: &'static str = "WE";

    fn state(&self) -> &'static str {
        match self {
            Self::Unconfirmed { .. } => "unconfirmed",
            Self::Given { .. } => "given",
            Self::Acknowledged { .. } => "acknowledged",
            Self::Suspended { .. } => "suspended",
            Self::Answered { .. } => "answered",
            Self::CarriedOut { .. } => "carried_out",
            Self::Refused { .. } => "refused",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    fn is_open(&self) -> bool {
        !matches!(self, Self::CarriedOut { .. } | Self::Refused { .. } | Self::Withdrawn { .. })
    }
}

impl InstructionState {
    /// The facts.
    pub fn instruction(&self) -> &Instruction {
        match self {
            Self::Unconfirmed { instruction }
            | Self::Given { instruction }
            | Self::Acknowledged { instruction, .. }
            | Self::Suspended { instruction }
            | Self::Answered { instruction }
            | Self::CarriedOut { instruction, .. }
            | Self::Refused { instruction, .. }
            | Self::Withdrawn { instruction, .. } => instruction,
        }
    }
}
