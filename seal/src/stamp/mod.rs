//! Time stamps of an authority (RFC 3161): the question, the answer, and what is kept of it.
//!
//! Nothing here talks to anybody. Whoever sends the question gives the answer to [`parse_response`], which believes
//! it only if everything fits; there is no way from a failure to a stamp.

mod structures;
mod token;

use chrono::{DateTime, Duration, Utc};
use der::asn1::OctetString;
use der::{Decode, Encode};

use crate::certificate::Certificate;
use crate::crypto;
use crate::error::StampError;
use structures::{MessageImprint, Request, Response};
pub(crate) use token::read as read_token;
pub use token::{TimeStampToken, Trust};

/// Larger answers are not read.
const LARGEST_ANSWER: usize = 64 * 1024;

/// A question to a time stamp authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeStampRequest {
    digest: [u8; 32],
    nonce: u64,
}

impl TimeStampRequest {
    /// A question for a SHA-256. The nonce is random, and used once.
    pub fn new(digest: [u8; 32], nonce: u64) -> Self {
        Self { digest, nonce }
    }

    /// What is sent, as `application/timestamp-query`.
    pub fn to_der(&self) -> Vec<u8> {
        let imprint = OctetString::new(self.digest.as_slice()).ok();
        let der = imprint.and_then(|hashed_message| {
            let imprint = MessageImprint { hash_algorithm: crypto::sha256_algorithm(), hashed_message };
            let nonce = Some(self.nonce);
            Request { version: 1, imprint, policy: None, nonce, certificates: true }.to_der().ok()
        });
        der.unwrap_or_default()
    }

    /// What was asked about.
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }
}

/// How far an authority's clock may be from ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Our time.
    pub now: DateTime<Utc>,
    /// The greatest difference, in either direction.
    pub tolerance: Duration,
}

/// Reads the answer to a request, strictly.
///
/// It must be granted, whole, about the same hash, with the same nonce, from a certificate that is for time stamps
/// only and was valid, with a signature that fits, at a time that is now, by an authority that `trust` accepts.
pub fn parse_response(
    der: &[u8],
    request: &TimeStampRequest,
    clock: Clock,
    trust: Trust<'_>,
) -> Result<TimeStampToken, StampError> {
    if der.len() > LARGEST_ANSWER {
        return Err(StampError::Unreadable);
    }
    let response = Response::from_der(der).map_err(|_| StampError::Unreadable)?;
    // 0 is granted, 1 is granted with changes; we ask for nothing that could be changed.
    if response.status.status != 0 {
        return Err(StampError::Declined);
    }
    let token = response.token.ok_or(StampError::Unreadable)?.to_der().map_err(|_| StampError::Unreadable)?;
    let token = token::check(&token, &request.digest, trust)?;
    if token.nonce != Some(request.nonce) {
        return Err(StampError::OtherNonce);
    }
    let difference = token.time - clock.now;
    if difference.abs() > clock.tolerance {
        return Err(StampError::WrongTime(difference.num_seconds()));
    }
    Ok(token)
}

/// Checks a token that was kept beside what it stamps: signature, imprint and certificate must fit. Whether the
/// authority is one of those that are known, [`TimeStampToken::is_known`] says.
pub fn check_token(
    der: &[u8],
    digest: &[u8; 32],
    known: &[Certificate],
) -> Result<TimeStampToken, StampError> {
    if der.len() > LARGEST_ANSWER {
        return Err(StampError::Unreadable);
    }
    token::read(der, digest, known)
}

/// All of a token's certificates as one PEM text, for a proof pack.
pub fn certificates_pem(token: &TimeStampToken) -> String {
    Certificate::all_to_pem(token.certificates())
}
