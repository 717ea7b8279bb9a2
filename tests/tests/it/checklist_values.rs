//! The checklist of the law against what is stored: every item that asks for a value (V) or for an annex (X) has the
//! value of this contract's records in its PDF, and every item about the file itself (F1 to F10) holds for it.

use crate::checklist::{ITEMS, LEFT_OVER, folded, text_of};
use crate::harness::{TestApp, each_database};
use crate::main_path::{ANNA, Scene, in_force_in, offered, scene};
use crate::seal_commands::run;
use domain::annex::{AnnexKind, Snapshot};
use domain::contract::document::SubprocessorRow;
use domain::contract::{Contract, ContractDocument};
use domain::{ContractId, Lang, calendar};
use service::contracts::offer;
use service::store::{annexes, contracts, documents, verification_codes};
use std::process::Command;

/// A concluded contract with everything that is stored of it.
struct Concluded {
    lang: Lang,
    contract: Contract,
    document: ContractDocument,
    pdf: Vec<u8>,
    evidence: Vec<u8>,
    toms: Snapshot,
    subprocessors: Snapshot,
}

async fn concluded(t: &TestApp, lang: Lang) -> Concluded {
    let s = scene(t).await;
    let id = in_force_in(t, &s, lang).await;
    t.run_jobs().await;
    let db = t.portal().store.read();
    let contract = contracts::find(db, s.customer, id).await.expect("read").expect("there");
    let (document, _, _) = offer::frozen_document(t.portal(), &contract).await.expect("frozen");
    let bytes = async |id| documents::find(db, s.customer, id).await.expect("read").expect("stored").bytes;
    let stored = contracts::document_of(db, s.customer, id).await.expect("read").expect("a document");
    let evidence = verification_codes::evidence_of(db, id).await.expect("read").expect("evidence");
    let newest =
        async |kind| annexes::newest_confirmed(db, kind).await.expect("read").expect("a confirmed annex");
    Concluded {
        lang,
        contract,
        document,
        pdf: bytes(stored).await,
        evidence: bytes(evidence).await,
        toms: newest(AnnexKind::Toms).await,
        subprocessors: newest(AnnexKind::Subprocessors).await,
    }
}

/// What the PDF must say for an item, out of the records; nothing for an item without values.
fn values(t: &TestApp, c: &Concluded, item: &str) -> Vec<String> {
    let (d, p, lang) = (&c.document, &t.portal().content.provider, c.lang);
    let all = |each: fn(&domain::contract::document::ServiceBlock) -> Vec<String>| {
        assert_eq!(d.processing.len(), 2, "both services");
        d.processing.iter().flat_map(each).collect::<Vec<_>>()
    };
    let rows = |each: fn(&SubprocessorRow) -> Vec<&str>| {
        assert!(!d.subprocessors.rows.is_empty(), "there are sub-processors");
        d.subprocessors.rows.iter().flat_map(each).map(String::from).collect::<Vec<_>>()
    };
    match item {
        "A1" => vec!["Tischlerei K1 GmbH".into()],
        "A2" => vec!["Holzgasse 4".into(), "72622 Nürtingen".into()],
        "A3" => vec![if lang == Lang::De { "keine" } else { "none" }.into()],
        "A4" => vec!["Anna Muster".into(), "Geschäftsführerin".into()],
        "A5" => vec!["privacy@k1.example".into()],
        "A6" => vec![p.legal_name.clone(), p.street.clone(), p.city.clone(), p.register_number.clone()],
        "A7" => vec![p.privacy_email.clone()],
        "A9" => vec!["AV-2026-00001".into(), "K1".into(), d.text_version.clone(), "10:00".into()],
        "B15" => all(|b| vec![b.name.clone(), b.subject.clone()]),
        "B16" => vec![calendar::date_in_words(
            c.contract.state.concluded().expect("concluded").effective_from,
            lang,
        )],
        "B17" => all(|b| [vec![b.nature.clone()], b.operations.clone()].concat()),
        "B18" => all(|b| vec![b.purpose.clone()]),
        "B19" => all(|b| b.data.clone()),
        "B20" => all(|b| b.subjects.clone()),
        "B23" => all(|b| vec![b.place.clone()]),
        "E37" => vec![c.toms.sha256.clone(), d.toms.stamp.date.clone(), d.toms.stamp.number.to_string()],
        "E41" => {
            assert!(!d.toms.controls.is_empty() && d.toms.controls.iter().all(|k| !k.measures.is_empty()));
            let measures = d.toms.controls.iter().flat_map(|k| &k.measures);
            measures.map(|m| m.title.clone()).collect()
        }
        "F43" => vec![if lang == Lang::De { "30 Tage" } else { "30 days" }.into()],
        "F50" => rows(|r| vec![&r.name, &r.address, &r.contact, &r.service, &r.data, &r.places]),
        "G55" => rows(|r| vec![&r.transfer]),
        "I64" => vec!["privacy@k1.example".into(), "+497022123456".into()],
        _ => Vec::new(),
    }
}

async fn every_value(t: &TestApp, lang: Lang) {
    let c = concluded(t, lang).await;
    let Some(text) = text_of(&c.pdf) else { return };
    for item in &t.portal().content.legal.newest().checklist {
        let values = values(t, &c, &item.id);
        let asks = item.kind.contains('V') || item.kind.contains('X');
        assert_eq!(asks, !values.is_empty(), "{} is of kind {}", item.id, item.kind);
        for value in values {
            assert!(!value.trim().is_empty(), "{}: an empty value", item.id);
            assert!(text.contains(&folded(&value)), "{} ({}): {value:?}", item.id, lang.code());
        }
        assert_eq!(item.kind == "N", !item.absent.is_empty(), "{} names what is absent", item.id);
    }
    assert_eq!(c.contract.state.frozen().expect("frozen").text_version, c.document.text_version);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_value_of_the_records_is_in_the_german_contract() {
    each_database(async |t| every_value(t, Lang::De).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_value_of_the_records_is_in_the_english_contract() {
    each_database(async |t| every_value(t, Lang::En).await).await;
}

/// What a program says about a file; `None` without the program.
fn said(program: &str, before: &[&str], file: &[u8], after: &[&str]) -> Option<String> {
    let path = std::env::temp_dir()
        .join(format!("avp_f_{}.pdf", service::fresh::id::<ContractId>(chrono::DateTime::UNIX_EPOCH)));
    std::fs::write(&path, file).expect("written");
    let out = Command::new(program).args(before).arg(&path).args(after).output();
    std::fs::remove_file(&path).expect("removed");
    out.ok().map(|o| String::from_utf8_lossy(&o.stdout).into_owned())
}

/// Bytes of the file with its streams unpacked; XMP and strings as they are.
fn unpacked(pdf: &[u8]) -> Option<String> {
    said("qpdf", &["--qdf", "--object-streams=disable"], pdf, &["-"])
}

fn pages(pdf: &[u8]) -> Option<Vec<String>> {
    let text = said("pdftotext", &["-enc", "UTF-8"], pdf, &["-"])?;
    Some(text.trim_end_matches('\u{c}').split('\u{c}').map(String::from).collect())
}

fn f1_archive_form(_: &TestApp, c: &Concluded) {
    let Some(whole) = unpacked(&c.pdf) else { return };
    for part in ["<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>", "pdfuaid:part"]
    {
        assert!(whole.contains(part), "F1: {part}");
    }
    assert!(whole.contains(&format!("/Lang ({}", c.lang.code())), "F1: the language");
    for outside in ["/Launch", "/GoToR", "/JavaScript", "/JS ", "/RichMedia", "/ImportData"] {
        assert!(!whole.contains(outside), "F1: {outside}");
    }
    let Some(fonts) = said("pdffonts", &[], &c.pdf, &[]) else { return };
    let rows: Vec<_> = fonts.lines().skip(2).collect();
    assert!(!rows.is_empty(), "F1: {fonts}");
    for row in rows {
        let cells: Vec<_> = row.split_whitespace().rev().collect();
        assert_eq!(cells.get(4), Some(&"yes"), "F1: embedded: {row}");
    }
}

fn f2_tags_and_running_heads(_: &TestApp, c: &Concluded) {
    let Some(whole) = unpacked(&c.pdf) else { return };
    for part in ["/StructTreeRoot", "/Marked true", "/S /H1", "/S /TH"] {
        assert!(whole.contains(part), "F2: {part}");
    }
    let Some(info) = said("pdfinfo", &[], &c.pdf, &[]) else { return };
    assert!(info.lines().any(|l| l.starts_with("Title:") && l.len() > 20), "F2: {info}");
    let Some(pages) = pages(&c.pdf) else { return };
    for (n, page) in pages.iter().enumerate() {
        let place = match c.lang {
            Lang::De => format!("Seite {} von {}", n + 1, pages.len()),
            Lang::En => format!("Page {} of {}", n + 1, pages.len()),
        };
        assert!(page.contains(&place), "F2: {place}");
        assert!(page.contains("AV-2026-00001 · Version 1"), "F2: page {} names the contract", n + 1);
    }
}

fn f3_metadata(_: &TestApp, c: &Concluded) {
    let Some(whole) = unpacked(&c.pdf) else { return };
    let id = whole.split("<xmpMM:DocumentID>").nth(1).and_then(|x| x.split('<').next());
    assert!(id.is_some_and(|id| id.len() >= 20), "F3: the id of the document: {id:?}");
    let keywords = format!("<pdf:Keywords>AV-2026-00001, Version 1, {}", c.document.text_version);
    assert!(whole.contains(&keywords), "F3: number and version");
    assert!(whole.contains("<xmp:CreateDate>2026-11-23T09:00:00"), "F3: the time of the conclusion");
    let described = whole.split("<dc:description>").nth(1).and_then(|x| x.split("</dc:description>").next());
    assert!(described.is_some_and(|d| d.contains("10:00:00")), "F3: with its time zone: {described:?}");
}

fn f4_evidence(_: &TestApp, c: &Concluded) {
    let to = std::env::temp_dir().join(format!("avp_f4_{}_{}.json", std::process::id(), c.lang.code()));
    let to_text = to.display().to_string();
    if said("pdfdetach", &["-save", "1", "-o", &to_text], &c.pdf, &[]).is_none() {
        return;
    }
    assert_eq!(std::fs::read(&to).expect("attached"), c.evidence, "F4: as stored");
    std::fs::remove_file(to).expect("removed");
    let evidence = String::from_utf8_lossy(&c.evidence);
    assert!(evidence.contains(&c.contract.state.frozen().expect("frozen").document_sha256), "F4: the hash");
}

fn f5_seal(t: &TestApp, c: &Concluded) {
    let data = &t.app.config.data_dir;
    let verified = |bytes: &[u8]| {
        let file = data.join("f5.pdf");
        std::fs::write(&file, bytes).expect("written");
        run(data, None, &["verify", &file.display().to_string()])
    };
    let (code, said, _) = verified(&c.pdf);
    assert!(code == 0 && said.contains("VALID: sealed by us"), "F5: {said}");
    let (code, said, _) = verified(&[c.pdf.as_slice(), b"\n"].concat());
    assert!(code != 0 && !said.contains("VALID: sealed by us"), "F5: the whole file is sealed: {said}");
}

fn f6_hashes_of_the_annexes(_: &TestApp, c: &Concluded) {
    let Some(text) = text_of(&c.pdf) else { return };
    for annex in [&c.toms, &c.subprocessors] {
        assert!(text.contains(&annex.sha256), "F6: {}", annex.number);
    }
    assert_eq!(c.document.toms.stamp.sha256, c.toms.sha256, "F6");
    assert_eq!(c.document.subprocessors.stamp.sha256, c.subprocessors.sha256, "F6");
}

fn f7_same_again(t: &TestApp, c: &Concluded) {
    let again = || (t.portal().render_contract)(&c.document, &[]).expect("a PDF");
    assert_eq!(again(), again(), "F7");
}

fn f8_no_empty_places(_: &TestApp, c: &Concluded) {
    let Some(pages) = pages(&c.pdf) else { return };
    let text = pages.join("\n").to_lowercase();
    for left in LEFT_OVER {
        assert!(
            !text.split(|ch: char| ch.is_whitespace()).any(|word| word.trim_matches(['.', ',']) == left),
            "F8: {left}"
        );
    }
    for left in ["{{", "}}", "{provider", "{customer", "undefined"] {
        assert!(!text.contains(left), "F8: {left}");
    }
}

fn f9_nothing_overflows(_: &TestApp, c: &Concluded) {
    let Some(boxes) = said("pdftotext", &["-bbox"], &c.pdf, &["-"]) else { return };
    let number = |line: &str, name: &str| -> f64 {
        let value = line.split(&format!("{name}=\"")).nth(1).and_then(|v| v.split('"').next());
        value.and_then(|v| v.parse().ok()).unwrap_or_default()
    };
    let mut page = (0.0, 0.0);
    for line in boxes.lines() {
        if line.contains("<page ") {
            page = (number(line, "width"), number(line, "height"));
        } else if line.contains("<word ") {
            let inside = number(line, "xMin") >= 0.0
                && number(line, "xMax") <= page.0
                && number(line, "yMin") >= 0.0
                && number(line, "yMax") <= page.1;
            assert!(inside, "F9: {line}");
        }
    }
    let Some(text) = text_of(&c.pdf) else { return };
    assert!(text.contains("nürtingen") && text.contains("geschäftsführerin"), "F9: umlauts");
}

fn f10_drafts_are_marked(t: &TestApp, c: &Concluded) {
    assert!(c.document.is_draft(), "what was frozen is a draft until it is concluded");
    let draft = (t.portal().render_contract)(&c.document, &[]).expect("a PDF");
    let mark = if c.lang == Lang::De { "ENTWURF" } else { "DRAFT" };
    let Some(of_draft) = pages(&draft) else { return };
    assert!(of_draft.iter().all(|page| page.contains(mark)), "F10: every page");
    let whole = of_draft.join("\n");
    let conclusion = if c.lang == Lang::De { "Datum des Abschlusses: 23" } else { "Date of conclusion: 23" };
    assert!(!whole.contains(conclusion) && !whole.contains("10:00"), "F10: no time of a conclusion");
    let concluded = pages(&c.pdf).unwrap_or_default();
    assert!(concluded.iter().all(|page| !page.contains(mark)), "F10: a concluded one is no draft");
}

type Holds = fn(&TestApp, &Concluded);

/// The items about the file, each with what shows it.
const FILE_ITEMS: [(&str, Holds); 10] = [
    ("F1", f1_archive_form),
    ("F2", f2_tags_and_running_heads),
    ("F3", f3_metadata),
    ("F4", f4_evidence),
    ("F5", f5_seal),
    ("F6", f6_hashes_of_the_annexes),
    ("F7", f7_same_again),
    ("F8", f8_no_empty_places),
    ("F9", f9_nothing_overflows),
    ("F10", f10_drafts_are_marked),
];

async fn every_item_of_the_file(t: &TestApp, lang: Lang) {
    let c = concluded(t, lang).await;
    for (id, holds) in FILE_ITEMS {
        assert!(!ITEMS.contains(&id), "{id} is about the file, not about the text");
        holds(t, &c);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_item_about_the_file_holds_in_german() {
    each_database(async |t| every_item_of_the_file(t, Lang::De).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_item_about_the_file_holds_in_english() {
    each_database(async |t| every_item_of_the_file(t, Lang::En).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_is_not_signed_names_no_day_of_a_conclusion() {
    each_database(async |t| {
        let s: Scene = scene(t).await;
        let id = offered(t, &s, &[ANNA]).await;
        let db = t.portal().store.read();
        let contract = contracts::find(db, s.customer, id).await.expect("read").expect("there");
        let (document, _, _) = offer::frozen_document(t.portal(), &contract).await.expect("frozen");
        assert!(document.is_draft() && document.evidence.is_none());
        assert!(contracts::document_of(db, s.customer, id).await.expect("read").is_none());
    })
    .await;
}
