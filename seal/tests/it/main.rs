//! Seals on real PDFs: what they are, what other programs say of them, and what nobody gets past them.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a helper that fails fails its test")]

mod attacks;
mod authority;
mod chance;
mod keys;
mod readers;
mod seals;
mod stamps;
mod tampering;
mod tools;

use chrono::{DateTime, Utc};
use seal::{Certificate, Limits, SealFacts, SealKey, SubjectNames, Trusted, Verdict, seal_pdf, verify_pdf};
use std::sync::LazyLock;

/// Two originals as the portal writes them (PDF/A-3a, PDF/UA-1), made from the samples of `documents`.
pub const ORIGINALS: [(&str, &[u8]); 2] = [
    ("minimal-de", include_bytes!("../fixtures/minimal-de.pdf")),
    ("full-en", include_bytes!("../fixtures/full-en.pdf")),
];

/// The smaller one.
pub const ORIGINAL: &[u8] = ORIGINALS[0].1;

/// A key for all tests.
pub static KEY: LazyLock<SealKey> = LazyLock::new(|| SealKey::create(&subject(), at(0)).unwrap());

/// The smaller original, sealed.
pub static SEALED: LazyLock<Vec<u8>> = LazyLock::new(|| seal_pdf(ORIGINAL, &KEY, &facts()).unwrap());

/// Seconds from now: from the moment when the tests began. Time stamp authorities know no other time.
pub(crate) fn at(seconds: i64) -> DateTime<Utc> {
    static BEGIN: LazyLock<u64> = LazyLock::new(|| std::time::UNIX_EPOCH.elapsed().unwrap().as_secs());
    DateTime::from_timestamp(i64::try_from(*BEGIN).unwrap() + seconds, 0).unwrap()
}

/// Whose seal it is.
pub fn subject() -> SubjectNames {
    SubjectNames {
        common_name: "Fluxpunkt GmbH Siegel".into(),
        organisation: "Flüxpunkt GmbH".into(),
        country: "DE".into(),
    }
}

/// What a seal says.
pub fn facts() -> SealFacts {
    SealFacts {
        reason: "Vertrag AVV-2026-0001 (geschlossen)".into(),
        location: "Köln".into(),
        name: "Fluxpunkt GmbH".into(),
        at: at(0),
    }
}

/// What we say of a file, trusting our own key alone.
pub fn verdict(pdf: &[u8]) -> Verdict {
    verdict_with(pdf, &[KEY.certificate().clone()], &[])
}

/// What we say of a file.
pub fn verdict_with(pdf: &[u8], sealers: &[Certificate], time_stampers: &[Certificate]) -> Verdict {
    verify_pdf(pdf, &Trusted { sealers, time_stampers }, &Limits::default())
}

/// Where these bytes occur first.
pub(crate) fn find(bytes: &[u8], what: &str) -> usize {
    bytes.windows(what.len()).position(|part| part == what.as_bytes()).expect("it is there")
}

/// The same file with another text, of any length, in place of the first occurrence.
pub fn replaced(bytes: &[u8], what: &str, by: &[u8]) -> Vec<u8> {
    let at = find(bytes, what);
    [&bytes[..at], by, &bytes[at + what.len()..]].concat()
}

/// The gap's digits: where they begin and end.
pub fn gap(sealed: &[u8]) -> std::ops::Range<usize> {
    let update = find(sealed, "%AV-Portal seal 1"); // links in the original have contents too
    let from = update + find(&sealed[update..], "/Contents<") + "/Contents<".len();
    from..from + 32 * 1024
}
