//! The signature container of a seal (CMS SignedData, RFC 5652, in the profile of CAdES and PAdES baseline B).
//!
//! There is exactly one form: [`read`] takes a container apart, builds it anew from the parts, and accepts it only if
//! the same bytes come out. So nothing can hide in it, and no part of it is free: the certificates are named in the
//! signed attributes, the signature has one form, and the time stamp is checked by itself.

use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    CertificateSet, EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos,
};
use der::asn1::{Any, OctetString, SetOfVec};
use der::{Decode, Encode};
use x509_cert::attr::Attributes;

use crate::asn1::{self, SigningCertificateV2};
use crate::certificate::{Certificate, LONGEST_CHAIN};
use crate::crypto;

/// The parts of a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    /// The sealer's chain, its own certificate first.
    pub chain: Vec<Certificate>,
    /// SHA-256 of the signed bytes, as it says.
    pub digest: [u8; 32],
    /// The signature over [`signed_attributes`].
    pub signature: Vec<u8>,
    /// A time stamp of the signature, in DER.
    pub token: Option<Vec<u8>>,
}

impl Container {
    /// The container in DER.
    pub fn to_der(&self) -> der::Result<Vec<u8>> {
        let own = self.chain.first().ok_or(der::ErrorKind::Failed)?.inner().tbs_certificate();
        let signer = SignerInfo {
            version: CmsVersion::V1,
            sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
                issuer: own.issuer().clone(),
                serial_number: own.serial_number().clone(),
            }),
            digest_alg: crypto::sha256_algorithm(),
            signed_attrs: Some(self.attributes()?),
            signature_algorithm: crypto::ecdsa_algorithm(),
            signature: OctetString::new(self.signature.as_slice())?,
            unsigned_attrs: self.token.as_deref().map(unsigned).transpose()?,
        };
        let certificates = self.chain.iter().map(|it| CertificateChoices::Certificate(it.inner().clone()));
        let data = SignedData {
            version: CmsVersion::V1,
            digest_algorithms: SetOfVec::try_from(vec![crypto::sha256_algorithm()])?,
            encap_content_info: EncapsulatedContentInfo { econtent_type: asn1::ID_DATA, econtent: None },
            certificates: Some(CertificateSet::try_from(certificates.collect::<Vec<_>>())?),
            crls: None,
            signer_infos: SignerInfos::try_from(vec![signer])?,
        };
        let content = Any::from_der(&data.to_der()?)?;
        ContentInfo { content_type: asn1::ID_SIGNED_DATA, content }.to_der()
    }

    fn attributes(&self) -> der::Result<Attributes> {
        attributes(&self.digest, &self.chain)
    }

    /// What the signature covers.
    pub fn signed_attributes(&self) -> der::Result<Vec<u8>> {
        self.attributes()?.to_der()
    }
}

/// What a signature has to cover: kind and hash of the content, and the names of the whole chain. No time: in a PDF
/// that stands in the signature dictionary.
pub fn signed_attributes(digest: &[u8; 32], chain: &[Certificate]) -> der::Result<Vec<u8>> {
    attributes(digest, chain)?.to_der()
}

fn attributes(digest: &[u8; 32], chain: &[Certificate]) -> der::Result<Attributes> {
    SetOfVec::try_from(vec![
        asn1::attribute(asn1::ID_CONTENT_TYPE, &asn1::ID_DATA)?,
        asn1::attribute(asn1::ID_MESSAGE_DIGEST, &OctetString::new(digest.as_slice())?)?,
        asn1::attribute(asn1::ID_SIGNING_CERTIFICATE_V2, &SigningCertificateV2::of(chain)?)?,
    ])
}

fn unsigned(token: &[u8]) -> der::Result<Attributes> {
    SetOfVec::try_from(vec![asn1::attribute(asn1::ID_TIME_STAMP_TOKEN, &Any::from_der(token)?)?])
}

/// Reads a container; `None` if it is not in our one form. Signature and hash are not checked here.
pub fn read(der: &[u8]) -> Option<Container> {
    let outer = ContentInfo::from_der(der).ok()?;
    let data: SignedData = outer.content.decode_as().ok()?;
    let mut signers = data.signer_infos.0.iter();
    let (signer, None) = (signers.next()?, signers.next()) else { return None };
    let signed = signer.signed_attrs.as_ref()?;
    let digest: OctetString = asn1::only_value(signed, asn1::ID_MESSAGE_DIGEST)?.decode_as().ok()?;
    let names: SigningCertificateV2 =
        asn1::only_value(signed, asn1::ID_SIGNING_CERTIFICATE_V2)?.decode_as().ok()?;
    let token = match &signer.unsigned_attrs {
        Some(unsigned) => Some(asn1::only_value(unsigned, asn1::ID_TIME_STAMP_TOKEN)?.to_der().ok()?),
        None => None,
    };
    let container = Container {
        chain: chain(&names, certificates(&data)?)?,
        digest: digest.as_bytes().try_into().ok()?,
        signature: signer.signature.as_bytes().to_vec(),
        token,
    };
    (container.to_der().ok()? == der).then_some(container)
}

/// The certificates of a container; `None` if there are other things among them, or too many.
pub fn certificates(data: &SignedData) -> Option<Vec<Certificate>> {
    let set = data.certificates.as_ref()?;
    if set.0.len() > LONGEST_CHAIN {
        return None;
    }
    let read = |choice: &CertificateChoices| match choice {
        CertificateChoices::Certificate(it) => Certificate::from_der(&it.to_der().ok()?).ok(),
        CertificateChoices::Other(_) => None,
    };
    set.0.iter().map(read).collect()
}

/// The certificates in the order in which the signed attributes name them: the same ones, no more, no fewer.
fn chain(names: &SigningCertificateV2, given: Vec<Certificate>) -> Option<Vec<Certificate>> {
    if names.certs.len() != given.len() || given.is_empty() {
        return None;
    }
    let find = |hash: &[u8]| given.iter().find(|it| it.fingerprint() == hash).cloned();
    let chain: Vec<_> =
        names.certs.iter().map(|name| find(name.cert_hash.as_bytes())).collect::<Option<_>>()?;
    let linked = chain.windows(2).all(|pair| match pair {
        [below, above] => below.is_signed_by(above) && above.is_authority(),
        _ => false,
    });
    linked.then_some(chain)
}
