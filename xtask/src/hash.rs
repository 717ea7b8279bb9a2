//! SHA-256 as people write it.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// The hash of some bytes in lower-case hexadecimal digits.
pub fn of(bytes: impl AsRef<[u8]>) -> String {
    hex(Sha256::new_with_prefix(bytes))
}

/// The end of a hash in lower-case hexadecimal digits.
pub fn hex(hash: Sha256) -> String {
    hash.finalize().iter().fold(String::new(), |mut text, byte| {
        let written = write!(text, "{byte:02x}");
        debug_assert!(written.is_ok(), "a String takes everything");
        text
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_known_hash() {
        assert!(super::of("").starts_with("e3b0c44298fc1c14"));
    }
}
