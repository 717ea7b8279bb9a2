//! After the end: the clock of the choice over holidays and weekends, reminders, the default, and the work with its
//! confirmations.

use crate::samples::{ANNA, MANAGER, berlin, day, done, paper, plan, signed, user};
use crate::tape::{Tape, check};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::calendar::{berlin_date, end_of_day, is_working_day, start_of_day};
use domain::contract::Refusal;
use domain::contract::lifecycle::{Disposal, DoneInput, Duty, RetainedInput, TaskKind, Way};

/// A contract of the hosting service that ended on 31 December 2026, noticed just after midnight.
fn begun() -> Disposal {
    let contract = paper().confirm(user(2), signed()).unwrap();
    contract.end(Some(&plan()), berlin(2027, 1, 1, 0, 1)).unwrap().disposal.unwrap()
}

/// Noon of a day.
fn noon(day: NaiveDate) -> DateTime<Utc> {
    start_of_day(day) + Duration::hours(12)
}

fn on(month: u32, d: u32) -> DateTime<Utc> {
    noon(day(2027, month, d))
}

fn chosen(way: Way) -> Disposal {
    begun().choose(way, user(ANNA), on(1, 4)).unwrap()
}

fn confirm(d: Disposal, task: &str, on_day: &str, now: DateTime<Utc>) -> Result<Disposal, Refusal> {
    d.confirm(task, &done(on_day), user(MANAGER), now).expect("this task")
}

fn fields<T: std::fmt::Debug>(result: Result<T, Refusal>) -> Vec<String> {
    match result {
        Err(Refusal::Mistakes(m)) => m.0.into_iter().map(|m| format!("{} {}", m.field, m.code)).collect(),
        other => panic!("mistakes expected, not {other:?}"),
    }
}

// The choice

#[test]
fn the_choice_lasts_thirty_days_and_over_the_weekend() {
    let d = begun();
    assert_eq!(d.choose_until, day(2027, 2, 1), "30 January 2027 is a Saturday");
    let last_instant = end_of_day(d.choose_until) - Duration::microseconds(1);
    assert!(d.may_choose(last_instant) && d.clone().choose(Way::Return, user(ANNA), last_instant).is_ok());
    let midnight = end_of_day(d.choose_until);
    assert!(!d.may_choose(midnight));
    assert_eq!(d.choose(Way::Return, user(ANNA), midnight), Err(Refusal::ChoiceOver));
}

#[test]
fn an_end_that_is_noticed_late_takes_no_time_from_the_customer() {
    let contract = paper().confirm(user(2), signed()).unwrap();
    let d = contract.end(Some(&plan()), on(1, 11)).unwrap().disposal.unwrap();
    assert_eq!((d.ended_on, d.choose_until), (day(2026, 12, 31), day(2027, 2, 9)));
}

#[test]
fn a_choice_can_be_changed_until_the_work_has_begun() {
    let d = chosen(Way::Delete);
    assert_eq!(d.clone().choose(Way::Delete, user(ANNA), on(1, 5)), Err(Refusal::AlreadyChosen));
    let d = d.choose(Way::Return, user(ANNA), on(1, 5)).unwrap();
    let d = d.choose(Way::Delete, user(ANNA), on(1, 6)).unwrap();
    let d = confirm(d, "hosting.web", "2027-01-07", on(1, 7)).unwrap();
    assert_eq!(d.choose(Way::Return, user(ANNA), on(1, 7)), Err(Refusal::WorkBegan));
    let back = chosen(Way::Return).hand_back("Als ZIP über SFTP", user(MANAGER), on(1, 5)).unwrap();
    assert_eq!(back.choose(Way::Delete, user(ANNA), on(1, 6)), Err(Refusal::WorkBegan));
}

// Reminders and the default

#[test]
fn two_reminders_the_last_one_at_least_seven_days_before() {
    let d = begun();
    assert_eq!(d.next_clock_day(), Some(day(2027, 1, 16)));
    assert_eq!(d.clone().remind(on(1, 15)), Err(Refusal::TooEarly));
    let d = d.remind(on(1, 16)).unwrap();
    assert_eq!((d.next_clock_day(), d.reminder_due(on(1, 23))), (Some(day(2027, 1, 24)), false));
    let d = d.remind(on(1, 24)).unwrap();
    assert_eq!((d.choose_until, d.next_clock_day()), (day(2027, 2, 1), Some(day(2027, 2, 2))));
    assert_eq!(d.clone().remind(on(1, 30)), Err(Refusal::TooEarly), "there are two");
    assert_eq!(d.clone().apply_default(on(2, 1)), Err(Refusal::TooEarly));
    let d = d.apply_default(start_of_day(day(2027, 2, 2))).unwrap();
    assert_eq!(d.choice.as_ref().map(|c| (c.way, c.by)), Some((Way::Delete, None)));
    assert_eq!(d.delete_until(), Some(day(2027, 2, 15)), "14 days from the end of the period");
    assert_eq!(d.apply_default(on(2, 3)), Err(Refusal::TooEarly), "once");
}

#[test]
fn a_portal_that_slept_reminds_first_and_gives_the_promised_days() {
    let d = begun().remind(on(2, 20)).unwrap();
    assert!(!d.reminder_due(on(2, 20)), "not twice on one day");
    assert_eq!(d.clone().apply_default(on(2, 20)), Err(Refusal::TooEarly));
    let d = d.remind(on(2, 21)).unwrap();
    assert_eq!(d.choose_until, day(2027, 3, 1), "28 February is a Sunday");
    assert!(d.may_choose(on(2, 28)));
    assert!(d.apply_default(on(3, 2)).is_ok());
}

#[test]
fn who_has_chosen_is_not_reminded() {
    let d = chosen(Way::Return);
    assert_eq!((d.next_clock_day(), d.reminder_due(on(1, 25))), (None, false));
    assert_eq!(d.apply_default(on(3, 1)), Err(Refusal::TooEarly));
}

// The work

#[test]
fn nothing_is_deleted_before_a_choice_or_within_the_time_to_check() {
    assert_eq!(confirm(begun(), "hosting.web", "2027-01-04", on(1, 4)), Err(Refusal::TooEarly));
    let d = chosen(Way::Return);
    assert_eq!(d.duty(on(1, 4)), Duty::HandBack(day(2027, 1, 18)));
    assert_eq!(confirm(d.clone(), "hosting.web", "2027-01-05", on(1, 5)), Err(Refusal::TooEarly));
    assert_eq!(fields(d.clone().hand_back(" ", user(MANAGER), on(1, 5))), ["how required"]);
    let d = d.hand_back("Als ZIP über SFTP", user(MANAGER), on(1, 5)).unwrap();
    assert_eq!(d.duty(on(1, 5)), Duty::Check(day(2027, 1, 19)));
    assert_eq!(d.clone().hand_back("Noch einmal", user(MANAGER), on(1, 6)), Err(Refusal::AlreadyDone));
    assert_eq!(confirm(d.clone(), "hosting.web", "2027-01-19", on(1, 19)), Err(Refusal::TooEarly));
    assert_eq!(d.delete_until(), Some(day(2027, 2, 2)));
    assert!(confirm(d, "hosting.web", "2027-01-20", on(1, 20)).is_ok());
    let none = chosen(Way::Delete).hand_back("Als ZIP", user(MANAGER), on(1, 5));
    assert_eq!(none, Err(Refusal::TooEarly), "return was not chosen");
}

#[test]
fn a_confirmation_says_when_and_how() {
    let d = chosen(Way::Delete);
    let wrong = DoneInput { on: "2027-01-08".into(), ..DoneInput::default() };
    let refused = d.clone().confirm("hosting.web", &wrong, user(MANAGER), on(1, 7)).unwrap();
    assert_eq!(fields(refused), ["on date-future", "method required"]);
    assert_eq!(fields(confirm(d.clone(), "hosting.web", "2027-01-03", on(1, 7))), ["on date-early"]);
    assert!(d.clone().confirm("nothing", &done("2027-01-07"), user(MANAGER), on(1, 7)).is_none());
    let d = confirm(d, "hosting.web", "2027-01-07", on(1, 7)).unwrap();
    assert_eq!(confirm(d, "hosting.web", "2027-01-07", on(1, 7)), Err(Refusal::AlreadyDone));
}

#[test]
fn backups_go_after_the_data_within_twenty_one_days() {
    let d = chosen(Way::Delete);
    assert_eq!((d.delete_until(), d.overwrite_until()), (Some(day(2027, 1, 18)), Some(day(2027, 2, 8))));
    assert_eq!(confirm(d.clone(), "hosting.backups", "2027-01-07", on(1, 7)), Err(Refusal::TooEarly));
    let d = confirm(d, "hosting.web", "2027-01-05", on(1, 7)).unwrap();
    let d = confirm(d, "hosting.mail", "2027-01-07", on(1, 7)).unwrap();
    assert_eq!(d.duty(on(1, 7)), Duty::Delete(day(2027, 1, 18)), "the sub-processor is missing");
    let d = confirm(d, "sub.dc", "2027-01-08", on(1, 8)).unwrap();
    assert_eq!(d.duty(on(1, 8)), Duty::Overwrite(day(2027, 1, 28)), "21 days after the last deletion");
    assert_eq!(fields(confirm(d.clone(), "hosting.backups", "2027-01-06", on(1, 9))), ["on date-early"]);
    let d = confirm(d, "hosting.backups", "2027-01-25", on(1, 25)).unwrap();
    assert!(d.complete(on(1, 25)));
    assert_eq!(d.duty(on(1, 25)), Duty::Close(day(2027, 1, 28)));
}

#[test]
fn what_the_law_keeps_is_named_with_law_and_duration() {
    let input = |what: &str, law: &str, until: &str| RetainedInput {
        what: what.into(),
        law: law.into(),
        until: until.into(),
    };
    let wrong = begun().retain(&input("", " ", "2027-01-04"), user(MANAGER), on(1, 4));
    assert_eq!(fields(wrong), ["what required", "law required", "until date-past"]);
    let d = begun().retain(&input("Rechnungen", "§ 147 AO", "2034-12-31"), user(MANAGER), on(1, 4)).unwrap();
    assert_eq!((d.retained.len(), d.retained[0].until), (1, day(2034, 12, 31)));
    let d = d.unretain("Rechnungen", "§ 147 AO").unwrap();
    assert_eq!(d.unretain("Rechnungen", "§ 147 AO"), Err(Refusal::AlreadyDone));
}

// Whatever happens and whenever

/// Tries something on a day, in any order and with any mistake.
fn step(d: Disposal, tape: &mut Tape, now: DateTime<Utc>) -> Disposal {
    let before = d.clone();
    let who = user(tape.pick(&[ANNA, MANAGER]));
    let today = (berlin_date(now) - Duration::days(tape.count(3))).to_string();
    let task = tape.pick(&["hosting.web", "hosting.mail", "sub.dc", "hosting.backups"]);
    let after = match tape.number(8) {
        0 | 1 => d.remind(now),
        2 | 3 => d.apply_default(now),
        4 => d.choose(tape.pick(&Way::ALL), who, now),
        5 => d.hand_back("SFTP", who, now),
        _ => confirm(d, task, &today, now),
    };
    after.unwrap_or(before)
}

fn assert_promises_kept(d: &Disposal, now: DateTime<Utc>) {
    if let Some(c) = d.choice.as_ref().filter(|c| c.by.is_none()) {
        assert_eq!((c.way, d.reminders.len()), (Way::Delete, 2), "no default without both reminders");
        let last = berlin_date(d.reminders[1]);
        assert!(d.choose_until - last >= Duration::days(7), "{last} leaves a week until {}", d.choose_until);
        assert!(c.at >= end_of_day(d.choose_until), "nobody's time is cut");
    }
    assert!(is_working_day(d.choose_until));
    assert!(d.choose_until - d.ended_on >= Duration::days(30), "at least the thirty days");
    assert!(d.delete_until().is_none_or(is_working_day));
    let data_on = |kind| d.tasks.iter().filter(move |t| t.kind == kind).filter_map(|t| t.done.as_ref());
    for done in d.tasks.iter().filter_map(|t| t.done.as_ref()) {
        assert!(done.on > d.ended_on && done.on <= berlin_date(done.at), "after the end, not ahead of time");
        assert!(d.choice.is_some(), "never without a choice");
        assert!(d.returned.as_ref().is_none_or(|r| done.on > r.check_until), "after the time to check");
    }
    for backup in data_on(TaskKind::Backup) {
        assert!(data_on(TaskKind::Data).count() == 2 && data_on(TaskKind::Data).all(|x| x.on <= backup.on));
    }
    assert_eq!(d.complete(now), matches!(d.duty(now), Duty::Close(_)));
}

#[test]
fn no_order_of_steps_breaks_a_promise_of_the_contract() {
    let (complete, silent) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    check(400, 40, |tape| {
        let contract = paper().confirm(user(2), signed()).unwrap();
        let mut now = berlin(2027, 1, 1, 0, 1) + Duration::days(tape.count(20));
        let mut d = contract.end(Some(&plan()), now).unwrap().disposal.unwrap();
        for _ in 0..40 {
            now += Duration::hours(tape.count(90));
            d = step(d, tape, now);
            assert_promises_kept(&d, now);
        }
        complete.set(complete.get() + i32::from(d.complete(now)));
        silent.set(silent.get() + i32::from(d.choice.as_ref().is_some_and(|c| c.by.is_none())));
    });
    assert!(complete.get() > 10 && silent.get() > 10, "{} complete, {} silent", complete.get(), silent.get());
}

#[test]
fn the_clocks_are_right_from_every_last_day_of_four_years() {
    for last_day in day(2026, 1, 1).iter_days().take(4 * 365 + 1) {
        let mut paper = paper();
        paper.effective_until = Some(last_day);
        let contract = paper.confirm(user(2), signed()).unwrap();
        let d = contract.end(Some(&plan()), end_of_day(last_day)).unwrap().disposal.unwrap();
        let plain = last_day + Duration::days(30);
        assert!(d.choose_until >= plain && d.choose_until - plain <= Duration::days(5), "{last_day}");
        assert!(plain.iter_days().take_while(|x| *x < d.choose_until).all(|x| !is_working_day(x)));
        let first = d.next_clock_day().expect("a reminder");
        let d = d.remind(noon(first)).unwrap();
        let second = d.next_clock_day().expect("a reminder");
        let d = d.remind(noon(second)).unwrap();
        assert!(first < second && d.choose_until - second >= Duration::days(7), "{last_day}");
        assert!(d.default_due(end_of_day(d.choose_until)), "{last_day}");
    }
}
