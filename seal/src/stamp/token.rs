//! A time stamp that was checked, in the form in which it is kept.

use chrono::{DateTime, Utc};
use cms::cert::CertificateChoices;
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{CertificateSet, SignedData, SignerIdentifier, SignerInfo, SignerInfos};
use const_oid::ObjectIdentifier;
use der::asn1::{Any, OctetString, SetOfVec};
use der::{Decode, Encode, Sequence};
use x509_cert::attr::Attributes;
use x509_cert::ext::pkix::SubjectKeyIdentifier;

use super::structures::TstInfo;
use crate::asn1::{self, SigningCertificateV2};
use crate::certificate::{Certificate, LONGEST_CHAIN};
use crate::error::StampError;
use crate::{cms as container, crypto};

/// Which authorities are believed.
#[derive(Clone, Copy, Debug)]
pub enum Trust<'a> {
    /// Those whose certificate, or that of their issuer, is here.
    Known(&'a [Certificate]),
    /// Whoever answers. Right only where the answer came over a connection that proves who answered, and where the
    /// certificate is remembered from then on (see `KeyStore::remember_time_stamper`).
    FirstUse,
}

/// A time stamp whose every part was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeStampToken {
    /// The SHA-256 that was stamped.
    pub digest: [u8; 32],
    /// When.
    pub time: DateTime<Utc>,
    /// Name of the authority, as its certificate says.
    pub authority: String,
    /// The authority's policy.
    pub policy: String,
    pub(super) nonce: Option<u64>,
    signer: Certificate,
    certificates: Vec<Certificate>,
    known: bool,
    der: Vec<u8>,
}

impl TimeStampToken {
    /// The token in DER, in the form in which it is put into a seal: with the certificates that can be checked.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The certificate that stamped.
    pub fn signer(&self) -> &Certificate {
        &self.signer
    }

    /// The certificates on the way up that came with the answer, the stamping one first; only the first, if nothing
    /// proves that those above it are unaltered.
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// Whether the authority is one of those that are trusted.
    pub fn is_known(&self) -> bool {
        self.known
    }
}

/// Reads a token that lies in a seal: it must be in the form in which we put it there. Of an unknown authority it is
/// right as well, but [`TimeStampToken::is_known`] says no.
pub(crate) fn read(
    der: &[u8],
    digest: &[u8; 32],
    known: &[Certificate],
) -> Result<TimeStampToken, StampError> {
    let token = examine(der, digest, known)?;
    if token.der == der { Ok(token) } else { Err(StampError::Unreadable) }
}

/// Checks a token as it comes.
pub(super) fn check(der: &[u8], digest: &[u8; 32], trust: Trust<'_>) -> Result<TimeStampToken, StampError> {
    match trust {
        Trust::FirstUse => examine(der, digest, &[]),
        Trust::Known(known) => {
            let token = examine(der, digest, known)?;
            if token.known { Ok(token) } else { Err(StampError::UnknownAuthority) }
        }
    }
}

fn examine(der: &[u8], digest: &[u8; 32], known: &[Certificate]) -> Result<TimeStampToken, StampError> {
    let (data, signer) = parts(der).ok_or(StampError::Unreadable)?;
    let content = content(&data).ok_or(StampError::Unreadable)?;
    let info = TstInfo::from_der(&content).map_err(|_| StampError::Unreadable)?;
    let time = info.time().filter(|_| info.version == 1).ok_or(StampError::Unreadable)?;
    let imprint = &info.imprint;
    if imprint.hash_algorithm.oid != crypto::sha256_algorithm().oid
        || imprint.hashed_message.as_bytes() != digest
    {
        return Err(StampError::OtherImprint);
    }
    let given = container::certificates(&data).ok_or(StampError::Certificate)?;
    let own = given.iter().find(|it| is_meant(&signer.sid, it)).ok_or(StampError::Certificate)?;
    if !own.may_stamp_time() || !own.is_valid_at(time) {
        return Err(StampError::Certificate);
    }
    signature_fits(&signer, own, &content).ok_or(StampError::Signature)?;
    let chain = way_up(own, &given, time);
    Ok(TimeStampToken {
        digest: *digest,
        time,
        authority: own.name(),
        policy: info.policy.to_string(),
        nonce: info.nonce,
        signer: own.clone(),
        known: is_known(&chain, known, time),
        der: canonical(&data, signer, kept(&chain)).map_err(|_| StampError::Unreadable)?,
        certificates: fixed(&chain, known, time).to_vec(),
    })
}

/// The signed data and its only signer.
fn parts(der: &[u8]) -> Option<(SignedData, SignerInfo)> {
    let outer = ContentInfo::from_der(der).ok().filter(|it| it.content_type == asn1::ID_SIGNED_DATA)?;
    let data: SignedData = outer.content.decode_as().ok()?;
    let mut signers = data.signer_infos.0.iter();
    let (signer, None) = (signers.next()?, signers.next()) else { return None };
    let signer = signer.clone();
    Some((data, signer))
}

fn content(data: &SignedData) -> Option<Vec<u8>> {
    if data.encap_content_info.econtent_type != asn1::ID_TST_INFO {
        return None;
    }
    let octets: OctetString = data.encap_content_info.econtent.as_ref()?.decode_as().ok()?;
    Some(octets.as_bytes().to_vec())
}

fn is_meant(sid: &SignerIdentifier, certificate: &Certificate) -> bool {
    let body = certificate.inner().tbs_certificate();
    match sid {
        SignerIdentifier::IssuerAndSerialNumber(it) => {
            it.issuer == *certificate.issuer() && it.serial_number == *body.serial_number()
        }
        SignerIdentifier::SubjectKeyIdentifier(id) => {
            matches!(body.get_extension::<SubjectKeyIdentifier>(), Ok(Some((_, own))) if own == *id)
        }
    }
}

/// Signed attributes, their signature, and the name of the certificate in them.
fn signature_fits(signer: &SignerInfo, own: &Certificate, content: &[u8]) -> Option<()> {
    let attributes = signer.signed_attrs.as_ref()?;
    let kind: ObjectIdentifier = asn1::only_value(attributes, asn1::ID_CONTENT_TYPE)?.decode_as().ok()?;
    let digest: OctetString = asn1::only_value(attributes, asn1::ID_MESSAGE_DIGEST)?.decode_as().ok()?;
    let right = kind == asn1::ID_TST_INFO
        && crypto::hash(&signer.digest_alg, content)? == digest.as_bytes()
        && names(attributes, own)
        && crypto::verifies(
            own.key(),
            &signer.signature_algorithm,
            Some(&signer.digest_alg),
            &attributes.to_der().ok()?,
            signer.signature.as_bytes(),
        );
    right.then_some(())
}

/// `SigningCertificate` of RFC 2634: the older kind of name, by SHA-1. It is only compared with the certificate whose
/// key fits the signature.
#[derive(Sequence)]
struct SigningCertificate {
    certs: Vec<EssCertId>,
    policies: Option<Any>,
}

#[derive(Sequence)]
struct EssCertId {
    cert_hash: OctetString,
    issuer_serial: Option<Any>,
}

fn names(attributes: &Attributes, own: &Certificate) -> bool {
    if let Some(value) = asn1::only_value(attributes, asn1::ID_SIGNING_CERTIFICATE_V2) {
        return value.decode_as::<SigningCertificateV2>().is_ok_and(|it| it.names_first(own));
    }
    let old = asn1::only_value(attributes, asn1::ID_SIGNING_CERTIFICATE);
    let old = old.and_then(|value| value.decode_as::<SigningCertificate>().ok());
    let first = old.as_ref().and_then(|it| it.certs.first());
    first.is_some_and(|it| it.cert_hash.as_bytes() == crypto::sha1(own.der()))
}

/// The chain from the stamping certificate upwards, as far as the answer brings it along.
fn way_up(own: &Certificate, given: &[Certificate], time: DateTime<Utc>) -> Vec<Certificate> {
    let mut chain = vec![own.clone()];
    while let Some(last) = chain.last().filter(|_| chain.len() < LONGEST_CHAIN) {
        let issues = |it: &&Certificate| {
            last.is_signed_by(it) && it.is_authority() && it.is_valid_at(time) && !chain.contains(it)
        };
        match given.iter().find(issues).cloned() {
            Some(next) => chain.push(next),
            None => break,
        }
    }
    chain
}

/// What is kept in the seal. The stamping certificate is fixed by its name in the signed attributes, one above it by
/// the signature of the next, and the last by its own signature. A chain without such an end could be altered there,
/// so that only the first is kept.
fn kept(chain: &[Certificate]) -> &[Certificate] {
    match chain.last() {
        Some(top) if top.is_self_made() => chain,
        _ => chain.get(..1).unwrap_or_default(),
    }
}

/// The same, but a chain may also end at somebody who is known.
fn fixed<'a>(chain: &'a [Certificate], known: &[Certificate], time: DateTime<Utc>) -> &'a [Certificate] {
    match chain.last() {
        Some(top) if is_known(std::slice::from_ref(top), known, time) => chain,
        _ => kept(chain),
    }
}

fn is_known(chain: &[Certificate], known: &[Certificate], time: DateTime<Utc>) -> bool {
    let issued = |below: &Certificate| {
        known.iter().any(|it| below.is_signed_by(it) && it.is_authority() && it.is_valid_at(time))
    };
    chain.iter().any(|it| known.contains(it) || issued(it))
}

/// The token without anything that is not checked.
fn canonical(data: &SignedData, signer: SignerInfo, kept: &[Certificate]) -> der::Result<Vec<u8>> {
    let certificates = kept.iter().map(|it| CertificateChoices::Certificate(it.inner().clone()));
    let version = match signer.sid {
        SignerIdentifier::IssuerAndSerialNumber(_) => CmsVersion::V1,
        SignerIdentifier::SubjectKeyIdentifier(_) => CmsVersion::V3,
    };
    let data = SignedData {
        version: CmsVersion::V3,
        digest_algorithms: SetOfVec::try_from(vec![signer.digest_alg.clone()])?,
        encap_content_info: data.encap_content_info.clone(),
        certificates: Some(CertificateSet::try_from(certificates.collect::<Vec<_>>())?),
        crls: None,
        signer_infos: SignerInfos::try_from(vec![SignerInfo { version, unsigned_attrs: None, ..signer }])?,
    };
    let content = Any::from_der(&data.to_der()?)?;
    ContentInfo { content_type: asn1::ID_SIGNED_DATA, content }.to_der()
}
