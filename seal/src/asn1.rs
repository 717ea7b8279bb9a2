//! The few ASN.1 structures that no crate has: names of certificates inside signatures (RFC 5035), and attributes.

use const_oid::ObjectIdentifier;
use der::asn1::{Any, OctetString, SetOfVec};
use der::{Decode, Encode, Sequence};
use spki::AlgorithmIdentifierOwned;
use x509_cert::attr::{Attribute, Attributes};

use crate::certificate::Certificate;
use crate::crypto;

pub const ID_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
pub const ID_SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
pub const ID_CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
pub const ID_MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
pub const ID_TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
pub const ID_SIGNING_CERTIFICATE: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.12");
pub const ID_TIME_STAMP_TOKEN: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.14");
pub const ID_SIGNING_CERTIFICATE_V2: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");

/// `SigningCertificateV2` of RFC 5035.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub struct SigningCertificateV2 {
    pub certs: Vec<EssCertIdV2>,
    pub policies: Option<Any>,
}

/// `ESSCertIDv2`; no algorithm means SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub struct EssCertIdV2 {
    pub hash_algorithm: Option<AlgorithmIdentifierOwned>,
    pub cert_hash: OctetString,
    pub issuer_serial: Option<Any>,
}

impl SigningCertificateV2 {
    /// The names of a chain.
    pub fn of(chain: &[Certificate]) -> der::Result<Self> {
        let name = |certificate: &Certificate| {
            let cert_hash = OctetString::new(certificate.fingerprint().as_slice())?;
            Ok(EssCertIdV2 { hash_algorithm: None, cert_hash, issuer_serial: None })
        };
        Ok(Self { certs: chain.iter().map(name).collect::<der::Result<_>>()?, policies: None })
    }

    /// Whether the first name is that of the certificate.
    pub fn names_first(&self, certificate: &Certificate) -> bool {
        let Some(first) = self.certs.first() else { return false };
        let sha256 = crypto::sha256_algorithm();
        let algorithm = first.hash_algorithm.as_ref().unwrap_or(&sha256);
        crypto::hash(algorithm, certificate.der()).as_deref() == Some(first.cert_hash.as_bytes())
    }
}

/// An attribute with one value.
pub fn attribute(oid: ObjectIdentifier, value: &impl Encode) -> der::Result<Attribute> {
    let mut values = SetOfVec::new();
    values.insert(Any::from_der(&value.to_der()?)?)?;
    Ok(Attribute { oid, values })
}

/// The only value of the only attribute of a kind; `None` if there is none or more than one.
pub fn only_value(attributes: &Attributes, oid: ObjectIdentifier) -> Option<&Any> {
    let mut found = attributes.iter().filter(|attribute| attribute.oid == oid);
    let (one, None) = (found.next()?, found.next()) else { return None };
    let mut values = one.values.iter();
    let (value, None) = (values.next()?, values.next()) else { return None };
    Some(value)
}
