//! Any bytes as the signature container of a sealed file. The key that sealed it is trusted, and what comes out is
//! never valid unless the container is the one that was there.
#![no_main]

use std::sync::LazyLock;

use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use seal::{Limits, SealFacts, SealKey, SubjectNames, Trusted, Verdict, parts, seal_pdf, verify_pdf};

const ORIGINAL: &[u8] = include_bytes!("../../tests/fixtures/minimal-de.pdf");
const DIGITS: usize = 32 * 1024;

struct Sealed {
    key: SealKey,
    pdf: Vec<u8>,
    gap: usize,
}

static SEALED: LazyLock<Sealed> = LazyLock::new(|| {
    let at = DateTime::from_timestamp(1_795_428_000, 0).unwrap();
    let subject = SubjectNames { common_name: "F".into(), organisation: "F".into(), country: "DE".into() };
    let key = SealKey::create(&subject, at).unwrap();
    let facts = SealFacts { reason: "r".into(), location: String::new(), name: "n".into(), at };
    let pdf = seal_pdf(ORIGINAL, &key, &facts).unwrap();
    let gap = pdf.windows(10).rposition(|part| part == b"/Contents<").unwrap() + 10;
    Sealed { key, pdf, gap }
});

fuzz_target!(|bytes: &[u8]| {
    let sealed = &*SEALED;
    // The input is laid over the right container by XOR: small inputs are small changes.
    let container = parts(&sealed.pdf).unwrap().signature;
    let mut changed = container.clone();
    for (to, from) in changed.iter_mut().zip(bytes) {
        *to ^= from;
    }
    changed.extend(bytes.iter().skip(container.len()));
    changed.truncate(DIGITS / 2);
    let mut pdf = sealed.pdf.clone();
    for (place, byte) in changed.iter().enumerate() {
        let text = format!("{byte:02x}");
        pdf[sealed.gap + 2 * place..sealed.gap + 2 * place + 2].copy_from_slice(text.as_bytes());
    }
    let sealers = [sealed.key.certificate().clone()];
    let trusted = Trusted { sealers: &sealers, time_stampers: &[] };
    let verdict = verify_pdf(&pdf, &trusted, &Limits::default());
    assert!(!matches!(verdict, Verdict::Valid(_)) || pdf == sealed.pdf);
    let _ = parts(&pdf);
});
