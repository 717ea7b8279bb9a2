//! Contracts that overflow, and contracts that want to break out.

use super::{full, list, paragraph};
use domain::Lang;
use domain::contract::ContractDocument;
use domain::contract::document::{LabelValue, Party};
use domain::legal_text::{Block, Section};

/// Strings that look like markup, as people could type them into a form. Printed as they stand.
pub const HOSTILE: [&str; 7] = [
    "Öko-Größen & Söhne <ßÄÖÜ>",
    "#[]{}$*_\\",
    "#panic(\"x\") #import \"/data.json\" $ x^2 $ *b* _i_ `raw`",
    "<script>alert('1')</script>",
    "„Zitat“ \"quote\" 'single' «guillemet»",
    "= Heading - list + enum / term: @ref // comment /* c */ ~",
    "%PDF-1.7 %%EOF endobj (((",
];

/// Not printed as they stand: directions change, emoji have no glyph, what is invisible goes.
pub(super) const FOREIGN: &str = "שלום עולם مرحبا بالعالم \u{202e}gpj.exe\u{202c} a\u{200b}b\u{feff}c 😀🚀👩‍👩‍👧 e\u{301} ש\u{301} a\u{5bc} 中\u{20dd}文 \u{e000}\u{0}";

/// Every value far too long: names without a blank, long words, addresses, many rows.
pub fn overflowing(lang: Lang) -> ContractDocument {
    let mut document = full(lang);
    let name = "Donaudampfschifffahrtsgesellschaft".repeat(4).chars().take(120).collect::<String>();
    document.number = format!("AVV-2026-{}", "0123456789".repeat(4));
    document.title = format!("{} {}", document.title, "X".repeat(90));
    document.verify_url = format!("https://portal.example.org/{}", "abcdefghij".repeat(20));
    every_text(&mut document, &|text| format!("{text} {name}"));
    for party in [&mut document.provider, &mut document.customer] {
        party.name.clone_from(&name);
    }
    document.sections = (0..2).flat_map(|_| document.sections.clone()).collect();
    for (i, section) in document.sections.iter_mut().enumerate() {
        section.number = i + 1;
    }
    let control = document.toms.controls[0].measures.clone();
    document.toms.controls[0].measures = (0..6).flat_map(|_| control.clone()).collect();
    document.subprocessors.rows[0].service = format!("{name} ").repeat(40);
    document
}

/// Every value is an attack, or in a writing that the text fonts do not have.
pub fn hostile(lang: Lang) -> ContractDocument {
    let mut document = full(lang);
    let all = format!("{} {FOREIGN}", HOSTILE.join(" ¦ "));
    every_text(&mut document, &|_| all.clone());
    document.title = format!("{} {}", document.title, HOSTILE[1]);
    document.number = "AVV-#1$*_".into();
    document.customer.name = HOSTILE.join(" ");
    document.provider.name = FOREIGN.into();
    document.verify_url = format!("https://portal.example.org/?q={}", HOSTILE[3]);
    document.sections[0].title = HOSTILE[1].into();
    let lines = HOSTILE.map(|text| vec![paragraph(text), list(&[text, FOREIGN])]);
    document.sections.push(super::section(document.sections.len() + 1, HOSTILE[5], lines.into()));
    document
}

/// Changes what people may have typed.
fn every_text(document: &mut ContractDocument, change: &dyn Fn(&str) -> String) {
    let apply = |text: &mut String| *text = change(text);
    party(&mut document.provider, &apply);
    party(&mut document.customer, &apply);
    document.summary.iter_mut().for_each(apply);
    document.sections.iter_mut().take(1).for_each(|s| section(s, &apply));
    for s in document.processing.iter_mut().take(1) {
        [&mut s.name, &mut s.subject, &mut s.nature, &mut s.purpose, &mut s.place]
            .into_iter()
            .for_each(apply);
        for list in [&mut s.operations, &mut s.data, &mut s.subjects] {
            list.iter_mut().for_each(apply);
        }
    }
    rows(&mut document.particulars, &apply);
    for c in document.toms.controls.iter_mut().take(2) {
        [&mut c.name, &mut c.basis].into_iter().for_each(apply);
        c.measures.iter_mut().take(2).for_each(|m| {
            [&mut m.id, &mut m.title, &mut m.text, &mut m.services].into_iter().for_each(apply);
        });
    }
    for r in document.subprocessors.rows.iter_mut().take(2) {
        [&mut r.name, &mut r.address, &mut r.contact, &mut r.service].into_iter().for_each(apply);
        [&mut r.data, &mut r.places, &mut r.transfer, &mut r.since].into_iter().for_each(apply);
    }
    evidence(document, &apply);
}

fn evidence(document: &mut ContractDocument, apply: &impl Fn(&mut String)) {
    let Some(evidence) = &mut document.evidence else { return };
    rows(&mut evidence.events, apply);
    rows(&mut evidence.hashes, apply);
    for s in evidence.signatures.iter_mut().chain([&mut evidence.countersignature]) {
        [&mut s.name, &mut s.function, &mut s.identified].into_iter().for_each(apply);
        s.boxes.iter_mut().for_each(apply);
    }
}

fn party(party: &mut Party, apply: &impl Fn(&mut String)) {
    [&mut party.name, &mut party.street, &mut party.place, &mut party.country].into_iter().for_each(apply);
    rows(&mut party.rows, apply);
}

fn rows(rows: &mut [LabelValue], apply: &impl Fn(&mut String)) {
    for r in rows {
        [&mut r.label, &mut r.value].into_iter().for_each(apply);
    }
}

fn section(section: &mut Section, apply: &impl Fn(&mut String)) {
    for block in section.clauses.iter_mut().flat_map(|c| &mut c.blocks) {
        match block {
            Block::Paragraph { text } => apply(text),
            Block::List { items } => items.iter_mut().for_each(apply),
        }
    }
}
