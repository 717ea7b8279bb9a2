//! Amendment: two versions of one contract, and the midnight between them.

use crate::samples::{
    berlin, countersignature, countersigned, day, paper, request_input, requested, signed_by_customer, user,
};
use crate::tape::check;
use chrono::Duration;
use domain::contract::amendment::ScopeChange;
use domain::contract::lifecycle::InForce;
use domain::contract::{ContractState, Refusal, StateName};
use domain::customer::Representation::Single;
use domain::{ContractId, Service, calendar};
use uuid::Uuid;

fn version(from: chrono::NaiveDate) -> InForce {
    signed_by_customer().countersign(countersignature(), from, countersigned()).unwrap()
}

fn id(n: u128) -> ContractId {
    ContractId(Uuid::from_u128(n))
}

#[test]
fn the_old_version_ends_with_the_day_before_the_new_one() {
    let new = version(day(2026, 12, 1));
    let old = version(day(2026, 11, 5)).hand_over(id(2), new.effective_from);
    assert_eq!((old.effective_until, old.successor), (Some(day(2026, 11, 30)), Some(id(2))));
    let midnight = berlin(2026, 12, 1, 0, 0);
    let before = midnight - Duration::microseconds(1);
    assert_eq!((old.rules(before), new.rules(before)), (true, false));
    assert_eq!((old.rules(midnight), new.rules(midnight)), (false, true));
    assert_eq!(old.end(None, midnight).unwrap().was.successor, Some(id(2)));
}

#[test]
fn a_version_that_ends_earlier_anyway_ends_as_it_would_have() {
    let old = paper().confirm(user(2), countersigned()).unwrap(); // until 31 December 2026
    assert_eq!(old.clone().hand_over(id(2), day(2027, 2, 1)), old);
    assert_eq!(old.clone().hand_over(id(2), day(2027, 1, 1)), old, "it ends on the very day before");
    assert_eq!(old.hand_over(id(2), day(2026, 12, 31)).effective_until, Some(day(2026, 12, 30)));
}

#[test]
fn only_a_version_that_rules_and_has_no_successor_is_amended() {
    let old = version(day(2026, 11, 5));
    assert_eq!(old.may_amend(countersigned()), Ok(()));
    let refused = Err(Refusal::WrongState(StateName::InForce));
    assert_eq!(old.hand_over(id(2), day(2026, 12, 1)).may_amend(countersigned()), refused);
    assert_eq!(
        paper().confirm(user(2), countersigned()).unwrap().may_amend(berlin(2027, 1, 1, 0, 0)),
        refused
    );
}

#[test]
fn at_every_instant_exactly_one_of_many_versions_rules() {
    check(200, 8, |tape| {
        let first = day(2026, 11, 5) + Duration::days(tape.count(3));
        let mut versions = vec![version(first)];
        for n in 0..tape.number(5) {
            let from = first + Duration::days(tape.count(200));
            let new = version(from);
            versions = versions.into_iter().map(|v| v.hand_over(id(n as u128 + 2), from)).collect();
            versions.push(new);
        }
        for days in 0..210 {
            let midnight = calendar::start_of_day(first + Duration::days(days));
            for now in [midnight, midnight + Duration::hours(25) - Duration::microseconds(1)] {
                let ruling = versions.iter().filter(|v| v.rules(now)).count();
                assert_eq!(ruling, 1, "no gap and no overlap at {now}");
            }
        }
    });
}

#[test]
fn what_changes_is_what_one_has_and_the_other_has_not() {
    let (a, b, c) = (Service::Hosting, Service::Monitoring, Service::RemoteSupport);
    let change = ScopeChange::between(&[a, b], &[a, c]);
    assert_eq!((change.added, change.removed), (vec![c], vec![b]));
    assert_eq!(ScopeChange::between(&[a], &[a]), ScopeChange::default());
}

#[test]
fn a_request_becomes_a_form_that_gives_the_same_request_again() {
    let request = requested(Single).request;
    let mut typed = request.as_input();
    assert!(!typed.own_permission, "a declaration is made anew each time");
    typed.own_permission = true;
    typed.own_permission_wording = request_input().own_permission_wording;
    assert_eq!(typed.check(Single).unwrap(), request);
}

#[test]
fn a_contract_stored_before_there_were_versions_is_still_read() {
    let state = ContractState::InForce(version(day(2026, 11, 5)));
    let stored = serde_json::to_string(&state).unwrap();
    let old = stored.replace(",\"successor\":null", "");
    assert_ne!(old, stored);
    assert_eq!(serde_json::from_str::<ContractState>(&old).unwrap(), state);
}
