//! The end of a contract: notice, its way back, the last day, another version in its place; and rows written before
//! there was any of this.

use crate::samples::{
    ANNA, MANAGER, berlin, countersignature, countersigned, day, paper, plan, signed, user,
};
use crate::samples::{done, signed_by_customer};
use chrono::{DateTime, Duration, Utc};
use domain::contract::lifecycle::{
    Closed, EndCause, Ended, Ending, NOTICE_LONGEST_DAYS, NoticeInput, Side, Way, earliest_last_day,
};
use domain::contract::{ContractState, InForce, Refusal, StateName};
use domain::{ContractId, Service};
use uuid::Uuid;

fn contract() -> InForce {
    signed_by_customer().countersign(countersignature(), day(2026, 11, 5), countersigned()).unwrap()
}

/// Monday, 23 November 2026.
fn now() -> DateTime<Utc> {
    berlin(2026, 11, 23, 14, 0)
}

fn ordinary(last_day: &str) -> NoticeInput {
    NoticeInput {
        kind: "ordinary".into(),
        last_day: last_day.into(),
        services_end: true,
        understood: true,
        ..NoticeInput::default()
    }
}

fn good_cause(last_day: &str) -> NoticeInput {
    NoticeInput { kind: "good_cause".into(), reason: "Wiederholte Verstöße.".into(), ..ordinary(last_day) }
}

fn give(side: Side, input: &NoticeInput) -> Result<Ending, Refusal> {
    contract().give_notice(side, user(ANNA), input, 30, now())
}

fn ending() -> Ending {
    give(Side::Customer, &ordinary("2026-12-31")).unwrap()
}

fn codes<T: std::fmt::Debug>(result: Result<T, Refusal>) -> Vec<(String, String)> {
    match result {
        Err(Refusal::Mistakes(m)) => m.0.into_iter().map(|m| (m.field, m.code)).collect(),
        other => panic!("mistakes expected, not {other:?}"),
    }
}

fn code(field: &str, code: &str) -> Vec<(String, String)> {
    vec![(field.into(), code.into())]
}

#[test]
fn an_ordinary_notice_keeps_the_period_and_does_not_count_its_own_day() {
    assert_eq!(earliest_last_day(30, now()), day(2026, 12, 23));
    let given = give(Side::Customer, &ordinary("2026-12-23")).unwrap();
    assert_eq!((given.notice.last_day, given.notice.at), (day(2026, 12, 23), now()));
    assert_eq!(codes(give(Side::Customer, &ordinary("2026-12-22"))), code("last_day", "notice-short"));
    assert_eq!(codes(give(Side::Customer, &ordinary("2026-11-22"))), code("last_day", "date-past"));
    let far = day(2026, 11, 23) + Duration::days(NOTICE_LONGEST_DAYS);
    assert!(give(Side::Customer, &ordinary(&far.to_string())).is_ok());
    let farther = (far + Duration::days(1)).to_string();
    assert_eq!(codes(give(Side::Customer, &ordinary(&farther))), code("last_day", "date-far"));
}

#[test]
fn good_cause_needs_a_reason_and_no_period() {
    for side in [Side::Customer, Side::Provider] {
        let given = give(side, &good_cause("2026-11-23")).unwrap();
        assert_eq!((given.notice.side, given.notice.good_cause), (side, true));
        let silent = NoticeInput { reason: " ".into(), ..good_cause("2026-11-23") };
        assert_eq!(codes(give(side, &silent)), code("reason", "required"));
    }
}

#[test]
fn the_provider_gives_ordinary_notice_only_together_with_the_services() {
    let alone = NoticeInput { services_end: false, ..ordinary("2026-12-31") };
    assert_eq!(codes(give(Side::Provider, &alone)), code("services_end", "box"));
    assert!(give(Side::Customer, &alone).is_ok(), "the customer is free");
    let cause = NoticeInput { services_end: false, ..good_cause("2026-11-23") };
    assert!(give(Side::Provider, &cause).is_ok(), "good cause ends the services anyway");
}

#[test]
fn everything_that_is_wrong_with_a_notice_is_said_at_once() {
    let wrong = NoticeInput { last_day: "bald".into(), ..NoticeInput::default() };
    let fields: Vec<_> = codes(give(Side::Provider, &wrong)).into_iter().map(|(f, _)| f).collect();
    assert_eq!(fields, ["kind", "last_day", "services_end", "understood"]);
}

#[test]
fn notice_is_of_no_use_where_the_contract_ends_earlier_or_is_over() {
    let with_end = paper().confirm(user(2), signed()).unwrap(); // until 31 December 2026
    let give =
        |until: &str, at| with_end.clone().give_notice(Side::Customer, user(ANNA), &ordinary(until), 30, at);
    assert_eq!(codes(give("2026-12-31", now())), code("last_day", "ends-anyway"));
    assert!(give("2026-12-30", now()).is_ok());
    let over = berlin(2027, 1, 1, 0, 0);
    assert_eq!(give("2027-03-01", over), Err(Refusal::WrongState(StateName::InForce)));
}

#[test]
fn only_the_side_that_gave_notice_takes_it_back_with_a_reason_until_the_last_instant() {
    assert_eq!(ending().withdraw_notice(Side::Provider, "Nein", now()), Err(Refusal::OtherSide));
    assert_eq!(codes(ending().withdraw_notice(Side::Customer, " ", now())), code("reason", "required"));
    let midnight = berlin(2027, 1, 1, 0, 0);
    let last_instant = midnight - Duration::microseconds(1);
    assert_eq!(ending().withdraw_notice(Side::Customer, "Doch", last_instant), Ok(contract()));
    let late = ending().withdraw_notice(Side::Customer, "Doch", midnight);
    assert_eq!(late, Err(Refusal::WrongState(StateName::Ending)));
}

#[test]
fn it_ends_after_the_last_day_and_keeps_notice_and_early_choice() {
    let midnight = berlin(2027, 1, 1, 0, 0);
    let early = ending().end(&plan(), midnight - Duration::microseconds(1));
    assert_eq!(early, Err(Refusal::WrongState(StateName::Ending)));
    let chosen = ending().choose(Way::Return, user(ANNA), now()).unwrap();
    assert_eq!(chosen.clone().choose(Way::Return, user(ANNA), now()), Err(Refusal::AlreadyChosen));
    let ended = chosen.end(&plan(), midnight).unwrap();
    assert_eq!(ended.last_day(), Some(day(2026, 12, 31)));
    assert_eq!(ended.cause, EndCause::Notice(ending().notice));
    let disposal = ended.disposal.unwrap();
    assert_eq!(disposal.choice.map(|c| (c.way, c.by)), Some((Way::Return, Some(user(ANNA)))));
}

#[test]
fn a_contract_that_runs_out_begins_its_disposal_too() {
    let ended = paper().confirm(user(2), signed()).unwrap();
    let ended = ended.end(Some(&plan()), berlin(2027, 1, 1, 0, 5)).unwrap();
    assert_eq!((&ended.cause, ended.last_day()), (&EndCause::Expiry, Some(day(2026, 12, 31))));
    let tasks: Vec<_> = ended.disposal.as_ref().unwrap().tasks.iter().map(|t| t.id.as_str()).collect();
    assert_eq!(tasks, ["hosting.web", "hosting.mail", "sub.dc", "hosting.backups"], "backups go last");
}

#[test]
fn a_new_version_leaves_only_the_dropped_services_to_be_disposed_of() {
    let by = ContractId(Uuid::from_u128(99));
    let (from, after) = (day(2026, 11, 24), berlin(2026, 11, 24, 0, 1));
    let both = [Service::Hosting, Service::Monitoring];
    let early = contract().hand_over(by, from).supersede(by, &both, &plan(), now());
    assert_eq!(early, Err(Refusal::WrongState(StateName::InForce)), "until its last day it rules");
    let same = contract().hand_over(by, from).supersede(by, &both, &plan(), after).unwrap();
    assert_eq!((&same.cause, &same.disposal), (&EndCause::Superseded { by }, &None));
    assert_eq!(same.last_day(), Some(day(2026, 11, 23)));
    assert_eq!(same.close(user(MANAGER), after), Err(Refusal::WrongState(StateName::Ended)));

    let wide = InForce { services: both.into(), ..contract() };
    let narrower = wide.hand_over(by, from).supersede(by, &[Service::Hosting], &plan(), after).unwrap();
    let disposal = narrower.disposal.unwrap();
    assert_eq!((disposal.services, disposal.ended_on), (vec![Service::Monitoring], day(2026, 11, 23)));
    let tasks: Vec<_> = disposal.tasks.iter().map(|t| (t.id.as_str(), t.services.as_slice())).collect();
    assert_eq!(
        tasks,
        [("monitoring.logs", &[Service::Monitoring][..]), ("sub.dc", &[Service::Monitoring][..])]
    );
}

#[test]
fn it_closes_when_everything_is_confirmed_and_not_before() {
    let midnight = berlin(2027, 1, 1, 0, 0);
    let chosen = ending().choose(Way::Delete, user(ANNA), now()).unwrap();
    let mut ended = chosen.end(&plan(), midnight).unwrap();
    let later = berlin(2027, 1, 12, 9, 0);
    for id in ["hosting.web", "hosting.mail", "sub.dc", "hosting.backups"] {
        assert_eq!(ended.clone().close(user(MANAGER), later), Err(Refusal::TasksOpen), "{id}");
        let confirm = |d: domain::contract::lifecycle::Disposal| {
            d.confirm(id, &done("2027-01-11"), user(MANAGER), later).unwrap()
        };
        ended = ended.dispose(confirm).unwrap();
    }
    let closed = ended.close(user(MANAGER), later).unwrap();
    assert_eq!((closed.by, closed.at, &closed.certificate), (user(MANAGER), later, &None));
    let state = ContractState::Closed(closed);
    assert_eq!((state.name(), state.last_day()), (StateName::Closed, Some(day(2026, 12, 31))));
    assert!(state.name().is_over() && !state.name().rules());
    assert!(state.disposal().is_some() && state.concluded().is_some());
}

#[test]
fn rows_from_before_are_still_read() {
    let was = serde_json::to_value(contract()).unwrap();
    let old = serde_json::json!({"state": "ended", "was": was, "at": "2026-11-23T13:00:00Z"});
    let ContractState::Ended(ended) = serde_json::from_value(old).unwrap() else { panic!("it ended") };
    assert_eq!((&ended.cause, &ended.disposal), (&EndCause::Expiry, &None));
    assert_eq!(ended.last_day(), None, "a contract without a last day");

    let exit = serde_json::json!({
        "state": "declined", "from": "requested", "services": ["hosting"], "reason": "Nein.",
        "by_provider": true, "by": null, "at": "2026-11-23T13:00:00Z"
    });
    let declined: ContractState = serde_json::from_value(exit).unwrap();
    assert_eq!(declined.name(), StateName::Declined);

    let begun = ended.begin_disposal(&plan(), now()).unwrap();
    assert_eq!(begun.disposal.as_ref().unwrap().choose_until, day(2026, 12, 23), "30 days from its end");
    assert_eq!(begun.begin_disposal(&plan(), now()), Err(Refusal::WrongState(StateName::Ended)));
}

#[test]
fn the_new_states_are_stored_and_read_back_unchanged() {
    let chosen = ending().choose(Way::Delete, user(ANNA), now()).unwrap();
    let ended = chosen.clone().end(&plan(), berlin(2027, 1, 1, 0, 0)).unwrap();
    let closed = Closed { ended: Ended { ..ended.clone() }, by: user(MANAGER), at: now(), certificate: None };
    for state in [ContractState::Ending(chosen), ContractState::Ended(ended), ContractState::Closed(closed)] {
        let stored = serde_json::to_string(&state).unwrap();
        assert_eq!(serde_json::from_str::<ContractState>(&stored).unwrap(), state);
        assert!(stored.starts_with(&format!("{{\"state\":\"{}\"", state.name().name())), "{stored}");
        assert_eq!(state.signatures().len(), 1);
    }
}
