//! The document: everything that the reading page and the PDF print, as one value without behaviour.
//! All words are already in the language of the contract; whoever prints it adds labels only.

use crate::legal_text::{Section, TextFamily};
use crate::text::Lang;
use crate::wording::Part;
use serde::{Deserialize, Serialize};

/// A contract as a document. Serialised canonically (field order as here) it is what signatures name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractDocument {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Language of everything in it.
    pub language: Lang,
    /// Contract number.
    pub number: String,
    /// Version of the contract with this customer.
    pub version: i32,
    /// Version of the contract text.
    pub text_version: String,
    /// Which kind of text it is: how its annexes are counted. Left out for the usual one, so that the bytes of older
    /// documents stay theirs.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub family: TextFamily,
    /// Title.
    pub title: String,
    /// Line under the title.
    pub subtitle: String,
    /// The provider.
    pub provider: Party,
    /// The customer.
    pub customer: Party,
    /// What it is about, in plain sentences.
    pub summary: Vec<String>,
    /// The clauses.
    pub sections: Vec<Section>,
    /// Official wording that the clauses take in, word by word; empty for a text that stands alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wording: Vec<Part>,
    /// Annex 1: one block a service.
    pub processing: Vec<ServiceBlock>,
    /// Annex 1: what holds for all services (special categories, secrecy, contacts …).
    pub particulars: Vec<LabelValue>,
    /// Annex 2 as frozen.
    pub toms: TomAnnex,
    /// Annex 3 as frozen.
    pub subprocessors: SubprocessorAnnex,
    /// Annex 4; `None` until the contract is concluded: then it is a draft and says so.
    pub evidence: Option<Evidence>,
    /// Seconds since 1970 that the PDF carries as its date.
    pub timestamp: i64,
    /// Address at which the document can be checked.
    pub verify_url: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_usual(family: &TextFamily) -> bool {
    *family == TextFamily::Av
}

/// Name of this shape; changed whenever the shape is.
pub const SCHEMA: &str = "av-portal/contract/1";

/// A party.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Full legal name.
    pub name: String,
    /// Street.
    pub street: String,
    /// Postal code and city.
    pub place: String,
    /// Country by name.
    pub country: String,
    /// Further rows (register, represented by, privacy contact, customer number …).
    pub rows: Vec<LabelValue>,
}

/// A row of two.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelValue {
    /// Left.
    pub label: String,
    /// Right.
    pub value: String,
}

/// Annex 1 for one service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceBlock {
    /// Stable name of the service.
    pub service: String,
    /// Its name for people.
    pub name: String,
    /// Subject-matter (B15).
    pub subject: String,
    /// Nature (B17).
    pub nature: String,
    /// Operations (B17).
    pub operations: Vec<String>,
    /// Purpose (B18).
    pub purpose: String,
    /// Data types (B19).
    pub data: Vec<String>,
    /// Data subjects (B20).
    pub subjects: Vec<String>,
    /// Places (B23).
    pub place: String,
}

/// Which snapshot an annex is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Number of the snapshot.
    pub number: i32,
    /// Its date, as people write it in this language.
    pub date: String,
    /// SHA-256 over its canonical text, hex.
    pub sha256: String,
}

/// Annex 2.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TomAnnex {
    /// Which snapshot.
    pub stamp: Stamp,
    /// The controls with their measures.
    pub controls: Vec<TomControl>,
}

/// A control with its measures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TomControl {
    /// Name.
    pub name: String,
    /// Where it comes from, such as `Art. 32(1)(b)`.
    pub basis: String,
    /// Measures.
    pub measures: Vec<TomMeasure>,
}

/// A measure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TomMeasure {
    /// Stable id.
    pub id: String,
    /// Title.
    pub title: String,
    /// One or two sentences.
    pub text: String,
    /// Services it applies to, by name for people.
    pub services: String,
}

/// Annex 3.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubprocessorAnnex {
    /// Which snapshot.
    pub stamp: Stamp,
    /// One row each.
    pub rows: Vec<SubprocessorRow>,
}

/// A sub-processor (F50).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the columns of checklist item F50, already in words")]
pub struct SubprocessorRow {
    pub name: String,
    pub address: String,
    pub contact: String,
    pub service: String,
    pub data: String,
    pub places: String,
    pub transfer: String,
    pub since: String,
}

/// Annex 4: the evidence in words, for people; the machine-readable one is stored beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// When it was concluded, with time zone.
    pub concluded_at: String,
    /// From when it holds.
    pub effective_from: String,
    /// The customer's signatures.
    pub signatures: Vec<SignatureRow>,
    /// The provider's.
    pub countersignature: SignatureRow,
    /// What happened, in order.
    pub events: Vec<LabelValue>,
    /// Hashes: what, and its SHA-256.
    pub hashes: Vec<LabelValue>,
    /// How to recompute them, in sentences.
    pub how_to_check: Vec<String>,
}

/// A signature in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureRow {
    /// Full name as typed.
    pub name: String,
    /// Function as typed.
    pub function: String,
    /// When, with time zone.
    pub at: String,
    /// How the person was identified.
    pub identified: String,
    /// Boxes, word by word.
    pub boxes: Vec<String>,
}

impl ContractDocument {
    /// Whether it is not yet concluded: printed with a mark, never with a date of conclusion (F10).
    pub fn is_draft(&self) -> bool {
        self.evidence.is_none()
    }

    /// The canonical bytes: JSON in field order without blanks.
    ///
    /// # Errors
    /// None in practice; serde's signature asks for it.
    pub fn canonical(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }
}
