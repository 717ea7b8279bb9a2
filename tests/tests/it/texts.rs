//! Contract texts: which one is offered, what publishing a new one does to customers and to the gate, the difference,
//! the two ways of authorisation, and the text around the standard clauses.

use crate::harness::{TestApp, each_database, goes_to};
use crate::main_path::{ANNA, Scene, in_force, offer_input, requested, scene};
use axum_test::TestServer;
use chrono::Duration;
use domain::contract::{Authorisation, ContractState};
use domain::legal_diff::ChangeKind;
use domain::legal_text::TextFamily;
use domain::permission::{Actor, StaffRole};
use domain::{ContractId, Lang};
use server::state::App;
use service::contracts::offer::{self, OfferInput};
use service::store::contracts;
use service::texts::{announce_job, difference, offered, overview, publish, sync};
use service::{Content, Portal, Problem, worklist};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub const CLARA: &str = "clara@provider.example";

/// Clauses in our own words, only for tests: they stand where a provider loads the official wording.
pub fn stand_in(lang: Lang) -> String {
    let (word, say) = match lang {
        Lang::De => ("Klausel", "TESTTEXT, nicht der amtliche Wortlaut: hier steht die"),
        Lang::En => ("Clause", "TEST TEXT, not the official wording: here stands"),
    };
    let all: Vec<_> =
        (1..=10).map(|n| format!("# {word} {n}\n{say} {word} {n}. {{Kein Platzhalter}}\n\n")).collect();
    all.concat()
}

/// A folder of the provider's own content, gone at the end.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let dir = std::env::temp_dir().join(format!("avp_texts_{}_{name}_{}", std::process::id(), uuid()));
        std::fs::create_dir_all(&dir).expect("a folder");
        Self(dir)
    }

    pub fn write(&self, file: &str, text: &str) {
        let path = self.0.join(file);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }

    /// A copy of version 2026-2 under another name, with this head of `text.toml`.
    fn version(&self, name: &str, change: &str) {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/legal/av/2026-2");
        for lang in ["de", "en"] {
            for entry in std::fs::read_dir(from.join(lang)).expect("sections") {
                let path = entry.expect("a file").path();
                let file = path.file_name().expect("a name").to_string_lossy().into_owned();
                let text = std::fs::read_to_string(&path).expect("text");
                self.write(&format!("legal/av/{name}/{lang}/{file}"), &text);
            }
        }
        let head = std::fs::read_to_string(from.join("text.toml")).expect("text.toml");
        let (before, rest) = head.split_once("change = \"material\"\naccept_days = 60\n").expect("its kind");
        self.write(&format!("legal/av/{name}/text.toml"), &format!("{before}{change}\n{rest}"));
        let checklist = std::fs::read_to_string(from.join("checklist.toml")).expect("checklist");
        self.write(&format!("legal/av/{name}/checklist.toml"), &checklist);
    }

    pub fn content(&self) -> Content {
        Content::load(Some(&self.0)).expect("content")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn uuid() -> String {
    service::fresh::id::<ContractId>(chrono::DateTime::UNIX_EPOCH).to_string()
}

/// The portal with this content.
fn with(t: &TestApp, folder: &Folder) -> Portal {
    Portal { content: Arc::new(folder.content()), ..t.portal().clone() }
}

/// The installation that began with the first text: the second one waits for a decision.
async fn on_the_first_text(t: &TestApp) -> Scene {
    let s = scene(t).await;
    let store = &t.portal().store;
    store
        .execute("UPDATE text_publications SET version = '2026-1' WHERE version = '2026-2'")
        .await
        .expect("set back");
    s
}

async fn in_force_text(t: &TestApp, s: &Scene, id: ContractId) -> String {
    let found = contracts::find(t.portal().store.read(), s.customer, id).await.expect("read").expect("there");
    match found.state {
        ContractState::InForce(f) => f.text_version,
        other => panic!("in force expected, not {}", other.name().name()),
    }
}

async fn officer(t: &TestApp) -> Actor {
    t.actor(CLARA).await
}

async fn publish_in(
    portal: &Portal,
    by: &Actor,
    version: &str,
    until: &str,
    t: &TestApp,
) -> Result<(), Problem> {
    publish::run(portal, &by.privacy_officer().expect("the role"), version, until, t.now()).await
}

fn code(problem: Problem) -> String {
    match problem {
        Problem::Mistakes(m) => m.0[0].code.clone(),
        other => other.to_string(),
    }
}

/// The gate's first reason for hosting at K1, asked now by somebody who may.
fn gate(t: &TestApp) -> &'static str {
    let facts = t.portal().gate.facts();
    let question = domain::gate::Question {
        subject: domain::gate::Subject::Technician("tina@provider.example"),
        action: domain::Action::parse("hosting.operate"),
        resource: domain::gate::Resource::Number("K1"),
        tool: None,
    };
    let decision = domain::gate::decide(&facts, &question, t.now());
    decision.reasons.first().map_or("none", domain::gate::Reason::code)
}

async fn letters_of(t: &TestApp, template: &str) -> Vec<String> {
    let mut to: Vec<_> =
        t.letters().await.into_iter().filter(|l| l.template == template).map(|l| l.to.address).collect();
    to.sort();
    to
}

#[tokio::test(flavor = "multi_thread")]
async fn an_installation_begins_with_the_newest_text_and_an_older_one_with_the_text_that_it_used() {
    each_database(async |t| {
        let db = t.portal().store.read();
        let texts = &t.portal().content.legal;
        let first = offered::text(db, texts, TextFamily::Av).await.expect("on offer");
        assert_eq!(first.version, texts.newest().version);
        sync::at_start(t.portal(), t.now()).await.expect("started again");
        let told =
            service::audit::timeline(t.portal(), &format!("text:{}", first.version)).await.expect("read");
        assert_eq!(told.iter().map(|h| h.kind.as_str()).collect::<Vec<_>>(), ["text.published"]);

        let store = &t.portal().store;
        store.execute("DELETE FROM text_publications").await.expect("an older installation");
        store.execute("DELETE FROM text_versions WHERE version > '2026-1'").await.expect("knew one text");
        sync::at_start(t.portal(), t.now()).await.expect("started with a new program");
        assert_eq!(offered::text(db, texts, TextFamily::Av).await.expect("on offer").version, "2026-1");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_material_text_is_told_once_and_ends_the_old_one_after_its_day() {
    each_database(async |t| {
        let s = on_the_first_text(t).await;
        t.staff("tina@provider.example", &[StaffRole::Technician]).await;
        let id = in_force(t, &s).await;
        assert_eq!(in_force_text(t, &s, id).await, "2026-1");
        let (clara, staff) = (officer(t).await, officer(t).await.staff().expect("staff"));
        let duties = worklist::entries(t.portal(), &staff, t.now()).await.expect("read");
        assert!(
            duties.iter().any(|d| d.kind == worklist::Kind::PublishText && d.about == "2026-2"),
            "{duties:?}"
        );

        // Before: whom it touches, and what is lost after the day.
        let before =
            overview::one(t.portal(), &staff, "2026-2", None, Lang::De, t.now()).await.expect("read");
        assert_eq!(before.against.as_deref(), Some("2026-1"));
        let touched: Vec<_> =
            before.touched.iter().map(|c| (c.number.as_str(), c.contract.0, c.lost.len())).collect();
        assert_eq!(touched, [("K1", id, 3)], "hosting, and looking at and steering a screen");
        assert!(before.changes.iter().any(|c| c.id == "subject.suspension" && c.kind == ChangeKind::Added));

        for (day, wrong) in [("", "required"), ("2027-01-03", "date-near"), ("2028-01-01", "date-far")] {
            let refused = publish_in(t.portal(), &clara, "2026-2", day, t).await.expect_err(day);
            assert_eq!(code(refused), wrong, "{day}");
        }
        assert!(letters_of(t, "text_material").await.is_empty());
        publish_in(t.portal(), &clara, "2026-2", "2027-01-04", t).await.expect("published");
        publish_in(t.portal(), &clara, "2026-2", "2027-06-01", t).await.expect("twice is once");
        t.run_jobs().await;
        announce_job::run(t.portal(), "2026-2", t.now()).await.expect("run again");
        assert_eq!(letters_of(t, "text_material").await, [ANNA, "privacy@k1.example"]);
        assert_eq!(t.in_letter("text_material", ANNA, "accept_until").await, "04.01.2027");

        assert_eq!(gate(t), "ok_contract");
        t.advance(Duration::days(42)).await; // 4 January 2027, 10 o'clock in Berlin
        assert_eq!(gate(t), "ok_contract", "the last day counts");
        t.advance(Duration::days(1)).await;
        assert_eq!(gate(t), "text_version_outdated");
        let manager = s.manager.staff().expect("staff");
        let duties = worklist::entries(t.portal(), &manager, t.now()).await.expect("read");
        let renew = duties.iter().find(|d| d.kind == worklist::Kind::RenewText).expect("a duty");
        assert_eq!((renew.about.as_str(), renew.due), ("1", "2027-01-04".parse().ok()));
        let text = offered::text(t.portal().store.read(), &t.portal().content.legal, TextFamily::Av).await;
        assert_eq!(text.expect("on offer").version, "2026-2");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editorial_text_is_told_and_changes_no_answer() {
    each_database(async |t| {
        let s = scene(t).await;
        t.staff("tina@provider.example", &[StaffRole::Technician]).await;
        let id = in_force(t, &s).await;
        let folder = Folder::new("editorial");
        folder.version("2026-3", "change = \"editorial\"");
        let portal = with(t, &folder);
        sync::at_start(&portal, t.now()).await.expect("started");
        publish_in(&portal, &officer(t).await, "2026-3", "", t).await.expect("published");
        announce_job::run(&portal, "2026-3", t.now()).await.expect("told");
        assert_eq!(letters_of(t, "text_editorial").await, [ANNA, "privacy@k1.example"]);
        assert!(letters_of(t, "text_material").await.is_empty());
        t.advance(Duration::days(400)).await;
        assert_eq!(gate(t), "ok_contract");

        let anna = s.anna.of_customer(s.customer).expect("theirs");
        let since = difference::since_signed(&portal, &anna, id, Lang::De, t.now()).await.expect("read");
        let newer = since.newer.expect("a newer text");
        assert_eq!(
            (newer.signed.as_str(), newer.newest.as_str(), newer.accept_until),
            ("2026-2", "2026-3", None)
        );
        // Only the version's own name differs in a copy.
        let ids: Vec<_> = since.changes.expect("compared").into_iter().map(|c| c.id).collect();
        assert_eq!(ids, ["conclusion.identification"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editorial_text_over_a_material_one_that_was_skipped_is_material() {
    each_database(async |t| {
        on_the_first_text(t).await;
        let folder = Folder::new("skipped");
        folder.version("2026-3", "change = \"editorial\"");
        let portal = with(t, &folder);
        sync::at_start(&portal, t.now()).await.expect("started");
        let clara = officer(t).await;
        let refused = publish_in(&portal, &clara, "2026-3", "", t).await.expect_err("a day is needed");
        assert!(matches!(refused, Problem::Mistakes(m) if m.of("accept_until").is_some()));
        publish_in(&portal, &clara, "2026-3", "2027-01-22", t).await.expect("published");
        let older = publish_in(&portal, &clara, "2026-2", "2027-01-22", t).await.expect_err("older");
        assert_eq!(code(older), "text-older");
        let missing = publish_in(&portal, &clara, "2019-1", "", t).await.expect_err("not here");
        assert!(matches!(missing, Problem::Missing));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_with_findings_stops_the_start_with_all_of_them_and_is_never_published() {
    each_database(async |t| {
        scene(t).await;
        let folder = Folder::new("findings");
        folder.version("2026-3", "change = \"editorial\"");
        let file = folder.0.join("legal/av/2026-3/de/15-audit.txt");
        let text = std::fs::read_to_string(&file).expect("text");
        let broken =
            text.replace("einschließlich Inspektionen vor Ort", "nach dem Privacy Shield {nirgends}");
        folder.write("legal/av/2026-3/de/15-audit.txt", &broken);
        let portal = with(t, &folder);
        let problem = sync::at_start(&portal, t.now()).await.expect_err("findings").to_string();
        for said in [
            "de/15-audit.txt [audit.inspections]",
            "privacy shield",
            "nirgends",
            "J67",
            "(h) proof and audits",
        ] {
            assert!(problem.contains(said), "{said}: {problem}");
        }
        let refused = publish_in(&portal, &officer(t).await, "2026-3", "", t).await.expect_err("findings");
        assert_eq!(code(refused), "text-findings");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_show_the_texts_to_staff_and_let_only_the_privacy_officer_publish() {
    each_database(async |t| {
        let s = on_the_first_text(t).await;
        let id = in_force(t, &s).await;
        t.staff("tina@provider.example", &[StaffRole::Technician]).await;
        let (clara, tina) = (t.browser_of(CLARA).await, t.browser_of("tina@provider.example").await);
        let list = tina.get("/de/texts").await.text();
        for said in ["2026-1", "2026-2", "Wartet auf Veröffentlichung", "scc-2026-1"] {
            assert!(list.contains(said), "{said}");
        }
        let page = tina.get("/de/texts/2026-2").await.text();
        assert!(
            page.contains("<ins>") && page.contains("Tischlerei K1 GmbH") && !page.contains("/publish"),
            "{page}"
        );
        assert_eq!(tina.get("/de/texts/2019-1").await.status_code(), 404);
        let form = [("accept_until", "2026-12-01")];
        assert_eq!(tina.post("/de/texts/2026-2/publish").form(&form).await.status_code(), 403);
        let wrong = clara.post("/de/texts/2026-2/publish").form(&form).await;
        assert_eq!(wrong.status_code(), 422);
        assert!(wrong.text().contains("2026-12-01") && wrong.text().contains("mindestens 42 Tage"));
        let right = clara.post("/de/texts/2026-2/publish").form(&[("accept_until", "2027-01-22")]).await;
        assert_eq!((right.status_code().as_u16(), goes_to(&right).as_str()), (303, "/de/texts/2026-2"));

        let anna = t.browser_of(ANNA).await;
        let contract = format!("/de/my/{}/contracts/{id}", s.customer);
        assert!(anna.get(&contract).await.text().contains("Neue Fassung bis 22.01.2027 annehmen"));
        let since = anna.get(&format!("{contract}/text")).await.text();
        assert!(
            since.contains("<ins>") && since.contains("subject.suspension") && since.contains("22.01.2027")
        );
        let scc = tina.get("/en/texts/scc-2026-1").await.text();
        assert!(scc.contains("The official wording is not loaded as a whole"), "{scc}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_customers_difference_is_not_there() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = in_force(t, &s).await;
        let other = t.customer("K2", &s.manager).await;
        t.person_of(other, "eve@k2.example", domain::permission::CustomerRole::Signatory).await;
        let browser = t.browser_of("eve@k2.example").await;
        for path in [
            format!("/de/my/{}/contracts/{id}/text", s.customer),
            format!("/de/my/{other}/contracts/{id}/text"),
        ] {
            assert_eq!(browser.get(&path).await.status_code(), 404, "{path}");
        }
        let open = requested(t, &s, &[ANNA]).await;
        let anna = t.browser_of(ANNA).await;
        let path = format!("/de/my/{}/contracts/{open}/text", s.customer);
        assert_eq!(anna.get(&path).await.status_code(), 404, "nothing is in force there");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_of_authorisation_is_chosen_at_the_offer_and_the_text_follows() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = requested(t, &s, &[ANNA]).await;
        let by = s.manager.contract_manager().expect("the role");
        let strange = OfferInput { authorisation: "silence".into(), ..offer_input() };
        let refused = offer::run(t.portal(), &by, id, &strange, t.now()).await.expect_err("no such way");
        assert_eq!(code(refused), "choice");
        let specific = OfferInput { authorisation: "specific".into(), docking: true, ..offer_input() };
        offer::run(t.portal(), &by, id, &specific, t.now()).await.expect("offered");
        let found =
            contracts::find(t.portal().store.read(), s.customer, id).await.expect("read").expect("there");
        let frozen = found.state.frozen().expect("frozen");
        assert_eq!(
            (frozen.authorisation, frozen.docking),
            (Authorisation::Specific, false),
            "no docking in our own text"
        );
        let (document, _, _) = offer::frozen_document(t.portal(), &found).await.expect("the document");
        let clauses: Vec<_> =
            document.sections.iter().flat_map(|s| &s.clauses).map(|c| c.id.as_str()).collect();
        assert!(clauses.contains(&"subprocessors.specific") && !clauses.contains(&"subprocessors.general"));
        let row =
            document.particulars.iter().find(|r| r.label.starts_with("Genehmigung")).expect("in annex 1");
        assert!(row.value.starts_with("gesondert") && row.value.contains("30 Tage"), "{}", row.value);
        let browser = t.browser_of("bernd@provider.example").await;
        assert!(browser.get(&format!("/de/contracts/{id}")).await.text().contains("Gesondert"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_text_around_the_standard_clauses_is_offered_once_their_wording_is_loaded() {
    each_database(async |t| {
        let s = scene(t).await;
        let id = requested(t, &s, &[ANNA]).await;
        let by = s.manager.contract_manager().expect("the role");
        let input = OfferInput { text_family: "scc".into(), docking: true, ..offer_input() };
        let refused = offer::run(t.portal(), &by, id, &input, t.now()).await.expect_err("not loaded");
        assert_eq!(code(refused), "text-not-offered");
        let browser = t.browser_of("bernd@provider.example").await;
        assert!(!browser.get(&format!("/de/contracts/{id}")).await.text().contains("name=\"text_family\""));

        let folder = Folder::new("scc");
        folder.write("legal/scc/clauses.de.txt", &stand_in(Lang::De));
        folder.write("legal/scc/clauses.en.txt", &stand_in(Lang::En));
        let portal = with(t, &folder);
        sync::at_start(&portal, t.now()).await.expect("started");
        let app = App { portal: portal.clone(), ..t.app.clone() };
        let server = TestServer::builder().save_cookies().build(server::router::router(app));
        server
            .post("/de/login")
            .form(&[("email", "bernd@provider.example"), ("password", crate::harness::PASSWORD)])
            .await;
        assert!(server.get(&format!("/de/contracts/{id}")).await.text().contains("name=\"text_family\""));
        let preview = server.get(&format!("/de/contracts/{id}/preview?text_family=scc")).await.text();
        for said in
            ["Anhang I<", "Anhang IV", "TESTTEXT, nicht der amtliche Wortlaut", "Klausel 5 gilt nicht"]
        {
            assert!(preview.contains(said), "{said}");
        }
        offer::run(&portal, &by, id, &input, t.now()).await.expect("offered");
        let found = contracts::find(portal.store.read(), s.customer, id).await.expect("read").expect("there");
        assert_eq!(
            found.state.frozen().map(|f| (f.text_version.as_str(), f.docking)),
            Some(("scc-2026-1", true))
        );
        let (document, _, _) = offer::frozen_document(&portal, &found).await.expect("the document");
        assert_eq!((document.family, document.wording.len()), (TextFamily::Scc, 10));
        assert!(
            document.wording[0].paragraphs[0].contains("{Kein Platzhalter}"),
            "official wording is never filled in"
        );
        let clauses: Vec<_> =
            document.sections.iter().flat_map(|s| &s.clauses).map(|c| c.id.as_str()).collect();
        assert!(clauses.contains(&"clauses.docking-yes") && clauses.contains(&"clauses.general"));
    })
    .await;
}
