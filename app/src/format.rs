//! Dates, times and sizes as people write them. Days and hours are those of Berlin.

use crate::i18n::T;
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar;

/// `23.11.2026` / `23 Nov 2026`.
pub fn date(t: T, day: NaiveDate) -> String {
    calendar::date_in_words(day, t.0)
}

/// The day in Berlin of an instant: `23.11.2026`.
pub fn day(t: T, at: DateTime<Utc>) -> String {
    date(t, calendar::berlin_date(at))
}

/// To the second and with its zone, for evidence: `23.11.2026, 14:05:07 Uhr MEZ`.
pub fn exact(t: T, at: DateTime<Utc>) -> String {
    calendar::in_words(at, t.0)
}

/// To the minute: `23.11.2026, 14:05 Uhr` / `23 Nov 2026, 14:05`.
pub fn time(t: T, at: DateTime<Utc>) -> String {
    let clock = at.with_timezone(&chrono_tz::Europe::Berlin).format("%H:%M").to_string();
    t.tr("date-time", &[("date", &day(t, at)), ("time", &clock)])
}

/// For `datetime` attributes: `2026-11-23T13:05:07Z`.
pub fn machine(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// How far a day is away: `heute`, `morgen`, `in 5 Tagen`, `vor 3 Tagen`.
pub fn distance(t: T, day: NaiveDate, today: NaiveDate) -> String {
    let days = (day - today).num_days();
    match days {
        0 => t.t("distance-today"),
        1 => t.t("distance-tomorrow"),
        -1 => t.t("distance-yesterday"),
        2.. => t.tr("distance-in", &[("days", &days.to_string())]),
        _ => t.tr("distance-ago", &[("days", &(-days).to_string())]),
    }
}

/// A file size: `84 kB`, `1,2 MB`.
pub fn size(t: T, bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    if tenths < 10 {
        return format!("{} kB", bytes.div_ceil(1000));
    }
    let point = if t.0 == domain::Lang::De { ',' } else { '.' };
    format!("{}{point}{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;
    use domain::Lang;

    #[test]
    fn times_read_as_in_berlin() {
        let at = Utc.with_ymd_and_hms(2026, 11, 23, 13, 5, 7).unwrap();
        assert_eq!(time(T(Lang::De), at), "23.11.2026, 14:05 Uhr");
        assert_eq!(time(T(Lang::En), at), "23 Nov 2026, 14:05");
        assert_eq!(machine(at), "2026-11-23T13:05:07Z");
    }

    #[test]
    fn distances_and_sizes() {
        let d = |n| NaiveDate::from_ymd_opt(2026, 11, n).unwrap();
        assert_eq!(distance(T(Lang::De), d(23), d(23)), "heute");
        assert_eq!(distance(T(Lang::De), d(28), d(23)), "in 5 Tagen");
        assert_eq!(distance(T(Lang::En), d(20), d(23)), "3 days ago");
        assert_eq!(size(T(Lang::De), 83_200), "84 kB");
        assert_eq!(size(T(Lang::De), 1_234_567), "1,3 MB");
    }
}
