//! When somebody is reminded of a contract that waits for them. Pure schedules: each answers which reminder is the
//! newest one due, so that after a long outage one is sent, not a burst. Days are days in Berlin, mails leave at 8.

use crate::calendar;
use chrono::{DateTime, Duration, NaiveDate, Utc};

/// Nobody is reminded of one thing more often than this.
pub const MOST: u8 = 5;
/// Signatories are first reminded so many days after they were asked …
pub const OFFER_FIRST_DAYS: i64 = 5;
/// … and then every so many days.
pub const OFFER_EVERY_DAYS: i64 = 7;
/// Time in which a contract signed by the customer is countersigned.
pub const COUNTERSIGN_WITHIN: Duration = Duration::hours(48);
/// Our own side is reminded again after so many working days.
pub const OWN_EVERY_WORKING_DAYS: usize = 2;
/// Reminders leave from this hour on, in Berlin.
const HOUR: u32 = 8;

/// What somebody is reminded of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A signatory: the signature is missing.
    Sign,
    /// Contract managers: the countersignature is owed.
    Countersign,
    /// Contract managers: the request is not examined though its day is over.
    Examine,
}

impl Kind {
    /// Stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sign => "sign",
            Self::Countersign => "countersign",
            Self::Examine => "examine",
        }
    }
}

/// The newest reminder due to a signatory who was asked at `asked`: the first after five days, then weekly, five at
/// most; none before, and none once the offer's last day is over.
pub fn to_sign(asked: DateTime<Utc>, valid_until: NaiveDate, now: DateTime<Utc>) -> Option<u8> {
    if now >= calendar::end_of_day(valid_until) {
        return None;
    }
    let first = calendar::berlin_date(asked) + Duration::days(OFFER_FIRST_DAYS);
    newest(|n| calendar::at_hour(first + Duration::days(OFFER_EVERY_DAYS * i64::from(n - 1)), HOUR), now)
}

/// The newest reminder due to contract managers who owe the countersignature since `signed`: the first after 48 hours.
pub fn to_countersign(signed: DateTime<Utc>, now: DateTime<Utc>) -> Option<u8> {
    own_side(signed + COUNTERSIGN_WITHIN, now)
}

/// The newest reminder due to contract managers whose last day of examination, inclusive, was `until`: the first in the
/// morning of the next working day.
pub fn to_examine(until: NaiveDate, now: DateTime<Utc>) -> Option<u8> {
    own_side(calendar::at_hour(calendar::working_days_after(until, 1), HOUR), now)
}

/// From `first` on every second working day.
fn own_side(first: DateTime<Utc>, now: DateTime<Utc>) -> Option<u8> {
    let day = calendar::berlin_date(first);
    let again = |n: u8| {
        calendar::at_hour(
            calendar::working_days_after(day, OWN_EVERY_WORKING_DAYS * usize::from(n - 1)),
            HOUR,
        )
    };
    newest(|n| if n == 1 { first } else { again(n) }, now)
}

/// The last of the [`MOST`] whose time has come.
fn newest(due: impl Fn(u8) -> DateTime<Utc>, now: DateTime<Utc>) -> Option<u8> {
    (1..=MOST).rev().find(|n| due(*n) <= now)
}
