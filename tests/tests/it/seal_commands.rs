//! `verify` and `seal` as processes: with the folder of the seal and without a database.

use crate::harness::{TestApp, each_database};
use crate::main_path::{in_force, scene};
use service::store::{contracts, documents};
use std::path::Path;
use std::process::{Command, Output};

/// The program itself, when a test starts this binary again with a command line; else nothing.
#[test]
fn the_program() {
    if let Ok(line) = std::env::var("AVP_TEST_LINE") {
        let words = std::iter::once("av-portal").chain(line.lines()).map(Into::into);
        std::process::exit(server::commands::code_of(words).into());
    }
}

/// Runs the program in a process of its own: exit code, standard output, standard error.
pub fn run(data: &Path, database: Option<&str>, line: &[&str]) -> (i32, String, String) {
    let mut program = Command::new(std::env::current_exe().expect("this binary"));
    let out: Output = program
        .args(["--exact", "seal_commands::the_program", "--nocapture", "--test-threads=2"])
        .env_clear()
        .env("AVP_DATA_DIR", data)
        .env("AVP_TEST_LINE", line.join("\n"))
        .envs(database.map(|url| ("AVP_DATABASE_URL", url)))
        .output()
        .expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    // The harness of the tests announces itself first.
    let said = text(&out.stdout);
    let said = said.trim_start().split_once("test\n").map_or(said.clone(), |(_, said)| said.to_string());
    (out.status.code().expect("a code"), said, text(&out.stderr))
}

/// The stored PDF of a contract that was concluded.
pub async fn sealed(t: &TestApp) -> Vec<u8> {
    let s = scene(t).await;
    let id = in_force(t, &s).await;
    t.run_jobs().await;
    let db = t.portal().store.read();
    let stored = contracts::document_of(db, s.customer, id).await.expect("read").expect("a document");
    documents::find(db, s.customer, stored).await.expect("read").expect("its bytes").bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_verified_offline() {
    each_database(async |t: &TestApp| {
        let pdf = sealed(t).await;
        let data = t.app.config.data_dir.clone();
        // Nothing but the certificates: neither the key nor a database.
        let offline = data.join("offline");
        std::fs::create_dir_all(offline.join("seal")).expect("made");
        std::fs::copy(data.join("seal/chain.pem"), offline.join("seal/chain.pem")).expect("copied");
        let verify = |name: &str, bytes: &[u8]| {
            let file = offline.join(name);
            std::fs::write(&file, bytes).expect("written");
            run(&offline, None, &["verify", &file.display().to_string()])
        };
        let (code, said, _) = verify("whole.pdf", &pdf);
        assert_eq!(code, 0, "{said}");
        for part in ["VALID: sealed by us", "PAdES B-B, without a time stamp", "2026-11-23T09:00:00Z"] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert!(said.contains(&domain::audit::sha256(&pdf)), "{said}");
        let mut flipped = pdf.clone();
        flipped[1000] ^= 1;
        let appended = [pdf.as_slice(), b"\n%more"].concat();
        for (bytes, words) in [
            (flipped.as_slice(), "changed after it was sealed"),
            (appended.as_slice(), "NOT VALID"),
            (&pdf[..pdf.len() / 2], "NOT VALID"),
            (b"%PDF-1.7\n%%EOF\n".as_slice(), "the PDF has no seal"),
            (b"Guten Tag".as_slice(), "the file is no PDF"),
            (&[], "the file is no PDF"),
        ] {
            let (code, said, _) = verify("bad.pdf", bytes);
            assert_eq!(code, 1, "{said}");
            assert!(said.contains(words) && !said.contains("VALID: sealed by us"), "{words}: {said}");
        }
        let mut there: Vec<_> =
            std::fs::read_dir(&offline).expect("read").map(|f| f.expect("one").file_name()).collect();
        there.sort();
        assert_eq!(there, ["bad.pdf", "seal", "whole.pdf"], "nothing was made");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_file_is_not_read_and_a_missing_one_gets_no_verdict() {
    each_database(async |t: &TestApp| {
        let data = &t.app.config.data_dir;
        let large = data.join("large.pdf");
        std::fs::File::create(&large).expect("made").set_len(200 * 1024 * 1024).expect("grown");
        let (code, said, _) = run(data, None, &["verify", &large.display().to_string()]);
        assert!(code == 1 && said.contains("larger than 50 MiB"), "{code} {said}");

        let nowhere = data.join("nowhere.pdf").display().to_string();
        let (code, said, error) = run(data, None, &["verify", &nowhere]);
        assert_eq!((code, said.contains("VALID")), (2, false), "{said}");
        assert!(error.contains("cannot be read"), "{error}");
        let (code, _, error) = run(&data.join("nothing"), None, &["verify", &large.display().to_string()]);
        assert!(code == 2 && error.contains("whose seals are ours is not known"), "{error}");
        assert!(!data.join("nothing").exists(), "nothing was made");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seal_stays_valid_after_a_roll_over() {
    each_database(async |t: &TestApp| {
        let pdf = sealed(t).await;
        let data = &t.app.config.data_dir;
        let file = data.join("contract.pdf").display().to_string();
        std::fs::write(&file, &pdf).expect("written");

        let (code, before, _) = run(data, None, &["seal", "show"]);
        assert!(code == 0 && before.contains("made by itself") && !before.contains("past"), "{before}");
        let (code, csr, _) = run(data, None, &["seal", "csr"]);
        assert!(code == 0 && csr.starts_with("-----BEGIN CERTIFICATE REQUEST-----"), "{csr}");

        std::fs::write(data.join("foreign.pem"), "no certificate").expect("written");
        let foreign = data.join("foreign.pem").display().to_string();
        let (code, _, error) = run(data, None, &["seal", "import-chain", &foreign]);
        assert!(code == 2 && error.contains("not taken, nothing is changed"), "{error}");
        assert_eq!(run(data, None, &["seal", "show"]).1, before);

        let (code, after, _) = run(data, None, &["seal", "roll-over"]);
        assert!(code == 0 && after.contains("past, for seals made before"), "{after}");
        let (code, said, _) = run(data, None, &["verify", &file, "--json"]);
        let said: serde_json::Value = serde_json::from_str(said.trim()).expect("JSON");
        assert_eq!(code, 0, "{said}");
        assert_eq!(
            (&said["valid"], &said["verdict"], &said["seal"]["level"]),
            (&true.into(), &"valid".into(), &"B-B".into())
        );
        assert_eq!(said["sha256"], domain::audit::sha256(&pdf));

        std::fs::remove_dir_all(data.join("seal/old")).expect("removed");
        let (code, said, _) = run(data, None, &["verify", &file]);
        assert!(code == 1 && said.contains("none of ours"), "{said}");
    })
    .await;
}
