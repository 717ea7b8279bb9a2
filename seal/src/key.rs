//! The key that seals, and the chain of certificates that says whose it is.

use std::fmt;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use chrono::{DateTime, Days, Utc};
use rcgen::string::PrintableString;
use rcgen::{CertificateParams, DnType, DnValue, IsCa, KeyPair, KeyUsagePurpose, PKCS_ECDSA_P256_SHA256};

use crate::certificate::{self, Certificate, CertificateFacts};
use crate::crypto;
use crate::error::KeyError;

const LABEL: &str = "PRIVATE KEY";
/// How long a self-made certificate runs: ten years.
const DAYS: u64 = 3653;

/// Whose seal it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectNames {
    /// Common name, such as `Fluxpunkt GmbH`.
    pub common_name: String,
    /// The organisation.
    pub organisation: String,
    /// Two letters, such as `DE`.
    pub country: String,
}

/// A private key on P-256 with its chain of certificates, its own one first.
pub struct SealKey {
    pair: EcdsaKeyPair,
    pkcs8: Vec<u8>,
    own: Certificate,
    above: Vec<Certificate>,
}

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SealKey").field("certificate", &self.own.facts().sha256).finish_non_exhaustive()
    }
}

impl SealKey {
    /// A fresh key with a certificate that it signs itself, valid for ten years from the start of the day before.
    pub fn create(subject: &SubjectNames, now: DateTime<Utc>) -> Result<Self, KeyError> {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).map_err(|_| KeyError::Crypto)?;
        let pkcs8 = pair.to_pkcs8v1().map_err(|_| KeyError::Crypto)?.as_ref().to_vec();
        Self::self_certified(pkcs8, subject, now)
    }

    /// A key that exists, with a new certificate that it signs itself.
    pub(crate) fn self_certified(
        pkcs8: Vec<u8>,
        subject: &SubjectNames,
        now: DateTime<Utc>,
    ) -> Result<Self, KeyError> {
        let mut parameters = parameters(subject)?;
        let begin = now.checked_sub_days(Days::new(1)).ok_or(KeyError::Subject)?;
        let end = begin.checked_add_days(Days::new(DAYS)).ok_or(KeyError::Subject)?;
        parameters.not_before = timestamp(begin)?;
        parameters.not_after = timestamp(end)?;
        let certificate = parameters.self_signed(&request_key(&pkcs8)?).map_err(|_| KeyError::Crypto)?;
        Self::assemble(pkcs8, vec![Certificate::from_der(certificate.der())?])
    }

    /// Reads a key (PKCS#8) and its chain, both as PEM. Whether the chain is valid now is not asked: an expired key
    /// is still a key, and its seals are still to be verified.
    pub fn from_pem(key: &str, chain: &str) -> Result<Self, KeyError> {
        Self::assemble(pkcs8(key)?, Certificate::many_from_pem(chain)?)
    }

    fn assemble(pkcs8: Vec<u8>, chain: Vec<Certificate>) -> Result<Self, KeyError> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &pkcs8);
        let pair = pair.map_err(|_| KeyError::Key)?;
        let mut chain = chain.into_iter();
        let own = chain.next().ok_or(KeyError::Certificate)?;
        if own.key().subject_public_key.as_bytes() != Some(pair.public_key().as_ref()) {
            return Err(KeyError::OtherKey);
        }
        let above: Vec<_> = chain.collect();
        chain_in_order(&own, &above)?;
        Ok(Self { pair, pkcs8, own, above })
    }

    /// The key as PEM (PKCS#8): a secret.
    pub fn to_pem(&self) -> String {
        certificate::pem(LABEL, &self.pkcs8)
    }

    /// The chain as PEM, the key's own certificate first.
    pub fn chain_pem(&self) -> String {
        Certificate::all_to_pem(&self.chain())
    }

    /// A request for a real certificate of this key (PKCS#10, PEM), with the subject of the present one.
    pub fn csr_pem(&self, subject: &SubjectNames) -> Result<String, KeyError> {
        let request = parameters(subject)?.serialize_request(&request_key(&self.pkcs8)?);
        request.and_then(|request| request.pem()).map_err(|_| KeyError::Crypto)
    }

    /// The same key with a real certificate and its chain. It must be for this key, valid now, allow sealing, and be
    /// in order: each certificate signed by the one after it.
    pub fn with_chain(&self, chain: &str, now: DateTime<Utc>) -> Result<Self, KeyError> {
        let new = Self::assemble(self.pkcs8.clone(), Certificate::many_from_pem(chain)?)?;
        if !new.own.may_seal() {
            return Err(KeyError::KeyUsage);
        }
        match new.chain().iter().find(|certificate| !certificate.is_valid_at(now)) {
            Some(certificate) => Err(KeyError::NotValidNow {
                from: certificate.not_before().date_naive().to_string(),
                until: certificate.not_after().date_naive().to_string(),
            }),
            None => Ok(new),
        }
    }

    /// The key's own certificate.
    pub fn certificate(&self) -> &Certificate {
        &self.own
    }

    /// Its facts.
    pub fn facts(&self) -> CertificateFacts {
        self.own.facts()
    }

    /// The whole chain, the key's own certificate first.
    pub fn chain(&self) -> Vec<Certificate> {
        std::iter::once(&self.own).chain(&self.above).cloned().collect()
    }

    /// Signs bytes: ECDSA on P-256 with SHA-256, in ASN.1. Of both forms that every such signature has, the smaller.
    pub fn sign(&self, bytes: &[u8]) -> Result<Vec<u8>, KeyError> {
        let signature = self.pair.sign(&SystemRandom::new(), bytes).map_err(|_| KeyError::Crypto)?;
        crypto::smaller_s(signature.as_ref()).ok_or(KeyError::Crypto)
    }
}

/// Whether the key of this certificate signed these bytes, in the form that [`SealKey::sign`] gives.
pub fn verify_with(certificate: &Certificate, bytes: &[u8], signature: &[u8]) -> bool {
    crypto::smaller_s(signature).is_some_and(|smaller| smaller == signature)
        && crypto::verifies(certificate.key(), &crypto::ecdsa_algorithm(), None, bytes, signature)
}

fn chain_in_order(own: &Certificate, above: &[Certificate]) -> Result<(), KeyError> {
    let mut below = own;
    for (place, certificate) in above.iter().enumerate() {
        if !below.is_signed_by(certificate) {
            return Err(KeyError::ChainOrder(place + 1));
        }
        if !certificate.is_authority() {
            return Err(KeyError::NotAnAuthority(place + 2));
        }
        below = certificate;
    }
    Ok(())
}

/// The DER of a PKCS#8 key in PEM.
pub(crate) fn pkcs8(pem: &str) -> Result<Vec<u8>, KeyError> {
    let (label, der) = der::pem::decode_vec(pem.trim().as_bytes()).map_err(|_| KeyError::Key)?;
    if label == LABEL { Ok(der) } else { Err(KeyError::Key) }
}

fn parameters(subject: &SubjectNames) -> Result<CertificateParams, KeyError> {
    let country = subject.country.trim();
    let usable = country.len() == 2
        && country.chars().all(|c| c.is_ascii_uppercase())
        && !subject.common_name.trim().is_empty()
        && [&subject.common_name, &subject.organisation].iter().all(|name| name.chars().count() <= 64);
    if !usable {
        return Err(KeyError::Subject);
    }
    let mut parameters = CertificateParams::default();
    parameters.is_ca = IsCa::ExplicitNoCa;
    parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::ContentCommitment];
    let mut name = rcgen::DistinguishedName::new();
    let code = PrintableString::try_from(country).map_err(|_| KeyError::Subject)?;
    name.push(DnType::CountryName, DnValue::PrintableString(code));
    if !subject.organisation.trim().is_empty() {
        name.push(DnType::OrganizationName, subject.organisation.trim());
    }
    name.push(DnType::CommonName, subject.common_name.trim());
    parameters.distinguished_name = name;
    Ok(parameters)
}

fn request_key(pkcs8: &[u8]) -> Result<KeyPair, KeyError> {
    KeyPair::from_pkcs8_der_and_sign_algo(&pkcs8.into(), &PKCS_ECDSA_P256_SHA256).map_err(|_| KeyError::Key)
}

fn timestamp(at: DateTime<Utc>) -> Result<time::OffsetDateTime, KeyError> {
    time::OffsetDateTime::from_unix_timestamp(at.timestamp()).map_err(|_| KeyError::Subject)
}
