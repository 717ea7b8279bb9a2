//! What an independent person needs to check a seal with other programs, for a proof pack.

use crate::certificate::Certificate;
use crate::error::SealError;
use crate::sealing::{gap_der, signed_parts};
use crate::{cms, crypto, pdf, stamp};

/// A seal taken apart.
///
/// `openssl cms -verify -binary -inform DER -in signature -content signed_bytes` checks it, and
/// `openssl ts -verify -token_in -in time_stamp -data signature_value` its time stamp.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The bytes that are signed: the file without the gap.
    pub signed_bytes: Vec<u8>,
    /// The signature container (CMS), in DER.
    pub signature: Vec<u8>,
    /// The signature alone, which the time stamp covers.
    pub signature_value: Vec<u8>,
    /// The sealer's certificates, its own first, as PEM.
    pub certificates_pem: String,
    /// The time stamp's token, in DER.
    pub time_stamp: Option<Vec<u8>>,
    /// The certificates in it, as PEM.
    pub time_stamp_certificates_pem: Option<String>,
}

/// Takes the seal of a file apart. Whether it is right is another question: see [`crate::verify_pdf`].
pub fn parts(sealed: &[u8]) -> Result<Parts, SealError> {
    taken_apart(sealed).ok_or(SealError::Unsealed)
}

fn taken_apart(sealed: &[u8]) -> Option<Parts> {
    let gap = pdf::find(sealed)?.gap;
    let signature = gap_der(sealed, &gap)?;
    let container = cms::read(&signature)?;
    let (before, after) = signed_parts(sealed, &gap)?;
    let token = container.token.as_deref();
    let token = token.and_then(|der| stamp::read_token(der, &crypto::sha256(&container.signature), &[]).ok());
    Some(Parts {
        signed_bytes: [before, after].concat(),
        signature,
        signature_value: container.signature,
        certificates_pem: Certificate::all_to_pem(&container.chain),
        time_stamp_certificates_pem: token.as_ref().map(stamp::certificates_pem),
        time_stamp: container.token,
    })
}
