//! Passwords: Argon2id, off the async threads, at most two at a time (each takes 19 MiB).
//! A second factor (passkey, TOTP) would be asked for in [`super::login`], after [`verify`] said yes.

use crate::fresh;
use crate::problem::{Result, internal};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

/// Memory in KiB, rounds, lanes: the least that OWASP asks for.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// Memory for so many at once; the others wait.
static ROOM: Semaphore = Semaphore::const_new(2);

/// The string under which a password is kept (PHC format, fresh salt).
///
/// # Errors
/// When the machine has no randomness or no memory.
pub async fn hash(password: &str) -> Result<String> {
    let salt = fresh::bytes::<16>()?;
    let password = password.to_string();
    aside(move || {
        let hash: PasswordHash =
            argon2()?.hash_password_with_salt(password.as_bytes(), &salt).map_err(internal)?;
        Ok(hash.to_string())
    })
    .await
}

/// Whether a password is the one kept. Without a kept one (unknown, invited only) the same work is done for
/// nothing, so that the time does not tell who has an account.
///
/// # Errors
/// When the kept string is not one of ours.
pub async fn verify(password: &str, kept: Option<String>) -> Result<bool> {
    let password = password.to_string();
    aside(move || {
        if let Some(kept) = kept {
            let kept = PasswordHash::new(&kept).map_err(internal)?;
            return Ok(argon2()?.verify_password(password.as_bytes(), &kept).is_ok());
        }
        let mut out = [0; Params::DEFAULT_OUTPUT_LEN];
        argon2()?.hash_password_into(password.as_bytes(), &[0; 16], &mut out).map_err(internal)?;
        Ok(false)
    })
    .await
}

fn argon2() -> Result<Argon2<'static>> {
    let (memory, rounds, lanes) = COST;
    let params = Params::new(memory, rounds, lanes, None).map_err(internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let permit = ROOM.acquire().await.map_err(internal)?;
    let run = move || {
        // Held by the thread: a request that was given up does not make room before its memory is free.
        let _room = permit;
        work()
    };
    tokio::task::spawn_blocking(run).await.map_err(internal)?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_opens_its_own_lock_only() {
        let kept = hash("drei ruhige Boote").await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(verify("drei ruhige Boote", Some(kept.clone())).await.unwrap());
        assert!(!verify("drei ruhige boote", Some(kept)).await.unwrap());
        assert!(!verify("drei ruhige Boote", None).await.unwrap());
    }
}
