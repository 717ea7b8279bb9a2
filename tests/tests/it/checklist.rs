//! The checklist of the law (`content/legal/av/<version>/checklist.toml`) against the PDF of a contract that was
//! really concluded: every item has its clause and its words in the document, and what must be absent is absent.

use crate::harness::{TestApp, each_database};
use crate::main_path::{ANNA, in_force_in, scene};
use domain::Lang;
use serde::Deserialize;
use service::store::{contracts, documents};
use std::io::Write as _;
use std::process::{Command, Stdio};

#[derive(Deserialize)]
struct Checklist {
    item: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    id: String,
    #[serde(default)]
    clause: String,
    de: String,
    en: String,
    #[serde(default)]
    absent: Vec<String>,
}

fn checklist(version: &str) -> Vec<Item> {
    let file = format!("{}/../content/legal/av/{version}/checklist.toml", env!("CARGO_MANIFEST_DIR"));
    toml::from_str::<Checklist>(&std::fs::read_to_string(file).expect("the checklist"))
        .expect("its rows")
        .item
}

/// The text of a PDF as a reader extracts it, white space and hyphenation folded; `None` without the program.
fn text_of(pdf: &[u8]) -> Option<String> {
    let mut reader = Command::new("pdftotext")
        .args(["-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut input = reader.stdin.take()?;
    let bytes = pdf.to_vec();
    std::thread::spawn(move || input.write_all(&bytes));
    let out = reader.wait_with_output().ok()?;
    Some(folded(&String::from_utf8_lossy(&out.stdout)))
}

/// Words only: a line end inside a word or a sentence is no difference.
fn folded(text: &str) -> String {
    let joined = text.replace('\u{ad}', "").replace("-\n", "").replace('\u{a0}', " ");
    joined
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-' && *c != '\u{2010}')
        .collect::<String>()
        .to_lowercase()
}

async fn concluded(t: &TestApp, lang: Lang) -> Vec<u8> {
    let s = scene(t).await;
    let id = in_force_in(t, &s, lang).await;
    t.run_jobs().await;
    let db = t.portal().store.read();
    let stored = contracts::document_of(db, s.customer, id).await.expect("read").expect("a document");
    documents::find(db, s.customer, stored).await.expect("read").expect("its bytes").bytes
}

async fn check(t: &TestApp, lang: Lang) {
    let pdf = concluded(t, lang).await;
    let Some(text) = text_of(&pdf) else {
        eprintln!("pdftotext is not there: the checklist was not looked up in the PDF");
        return;
    };
    let version = &t.portal().content.legal.newest().version;
    let items = checklist(version);
    assert_eq!(items.len(), 76);
    let ids: Vec<_> =
        t.portal().content.legal.newest().sections.get(lang).iter().flat_map(|s| &s.clauses).collect();
    for item in &items {
        let phrase = folded(if lang == Lang::De { &item.de } else { &item.en });
        assert!(text.contains(&phrase), "{}: {phrase:?} is not in the {} PDF", item.id, lang.code());
        assert!(ids.iter().any(|c| c.id == item.clause), "{}: no clause {}", item.id, item.clause);
        for words in &item.absent {
            assert!(!text.contains(&folded(words)), "{}: {words:?} must not be there", item.id);
        }
    }
    for left in ["{{", "undefined", "{provider", "{customer", "{contract", "entwurf", "draft"] {
        assert!(!text.contains(left), "{left:?} is left over");
    }
    let names = ["tischlereik1gmbh", "annamuster", "k1", "av202600001", ANNA, "datenschutz@fluxpunkt.de"];
    for name in names {
        assert!(text.contains(&folded(name)), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_item_of_the_law_is_in_the_german_contract() {
    each_database(async |t| check(t, Lang::De).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_item_of_the_law_is_in_the_english_contract() {
    each_database(async |t| check(t, Lang::En).await).await;
}
