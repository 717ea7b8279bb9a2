//! The deletion certificate: the same promises as for the contract.

use crate::look::check_page;
use crate::tools;
use documents::samples::{HOSTILE, deletions};
use documents::{DocumentError, deletion_pdf};
use domain::contract::DeletionCertificate;
use std::sync::LazyLock;

static SAMPLES: LazyLock<Vec<(String, DeletionCertificate, Vec<u8>)>> = LazyLock::new(|| {
    let rendered = |(name, certificate): (String, DeletionCertificate)| {
        let pdf = deletion_pdf(&certificate).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        tools::preview(&name, &pdf);
        (name, certificate, pdf)
    };
    deletions().into_iter().map(rendered).collect()
});

#[test]
fn the_same_certificate_gives_the_same_bytes_and_another_one_others() {
    let (_, certificate, pdf) = &SAMPLES[0];
    assert!(deletion_pdf(certificate).unwrap() == *pdf);
    let other = DeletionCertificate { issued_by: "Somebody else".into(), ..certificate.clone() };
    assert!(deletion_pdf(&other).unwrap() != *pdf);
}

#[test]
fn they_are_pdf_a_3a_and_pdf_ua_1_in_their_language_and_sound() {
    for (name, certificate, pdf) in SAMPLES.iter() {
        for fact in ["<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", ">AV-Portal<"] {
            assert!(tools::contains(pdf, fact), "{name}: {fact}");
        }
        let language = format!("<rdf:li>{}<", certificate.language.code());
        assert!(tools::contains(pdf, &language), "{name}: {language}");
        let Some((sound, said)) = tools::ask("qpdf", &["--check"], pdf, &[]) else { continue };
        assert!(sound, "{name}: {said}");
    }
}

#[test]
fn everything_that_is_certified_is_printed() {
    for (name, c, pdf) in SAMPLES.iter().filter(|(name, ..)| name.starts_with("deletion-full")) {
        let Some(pages) = tools::pages(pdf) else { return };
        let text = pages.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        let service = &c.services[0];
        for part in [
            &c.number,
            &c.issued_by,
            &c.provider.name,
            &c.provider.street,
            &service.name,
            &service.data[0],
            &service.rows[0].on,
            &service.rows[0].method,
            &service.rows[0].note,
            &c.subprocessors[0].what,
            &c.retained[0].law,
            &c.retained[0].until,
            &c.choice[0].value,
        ] {
            assert!(text.contains(part.as_str()), "{name}: {part} in {text}");
        }
        for sign in ["{", "}", "undefined", "none"] {
            assert!(!text.contains(sign), "{name}: {sign}");
        }
        let Some((_, list)) = tools::ask("pdfdetach", &["-list"], pdf, &[]) else { return };
        assert!(list.contains("deletion.json"), "{list}");
    }
}

#[test]
fn hostile_text_is_printed_as_typed() {
    for (name, _, pdf) in SAMPLES.iter().filter(|(name, ..)| name.starts_with("deletion-hostile")) {
        let Some(pages) = tools::pages(pdf) else { return };
        let text = pages.join("\n");
        for line in HOSTILE {
            assert!(text.contains(line), "{name}: {line}");
        }
    }
}

#[test]
fn nothing_is_cut_and_nothing_lies_over_another() {
    for (name, _, pdf) in SAMPLES.iter() {
        let Some((_, html)) = tools::ask("pdftotext", &["-bbox"], pdf, &["-"]) else { return };
        for (i, page) in html.split("<page ").skip(1).enumerate() {
            check_page(page).unwrap_or_else(|e| panic!("{name} page {}: {e}", i + 1));
        }
    }
}

#[test]
fn an_impossible_date_is_refused() {
    let certificate = DeletionCertificate { timestamp: i64::MAX, ..SAMPLES[0].1.clone() };
    assert!(matches!(deletion_pdf(&certificate).unwrap_err(), DocumentError::Timestamp(_)));
}
