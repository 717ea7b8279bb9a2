//! The structures of RFC 3161.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use cms::content_info::ContentInfo;
use const_oid::ObjectIdentifier;
use der::asn1::{Any, BitString, Int, OctetString};
use der::{Sequence, Tag, Tagged};
use spki::AlgorithmIdentifierOwned;

/// What is stamped.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub struct MessageImprint {
    pub hash_algorithm: AlgorithmIdentifierOwned,
    pub hashed_message: OctetString,
}

/// `TimeStampReq`.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub struct Request {
    pub version: u8,
    pub imprint: MessageImprint,
    pub policy: Option<ObjectIdentifier>,
    pub nonce: Option<u64>,
    #[asn1(default = "Default::default")]
    pub certificates: bool,
}

/// `TimeStampResp`.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub struct Response {
    pub status: StatusInfo,
    pub token: Option<ContentInfo>,
}

/// `PKIStatusInfo`.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub struct StatusInfo {
    pub status: u8,
    pub text: Option<Vec<Any>>,
    pub failure: Option<BitString>,
}

/// `TSTInfo`.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub struct TstInfo {
    pub version: u8,
    pub policy: ObjectIdentifier,
    pub imprint: MessageImprint,
    pub serial_number: Int,
    pub gen_time: Any,
    pub accuracy: Option<Accuracy>,
    #[asn1(default = "Default::default")]
    pub ordering: bool,
    pub nonce: Option<u64>,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    pub tsa: Option<Any>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    pub extensions: Option<Vec<Any>>,
}

/// How exact the authority's clock is.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub struct Accuracy {
    pub seconds: Option<u32>,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", optional = "true")]
    pub millis: Option<u16>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    pub micros: Option<u16>,
}

impl TstInfo {
    /// When it was stamped. Parts of a second may follow (RFC 3161 allows them), in UTC always.
    pub fn time(&self) -> Option<DateTime<Utc>> {
        if self.gen_time.tag() != Tag::GeneralizedTime {
            return None;
        }
        let text = std::str::from_utf8(self.gen_time.value()).ok()?.strip_suffix('Z')?;
        let (whole, part) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() != 14 || !digits(whole) || part.is_some_and(|part| !digits(part) || part.len() > 9) {
            return None;
        }
        let at = NaiveDateTime::parse_from_str(whole, "%Y%m%d%H%M%S").ok()?.and_utc();
        let nanos: i64 = part.map_or(Some(0), |part| format!("{part:0<9}").parse().ok())?;
        at.checked_add_signed(TimeDelta::nanoseconds(nanos))
    }
}
