//! What is frozen with an offer: from here on nobody computes the contract again.

use super::authorisation::Authorisation;
use super::request::Request;
use crate::customer::Representation;
use crate::text::Lang;
use crate::{DocumentId, SnapshotId};
use serde::{Deserialize, Serialize};

/// Everything that does not change any more once it was offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// What the customer asked for.
    pub request: Request,
    /// Version of the contract text.
    pub text_version: String,
    /// Language in which it is concluded.
    pub language: Lang,
    /// How many signatures of the customer are needed.
    pub representation: Representation,
    /// Frozen annex 2 (TOMs).
    pub toms: SnapshotId,
    /// Frozen annex 3 (sub-processors).
    pub subprocessors: SnapshotId,
    /// The frozen document (canonical JSON), stored.
    pub document: DocumentId,
    /// SHA-256 of those bytes, hex. Each signature names it.
    pub document_sha256: String,
    /// Notice period for new sub-processors in days (checklist F43).
    pub notice_days: u16,
    /// How new sub-processors are authorised (checklist F42).
    #[serde(default)]
    pub authorisation: Authorisation,
    /// Others may accede later (clause 5 of the standard clauses); never in the provider's own text.
    #[serde(default)]
    pub docking: bool,
}
