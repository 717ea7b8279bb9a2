//! Networks from which a program may ask: an address, or a range in CIDR notation (RFC 4632, RFC 4291).

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// A range of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    bits: u8,
}

/// No network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no address and no network such as 192.0.2.0/24 or 2001:db8::/32")]
pub struct NoNetwork;

impl Network {
    /// Whether the address is in it. An IPv4 address in the clothes of IPv6 is an IPv4 address.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.first, address.to_canonical()) {
            (IpAddr::V4(first), IpAddr::V4(a)) => masked_v4(a, self.bits) == first,
            (IpAddr::V6(first), IpAddr::V6(a)) => masked_v6(a, self.bits) == first,
            _ => false,
        }
    }

    /// Reads a list, parted by blanks, commas or lines; gives the first that is none, too.
    ///
    /// # Errors
    /// The first part that is no network.
    pub fn parse_all(text: &str) -> Result<Vec<Self>, String> {
        let parts = text.split([' ', ',', '\n', '\r', '\t']).filter(|p| !p.is_empty());
        parts.map(|p| p.parse().map_err(|_| p.to_string())).collect()
    }
}

/// Whether a list lets an address in. An empty list is no list; an address that is not known is in no list.
pub fn allowed(networks: &[Network], address: Option<IpAddr>) -> bool {
    networks.is_empty() || address.is_some_and(|a| networks.iter().any(|n| n.contains(a)))
}

fn masked_v4(address: Ipv4Addr, bits: u8) -> Ipv4Addr {
    let mask = u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0);
    Ipv4Addr::from_bits(address.to_bits() & mask)
}

fn masked_v6(address: Ipv6Addr, bits: u8) -> Ipv6Addr {
    let mask = u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0);
    Ipv6Addr::from_bits(address.to_bits() & mask)
}

impl FromStr for Network {
    type Err = NoNetwork;

    fn from_str(text: &str) -> Result<Self, NoNetwork> {
        let (address, bits) = text.split_once('/').map_or((text, None), |(a, b)| (a, Some(b)));
        let address: IpAddr = address.parse().map_err(|_| NoNetwork)?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let plain = |b: &&str| b.bytes().all(|d| d.is_ascii_digit());
        let bits = match bits {
            None => most,
            Some(bits) => Some(bits).filter(plain).and_then(|b| b.parse().ok()).ok_or(NoNetwork)?,
        };
        match address {
            _ if bits > most => Err(NoNetwork),
            IpAddr::V4(a) => Ok(Self { first: masked_v4(a, bits).into(), bits }),
            IpAddr::V6(a) => Ok(Self { first: masked_v6(a, bits).into(), bits }),
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.first, self.bits) {
            (IpAddr::V4(a), 32) => a.fmt(f),
            (IpAddr::V6(a), 128) => a.fmt(f),
            (a, bits) => write!(f, "{a}/{bits}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lets_in(list: &str, address: &str) -> bool {
        allowed(&Network::parse_all(list).expect("networks"), address.parse().ok())
    }

    #[test]
    fn a_network_has_what_lies_in_it() {
        assert!(lets_in("192.0.2.0/24", "192.0.2.255") && !lets_in("192.0.2.0/24", "192.0.3.0"));
        assert!(lets_in("192.0.2.7", "192.0.2.7") && !lets_in("192.0.2.7", "192.0.2.8"));
        assert!(lets_in("192.0.2.7", "::ffff:192.0.2.7"), "the same address in other clothes");
        assert!(lets_in("2001:db8::/32", "2001:db8:1::1") && !lets_in("2001:db8::/32", "2001:db9::1"));
        assert!(lets_in("10.0.0.0/8, ::1", "::1") && !lets_in("10.0.0.0/8, ::1", "::2"));
        assert!(lets_in("0.0.0.0/0", "203.0.113.9") && !lets_in("0.0.0.0/0", "::1"));
        assert!(lets_in("::/0", "::1"));
    }

    #[test]
    fn no_list_lets_everybody_in_and_a_list_nobody_without_an_address() {
        assert!(allowed(&[], None) && lets_in("", "203.0.113.9"));
        assert!(!allowed(&["::/0".parse().expect("it"), "0.0.0.0/0".parse().expect("it")], None));
    }

    #[test]
    fn it_is_written_as_it_counts() {
        for (text, shown) in
            [("192.0.2.77/24", "192.0.2.0/24"), ("192.0.2.7/32", "192.0.2.7"), ("::1", "::1")]
        {
            assert_eq!(text.parse::<Network>().expect("a network").to_string(), shown);
        }
        for wrong in ["", "192.0.2", "192.0.2.0/33", "::/129", "192.0.2.0/+8", "192.0.2.0/", "example.org"] {
            assert_eq!(wrong.parse::<Network>(), Err(NoNetwork), "{wrong}");
        }
        assert_eq!(Network::parse_all("10.0.0.0/8 x, ::1"), Err("x".into()));
    }
}
