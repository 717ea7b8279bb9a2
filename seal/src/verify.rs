//! Verification: what a PDF is, as one of a few clear cases. Only everything being right is valid.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use chrono::{DateTime, Utc};

use crate::certificate::{Certificate, CertificateFacts};
use crate::cms::{self, Container};
use crate::crypto;
use crate::key;
use crate::pdf::{self, Original, Sealed, Update};
use crate::sealing::{SealFacts, gap_der, signed_parts};
use crate::stamp;

/// Whom we believe.
#[derive(Clone, Copy, Debug, Default)]
pub struct Trusted<'a> {
    /// Our own sealing certificates, present and past.
    pub sealers: &'a [Certificate],
    /// Certificates of time stamp authorities, or of their issuers.
    pub time_stampers: &'a [Certificate],
}

/// What is not even looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Larger files are refused unread.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 50 * 1024 * 1024 }
    }
}

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Not a PDF.
    NotPdf,
    /// Larger than the limit; it was not looked at.
    TooLarge,
    /// An encrypted PDF: ours never are.
    Encrypted,
    /// A PDF without any seal or signature.
    Unsealed,
    /// There is a seal or signature, but not a whole one of ours.
    Broken(Fault),
    /// There is a whole seal, but the file is not what was sealed.
    Altered(Change),
    /// The seal fits the file, but it is by somebody that we do not know.
    UnknownSealer(Box<SealFound>),
    /// Sealed by us, and unchanged since.
    Valid(Box<SealFound>),
}

/// Why a seal is not whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is not in the form in which our seals are.
    Form,
    /// The signature container cannot be read, or holds more than it should.
    Container,
    /// The signature itself is wrong.
    Signature,
    /// The certificate does not allow seals, or was not valid at the time.
    Certificate,
    /// The time stamp inside is wrong.
    TimeStamp,
    /// The document around the seal is not built as ours are.
    Structure,
}

impl Fault {
    /// A stable code, for words kept elsewhere.
    pub fn code(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Container => "container",
            Self::Signature => "signature",
            Self::Certificate => "certificate",
            Self::TimeStamp => "time_stamp",
            Self::Structure => "structure",
        }
    }
}

/// How a file differs from what was sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Something in it is different.
    Content,
    /// What was sealed is whole, but something was added behind it.
    Appended,
}

/// A seal that fits its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealFound {
    /// Whose it is.
    pub certificate: CertificateFacts,
    /// What it proves about the time.
    pub level: Level,
    /// What it says of itself; `at` is the time that the sealer's clock showed.
    pub facts: SealFacts,
    /// SHA-256 of the whole file.
    pub sha256: [u8; 32],
    /// SHA-256 of the original, before it was sealed.
    pub original_sha256: [u8; 32],
}

/// The level of a seal, as PAdES names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Level {
    /// B-B: the time is the sealer's own word.
    BaselineB,
    /// B-T: an authority that is trusted stamped the time.
    BaselineT {
        /// When, by the authority's clock.
        time: DateTime<Utc>,
        /// The authority's name.
        authority: String,
    },
    /// There is a time stamp, right in itself, but nobody trusted made it: it proves no more than B-B.
    StampUnknown {
        /// When, as it says.
        time: DateTime<Utc>,
        /// Who, as it says.
        authority: String,
    },
}

/// Says what a file is. Reads it once, needs little memory beside it, and accepts no input that differs from what was
/// sealed.
pub fn verify_pdf(bytes: &[u8], trusted: &Trusted<'_>, limits: &Limits) -> Verdict {
    if bytes.len() > limits.bytes {
        return Verdict::TooLarge;
    }
    if !pdf::is_pdf(bytes) {
        return Verdict::NotPdf;
    }
    if pdf::is_encrypted(bytes) {
        return Verdict::Encrypted;
    }
    if !pdf::has_traces(bytes) {
        return Verdict::Unsealed;
    }
    match examine(bytes, trusted) {
        Ok(verdict) | Err(verdict) => verdict,
    }
}

/// The same for a file, of which nothing is read if it is too large.
pub fn verify_file(path: &Path, trusted: &Trusted<'_>, limits: &Limits) -> std::io::Result<Verdict> {
    let file = File::open(path)?;
    let limit = u64::try_from(limits.bytes).unwrap_or(u64::MAX);
    if file.metadata()?.len() > limit {
        return Ok(Verdict::TooLarge);
    }
    let mut bytes = Vec::new();
    // The file may grow meanwhile.
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(verify_pdf(&bytes, trusted, limits))
}

fn examine(bytes: &[u8], trusted: &Trusted<'_>) -> Result<Verdict, Verdict> {
    let broken = |fault| move || Verdict::Broken(fault);
    let sealed = pdf::find(bytes).ok_or_else(broken(Fault::Form))?;
    let der = gap_der(bytes, &sealed.gap).ok_or_else(broken(Fault::Container))?;
    let container = cms::read(&der).ok_or_else(broken(Fault::Container))?;
    let own = container.chain.first().ok_or_else(broken(Fault::Container))?;
    let attributes = container.signed_attributes().map_err(|_| Verdict::Broken(Fault::Container))?;
    if !key::verify_with(own, &attributes, &container.signature) {
        return Err(Verdict::Broken(Fault::Signature));
    }
    unchanged(bytes, &sealed, &container)?;
    as_we_write_it(bytes, &sealed).ok_or_else(broken(Fault::Structure))?;
    let level = level(&container, trusted.time_stampers).ok_or_else(broken(Fault::TimeStamp))?;
    let at = match &level {
        Level::BaselineT { time, .. } => *time,
        Level::BaselineB | Level::StampUnknown { .. } => sealed.facts.at,
    };
    if !own.may_seal() || !own.is_valid_at(at) {
        return Err(Verdict::Broken(Fault::Certificate));
    }
    let known = trusted.sealers.contains(own);
    let found = Box::new(SealFound {
        certificate: own.facts(),
        level,
        facts: sealed.facts,
        sha256: crypto::sha256(bytes),
        original_sha256: crypto::sha256(bytes.get(..sealed.original).unwrap_or_default()),
    });
    Ok(if known { Verdict::Valid(found) } else { Verdict::UnknownSealer(found) })
}

/// Whether the signed hash is that of the file: of all of it but the gap.
fn unchanged(bytes: &[u8], sealed: &Sealed, container: &Container) -> Result<(), Verdict> {
    let (before, after) = signed_parts(bytes, &sealed.gap).ok_or(Verdict::Broken(Fault::Form))?;
    if crypto::sha256_of(&[before, after]) == container.digest {
        return Ok(());
    }
    let then = bytes.get(sealed.gap.end.saturating_add(1)..sealed.end).unwrap_or_default();
    let appended = sealed.end < bytes.len() && crypto::sha256_of(&[before, then]) == container.digest;
    Err(Verdict::Altered(if appended { Change::Appended } else { Change::Content }))
}

/// Whether the file is an original of our form and, behind it, byte for byte the update that we would write.
fn as_we_write_it(bytes: &[u8], sealed: &Sealed) -> Option<()> {
    let (first, update) = bytes.split_at_checked(sealed.original)?;
    let ours = Update::write(&Original::read(first).ok()?, &sealed.facts);
    let gap = sealed.gap.start.checked_sub(sealed.original)?..sealed.gap.end.checked_sub(sealed.original)?;
    let same = ours.gap == sealed.gap
        && ours.bytes.len() == update.len()
        && ours.bytes.get(..gap.start)? == update.get(..gap.start)?
        && ours.bytes.get(gap.end..)? == update.get(gap.end..)?;
    same.then_some(())
}

/// The level; `None` if there is a time stamp that is wrong.
fn level(container: &Container, known: &[Certificate]) -> Option<Level> {
    let Some(token) = &container.token else { return Some(Level::BaselineB) };
    let token = stamp::read_token(token, &crypto::sha256(&container.signature), known).ok()?;
    let (time, authority) = (token.time, token.authority.clone());
    Some(if token.is_known() {
        Level::BaselineT { time, authority }
    } else {
        Level::StampUnknown { time, authority }
    })
}

/// Attacks by somebody who can use our key: even then, nothing but our one form is valid.
#[cfg(test)]
mod tests {
    use super::*;
    use crate::sealing::fill;
    use crate::{SealKey, SubjectNames, seal_pdf};

    const ORIGINAL: &[u8] = include_bytes!("../tests/fixtures/minimal-de.pdf");

    fn facts() -> SealFacts {
        let at = DateTime::from_timestamp(1_795_428_000, 0).unwrap();
        SealFacts { reason: "Vertrag".into(), location: String::new(), name: "Fluxpunkt".into(), at }
    }

    fn key() -> SealKey {
        let name = "Fluxpunkt".to_owned();
        let subject = SubjectNames { common_name: name.clone(), organisation: name, country: "DE".into() };
        SealKey::create(&subject, facts().at).unwrap()
    }

    /// Signs whatever the file has around its gap.
    fn signed_anew(mut file: Vec<u8>, key: &SealKey) -> Vec<u8> {
        let gap = pdf::find(&file).unwrap().gap;
        let (before, after) = signed_parts(&file, &gap).unwrap();
        let digest = crypto::sha256_of(&[before, after]);
        let chain = key.chain();
        let signature = key.sign(&cms::signed_attributes(&digest, &chain).unwrap()).unwrap();
        fill(&mut file, &gap, &Container { chain, digest, signature, token: None }).unwrap();
        file
    }

    fn changed(file: &[u8], what: &str, by: &str) -> Vec<u8> {
        let at = file.windows(what.len()).rposition(|part| part == what.as_bytes()).unwrap();
        [&file[..at], by.as_bytes(), &file[at + what.len()..]].concat()
    }

    fn verdict(file: &[u8], key: &SealKey) -> Verdict {
        let sealers = [key.certificate().clone()];
        verify_pdf(file, &Trusted { sealers: &sealers, time_stampers: &[] }, &Limits::default())
    }

    #[test]
    fn our_own_signature_under_another_structure_is_not_valid() {
        let key = key();
        let sealed = seal_pdf(ORIGINAL, &key, &facts()).unwrap();
        assert!(
            matches!(verdict(&signed_anew(sealed.clone(), &key), &key), Verdict::Valid(_)),
            "as it should be"
        );
        let attacks = [
            ("another byte range", changed(&sealed, " ]/Contents<", "1]/Contents<")),
            (
                "a second key",
                changed(&sealed, ">>>\nendobj\n", ">>>\nendobj\n9 0 obj\n<</Contents<00>>>\nendobj\n"),
            ),
            ("a visible field", changed(&sealed, "/Rect[0 0 0 0]", "/Rect[0 0 9 9]")),
            ("two fields", changed(&sealed, "/Fields[", "/Fields[1 0 R ")),
            ("no flags", changed(&sealed, "/SigFlags 3", "/SigFlags 0")),
            ("an action", changed(&sealed, "/AcroForm", "/OpenAction 1 0 R/AcroForm")),
            ("a comment", changed(&sealed, "startxref", "%\nstartxref")),
            ("hybrid tables", changed(&sealed, "/Prev ", "/XRefStm 9/Prev ")),
            ("another previous table", changed(&sealed, "/Prev ", "/Prev 1")),
            ("other objects", changed(&sealed, "xref\n", "xref\n0 0\n")),
            ("more behind the end", [sealed.as_slice(), b"%\n"].concat()),
            ("the original encrypted", changed(&sealed, "/Root", "/Encrypt 1 0 R/Root")),
        ];
        for (name, file) in attacks {
            let said = verdict(&signed_anew(file, &key), &key);
            let refused = matches!(said, Verdict::Broken(Fault::Structure) | Verdict::Encrypted);
            assert!(refused, "{name}: {said:?}");
        }
    }

    #[test]
    fn a_second_seal_on_the_first_is_not_valid() {
        let key = key();
        let sealed = seal_pdf(ORIGINAL, &key, &facts()).unwrap();
        let original = Original::read(ORIGINAL).unwrap();
        let second = Original { length: sealed.len(), size: original.size + 2, ..original };
        let update = Update::write(&second, &facts());
        let twice = signed_anew([sealed.as_slice(), &update.bytes].concat(), &key);
        assert_eq!(verdict(&twice, &key), Verdict::Broken(Fault::Structure));
    }

    #[test]
    fn the_twin_of_a_signature_is_not_accepted() {
        let key = key();
        let message = b"signed attributes";
        let signature = key.sign(message).unwrap();
        let twin = crypto::twin(&signature).unwrap();
        assert!(crypto::verifies(key.certificate().key(), &crypto::ecdsa_algorithm(), None, message, &twin));
        assert!(key::verify_with(key.certificate(), message, &signature));
        assert!(!key::verify_with(key.certificate(), message, &twin));
    }
}
