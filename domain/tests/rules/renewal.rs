//! Renewal on a newer text: what is taken over, and what needs a person first.

use crate::samples::{
    BERND, annas, boxes, countersignature, countersigned, day, offer, paper, signed, signed_by_customer, user,
};
use domain::contract::ContractState;
use domain::contract::lifecycle::{AfterSigning, InForce};
use domain::contract::renewal::{Agreed, Around, Obstacle, obstacle};
use domain::contract::request::Person;
use domain::customer::Representation;

fn in_force() -> InForce {
    signed_by_customer().countersign(countersignature(), day(2026, 11, 5), countersigned()).unwrap()
}

fn around() -> Around {
    Around { on_its_way: false, held: false, representation: Representation::Single, preapproved: false }
}

fn stands_in_the_way(state: &ContractState, around: Around) -> Option<&'static str> {
    obstacle(state, around, countersigned()).map(Obstacle::code)
}

#[test]
fn a_contract_in_force_with_nothing_open_is_offered_as_it_was_agreed() {
    let state = ContractState::InForce(in_force());
    assert_eq!(stands_in_the_way(&state, around()), None);
    let agreed = Agreed::of(&in_force()).unwrap();
    let (requested, weighing) = agreed.again(true, user(2), countersigned());
    assert_eq!(&requested.request, state.request().unwrap());
    assert_eq!((requested.by, weighing.by, weighing.at), (user(2), user(2), countersigned()));
    assert!(weighing.preapproved && weighing.is_whole());
}

#[test]
fn the_first_thing_that_a_person_must_see_to_is_named() {
    let state = ContractState::InForce(in_force());
    let open = Around { on_its_way: true, held: true, ..around() };
    assert_eq!(stands_in_the_way(&state, open), Some("on-its-way"));
    assert_eq!(stands_in_the_way(&state, Around { held: true, ..around() }), Some("hold"));

    let mut unweighed = in_force();
    unweighed.signed.as_mut().unwrap().offered.weighing.risk = " ".into();
    let state = ContractState::InForce(unweighed);
    assert_eq!(stands_in_the_way(&state, around()), Some("weighing"));
    assert_eq!(stands_in_the_way(&state, Around { preapproved: true, ..around() }), None);

    let mut alone = in_force();
    alone.signed.as_mut().unwrap().offered.frozen.request.signatories.truncate(1);
    let two = Around { representation: Representation::Joint, ..around() };
    assert_eq!(stands_in_the_way(&ContractState::InForce(alone), two), Some("signatories"));
}

#[test]
fn paper_and_what_is_over_or_about_to_be_is_left_to_a_person() {
    let from_paper = paper().confirm(user(2), countersigned()).unwrap();
    assert_eq!(Agreed::of(&from_paper), None);
    assert_eq!(stands_in_the_way(&ContractState::InForce(from_paper), around()), Some("paper"));
    let followed = in_force().hand_over(domain::ContractId(uuid::Uuid::from_u128(2)), day(2026, 12, 1));
    assert_eq!(stands_in_the_way(&ContractState::InForce(followed), around()), Some("over"));
    let offered = ContractState::Offered(offer(Representation::Single));
    assert_eq!(stands_in_the_way(&offered, around()), Some("over"));
}

#[test]
fn who_signed_in_somebodys_place_is_asked_again_and_not_the_one_who_passed_it_on() {
    let clara =
        Person { name: "Clara Neu".into(), email: "clara@mueller.example".into(), ..Person::default() };
    let passed = offer(Representation::Single)
        .delegate(user(BERND), "bernd@mueller.example", Some(clara.clone()), "", signed())
        .unwrap();
    let AfterSigning::Complete(signed) = passed.sign(annas(), &boxes(), signed()).unwrap() else {
        panic!("one signature is enough")
    };
    let in_force = signed.countersign(countersignature(), day(2026, 11, 5), countersigned()).unwrap();
    let names: Vec<_> =
        Agreed::of(&in_force).unwrap().request.signatories.into_iter().map(|p| p.email).collect();
    assert_eq!(names, ["anna@mueller.example", "clara@mueller.example"]);
}

#[test]
fn codes_are_read_back() {
    for why in Obstacle::ALL {
        assert_eq!(Obstacle::parse(why.code()), Some(why));
        assert_eq!(why.to_string(), why.code());
    }
    assert_eq!(Obstacle::parse("none"), None);
}
