//! The checklist of the law (`content/legal/<family>/<version>/checklist.toml`) against PDFs: of a contract that was
//! really concluded, and of drafts under every choice of options. Every item has its clause and its words in the
//! document, what must be absent is absent, and the clauses of an option are there exactly when it is chosen.

use crate::harness::{TestApp, each_database};
use crate::main_path::{ANNA, Scene, in_force_in, request, requested, scene};
use crate::texts::{Folder, stand_in};
use domain::Lang;
use domain::Service;
use domain::annex::AnnexKind;
use domain::contract::{Authorisation, ContractDocument, Request, RequestInput};
use domain::customer::Representation;
use domain::legal_lint::{FORBIDDEN, Item};
use domain::legal_text::{Block, ClauseSource, TextFamily};
use service::content::LegalText;
use service::contracts::begin;
use service::contracts::build_document::{self, Parts};
use service::store::{annexes, contracts, customers, documents};
use std::io::Write as _;
use std::process::{Command, Stdio};

/// Every item of the law, written out: a checklist that leaves one out is found by what it leaves out.
#[rustfmt::skip]
pub const ITEMS: [&str; 76] = [
    "A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A10", "A11", "A12", "A13", "A14",
    "B15", "B16", "B17", "B18", "B19", "B20", "B21", "B22", "B23", "B24",
    "C25", "C26", "C27", "C28", "C29", "C30", "C31", "C32",
    "D33", "D34", "D35",
    "E36", "E37", "E38", "E39", "E40", "E41",
    "F42", "F43", "F44", "F45", "F46", "F47", "F48", "F49", "F50", "F51", "F52", "F53",
    "G54", "G55", "G56",
    "H57", "H58", "H59", "H60", "H61",
    "I62", "I63", "I64", "I65",
    "J66", "J67", "J68", "J69", "J70", "J71",
    "K72", "K73", "K74",
    "L75", "L76",
];

/// What is left over from writing, as a word of its own.
pub const LEFT_OVER: [&str; 5] = ["todo", "xxx", "tbd", "undefined", "???"];

/// The text of a PDF as a reader extracts it, white space and hyphenation folded; `None` without the program.
pub fn text_of(pdf: &[u8]) -> Option<String> {
    let mut reader = Command::new("pdftotext")
        // Without the running heads and feet (A4, in points): a sentence may go on over the end of a page.
        .args(["-enc", "UTF-8", "-x", "0", "-y", "75", "-W", "595", "-H", "695", "-", "-"])
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
pub fn folded(text: &str) -> String {
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
    let legal = t.portal().content.legal.newest();
    every_item(legal, lang, &text, "concluded");
    for left in ["entwurf", "draft"] {
        assert!(!text.contains(left), "{left:?} is left over");
    }
    let names = ["tischlereik1gmbh", "annamuster", "k1", "av202600001", ANNA, "datenschutz@fluxpunkt.de"];
    for name in names {
        assert!(text.contains(&folded(name)), "{name}");
    }
}

/// Every item is found, or shown to be absent: those of the text's own list, and that list has all of them.
fn every_item(legal: &LegalText, lang: Lang, text: &str, which: &str) {
    let listed: Vec<&str> = legal.checklist.iter().map(|i| i.id.as_str()).collect();
    assert_eq!(listed, ITEMS, "{}: every item once, in order", legal.version);
    for (item, forbidden) in FORBIDDEN {
        // The table of contents leads to its page numbers with dots.
        for words in forbidden.iter().filter(|words| **words != "....") {
            assert!(!text.contains(&folded(words)), "{} ({which}) {item}: {words:?}", legal.version);
        }
    }
    let ids: Vec<_> = legal.sections.get(lang).iter().flat_map(|s| &s.clauses).collect();
    for item in &legal.checklist {
        let at = format!("{} {} ({which}): {}", legal.version, lang.code(), item.id);
        if item.official.is_empty() {
            assert!(ids.iter().any(|c| c.id == item.clause), "{at}: no clause {}", item.clause);
            for anchor in item.anchors(lang) {
                assert!(text.contains(&folded(anchor)), "{at}: {anchor:?} is not in the PDF");
            }
        } else {
            assert!(
                text.contains(&official_heading(item, lang)),
                "{at}: clause {} is not attached",
                item.official
            );
        }
        for words in &item.absent {
            assert!(!text.contains(&folded(words)), "{at}: {words:?} must not be there");
        }
    }
    for left in ["{{", "undefined", "{provider", "{customer", "{contract", "{annex", "{ref:"] {
        assert!(!text.contains(left), "{} ({which}): {left:?} is left over", legal.version);
    }
}

fn official_heading(item: &Item, lang: Lang) -> String {
    let number = item.official.split('.').next().unwrap_or_default();
    folded(&format!("{} {number}", if lang == Lang::De { "Klausel" } else { "Clause" }))
}

/// What a contract can choose: one bit an option.
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
struct Choice {
    processor: bool,
    special: bool,
    secrecy: bool,
    specific: bool,
    docking: bool,
    services: Vec<Service>,
}

impl Choice {
    /// All combinations of the declarations; the services go round, so that each combination of their clauses comes up.
    fn all(family: TextFamily) -> Vec<Self> {
        let sets: [&[Service]; 4] = [
            &Service::ALL,
            &[Service::Hosting],
            &[Service::RemoteSupport, Service::LogAnalysis],
            &[Service::Monitoring],
        ];
        let bit = |n: usize, at: usize| n >> at & 1 == 1;
        let choice = |n: usize| Self {
            processor: bit(n, 0),
            special: bit(n, 1),
            secrecy: bit(n, 2),
            specific: bit(n, 3),
            docking: bit(n, 4),
            services: sets[(n + n / 4) % 4].into(),
        };
        // Nobody accedes to the provider's own text: there are 16 combinations, with the standard clauses 32.
        (0..if family == TextFamily::Scc { 32 } else { 16 }).map(choice).collect()
    }

    fn request(&self, t: &TestApp, lang: Lang) -> Request {
        let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_string();
        let input = RequestInput {
            scope: self.services.iter().map(|s| begin::usual_scope(t.portal(), *s)).collect(),
            special: yes_no(self.special),
            special_categories: vec!["racial_ethnic_origin".into()],
            professional_secrecy: yes_no(self.secrecy),
            customer_is_processor: self.processor,
            language: lang,
            own_permission_wording: "Eigene Berechtigung".into(),
            ..request(t.portal(), &[ANNA])
        };
        input.check(Representation::Single).expect("a whole request")
    }

    fn name(&self) -> String {
        format!(
            "processor {}, special {}, secrecy {}, specific {}, docking {}, {} services",
            self.processor,
            self.special,
            self.secrecy,
            self.specific,
            self.docking,
            self.services.len()
        )
    }

    /// Whether an option of the text is chosen.
    fn has(&self, option: &str) -> bool {
        let any = |wanted: &[Service]| wanted.iter().any(|s| self.services.contains(s));
        match option {
            "customer_is_processor" => self.processor,
            "special_categories" => self.special,
            "professional_secrecy" => self.secrecy,
            "specific_authorisation" => self.specific,
            "general_authorisation" => !self.specific,
            "docking" => self.docking,
            "remote_support" => any(&[Service::RemoteSupport]),
            "remote_maintenance" => any(&[
                Service::RemoteSupport,
                Service::SystemAdministration,
                Service::SaasAdministration,
                Service::ItcService,
            ]),
            "log_analysis" => any(&[Service::LogAnalysis]),
            "hosting" | "telecommunication" => any(&[Service::Hosting]),
            "monitoring" => any(&[Service::Monitoring]),
            other => panic!("an option that this test does not know: {other}"),
        }
    }
}

/// The clauses of an option are printed exactly when it is chosen.
fn clauses_follow(legal: &LegalText, lang: Lang, choice: &Choice, document: &ContractDocument, text: &str) {
    for clause in legal.sections.get(lang).iter().flat_map(|s| &s.clauses) {
        let wanted = clause.only_if.as_deref().is_none_or(|o| choice.has(o))
            && clause.unless.as_deref().is_none_or(|o| !choice.has(o));
        let printed = document.sections.iter().flat_map(|s| &s.clauses).any(|c| c.id == clause.id);
        assert_eq!(printed, wanted, "{} of {} ({})", clause.id, legal.version, choice.name());
        let conditional = clause.only_if.is_some() || clause.unless.is_some();
        if let Some(beginning) = beginning(clause).filter(|_| conditional) {
            assert_eq!(text.contains(&beginning), wanted, "{} in the PDF ({})", clause.id, choice.name());
        }
    }
}

/// The first sentence of a clause, where it stands free of values.
fn beginning(clause: &ClauseSource) -> Option<String> {
    let Some(Block::Paragraph { text }) = clause.blocks.first() else { return None };
    let sentence = text.split_once(". ").map_or(text.as_str(), |(first, _)| first);
    (!sentence.contains('{')).then(|| folded(sentence))
}

/// Drafts of both families under every choice, in one language.
async fn under_every_choice(t: &TestApp, lang: Lang) {
    let s: Scene = scene(t).await;
    let id = requested(t, &s, &[ANNA]).await;
    let folder = Folder::new("checklist");
    for lang in Lang::ALL {
        folder.write(&format!("legal/scc/clauses.{}.txt", lang.code()), &stand_in(lang));
    }
    let portal = service::Portal { content: std::sync::Arc::new(folder.content()), ..t.portal().clone() };
    let db = portal.store.read();
    let contract = contracts::find(db, s.customer, id).await.expect("read").expect("a contract");
    let customer = customers::by_id(db, s.customer).await.expect("read").expect("a customer");
    let toms = annexes::newest(db, AnnexKind::Toms).await.expect("read").expect("annex 2");
    let subprocessors = annexes::newest(db, AnnexKind::Subprocessors).await.expect("read").expect("annex 3");
    for family in TextFamily::ALL {
        let legal = portal.content.legal.newest_of(family).expect("a text");
        assert_eq!(legal.findings(), [], "{}", legal.version);
        for choice in Choice::all(family) {
            let parts = Parts {
                contract: &contract,
                customer: &customer,
                request: &choice.request(t, lang),
                text: legal,
                toms: &toms,
                subprocessors: &subprocessors,
                notice_days: 30,
                authorisation: if choice.specific { Authorisation::Specific } else { Authorisation::General },
                docking: choice.docking,
                now: t.now(),
            };
            let document = build_document::build(&portal, &parts).expect("a document");
            let pdf = (portal.render_contract)(&document, &[]).expect("a PDF");
            let Some(text) = text_of(&pdf) else { return };
            every_item(legal, lang, &text, &choice.name());
            clauses_follow(legal, lang, &choice, &document, &text);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_item_is_there_under_every_choice_of_options_in_german() {
    each_database(async |t| under_every_choice(t, Lang::De).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_item_is_there_under_every_choice_of_options_in_english() {
    each_database(async |t| under_every_choice(t, Lang::En).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_item_of_the_law_is_in_the_german_contract() {
    each_database(async |t| check(t, Lang::De).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_item_of_the_law_is_in_the_english_contract() {
    each_database(async |t| check(t, Lang::En).await).await;
}
