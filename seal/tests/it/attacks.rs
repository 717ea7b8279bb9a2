//! Known attacks on signed PDFs, and files that want to keep the reader busy. (Attacks by somebody who has our key are
//! told in `src/verify.rs`: even those do not get another structure past.)

use super::tools::{Folder, well};
use super::*;
use seal::{Change, Fault, SealError, verify_file};
use std::time::{Duration, Instant};

/// An update behind the seal that gives the first page another content.
fn appended(sealed: &[u8]) -> Vec<u8> {
    let table = sealed.len();
    let more = format!(
        "9 0 obj\n<</Type/Page>>\nendobj\nxref\n9 1\n{table:010} 00000 n\r\ntrailer\n<</Size 99/Root 1 0 R/Prev 9>>\nstartxref\n{}\n%%EOF\n",
        table + 34
    );
    [sealed, more.as_bytes()].concat()
}

#[test]
fn an_update_behind_the_seal() {
    assert_eq!(verdict(&appended(&SEALED)), Verdict::Altered(Change::Appended));
    for more in [&b"\n"[..], b"%", b"%%EOF\n", b"\0\0\0"] {
        assert_eq!(verdict(&[&SEALED, more].concat()), Verdict::Altered(Change::Appended), "{more:?}");
    }
}

#[test]
fn a_valid_signature_over_other_bytes() {
    let other = seal_pdf(ORIGINALS[1].1, &KEY, &facts()).unwrap();
    let (here, there) = (gap(&SEALED), gap(&other));
    let mixed = [&SEALED[..here.start], &other[there], &SEALED[here.end..]].concat();
    assert_eq!(verdict(&mixed), Verdict::Altered(Change::Content));
}

#[test]
fn a_byte_range_that_is_smaller_has_a_hole_or_overlaps() {
    let range = String::from_utf8_lossy(&SEALED[find(&SEALED, "/ByteRange[")..]).into_owned();
    let range = range.split_once(']').unwrap().0.to_owned();
    let numbers: Vec<usize> =
        range.trim_start_matches("/ByteRange[").split_whitespace().map(|it| it.parse().unwrap()).collect();
    let [_, before, after, length] = numbers[..] else { panic!("four numbers") };
    for (first, second, third, fourth) in [
        (0, before, after, length - 100),
        (0, before - 100, after, length),
        (0, before, after + 100, length - 100),
        (0, before, before - 10, length),
        (1, before, after, length),
        (0, 0, 0, 0),
        (0, before, after, usize::MAX),
    ] {
        let mut other = format!("/ByteRange[{first} {second} {third} {fourth}");
        other.truncate(range.len());
        let changed = replaced(&SEALED, &range, format!("{other:<0$}", range.len()).as_bytes());
        assert!(
            matches!(verdict(&changed), Verdict::Altered(_) | Verdict::Broken(Fault::Form)),
            "{other}: {:?}",
            verdict(&changed)
        );
    }
}

#[test]
fn two_signatures() {
    let second = &SEALED[ORIGINAL.len()..];
    let twice = [SEALED.as_slice(), second].concat();
    assert!(matches!(verdict(&twice), Verdict::Altered(_) | Verdict::Broken(_)), "{:?}", verdict(&twice));
    assert_eq!(seal_pdf(&twice, &KEY, &facts()), Err(SealError::Sealed));
}

#[test]
fn a_certificate_with_the_same_names() {
    let forged = SealKey::create(&subject(), at(0)).unwrap();
    let sealed = seal_pdf(ORIGINAL, &forged, &facts()).unwrap();
    assert!(matches!(verdict(&sealed), Verdict::UnknownSealer(_)));
    // The forged signature with our certificate beside it, found by the same issuer and number.
    let (right, wrong) = (seal::parts(&SEALED).unwrap(), seal::parts(&sealed).unwrap());
    let mut container = right.signature.clone();
    let at = container.windows(64).position(|part| right.signature_value.starts_with(part)).unwrap();
    let length = right.signature_value.len().min(wrong.signature_value.len());
    container[at..at + length].copy_from_slice(&wrong.signature_value[..length]);
    let changed = with_container(&SEALED, &container);
    assert!(matches!(verdict(&changed), Verdict::Broken(_)), "{:?}", verdict(&changed));
}

/// The signed part is moved away and something else stands in its place (signature wrapping).
#[test]
fn wrapping_of_the_signed_part() {
    let other = ORIGINALS[1].1;
    let update = &SEALED[ORIGINAL.len()..];
    let wrapped = [other, update].concat();
    assert!(matches!(verdict(&wrapped), Verdict::Altered(_) | Verdict::Broken(_)));
    let inside = [other, b"\n", SEALED.as_slice()].concat();
    assert!(matches!(verdict(&inside), Verdict::Altered(_) | Verdict::Broken(_)));
    let behind = [SEALED.as_slice(), b"\n", other].concat();
    assert_eq!(verdict(&behind), Verdict::Altered(Change::Appended));
}

fn with_container(sealed: &[u8], container: &[u8]) -> Vec<u8> {
    let gap = gap(sealed);
    let digits: Vec<String> = container.iter().map(|byte| format!("{byte:02x}")).collect();
    let digits = digits.concat();
    let digits = format!("{digits:0<0$}", gap.len());
    [&sealed[..gap.start], digits.as_bytes(), &sealed[gap.end..]].concat()
}

#[test]
fn other_ways_to_write_the_container() {
    let gap = gap(&SEALED);
    let digits = &SEALED[gap.clone()];
    let with = |digits: &[u8]| [&SEALED[..gap.start], digits, &SEALED[gap.end..]].concat();
    let mut spaced = digits.to_vec();
    spaced[100] = b' ';
    let mut used = digits.to_vec();
    *used.last_mut().unwrap() = b'1';
    for (name, other) in [
        ("capitals", digits.to_ascii_uppercase()),
        ("a space", spaced),
        ("something in the rest", used),
        ("shorter", digits[..digits.len() - 2].to_vec()),
        ("longer", [digits, b"00"].concat()),
        ("zeros", vec![b'0'; digits.len()]),
        ("not digits", vec![b'x'; digits.len()]),
    ] {
        assert!(matches!(verdict(&with(&other)), Verdict::Broken(_)), "{name}: {:?}", verdict(&with(&other)));
    }
}

/// Somebody else's certificate beside ours in the container.
#[test]
fn one_more_certificate_in_the_container() {
    let parts = seal::parts(&SEALED).unwrap();
    let other = SealKey::create(&subject(), at(0)).unwrap();
    // The set of certificates is the element [0] behind the content type; its length and those around it grow.
    let own = KEY.certificate().der();
    let at = parts.signature.windows(own.len()).position(|part| part == own).unwrap();
    let mut grown = parts.signature.clone();
    grown.splice(at..at, other.certificate().der().iter().copied());
    for head in [2, 17, 21] {
        if let Some([high, low]) = grown.get(head..head + 2).map(|it| [it[0], it[1]]) {
            let length = u16::from_be_bytes([high, low])
                .wrapping_add(u16::try_from(other.certificate().der().len()).unwrap());
            grown[head..head + 2].copy_from_slice(&length.to_be_bytes());
        }
    }
    assert!(matches!(verdict(&with_container(&SEALED, &grown)), Verdict::Broken(_)));
}

#[test]
fn plain_files() {
    assert_eq!(verdict(b""), Verdict::NotPdf);
    assert_eq!(verdict(b"<html>"), Verdict::NotPdf);
    assert_eq!(verdict(&[b" ", SEALED.as_slice()].concat()), Verdict::NotPdf);
    for (_, original) in ORIGINALS {
        assert_eq!(verdict(original), Verdict::Unsealed);
    }
    assert_eq!(verdict(b"%PDF-1.4\n"), Verdict::Unsealed);
}

#[test]
fn truncated_files() {
    for length in [SEALED.len() - 1, SEALED.len() - 10, gap(&SEALED).end, gap(&SEALED).start + 7] {
        assert!(
            matches!(verdict(&SEALED[..length]), Verdict::Broken(_) | Verdict::Altered(_)),
            "{length}: {:?}",
            verdict(&SEALED[..length])
        );
    }
    assert_eq!(verdict(&SEALED[..ORIGINAL.len()]), Verdict::Unsealed, "this is the original");
}

#[test]
fn an_encrypted_file() {
    let folder = Folder::new();
    folder.file("a.pdf", &*SEALED);
    for (bits, streams) in [("256", "disable"), ("256", "generate")] {
        let streams = format!("--object-streams={streams}");
        let arguments: [&dyn AsRef<std::ffi::OsStr>; 8] =
            [&"--encrypt", &"", &"owner", &bits, &"--", &streams, &"a.pdf", &"b.pdf"];
        if well("qpdf", &arguments, &folder.0).is_none() {
            return;
        }
        assert_eq!(verdict(&std::fs::read(folder.path("b.pdf")).unwrap()), Verdict::Encrypted);
    }
}

/// Loops, depth and bombs: each with a seal's traces, so that the reader has to look.
#[test]
fn files_that_want_to_keep_the_reader_busy() {
    let update = &SEALED[ORIGINAL.len()..];
    let table = find(ORIGINAL, "\nxref\n") + 1;
    let looped = replaced(ORIGINAL, "/Root", format!("/Prev {table}/Root").as_bytes());
    let parent = replaced(ORIGINAL, "/Kids[", b"/Kids[1 0 R ");
    let deep = format!("/Lang{}", "[".repeat(100_000));
    let deep = replaced(ORIGINAL, "/Lang", deep.as_bytes());
    let dictionaries = replaced(ORIGINAL, "/Lang", "/Lang<</A".repeat(100_000).as_bytes());
    let many = [b"%PDF-1.7\n", "1 0 obj\n".repeat(500_000).as_bytes()].concat();
    let percent = [b"%PDF-1.7\n/ByteRange", "%%EOF\n%AV-Portal seal ".repeat(500_000).as_bytes()].concat();
    let bomb = bomb();
    for (name, original) in [
        ("a loop of tables", looped),
        ("a loop of pages", parent),
        ("deep lists", deep),
        ("deep dictionaries", dictionaries),
        ("many objects", many),
        ("many marks", percent),
        ("a bomb", bomb),
    ] {
        let file = [original.as_slice(), update].concat();
        let start = Instant::now();
        assert!(matches!(verdict(&file), Verdict::Broken(_) | Verdict::Altered(_)), "{name}");
        assert!(matches!(verdict(&original), Verdict::Unsealed | Verdict::Broken(_)), "{name}");
        assert!(seal_pdf(&original, &KEY, &facts()).is_err(), "{name}");
        // Generous, because the machine may be busy: what must not happen is that it never ends.
        assert!(start.elapsed() < Duration::from_mins(1), "{name}: {:?}", start.elapsed());
    }
}

/// An object stream that says it unpacks to very much: nothing here unpacks anything.
fn bomb() -> Vec<u8> {
    let zeros = "\0".repeat(100_000);
    format!(
        "%PDF-1.7\n1 0 obj\n<</Type/ObjStm/N 1000000/First 10/Filter[/FlateDecode/FlateDecode]/Length 100000>>stream\n{zeros}\nendstream\nendobj\nstartxref\n9\n%%EOF"
    )
    .into_bytes()
}

#[test]
fn a_file_of_two_hundred_megabytes() {
    let folder = Folder::new();
    let path = folder.file("large.pdf", &*SEALED);
    std::fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(200 << 20).unwrap();
    let start = Instant::now();
    let verdict = verify_file(&path, &Trusted::default(), &Limits::default()).unwrap();
    assert_eq!(verdict, Verdict::TooLarge);
    assert!(start.elapsed() < Duration::from_millis(100), "{:?}", start.elapsed());
    let small = folder.file("small.pdf", &*SEALED);
    assert!(matches!(
        verify_file(&small, &Trusted::default(), &Limits::default()),
        Ok(Verdict::UnknownSealer(_))
    ));
    assert_eq!(verify_pdf(&SEALED, &Trusted::default(), &Limits { bytes: 1000 }), Verdict::TooLarge);
}
