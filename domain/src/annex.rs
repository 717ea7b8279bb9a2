//! Living annexes: measures (annex 2) and sub-processors (annex 3) as data in both languages, and their snapshots.

use crate::text::Both;
use crate::{Service, SnapshotId, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Which annex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnnexKind {
    /// Technical and organisational measures.
    Toms,
    /// Sub-processors.
    Subprocessors,
}

impl AnnexKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Toms, Self::Subprocessors];

    /// Stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Toms => "toms",
            Self::Subprocessors => "subprocessors",
        }
    }

    /// Reads [`Self::name`].
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.name() == s)
    }
}

/// A frozen annex. Template content counts only after the provider has confirmed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Identity.
    pub id: SnapshotId,
    /// Which annex.
    pub kind: AnnexKind,
    /// Number, from 1, per kind.
    pub number: i32,
    /// SHA-256 over `canonical`, hex.
    pub sha256: String,
    /// The content as canonical JSON text ([`Toms`] or [`Subprocessors`]).
    pub canonical: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Who confirmed it for the provider, and when.
    pub confirmed: Option<(UserId, DateTime<Utc>)>,
}

/// Annex 2 as data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toms {
    /// All controls in their order.
    pub controls: Vec<Control>,
}

/// A control of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Control {
    /// Stable id.
    pub id: String,
    /// Place in the order.
    pub number: i32,
    /// Name.
    pub name: Both,
    /// Paragraphs of Art. 32 (or other articles) it stands for.
    #[serde(default)]
    pub art32: Vec<String>,
    /// Its measures.
    #[serde(rename = "measure", default)]
    pub measures: Vec<Measure>,
}

/// A measure: one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Stable id, `control.name`.
    pub id: String,
    /// Title.
    pub title: Both,
    /// One or two concrete sentences.
    pub text: Both,
    /// Names of services, or `all`.
    pub services: Vec<String>,
    /// `office`, `own_servers`, `data_centre`, `sub_processor`.
    pub layer: String,
    /// `planned`, `active`, `retired`.
    pub status: String,
    /// Starter content that the provider has to confirm.
    #[serde(default)]
    pub template: bool,
}

/// Annex 3 as data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subprocessors {
    /// One row each.
    #[serde(rename = "subprocessor", default)]
    pub rows: Vec<Subprocessor>,
}

/// A sub-processor (F50; EDPB Opinion 22/2024).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the columns of checklist item F50 by their own names")]
pub struct Subprocessor {
    pub id: String,
    pub legal_name: String,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub country: String,
    pub contact_name: String,
    pub contact_email: String,
    pub service: Both,
    pub data_categories: Vec<String>,
    #[serde(default)]
    pub data_subjects: Vec<String>,
    pub places: Both,
    pub transfer_mechanism: String,
    pub transfer_evidence: Both,
    #[serde(default)]
    pub contract_date: String,
    pub since: String,
    pub services: Vec<String>,
    pub level: i32,
    pub status: String,
    #[serde(default)]
    pub template: bool,
}

/// Whether a list of service names concerns one of these services.
pub fn concerns(names: &[String], services: &[Service]) -> bool {
    names.iter().any(|n| n == "all") || services.iter().any(|s| names.iter().any(|n| n == s.name()))
}

/// SHA-256 over canonical text, hex.
pub fn fingerprint(canonical: &str) -> String {
    crate::audit::hex(&Sha256::digest(canonical))
}
