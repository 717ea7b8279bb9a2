//! Paper contracts out of a CSV: with their scans, waiting for a second person or answered for by one.

use super::{counts, manager, told};
use crate::harness::{TestApp, each_database};
use domain::contract::{Contract, ContractState, StateName};
use domain::permission::{Actor, StaffRole};
use domain::{ContractId, CustomerId};
use service::Problem;
use service::customers::confirm_paper::confirm_paper;
use service::customers::import_contracts::{self, Options};
use service::customers::importing::{Importer, Report};
use service::customers::scans::Scans;
use service::store::{contracts, documents};
use std::path::PathBuf;

const HEADER: &str = "customer_number;contract_number;services;signed_on;effective_from;signatory_name;\
                      signatory_function;effective_until;text_version;document";

fn row(number: &str, until: &str, document: &str) -> String {
    format!(
        "K1;{number};hosting|monitoring;2019-03-01;2019-04-01;Karl Chef;Geschäftsführer;{until};;{document}"
    )
}

fn options(scans: Scans) -> Options {
    Options { skip_bad: false, confirmed_by: None, scans }
}

async fn import_as(
    test: &TestApp,
    by: &Importer,
    rows: &[&str],
    options: &Options,
) -> Result<Report, Problem> {
    let file = format!("{HEADER}\n{}\n", rows.join("\n"));
    import_contracts::import_contracts(test.portal(), by, file.into_bytes(), options, test.now()).await
}

async fn import(test: &TestApp, rows: &[&str], options: &Options) -> Report {
    import_as(test, &Importer::Command, rows, options).await.expect("an import")
}

async fn all(test: &TestApp, customer: CustomerId) -> Vec<Contract> {
    let mut all = contracts::of_customer(test.portal().store.read(), customer).await.expect("contracts");
    all.sort_by(|a, b| a.number.cmp(&b.number));
    all
}

async fn state(test: &TestApp, customer: CustomerId, id: ContractId) -> StateName {
    all(test, customer).await.into_iter().find(|c| c.id == id).expect("there").state.name()
}

/// A folder with scans, beside which the CSV lies.
fn scans(test: &TestApp) -> PathBuf {
    let folder = test.app.config.data_dir.join("scans");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("a.pdf"), b"%PDF-1.4 a scan").expect("a file");
    std::fs::write(folder.join("b.jpg"), b"\xff\xd8\xff\xe0\0\x10JFIF").expect("a file");
    std::fs::write(folder.join("fake.pdf"), b"<html>").expect("a file");
    folder
}

async fn start(test: &TestApp) -> (Actor, CustomerId) {
    let actor = test.manager().await;
    let customer = test.customer("K1", &actor).await;
    (actor, customer)
}

#[tokio::test]
async fn paper_waits_for_a_person_and_is_in_force_when_confirmed() {
    each_database(async |test| {
        let (actor, customer) = start(test).await;
        let folder = scans(test);
        let with = options(Scans::Folder(folder));
        let report = import(
            test,
            &[&row("P-1", "", "a.pdf"), &row("P-2", "2025-12-31", "b.jpg"), &row("P-3", "", "")],
            &with,
        )
        .await;
        assert_eq!((counts(&report), report.bad.len()), ((3, 0, 0), 0));
        let found = all(test, customer).await;
        assert!(found.iter().all(|c| c.state.name() == StateName::PaperUnconfirmed));
        let ContractState::PaperUnconfirmed(paper) = &found[0].state else { panic!("{:?}", found[0].state) };
        assert_eq!((paper.entered_by, paper.text_version.as_str()), (None, "paper"));
        let scan =
            documents::find(test.portal().store.read(), customer, paper.document.expect("a scan")).await;
        let scan = scan.expect("read").expect("stored");
        assert_eq!(
            (scan.media_type.as_str(), scan.name.as_str(), &scan.bytes[..]),
            ("application/pdf", "a.pdf", &b"%PDF-1.4 a scan"[..])
        );

        let by = manager(&actor);
        for c in &found[..2] {
            confirm_paper(test.portal(), &by, customer, c.id, test.now()).await.expect("confirmed");
        }
        assert_eq!(state(test, customer, found[0].id).await, StateName::InForce);
        assert_eq!(state(test, customer, found[1].id).await, StateName::Ended, "its last day is over");
        let again = confirm_paper(test.portal(), &by, customer, found[0].id, test.now()).await;
        assert!(matches!(again, Err(Problem::Refused(_))), "{again:?}");
        let other = test.customer("K2", &actor).await;
        let foreign = confirm_paper(test.portal(), &by, other, found[2].id, test.now()).await;
        assert!(matches!(foreign, Err(Problem::Missing)), "{foreign:?}");
        let facts = test.portal().gate.facts();
        let fact = facts.customer("K1").expect("known");
        assert!(fact.contracts.iter().any(|c| c.state == StateName::InForce && c.number == "P-1"));
    })
    .await;
}

#[tokio::test]
async fn whoever_entered_a_paper_contract_cannot_confirm_it() {
    each_database(async |test| {
        let (actor, customer) = start(test).await;
        let importer = Importer::Manager(manager(&actor));
        let report = import_as(test, &importer, &[&row("P-1", "", "")], &options(Scans::None)).await;
        assert_eq!(counts(&report.expect("an import")), (1, 0, 0));
        let id = all(test, customer).await[0].id;
        let alone = confirm_paper(test.portal(), &manager(&actor), customer, id, test.now()).await;
        assert!(matches!(&alone, Err(Problem::Refused(r)) if r.code() == "same-person"), "{alone:?}");
        let second = test.staff("berta@provider.example", &[StaffRole::ContractManager]).await;
        confirm_paper(test.portal(), &manager(&second), customer, id, test.now()).await.expect("confirmed");
        assert_eq!(state(test, customer, id).await, StateName::InForce);
    })
    .await;
}

#[tokio::test]
async fn a_contract_manager_may_answer_for_an_import_at_once() {
    each_database(async |test| {
        let (actor, customer) = start(test).await;
        test.staff("anna@provider.example", &[StaffRole::Technician]).await;
        for nobody in ["anna@provider.example", "nobody@provider.example"] {
            let refused = import_contracts::manager(test.portal(), nobody).await;
            assert!(matches!(refused, Err(Problem::Mistakes(_))), "{nobody}");
        }
        let confirmed_by = import_contracts::manager(test.portal(), &actor.email).await.expect("the manager");
        let named = Options { confirmed_by: Some(confirmed_by), ..options(Scans::None) };
        import(
            test,
            &[&row("P-1", "", ""), &row("P-2", "2026-11-22", ""), &row("P-3", "2026-11-23", "")],
            &named,
        )
        .await;
        let states: Vec<_> = all(test, customer).await.iter().map(|c| c.state.name()).collect();
        assert_eq!(states, [StateName::InForce, StateName::Ended, StateName::InForce], "the last day counts");
        let themselves = Importer::Manager(manager(&actor));
        let refused = import_as(test, &themselves, &[&row("P-9", "", "")], &named).await;
        assert!(matches!(&refused, Err(Problem::Refused(r)) if r.code() == "same-person"), "{refused:?}");
        assert_eq!(all(test, customer).await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn every_wrong_row_is_named_and_nothing_is_imported() {
    each_database(async |test| {
        let (_, customer) = start(test).await;
        let with = options(Scans::Folder(scans(test)));
        import(test, &[&row("P-0", "", "")], &with).await;
        let rows = [
            row("P-1", "", ""),
            row("P-2", "", "").replace("K1;", "K9;"),
            row("P-0", "", "missing.pdf"),
            row("P-4", "2019-01-01", "").replace("hosting|monitoring", "gardening"),
            row("P-5", "", "fake.pdf"),
            row("P-6", "", "").replace("2019-03-01", "2026-11-24"),
            row("P-1", "", ""),
        ];
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let report = import(test, &rows, &with).await;
        let expected = [
            "2 contract_number line-twice",
            "3 customer_number customer-unknown",
            "4 contract_number contract-number-taken",
            "4 document file-missing-at",
            "5 services service",
            "5 effective_until date-before-start",
            "6 document file-kind",
            "7 signed_on date-future",
            "8 contract_number line-twice",
        ];
        assert_eq!(told(&report), expected);
        assert!(report.refused);
        assert_eq!(all(test, customer).await.len(), 1);

        let skipping = Options { skip_bad: true, ..with };
        let report = import(test, &[&row("P-8", "", ""), rows[1]], &skipping).await;
        assert_eq!((counts(&report), told(&report).len()), ((1, 0, 0), 1));
        assert_eq!(all(test, customer).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_scan_is_known_by_its_content_and_not_by_its_name() {
    each_database(async |test| {
        let (_, customer) = start(test).await;
        let folder = scans(test);
        let files: [(&str, &[u8]); 8] = [
            ("page.pdf", b"<!doctype html><p>%PDF-1.7"),
            ("program.png", b"MZ\x90\0\x03\0\0\0"),
            ("picture.jpg", b"GIF89a\x01\0\x01\0"),
            ("archive.pdf", b"PK\x03\x04\x14\0\0\0"),
            ("cut.png", b"\x89PNG\r\n"),
            ("empty.pdf", b""),
            ("space.pdf", b" %PDF-1.7"),
            ("text.jpeg", b"\xff\xfe"),
        ];
        for (name, bytes) in files {
            std::fs::write(folder.join(name), bytes).expect("a file");
        }
        // One byte more than 20 MB; a hole on the disk, not a file of that size.
        let large = std::fs::File::create(folder.join("large.pdf")).expect("a file");
        std::io::Write::write_all(&mut &large, b"%PDF-1.7").expect("its beginning");
        large.set_len(20_000_001).expect("its size");
        std::fs::create_dir_all(folder.join("folder.pdf")).expect("a folder");
        let with = options(Scans::Folder(folder.clone()));
        let names = files.map(|(name, _)| name).into_iter().chain(["large.pdf", "folder.pdf"]);
        let rows: Vec<_> = names.enumerate().map(|(n, name)| row(&format!("P-{n}"), "", name)).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let report = import(test, &rows, &with).await;
        let wrong = |n: usize, code: &str| format!("{n} document {code}");
        let mut expected: Vec<_> = (2..10).map(|n| wrong(n, "file-kind")).collect();
        expected.extend([wrong(10, "file-large"), wrong(11, "file-missing-at")]);
        assert_eq!(told(&report), expected);
        assert!(all(test, customer).await.is_empty(), "none of them came in");

        std::fs::write(folder.join("short.pdf"), b"%PDF-1").expect("a file");
        std::fs::write(folder.join("named.txt"), b"\x89PNG\r\n\x1a\n").expect("a file");
        let report = import(test, &[&row("P-1", "", "short.pdf"), &row("P-2", "", "named.txt")], &with).await;
        assert_eq!((counts(&report), told(&report).len()), ((2, 0, 0), 0), "the content counts");
    })
    .await;
}

#[tokio::test]
async fn a_browser_cannot_name_files_of_the_server() {
    each_database(async |test| {
        start(test).await;
        let report = import(test, &[&row("P-1", "", "/etc/passwd")], &options(Scans::None)).await;
        assert_eq!(told(&report), ["2 document file-upload"]);
    })
    .await;
}
