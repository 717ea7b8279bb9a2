//! Sentences for the gate's reasons, for technicians and for customers, in both languages.

use super::{ContentError, Source, wrong};
use domain::gate::Reason;
use domain::text::{Both, Lang};
use serde::Deserialize;
use std::collections::HashMap;

/// All sentences.
#[derive(Clone, Debug)]
pub struct GateTexts {
    reasons: Both<HashMap<String, ReasonText>>,
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

impl GateTexts {
    pub(super) fn load(source: &Source) -> Result<Self, ContentError> {
        let read = |lang: Lang| -> Result<HashMap<String, ReasonText>, ContentError> {
            let file = format!("gate/reasons.{}.toml", lang.code());
            let texts: HashMap<String, ReasonText> = source.toml(&file)?;
            match Reason::ALL.iter().find(|r| !texts.contains_key(r.code())) {
                Some(r) => Err(wrong(&file, format!("{} is missing", r.code()))),
                None => Ok(texts),
            }
        };
        Ok(Self {
            reasons: Both { de: read(Lang::De)?, en: read(Lang::En)? },
            customer_text: Both {
                de: source.text("gate/customer_text.de.txt")?,
                en: source.text("gate/customer_text.en.txt")?,
            },
        })
    }

    /// A reason in words; loading made sure that it is there.
    pub fn reason(&self, reason: Reason, lang: Lang) -> &ReasonText {
        &self.reasons.get(lang)[reason.code()]
    }
}
