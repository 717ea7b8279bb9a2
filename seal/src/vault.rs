//! A vault for small secrets that lie in a database: locked with AES-256-GCM under a key that lies elsewhere. What is
//! locked says what it is about (its name), so that one secret cannot be put in another's place.

use std::fmt;
use std::path::Path;

use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};

use crate::error::{KeyError, StoreError};
use crate::key_store::{make_folder, read_secret, write_once};

/// Bytes of the nonce, which stands in front of what is locked.
const NONCE: usize = 12;

/// The vault. What it is opened with is nowhere printed.
pub struct Vault(RandomizedNonceKey);

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault")
    }
}

impl Vault {
    /// A vault under this key.
    pub fn new(key: &[u8; 32]) -> Result<Self, KeyError> {
        RandomizedNonceKey::new(&AES_256_GCM, key).map(Self).map_err(|_| KeyError::Crypto)
    }

    /// A vault whose key is a file of 64 hexadecimal digits, readable by its owner only. Where there is none, it is
    /// made; of several processes that start at once one makes it.
    pub fn open_or_create(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            if let Some(folder) = path.parent() {
                make_folder(folder)?;
            }
            let mut key = [0u8; 32];
            aws_lc_rs::rand::fill(&mut key).map_err(|_| KeyError::Crypto)?;
            write_once(path, crate::certificate::hex(&key).as_bytes())?;
        }
        let text = read_secret(path)?;
        let unusable = || StoreError::Unusable { path: path.display().to_string(), why: KeyError::VaultKey };
        let key = unhex(text.trim()).ok_or_else(unusable)?;
        Ok(Self::new(&key)?)
    }

    /// Locks a secret.
    pub fn lock(&self, name: &str, secret: &[u8]) -> Result<Vec<u8>, KeyError> {
        let mut sealed = secret.to_vec();
        let nonce = self.0.seal_in_place_append_tag(Aad::from(name), &mut sealed);
        let nonce = nonce.map_err(|_| KeyError::Crypto)?;
        let mut locked = nonce.as_ref().to_vec();
        locked.extend(sealed);
        Ok(locked)
    }

    /// Unlocks it again.
    pub fn unlock(&self, name: &str, locked: &[u8]) -> Result<Vec<u8>, KeyError> {
        let (nonce, sealed) = locked.split_at_checked(NONCE).ok_or(KeyError::Locked)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| KeyError::Locked)?;
        let mut sealed = sealed.to_vec();
        let secret = self.0.open_in_place(nonce, Aad::from(name), &mut sealed);
        secret.map(|s| s.to_vec()).map_err(|_| KeyError::Locked)
    }
}

/// A fresh private key on P-256 (PKCS#8), for signing tokens.
pub fn fresh_p256() -> Result<Vec<u8>, KeyError> {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(|_| KeyError::Crypto)?;
    Ok(pair.to_pkcs8v1().map_err(|_| KeyError::Crypto)?.as_ref().to_vec())
}

/// 64 hexadecimal digits as the key that they are.
pub fn unhex(text: &str) -> Option<[u8; 32]> {
    let digits: Option<Vec<u8>> =
        text.bytes().map(|b| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
    let bytes: Vec<u8> = digits?.chunks(2).filter(|c| c.len() == 2).map(|c| c[0] << 4 | c[1]).collect();
    (text.len() == 64).then_some(bytes)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_locked_opens_with_the_same_key_and_the_same_name_only() {
        let vault = Vault::new(&[7; 32]).unwrap();
        let locked = vault.lock("a", b"secret").unwrap();
        assert!(!locked.windows(6).any(|w| w == b"secret"));
        assert_eq!(vault.unlock("a", &locked).unwrap(), b"secret");
        assert_ne!(vault.lock("a", b"secret").unwrap(), locked, "never the same twice");
        assert_eq!(vault.unlock("b", &locked), Err(KeyError::Locked));
        assert_eq!(Vault::new(&[8; 32]).unwrap().unlock("a", &locked), Err(KeyError::Locked));
        for at in 0..locked.len() {
            let mut changed = locked.clone();
            changed[at] ^= 1;
            assert_eq!(vault.unlock("a", &changed), Err(KeyError::Locked), "{at}");
        }
        assert_eq!(vault.unlock("a", &locked[..5]), Err(KeyError::Locked));
    }

    #[test]
    fn the_file_of_the_key_is_made_once_and_nobody_else_reads_it() {
        let folder = std::env::temp_dir().join(format!("avp_vault_{}", std::process::id()));
        let path = folder.join("vault.key");
        let locked = Vault::open_or_create(&path).unwrap().lock("a", b"secret").unwrap();
        assert_eq!(Vault::open_or_create(&path).unwrap().unlock("a", &locked).unwrap(), b"secret");
        std::fs::write(&path, "short").unwrap();
        assert!(Vault::open_or_create(&path).unwrap_err().to_string().contains("64"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
            assert!(matches!(Vault::open_or_create(&path), Err(StoreError::Exposed { .. })));
        }
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_key_is_64_digits() {
        assert_eq!(unhex(&"0a".repeat(32)), Some([10; 32]));
        for wrong in ["", "0a", &"0a".repeat(33), &"zz".repeat(32), &"ä".repeat(32)] {
            assert_eq!(unhex(wrong), None, "{wrong}");
        }
    }
}
