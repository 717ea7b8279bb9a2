//! API keys: `avp_<8 signs>_<secret><check>`. The front names the key for people, the secret has 256 bits, and the last
//! six signs check all that stands before them. So a key that was typed or cut off wrongly is refused without being
//! looked up, and a scanner for leaked secrets finds ours (`avp_[0-9a-f]{8}_[0-9A-Za-z]{49}`) and nearly nothing else.

use std::fmt;

const PREFIX: &str = "avp_";
const NAME: usize = 8;
const SECRET: usize = 43; // 62^43 is just above 2^256
const CHECK: usize = 6; // 62^6 is above 2^32
const SIGNS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A key that was written down right; whether anybody has it is another question.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey(String);

/// What is wrong with the writing of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// It does not look like one.
    #[error("this is no API key")]
    Shape,
    /// It looks like one, and a sign of it is wrong or missing.
    #[error("the API key is mistyped or cut off")]
    Check,
}

impl ApiKey {
    /// A key from its random parts.
    pub fn new(name: [u8; 4], secret: [u8; 32]) -> Self {
        let name = u32::from_be_bytes(name);
        let mut text = format!("{PREFIX}{name:08x}_{}", base62(&secret, SECRET));
        let check = check(&text);
        text.push_str(&check);
        Self(text)
    }

    /// Reads what stands behind `Bearer`.
    ///
    /// # Errors
    /// Nothing of it is looked up then.
    pub fn parse(text: &str) -> Result<Self, KeyFault> {
        let rest = text.strip_prefix(PREFIX).ok_or(KeyFault::Shape)?;
        let whole = PREFIX.len() + NAME + 1 + SECRET + CHECK;
        if !rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            return Err(KeyFault::Shape);
        }
        if text.len() != whole || rest.as_bytes().get(NAME) != Some(&b'_') {
            return Err(KeyFault::Check);
        }
        let (body, given) = text.split_at(whole - CHECK);
        if check(body) == given { Ok(Self(text.into())) } else { Err(KeyFault::Check) }
    }

    /// The whole key.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Its name: eight signs by which people tell keys apart.
    pub fn name(&self) -> &str {
        &self.0[PREFIX.len()..PREFIX.len() + NAME]
    }
}

/// Never the key itself: what is printed ends up in logs.
impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}_…", self.name())
    }
}

fn check(body: &str) -> String {
    base62(&crc32(body.as_bytes()).to_be_bytes(), CHECK)
}

/// A number in so many digits of base 62, the last ones if there are more.
fn base62(big_endian: &[u8], digits: usize) -> String {
    let mut number = big_endian.to_vec();
    let mut out = vec![b'0'; digits];
    for place in out.iter_mut().rev() {
        let mut rest = 0u32;
        for byte in &mut number {
            let part = rest << 8 | u32::from(*byte);
            *byte = u8::try_from(part / 62).unwrap_or(u8::MAX);
            rest = part % 62;
        }
        *place = SIGNS[rest as usize];
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// CRC-32 as in ISO/IEC 8802-3: finds every single wrong sign and every two that changed places.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| TABLE[((crc ^ u32::from(*byte)) & 0xff) as usize] ^ (crc >> 8);
    !bytes.iter().fold(u32::MAX, step)
}

const TABLE: [u32; 256] = table();

const fn table() -> [u32; 256] {
    let mut table = [0u32; 256];
    let mut n = 0;
    while n < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "below 256")]
        let mut crc = n as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
            bit += 1;
        }
        table[n] = crc;
        n += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> ApiKey {
        ApiKey::new([0x1a, 0x2b, 0x3c, 0x4d], [0xa5; 32])
    }

    #[test]
    fn a_key_has_the_form_that_scanners_look_for() {
        let key = key();
        assert_eq!((key.text().len(), key.name()), (62, "1a2b3c4d"));
        let parts: Vec<_> = key.text().split('_').collect();
        assert_eq!((parts.len(), parts[0], parts[2].len()), (3, "avp", 49));
        assert!(parts[2].bytes().all(|b| b.is_ascii_alphanumeric()));
        assert_eq!(ApiKey::parse(key.text()), Ok(key.clone()));
        assert_eq!(format!("{key:?}"), "avp_1a2b3c4d_…");
        assert_eq!(base62(&[0xff; 32], 43).len(), 43);
        assert_ne!(ApiKey::new([0; 4], [0xff; 32]).text(), ApiKey::new([0; 4], [0xfe; 32]).text());
    }

    #[test]
    fn every_wrong_sign_is_found() {
        let good = key().text().to_string();
        for at in 4..good.len() {
            for sign in [b'0', b'Q', b'_'] {
                let mut typed = good.clone().into_bytes();
                if typed[at] != sign {
                    typed[at] = sign;
                    let typed = String::from_utf8(typed).expect("text");
                    assert_eq!(ApiKey::parse(&typed), Err(KeyFault::Check), "{typed}");
                }
            }
        }
        for cut in 4..good.len() {
            assert_eq!(ApiKey::parse(&good[..cut]), Err(KeyFault::Check));
        }
        assert_eq!(ApiKey::parse(&format!("{good}0")), Err(KeyFault::Check));
        for other in ["", "avp", "Avp_1a2b3c4d", "ghp_1a2b3c4d_x", "avp_1a2b-", "avp_ä"] {
            assert_eq!(ApiKey::parse(other), Err(KeyFault::Shape), "{other}");
        }
    }

    #[test]
    fn the_check_is_the_one_that_everybody_means() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }
}
