//! Every sample in both languages, rendered for real and looked at with the tools that readers use. Set
//! `DOCUMENTS_PREVIEW` to a folder to get the files and look yourself.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper that fails fails its test")]

mod deletion;
mod look;
mod real_text;
mod tools;

use documents::{Attachment, DocumentError, contract_pdf, samples};
use domain::Lang;
use domain::contract::ContractDocument;
use std::sync::LazyLock;

/// A rendered sample.
pub struct Sample {
    /// Its name, such as `full-de`.
    pub name: String,
    /// What went in.
    pub document: ContractDocument,
    /// What came out.
    pub pdf: Vec<u8>,
}

/// All samples, rendered once for all tests.
pub static SAMPLES: LazyLock<Vec<Sample>> = LazyLock::new(|| {
    let mut all = samples::all();
    let second = all.split_off(all.len() / 2);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| second.into_iter().map(sample).collect::<Vec<_>>());
        let mut done: Vec<_> = all.into_iter().map(sample).collect();
        done.extend(other.join().unwrap());
        done
    })
});

fn sample((name, document): (String, ContractDocument)) -> Sample {
    let pdf = contract_pdf(&document, Some(&attachment())).unwrap_or_else(|e| panic!("{name}: {e:?}"));
    tools::preview(&name, &pdf);
    Sample { name, document, pdf }
}

fn attachment() -> Attachment {
    Attachment {
        name: "evidence.json".into(),
        description: "Evidence".into(),
        media_type: "application/json".into(),
        bytes: b"{\"signed\":true}".to_vec(),
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    for s in SAMPLES.iter() {
        assert!(contract_pdf(&s.document, Some(&attachment())).unwrap() == s.pdf, "{}", s.name);
    }
}

#[test]
fn what_was_typeset_before_changes_nothing() {
    let document = samples::full(Lang::De);
    let alone = contract_pdf(&document, None).unwrap();
    // Another customer, another language, another kind: what is remembered of them is not of this one.
    let other =
        ContractDocument { number: "AVV-2026-0043".into(), timestamp: 1_800_000_000, ..document.clone() };
    for between in [other, samples::full_draft(Lang::De), samples::full(Lang::En)] {
        contract_pdf(&between, None).unwrap();
        assert!(contract_pdf(&document, None).unwrap() == alone);
    }
    comemo::evict(0);
    assert!(contract_pdf(&document, None).unwrap() == alone, "nor does forgetting");
}

#[test]
fn another_document_gives_other_bytes() {
    let mut document = samples::minimal(Lang::De);
    let before = contract_pdf(&document, None).unwrap();
    document.number.push('1');
    assert_ne!(contract_pdf(&document, None).unwrap(), before);
}

#[test]
fn they_say_that_they_are_pdf_a_3a_and_pdf_ua_1() {
    for s in SAMPLES.iter() {
        assert!(s.pdf.starts_with(b"%PDF-1.7"), "{}", s.name);
        for fact in ["<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", ">AV-Portal<"] {
            assert!(tools::contains(&s.pdf, fact), "{}: {fact}", s.name);
        }
        let language = format!("<rdf:li>{}<", s.document.language.code());
        assert!(tools::contains(&s.pdf, &language), "{}: {language}", s.name);
    }
}

#[test]
fn an_impossible_date_is_refused_without_saying_what_it_was() {
    let document = ContractDocument { timestamp: i64::MAX, ..samples::minimal(Lang::En) };
    let error = contract_pdf(&document, None).unwrap_err();
    assert!(matches!(error, DocumentError::Timestamp(_)));
    assert_eq!(error.to_string(), "the document could not be rendered");
}
