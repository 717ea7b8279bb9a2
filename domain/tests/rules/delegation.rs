//! "I am not the right person": who passes a signature on, to whom, and who may sign then.

use crate::samples::{ANNA, BERND, MANAGER, annas, berlin, bernds, boxes, offer, signature, signed, user};
use crate::tape::{Tape, check};
use chrono::Duration;
use domain::contract::lifecycle::{AfterSigning, Offered};
use domain::contract::request::Person;
use domain::contract::{ContractState, Refusal};
use domain::customer::Representation::{self, Joint, Single};
use std::collections::BTreeSet;

const DORA: u128 = 13;
const ANNAS: &str = "anna@mueller.example";
const BERNDS: &str = "bernd@mueller.example";

fn person(email: &str) -> Person {
    let name = email.split('@').next().unwrap_or_default();
    Person {
        name: format!("{name} Müller"),
        email: email.into(),
        function: "Prokura".into(),
        phone: String::new(),
    }
}

fn dora() -> Person {
    person("dora@mueller.example")
}

fn code(refused: Result<Offered, Refusal>) -> String {
    match refused {
        Err(Refusal::Mistakes(m)) => {
            m.0.iter().map(|m| format!("{} {}", m.field, m.code)).collect::<Vec<_>>().join(", ")
        }
        Err(other) => other.code().into(),
        Ok(_) => "done".into(),
    }
}

fn names(offer: &Offered) -> Vec<String> {
    offer.still_to_sign().iter().map(|s| s.person.email.clone()).collect()
}

#[test]
fn who_passes_the_signature_on_cannot_sign_any_more_and_the_other_one_can() {
    let frozen = offer(Single).frozen;
    let passed = offer(Single)
        .delegate(user(ANNA), ANNAS, Some(dora()), " Dora has\r\nprocuration. ", signed())
        .unwrap();
    assert_eq!(passed.frozen, frozen, "what was frozen stays frozen");
    assert_eq!(names(&passed), ["dora@mueller.example", BERNDS]);
    assert_eq!(passed.signers()[0].asked, signed(), "she is asked from now on");
    assert_eq!(passed.clone().sign(annas(), &boxes(), signed()), Err(Refusal::PassedOn));
    let trace = &passed.delegations[0];
    assert_eq!((trace.by, trace.from.as_str(), trace.at), (user(ANNA), ANNAS, signed()));
    assert_eq!((trace.from_name.as_str(), trace.reason.as_str()), ("Anna Müller", "Dora has\nprocuration."));

    let doras = signature(DORA, "dora@mueller.example");
    let AfterSigning::Complete(full) = passed.sign(doras, &boxes(), signed()).unwrap() else {
        panic!("one signature is enough")
    };
    assert_eq!(ContractState::SignedByCustomer(full).delegations().len(), 1, "the trace stays");
}

#[test]
fn a_chain_leads_on_but_never_back() {
    let once = offer(Single).delegate(user(ANNA), ANNAS, Some(dora()), "", signed()).unwrap();
    let twice =
        once.delegate(user(DORA), "dora@mueller.example", Some(person("emil@mueller.example")), "", signed());
    let twice = twice.unwrap();
    assert_eq!(names(&twice), ["emil@mueller.example", BERNDS]);
    let emil = |to| twice.clone().delegate(user(14), "emil@mueller.example", Some(person(to)), "", signed());
    for back in [ANNAS, "dora@mueller.example"] {
        assert_eq!(code(emil(back)), "delegate_email delegate-passed-on");
    }
    assert_eq!(code(emil("emil@mueller.example")), "delegate_email delegate-self");
    assert_eq!(code(emil("fritz@mueller.example")), "done");
}

#[test]
fn nobody_gets_two_places_and_nobody_who_signed_gets_another() {
    let to = |rule: Representation, email| {
        offer(rule).delegate(user(ANNA), ANNAS, Some(person(email)), "", signed())
    };
    assert_eq!(code(to(Joint, BERNDS)), "delegate_email delegate-named");
    let AfterSigning::Pending(half) = offer(Joint).sign(bernds(), &boxes(), signed()).unwrap() else {
        panic!("two sign")
    };
    let again = half.clone().delegate(user(ANNA), ANNAS, Some(person(BERNDS)), "", signed());
    assert_eq!(code(again), "delegate_email delegate-signed");
    let late = half.delegate(user(BERND), BERNDS, Some(dora()), "", signed());
    assert_eq!(code(late), "already-signed", "a signature is not passed on");
}

#[test]
fn only_who_may_sign_may_pass_it_on_and_only_in_time() {
    let by = |who, email, at| code(offer(Single).delegate(user(who), email, Some(dora()), "", at));
    assert_eq!(by(99, "stranger@mueller.example", signed()), "not-a-signatory");
    assert_eq!(by(ANNA, ANNAS, berlin(2026, 12, 1, 0, 0)), "offer-lapsed");
    let passed = offer(Single).delegate(user(ANNA), ANNAS, Some(dora()), "", signed()).unwrap();
    let twice = passed.delegate(user(ANNA), ANNAS, Some(person("emil@mueller.example")), "", signed());
    assert_eq!(code(twice), "passed-on", "a second click changes nothing");
    let long = "x".repeat(1001);
    let refused = offer(Single).delegate(user(ANNA), ANNAS, Some(dora()), &long, signed());
    assert_eq!(code(refused), "delegate_reason too-long");
}

#[test]
fn who_does_not_know_leaves_a_place_that_somebody_else_fills() {
    let short = offer(Joint).delegate(user(ANNA), ANNAS, None, "I left.", signed()).unwrap();
    assert_eq!(
        (short.empty_places(), short.short_of_signers(), names(&short)),
        (1, true, vec![BERNDS.to_string()])
    );
    let enough = offer(Single).delegate(user(ANNA), ANNAS, None, "", signed()).unwrap();
    assert_eq!((enough.empty_places(), enough.short_of_signers()), (1, false), "Bernd alone is enough");

    let fill = |who: &str| short.clone().fill_place(user(MANAGER), person(who), signed() + Duration::days(1));
    assert_eq!(code(fill(ANNAS)), "delegate_email delegate-passed-on");
    assert_eq!(code(fill(BERNDS)), "delegate_email delegate-named");
    let filled = fill("dora@mueller.example").unwrap();
    assert_eq!((filled.empty_places(), filled.short_of_signers()), (0, false));
    assert_eq!(filled.signers()[0].asked, signed() + Duration::days(1));
    assert_eq!(filled.passed_on(ANNAS).unwrap().reason, "I left.", "what she said stays");
    assert_eq!(
        code(filled.fill_place(user(MANAGER), person("emil@mueller.example"), signed())),
        "wrong-state"
    );
    assert_eq!(code(short.fill_place(user(MANAGER), dora(), berlin(2026, 12, 1, 0, 0))), "offer-lapsed");
}

#[test]
fn an_offer_stored_before_there_were_delegations_is_still_read() {
    let state = ContractState::Offered(offer(Joint));
    let stored = serde_json::to_string(&state).unwrap();
    let old = stored.replace(",\"delegations\":[]", "");
    assert_ne!(old, stored);
    assert_eq!(serde_json::from_str::<ContractState>(&old).unwrap(), state);
}

/// Anything that anybody may try with an offer and its signatories.
fn one_step(offer: Offered, tape: &mut Tape) -> Result<Offered, Refusal> {
    let people = [ANNAS, BERNDS, "c@x.example", "d@x.example", "e@x.example"];
    let number = tape.number(people.len());
    let (who, email) = (user(ANNA + number as u128), people[number]);
    let other = person(tape.pick(&people));
    match tape.number(5) {
        0 => match offer.sign(signature(ANNA + number as u128, email), &boxes(), signed())? {
            AfterSigning::Pending(o) => Ok(o),
            AfterSigning::Complete(s) => Ok(s.offered),
        },
        1 | 2 => offer.delegate(who, email, Some(other), "", signed()),
        3 => offer.delegate(who, email, None, "", signed()),
        _ => offer.fill_place(user(MANAGER), other, signed()),
    }
}

#[test]
fn the_signers_never_become_fewer_than_the_rule_asks_for_without_an_empty_place_to_show() {
    check(400, 16, |tape| {
        let rule = tape.pick(&[Joint, Single]);
        let mut now = offer(rule);
        for _ in 0..12 {
            if now.signatures.len() == rule.signatures() {
                break;
            }
            let Ok(next) = one_step(now.clone(), tape) else { continue };
            now = next;
            assert_eq!(now.frozen, offer(rule).frozen, "nothing frozen changes");
            let signers = now.signers();
            let emails: BTreeSet<_> = signers.iter().map(|s| &s.person.email).collect();
            assert_eq!(emails.len(), signers.len(), "nobody has two places");
            assert_eq!(signers.len() + now.empty_places(), 2);
            assert!(!now.short_of_signers() || now.empty_places() > 0, "never silently");
            for d in &now.delegations {
                assert!(!emails.contains(&d.from), "who passed it on has no place");
                assert!(!now.signatures.iter().any(|s| s.email == d.from), "and has not signed");
            }
            assert!(now.signatures.iter().all(|s| emails.contains(&s.email)), "who signed keeps the place");
            let stored = serde_json::to_string(&now).unwrap();
            assert_eq!(serde_json::from_str::<Offered>(&stored).unwrap(), now);
        }
    });
}
