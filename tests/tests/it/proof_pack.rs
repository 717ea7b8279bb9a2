//! The proof pack: its own instructions are followed with the programs that they name.

use crate::harness::{TestApp, each_database};
use crate::main_path::{ANNA, in_force, offered, scene};
use crate::seal_commands::run;
use domain::contract::evidence::EvidenceRecord;
use domain::permission::StaffRole;
use service::store::verification_codes;
use service::store::{contracts, documents};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Unpacked by a program that knows nothing of ours; `None` where there is none.
fn unpacked(zip: &[u8], to: &Path) -> Option<PathBuf> {
    std::fs::create_dir_all(to).expect("a folder");
    std::fs::write(to.join("proof.zip"), zip).expect("written");
    let programs: [&[&str]; 2] =
        [&["unzip", "-q", "proof.zip"], &["python3", "-m", "zipfile", "-e", "proof.zip", "."]];
    for line in programs {
        if let Ok(out) = Command::new(line[0]).args(&line[1..]).current_dir(to).output() {
            assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
            return Some(to.join("AV-2026-00001-v1"));
        }
    }
    None
}

/// Follows the indented lines of the instructions.
fn follow(readme: &str, folder: &Path) -> Vec<(String, String)> {
    let commands = readme.lines().filter_map(|line| line.strip_prefix("    "));
    commands
        .map(|command| {
            let out = Command::new("sh").args(["-c", command]).current_dir(folder).output().expect("a shell");
            let said =
                format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
            assert!(out.status.success(), "{command}: {said}");
            (command.to_string(), said)
        })
        .collect()
}

fn there(program: &str) -> bool {
    Command::new(program).arg("version").output().is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_follows_the_instructions_finds_everything_in_order() {
    each_database(async |t: &TestApp| {
        let s = scene(t).await;
        let id = in_force(t, &s).await;
        t.run_jobs().await;
        let anna = t.browser_of(ANNA).await;
        let address = format!("/de/my/{}/contracts/{id}/proof.zip", s.customer);
        let page = anna.get(&format!("/de/my/{}/contracts/{id}", s.customer)).await.text();
        assert!(page.contains(&address), "{page}");
        let zip = anna.get(&address).await;
        assert_eq!(
            (zip.status_code().as_u16(), zip.header("content-type").to_str().expect("text")),
            (200, "application/zip")
        );
        let zip = zip.as_bytes().to_vec();
        assert_eq!(anna.get(&address).await.as_bytes().to_vec(), zip, "the same contract, the same bytes");
        let manager = t.browser_of("bernd@provider.example").await;
        assert_eq!(manager.get(&format!("/en/contracts/{id}/proof.zip")).await.as_bytes().to_vec(), zip);

        let to = t.app.config.data_dir.join("pack");
        let Some(folder) = unpacked(&zip, &to) else { return };
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a text");
        let record: EvidenceRecord = serde_json::from_str(&read("evidence.json")).expect("evidence");
        assert_eq!(record.document.canonical, read("document.json"));
        assert!(
            record
                .signatures
                .iter()
                .all(|s| s.document_sha256 == record.document.sha256 && !s.boxes.is_empty())
        );
        assert_eq!(record.annexes[0].sha256, domain::annex::fingerprint(&read("annexes/toms.json")));
        assert!(!read("audit/events.jsonl").contains("proof_taken"));
        for line in read("audit/events.jsonl").lines() {
            let line: service::audit::Line = serde_json::from_str(line).expect("an entry");
            assert_eq!(line.hash, domain::audit::link(&line.prev, &line.body));
        }
        let manifest: serde_json::Value = serde_json::from_str(&read("manifest.json")).expect("JSON");
        for name in ["LIESMICH.txt", "contract.pdf", "seal/signature.p7s", "annexes/subprocessors.json"] {
            assert!(manifest["files"].to_string().contains(&format!("\"{name}\"")), "{name}: {manifest}");
        }
        if !there("openssl") {
            return;
        }
        for readme in ["LIESMICH.txt", "README.txt"] {
            let followed = follow(&read(readme), &folder);
            assert_eq!(followed.len(), 6, "{followed:?}");
            assert!(
                followed.iter().any(|(_, said)| said.contains("CAdES Verification successful")),
                "{followed:?}"
            );
            let (_, sums) = followed.iter().find(|(c, _)| c == "sha256sum document.json").expect("step 5");
            assert!(sums.starts_with(&record.document.sha256), "{sums}");
        }
        std::fs::write(folder.join("document.json"), "another").expect("written");
        let sums =
            Command::new("sha256sum").args(["-c", "SHA256SUMS"]).current_dir(&folder).output().expect("run");
        assert!(!sums.status.success(), "a change is found");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_evidence_in_the_database_is_the_one_in_the_pdf_and_in_the_chain() {
    each_database(async |t: &TestApp| {
        let s = scene(t).await;
        let id = in_force(t, &s).await;
        t.run_jobs().await;
        let db = t.portal().store.read();
        let stored = verification_codes::evidence_of(db, id).await.expect("read").expect("stored");
        let stored = documents::find(db, s.customer, stored).await.expect("read").expect("its bytes");
        assert_eq!(stored.sha256, domain::audit::sha256(&stored.bytes));
        let story = service::audit::timeline(t.portal(), &format!("contract:{id}")).await.expect("read");
        let event = story.iter().find(|h| h.kind == "contract.document_stored").expect("an event");
        assert_eq!(event.facts["evidence_sha256"], stored.sha256);
        let pdf = contracts::document_of(db, s.customer, id).await.expect("read").expect("a document");
        let pdf = documents::find(db, s.customer, pdf).await.expect("read").expect("its bytes");
        let folder = t.app.config.data_dir.join("attached");
        std::fs::create_dir_all(&folder).expect("made");
        std::fs::write(folder.join("a.pdf"), &pdf.bytes).expect("written");
        let out = Command::new("pdfdetach").args(["-saveall", "a.pdf"]).current_dir(&folder).output();
        if out.is_ok() {
            assert_eq!(std::fs::read(folder.join("evidence.json")).expect("attached"), stored.bytes);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_a_pack_of_a_contract_that_is_not_concluded_or_not_theirs() {
    each_database(async |t: &TestApp| {
        let s = scene(t).await;
        let id = offered(t, &s, &[ANNA]).await;
        let anna = t.browser_of(ANNA).await;
        let address = format!("/de/my/{}/contracts/{id}/proof.zip", s.customer);
        assert_eq!(anna.get(&address).await.status_code(), 404, "not concluded");
        let other = t.customer("K2", &s.manager).await;
        let foreign = format!("/de/my/{other}/contracts/{id}/proof.zip");
        assert_eq!(anna.get(&foreign).await.status_code(), 404, "not theirs");
        assert_eq!(t.browser().get(&address).await.status_code(), 303, "to the log-in");
        t.staff("tina@provider.example", &[StaffRole::Technician]).await;
        let tina = t.browser_of("tina@provider.example").await;
        assert_eq!(tina.get(&format!("/de/contracts/{id}/proof.zip")).await.status_code(), 404);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_gets_the_pack_by_number() {
    each_database(async |t: &TestApp| {
        let s = scene(t).await;
        let id = in_force(t, &s).await;
        t.run_jobs().await;
        let data = &t.app.config.data_dir;
        let file = data.join("proof.zip").display().to_string();
        let pack = |number: &str| {
            let line = ["export", "proof-pack", "--contract", number, "--output", &file];
            run_with(t, &line)
        };
        let (code, said, error) = pack("AV-2026-00001");
        assert_eq!(code, 0, "{said} {error}");
        let by_hand = std::fs::read(&file).expect("written");
        let anna = t.browser_of(ANNA).await;
        let address = format!("/de/my/{}/contracts/{id}/proof.zip", s.customer);
        assert_eq!(anna.get(&address).await.as_bytes().to_vec(), by_hand);
        let (code, _, error) = pack("AV-2026-99999");
        assert!(code == 2 && error.contains("no concluded contract"), "{error}");
    })
    .await;
}

fn run_with(t: &TestApp, line: &[&str]) -> (i32, String, String) {
    run(&t.app.config.data_dir, Some(&t.app.config.database_url), line)
}
