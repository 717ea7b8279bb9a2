//! The evidence of a contract for programs: who concluded what, when, how they were recognised, what they ticked, over
//! which bytes. Embedded in the PDF and kept in the proof pack; described in `docs/evidence.md`.

use super::lifecycle::{Contract, InForce};
use super::signing::{Signature, TickedBox};
use super::{ContractDocument, VerifyCode};
use crate::annex::Snapshot;
use crate::audit;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Name of this shape; changed whenever the shape is.
pub const EVIDENCE_SCHEMA: &str = "av-portal/evidence/1";

/// The record. Serialised canonically (field order as here, no blanks) it is what the hash names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceRecord {
    /// Always [`EVIDENCE_SCHEMA`].
    pub schema: String,
    /// Which contract.
    pub contract: ContractLine,
    /// What was agreed.
    pub document: FrozenLine,
    /// The text that the clauses come from.
    pub text: TextLine,
    /// The annexes that were frozen.
    pub annexes: Vec<AnnexLine>,
    /// When the provider offered.
    pub offered_at: DateTime<Utc>,
    /// The customer's signatures, in their order.
    pub signatures: Vec<SignatureLine>,
    /// The provider's.
    pub countersignature: Option<CountersignatureLine>,
    /// Where it can be checked.
    pub verify: VerifyLine,
}

/// Which contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractLine {
    /// Number.
    pub number: String,
    /// Version of the contract with this customer.
    pub version: i32,
    /// Language in which it was concluded.
    pub language: String,
    /// Legal name of the customer.
    pub customer: String,
    /// Legal name of the provider.
    pub provider: String,
    /// Stable names of the services in scope.
    pub services: Vec<String>,
    /// When it was concluded.
    pub concluded_at: DateTime<Utc>,
    /// First day (Europe/Berlin).
    pub effective_from: NaiveDate,
}

/// The frozen document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenLine {
    /// Name of its own shape.
    pub schema: String,
    /// SHA-256 of `canonical`, hex. Each signature names it.
    pub sha256: String,
    /// Its bytes, as text.
    pub canonical: String,
}

/// The contract text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextLine {
    /// Version.
    pub version: String,
    /// SHA-256 of the released text, hex; empty where the portal does not have it any more.
    pub sha256: String,
}

/// A frozen annex.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnexLine {
    /// `toms` or `subprocessors`.
    pub kind: String,
    /// Number of the snapshot.
    pub number: i32,
    /// SHA-256 of its canonical text, hex.
    pub sha256: String,
}

/// A signature of the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureLine {
    /// Full name as typed.
    pub name: String,
    /// Function as typed.
    pub function: String,
    /// How the person was recognised: `account_and_mail_code`.
    pub identified: String,
    /// Address to which the code went.
    pub email: String,
    /// When the code was sent.
    pub code_sent_at: DateTime<Utc>,
    /// When it was signed.
    pub at: DateTime<Utc>,
    /// SHA-256 of the document that was on the page, hex.
    pub document_sha256: String,
    /// The boxes, word by word.
    pub boxes: Vec<TickedBox>,
}

/// The provider's signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountersignatureLine {
    /// Full name.
    pub name: String,
    /// Function.
    pub function: String,
    /// How the person was recognised: `account`.
    pub identified: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Where it can be checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifyLine {
    /// The short code.
    pub code: String,
    /// The address.
    pub url: String,
}

impl EvidenceRecord {
    /// Of a contract that was concluded in the portal; `None` for one from paper. `canonical` are the frozen bytes of
    /// `document`.
    pub fn of(
        contract: &Contract,
        in_force: &InForce,
        document: &ContractDocument,
        canonical: String,
        text_sha256: String,
        annexes: &[&Snapshot],
    ) -> Option<Self> {
        let signed = in_force.signed.as_ref()?;
        let frozen = &signed.offered.frozen;
        Some(Self {
            schema: EVIDENCE_SCHEMA.into(),
            contract: ContractLine {
                number: contract.number.clone(),
                version: contract.version,
                language: frozen.language.code().into(),
                customer: document.customer.name.clone(),
                provider: document.provider.name.clone(),
                services: in_force.services.iter().map(|s| s.name().to_string()).collect(),
                concluded_at: in_force.at,
                effective_from: in_force.effective_from,
            },
            document: FrozenLine {
                schema: document.schema.clone(),
                sha256: audit::sha256(canonical.as_bytes()),
                canonical,
            },
            text: TextLine { version: frozen.text_version.clone(), sha256: text_sha256 },
            annexes: annexes.iter().map(|s| annex_line(s)).collect(),
            offered_at: signed.offered.at,
            signatures: signed.offered.signatures.iter().map(signature_line).collect(),
            countersignature: in_force.countersignature.as_ref().map(|c| CountersignatureLine {
                name: c.name.clone(),
                function: c.function.clone(),
                identified: "account".into(),
                at: c.at,
            }),
            verify: VerifyLine {
                code: VerifyCode::of(contract.id, contract.version).to_string(),
                url: document.verify_url.clone(),
            },
        })
    }

    /// The canonical bytes: JSON in field order without blanks.
    ///
    /// # Errors
    /// None in practice; serde's signature asks for it.
    pub fn canonical(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }
}

fn annex_line(s: &Snapshot) -> AnnexLine {
    AnnexLine { kind: s.kind.name().into(), number: s.number, sha256: s.sha256.clone() }
}

fn signature_line(s: &Signature) -> SignatureLine {
    SignatureLine {
        name: s.name.clone(),
        function: s.function.clone(),
        identified: "account_and_mail_code".into(),
        email: s.email.clone(),
        code_sent_at: s.code_sent_at,
        at: s.at,
        document_sha256: s.document_sha256.clone(),
        boxes: s.boxes.clone(),
    }
}
