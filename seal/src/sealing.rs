//! Sealing: from a PDF to a sealed PDF, and later from there to one with a time stamp.

use chrono::{DateTime, Datelike, Utc};

use crate::cms::{self, Container};
use crate::crypto;
use crate::error::SealError;
use crate::key::SealKey;
use crate::pdf::{self, GAP, Original, Update};
use crate::stamp::TimeStampToken;

/// The longest fact, in characters.
const LONGEST_FACT: usize = 200;

/// What a seal says beside the signature. Readers show it to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealFacts {
    /// Why it was sealed, such as `Vertrag AVV-2026-0001`.
    pub reason: String,
    /// Where, such as `Berlin`; may be empty.
    pub location: String,
    /// Who seals, such as `Fluxpunkt GmbH`.
    pub name: String,
    /// When, by our clock; whole seconds count.
    pub at: DateTime<Utc>,
}

impl SealFacts {
    /// What a screen reader says of the field.
    pub(crate) fn label(&self) -> String {
        format!("{}: {}", self.name, self.reason)
    }

    fn check(&self) -> Result<(), SealError> {
        let short = |text: &str| text.chars().count() <= LONGEST_FACT && !text.chars().any(char::is_control);
        let well = [&self.reason, &self.location, &self.name].iter().all(|text| short(text))
            && !self.reason.is_empty()
            && !self.name.is_empty()
            && (1000..=9999).contains(&self.at.year());
        if well { Ok(()) } else { Err(SealError::Facts) }
    }
}

/// Seals a PDF: PAdES baseline B-B. The original's bytes stay an untouched beginning of the new ones; but for the
/// signature, the same input gives the same bytes.
pub fn seal_pdf(pdf: &[u8], key: &SealKey, facts: &SealFacts) -> Result<Vec<u8>, SealError> {
    facts.check()?;
    if pdf::has_traces(pdf) && pdf::find(pdf).is_some() {
        return Err(SealError::Sealed);
    }
    let original = Original::read(pdf).map_err(SealError::Document)?;
    let update = Update::write(&original, facts);
    let mut out = Vec::with_capacity(pdf.len() + update.bytes.len());
    out.extend_from_slice(pdf);
    out.extend_from_slice(&update.bytes);
    let (before, after) = signed_parts(&out, &update.gap).ok_or(SealError::Crypto)?;
    let digest = crypto::sha256_of(&[before, after]);
    let chain = key.chain();
    let attributes = cms::signed_attributes(&digest, &chain).map_err(|_| SealError::Crypto)?;
    let signature = key.sign(&attributes).map_err(|_| SealError::Crypto)?;
    let container = Container { chain, digest, signature, token: None };
    fill(&mut out, &update.gap, &container)?;
    Ok(out)
}

/// Puts a time stamp into a sealed PDF: from baseline B-B to B-T. Only the space kept for it changes; what the seal
/// signs stays as it is. The time stamp must be one of [`signature_digest`].
pub fn add_time_stamp(sealed: &[u8], token: &TimeStampToken) -> Result<Vec<u8>, SealError> {
    let (gap, container) = container(sealed).ok_or(SealError::Unsealed)?;
    if container.token.is_some() || token.digest != crypto::sha256(&container.signature) {
        return Err(SealError::Stamp);
    }
    let container = Container { token: Some(token.der().to_vec()), ..container };
    let mut out = sealed.to_vec();
    fill(&mut out, &gap, &container)?;
    Ok(out)
}

/// The SHA-256 that a time stamp authority stamps: that of the seal's signature.
pub fn signature_digest(sealed: &[u8]) -> Result<[u8; 32], SealError> {
    let (_, container) = container(sealed).ok_or(SealError::Unsealed)?;
    Ok(crypto::sha256(&container.signature))
}

fn container(sealed: &[u8]) -> Option<(std::ops::Range<usize>, Container)> {
    let gap = pdf::find(sealed)?.gap;
    let der = gap_der(sealed, &gap)?;
    Some((gap, cms::read(&der)?))
}

/// The two parts of a file that its seal signs: all before the gap's opening bracket and all after its closing one.
pub(crate) fn signed_parts<'a>(
    bytes: &'a [u8],
    gap: &std::ops::Range<usize>,
) -> Option<(&'a [u8], &'a [u8])> {
    Some((bytes.get(..gap.start.checked_sub(1)?)?, bytes.get(gap.end.checked_add(1)?..)?))
}

/// Writes a container into a gap, and zeros behind it.
pub(crate) fn fill(
    out: &mut [u8],
    gap: &std::ops::Range<usize>,
    container: &Container,
) -> Result<(), SealError> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let der = container.to_der().map_err(|_| SealError::Crypto)?;
    if der.len() > GAP {
        return Err(SealError::NoRoom);
    }
    let digit = |half: u8| DIGITS.get(usize::from(half & 15)).copied().unwrap_or(b'0');
    let digits = der.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]);
    let places = out.get_mut(gap.clone()).ok_or(SealError::Unsealed)?;
    for (to, from) in places.iter_mut().zip(digits.chain(std::iter::repeat(b'0'))) {
        *to = from;
    }
    Ok(())
}

/// The container in a gap: small hexadecimal digits, one value in DER, then zeros up to the end.
pub(crate) fn gap_der(bytes: &[u8], gap: &std::ops::Range<usize>) -> Option<Vec<u8>> {
    let digits = bytes.get(gap.clone())?;
    let value = |digit: &u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let pairs = digits.chunks(2).map(|pair| match pair {
        [high, low] => Some(value(high)? << 4 | value(low)?),
        _ => None,
    });
    let mut all: Vec<u8> = pairs.collect::<Option<_>>()?;
    let length = der_length(&all)?;
    if all.get(length..)?.iter().any(|byte| *byte != 0) {
        return None;
    }
    all.truncate(length);
    Some(all)
}

/// Length of the value that begins here, head included.
fn der_length(bytes: &[u8]) -> Option<usize> {
    use der::Encode as _;
    let header = <der::Header as der::Decode>::decode(&mut der::SliceReader::new(bytes).ok()?).ok()?;
    let head = usize::try_from(header.encoded_len().ok()?).ok()?;
    head.checked_add(usize::try_from(header.length()).ok()?)
}
