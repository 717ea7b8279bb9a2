//! Sentences for the gate's reasons, for technicians and for customers, in both languages.

use super::{ContentError, Source, wrong};
use domain::gate::Reason;
use domain::text::{Both, Lang};
use serde::Deserialize;
use std::collections::HashMap;

/// All sentences.
#[derive(Clone, Debug)]
pub struct GateTexts {
    /// In the order of [`Reason::ALL`].
    reasons: Both<Vec<ReasonText>>,
    /// In the same order.
    spoken: Vec<Spoken>,
    /// The ready text for a customer; placeholders `customer_name action reason link provider_name`.
    pub customer_text: Both,
}

/// A reason in words.
#[derive(Clone, Debug, Deserialize)]
pub struct ReasonText {
    /// Two to five words.
    pub short: String,
    /// One sentence for the technician.
    pub staff: String,
    /// One sentence for the customer.
    pub customer: String,
    /// What lifts the block.
    pub next: String,
}

/// A reason as programs are told it: both languages, as JSON.
#[derive(Clone, Debug)]
pub struct Spoken {
    /// To the customer.
    pub customer: String,
    /// To the technician.
    pub staff: String,
}

impl GateTexts {
    pub(super) fn load(source: &Source) -> Result<Self, ContentError> {
        let read = |lang: Lang| -> Result<Vec<ReasonText>, ContentError> {
            let file = format!("gate/reasons.{}.toml", lang.code());
            let mut texts: HashMap<String, ReasonText> = source.toml(&file)?;
            let missing = |r: &Reason| wrong(&file, format!("{} is missing", r.code()));
            Reason::ALL.iter().map(|r| texts.remove(r.code()).ok_or_else(|| missing(r))).collect()
        };
        let reasons = Both { de: read(Lang::De)?, en: read(Lang::En)? };
        Ok(Self {
            spoken: reasons.de.iter().zip(&reasons.en).map(|(de, en)| Spoken::of(de, en)).collect(),
            reasons,
            customer_text: Both {
                de: source.text("gate/customer_text.de.txt")?,
                en: source.text("gate/customer_text.en.txt")?,
            },
        })
    }

    /// A reason in words; loading made sure that it is there.
    pub fn reason(&self, reason: Reason, lang: Lang) -> &ReasonText {
        &self.reasons.get(lang)[reason as usize]
    }

    /// The same for programs.
    pub fn spoken(&self, reason: Reason) -> &Spoken {
        &self.spoken[reason as usize]
    }
}

impl Spoken {
    fn of(de: &ReasonText, en: &ReasonText) -> Self {
        let both = |de: &str, en: &str| serde_json::json!({ "de": de, "en": en }).to_string();
        Self { customer: both(&de.customer, &en.customer), staff: both(&de.staff, &en.staff) }
    }
}
