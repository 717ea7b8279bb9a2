//! The facts that the gate knows, shaped for asking: instants instead of dates, sets instead of lists.

use crate::contract::StateName;
use crate::service::ServiceSet;
use crate::text::Lang;
use crate::{ContractId, CustomerId, UserId};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Everything `decide` may look at.
#[derive(Debug, Default)]
pub struct Facts {
    customers: HashMap<String, Arc<CustomerFact>>,
    contacts: HashMap<String, Vec<Arc<CustomerFact>>>,
    phones: HashMap<String, Vec<Arc<CustomerFact>>>,
    domains: HashMap<String, Vec<Arc<CustomerFact>>>,
    /// Technicians by address.
    pub technicians: HashMap<String, TechnicianFact>,
    /// Automations and integrations by client name.
    pub programs: HashMap<String, ProgramFact>,
    /// Tools by id.
    pub tools: HashMap<String, ToolFact>,
    /// Version of the stored facts this was made from.
    pub version: i64,
    /// Microseconds since 1970 at which `version` was last seen to be the current one.
    checked_at: AtomicI64,
}

/// A customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerFact {
    /// Identity.
    pub id: CustomerId,
    /// Number.
    pub number: String,
    /// Full name.
    pub name: String,
    /// Language.
    pub language: Lang,
    /// Service contract: answered first.
    pub service_contract: bool,
    /// A doubt or hold is open on the customer.
    pub doubt: bool,
    /// Services with an open objection to a sub-processor.
    pub objections: ServiceSet,
    /// Contracts, the newest first.
    pub contracts: Vec<ContractFact>,
    /// Contacts' addresses, for identification.
    pub contact_emails: Vec<String>,
    /// Phones in E.164.
    pub phones: Vec<String>,
    /// Domains.
    pub domains: Vec<String>,
}

impl CustomerFact {
    /// Whether a doubt is open on the customer, or on a contract of it that is not over.
    pub fn in_doubt(&self) -> bool {
        self.doubt || self.contracts.iter().any(|c| c.doubt && !c.state.is_over())
    }
}

/// A contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractFact {
    /// Identity.
    pub id: ContractId,
    /// Number.
    pub number: String,
    /// Version.
    pub version: i32,
    /// State.
    pub state: StateName,
    /// Scope.
    pub services: ServiceSet,
    /// First instant at which it permits.
    pub effective_from: DateTime<Utc>,
    /// First instant at which it does no more.
    pub effective_until: Option<DateTime<Utc>>,
    /// Last day, inclusive, as people read it.
    pub last_day: Option<NaiveDate>,
    /// First instant at which its text counts no more.
    pub outdated_from: Option<DateTime<Utc>>,
    /// A doubt is open on this contract.
    pub doubt: bool,
    /// Tools with processing outside the EEA are agreed.
    pub third_country_agreed: bool,
}

/// A technician.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TechnicianFact {
    /// Identity.
    pub user: UserId,
    /// Has the role.
    pub technician: bool,
    /// Locked by an admin.
    pub locked: bool,
    /// First instant from which the confidentiality undertaking counts.
    pub confidential_from: Option<DateTime<Utc>>,
    /// First instant at which the training counts no more.
    pub trained_until: Option<DateTime<Utc>>,
}

/// A program that may be the subject of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramFact {
    /// First instant at which it counts no more.
    pub expires_at: Option<DateTime<Utc>>,
}

impl ProgramFact {
    /// Whether it counts at `now`.
    pub fn alive(&self, now: DateTime<Utc>) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }
}

/// A tool of the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolFact {
    /// Data may leave the EEA.
    pub third_country: bool,
}

impl Facts {
    /// Facts about these customers, seen as current at `now`.
    pub fn new(customers: Vec<CustomerFact>, version: i64, now: DateTime<Utc>) -> Self {
        let mut facts =
            Self { version, checked_at: AtomicI64::new(now.timestamp_micros()), ..Self::default() };
        for customer in customers {
            let c = Arc::new(customer);
            index(&mut facts.contacts, &c.contact_emails, &c);
            index(&mut facts.phones, &c.phones, &c);
            index(&mut facts.domains, &c.domains, &c);
            facts.customers.insert(c.number.clone(), c);
        }
        facts
    }

    /// Notes a doubt on one contract. Rebuilds its customer's entry; called while the facts are being made.
    pub fn doubt_contract(&mut self, id: ContractId) {
        let owner = self.customers.values().find(|c| c.contracts.iter().any(|k| k.id == id)).cloned();
        let Some(owner) = owner else { return };
        let mut changed = (*owner).clone();
        changed.contracts.iter_mut().filter(|k| k.id == id).for_each(|k| k.doubt = true);
        let changed = Arc::new(changed);
        for lists in [&mut self.contacts, &mut self.phones, &mut self.domains] {
            lists.values_mut().flatten().filter(|c| c.id == changed.id).for_each(|c| *c = changed.clone());
        }
        self.customers.insert(changed.number.clone(), changed);
    }

    /// Notes that the stored version was still this one at `now`. The later of two times counts, unless it lies so
    /// far ahead that the clock must have been set back since: then it would deny until the clock has caught up.
    pub fn confirm(&self, now: DateTime<Utc>) {
        let now = now.timestamp_micros();
        let ahead = now + super::FACTS_FRESH.num_microseconds().unwrap_or_default();
        let newer = |seen: i64| (seen < now || seen > ahead).then_some(now);
        // An error only says that the time that is there is the better one.
        let _seen_before = self.checked_at.fetch_update(Ordering::Relaxed, Ordering::Relaxed, newer);
    }

    /// Notes that the stored facts are others by now: nothing is permitted from these any more.
    pub fn distrust(&self) {
        self.checked_at.store(0, Ordering::Relaxed);
    }

    /// Whether the facts were seen as current lately enough. A clock that runs backwards is not fresh either.
    pub fn fresh(&self, now: DateTime<Utc>) -> bool {
        let age = now.timestamp_micros() - self.checked_at.load(Ordering::Relaxed);
        age.abs() <= super::FACTS_FRESH.num_microseconds().unwrap_or_default()
    }

    /// A customer by number.
    pub fn customer(&self, number: &str) -> Option<&CustomerFact> {
        self.customers.get(number).map(AsRef::as_ref)
    }

    /// All customers, in no order.
    pub fn customers(&self) -> impl Iterator<Item = &CustomerFact> {
        self.customers.values().map(AsRef::as_ref)
    }

    /// Customers with a contact of this address.
    pub fn by_contact(&self, address: &str) -> &[Arc<CustomerFact>] {
        self.contacts.get(address).map_or(&[], Vec::as_slice)
    }

    /// Customers with this number.
    pub fn by_phone(&self, phone: &str) -> &[Arc<CustomerFact>] {
        self.phones.get(phone).map_or(&[], Vec::as_slice)
    }

    /// Customers with this domain.
    pub fn by_domain(&self, domain: &str) -> &[Arc<CustomerFact>] {
        self.domains.get(domain).map_or(&[], Vec::as_slice)
    }
}

fn index(map: &mut HashMap<String, Vec<Arc<CustomerFact>>>, keys: &[String], c: &Arc<CustomerFact>) {
    for key in keys {
        let list = map.entry(key.clone()).or_default();
        if !list.iter().any(|other| other.id == c.id) {
            list.push(c.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Duration, TimeZone as _};

    fn at(second: i64) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap() + Duration::seconds(second)
    }

    #[test]
    fn a_clock_that_was_set_back_by_an_hour_denies_until_the_next_check_only() {
        let facts = Facts::new(Vec::new(), 1, at(0));
        assert!(!facts.fresh(at(-3600)), "nobody has looked since the clock was set back");
        facts.confirm(at(-3600));
        assert!(facts.fresh(at(-3600)));
        assert!(!facts.fresh(at(-3597)), "and it goes stale from there as ever");
    }

    #[test]
    fn of_two_checks_at_nearly_the_same_time_the_later_one_counts() {
        let facts = Facts::new(Vec::new(), 1, at(2));
        facts.confirm(at(0));
        assert!(facts.fresh(at(4)), "two seconds ahead are no clock that was set back");
        facts.confirm(at(5));
        assert!(facts.fresh(at(7)) && !facts.fresh(at(8)));
    }

    #[test]
    fn distrusted_facts_are_fresh_again_once_they_are_confirmed() {
        let facts = Facts::new(Vec::new(), 1, at(0));
        facts.distrust();
        assert!(!facts.fresh(at(0)));
        facts.confirm(at(1));
        assert!(facts.fresh(at(1)));
    }
}
