//! Periods of the registers, from `registers.toml`: the numbers that the contract text promises.

use super::{ContentError, Source};
use serde::Deserialize;

/// The periods.
#[derive(Clone, Copy, Debug, Deserialize)]
#[expect(missing_docs, reason = "the keys of registers.toml, explained there")]
pub struct Periods {
    pub breach_hours: u16,
    pub audit_notice_days: u16,
    pub answer_working_days: u16,
}

impl Periods {
    pub(super) fn load(source: &Source) -> Result<Self, ContentError> {
        source.toml("registers.toml")
    }
}

#[cfg(test)]
mod tests {
    use crate::content::{Content, Source};

    #[test]
    fn the_periods_are_those_of_the_contract_text() {
        let content = Content::load(None).unwrap();
        let (periods, source) = (content.registers, Source::new(None));
        let version = &content.legal.newest().version;
        for lang in ["de", "en"] {
            let text = |file: &str| source.text(&format!("legal/av/{version}/{lang}/{file}.txt")).unwrap();
            let hours = if lang == "de" { "Stunden" } else { "hours" };
            assert!(text("14-breach").contains(&format!("{} {hours}", periods.breach_hours)));
            let days = if lang == "de" { "Tage vorher" } else { "days beforehand" };
            assert!(text("15-audit").contains(&format!("{} {days}", periods.audit_notice_days)));
            let three = if lang == "de" { "drei Arbeitstagen" } else { "three working days" };
            assert!(text("07-lawfulness").contains(three));
        }
        assert_eq!(periods.answer_working_days, 3);
    }
}
