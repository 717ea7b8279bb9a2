//! Audit requests (Art. 28(3)(h)): a customer asks for evidence or for an audit, the provider answers with a date, with
//! documents, or with a reason; findings get measures, and the end is noted with its costs.

mod moves;

pub use moves::*;

use super::{FileRef, Register, Stamp};
use crate::ContractId;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant,)* }

        impl $name {
            /// All of them, in the order of the form.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Stable name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// Reads [`Self::name`].
            pub fn parse(s: &str) -> Option<Self> {
                match s { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

named! {
    /// What is asked for.
    Kind {
        /// Evidence on paper.
        Documents = "documents",
        /// Questions to be answered.
        Questionnaire = "questionnaire",
        /// An audit over the network.
        Remote = "remote",
        /// An inspection.
        OnSite = "on_site",
    }
}

named! {
    /// Why it is asked for. Only a regular one keeps the notice period and may cost something.
    Occasion {
        /// Without a particular occasion.
        Regular = "regular",
        /// After a breach.
        Breach = "breach",
        /// On reasonable suspicion of an infringement.
        Suspicion = "suspicion",
        /// At the demand of a supervisory authority.
        Authority = "authority",
    }
}

impl Kind {
    /// Whether somebody comes, in person or over the network: then there is a notice period and an auditor.
    pub fn is_audit(self) -> bool {
        matches!(self, Self::Remote | Self::OnSite)
    }
}

/// Which side did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The customer.
    Customer,
    /// The provider.
    Provider,
}

/// What is asked for, and everything that came of it: the facts that every state has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRequest {
    /// The contract that it is asked under.
    pub contract: ContractId,
    /// Its number.
    pub contract_number: String,
    /// What.
    pub kind: Kind,
    /// Why.
    pub occasion: Occasion,
    /// The day wished for.
    pub wished: NaiveDate,
    /// Another day that would do.
    pub alternative: Option<NaiveDate>,
    /// Why a regular audit is announced later than usual; empty otherwise.
    pub short_notice: String,
    /// Who audits; empty where nobody does.
    pub auditor: String,
    /// What is to be shown, point by point.
    pub points: Vec<Point>,
    /// Who asked, when.
    pub asked: Stamp,
    /// What was handed over.
    pub deliveries: Vec<Delivery>,
    /// What was found.
    pub findings: Vec<Finding>,
    /// Remuneration that the provider has quantified beforehand; empty where it asks for none.
    pub costs: String,
}

/// One thing to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// What.
    pub text: String,
    /// Why the provider does not show it.
    pub refused: Option<Reasoned>,
}

/// A reason with who gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reasoned {
    /// Why.
    pub reason: String,
    /// Who, when.
    pub given: Stamp,
}

/// Files that one side handed to the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// By which side.
    pub party: Party,
    /// What it is; may be empty.
    pub note: String,
    /// The files.
    pub files: Vec<FileRef>,
    /// Who, when.
    pub given: Stamp,
}

/// A defect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What is wrong.
    pub text: String,
    /// Which side found it.
    pub party: Party,
    /// Who, when.
    pub found: Stamp,
    /// What was done about it.
    pub measure: Option<Reasoned>,
}

/// The states, each with its facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum AuditState {
    /// The provider answers.
    Asked {
        /// The facts.
        request: AuditRequest,
    },
    /// The provider proposes another day; the customer answers.
    Proposed {
        /// The facts.
        request: AuditRequest,
        /// The other day.
        day: NaiveDate,
        /// Why.
        proposal: Reasoned,
    },
    /// A day stands: on it the audit takes place or the documents are there.
    Agreed {
        /// The facts.
        request: AuditRequest,
        /// The day.
        day: NaiveDate,
        /// Who agreed last, when.
        agreed: Stamp,
    },
    /// Over.
    Closed {
        /// The facts.
        request: AuditRequest,
        /// The day, where there was one.
        day: Option<NaiveDate>,
        /// What came of it.
        result: String,
        /// What it cost the provider, and whether that is charged (R103).
        effort: String,
        /// Who closed it, when.
        closed: Stamp,
    },
    /// Taken back by the customer.
    Withdrawn {
        /// The facts.
        request: AuditRequest,
        /// Who, when.
        withdrawn: Stamp,
    },
}

impl Register for AuditState {
    const KIND: &'static str = "audit_request";
    const PREFIX: &'static str = "PR";

    fn state(&self) -> &'static str {
        match self {
            Self::Asked { .. } => "asked",
            Self::Proposed { .. } => "proposed",
            Self::Agreed { .. } => "agreed",
            Self::Closed { .. } => "closed",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    fn is_open(&self) -> bool {
        !matches!(self, Self::Closed { .. } | Self::Withdrawn { .. })
    }
}

impl AuditState {
    /// The facts.
    pub fn request(&self) -> &AuditRequest {
        match self {
            Self::Asked { request }
            | Self::Proposed { request, .. }
            | Self::Agreed { request, .. }
            | Self::Closed { request, .. }
            | Self::Withdrawn { request, .. } => request,
        }
    }

    /// The day on which something is due, or for which it is wished.
    pub fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::Asked { request } => Some(request.wished),
            Self::Proposed { day, .. } | Self::Agreed { day, .. } => Some(*day),
            Self::Closed { day, .. } => *day,
            Self::Withdrawn { .. } => None,
        }
    }

    /// When it was asked for.
    pub fn asked_at(&self) -> DateTime<Utc> {
        self.request().asked.at
    }
}
