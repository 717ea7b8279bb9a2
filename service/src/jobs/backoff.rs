//! How long a job waits after a failure, and when it is given up.

use crate::fresh;
use chrono::Duration;

/// After so many tries a job is given up.
pub const TRIES: i32 = 8;

/// Pauses after the first, second, … failure, in seconds: 30 s, 2 min, 10 min, 1 h, 6 h, 12 h, 24 h.
const PAUSES: [i64; 7] = [30, 120, 600, 3600, 21_600, 43_200, 86_400];

/// The pause after this many tries, `None` when there is no next one. `jitter` (0 to 255) moves it by up to a fifth
/// either way, so that jobs that failed together do not all come back together.
pub fn pause(tries: i32, jitter: u8) -> Option<Duration> {
    if tries >= TRIES {
        return None;
    }
    let seconds = PAUSES[usize::try_from(tries - 1).unwrap_or_default().min(PAUSES.len() - 1)];
    let fifth = seconds * 1000 / 5;
    let moved = fifth * (2 * i64::from(jitter) - 255) / 255;
    Some(Duration::milliseconds(seconds * 1000 + moved))
}

/// A jitter; none when the operating system has no randomness.
pub(super) fn jitter() -> u8 {
    fresh::bytes::<1>().map_or(128, |b| b[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let seconds = |tries, jitter| pause(tries, jitter).map(|p| p.num_seconds());
        assert_eq!((seconds(1, 0), seconds(1, 255)), (Some(24), Some(36)));
        assert_eq!((seconds(4, 0), seconds(4, 255)), (Some(2880), Some(4320)));
        assert_eq!(seconds(7, 255), Some(86_400 * 6 / 5));
        assert_eq!(seconds(8, 0), None);
        for tries in 1..7 {
            assert!(pause(tries, 255) < pause(tries + 1, 0), "{tries}");
        }
    }
}
