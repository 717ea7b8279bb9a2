//! The keys that sign tokens and clearances: made in time, exchanged by hand, kept until nothing that they signed
//! counts. Whatever is signed goes through [`crate::portal::TokenKeys`]; the cryptography is the server's.

use crate::fresh;
use crate::people::Authority;
use crate::portal::Portal;
use crate::problem::{Result, internal};
use chrono::{DateTime, Duration, Utc};
use domain::audit::Event;
use domain::signing::{KeyTimes, due, exchanged};
use store::Work;
use store::signing_keys::{self, SigningKey};

/// Keys are kept so long after their end: whoever asks what signed an old token gets an answer.
const KEPT: Duration = Duration::days(30);

/// Makes the next key when one is due; at the first start, the first. Done twice, or by two instances at once, it
/// does no harm: of two keys both are shown, and all instances sign with the same one.
///
/// # Errors
/// Database errors, or no key could be made.
pub async fn keep(portal: &Portal, now: DateTime<Utc>) -> Result<bool> {
    let times = |keys: Vec<SigningKey>| keys.iter().map(|k| k.times).collect::<Vec<_>>();
    if due(&times(signing_keys::all(portal.store.read()).await?), now).is_none() {
        return Ok(signing_keys::purge(portal.store.read(), now - KEPT).await? > 0);
    }
    let mut work = portal.begin().await?;
    let Some(next) = due(&times(signing_keys::all(work.db()).await?), now) else {
        work.rollback().await?;
        return Ok(false);
    };
    make(portal, &work, next, now).await?;
    work.gate_changed();
    portal.commit(work, now).await?;
    Ok(true)
}

/// Exchanges the keys by hand. The present ones sign until the new one does, and what they signed counts until it has
/// run out; `stolen` ones count no more from this instant, and the new one signs at once.
///
/// # Errors
/// Database errors, or no key could be made.
pub async fn exchange(portal: &Portal, by: &Authority, stolen: bool, now: DateTime<Utc>) -> Result<String> {
    let mut work = portal.begin().await?;
    let next = if stolen { KeyTimes::from(now) } else { exchanged(now) };
    for key in signing_keys::all(work.db()).await?.iter().filter(|k| k.times.counts(now)) {
        let mut times = key.times.ending(next.signs_from);
        if stolen {
            times.counts_until = now;
        }
        signing_keys::end(work.db(), &key.kid, times).await?;
    }
    let kid = make(portal, &work, next, now).await?;
    let event = Event::new("signing_keys.exchanged", by.actor(), format!("signing_key:{kid}"));
    work.record(event.fact("stolen", stolen));
    work.gate_changed();
    portal.commit(work, now).await?;
    Ok(kid)
}

async fn make(portal: &Portal, work: &Work, times: KeyTimes, now: DateTime<Utc>) -> Result<String> {
    let kid = domain::audit::hex(&fresh::bytes::<8>()?);
    let made = (portal.tokens.make)(&kid).map_err(internal)?;
    let key = SigningKey {
        kid: kid.clone(),
        public_jwk: made.public_jwk,
        private_locked: made.private_locked,
        times,
        created_at: now,
    };
    signing_keys::insert(work.db(), &key).await?;
    Ok(kid)
}
