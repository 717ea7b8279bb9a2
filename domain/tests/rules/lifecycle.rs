//! The life of a contract: one story for each move and each refusal, then random lives.

use crate::samples::{
    ANNA, BERND, MANAGER, annas, berlin, bernds, boxes, countersignature, countersigned, day, offer, offered,
    paper, plan, request_input, requested, sent, signature, signed, signed_by_customer, terms, user,
    weighing,
};
use crate::tape::{Tape, check};
use chrono::{DateTime, Duration, Utc};
use domain::Service;
use domain::calendar::end_of_day;
use domain::contract::lifecycle::{
    AfterSigning, Draft, InForce, NoticeInput, Offered, Side, SideExit, Weighing, contract_number,
    withdraw_draft,
};
use domain::contract::request::Person;
use domain::contract::{ContractState, Refusal, RequestInput, Signature, StateName};
use domain::customer::Representation::{self, Joint, Single};
use std::collections::BTreeSet;

/// The fields that a refusal names; fails on any other refusal.
fn mistaken<T: std::fmt::Debug>(result: Result<T, Refusal>) -> Vec<String> {
    match result {
        Err(Refusal::Mistakes(m)) => m.0.into_iter().map(|m| m.field).collect(),
        other => panic!("mistakes expected, not {other:?}"),
    }
}

fn pending(after: Result<AfterSigning, Refusal>) -> Offered {
    match after.unwrap() {
        AfterSigning::Pending(offer) => offer,
        AfterSigning::Complete(_) => panic!("one more signature is needed"),
    }
}

// Draft → requested

#[test]
fn a_draft_is_sent_and_remembers_by_whom_and_when() {
    let requested = requested(Single);
    assert_eq!((requested.by, requested.at), (user(ANNA), sent()));
    assert_eq!(ContractState::Requested(requested).services(), [Service::Hosting]);
}

#[test]
fn a_draft_with_gaps_stays_a_draft_and_names_them_all() {
    let input = RequestInput {
        special: String::new(),
        instructing: " ".into(),
        own_permission: false,
        ..request_input()
    };
    let refused = Draft { input }.submit(Single, user(ANNA), sent());
    assert_eq!(mistaken(refused), ["special", "instructing", "own_permission"]);
    let empty = Draft::default().submit(Joint, user(ANNA), sent());
    assert_eq!(mistaken(empty).len(), 12);
}

#[test]
fn a_draft_may_be_thrown_away_by_the_customer() {
    let closed = withdraw_draft(Draft { input: request_input() }, user(ANNA), sent());
    assert_eq!((closed.from, closed.by, closed.by_provider), (StateName::Draft, Some(user(ANNA)), false));
}

// Requested → offered, declined, withdrawn

#[test]
fn an_offer_freezes_the_request_the_text_and_the_annexes() {
    let offer = offer(Joint);
    assert_eq!(offer.frozen.request, requested(Joint).request);
    assert_eq!((offer.frozen.text_version.as_str(), offer.frozen.notice_days), ("2026-1", 30));
    assert_eq!((offer.by, offer.at, offer.signatures.len()), (user(MANAGER), offered(), 0));
}

#[test]
fn an_offer_needs_a_weighing_unless_the_customer_is_pre_approved() {
    let none = Weighing { cost: " ".into(), benefit: String::new(), risk: String::new(), ..weighing() };
    let refused = requested(Single).offer(none.clone(), terms(Single), offered());
    assert_eq!(mistaken(refused), ["cost", "benefit", "risk"]);
    let preapproved = Weighing { preapproved: true, ..none };
    assert!(requested(Single).offer(preapproved, terms(Single), offered()).is_ok());
}

#[test]
fn an_offer_lasts_from_today_to_half_a_year() {
    let until = |days: i64| {
        let mut terms = terms(Single);
        terms.valid_until = day(2026, 11, 3) + Duration::days(days);
        requested(Single).offer(weighing(), terms, offered())
    };
    assert_eq!(mistaken(until(-1)), ["valid_until"]);
    assert!(until(0).is_ok(), "the day of the offer itself");
    assert!(until(180).is_ok());
    assert_eq!(mistaken(until(181)), ["valid_until"]);
}

#[test]
fn an_offer_gives_at_least_fourteen_days_of_notice() {
    let notice = |days| {
        let mut terms = terms(Single);
        terms.notice_days = days;
        requested(Single).offer(weighing(), terms, offered())
    };
    assert_eq!(mistaken(notice(13)), ["notice_days"]);
    assert!(notice(14).is_ok());
}

#[test]
fn the_provider_declines_a_request_only_with_a_reason() {
    assert_eq!(mistaken(requested(Single).decline(" \n ", user(MANAGER), offered())), ["reason"]);
    let closed = requested(Single).decline("Too risky.", user(MANAGER), offered()).unwrap();
    assert_eq!(
        (closed.from, closed.by_provider, closed.reason.as_str()),
        (StateName::Requested, true, "Too risky.")
    );
}

#[test]
fn the_customer_takes_a_request_back_without_a_reason() {
    let closed = requested(Single).withdraw(user(ANNA), offered()).unwrap();
    assert_eq!((closed.from, closed.by_provider, closed.reason.as_str()), (StateName::Requested, false, ""));
}

// Offered → signed, declined, lapsed

#[test]
fn one_signature_is_enough_where_one_person_binds_the_company() {
    let signed_by_customer = signed_by_customer();
    assert_eq!(signed_by_customer.at, signed());
    assert_eq!(ContractState::SignedByCustomer(signed_by_customer).signatures(), [annas()]);
}

#[test]
fn two_people_sign_one_after_the_other_where_they_bind_it_together() {
    let half = pending(offer(Joint).sign(annas(), &boxes(), signed()));
    let later = signed() + Duration::days(2);
    let AfterSigning::Complete(full) = half.sign(bernds(), &boxes(), later).unwrap() else {
        panic!("both signed")
    };
    assert_eq!((full.at, full.offered.signatures), (later, vec![annas(), bernds()]));
}

#[test]
fn the_same_person_cannot_sign_for_two() {
    let half = pending(offer(Joint).sign(annas(), &boxes(), signed()));
    assert_eq!(half.clone().sign(annas(), &boxes(), signed()), Err(Refusal::AlreadySigned));
    let under_bernds_address = signature(ANNA, "bernd@mueller.example");
    assert_eq!(half.sign(under_bernds_address, &boxes(), signed()), Err(Refusal::AlreadySigned));
}

#[test]
fn somebody_who_is_not_named_cannot_sign() {
    let stranger = signature(99, "stranger@mueller.example");
    assert_eq!(offer(Single).sign(stranger, &boxes(), signed()), Err(Refusal::NotASignatory));
}

#[test]
fn a_signature_over_another_text_does_not_count() {
    let other = Signature { document_sha256: "b2".repeat(32), ..annas() };
    assert_eq!(offer(Single).sign(other, &boxes(), signed()), Err(Refusal::OtherText));
}

#[test]
fn a_signature_needs_every_box_with_its_wording() {
    let missing = Signature { boxes: annas().boxes[..1].to_vec(), ..annas() };
    assert_eq!(mistaken(offer(Single).sign(missing, &boxes(), signed())), ["box_authority", "box_business"]);
    let mut wordless = annas();
    wordless.boxes[0].wording.clear();
    assert_eq!(mistaken(offer(Single).sign(wordless, &boxes(), signed())), ["box_read"]);
}

#[test]
fn an_offer_stands_until_the_last_instant_of_its_last_day_in_berlin() {
    let midnight = berlin(2026, 12, 1, 0, 0);
    let last_instant = midnight - Duration::microseconds(1);
    assert!(offer(Single).sign(annas(), &boxes(), last_instant).is_ok());
    assert_eq!(offer(Single).sign(annas(), &boxes(), midnight), Err(Refusal::OfferLapsed));
    assert_eq!(offer(Single).lapse(last_instant), Err(Refusal::WrongState(StateName::Offered)));
    let closed = offer(Single).lapse(midnight).unwrap();
    assert_eq!((closed.from, closed.by, closed.reason.as_str()), (StateName::Offered, None, ""));
}

#[test]
fn the_second_signature_comes_too_late_after_the_last_day() {
    let half = pending(offer(Joint).sign(annas(), &boxes(), signed()));
    assert_eq!(half.sign(bernds(), &boxes(), berlin(2026, 12, 1, 0, 0)), Err(Refusal::OfferLapsed));
}

#[test]
fn either_side_declines_an_offer_with_a_reason() {
    for (by_provider, who) in [(true, MANAGER), (false, ANNA)] {
        assert_eq!(mistaken(offer(Single).decline("", by_provider, user(who), signed())), ["reason"]);
        let closed = offer(Single).decline("No, thank you.", by_provider, user(who), signed()).unwrap();
        assert_eq!(
            (closed.from, closed.by_provider, closed.by),
            (StateName::Offered, by_provider, Some(user(who)))
        );
    }
}

// Signed by the customer → in force, declined

#[test]
fn the_countersignature_puts_the_contract_in_force() {
    let contract =
        signed_by_customer().countersign(countersignature(), day(2026, 11, 5), countersigned()).unwrap();
    assert_eq!((contract.effective_from, contract.effective_until), (day(2026, 11, 5), None));
    assert_eq!(
        (contract.services.as_slice(), contract.text_version.as_str()),
        (&[Service::Hosting][..], "2026-1")
    );
    let state = ContractState::InForce(contract);
    assert_eq!((state.name(), state.signatures().len()), (StateName::InForce, 1));
    assert_eq!(state.frozen().unwrap().document_sha256, "a1".repeat(32));
}

#[test]
fn a_contract_never_begins_before_the_day_of_the_countersignature() {
    let today = domain::calendar::berlin_date(countersigned());
    let begin = |d| signed_by_customer().countersign(countersignature(), d, countersigned());
    assert_eq!(mistaken(begin(today - Duration::days(1))), ["effective_from"]);
    assert!(begin(today).is_ok(), "the day itself");
    assert!(begin(day(2027, 1, 1)).is_ok(), "a later day");
    assert!(begin(today + Duration::days(366)).is_ok(), "a year ahead");
    assert_eq!(mistaken(begin(today + Duration::days(367))), ["effective_from"], "a year typed wrongly");
}

#[test]
fn the_provider_may_still_refuse_to_countersign_with_a_reason() {
    assert_eq!(mistaken(signed_by_customer().decline("", user(MANAGER), countersigned())), ["reason"]);
    let closed = signed_by_customer().decline("A doubt came up.", user(MANAGER), countersigned()).unwrap();
    assert_eq!((closed.from, closed.by_provider), (StateName::SignedByCustomer, true));
}

// Paper

#[test]
fn a_paper_counts_after_a_second_person_has_confirmed_it() {
    assert_eq!(paper().confirm(user(MANAGER), signed()), Err(Refusal::SamePerson));
    let contract = paper().confirm(user(2), signed()).unwrap();
    assert_eq!((contract.confirmed_by, contract.at), (Some(user(2)), signed()));
    assert_eq!(
        (contract.effective_from, contract.effective_until),
        (day(2024, 3, 1), Some(day(2026, 12, 31)))
    );
    assert_eq!((contract.paper, contract.signed, contract.countersignature), (Some(paper()), None, None));
}

#[test]
fn a_paper_from_the_command_line_is_confirmed_by_anybody() {
    let mut imported = paper();
    imported.entered_by = None;
    assert!(imported.confirm(user(MANAGER), signed()).is_ok());
}

// The end

#[test]
fn a_contract_ends_after_its_last_day_in_berlin_and_not_before() {
    let contract = paper().confirm(user(2), signed()).unwrap();
    let midnight = berlin(2027, 1, 1, 0, 0);
    let early = contract.clone().end(None, midnight - Duration::microseconds(1));
    assert_eq!(early, Err(Refusal::WrongState(StateName::InForce)));
    let ended = contract.end(None, midnight).unwrap();
    assert_eq!((ended.at, ended.was.services.as_slice()), (midnight, &[Service::Hosting][..]));
}

#[test]
fn an_open_ended_contract_does_not_end_by_itself() {
    let contract =
        signed_by_customer().countersign(countersignature(), day(2026, 11, 5), countersigned()).unwrap();
    assert_eq!(contract.end(None, berlin(2099, 1, 1, 0, 0)), Err(Refusal::WrongState(StateName::InForce)));
}

#[test]
fn contract_numbers_have_five_digits_or_more() {
    assert_eq!(contract_number(2026, 17), "AV-2026-00017");
    assert_eq!(contract_number(2026, 123_456), "AV-2026-123456");
}

#[test]
fn every_refusal_has_its_own_code() {
    let refusals = [
        Refusal::WrongState(StateName::Draft),
        Refusal::Mistakes(domain::Mistakes::default()),
        Refusal::OfferLapsed,
        Refusal::AlreadySigned,
        Refusal::NotASignatory,
        Refusal::PassedOn,
        Refusal::OtherText,
        Refusal::SamePerson,
        Refusal::OtherSide,
        Refusal::ChoiceOver,
        Refusal::AlreadyChosen,
        Refusal::WorkBegan,
        Refusal::TooEarly,
        Refusal::AlreadyDone,
        Refusal::TasksOpen,
    ];
    let codes: BTreeSet<_> = refusals.iter().map(Refusal::code).collect();
    assert_eq!(codes.len(), refusals.len());
}

// Random lives

/// Everything that anybody may try at a contract, in any state and with any mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    Submit,
    Offer,
    Sign,
    Delegate,
    Countersign,
    Confirm,
    Decline,
    Withdraw,
    Lapse,
    Notice,
    TakeBack,
    End,
    Close,
}

const MOVES: [Move; 16] = [
    Move::Sign,
    Move::Sign,
    Move::Sign,
    Move::Delegate,
    Move::Submit,
    Move::Offer,
    Move::Countersign,
    Move::Countersign,
    Move::Confirm,
    Move::Decline,
    Move::Withdraw,
    Move::Lapse,
    Move::Notice,
    Move::TakeBack,
    Move::End,
    Move::Close,
];

fn try_move(
    state: ContractState,
    what: Move,
    now: DateTime<Utc>,
    tape: &mut Tape,
) -> Result<ContractState, Refusal> {
    use ContractState as S;
    let rule = tape.pick(&[Joint, Single]);
    let who = user(tape.pick(&[MANAGER, 2, ANNA]));
    let reason = tape.pick(&["No.", " "]);
    match (what, state) {
        (Move::Submit, S::Draft(s)) => s.submit(rule, who, now).map(S::Requested),
        (Move::Offer, S::Requested(s)) => s.offer(weighing(), any_terms(rule, tape), now).map(S::Offered),
        (Move::Sign, S::Offered(s)) => {
            s.sign(any_signature(tape, now), &boxes(), now).map(AfterSigning::into_state)
        }
        (Move::Delegate, S::Offered(s)) => {
            let dora = Person { email: "dora@mueller.example".into(), ..request_input().privacy_contact };
            let to = tape.once_in(2).then_some(dora);
            s.delegate(who, "bernd@mueller.example", to, reason, now).map(S::Offered)
        }
        (Move::Countersign, S::SignedByCustomer(s)) => {
            let from = day(2026, 11, 3) + Duration::days(tape.count(90));
            s.countersign(countersignature(), from, now).map(S::InForce)
        }
        (Move::Confirm, S::PaperUnconfirmed(s)) => s.confirm(who, now).map(S::InForce),
        (Move::Decline, S::Requested(s)) => s.decline(reason, who, now).map(S::Declined),
        (Move::Decline, S::Offered(s)) => s.decline(reason, tape.once_in(2), who, now).map(S::Declined),
        (Move::Decline, S::SignedByCustomer(s)) => s.decline(reason, who, now).map(S::Declined),
        (Move::Withdraw, S::Draft(s)) => Ok(S::Withdrawn(withdraw_draft(s, who, now))),
        (Move::Withdraw, S::Requested(s)) => s.withdraw(who, now).map(S::Withdrawn),
        (Move::Lapse, S::Offered(s)) => s.lapse(now).map(S::Lapsed),
        (Move::Notice, S::InForce(s)) => {
            s.give_notice(any_side(tape), who, &any_notice(reason, now, tape), 30, now).map(S::Ending)
        }
        (Move::TakeBack, S::Ending(s)) => s.withdraw_notice(any_side(tape), reason, now).map(S::InForce),
        (Move::End, S::InForce(s)) => s.end(Some(&plan()), now).map(S::Ended),
        (Move::End, S::Ending(s)) => s.end(&plan(), now).map(S::Ended),
        (Move::Close, S::Ended(s)) => s.close(who, now).map(S::Closed),
        (_, other) => Err(Refusal::WrongState(other.name())),
    }
}

fn any_side(tape: &mut Tape) -> Side {
    tape.pick(&[Side::Customer, Side::Provider])
}

fn any_notice(reason: &str, now: DateTime<Utc>, tape: &mut Tape) -> NoticeInput {
    let last_day = domain::calendar::berlin_date(now) + Duration::days(tape.pick(&[30, 0, 29]));
    NoticeInput {
        kind: tape.pick(&["ordinary", "good_cause", "none"]).into(),
        reason: reason.into(),
        last_day: last_day.to_string(),
        services_end: !tape.once_in(4),
        understood: !tape.once_in(4),
    }
}

fn any_terms(rule: Representation, tape: &mut Tape) -> domain::contract::lifecycle::OfferTerms {
    let mut terms = terms(rule);
    terms.notice_days = tape.pick(&[30, 30, 30, 13]);
    terms
}

fn any_signature(tape: &mut Tape, now: DateTime<Utc>) -> Signature {
    let (who, address) = tape.pick(&[
        (ANNA, "anna@mueller.example"),
        (BERND, "bernd@mueller.example"),
        (13, "dora@mueller.example"),
        (ANNA, "bernd@mueller.example"),
        (99, "stranger@mueller.example"),
    ]);
    let mut signature = Signature { at: now, ..signature(who, address) };
    if tape.once_in(4) {
        signature.boxes.pop();
    }
    if tape.once_in(4) {
        signature.document_sha256 = "b2".repeat(32);
    }
    signature
}

/// A beginning near the goal or at the start.
fn any_beginning(tape: &mut Tape) -> ContractState {
    match tape.number(5) {
        0 => ContractState::Draft(Draft { input: request_input() }),
        1 => ContractState::Draft(Draft::default()),
        2 => ContractState::PaperUnconfirmed(paper()),
        _ => ContractState::Offered(offer(tape.pick(&[Joint, Single]))),
    }
}

fn live(tape: &mut Tape, mut see: impl FnMut(&ContractState)) {
    let (mut state, mut now) = (any_beginning(tape), offered());
    see(&state);
    for _ in 0..12 {
        now += Duration::hours(tape.count(64));
        if tape.once_in(24) {
            now += Duration::days(60);
        }
        let what = tape.pick(&MOVES);
        if let Ok(next) = try_move(state.clone(), what, now, tape) {
            see(&next);
            state = next;
        }
    }
}

fn assert_properly_concluded(contract: &InForce) {
    let Some(signed) = &contract.signed else {
        let paper = contract.paper.as_ref().expect("signed here or on paper");
        assert!(contract.confirmed_by.is_some() && contract.confirmed_by != paper.entered_by);
        return;
    };
    let frozen = &signed.offered.frozen;
    let people: BTreeSet<_> = signed.offered.signatures.iter().map(|s| s.user).collect();
    assert_eq!(people.len(), signed.offered.signatures.len(), "each signature by another person");
    assert_eq!(people.len(), frozen.representation.signatures(), "as many as the rule asks for");
    for s in &signed.offered.signatures {
        assert!(boxes().iter().all(|id| s.boxes.iter().any(|b| b.id == *id)), "all boxes");
        assert_eq!(s.document_sha256, frozen.document_sha256, "over the text on offer");
        let signers = signed.offered.signers();
        assert!(
            signers.iter().any(|p| p.person.email == s.email),
            "named in the request, or in place of one who is"
        );
        assert!(s.at < end_of_day(signed.offered.valid_until), "in time");
    }
    assert!(contract.countersignature.is_some(), "countersigned");
}

#[test]
fn no_life_reaches_in_force_without_all_that_it_takes() {
    let concluded = std::cell::Cell::new(0);
    check(400, 24, |tape| {
        live(tape, |state| {
            if let ContractState::InForce(contract) = state {
                assert_properly_concluded(contract);
                concluded.set(concluded.get() + 1);
            }
        });
    });
    assert!(concluded.get() > 15, "the random lives are not all in vain: {}", concluded.get());
}

#[test]
fn every_state_of_a_life_is_stored_and_read_back_unchanged() {
    check(60, 24, |tape| live(tape, assert_round_trip));
    for over in
        [ContractState::Declined as fn(SideExit) -> _, ContractState::Withdrawn, ContractState::Lapsed]
    {
        assert_round_trip(&over(requested(Single).withdraw(user(ANNA), offered()).unwrap()));
    }
    let ended = paper().confirm(user(2), signed()).unwrap().end(None, berlin(2027, 1, 1, 0, 0)).unwrap();
    assert_round_trip(&ContractState::Ended(ended));
}

fn assert_round_trip(state: &ContractState) {
    let stored = serde_json::to_string(state).unwrap();
    assert_eq!(serde_json::from_str::<ContractState>(&stored).unwrap(), *state);
    assert!(stored.starts_with(&format!("{{\"state\":\"{}\"", state.name().name())), "{stored}");
}

#[test]
fn an_end_is_an_end() {
    let closed = requested(Single).withdraw(user(ANNA), offered()).unwrap();
    for over in
        [ContractState::Declined as fn(SideExit) -> _, ContractState::Withdrawn, ContractState::Lapsed]
    {
        check(20, 4, |tape| {
            for what in MOVES {
                let state = over(closed.clone());
                let refused = Refusal::WrongState(state.name());
                assert_eq!(try_move(state, what, signed(), tape), Err(refused), "{what:?}");
            }
        });
    }
}
