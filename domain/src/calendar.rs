//! Legal clocks: inclusive end dates in Europe/Berlin, and periods as Regulation (EEC, Euratom) 1182/71 counts
//! them, with Baden-Württemberg's public holidays.

use chrono::{DateTime, Datelike, Duration, Months, NaiveDate, TimeZone, Utc, Weekday};
use chrono_tz::Europe::Berlin;

/// The day it is in Berlin.
pub fn berlin_date(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&Berlin).date_naive()
}

/// The first instant of a day in Berlin.
pub fn start_of_day(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_hms_opt(0, 0, 0).unwrap_or_default();
    // Berlin changes its clocks at 02:00 and 03:00; midnight exists once on every day.
    Berlin.from_local_datetime(&midnight).earliest().map_or_else(|| midnight.and_utc(), |t| t.to_utc())
}

/// The first instant after a day in Berlin: an inclusive end date holds before it and not at it.
pub fn end_of_day(day: NaiveDate) -> DateTime<Utc> {
    start_of_day(day + Duration::days(1))
}

/// A full hour of a day in Berlin; asked for by day only, when every hour exists once.
pub fn at_hour(day: NaiveDate, hour: u32) -> DateTime<Utc> {
    let local = day.and_hms_opt(hour, 0, 0).unwrap_or_default();
    Berlin.from_local_datetime(&local).earliest().map_or_else(|| local.and_utc(), |t| t.to_utc())
}

/// A time as people in Berlin read it: `23.11.2026, 14:05 Uhr MEZ` / `23 Nov 2026, 14:05 CET`.
pub fn in_words(at: DateTime<Utc>, lang: crate::Lang) -> String {
    let local = at.with_timezone(&Berlin);
    match lang {
        crate::Lang::De => {
            let zone = if local.format("%Z").to_string() == "CEST" { "MESZ" } else { "MEZ" };
            format!("{} Uhr {zone}", local.format("%d.%m.%Y, %H:%M:%S"))
        }
        crate::Lang::En => local.format("%-d %b %Y, %H:%M:%S %Z").to_string(),
    }
}

/// A date as people write it: `23.11.2026` / `23 Nov 2026`.
pub fn date_in_words(day: NaiveDate, lang: crate::Lang) -> String {
    match lang {
        crate::Lang::De => day.format("%d.%m.%Y").to_string(),
        crate::Lang::En => day.format("%-d %b %Y").to_string(),
    }
}

/// Easter Sunday (Gregorian; the algorithm of Gauss as corrected by Lichtenberg).
pub fn easter(year: i32) -> NaiveDate {
    let k = year / 100;
    let m = 15 + (3 * k + 3) / 4 - (8 * k + 13) / 25;
    let s = 2 - (3 * k + 3) / 4;
    let a = year % 19;
    let d = (19 * a + m) % 30;
    let r = (d + a / 11) / 29;
    let og = 21 + d - r;
    let sz = 7 - (year + year / 4 + s) % 7;
    let oe = 7 - (og - sz) % 7;
    let march = NaiveDate::from_ymd_opt(year, 3, 1).unwrap_or_default();
    march + Duration::days(i64::from(og + oe - 1))
}

/// Whether the day is a public holiday in Baden-Württemberg (Feiertagsgesetz § 1).
pub fn is_holiday(day: NaiveDate) -> bool {
    let fixed = [(1, 1), (1, 6), (5, 1), (10, 3), (11, 1), (12, 25), (12, 26)];
    let from_easter = [-2, 1, 39, 50, 60]; // Good Friday, Easter Monday, Ascension, Whit Monday, Corpus Christi
    fixed.contains(&(day.month(), day.day())) || from_easter.contains(&(day - easter(day.year())).num_days())
}

/// Whether the day is a working day (Art. 2(2) of the regulation: no holiday, Saturday or Sunday).
pub fn is_working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !is_holiday(day)
}

/// The `n`-th working day after `day`; the day itself for 0.
pub fn working_days_after(day: NaiveDate, n: usize) -> NaiveDate {
    (0..n).fold(day, |day, _| next_working_day(day + Duration::days(1)))
}

/// Last day of a period in days: the day of the event does not count (Art. 3(1)); a period that would end on a
/// holiday, Saturday or Sunday ends with the next working day (Art. 3(4)).
pub fn last_day_of_days(event: NaiveDate, days: u16) -> NaiveDate {
    next_working_day(event + Duration::days(i64::from(days)))
}

/// Last day of a period in months: the day with the same number as the event's, else the month's last (Art. 3(2)(c)).
pub fn last_day_of_months(event: NaiveDate, months: u32) -> NaiveDate {
    next_working_day(event.checked_add_months(Months::new(months)).unwrap_or(event))
}

/// Last day of a period in working days: the day of the event does not count.
pub fn last_day_of_working_days(event: NaiveDate, days: u16) -> NaiveDate {
    (0..days).fold(event, |day, _| next_working_day(day + Duration::days(1)))
}

fn next_working_day(mut day: NaiveDate) -> NaiveDate {
    while !is_working_day(day) {
        day += Duration::days(1);
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(y: i32, m: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, day).unwrap()
    }

    #[test]
    fn easter_falls_where_the_calendar_says() {
        for (y, m, day) in
            [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25), (1954, 4, 18)]
        {
            assert_eq!(easter(y), d(y, m, day));
        }
    }

    #[test]
    fn holidays_of_baden_wuerttemberg_2026() {
        let days: Vec<_> = d(2026, 1, 1).iter_days().take(365).filter(|x| is_holiday(*x)).collect();
        let expected = [
            (1, 1),
            (1, 6),
            (4, 3),
            (4, 6),
            (5, 1),
            (5, 14),
            (5, 25),
            (6, 4),
            (10, 3),
            (11, 1),
            (12, 25),
            (12, 26),
        ];
        assert_eq!(days, expected.map(|(m, x)| d(2026, m, x)));
    }

    #[test]
    fn periods_end_on_working_days() {
        assert_eq!(last_day_of_days(d(2026, 11, 23), 30), d(2026, 12, 23));
        assert_eq!(
            last_day_of_days(d(2026, 11, 25), 30),
            d(2026, 12, 28),
            "25 and 26 December, then a weekend"
        );
        assert_eq!(last_day_of_months(d(2026, 1, 31), 1), d(2026, 3, 2), "28 February 2026 is a Saturday");
    }

    #[test]
    fn working_days_leave_out_weekends_and_holidays() {
        assert_eq!(last_day_of_working_days(d(2026, 11, 23), 3), d(2026, 11, 26));
        assert_eq!(last_day_of_working_days(d(2026, 11, 26), 3), d(2026, 12, 1), "over a weekend");
        assert_eq!(last_day_of_working_days(d(2026, 12, 23), 3), d(2026, 12, 29), "over Christmas");
    }

    #[test]
    fn inclusive_days_end_at_midnight_in_berlin_on_days_of_23_and_25_hours() {
        assert_eq!(end_of_day(d(2026, 3, 29)) - start_of_day(d(2026, 3, 29)), Duration::hours(23));
        assert_eq!(end_of_day(d(2026, 10, 25)) - start_of_day(d(2026, 10, 25)), Duration::hours(25));
        let last_instant = end_of_day(d(2026, 11, 23)) - Duration::microseconds(1);
        assert_eq!(berlin_date(last_instant), d(2026, 11, 23));
        assert_eq!(berlin_date(end_of_day(d(2026, 11, 23))), d(2026, 11, 24));
    }

    #[test]
    fn times_are_said_with_their_zone() {
        let at = Utc.with_ymd_and_hms(2026, 7, 1, 12, 0, 0).unwrap();
        assert_eq!(in_words(at, crate::Lang::De), "01.07.2026, 14:00:00 Uhr MESZ");
        assert_eq!(in_words(at, crate::Lang::En), "1 Jul 2026, 14:00:00 CEST");
    }
}
