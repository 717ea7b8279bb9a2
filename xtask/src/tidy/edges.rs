//! Who may depend on whom: the table of ARCHITECTURE.md, held against the manifests.

use std::path::Path;

use toml::{Table, Value};

use super::names::owners;
use super::{CRATES, Finding};
use crate::checkout;

/// Each crate with the crates of ours that it may use.
const FLOORS: [(&str, &[&str]); 11] = [
    ("domain", &[]),
    ("store", &["domain"]),
    ("migrations", &[]),
    ("documents", &["domain"]),
    ("seal", &[]),
    ("service", &["domain", "store"]),
    ("app", &["domain"]),
    ("frontend", &["app"]),
    ("server", &["app", "service", "documents", "seal", "migrations", "domain"]),
    ("tests", &["server", "service", "store", "domain", "migrations", "documents", "seal"]),
    ("xtask", &[]),
];

/// What `domain` may use of others: nothing that does IO, waits, or asks the clock. Tests may use more.
const DOMAIN_USES: [&str; 7] = ["chrono", "chrono-tz", "serde", "serde_json", "sha2", "thiserror", "uuid"];

/// Checks every manifest.
pub fn check(root: &Path) -> Result<Vec<Finding>, String> {
    let mut findings = members(&checkout::read(&root.join("Cargo.toml"))?)?;
    for name in CRATES {
        findings.extend(manifest(name, &checkout::read(&root.join(name).join("Cargo.toml"))?)?);
    }
    Ok(findings)
}

/// A crate that the table does not know is a floor that nobody drew.
fn members(text: &str) -> Result<Vec<Finding>, String> {
    let table: Table = text.parse().map_err(|e| format!("Cargo.toml: {e}"))?;
    let members = table.get("workspace").and_then(|it| it.get("members")).and_then(Value::as_array);
    let strangers =
        members.into_iter().flatten().filter_map(Value::as_str).filter(|name| !CRATES.contains(name));
    let finding = |name| {
        let what =
            format!("the crate {name} is not in the table of xtask/src/tidy/edges.rs and ARCHITECTURE.md.");
        Finding::new(place("Cargo.toml", text, name), what)
    };
    Ok(strangers.map(finding).collect())
}

fn manifest(name: &str, text: &str) -> Result<Vec<Finding>, String> {
    let path = format!("{name}/Cargo.toml");
    let table: Table = text.parse().map_err(|e| format!("{path}: {e}"))?;
    let allowed = FLOORS.iter().find(|(floor, _)| *floor == name).map_or(&[][..], |(_, allowed)| allowed);
    let mut findings = Vec::new();
    for (kind, used) in dependencies(&table) {
        let mut find = |what: String| findings.push(Finding::new(place(&path, text, &used), what));
        if CRATES.contains(&used.as_str()) && !allowed.contains(&used.as_str()) {
            find(format!("{name} may not use {used}; it may use: {}.", list(allowed)));
        }
        if let Some(owners) = owners(&used.replace('-', "_")).filter(|owners| !owners.contains(&name)) {
            find(format!("{name} may not use {used}; only {} may.", list(owners)));
        }
        if name == "domain" && kind != "dev-dependencies" && !DOMAIN_USES.contains(&used.as_str()) {
            find(format!("domain stays free of IO, clocks and randomness; {used} is not in its list."));
        }
    }
    Ok(findings)
}

/// Kind and true name of every dependency, those for single targets included.
fn dependencies(table: &Table) -> Vec<(String, String)> {
    let targets = table.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let tables = targets.filter_map(Value::as_table).chain([table]);
    let mut found = Vec::new();
    for table in tables {
        for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
            for (name, value) in table.get(kind).and_then(Value::as_table).into_iter().flatten() {
                let renamed = value.get("package").and_then(Value::as_str);
                found.push((kind.to_string(), renamed.unwrap_or(name).to_string()));
            }
        }
    }
    found
}

fn place(path: &str, text: &str, name: &str) -> String {
    let names = |line: &str| line.trim_start().starts_with(name) || line.contains(&format!("\"{name}\""));
    text.lines().position(names).map_or_else(|| path.into(), |line| format!("{path}:{}", line + 1))
}

fn list(names: &[&str]) -> String {
    if names.is_empty() { "none of ours".into() } else { names.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_does_not_reach_around_the_service() {
        let text =
            "[package]\nname = \"server\"\n[dependencies]\ndomain.workspace = true\nstore.workspace = true\n";
        let findings = manifest("server", text).unwrap();
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].at, "server/Cargo.toml:5");
        assert!(findings[0].what.contains("may not use store"));
    }

    #[test]
    fn renamed_and_target_dependencies_count() {
        let text =
            "[target.'cfg(unix)'.dev-dependencies]\nhidden = { package = \"store\", path = \"../store\" }\n";
        assert_eq!(manifest("app", text).unwrap().len(), 1);
    }

    #[test]
    fn outer_crates_have_owners() {
        assert_eq!(manifest("server", "[dependencies]\nsea-orm = \"2\"\n").unwrap().len(), 1);
        assert_eq!(manifest("migrations", "[dependencies]\nsea-orm-migration = \"2\"\n").unwrap(), []);
        assert_eq!(
            manifest("tests", "[dev-dependencies]\naxum-test = \"21\"\naxum = \"0.8\"\n").unwrap().len(),
            1
        );
        assert_eq!(
            manifest("domain", "[dependencies]\ntokio = \"1\"\n[dev-dependencies]\ninsta = \"1\"")
                .unwrap()
                .len(),
            1
        );
    }

    #[test]
    fn the_seal_stands_alone() {
        assert_eq!(manifest("seal", "[dependencies]\ncms = \"0.3\"\nx509-cert = \"0.3\"\n").unwrap(), []);
        assert_eq!(manifest("seal", "[dependencies]\ndomain.workspace = true\n").unwrap().len(), 1);
        assert_eq!(manifest("service", "[dependencies]\nseal.workspace = true\n").unwrap().len(), 1);
        assert_eq!(
            manifest("server", "[dependencies]\naws-lc-rs = \"1\"\nrcgen = \"0.14\"\n").unwrap().len(),
            2
        );
    }

    #[test]
    fn a_new_crate_is_noticed() {
        let findings = members("[workspace]\nmembers = [\"domain\", \"utils\"]\n").unwrap();
        assert_eq!((findings.len(), findings[0].at.as_str()), (1, "Cargo.toml:2"));
    }
}
