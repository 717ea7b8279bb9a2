//! What a signature is, and the six-digit code that goes before it.

use crate::{Mistake, Mistakes, UserId};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// One signature of the customer: who, in which function, what was ticked word by word, over which bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Account that signed.
    pub user: UserId,
    /// Full name as typed at signing.
    pub name: String,
    /// Function as typed.
    pub function: String,
    /// Address to which the code went, and that the offer names.
    pub email: String,
    /// The boxes, word by word as shown (checklist A4, M; never pre-ticked).
    pub boxes: Vec<TickedBox>,
    /// SHA-256 of the frozen document that was shown, hex.
    pub document_sha256: String,
    /// When the code was sent.
    pub code_sent_at: DateTime<Utc>,
    /// When it was signed.
    pub at: DateTime<Utc>,
}

/// A box with the wording that stood beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TickedBox {
    /// Stable id.
    pub id: String,
    /// Wording, in the language of the contract.
    pub wording: String,
}

/// What was typed on the signing page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SigningInput {
    /// Full name.
    pub name: String,
    /// Function.
    pub function: String,
    /// Ids of the ticked boxes.
    pub ticked: Vec<String>,
    /// The code from the mail.
    pub code: String,
    /// SHA-256 of the document that was on the page.
    pub document_sha256: String,
}

/// Checks the fields (all but the code, whose check has an effect).
///
/// # Errors
/// All [`Mistakes`] by field; a missing box is `box_<id>`.
pub fn check_fields(input: &SigningInput, boxes_needed: &[String]) -> Result<(String, String), Mistakes> {
    let mut m = Mistakes::default();
    let name = m.take(crate::people::full_name("full_name", &input.name));
    let function = m.take(crate::text::line("function", &input.function, 120));
    for id in boxes_needed {
        if !input.ticked.contains(id) {
            m.add(&format!("box_{id}"), "box");
        }
    }
    if input.code.trim().is_empty() {
        m.add("code", "required");
    }
    m.or(name.zip(function))
}

/// Whether the signature carries all boxes.
///
/// # Errors
/// A mistake for each one missing.
pub fn all_ticked(signature: &Signature, boxes_needed: &[String]) -> Result<(), Mistakes> {
    let mut m = Mistakes::default();
    for id in boxes_needed {
        if !signature.boxes.iter().any(|b| b.id == *id && !b.wording.is_empty()) {
            m.add(&format!("box_{id}"), "box");
        }
    }
    if m.is_empty() { Ok(()) } else { Err(m) }
}

/// A code counts for this long.
pub const CODE_LIFETIME: Duration = Duration::minutes(10);
/// A code may be tried this often.
pub const CODE_TRIES: i16 = 5;
/// A new code may be asked for after this long.
pub const CODE_PAUSE: Duration = Duration::seconds(30);

/// A code that was sent; only its commitment is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignCode {
    /// [`commitment`] of salt and code.
    pub commitment: String,
    /// Random salt, hex.
    pub salt: String,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// Tries that are left.
    pub tries_left: i16,
    /// Whether it was used.
    pub used: bool,
}

/// What a try at a code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeVerdict {
    /// It is the one.
    Right,
    /// It is not; so many tries are left.
    Wrong(i16),
    /// Too late.
    Expired,
    /// No tries left, or already used.
    Spent,
}

impl SignCode {
    /// Judges a try. The caller takes one try off before it tells anyone.
    pub fn judge(&self, typed: &str, now: DateTime<Utc>) -> CodeVerdict {
        if self.used || self.tries_left <= 0 {
            return CodeVerdict::Spent;
        }
        if now >= self.sent_at + CODE_LIFETIME || now < self.sent_at - Duration::minutes(1) {
            return CodeVerdict::Expired;
        }
        let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        if commitment(&self.salt, &digits) == self.commitment {
            CodeVerdict::Right
        } else {
            CodeVerdict::Wrong(self.tries_left - 1)
        }
    }
}

impl CodeVerdict {
    /// The mistake to show at the field `code`; `None` when it was right.
    pub fn mistake(self) -> Option<Mistake> {
        match self {
            Self::Right => None,
            Self::Wrong(left) => Some(Mistake::with("code", "code-wrong", left.max(0))),
            Self::Expired => Some(Mistake::new("code", "code-expired")),
            Self::Spent => Some(Mistake::new("code", "code-spent")),
        }
    }
}

/// SHA-256 over salt and code, hex.
pub fn commitment(salt: &str, code: &str) -> String {
    crate::audit::hex(&Sha256::digest(format!("{salt}:{code}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn a_code_is_right_wrong_late_or_spent() {
        let t = Utc.with_ymd_and_hms(2026, 11, 23, 8, 0, 0).unwrap();
        let code = SignCode {
            commitment: commitment("ab", "042137"),
            salt: "ab".into(),
            sent_at: t,
            tries_left: 5,
            used: false,
        };
        assert_eq!(code.judge(" 042 137 ", t), CodeVerdict::Right);
        assert_eq!(code.judge("042138", t), CodeVerdict::Wrong(4));
        assert_eq!(code.judge("042137", t + CODE_LIFETIME), CodeVerdict::Expired);
        assert_eq!(SignCode { tries_left: 0, ..code.clone() }.judge("042137", t), CodeVerdict::Spent);
        assert_eq!(SignCode { used: true, ..code }.judge("042137", t), CodeVerdict::Spent);
    }
}
