//! A certificate: its facts, and what it may be used for.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use const_oid::db::rfc5280::ID_KP_TIME_STAMPING;
use der::asn1::AnyRef;
use der::{Decode, Encode, Reader, SliceReader};
use spki::SubjectPublicKeyInfoOwned;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage};
use x509_cert::name::Name;

use crate::crypto;
use crate::error::KeyError;

const LABEL: &str = "CERTIFICATE";
/// More certificates than this are no chain of ours.
pub(crate) const LONGEST_CHAIN: usize = 6;
/// Larger texts are not read.
const LARGEST_PEM: usize = 256 * 1024;

/// An X.509 certificate.
#[derive(Clone, Debug)]
pub struct Certificate {
    der: Vec<u8>,
    inner: x509_cert::Certificate,
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for Certificate {}

/// What a certificate says, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateFacts {
    /// Whose it is, such as `CN=Fluxpunkt GmbH,O=Fluxpunkt GmbH,C=DE`.
    pub subject: String,
    /// Its common name alone; empty if it has none.
    pub name: String,
    /// Who signed it.
    pub issuer: String,
    /// Its number, hexadecimal.
    pub serial: String,
    /// Valid from.
    pub not_before: DateTime<Utc>,
    /// Valid until.
    pub not_after: DateTime<Utc>,
    /// SHA-256 of the certificate, 64 hexadecimal digits.
    pub sha256: String,
    /// Whether it vouches for itself only.
    pub self_made: bool,
}

impl Certificate {
    /// Reads a certificate in DER. It must be in the one form that DER allows.
    pub fn from_der(der: &[u8]) -> Result<Self, KeyError> {
        let inner = x509_cert::Certificate::from_der(der).map_err(|_| KeyError::Certificate)?;
        let again = inner.to_der().map_err(|_| KeyError::Certificate)?;
        let well = again == der && inner.signature_algorithm() == inner.tbs_certificate().signature();
        if well { Ok(Self { der: again, inner }) } else { Err(KeyError::Certificate) }
    }

    /// Reads all certificates of a PEM text, in its order; at least one, at most six.
    pub fn many_from_pem(text: &str) -> Result<Vec<Self>, KeyError> {
        const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
        const END: &str = "-----END CERTIFICATE-----";
        if text.len() > LARGEST_PEM {
            return Err(KeyError::Certificate);
        }
        let mut found = Vec::new();
        let mut rest = text;
        while let Some((_, from)) = rest.split_once(BEGIN) {
            let (body, after) = from.split_once(END).ok_or(KeyError::Certificate)?;
            if found.len() == LONGEST_CHAIN {
                return Err(KeyError::ChainTooLong);
            }
            let lines: Vec<&str> = body.split_whitespace().collect();
            let whole = format!("{BEGIN}\n{}\n{END}\n", rewrap(&lines.concat()));
            let (_, der) = der::pem::decode_vec(whole.as_bytes()).map_err(|_| KeyError::Certificate)?;
            found.push(Self::from_der(&der)?);
            rest = after;
        }
        if found.is_empty() { Err(KeyError::Certificate) } else { Ok(found) }
    }

    /// The certificate in DER.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The certificate as PEM text.
    pub fn to_pem(&self) -> String {
        pem(LABEL, &self.der)
    }

    /// Several certificates as one PEM text.
    pub fn all_to_pem(certificates: &[Self]) -> String {
        certificates.iter().map(Self::to_pem).collect()
    }

    /// SHA-256 of the certificate.
    pub fn fingerprint(&self) -> [u8; 32] {
        crypto::sha256(&self.der)
    }

    /// What it says.
    pub fn facts(&self) -> CertificateFacts {
        let body = self.inner.tbs_certificate();
        CertificateFacts {
            subject: body.subject().to_string(),
            name: self.name(),
            issuer: body.issuer().to_string(),
            serial: hex(body.serial_number().as_bytes()),
            not_before: self.not_before(),
            not_after: self.not_after(),
            sha256: hex(&self.fingerprint()),
            self_made: self.is_self_made(),
        }
    }

    /// The subject's common name, else its organisation, else nothing.
    pub fn name(&self) -> String {
        let subject = self.inner.tbs_certificate().subject();
        let name = subject.common_name().ok().flatten().or_else(|| subject.organization().ok().flatten());
        name.map(|name| name.value().into_owned()).unwrap_or_default()
    }

    /// Valid from.
    pub fn not_before(&self) -> DateTime<Utc> {
        moment(self.inner.tbs_certificate().validity().not_before)
    }

    /// Valid until.
    pub fn not_after(&self) -> DateTime<Utc> {
        moment(self.inner.tbs_certificate().validity().not_after)
    }

    /// Whether it was valid then.
    pub fn is_valid_at(&self, at: DateTime<Utc>) -> bool {
        self.not_before() <= at && at <= self.not_after()
    }

    /// Whether it is signed by its own key.
    pub fn is_self_made(&self) -> bool {
        let body = self.inner.tbs_certificate();
        body.issuer() == body.subject() && self.is_signed_by(self)
    }

    /// Whether the other one issued this one: the names agree and the signature fits.
    pub fn is_signed_by(&self, issuer: &Self) -> bool {
        let (Some(body), Some(signature)) = (first_part(&self.der), self.inner.signature().as_bytes()) else {
            return false;
        };
        self.inner.tbs_certificate().issuer() == issuer.inner.tbs_certificate().subject()
            && crypto::verifies(issuer.key(), self.inner.signature_algorithm(), None, body, signature)
    }

    /// Whether it may issue others.
    pub fn is_authority(&self) -> bool {
        let body = self.inner.tbs_certificate();
        let authority = matches!(body.get_extension::<BasicConstraints>(), Ok(Some((_, it))) if it.ca);
        authority && self.usage_allows(KeyUsage::key_cert_sign)
    }

    /// Whether its key usage allows a seal: digitalSignature or nonRepudiation, or nothing is said about it.
    pub fn may_seal(&self) -> bool {
        self.usage_allows(|usage| usage.digital_signature() || usage.non_repudiation())
    }

    /// Whether it is for time stamps and for nothing else (RFC 3161, 2.3).
    pub fn may_stamp_time(&self) -> bool {
        let body = self.inner.tbs_certificate();
        let only = |usage: &ExtendedKeyUsage| usage.0 == [ID_KP_TIME_STAMPING];
        matches!(body.get_extension::<ExtendedKeyUsage>(), Ok(Some((true, usage))) if only(&usage))
            && self.may_seal()
    }

    pub(crate) fn key(&self) -> &SubjectPublicKeyInfoOwned {
        self.inner.tbs_certificate().subject_public_key_info()
    }

    pub(crate) fn inner(&self) -> &x509_cert::Certificate {
        &self.inner
    }

    pub(crate) fn issuer(&self) -> &Name {
        self.inner.tbs_certificate().issuer()
    }

    fn usage_allows(&self, allows: impl Fn(&KeyUsage) -> bool) -> bool {
        match self.inner.tbs_certificate().get_extension::<KeyUsage>() {
            Ok(Some((_, usage))) => allows(&usage),
            Ok(None) => true,
            Err(_) => false,
        }
    }
}

/// The first element of a sequence, as it is written: what the signature of a certificate covers.
fn first_part(der: &[u8]) -> Option<&[u8]> {
    let outer = AnyRef::from_der(der).ok()?;
    SliceReader::new(outer.value()).ok()?.tlv_bytes().ok()
}

fn moment(time: x509_cert::time::Time) -> DateTime<Utc> {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
    DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Hexadecimal digits, two a byte.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let written = write!(text, "{byte:02x}");
        debug_assert!(written.is_ok(), "a String takes everything");
        text
    })
}

/// PEM text of some DER.
pub(crate) fn pem(label: &str, der: &[u8]) -> String {
    der::pem::encode_string(label, der::pem::LineEnding::LF, der).unwrap_or_default()
}

/// Lines of 64 characters: the strict reader takes no others.
fn rewrap(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(64).map(|line| line.iter().collect::<String>()).collect::<Vec<_>>().join("\n")
}
