//! What becomes of the data after the end: the customer's choice with its clock, the tasks of the provider with
//! their confirmations, and what the law makes the provider keep. The moves are in `disposing.rs`.

use crate::text::Both;
use crate::{Service, UserId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The periods at the end of a contract, in days, as its text says them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EndTerms {
    /// Period of an ordinary notice.
    pub notice_days: u16,
    /// Time for the choice after the end.
    pub choice_days: u16,
    /// So many days before its last day the two reminders are due.
    pub reminders_before: [u16; 2],
    /// The last reminder leaves at least so many days.
    pub reminder_leaves: u16,
    /// Time to check what was returned.
    pub check_days: u16,
    /// Time for the deletion.
    pub deletion_days: u16,
    /// Time until the copies in backups are gone, after the deletion.
    pub backup_days: u16,
}

impl Default for EndTerms {
    fn default() -> Self {
        Self {
            notice_days: 30,
            choice_days: 30,
            reminders_before: [16, 8],
            reminder_leaves: 7,
            check_days: 14,
            deletion_days: 14,
            backup_days: 21,
        }
    }
}

/// What is to be done when a contract ends, made by whoever knows the services.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Periods.
    pub terms: EndTerms,
    /// Tasks for every service of the contract.
    pub tasks: Vec<Task>,
}

/// What a task is about; the order is that of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Data in a system of the provider.
    Data,
    /// A sub-processor's confirmation that it has deleted.
    Subprocessor,
    /// Copies in backups, which go last.
    Backup,
}

/// Something to be deleted, and its confirmation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Stable id within the contract.
    pub id: String,
    /// What it is about.
    pub kind: TaskKind,
    /// Services it belongs to.
    pub services: Vec<Service>,
    /// What is deleted, in words, as they were when the work began.
    pub name: Both,
    /// The confirmation.
    #[serde(default)]
    pub done: Option<Done>,
}

/// A confirmation that something was deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Who confirmed.
    pub by: UserId,
    /// Day of the deletion.
    pub on: NaiveDate,
    /// How.
    pub method: String,
    /// More about it; may be empty.
    pub note: String,
    /// When it was confirmed.
    pub at: DateTime<Utc>,
}

/// What somebody typed who confirms a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoneInput {
    /// Day, ISO.
    pub on: String,
    /// How.
    pub method: String,
    /// More.
    pub note: String,
}

/// Deletion or return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Everything is deleted.
    Delete,
    /// The data are handed back, then the copies are deleted.
    Return,
}

impl Way {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Delete, Self::Return];

    /// Stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Delete => "delete",
            Self::Return => "return",
        }
    }

    /// Reads [`Self::name`].
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.name() == s)
    }
}

/// A choice that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What was chosen.
    pub way: Way,
    /// By whom, or who entered it; nobody when the period ran out.
    pub by: Option<UserId>,
    /// It came in text form outside the portal, and was entered by the provider.
    #[serde(default)]
    pub in_text_form: bool,
    /// When.
    pub at: DateTime<Utc>,
}

/// The data were handed back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// Who handed them back.
    pub by: UserId,
    /// How, and in which format.
    pub how: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Last day on which the customer checks them, inclusive.
    pub check_until: NaiveDate,
}

/// Data that the law makes the provider keep, blocked for any other use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retained {
    /// What.
    pub what: String,
    /// Under which law.
    pub law: String,
    /// Until when, inclusive.
    pub until: NaiveDate,
    /// Who noted it.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// What somebody typed who notes retained data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RetainedInput {
    /// What.
    pub what: String,
    /// Under which law.
    pub law: String,
    /// Until when, ISO.
    pub until: String,
}

/// The disposal of the data of one contract, or of some of its services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposal {
    /// Periods.
    #[serde(default)]
    pub terms: EndTerms,
    /// Whose data.
    pub services: Vec<Service>,
    /// Last day of these services.
    pub ended_on: NaiveDate,
    /// Last day of the choice, inclusive.
    pub choose_until: NaiveDate,
    /// When the customer was reminded.
    #[serde(default)]
    pub reminders: Vec<DateTime<Utc>>,
    /// What was chosen.
    #[serde(default)]
    pub choice: Option<Choice>,
    /// The data were handed back.
    #[serde(default)]
    pub returned: Option<Returned>,
    /// What is to be done.
    pub tasks: Vec<Task>,
    /// What the law makes the provider keep.
    #[serde(default)]
    pub retained: Vec<Retained>,
}

/// What is due next, and until when (inclusive).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    /// The customer chooses.
    Choose(NaiveDate),
    /// The data are handed back.
    HandBack(NaiveDate),
    /// The customer checks what was handed back.
    Check(NaiveDate),
    /// Data are deleted, and sub-processors confirm.
    Delete(NaiveDate),
    /// Backups are overwritten.
    Overwrite(NaiveDate),
    /// Everything is confirmed: the contract can be closed.
    Close(NaiveDate),
}

impl Duty {
    /// Until when.
    pub fn until(self) -> NaiveDate {
        match self {
            Self::Choose(d)
            | Self::HandBack(d)
            | Self::Check(d)
            | Self::Delete(d)
            | Self::Overwrite(d)
            | Self::Close(d) => d,
        }
    }
}
