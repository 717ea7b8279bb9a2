//! Waiting after too many failures. Counted in the database, so that a restart or a second instance forgets nothing;
//! by keyed hashes, so that the table names nobody.

use crate::fresh;
use crate::portal::Portal;
use crate::problem::{Result, internal};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use domain::audit::hex;
use domain::people::{
    LOGIN_TRIES_ADDRESS, LOGIN_TRIES_HERE, LOGIN_TRIES_NETWORK, LOGIN_WINDOW, RESETS_ADDRESS,
};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use store::{Store, login_failures, secrets};
use uuid::Uuid;

/// One try that has been let through, counted as a failure until it is [`forgive`]n. So a hundred tries at once are
/// not a hundred free ones.
#[derive(Debug)]
pub(super) struct Try {
    /// The counts of the address: from here, and from anywhere.
    of_address: Vec<String>,
    /// This was the last one that the address had here, or anywhere.
    pub(super) last: bool,
    rows: Vec<Uuid>,
}

/// What is tried; each is counted for itself.
#[derive(Clone, Copy, Debug)]
pub(super) enum What {
    /// Logging in, or giving the present password.
    LogIn,
    /// Asking for a mail with a link.
    Reset,
}

/// Something that is counted, by its keyed hash, and how often it may fail in the window.
struct Count {
    who: String,
    most: u32,
    of_address: bool,
}

/// Lets one more try through, or `None` when it is too many: unknown addresses wait like known ones.
pub(super) async fn take(
    portal: &Portal,
    what: What,
    address: &str,
    network: Option<IpAddr>,
    now: DateTime<Utc>,
) -> Result<Option<Try>> {
    let db = portal.store.read();
    let since = now - LOGIN_WINDOW;
    let counts = counts(&portal.settings.throttle_key, what, address, network);
    for count in &counts {
        if login_failures::since(db, &count.who, since).await? >= count.most {
            return Ok(None);
        }
    }
    let mut rows = Vec::new();
    for count in &counts {
        let id = fresh::id::<Uuid>(now);
        login_failures::insert(db, id, &count.who, now).await?;
        rows.push(id);
    }
    // Counted again with our own: of many at once only as many get through as one after the other would.
    let mut last = false;
    for count in &counts {
        let failures = login_failures::since(db, &count.who, since).await?;
        if failures > count.most {
            return Ok(None);
        }
        last |= count.of_address && failures == count.most;
    }
    let of_address = counts.into_iter().filter(|c| c.of_address).map(|c| c.who).collect();
    Ok(Some(Try { of_address, last, rows }))
}

/// The try was right: the address starts afresh, and its network is not blamed.
pub(super) async fn forgive(portal: &Portal, right: Try) -> Result<()> {
    let db = portal.store.read();
    for who in &right.of_address {
        login_failures::forget(db, who).await?;
    }
    login_failures::remove(db, &right.rows).await?;
    Ok(())
}

/// The address here, the address anywhere, the network. Where no network is known, "nowhere" is one.
fn counts(key: &[u8; 32], what: What, address: &str, network: Option<IpAddr>) -> Vec<Count> {
    let (kind, anywhere) = match what {
        What::LogIn => ("login", LOGIN_TRIES_ADDRESS),
        What::Reset => ("reset", RESETS_ADDRESS),
    };
    let block = network.map(|ip| block(ip).to_string());
    let here = block.as_deref().unwrap_or("nowhere");
    let count = |who: String, most, of_address| Count { who: keyed(key, &who), most, of_address };
    let mut counts = vec![
        count(format!("{kind}/here/{here}/{address}"), LOGIN_TRIES_HERE, true),
        count(format!("{kind}/address/{address}"), anywhere, true),
    ];
    counts.extend(block.map(|b| count(format!("{kind}/network/{b}"), LOGIN_TRIES_NETWORK, false)));
    counts
}

/// The key of the hashes: made once and kept beside them, so that all instances count together. A copy of the table
/// alone names nobody; a copy of the whole database could be tried out, for the day that the rows live.
///
/// # Errors
/// When the database does not answer or there is no randomness.
pub async fn key(store: &Store, now: DateTime<Utc>) -> Result<[u8; 32]> {
    let (fresh, _) = fresh::secret()?;
    let kept = secrets::get_or_insert(store.read(), "throttle", &fresh, now).await?;
    let bytes = URL_SAFE_NO_PAD.decode(kept).map_err(internal)?;
    bytes.try_into().map_err(|_| internal("the throttle's key has the wrong length"))
}

/// The network of an address: /24, or /64, which is what one customer of a provider gets.
fn block(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            Ipv4Addr::new(a, b, c, 0).into()
        }
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
    }
}

/// A hash that nobody can make, or try out, without the key: the key goes in twice, as in HMAC.
fn keyed(key: &[u8; 32], what: &str) -> String {
    let key = hex(key);
    fresh::hash(&format!("{key}/{}", fresh::hash(&format!("{key}/{what}"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_a_network() {
        let at = |s: &str| block(s.parse().unwrap()).to_string();
        assert_eq!(at("203.0.113.77"), "203.0.113.0");
        assert_eq!(at("::ffff:203.0.113.77"), "203.0.113.0");
        assert_eq!(at("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
    }

    #[test]
    fn the_key_decides() {
        assert_ne!(keyed(&[0; 32], "a"), keyed(&[1; 32], "a"));
        assert_eq!(keyed(&[1; 32], "a"), keyed(&[1; 32], "a"));
    }
}
