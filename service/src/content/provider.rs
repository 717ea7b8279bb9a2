//! The provider: one company's facts, from `provider.toml`. Nothing of them is in the code.

use super::{ContentError, Source, wrong};
use domain::text::Both;
use serde::Deserialize;

/// The provider's facts.
#[derive(Clone, Debug, Deserialize)]
#[expect(missing_docs, reason = "the keys of provider.toml, explained there")]
pub struct Provider {
    pub legal_name: String,
    pub short_name: String,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub country: String,
    pub register_court: String,
    pub register_number: String,
    pub represented_by: String,
    pub vat_id: String,
    pub phone: String,
    pub email: String,
    pub privacy_email: String,
    pub website: String,
    pub breach_email: String,
    pub breach_phone: String,
    pub domains: Vec<String>,
    pub dpo: Both,
    pub jurisdiction: Both,
    pub locations: Both,
    pub supervisory_authority: Both,
}

impl Provider {
    pub(super) fn load(source: &Source) -> Result<Self, ContentError> {
        let file = "provider.toml";
        let provider: Self = source.toml(file)?;
        for (key, value) in [
            ("legal_name", &provider.legal_name),
            ("street", &provider.street),
            ("postal_code", &provider.postal_code),
            ("city", &provider.city),
            ("country", &provider.country),
            ("privacy_email", &provider.privacy_email),
        ] {
            if value.trim().is_empty() {
                return Err(wrong(file, format!("{key} must not be empty")));
            }
        }
        Ok(provider)
    }

    /// Keys that the provider has not filled in yet: named by `config check`.
    pub fn missing(&self) -> Vec<&'static str> {
        [
            ("represented_by", &self.represented_by),
            ("vat_id", &self.vat_id),
            ("phone", &self.phone),
            ("email", &self.email),
            ("breach_phone", &self.breach_phone),
        ]
        .into_iter()
        .filter_map(|(key, value)| value.trim().is_empty().then_some(key))
        .collect()
    }
}
