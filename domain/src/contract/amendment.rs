//! Amendment: a contract goes on as a new version under the same number. Until the new one is in force the old one
//! rules, and at the midnight between them the one follows the other without gap or overlap.

use super::lifecycle::{InForce, Refusal, StateName};
use crate::{ContractId, Service, calendar};
use chrono::{DateTime, Duration, NaiveDate, Utc};

impl InForce {
    /// Whether its days have begun and are not over: of several versions at most one rules.
    pub fn rules(&self, now: DateTime<Utc>) -> bool {
        now >= calendar::start_of_day(self.effective_from) && !self.over(now)
    }

    /// Whether a new version may be begun.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when it is over, or another version is concluded that takes its place.
    pub fn may_amend(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        match self.over(now) || self.successor.is_some() {
            true => Err(Refusal::WrongState(StateName::InForce)),
            false => Ok(()),
        }
    }

    /// Another version is concluded and takes its place with the day `from`: this one ends with the day before. One
    /// that ends earlier anyway ends as it would have.
    #[must_use]
    pub fn hand_over(mut self, to: ContractId, from: NaiveDate) -> Self {
        let last_day = from - Duration::days(1);
        if self.effective_until.is_none_or(|until| last_day < until) {
            self.effective_until = Some(last_day);
            self.successor = Some(to);
        }
        self
    }
}

/// Which services one version has and the other does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScopeChange {
    /// In the new one only.
    pub added: Vec<Service>,
    /// In the old one only.
    pub removed: Vec<Service>,
}

impl ScopeChange {
    /// From one version to the next.
    pub fn between(before: &[Service], after: &[Service]) -> Self {
        let only = |these: &[Service], those: &[Service]| {
            these.iter().copied().filter(|s| !those.contains(s)).collect()
        };
        Self { added: only(after, before), removed: only(before, after) }
    }
}
