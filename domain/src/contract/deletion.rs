//! The deletion certificate as a document: everything that its PDF prints, as one value without behaviour.
//! All words are already in its language; whoever prints it adds labels only.

use super::document::{LabelValue, Party};
use crate::text::Lang;
use serde::{Deserialize, Serialize};

/// A deletion certificate. Serialised canonically (field order as here) it is embedded into its own PDF.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletionCertificate {
    /// Always [`DELETION_SCHEMA`].
    pub schema: String,
    /// Language of everything in it.
    pub language: Lang,
    /// Number of the contract.
    pub number: String,
    /// Version of the contract with this customer.
    pub version: i32,
    /// When it was issued, with time zone.
    pub issued_at: String,
    /// Who issued it for the provider: name.
    pub issued_by: String,
    /// The provider.
    pub provider: Party,
    /// The customer.
    pub customer: Party,
    /// What is certified, in sentences.
    pub statement: Vec<String>,
    /// The contract and its end.
    pub contract: Vec<LabelValue>,
    /// What was chosen, by whom, when, after which reminders.
    pub choice: Vec<LabelValue>,
    /// What was deleted, one block a service.
    pub services: Vec<DeletedService>,
    /// Sub-processors that have confirmed.
    pub subprocessors: Vec<Deleted>,
    /// What the law makes the provider keep.
    pub retained: Vec<RetainedRow>,
    /// What else to know: backups, what stays as evidence, how to check.
    pub notes: Vec<String>,
    /// Seconds since 1970 that the PDF carries as its date.
    pub timestamp: i64,
    /// Address at which the contract's state can be checked.
    pub verify_url: String,
}

/// Name of this shape; changed whenever the shape is.
pub const DELETION_SCHEMA: &str = "av-portal/deletion/1";

/// What was deleted of one service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletedService {
    /// Its name for people.
    pub name: String,
    /// Types of data.
    pub data: Vec<String>,
    /// Systems.
    pub rows: Vec<Deleted>,
}

/// One confirmed deletion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deleted {
    /// System, copy or sub-processor.
    pub what: String,
    /// Day of the deletion.
    pub on: String,
    /// How.
    pub method: String,
    /// More; may be empty.
    pub note: String,
    /// Who confirmed it, and when.
    pub confirmed: String,
}

/// Data that are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetainedRow {
    /// What.
    pub what: String,
    /// Under which law.
    pub law: String,
    /// Until when.
    pub until: String,
}

impl DeletionCertificate {
    /// The canonical bytes: JSON in field order without blanks.
    ///
    /// # Errors
    /// None in practice; serde's signature asks for it.
    pub fn canonical(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }
}
