//! Any bytes as a PDF: verified, taken apart, sealed. Nobody is trusted, so nothing is ever valid.
#![no_main]

use std::sync::LazyLock;

use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use seal::{Limits, SealFacts, SealKey, SubjectNames, Trusted, Verdict, parts, seal_pdf, verify_pdf};

static KEY: LazyLock<SealKey> = LazyLock::new(|| {
    let subject = SubjectNames { common_name: "F".into(), organisation: "F".into(), country: "DE".into() };
    SealKey::create(&subject, DateTime::from_timestamp(1_795_428_000, 0).unwrap()).unwrap()
});

fuzz_target!(|bytes: &[u8]| {
    let verdict = verify_pdf(bytes, &Trusted::default(), &Limits::default());
    assert!(!matches!(verdict, Verdict::Valid(_)));
    let _ = parts(bytes);
    let at = DateTime::from_timestamp(1_795_428_000, 0).unwrap();
    let facts = SealFacts { reason: "r".into(), location: String::new(), name: "n".into(), at };
    if let Ok(sealed) = seal_pdf(bytes, &KEY, &facts) {
        // Whatever can be sealed is valid afterwards.
        let sealers = [KEY.certificate().clone()];
        let trusted = Trusted { sealers: &sealers, time_stampers: &[] };
        assert!(matches!(verify_pdf(&sealed, &trusted, &Limits::default()), Verdict::Valid(_)));
    }
});
