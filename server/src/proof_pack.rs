//! The proof pack: a ZIP file with which a contract is checked without this portal. The same contract gives the same
//! bytes, as long as nothing more happens to it.

use crate::zip_file;
use domain::audit::sha256;
use domain::template::{self, Values};
use serde_json::json;
use service::Problem;
use service::contracts::proof_pack::Proof;

/// How to check, in both languages; the commands in it are run by a test.
const README: [(&str, &str); 2] = [
    ("LIESMICH.txt", include_str!("../../content/proof/README.de.txt")),
    ("README.txt", include_str!("../../content/proof/README.en.txt")),
];
/// Name of the manifest's shape; changed whenever the shape is.
const SCHEMA: &str = "av-portal/proof-pack/1";

/// The name and the bytes of the file; made off the async threads.
///
/// # Errors
/// [`Problem::Internal`] when it cannot be made.
pub async fn file(proof: Proof) -> Result<(String, Vec<u8>), Problem> {
    let made = tokio::task::spawn_blocking(move || {
        let folder = format!("{}-v{}", proof.number, proof.version);
        zipped(&folder, files(proof)?).map(|bytes| (format!("{folder}.zip"), bytes))
    });
    made.await.map_err(|e| e.to_string()).flatten().map_err(Problem::Internal)
}

type Files = Vec<(String, Vec<u8>)>;

/// All files of the pack, in the order in which they lie in it.
fn files(proof: Proof) -> Result<Files, String> {
    let seal = seal::parts(&proof.pdf).ok();
    let (head, tail) = seal.as_ref().map_or((0, 0), |s| around_the_gap(&proof.pdf, &s.signed_bytes));
    let values = [
        ("number", proof.number.clone()),
        ("version", proof.version.to_string()),
        ("head", head.to_string()),
        ("tail", tail.to_string()),
    ];
    let values: Values = values.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
    let mut all: Files = Vec::new();
    let mut add = |name: &str, bytes: Vec<u8>| all.push((name.to_string(), bytes));
    for (name, text) in README {
        add(name, template::fill(text, &values).map_err(|e| e.to_string())?.into_bytes());
    }
    if let Some(seal) = seal {
        add("seal/signed-bytes.bin", seal.signed_bytes);
        add("seal/signature.p7s", seal.signature);
        add("seal/signature-value.bin", seal.signature_value);
        add("seal/certificates.pem", seal.certificates_pem.into_bytes());
        if let Some(token) = seal.time_stamp {
            add("seal/time-stamp.der", token);
        }
        if let Some(pem) = seal.time_stamp_certificates_pem {
            add("seal/time-stamp-certificates.pem", pem.into_bytes());
        }
    }
    add("contract.pdf", proof.pdf);
    if let Some(unstamped) = proof.unstamped {
        add("contract-before-time-stamp.pdf", unstamped);
    }
    add("document.json", proof.document);
    add("evidence.json", proof.evidence);
    for annex in proof.annexes {
        add(&format!("annexes/{}.json", annex.kind.name()), annex.canonical.into_bytes());
    }
    add("audit/events.jsonl", proof.events);
    add("audit/inclusion.jsonl", proof.inclusion);
    let manifest = manifest(&proof.number, proof.version, &all)?;
    all.push(("manifest.json".into(), manifest));
    let sums: Vec<_> = all.iter().map(|(name, bytes)| format!("{}  {name}\n", sha256(bytes))).collect();
    let sums = sums.concat();
    all.push(("SHA256SUMS".into(), sums.into_bytes()));
    Ok(all)
}

/// How many bytes of the file are signed before and behind the gap with the seal.
fn around_the_gap(pdf: &[u8], signed: &[u8]) -> (usize, usize) {
    let head = pdf.iter().zip(signed).take_while(|(a, b)| a == b).count();
    (head, signed.len() - head)
}

fn manifest(number: &str, version: i32, files: &Files) -> Result<Vec<u8>, String> {
    let row = |(name, bytes): &(String, Vec<u8>)| json!({"name": name, "size": bytes.len(), "sha256": sha256(bytes)});
    let manifest = json!({
        "schema": SCHEMA,
        "contract": {"number": number, "version": version},
        "files": files.iter().map(row).collect::<Vec<_>>(),
    });
    let mut bytes = serde_json::to_vec_pretty(&manifest).map_err(|e| e.to_string())?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn zipped(folder: &str, files: Files) -> Result<Vec<u8>, String> {
    let inside: Files = files.into_iter().map(|(name, bytes)| (format!("{folder}/{name}"), bytes)).collect();
    zip_file::write(&inside).ok_or_else(|| "too large for a ZIP file".into())
}
