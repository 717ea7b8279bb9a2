//! When a key signs. Whoever checks our signatures keeps our public keys for a while (JWKS, RFC 7517), so a key is shown
//! before it signs, and is still shown when it signs no more, until the last thing that it signed has run out.

use chrono::{DateTime, Duration, Utc};

/// How long a key signs.
pub const SIGNS: Duration = Duration::days(90);
/// A new key is shown so long before it signs.
pub const SHOWN_BEFORE: Duration = Duration::days(2);
/// At an exchange by hand the new key is shown at least so long before it signs: twice as long as anybody may keep the
/// list of keys.
pub const SHOWN_AT_LEAST: Duration = Duration::minutes(20);
/// Nothing that is signed counts for longer: a clearance 15 minutes, a token 10; and clocks differ.
pub const LONGEST: Duration = Duration::hours(1);

/// The times of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyTimes {
    /// From when on it signs.
    pub signs_from: DateTime<Utc>,
    /// First instant at which it signs no more.
    pub signs_until: DateTime<Utc>,
    /// First instant at which nothing that it signed counts any more.
    pub counts_until: DateTime<Utc>,
}

impl KeyTimes {
    /// A key that signs from then on.
    pub fn from(signs_from: DateTime<Utc>) -> Self {
        let signs_until = signs_from + SIGNS;
        Self { signs_from, signs_until, counts_until: signs_until + LONGEST }
    }

    /// The same key, ending earlier; never later.
    #[must_use]
    pub fn ending(self, signs_until: DateTime<Utc>) -> Self {
        let signs_until = self.signs_until.min(signs_until);
        Self { signs_until, counts_until: self.counts_until.min(signs_until + LONGEST), ..self }
    }

    /// Whether it is shown, and what it signed counts.
    pub fn counts(&self, now: DateTime<Utc>) -> bool {
        now < self.counts_until
    }

    /// Whether it signs.
    pub fn signs(&self, now: DateTime<Utc>) -> bool {
        self.signs_from <= now && now < self.signs_until
    }
}

/// The key that signs now: of several the newest, so that a new one takes over at its instant.
pub fn signing<K>(keys: &[K], times: impl Fn(&K) -> KeyTimes, now: DateTime<Utc>) -> Option<&K> {
    keys.iter().filter(|k| times(k).signs(now)).max_by_key(|k| times(k).signs_from)
}

/// The times of the key that has to be made now, if one has: at the very first start, and in time before the last one
/// ends. Without any that signs, a new one signs at once: better a key that nobody has seen than none.
pub fn due(keys: &[KeyTimes], now: DateTime<Utc>) -> Option<KeyTimes> {
    let last = keys.iter().map(|k| k.signs_until).max().filter(|until| now < *until);
    match last {
        None => Some(KeyTimes::from(now)),
        Some(until) if until - SHOWN_BEFORE <= now => Some(KeyTimes::from(until)),
        Some(_) => None,
    }
}

/// The times of a new key at an exchange by hand, and the instant at which the others stop signing.
pub fn exchanged(now: DateTime<Utc>) -> KeyTimes {
    KeyTimes::from(now + SHOWN_AT_LEAST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone as _;

    fn day(n: i64) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap() + Duration::days(n)
    }

    #[test]
    fn for_years_there_is_always_one_key_that_signs_and_was_shown_before() {
        let mut keys: Vec<(DateTime<Utc>, KeyTimes)> = Vec::new();
        let times = |k: &(DateTime<Utc>, KeyTimes)| k.1;
        for hour in 0..24 * 900 {
            let now = day(0) + Duration::hours(hour);
            let all: Vec<_> = keys.iter().map(times).collect();
            if let Some(next) = due(&all, now) {
                keys.push((now, next));
            }
            let (made, signs) = signing(&keys, times, now).expect("a key");
            let shown = now - *made;
            assert!(signs.signs_from == day(0) || shown >= SHOWN_BEFORE - Duration::hours(1), "{now}");
            assert!(keys.iter().filter(|k| k.1.counts(now)).count() <= 2, "{now}");
        }
        assert_eq!(keys.len(), 11, "one at the start, one every 90 days");
    }

    #[test]
    fn what_the_old_key_signed_counts_until_it_has_run_out() {
        let old = KeyTimes::from(day(0));
        let new = exchanged(day(10));
        let old = old.ending(new.signs_from);
        assert!(old.signs(day(10)) && !new.signs(day(10)));
        let change = new.signs_from;
        assert!(!old.signs(change) && new.signs(change), "exactly one at every instant");
        assert!(old.counts(change + LONGEST - Duration::seconds(1)) && !old.counts(change + LONGEST));
        assert_eq!(old.ending(day(80)), old, "an end is not put off");
    }

    #[test]
    fn after_a_long_sleep_a_key_signs_at_once() {
        let slept = KeyTimes::from(day(0));
        assert_eq!(due(&[slept], day(200)), Some(KeyTimes::from(day(200))));
        assert_eq!(due(&[], day(3)), Some(KeyTimes::from(day(3))));
        assert_eq!(due(&[slept], day(50)), None);
        assert_eq!(due(&[slept, KeyTimes::from(slept.signs_until)], day(89)), None, "the next one is there");
    }
}
