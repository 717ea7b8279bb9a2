//! The short code on a contract, by which anyone who holds it can look it up. It follows from the contract's id, so
//! that it is known when the document is frozen; from the code nobody gets back to the id.

use crate::ContractId;
use sha2::{Digest, Sha256};
use std::fmt;

/// Digits and letters that are not taken for each other (Crockford's base 32: no I, L, O, U).
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many there are in a code: 60 bits, too many to be guessed.
const LENGTH: usize = 12;

/// Twelve signs, shown as `7H3K-9QWM-2XPA`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VerifyCode(String);

impl VerifyCode {
    /// The code of a contract in its version.
    pub fn of(contract: ContractId, version: i32) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"av-portal/verify/1");
        hash.update(contract.0.as_bytes());
        hash.update(version.to_be_bytes());
        let sign = |b: u8| char::from(SIGNS.get(usize::from(b & 31)).copied().unwrap_or(b'0'));
        Self(hash.finalize().iter().take(LENGTH).map(|b| sign(*b)).collect())
    }

    /// Reads what somebody typed or copied: small letters, blanks and dashes are as good, and what looks alike is
    /// taken for what it must be.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut code = String::with_capacity(LENGTH);
        for c in typed.chars().filter(|c| !c.is_whitespace() && !"-\u{2010}\u{2011}\u{2013}".contains(*c)) {
            let c = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            };
            if code.len() == LENGTH || !c.is_ascii() || !SIGNS.contains(&u8::try_from(c).ok()?) {
                return None;
            }
            code.push(c);
        }
        (code.len() == LENGTH).then_some(Self(code))
    }

    /// Without dashes, as it is stored.
    pub fn plain(&self) -> &str {
        &self.0
    }
}

/// In groups of four, as it is printed and stands in addresses.
impl fmt::Display for VerifyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, c) in self.0.chars().enumerate() {
            if n > 0 && n % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{c}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_code_is_always_the_same_and_every_contract_has_its_own() {
        let id = ContractId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000));
        let code = VerifyCode::of(id, 1);
        assert_eq!(code, VerifyCode::of(id, 1));
        assert_ne!(code, VerifyCode::of(id, 2));
        assert_ne!(code, VerifyCode::of(ContractId(Uuid::from_u128(1)), 1));
        let shown = code.to_string();
        assert_eq!(shown.len(), 14, "{shown}");
        assert_eq!(VerifyCode::parse(&shown), Some(code));
    }

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = VerifyCode::parse("01AB-CDEF-GHJK").expect("a code");
        for typed in ["01abcdefghjk", " 01ab cdef ghjk ", "oiab-cdef-ghjk", "OLAB–CDEF–GHJK"] {
            assert_eq!(VerifyCode::parse(typed).as_ref(), Some(&code), "{typed}");
        }
        for typed in
            ["", "01AB-CDEF-GHJ", "01AB-CDEF-GHJKM", "01AB-CDEF-GHJU", "01AB-CDEF-GHJÄ", "01AB/CDEF/GHJK"]
        {
            assert_eq!(VerifyCode::parse(typed), None, "{typed}");
        }
    }
}
