//! A look ahead: which answers of the gate change on the day from which some contracts count no more. Asked before
//! that is decided, of the same rule that answers afterwards.

use super::{Facts, Outcome, Question, Resource, Subject, TechnicianFact, decide};
use crate::{Action, ContractId, UserId};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// Actions that are permitted at `from` as things stand, and no more once these contracts are outdated, by customer
/// number. Customers with such a contract and no loss are in it, too, with nothing.
pub fn lost(
    facts: &Facts,
    outdated: &BTreeSet<ContractId>,
    from: DateTime<Utc>,
) -> BTreeMap<String, Vec<Action>> {
    let touched: Vec<_> =
        facts.customers().filter(|c| c.contracts.iter().any(|k| outdated.contains(&k.id))).cloned().collect();
    let after = touched.iter().cloned().map(|mut c| {
        for contract in c.contracts.iter_mut().filter(|k| outdated.contains(&k.id)) {
            contract.outdated_from = contract.outdated_from.into_iter().chain([from]).min();
        }
        c
    });
    let after = with_asker(Facts::new(after.collect(), 0, from));
    let numbers: Vec<_> = touched.iter().map(|c| c.number.clone()).collect();
    let before = with_asker(Facts::new(touched, 0, from));
    let permitted = |facts: &Facts, number: &str, action: Action| {
        let question = Question {
            subject: Subject::Technician(ASKER),
            action: Some(action),
            resource: Resource::Number(number),
            tool: None,
        };
        decide(facts, &question, from).outcome == Outcome::Permitted
    };
    let losses = |number: &String| {
        let all = Action::ALL.iter().copied();
        all.filter(|a| permitted(&before, number, *a) && !permitted(&after, number, *a)).collect()
    };
    numbers.iter().map(|n| (n.clone(), losses(n))).collect()
}

/// Somebody to whom nothing is refused for their own sake.
const ASKER: &str = "forecast";

fn with_asker(mut facts: Facts) -> Facts {
    let asker = TechnicianFact {
        user: UserId(uuid::Uuid::nil()),
        technician: true,
        locked: false,
        confidential_from: Some(DateTime::<Utc>::MIN_UTC),
        trained_until: Some(DateTime::<Utc>::MAX_UTC),
    };
    facts.technicians.insert(ASKER.into(), asker);
    facts
}
