//! Signing and checking JWTs (RFC 7519) with ES256, the only place that knows how. Which key signs is in the gate's
//! memory; private halves are unlocked once and kept here. `sign` is for tokens and for clearances alike, the type in
//! the header tells them apart: neither can stand for the other (RFC 8725, 3.11).

use crate::config::Config;
use crate::start::{StartError, failed};
use chrono::{DateTime, Utc};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
pub use seal::{Vault, unhex};
use serde::Serialize;
use serde::de::DeserializeOwned;
use service::gate::{Gate, Memory};
use service::portal::{MadeKey, TokenKeys};
use service::store::signing_keys::SigningKey;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

/// What signs. Cheap to clone.
#[derive(Clone)]
pub struct Signing {
    vault: Arc<Vault>,
    gate: Arc<Gate>,
    unlocked: Arc<RwLock<HashMap<String, EncodingKey>>>,
}

/// The file of the vault's key, where none is configured.
pub fn vault_file(config: &Config) -> PathBuf {
    config.data_dir.join("keys").join("vault.key")
}

impl Signing {
    /// Opens the vault.
    ///
    /// # Errors
    /// When its key cannot be read or made.
    pub fn open(config: &Config, gate: Arc<Gate>) -> Result<Self, StartError> {
        let vault = match &config.key_secret {
            Some(key) => Vault::new(key).map_err(failed("opening the vault of keys"))?,
            None => {
                Vault::open_or_create(&vault_file(config)).map_err(failed("opening the vault of keys"))?
            }
        };
        Ok(Self { vault: Arc::new(vault), gate, unlocked: Arc::default() })
    }

    /// What use cases are handed.
    pub fn tokens(&self) -> TokenKeys {
        let (maker, signer) = (self.clone(), self.clone());
        TokenKeys {
            make: Arc::new(move |kid| maker.make(kid)),
            sign: Arc::new(move |typ, claims, now| signer.sign(typ, claims, now)),
        }
    }

    fn make(&self, kid: &str) -> Result<MadeKey, String> {
        let private = seal::fresh_p256().map_err(|e| e.to_string())?;
        let key = EncodingKey::from_ec_der(&private);
        let mut jwk = Jwk::from_encoding_key(&key, Algorithm::ES256).map_err(|e| e.to_string())?;
        jwk.common.key_id = Some(kid.into());
        jwk.common.public_key_use = Some(jsonwebtoken::jwk::PublicKeyUse::Signature);
        Ok(MadeKey {
            public_jwk: serde_json::to_string(&jwk).map_err(|e| e.to_string())?,
            private_locked: self.vault.lock(kid, &private).map_err(|e| e.to_string())?,
        })
    }

    /// Signs claims as a JWT of this type.
    ///
    /// # Errors
    /// In words for the log: no key signs now, or it cannot be unlocked.
    pub fn sign(&self, typ: &str, claims: &impl Serialize, now: DateTime<Utc>) -> Result<String, String> {
        let memory = self.gate.memory();
        let key = domain::signing::signing(&memory.signing, |k| k.times, now).ok_or("no key signs now")?;
        let mut header = Header::new(Algorithm::ES256);
        header.typ = Some(typ.into());
        header.kid = Some(key.kid.clone());
        encode(&header, claims, &self.unlock(key)?).map_err(|e| e.to_string())
    }

    /// Whether the present key can be unlocked: asked at the start, so that a wrong secret stops it.
    ///
    /// # Errors
    /// In words for the operator.
    pub fn check(&self, now: DateTime<Utc>) -> Result<(), String> {
        let memory = self.gate.memory();
        let mut usable = memory.signing.iter().filter(|k| k.times.counts(now) && now < k.times.signs_until);
        usable.try_for_each(|k| self.unlock(k).map(|_| ()))
    }

    fn unlock(&self, key: &SigningKey) -> Result<EncodingKey, String> {
        if let Some(known) = self.unlocked.read().unwrap_or_else(PoisonError::into_inner).get(&key.kid) {
            return Ok(known.clone());
        }
        let private = self.vault.unlock(&key.kid, &key.private_locked).map_err(|e| e.to_string())?;
        let private = EncodingKey::from_ec_der(&private);
        let mut unlocked = self.unlocked.write().unwrap_or_else(PoisonError::into_inner);
        unlocked.insert(key.kid.clone(), private.clone());
        Ok(private)
    }
}

/// The claims of a JWT of this type that one of our keys has signed and that counts; `None` for anything else. Issuer,
/// audience and times are for the caller: this asks whose signature it is, and by which algorithm only.
pub fn verified<C: DeserializeOwned>(
    memory: &Memory,
    typ: &str,
    token: &str,
    now: DateTime<Utc>,
) -> Option<C> {
    let header = decode_header(token).ok()?;
    let of_type = header.typ.as_deref().is_some_and(|t| {
        t.eq_ignore_ascii_case(typ)
            || t.strip_prefix("application/").is_some_and(|t| t.eq_ignore_ascii_case(typ))
    });
    let kid = header.kid.filter(|_| of_type && header.alg == Algorithm::ES256)?;
    let key = memory.signing.iter().find(|k| k.kid == kid && k.times.counts(now))?;
    let jwk: Jwk = serde_json::from_str(&key.public_jwk).ok()?;
    let mut validation = Validation::new(Algorithm::ES256);
    // Times are compared with the time of the request, not with the library's clock.
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let key = DecodingKey::from_jwk(&jwk).ok()?;
    decode::<C>(token, &key, &validation).ok().map(|data| data.claims)
}

/// The public halves that count, as a JWK set (RFC 7517).
pub fn jwks(memory: &Memory, now: DateTime<Utc>) -> serde_json::Value {
    let shown = memory.signing.iter().filter(|k| k.times.counts(now));
    let keys: Vec<serde_json::Value> =
        shown.filter_map(|k| serde_json::from_str(&k.public_jwk).ok()).collect();
    serde_json::json!({ "keys": keys })
}
