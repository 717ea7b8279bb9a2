//! Customers: entered, changed by two at once, found, imported, exported; contacts; contracts from paper.

mod editing;

mod import_customers;

mod import_contracts;

mod any_bytes;

mod pages;

mod exporting;

use crate::harness::TestApp;
use domain::permission::{Actor, ContractManager};
use service::customers::importing::{Importer, Report};
use service::store::customers;

/// Header of the columns that must be there.
pub const HEADER: &str = "customer_number,legal_name,street,postal_code,city,country,email,language";

/// A good row under [`HEADER`].
pub fn row(number: &str) -> String {
    format!(
        "{number},Firma {number} GmbH,Holzgasse 4,72622,Nürtingen,DE,info@{}.example,de",
        number.to_lowercase()
    )
}

/// A file with [`HEADER`] and these rows.
pub fn file(rows: &[&str]) -> Vec<u8> {
    let mut lines = vec![HEADER.to_string()];
    lines.extend(rows.iter().map(|r| (*r).to_string()));
    lines.join("\n").into_bytes()
}

/// Imports on the command line, all or nothing.
pub async fn import(test: &TestApp, file: impl Into<Vec<u8>>) -> Report {
    import_with(test, file, false).await
}

/// Imports on the command line.
pub async fn import_with(test: &TestApp, file: impl Into<Vec<u8>>, skip_bad: bool) -> Report {
    let (portal, by, now) = (test.portal(), &Importer::Command, test.now());
    let done =
        service::customers::import_customers::import_customers(portal, by, file.into(), skip_bad, now).await;
    done.expect("an import")
}

/// What was created, updated, unchanged.
pub fn counts(r: &Report) -> (usize, usize, usize) {
    (r.created, r.updated, r.unchanged)
}

/// Every mistake as `line column code`.
pub fn told(r: &Report) -> Vec<String> {
    let line = |line: u64, m: &domain::Mistake| format!("{line} {} {}", m.field, m.code);
    r.bad.iter().flat_map(|row| row.mistakes.0.iter().map(|m| line(row.line, m))).collect()
}

/// How many customers there are.
pub async fn how_many(test: &TestApp) -> usize {
    customers::all(test.portal().store.read()).await.expect("customers").len()
}

/// The role of a contract manager.
pub fn manager(actor: &Actor) -> ContractManager {
    actor.contract_manager().expect("the role")
}
