//! The registers: which move is possible in which state, and the clocks.

use chrono::{DateTime, TimeZone, Utc};
use domain::register::audit_request::{AuditInput, AuditState, DayInput, EndInput, Party};
use domain::register::breach::{BreachInput, BreachState, Recipient, Report, hours_left, tell_until};
use domain::register::instruction::{
    AnswerInput, Done, InstructionInput, InstructionState, ReceiptInput, Under,
};
use domain::register::{Register, Stamp, number};
use domain::{ContractId, Mistakes, Service, UserId};
use uuid::Uuid;

fn at(hour: u32, minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, hour, minute, 0).unwrap()
}

fn stamp() -> Stamp {
    Stamp { by: UserId(Uuid::nil()), name: "Clara Muster".into(), at: at(9, 0) }
}

fn under() -> Under {
    Under {
        contract: ContractId(Uuid::nil()),
        number: "AV-2026-00001".into(),
        services: vec![Service::Hosting],
    }
}

fn input() -> InstructionInput {
    InstructionInput {
        title: "Postfach löschen".into(),
        text: "Bitte löschen.".into(),
        services: vec!["hosting".into()],
        wish: String::new(),
    }
}

fn oral() -> InstructionState {
    let receipt = ReceiptInput {
        channel: "oral".into(),
        giver: "Anna Muster".into(),
        received_on: "2026-11-23".into(),
    };
    InstructionState::record(&input(), &receipt, under(), UserId(Uuid::nil()), at(9, 0)).unwrap()
}

fn given() -> InstructionState {
    InstructionState::give(&input(), under(), "Anna Muster", at(9, 0)).unwrap()
}

fn answer(choice: &str) -> AnswerInput {
    AnswerInput {
        choice: choice.into(),
        note: "Doch.".into(),
        title: "Postfach sperren".into(),
        text: "Bitte sperren.".into(),
    }
}

/// Which moves are possible, by their first letters.
fn moves(state: &InstructionState) -> String {
    let s = || state.clone();
    let done = Done { what: "Weg".into(), on: "2026-11-23".into(), urgency: "Schaden".into() };
    let all = [
        ("confirm", s().confirm_oral(stamp()).is_ok()),
        ("acknowledge", s().acknowledge("", stamp()).is_ok()),
        ("carry out", s().carry_out(&done, stamp()).is_ok()),
        ("warn", s().warn("Grund", stamp()).is_ok()),
        ("answer", s().answer(&answer("confirm"), stamp()).is_ok()),
        ("refuse", s().refuse("Grund", stamp()).is_ok()),
        ("withdraw", s().withdraw(stamp()).is_ok()),
    ];
    all.into_iter().filter(|(_, may)| *may).map(|(name, _)| name).collect::<Vec<_>>().join(", ")
}

#[test]
fn an_instruction_moves_only_where_it_may() {
    let suspended = || given().warn("Grund", stamp()).unwrap();
    let done = Done { what: "Weg".into(), on: "2026-11-23".into(), urgency: String::new() };
    let table = [
        (oral(), "unconfirmed", "confirm, carry out, warn, withdraw"),
        (given(), "given", "acknowledge, carry out, warn, withdraw"),
        (given().acknowledge("", stamp()).unwrap(), "acknowledged", "carry out, warn, withdraw"),
        (suspended(), "suspended", "answer, withdraw"),
        (suspended().answer(&answer("confirm"), stamp()).unwrap(), "answered", "carry out, refuse, withdraw"),
        (
            suspended().answer(&answer("change"), stamp()).unwrap(),
            "answered",
            "carry out, warn, refuse, withdraw",
        ),
        (given().carry_out(&done, stamp()).unwrap(), "carried_out", ""),
        (given().withdraw(stamp()).unwrap(), "withdrawn", ""),
    ];
    for (state, name, may) in table {
        assert_eq!((state.state(), moves(&state).as_str()), (name, may));
        assert_eq!(state.is_open(), !may.is_empty());
        let text = serde_json::to_string(&state).unwrap();
        assert_eq!(serde_json::from_str::<InstructionState>(&text).unwrap(), state, "stored and read back");
    }
}

#[test]
fn what_was_said_needs_an_imminent_damage_to_be_done_unconfirmed() {
    let done = Done { what: "Weg".into(), on: "2026-11-23".into(), urgency: String::new() };
    assert!(oral().carry_out(&done, stamp()).is_err());
    let urgent = Done { urgency: "Der Zugang stand offen.".into(), ..done.clone() };
    assert!(oral().carry_out(&urgent, stamp()).is_ok());
    assert!(oral().confirm_oral(stamp()).unwrap().carry_out(&done, stamp()).is_ok());
}

#[test]
fn an_instruction_is_about_what_the_contract_covers() {
    let foreign = InstructionInput { services: vec!["monitoring".into()], ..input() };
    let mistakes = InstructionState::give(&foreign, under(), "Anna", at(9, 0)).unwrap_err();
    assert_eq!(mistakes.of("services").unwrap().code, "choose-one");
    let all = InstructionState::give(&InstructionInput::default(), under(), "Anna", at(9, 0)).unwrap_err();
    assert_eq!(all.0.len(), 3, "title, text, services: {all:?}");
}

fn breach(aware: &str) -> Result<BreachState, Mistakes> {
    let report = Report {
        title: "Zugriff".into(),
        nature: "Vertraulichkeit".into(),
        contact: "datenschutz@provider.example".into(),
        ..Report::default()
    };
    let input = BreachInput {
        aware_on: "2026-11-23".into(),
        aware_time: aware.into(),
        report,
        services: vec!["hosting".into()],
    };
    BreachState::record(&input, Vec::new(), Mistakes::default(), stamp())
}

#[test]
fn the_clock_of_a_breach_runs_from_awareness() {
    let state = breach("09:30").unwrap();
    assert_eq!(state.aware_at(), at(8, 30), "Berlin's time");
    let until = tell_until(state.aware_at(), 24);
    assert_eq!(hours_left(until, at(9, 0)), 23);
    assert_eq!(hours_left(until, until), 0);
    assert_eq!(hours_left(until, until + chrono::Duration::minutes(1)), -1, "a minute late is late");
    assert_eq!(breach("10:01").unwrap_err().of("aware_on").unwrap().code, "date-future");
    assert_eq!(breach("25:00").unwrap_err().of("aware_time").unwrap().code, "time");
}

#[test]
fn a_breach_is_told_to_somebody_and_closed_when_all_is_told() {
    let nobody = breach("09:30").unwrap().tell(Vec::new(), stamp());
    assert!(nobody.is_err());
    let person = Recipient {
        customer: domain::CustomerId(Uuid::nil()),
        email: "anna@k1.example".into(),
        name: "Anna Muster".into(),
    };
    let told = breach("09:30").unwrap().tell(vec![person], stamp()).unwrap();
    assert_eq!(told.report().unwrap().missing().len(), 7);
    assert!(told.clone().close("Lehre", stamp()).is_err(), "details are missing");
    assert!(told.clone().dismiss("Doch nicht", stamp()).is_err(), "told is told");
    assert!(breach("09:30").unwrap().dismiss("Eine Übung", stamp()).is_ok());
}

fn audit(kind: &str, occasion: &str, wished: &str) -> Result<AuditState, Mistakes> {
    let input = AuditInput {
        kind: kind.into(),
        occasion: occasion.into(),
        wished: wished.into(),
        auditor: "Ida Prüfer".into(),
        auditor_bound: true,
        points: "Zutritt\n\nLöschkonzept\n".into(),
        ..AuditInput::default()
    };
    input.check((ContractId(Uuid::nil()), "AV-2026-00001"), 14, stamp())
}

#[test]
fn only_a_regular_audit_keeps_the_notice_period_and_costs_something() {
    assert!(audit("on_site", "regular", "2026-12-07").is_ok());
    let late = audit("remote", "regular", "2026-12-06").unwrap_err();
    assert_eq!(late.of("short_notice").unwrap().code, "audit-notice");
    for (kind, occasion) in [("on_site", "suspicion"), ("remote", "breach"), ("documents", "regular")] {
        assert!(audit(kind, occasion, "2026-11-23").is_ok(), "{kind} {occasion}");
    }
    let day = DayInput { day: "2026-12-07".into(), costs: "450 €".into(), ..DayInput::default() };
    assert!(audit("on_site", "regular", "2026-12-07").unwrap().accept(&day, stamp()).is_ok());
    assert!(audit("on_site", "breach", "2026-12-07").unwrap().accept(&day, stamp()).is_err());
}

#[test]
fn an_audit_ends_when_every_finding_has_a_measure() {
    let day = DayInput { day: "2026-12-07".into(), reason: "Niemand da".into(), ..DayInput::default() };
    let end = EndInput { result: "Gut".into(), effort: "Keiner".into() };
    let asked = || audit("on_site", "regular", "2026-12-07").unwrap();
    assert_eq!(asked().request().points.len(), 2, "empty lines are no points");
    assert!(asked().close(&end, stamp()).is_err(), "not answered");
    let proposed = asked().propose(&day, stamp()).unwrap();
    assert!(proposed.clone().close(&end, stamp()).is_err());
    let agreed = proposed.take_proposal(stamp()).unwrap();
    let found = agreed.find(Party::Customer, "Tür offen", stamp()).unwrap();
    assert!(found.clone().close(&end, stamp()).is_err());
    assert!(found.clone().mend("2", "Zu", stamp()).is_err(), "there is one finding only");
    let closed = found.mend("1", "Zu", stamp()).unwrap().close(&end, stamp()).unwrap();
    assert!(!closed.is_open() && closed.withdraw(stamp()).is_err());
    let refused =
        asked().refuse_point("1", "Nein", stamp()).unwrap().refuse_point("2", "Nein", stamp()).unwrap();
    assert!(refused.close(&end, stamp()).is_ok(), "every point is answered");
}

#[test]
fn numbers_say_register_and_year() {
    assert_eq!(number(InstructionState::PREFIX, 2026, 17), "WE-2026-00017");
    assert_eq!(number(BreachState::PREFIX, 2026, 1), "VF-2026-00001");
    assert_eq!(number(AuditState::PREFIX, 2026, 1), "PR-2026-00001");
}
