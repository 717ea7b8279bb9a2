//! What sealing does to a file, and what verification finds.

use super::*;
use seal::{Level, SealError, parts, sha256};

#[test]
fn a_sealed_file_is_valid_and_says_what_it_is() {
    for (name, original) in ORIGINALS {
        let sealed = seal_pdf(original, &KEY, &facts()).unwrap();
        let Verdict::Valid(found) = verdict(&sealed) else { panic!("{name}: {:?}", verdict(&sealed)) };
        assert_eq!(found.level, Level::BaselineB);
        assert_eq!(found.facts, facts());
        assert_eq!(found.certificate, KEY.facts());
        assert_eq!(found.sha256, sha256(&sealed));
        assert_eq!(found.original_sha256, sha256(original));
    }
}

#[test]
fn the_original_stays_as_it_was() {
    for (name, original) in ORIGINALS {
        let sealed = seal_pdf(original, &KEY, &facts()).unwrap();
        assert!(sealed.starts_with(original), "{name}");
        assert!(sealed.len() < original.len() + 40_000, "{name}: {}", sealed.len() - original.len());
    }
}

#[test]
fn only_the_signature_differs_from_one_sealing_to_the_next() {
    let (one, two) =
        (seal_pdf(ORIGINAL, &KEY, &facts()).unwrap(), seal_pdf(ORIGINAL, &KEY, &facts()).unwrap());
    let gap = gap(&one);
    assert!(one[..gap.start] == two[..gap.start] && one[gap.end..] == two[gap.end..]);
    assert!(one != two, "a signature is drawn by lot");
}

#[test]
fn the_byte_range_is_the_whole_file_but_the_gap() {
    let text = String::from_utf8_lossy(&SEALED[find(&SEALED, "/ByteRange[")..]).into_owned();
    let inner = text.split_once('[').unwrap().1.split_once(']').unwrap().0.to_owned();
    let numbers: Vec<usize> = inner.split_whitespace().map(|it| it.parse().unwrap()).collect();
    let gap = gap(&SEALED);
    assert_eq!(numbers, [0, gap.start - 1, gap.end + 1, SEALED.len() - gap.end - 1]);
}

#[test]
fn a_seal_is_not_put_on_a_seal() {
    assert_eq!(seal_pdf(&SEALED, &KEY, &facts()), Err(SealError::Sealed));
}

#[test]
fn facts_that_cannot_be_kept_are_refused() {
    let with = |change: fn(&mut SealFacts)| {
        let mut facts = facts();
        change(&mut facts);
        seal_pdf(ORIGINAL, &KEY, &facts)
    };
    assert_eq!(with(|it| it.name.clear()), Err(SealError::Facts));
    assert_eq!(with(|it| it.reason = "x".repeat(201)), Err(SealError::Facts));
    assert_eq!(with(|it| it.location = "a\nb".into()), Err(SealError::Facts));
    assert!(with(|it| it.location.clear()).is_ok());
    assert!(with(|it| it.reason = "🦩 >> endobj".into()).is_ok());
}

#[test]
fn a_file_of_another_form_is_not_sealed() {
    for (what, by) in [
        ("%PDF-1.7", &b"%PDX-1.7"[..]),
        ("%%EOF", b"%%EOX"),
        ("xref\n0 ", b"xref\n1 "),
        ("/Root", b"/Prev 1/Root"),
        ("/Root", b"/Encrypt 1 0 R/Root"),
        ("/Root", b"/XRefStm 1/Root"),
        ("/ID[", b"/IX["),
    ] {
        let other = replaced(ORIGINAL, what, by);
        assert!(matches!(seal_pdf(&other, &KEY, &facts()), Err(SealError::Document(_))), "{what}");
    }
}

#[test]
fn the_seal_of_somebody_else_is_not_ours() {
    let other = SealKey::create(&subject(), at(0)).unwrap();
    let sealed = seal_pdf(ORIGINAL, &other, &facts()).unwrap();
    let Verdict::UnknownSealer(found) = verdict(&sealed) else { panic!("{:?}", verdict(&sealed)) };
    assert_eq!(found.certificate.subject, KEY.facts().subject, "the name proves nothing");
    assert!(matches!(verdict_with(&sealed, &[other.certificate().clone()], &[]), Verdict::Valid(_)));
    assert!(matches!(verdict_with(&sealed, &[], &[]), Verdict::UnknownSealer(_)));
}

#[test]
fn a_seal_before_or_after_its_certificate_is_broken() {
    for days in [-2, 3660] {
        let late = SealFacts { at: at(days * 86_400), ..facts() };
        let sealed = seal_pdf(ORIGINAL, &KEY, &late).unwrap();
        assert_eq!(verdict(&sealed), Verdict::Broken(seal::Fault::Certificate));
    }
}

#[test]
fn a_seal_can_be_taken_apart() {
    let parts = parts(&SEALED).unwrap();
    assert_eq!(parts.signed_bytes.len() + 32 * 1024 + 2, SEALED.len());
    assert_eq!(parts.certificates_pem, KEY.chain_pem());
    assert_eq!(parts.time_stamp, None);
    assert_eq!(seal::parts(ORIGINAL), Err(SealError::Unsealed));
}
