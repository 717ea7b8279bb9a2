//! The periods at the end of a contract, by version of its text.

use super::{ContentError, Source, wrong};
use domain::contract::lifecycle::EndTerms;
use std::collections::HashMap;

/// All of them.
#[derive(Clone, Debug)]
pub struct Endings(HashMap<String, EndTerms>);

impl Endings {
    pub(super) fn load(source: &Source) -> Result<Self, ContentError> {
        let file = "legal/ending.toml";
        let all: HashMap<String, EndTerms> = source.toml(file)?;
        if !all.contains_key("default") {
            return Err(wrong(file, "default is missing"));
        }
        for (version, terms) in &all {
            let [first, last] = terms.reminders_before;
            if !(terms.choice_days > first && first > last && last >= terms.reminder_leaves) {
                return Err(wrong(file, format!("{version}: the reminders do not fit into the choice")));
            }
        }
        Ok(Self(all))
    }

    /// Those of a version of the text.
    pub fn of(&self, text_version: &str) -> EndTerms {
        self.0.get(text_version).or_else(|| self.0.get("default")).cloned().unwrap_or_default()
    }
}
