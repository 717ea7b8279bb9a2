//! Waiting after too many failures. Counted in the database, so that a restart or a second instance forgets nothing;
//! by keyed hashes, so that the table names nobody.

use crate::fresh;
use crate::portal::Portal;
use crate::problem::{Result, internal};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use domain::audit::hex;
use domain::people::{LOGIN_TRIES_ADDRESS, LOGIN_TRIES_NETWORK, LOGIN_WINDOW, login_allowed};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use store::{Store, login_failures, secrets};
use uuid::Uuid;

/// One try that has been let through, counted as a failure until it is [`forgive`]n. So a hundred tries at once are
/// not a hundred free ones.
#[derive(Debug)]
pub(super) struct Try {
    address: String,
    /// This was the last one that the address had.
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

/// Lets one more try through, or `None` when it is too many: unknown addresses wait like known ones.
pub(super) async fn take(
    portal: &Portal,
    what: What,
    address: &str,
    network: Option<IpAddr>,
    now: DateTime<Utc>,
) -> Result<Option<Try>> {
    let db = portal.store.read();
    let kind = match what {
        What::LogIn => "login",
        What::Reset => "reset",
    };
    let since = now - LOGIN_WINDOW;
    let address = keyed(&portal.settings.throttle_key, &format!("{kind}/address/{address}"));
    let network =
        network.map(|ip| keyed(&portal.settings.throttle_key, &format!("{kind}/network/{}", block(ip))));
    let of_address = login_failures::since(db, &address, since).await?;
    let of_network = match &network {
        Some(who) => login_failures::since(db, who, since).await?,
        None => 0,
    };
    if !login_allowed(of_address, of_network) {
        return Ok(None);
    }
    let mut rows = Vec::new();
    for who in std::iter::once(&address).chain(&network) {
        let id = fresh::id::<Uuid>(now);
        login_failures::insert(db, id, who, now).await?;
        rows.push(id);
    }
    // Counted again with our own: of many at once only as many get through as one after the other would.
    let of_address = login_failures::since(db, &address, since).await?;
    let of_network = match &network {
        Some(who) => login_failures::since(db, who, since).await?,
        None => 0,
    };
    let allowed = of_address <= LOGIN_TRIES_ADDRESS && of_network <= LOGIN_TRIES_NETWORK;
    Ok(allowed.then_some(Try { address, last: of_address == LOGIN_TRIES_ADDRESS, rows }))
}

/// The try was right: the address starts afresh, and its network is not blamed.
pub(super) async fn forgive(portal: &Portal, right: Try) -> Result<()> {
    let db = portal.store.read();
    login_failures::forget(db, &right.address).await?;
    login_failures::remove(db, &right.rows).await?;
    Ok(())
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
