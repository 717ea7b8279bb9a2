//! Who is reminded when: after five days, then weekly; our own side after 48 hours, then every second working day.

use crate::samples::{berlin, day};
use crate::tape::check;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::calendar;
use domain::contract::reminders::{MOST, to_countersign, to_examine, to_sign};

/// The minutes at which the answer changes, as Berlin reads them.
fn changes(from: DateTime<Utc>, days: i64, due: impl Fn(DateTime<Utc>) -> Option<u8>) -> Vec<(u8, String)> {
    let mut seen = Vec::new();
    let mut last = due(from);
    for hour in 1..days * 24 {
        let at = from + Duration::hours(hour);
        let now = due(at);
        if now != last {
            seen.push((now.unwrap_or(0), calendar::in_words(at, domain::Lang::En)));
            last = now;
        }
    }
    seen
}

#[test]
fn signatories_are_reminded_after_five_days_and_then_weekly() {
    let asked = berlin(2026, 11, 3, 9, 0);
    let until = day(2026, 12, 31);
    let seen = changes(asked, 70, |now| to_sign(asked, until, now));
    let expected = [
        (1, "8 Nov 2026, 08:00:00 CET"), // a Sunday: weekends do not matter
        (2, "15 Nov 2026, 08:00:00 CET"),
        (3, "22 Nov 2026, 08:00:00 CET"),
        (4, "29 Nov 2026, 08:00:00 CET"),
        (5, "6 Dec 2026, 08:00:00 CET"),
        (0, "1 Jan 2027, 00:00:00 CET"), // the last day is over
    ];
    assert_eq!(seen, expected.map(|(n, at)| (n, at.to_string())));
}

#[test]
fn a_reminder_comes_at_eight_on_days_of_23_and_25_hours_too() {
    let until = day(2027, 12, 31);
    for (asked, at) in [
        (berlin(2026, 10, 20, 23, 30), berlin(2026, 10, 25, 8, 0)), // 25 October: back to winter time
        (berlin(2027, 3, 23, 0, 10), berlin(2027, 3, 28, 8, 0)),    // 28 March: to summer time
    ] {
        assert_eq!(to_sign(asked, until, at - Duration::microseconds(1)), None);
        assert_eq!(to_sign(asked, until, at), Some(1));
        assert_eq!(to_sign(asked, until, at + Duration::days(7) + Duration::hours(1)), Some(2));
    }
}

#[test]
fn an_offer_whose_last_day_is_over_reminds_nobody_but_on_the_last_day_it_does() {
    let asked = berlin(2026, 11, 3, 9, 0);
    let until = day(2026, 11, 8);
    assert_eq!(to_sign(asked, until, berlin(2026, 11, 8, 23, 59)), Some(1));
    assert_eq!(to_sign(asked, until, berlin(2026, 11, 9, 0, 0)), None);
    assert_eq!(to_sign(asked, day(2026, 11, 7), berlin(2026, 11, 8, 8, 0)), None, "it came too late");
}

#[test]
fn after_a_long_outage_only_the_newest_reminder_is_due() {
    let asked = berlin(2026, 11, 3, 9, 0);
    assert_eq!(to_sign(asked, day(2026, 12, 31), berlin(2026, 11, 23, 12, 0)), Some(3));
    assert_eq!(to_sign(asked, day(2027, 4, 1), berlin(2027, 3, 1, 12, 0)), Some(5), "five at most");
}

#[test]
fn our_own_side_is_reminded_after_48_hours_and_every_second_working_day() {
    let signed = berlin(2026, 12, 22, 16, 30); // a Tuesday before the feast
    let expected = [
        (1, "24 Dec 2026, 16:30:00 CET"),
        (2, "29 Dec 2026, 08:00:00 CET"), // 25 and 26 December and a Sunday do not count
        (3, "31 Dec 2026, 08:00:00 CET"),
        (4, "5 Jan 2027, 08:00:00 CET"), // nor do New Year, Saturday and Sunday
        (5, "8 Jan 2027, 08:00:00 CET"), // nor does Epiphany
    ];
    let half = signed - Duration::minutes(30);
    let seen = changes(half, 40, |now| to_countersign(signed, now));
    assert_eq!(seen[1..], expected[1..].iter().map(|(n, at)| (*n, (*at).to_string())).collect::<Vec<_>>());
    assert_eq!(to_countersign(signed, signed + Duration::hours(48) - Duration::microseconds(1)), None);
    assert_eq!(to_countersign(signed, signed + Duration::hours(48)), Some(1));
}

#[test]
fn a_request_is_overdue_from_the_working_day_after_its_last_day() {
    let until = day(2026, 11, 27); // a Friday
    assert_eq!(to_examine(until, berlin(2026, 11, 30, 7, 59)), None);
    assert_eq!(to_examine(until, berlin(2026, 11, 30, 8, 0)), Some(1));
    assert_eq!(to_examine(until, berlin(2026, 12, 2, 8, 0)), Some(2));
    assert_eq!(to_examine(until, berlin(2027, 6, 1, 8, 0)), Some(MOST));
}

#[test]
fn time_never_takes_a_reminder_back_and_never_gives_a_sixth() {
    check(200, 8, |tape| {
        let asked = berlin(2026, 1, 1, 0, 0) + Duration::minutes(tape.count(60_000) * 10);
        let until: NaiveDate = calendar::berlin_date(asked) + Duration::days(tape.count(180));
        let mut last = (0, 0, 0);
        for step in 0..60 {
            let now = asked + Duration::hours(step * 17);
            let over = now >= calendar::end_of_day(until);
            let own = to_countersign(asked, now).unwrap_or(0);
            let late = to_examine(until, now).unwrap_or(0);
            let sign = to_sign(asked, until, now).unwrap_or(if over { last.0 } else { 0 });
            assert!(sign >= last.0 && own >= last.1 && late >= last.2);
            assert!([sign, own, late].iter().all(|n| *n <= MOST));
            assert!(!over || to_sign(asked, until, now).is_none());
            last = (sign, own, late);
        }
    });
}
