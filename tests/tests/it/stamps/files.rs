//! Sealed files and their time stamps: sealed at once, stamped later, both forms known as ours.

use super::authority::{Authority, Purpose, Says};
use super::{authority, browser, browser_of, job, on_true_time, restarted, run_jobs, trust};
use crate::ending::{self, certificate::confirmed};
use crate::harness::{TestApp, each_database};
use crate::main_path::{ANNA, Scene, in_force, scene};
use crate::seal_commands::run;
use axum_test::TestServer;
use axum_test::multipart::{MultipartForm, Part};
use chrono::Duration;
use domain::audit::sha256;
use domain::contract::{ContractState, VerifyCode};
use domain::permission::{CustomerRole, StaffRole};
use domain::{ContractId, DocumentId};
use server::state::App;
use service::store::{contracts, document_stamps, documents};

async fn verify_file(app: &App, file: Vec<u8>) -> String {
    let part = Part::bytes(file).file_name("contract.pdf").mime_type("application/pdf");
    browser(app).post("/en/verify").multipart(MultipartForm::new().add_part("file", part)).await.text()
}

async fn first_of(app: &App, s: &Scene, id: ContractId) -> (DocumentId, Vec<u8>) {
    let db = app.portal.store.read();
    let first = contracts::document_of(db, s.customer, id).await.expect("read").expect("a document");
    (first, documents::find(db, s.customer, first).await.expect("read").expect("its bytes").bytes)
}

async fn stamped_of(app: &App, s: &Scene, first: DocumentId) -> Option<Vec<u8>> {
    let db = app.portal.store.read();
    let id = document_stamps::of(db, first).await.expect("read")?;
    Some(documents::find(db, s.customer, id).await.expect("read").expect("its bytes").bytes)
}

async fn login(app: &App) -> TestServer {
    browser_of(app, ANNA).await
}

/// A contract that was concluded while the authority was down, and its portal.
async fn concluded(t: &TestApp, trusted: bool) -> (Authority, App, Scene, ContractId) {
    let tsa = authority(t, Purpose::Time, 30).await;
    if trusted {
        trust(t, &tsa.root());
    }
    let app = restarted(t, Some(&tsa.url)).await;
    let s = scene(t).await;
    let id = in_force(t, &s).await;
    on_true_time(t).await;
    tsa.says(Says::Nothing);
    run_jobs(&app).await;
    (tsa, app, s, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contract_is_sealed_at_once_and_stamped_when_the_authority_answers() {
    each_database(async |t: &TestApp| {
        let (tsa, app, s, id) = concluded(t, true).await;
        let (first, sealed) = first_of(&app, &s, id).await;
        let waiting = job(&app, "document_stamp").await;
        assert_eq!((waiting.state.as_str(), waiting.attempts), ("ready", 1));
        assert!(waiting.last_error.contains("time stamp authority"), "{}", waiting.last_error);
        assert!(!waiting.last_error.contains("geheim") && !waiting.payload.contains("geheim"));
        let address = format!("/en/my/{}/contracts/{id}", s.customer);
        let page = login(&app).await.get(&address).await.text();
        assert!(page.contains("PAdES B-B, without a time stamp") && !page.contains("B-T"), "{page}");
        assert_eq!(stamped_of(&app, &s, first).await, None);

        tsa.says(Says::Truth);
        t.advance(Duration::minutes(1)).await;
        run_jobs(&app).await;
        assert_eq!(job(&app, "document_stamp").await.state, "done");
        let asked = tsa.asked().pop().expect("a request");
        assert!(asked.contains("content-type: application/timestamp-query"), "{asked}");
        assert!(asked.contains("authorization: basic bwu6z2vozwlt"), "{asked}"); // in small letters
        assert!(!asked.contains("geheim"), "{asked}");
        let stamped = stamped_of(&app, &s, first).await.expect("stamped");
        assert_eq!(stamped.len(), sealed.len(), "it lies in the space that was kept");
        assert_eq!(first_of(&app, &s, id).await, (first, sealed.clone()), "the first bytes stay");

        // Everywhere the level, and both forms are ours.
        let anna = login(&app).await;
        let page = anna.get(&address).await.text();
        assert!(page.contains("PAdES B-T: time stamp of") && page.contains("Test stamps"), "{page}");
        assert!(page.contains(&sha256(&stamped)) && page.contains("put into the sealed PDF"), "{page}");
        let link = page.split('"').find(|a| a.contains("/documents/")).expect("a link");
        assert_eq!(anna.get(link).await.as_bytes().to_vec(), stamped);
        let contract = contracts::find_any(app.portal.store.read(), id).await.expect("read").expect("there");
        let code = VerifyCode::of(id, contract.version);
        let by_code = browser(&app).get(&format!("/en/verify/{code}")).await.text();
        for part in [&sha256(&stamped), &sha256(&sealed), "PAdES B-T: time stamp of"] {
            assert!(by_code.contains(part), "{part}: {by_code}");
        }
        for (file, level, other) in [(&stamped, "PAdES B-T", &sealed), (&sealed, "PAdES B-B", &stamped)] {
            let hash = sha256(file);
            let by_hash = browser(&app).get(&format!("/en/verify/sha256/{hash}")).await.text();
            for page in [by_hash, verify_file(&app, file.clone()).await] {
                for part in ["AV-2026-00001", "Its seal is in order.", level, &hash, &sha256(other)] {
                    assert!(page.contains(part), "{part}: {page}");
                }
            }
            let path = app.config.data_dir.join("given.pdf");
            std::fs::write(&path, file).expect("written");
            let (ended, said, _) = run(&app.config.data_dir, None, &["verify", &path.display().to_string()]);
            assert!(ended == 0 && said.contains(level), "{said}");
        }

        // Again: nothing happens.
        service::stamps::document_job::run(&app.portal, &waiting.payload, app.now()).await.expect("runs");
        let story = service::audit::timeline(&app.portal, &format!("contract:{id}")).await.expect("read");
        let events: Vec<_> = story.iter().filter(|h| h.kind == "contract.document_stamped").collect();
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].facts["before_sha256"], sha256(&sealed));
        assert_eq!(events[0].facts["sha256"], sha256(&stamped));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pack_holds_the_stamp_and_the_file_from_before() {
    each_database(async |t: &TestApp| {
        let (tsa, app, s, id) = concluded(t, true).await;
        let (first, sealed) = first_of(&app, &s, id).await;
        let address = format!("/en/my/{}/contracts/{id}/proof.zip", s.customer);
        let has = |zip: &[u8], part: &[u8]| zip.windows(part.len()).any(|w| w == part);
        let before = login(&app).await.get(&address).await.as_bytes().to_vec();
        assert!(has(&before, &sealed) && !has(&before, b"-v1/seal/time-stamp.der"));
        tsa.says(Says::Truth);
        t.advance(Duration::minutes(1)).await;
        run_jobs(&app).await;
        let stamped = stamped_of(&app, &s, first).await.expect("stamped");
        let pack = login(&app).await.get(&address).await.as_bytes().to_vec();
        for part in
            [b"-v1/seal/time-stamp.der".as_slice(), b"-v1/contract-before-time-stamp.pdf", &sealed, &stamped]
        {
            assert!(has(&pack, part), "{}", String::from_utf8_lossy(&part[..20]));
        }
        assert!(has(&pack, sha256(&sealed).as_bytes()) && has(&pack, b"document_stamped"));
        assert_eq!(login(&app).await.get(&address).await.as_bytes().to_vec(), pack, "the same bytes");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_that_nobody_trusts_proves_nothing_until_the_operator_decides() {
    each_database(async |t: &TestApp| {
        let (tsa, app, s, id) = concluded(t, false).await;
        tsa.says(Says::Truth);
        t.advance(Duration::minutes(1)).await;
        run_jobs(&app).await;
        let (first, sealed) = first_of(&app, &s, id).await;
        let stamped = stamped_of(&app, &s, first).await.expect("it is kept");
        assert_ne!(stamped, sealed);
        let address = format!("/en/my/{}/contracts/{id}", s.customer);
        let page = login(&app).await.get(&address).await.text();
        assert!(page.contains("does not trust that authority") && !page.contains("B-T"), "{page}");
        let page = verify_file(&app, stamped.clone()).await;
        assert!(page.contains("does not trust that authority") && !page.contains("B-T"), "{page}");

        let data = &app.config.data_dir;
        let (_, said, _) = run(data, None, &["seal", "show"]);
        assert!(said.contains("NOT trusted") && said.contains(&tsa.root_sha256()), "{said}");
        let (ended, _, wrong) = run(data, None, &["seal", "trust", &"00".repeat(32)]);
        assert_eq!(ended, 2, "{wrong}");
        let (ended, _, wrong) =
            run(data, None, &["seal", "trust", &data.join("seal/chain.pem").display().to_string()]);
        assert!(ended == 2 && wrong.contains("neither for time stamps"), "{wrong}");
        trust(t, &tsa.root_sha256());
        let (_, said, _) = run(data, None, &["seal", "show"]);
        assert!(said.contains("that are trusted") && !said.contains("NOT trusted"), "{said}");
        let app = restarted(t, Some(&tsa.url)).await;
        let page = login(&app).await.get(&address).await.text();
        assert!(page.contains("PAdES B-T: time stamp of"), "the stamp from before counts now: {page}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_down_for_days_is_given_up_in_sight_and_asked_again_on_demand() {
    each_database(async |t: &TestApp| {
        let (tsa, app, s, id) = concluded(t, true).await;
        for _ in 0..8 {
            t.advance(Duration::hours(30)).await;
            run_jobs(&app).await;
        }
        assert_eq!(job(&app, "document_stamp").await.state, "dead");
        let actor = t.staff("otto@provider.example", &[StaffRole::Admin]).await;
        let staff = actor.staff().expect("staff");
        let due = service::worklist::entries(&app.portal, &staff, app.now()).await.expect("read");
        assert!(due.iter().any(|e| e.kind.name() == "dead-job"), "{due:?}");
        let state =
            contracts::find_any(app.portal.store.read(), id).await.expect("read").expect("there").state;
        assert!(matches!(state, ContractState::InForce(_)), "the contract does not wait");

        let asked = service::stamps::document_job::enqueue_missing(&app.portal, app.now()).await;
        assert_eq!(asked.expect("asked"), 1);
        let asked = service::stamps::document_job::enqueue_missing(&app.portal, app.now()).await;
        assert_eq!(asked.expect("asked"), 0, "it waits already");
        tsa.says(Says::At(app.now()));
        run_jobs(&app).await;
        let (first, _) = first_of(&app, &s, id).await;
        assert!(stamped_of(&app, &s, first).await.is_some());
        let asked = service::stamps::document_job::enqueue_missing(&app.portal, app.now()).await;
        assert_eq!(asked.expect("asked"), 0, "nothing is missing");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn contracts_from_before_the_authority_get_their_stamp_when_asked_for() {
    each_database(async |t: &TestApp| {
        let s = scene(t).await;
        let id = in_force(t, &s).await;
        on_true_time(t).await;
        t.run_jobs().await; // no authority is set
        let (first, _) = first_of(&t.app, &s, id).await;
        let url = t.app.config.database_url.clone();
        let (ended, _, wrong) = run(&t.app.config.data_dir, Some(&url), &["seal", "stamp"]);
        assert!(ended == 2 && wrong.contains("AVP_TSA_URL"), "{wrong}");
        let tsa = authority(t, Purpose::Time, 30).await;
        trust(t, &tsa.root());
        let app = restarted(t, Some(&tsa.url)).await;
        run_jobs(&app).await;
        assert_eq!(stamped_of(&app, &s, first).await, None, "nobody asked");
        let asked = service::stamps::document_job::enqueue_missing(&app.portal, app.now()).await;
        assert_eq!(asked.expect("asked"), 1);
        run_jobs(&app).await;
        assert!(stamped_of(&app, &s, first).await.is_some());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_certificate_is_stamped_too() {
    each_database(async |t: &TestApp| {
        let (s, id) = confirmed(t).await;
        let tsa = authority(t, Purpose::Time, 90).await;
        trust(t, &tsa.root());
        let app = restarted(t, Some(&tsa.url)).await;
        let by = s.manager.contract_manager().expect("the role");
        service::disposals::close::run(t.portal(), &by, id, t.now()).await.expect("closed");
        tsa.says(Says::At(app.now()));
        run_jobs(&app).await;
        let ContractState::Closed(closed) = ending::contract(t, id).await.state else { panic!("closed") };
        let certificate = closed.certificate.expect("a certificate");
        let stamped = stamped_of(&app, &s, certificate.document).await.expect("stamped");
        assert_ne!(sha256(&stamped), certificate.sha256, "the first form stays noted");
        let page = login(&app).await.get(&format!("/en/my/{}/contracts/{id}", s.customer)).await.text();
        assert!(page.contains(&sha256(&stamped)) && page.contains("PAdES B-T"), "{page}");
        let page = verify_file(&app, stamped).await;
        assert!(page.contains("Seal in order") && page.contains("PAdES B-T"), "{page}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_customer_gets_no_stamped_file() {
    each_database(async |t: &TestApp| {
        let (tsa, app, s, id) = concluded(t, true).await;
        tsa.says(Says::Truth);
        t.advance(Duration::minutes(1)).await;
        run_jobs(&app).await;
        let (first, _) = first_of(&app, &s, id).await;
        let stamped =
            document_stamps::of(app.portal.store.read(), first).await.expect("read").expect("stamped");
        let other = t.customer("K2", &s.manager).await;
        t.person_of(other, "eve@k2.example", CustomerRole::Signatory).await;
        let eve = t.browser_of("eve@k2.example").await;
        for customer in [s.customer, other] {
            let answer = eve.get(&format!("/en/my/{customer}/documents/{stamped}")).await;
            assert_eq!(answer.status_code(), 404);
        }
    })
    .await;
}
