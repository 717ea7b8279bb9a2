//! Fresh ids and secrets: the only place where use cases get randomness.

use crate::problem::{Result, internal};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use domain::annex::fingerprint;
use uuid::{NoContext, Timestamp, Uuid};

/// A time-ordered id.
pub fn id<T: From<Uuid>>(now: DateTime<Utc>) -> T {
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    T::from(Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, now.timestamp_subsec_nanos())))
}

/// Random bytes from the operating system.
///
/// # Errors
/// When the operating system has none.
pub fn bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    #[expect(clippy::disallowed_methods, reason = "the one place where randomness is taken")]
    getrandom::fill(&mut bytes).map_err(internal)?;
    Ok(bytes)
}

/// A secret of 256 bits for a link, a session or a key, and the hash under which it is kept.
///
/// # Errors
/// As [`bytes`].
pub fn secret() -> Result<(String, String)> {
    let secret = URL_SAFE_NO_PAD.encode(bytes::<32>()?);
    let hash = hash(&secret);
    Ok((secret, hash))
}

/// The hash under which a secret of 256 bits is kept. No salt and no stretching: it cannot be guessed.
pub fn hash(secret: &str) -> String {
    fingerprint(secret)
}

/// Six digits, each equally likely.
///
/// # Errors
/// As [`bytes`].
pub fn code() -> Result<String> {
    loop {
        let n = u32::from_le_bytes(bytes::<4>()?);
        // The largest multiple of a million below 2^32: beyond it some codes would come up more often.
        if n < 4_294_000_000 {
            return Ok(format!("{:06}", n % 1_000_000));
        }
    }
}
