//! How often a program may ask: so many times a minute, all at once if it likes. A bucket that fills evenly (GCRA): one
//! number says how full it is, and the rule is a function of that number and the time.

/// Microseconds of the window.
const WINDOW: i64 = 60_000_000;

/// So many questions a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota(u32);

/// What a client may ask in a minute when nothing else was agreed.
pub const USUAL: Quota = Quota(6_000);

/// What is left after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// Whether it was within the quota.
    pub granted: bool,
    /// The bucket afterwards; to be kept. Unchanged when it was not granted.
    pub bucket: i64,
    /// Questions that are left.
    pub remaining: u32,
    /// Whole seconds, rounded up, until the quota is whole again; where nothing was granted, until it would be.
    pub seconds: u32,
}

impl Quota {
    /// A quota; at least one.
    pub fn per_minute(questions: u32) -> Self {
        Self(questions.max(1))
    }

    /// Questions a minute.
    pub fn questions(self) -> u32 {
        self.0
    }

    /// Takes so many out of a bucket at `now` (microseconds). A bucket is the instant at which it is whole again; a
    /// fresh one is 0.
    pub fn take(self, bucket: i64, now: i64, questions: u32) -> Left {
        let most = i64::from(self.0);
        // Rounded down, so that a quota that does not divide a minute can still be used up to its last question.
        let cost = WINDOW.saturating_mul(i64::from(questions)) / most;
        // A clock that was set back must not lock anybody out for longer than a window.
        let begin = bucket.clamp(now, now.saturating_add(WINDOW));
        let full_at = begin.saturating_add(cost);
        let over = full_at - now - WINDOW;
        if over > 0 {
            let remaining = free(begin, now, most);
            return Left { granted: false, bucket, remaining, seconds: seconds(over) };
        }
        Left {
            granted: true,
            bucket: full_at,
            remaining: free(full_at, now, most),
            seconds: seconds(full_at - now),
        }
    }
}

fn free(full_at: i64, now: i64, most: i64) -> u32 {
    u32::try_from((WINDOW - (full_at - now)).max(0).saturating_mul(most) / WINDOW).unwrap_or(u32::MAX)
}

fn seconds(micros: i64) -> u32 {
    u32::try_from((micros + 999_999) / 1_000_000).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000;

    #[test]
    fn a_quota_can_be_used_at_once_and_comes_back_evenly() {
        let quota = Quota::per_minute(60);
        let mut bucket = 0;
        for n in 1..=60 {
            let left = quota.take(bucket, 0, 1);
            assert!(left.granted);
            assert_eq!((left.remaining, left.seconds), (60 - n, n), "a second for each");
            bucket = left.bucket;
        }
        let over = quota.take(bucket, 0, 1);
        assert_eq!((over.granted, over.remaining, over.seconds, over.bucket), (false, 0, 1, bucket));
        assert!(!quota.take(bucket, SECOND - 1, 1).granted);
        assert!(quota.take(bucket, SECOND, 1).granted);
        let half = quota.take(bucket, 30 * SECOND, 1);
        assert_eq!(half.remaining, 29);
        assert_eq!(quota.take(bucket, 600 * SECOND, 1).remaining, 59, "more than whole there is not");
    }

    #[test]
    fn many_at_once_are_granted_together_or_not_at_all() {
        let quota = Quota::per_minute(100);
        let most = quota.take(0, 0, 100);
        assert_eq!((most.granted, most.remaining), (true, 0));
        assert!(!quota.take(0, 0, 101).granted, "more than a whole quota is never granted");
        let some = quota.take(0, 0, 60);
        let more = quota.take(some.bucket, 0, 60);
        assert_eq!((more.granted, more.remaining, more.bucket), (false, 40, some.bucket));
        assert_eq!(more.seconds, 12, "twenty are missing, at 0.6 seconds each");
    }

    #[test]
    fn odd_quotas_and_odd_clocks_do_no_harm() {
        for quota in [Quota::per_minute(0), Quota::per_minute(7), Quota::per_minute(u32::MAX), USUAL] {
            let mut bucket = 0;
            let granted = (0..20_000).filter(|_| {
                let left = quota.take(bucket, 5, 1);
                bucket = left.bucket;
                left.granted
            });
            let expected = quota.questions().min(20_000) as usize;
            assert!(granted.count().abs_diff(expected) <= expected / 50, "{quota:?}");
        }
        let far_ahead = 3_600 * SECOND;
        let left = Quota::per_minute(60).take(far_ahead, 0, 1);
        assert!(!left.granted && left.seconds <= 61, "an hour set back waits a minute");
        assert!(Quota::per_minute(60).take(far_ahead, far_ahead + 1, 1).granted);
    }
}
