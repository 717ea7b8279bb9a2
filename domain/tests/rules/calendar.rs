//! Legal clocks over twenty years: days in Berlin, periods in days and months.

use crate::samples::day;
use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc, Weekday};
use domain::calendar::{
    berlin_date, easter, end_of_day, is_holiday, is_working_day, last_day_of_days, last_day_of_months,
    start_of_day,
};

fn twenty_years() -> impl Iterator<Item = NaiveDate> {
    day(2020, 1, 1).iter_days().take_while(|d| d.year() < 2040)
}

fn hours_of(day: NaiveDate) -> i64 {
    (end_of_day(day) - start_of_day(day)).num_hours()
}

fn just_before(at: DateTime<Utc>) -> DateTime<Utc> {
    at - Duration::microseconds(1)
}

/// Summer time by its own rule: from the last Sunday of March to the last Sunday of October.
fn last_sunday(year: i32, month: u32) -> NaiveDate {
    (25..=31).map(|d| day(year, month, d)).find(|d| d.weekday() == Weekday::Sun).unwrap()
}

#[test]
fn each_day_begins_where_the_one_before_ends() {
    for d in twenty_years() {
        assert_eq!(end_of_day(d), start_of_day(d.succ_opt().unwrap()), "{d}");
    }
}

#[test]
fn every_instant_of_a_day_belongs_to_that_day_in_berlin() {
    for d in twenty_years() {
        assert_eq!(berlin_date(start_of_day(d)), d);
        assert_eq!(berlin_date(just_before(end_of_day(d))), d);
        assert_ne!(berlin_date(end_of_day(d)), d);
        assert_ne!(berlin_date(just_before(start_of_day(d))), d);
    }
}

#[test]
fn days_have_24_hours_but_for_the_two_on_which_clocks_change() {
    for d in twenty_years() {
        let expected = match d {
            d if d == last_sunday(d.year(), 3) => 23,
            d if d == last_sunday(d.year(), 10) => 25,
            _ => 24,
        };
        assert_eq!(hours_of(d), expected, "{d}");
    }
}

/// Easter by another algorithm than the code's (Meeus, Jones and Butcher).
fn easter_of_butcher(year: i32) -> NaiveDate {
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let moved = century - century / 4 - (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + moved + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let after_21_march = epact + weekday - 7 * late + 1;
    day(year, 3, 21) + Duration::days(i64::from(after_21_march))
}

#[test]
fn two_algorithms_agree_on_easter_for_three_centuries() {
    for year in 1900..2200 {
        assert_eq!(easter(year), easter_of_butcher(year));
    }
}

#[test]
fn every_year_has_twelve_holidays_but_for_a_coincidence() {
    for year in 2020..2040 {
        let holidays =
            day(year, 1, 1).iter_days().take_while(|d| d.year() == year).filter(|d| is_holiday(*d));
        let coincide = i64::from((day(year, 5, 1) - easter(year)).num_days() == 39); // Ascension on Labour Day
        assert_eq!(i64::try_from(holidays.count()).unwrap(), 12 - coincide, "{year}");
    }
}

#[test]
fn a_period_in_days_ends_on_the_first_working_day_from_its_last_day_on() {
    for event in twenty_years() {
        for days in [0, 1, 14, 30, 90] {
            let nominal = event + Duration::days(i64::from(days));
            first_working_day_from(nominal, last_day_of_days(event, days));
        }
    }
}

#[test]
fn a_period_in_months_ends_on_the_same_number_or_the_months_last_day_then_rolls() {
    for event in twenty_years().step_by(3) {
        for months in [1, 2, 3, 12] {
            first_working_day_from(months_later(event, months), last_day_of_months(event, months));
        }
    }
}

fn first_working_day_from(nominal: NaiveDate, found: NaiveDate) {
    assert!(found >= nominal && is_working_day(found), "{nominal} {found}");
    assert!(nominal.iter_days().take_while(|d| *d < found).all(|d| !is_working_day(d)), "{nominal} {found}");
}

fn months_later(event: NaiveDate, months: u32) -> NaiveDate {
    let zero_based = event.month0() + months;
    let year = event.year() + i32::try_from(zero_based / 12).unwrap();
    let month = zero_based % 12 + 1;
    (1..=event.day()).rev().find_map(|d| NaiveDate::from_ymd_opt(year, month, d)).unwrap()
}

#[test]
fn the_month_of_article_12_ends_as_a_lawyer_would_count_it() {
    assert_eq!(last_day_of_months(day(2026, 1, 31), 1), day(2026, 3, 2), "28 February is a Saturday");
    assert_eq!(last_day_of_months(day(2026, 11, 23), 1), day(2026, 12, 23));
    assert_eq!(last_day_of_months(day(2026, 11, 23), 3), day(2027, 2, 23), "extended by two months");
    assert_eq!(last_day_of_months(day(2026, 12, 6), 1), day(2027, 1, 7), "Epiphany is a holiday here");
    assert_eq!(last_day_of_months(day(2028, 1, 29), 1), day(2028, 2, 29), "a leap year");
}
