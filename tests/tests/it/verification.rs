//! A stranger checks a contract: by its code, by its file, by its hash. And what hostile files are told.

use crate::harness::{TestApp, each_database};
use crate::main_path::{ANNA, in_force, offered, scene};
use axum_test::TestServer;
use axum_test::multipart::{MultipartForm, Part};
use chrono::Duration;
use domain::ContractId;
use domain::contract::VerifyCode;
use service::contracts::verification;
use service::store::{contracts, documents};

const CUSTOMER: &str = "Tischlerei K1 GmbH";

async fn code_of(t: &TestApp, id: ContractId) -> String {
    let contract = contracts::find_any(t.portal().store.read(), id).await.expect("read").expect("there");
    VerifyCode::of(id, contract.version).to_string()
}

/// A concluded contract with its stored file.
async fn concluded(t: &TestApp) -> (ContractId, Vec<u8>) {
    let s = scene(t).await;
    let id = in_force(t, &s).await;
    t.run_jobs().await;
    let db = t.portal().store.read();
    let stored = contracts::document_of(db, s.customer, id).await.expect("read").expect("a document");
    (id, documents::find(db, s.customer, stored).await.expect("read").expect("its bytes").bytes)
}

async fn upload(browser: &TestServer, file: Vec<u8>) -> (u16, String) {
    let part = Part::bytes(file).file_name("contract.pdf").mime_type("application/pdf");
    let answer = browser.post("/de/verify").multipart(MultipartForm::new().add_part("file", part)).await;
    (answer.status_code().as_u16(), answer.text())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_says_which_contract_it_is_and_between_whom() {
    each_database(async |t: &TestApp| {
        let (id, pdf) = concluded(t).await;
        let (anyone, code) = (t.browser(), code_of(t, id).await);
        for typed in [
            code.clone(),
            code.to_lowercase(),
            code.replace('-', ""),
            format!("http://localhost:3000/verify/{code}"),
        ] {
            let page = anyone.get("/de/verify").add_query_param("code", &typed).await;
            assert_eq!(page.status_code(), 200, "{typed}");
            let page = page.text();
            for part in ["AV-2026-00001", CUSTOMER, "Der Vertrag gilt.", &domain::audit::sha256(&pdf)] {
                assert!(page.contains(part), "{typed}: {part}");
            }
        }
        let page = anyone.get(&format!("/en/verify/{code}")).await.text();
        assert!(page.contains("The contract applies."), "{page}");
        // The address on older pages still works, and opens no names.
        let page = anyone.get(&format!("/de/verify/{id}")).await.text();
        assert!(page.contains("AV-2026-00001") && !page.contains(CUSTOMER), "{page}");
        let wrong = anyone.get("/de/verify").add_query_param("code", "0000-0000-0000").await;
        assert_eq!(wrong.status_code(), 422);
        assert!(wrong.text().contains("Zu diesem Code gibt es keinen Vertrag"));
        assert_eq!(anyone.get("/de/verify/0000-0000-0000").await.status_code(), 404);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_has_a_code_before_it_is_concluded() {
    each_database(async |t: &TestApp| {
        let s = scene(t).await;
        let id = offered(t, &s, &[ANNA]).await;
        let page = t.browser().get(&format!("/de/verify/{}", code_of(t, id).await)).await.text();
        assert!(
            page.contains("Noch kein geschlossener Vertrag") && page.contains("Der Vertrag gilt nicht."),
            "{page}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn contracts_older_than_codes_get_theirs_at_the_next_start() {
    each_database(async |t: &TestApp| {
        let (id, _) = concluded(t).await;
        t.portal().store.execute("DELETE FROM verification_codes").await.expect("as before");
        let (anyone, address) = (t.browser(), format!("/de/verify/{}", code_of(t, id).await));
        assert_eq!(anyone.get(&address).await.status_code(), 404);
        for _ in 0..2 {
            verification::at_start(t.portal(), t.now()).await.expect("started");
            assert_eq!(anyone.get(&address).await.status_code(), 200);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_stored_file_is_unchanged_and_tells_no_names() {
    each_database(async |t: &TestApp| {
        let (_, pdf) = concluded(t).await;
        let anyone = t.browser();
        let (status, page) = upload(&anyone, pdf.clone()).await;
        assert_eq!(status, 200);
        let hash = domain::audit::sha256(&pdf);
        let looked_up = anyone.get(&format!("/de/verify/sha256/{}", hash.to_uppercase())).await.text();
        for page in [&page, &looked_up] {
            for part in ["Unverändert", "AV-2026-00001", "Der Vertrag gilt.", "PAdES B-B", &hash] {
                assert!(page.contains(part), "{part}: {page}");
            }
            assert!(!page.contains(CUSTOMER) && !page.contains("Anna"), "{page}");
        }
        // A contract that has ended is unchanged all the same, and says that it does not rule.
        t.portal()
            .store
            .execute("UPDATE documents SET kind = 'scan' WHERE kind = 'contract'")
            .await
            .expect("hidden");
        let (_, page) = upload(&anyone, pdf).await;
        assert!(page.contains("Datei hier nicht gespeichert") && !page.contains("AV-2026-00001"), "{page}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_altered_or_hostile_file_is_ever_called_unchanged() {
    each_database(async |t: &TestApp| {
        let (_, pdf) = concluded(t).await;
        let anyone = t.browser();
        let changed = |at: usize| {
            let mut bytes = pdf.clone();
            bytes[at] ^= 0x20;
            bytes
        };
        let encrypted = b"%PDF-1.7\ntrailer\n<</Encrypt 1 0 R/Root 2 0 R>>\n%%EOF\n".to_vec();
        let nested = [b"%PDF-1.7\n1 0 obj\n".as_slice(), &b"<</A[".repeat(200_000)].concat();
        for (name, file, words) in [
            ("a byte in the middle", changed(pdf.len() / 3), "Verändert"),
            ("the last byte", changed(pdf.len() - 1), ""),
            ("appended", [pdf.as_slice(), b"\n%%EOF\n"].concat(), ""),
            ("truncated", pdf[..pdf.len() - 200].to_vec(), ""),
            ("half", pdf[..pdf.len() / 2].to_vec(), ""),
            ("as if encrypted", encrypted, ""),
            ("nested", nested, ""),
            ("no PDF", b"Guten Tag".to_vec(), "Keine PDF-Datei"),
            ("no seal", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n".to_vec(), "Ohne Siegel"),
        ] {
            let (status, page) = upload(&anyone, file).await;
            assert_eq!(status, 200, "{name}");
            assert!(!page.contains("Unverändert") && !page.contains("AV-2026-"), "{name}: {page}");
            assert!(page.contains(words), "{name}: {page}");
        }
        let (status, page) = upload(&anyone, vec![0; 53_000_000]).await;
        assert!(status == 413 && page.contains("Zu groß"), "{status}: {page}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_file_and_no_hash_is_said_in_words() {
    each_database(async |t: &TestApp| {
        let anyone = t.browser();
        let nothing = anyone.post("/de/verify").multipart(MultipartForm::new().add_text("a", "b")).await;
        assert_eq!(nothing.status_code(), 422);
        assert!(nothing.text().contains("Bitte wählen Sie eine Datei."));
        assert_eq!(anyone.post("/de/verify").form(&[("a", "b")]).await.status_code(), 422);
        let unknown = anyone.get(&format!("/de/verify/sha256/{}", "a".repeat(64))).await;
        assert!(unknown.status_code() == 200 && unknown.text().contains("Diese Datei kennen wir nicht"));
        for bad in ["a", &"g".repeat(64), &"a".repeat(65)] {
            assert_eq!(anyone.get(&format!("/de/verify/sha256/{bad}")).await.status_code(), 404, "{bad}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contract_that_begins_later_or_has_ended_does_not_rule_today() {
    each_database(async |t: &TestApp| {
        let (id, _) = concluded(t).await;
        let address = format!("/de/verify/{}", code_of(t, id).await);
        t.advance(-Duration::days(3)).await;
        let page = t.browser().get(&address).await.text();
        assert!(page.contains("Der Vertrag gilt noch nicht, erst ab"), "{page}");
    })
    .await;
}
