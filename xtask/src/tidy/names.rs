//! Who may name which foreign crate.

use super::Finding;
use super::source::Source;

/// A foreign crate (and what begins with its name) with the crates of ours that may name it. The longest name counts.
const OWNERS: [(&str, &[&str]); 24] = [
    ("argon2", &["service"]),
    ("aws_lc_rs", &["seal"]),
    ("axum", &["server"]),
    ("axum_test", &["tests"]),
    ("clap", &["server"]),
    ("cms", &["seal"]),
    ("const_oid", &["seal"]),
    ("der", &["seal"]),
    ("jsonwebtoken", &["server"]),
    ("leptos", &["app", "frontend"]),
    ("lettre", &["service"]),
    ("lopdf", &["seal"]),
    ("rcgen", &["seal"]),
    ("reqwest", &["service"]),
    ("sea_orm", &["store", "migrations"]),
    ("sea_orm_migration", &["migrations"]),
    ("spki", &["seal"]),
    ("sqlx", &["store", "migrations"]),
    ("tower", &["server"]),
    ("typst", &["documents"]),
    ("utoipa", &["server"]),
    ("wasm_bindgen", &["frontend"]),
    ("wasm_bindgen_cli_support", &["xtask"]),
    ("x509_cert", &["seal"]),
];

/// The crates that may name a foreign crate; `None` if everybody may.
pub fn owners(name: &str) -> Option<&'static [&'static str]> {
    let begins =
        |owned: &str| name.strip_prefix(owned).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
    OWNERS
        .iter()
        .filter(|(owned, _)| begins(owned))
        .max_by_key(|(owned, _)| owned.len())
        .map(|(_, owners)| *owners)
}

/// Checks the paths and imports of every source.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    sources.iter().flat_map(in_source).collect()
}

fn in_source(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, word) in source.words().filter(|(at, word)| names_a_crate(source, *at, word)) {
        if let Some(owners) = owners(word).filter(|owners| !owners.contains(&source.owner())) {
            let what = format!("{} may not name {word}; only {} may.", source.owner(), owners.join(" and "));
            findings.push(Finding::new(source.place(at), what));
        }
    }
    findings
}

/// Whether the word is the first part of a path or stands alone behind `use`.
fn names_a_crate(source: &Source, at: usize, word: &str) -> bool {
    let before = source.code[..at].trim_end();
    let after = source.code[at + word.len()..].trim_start();
    let leading =
        !before.ends_with("::") || before.trim_end_matches("::").ends_with([' ', '\n', '(', '<', '&']);
    (leading && after.starts_with("::")) || before.ends_with("use")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> Vec<String> {
        check(&[Source::new(path, text)]).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn only_the_owner_names_it() {
        let text = "//! x\nuse sea_orm::Entity;\n";
        assert_eq!(findings("store/src/a.rs", text), [""; 0]);
        assert_eq!(
            findings("service/src/a.rs", text),
            ["service/src/a.rs:2: service may not name sea_orm; only store and migrations may."]
        );
    }

    #[test]
    fn families_and_absolute_paths_count() {
        assert_eq!(findings("app/src/a.rs", "fn f() -> tower_http::Layer {}").len(), 1);
        assert_eq!(findings("app/src/a.rs", "fn f() -> ::axum::Router {}").len(), 1);
        assert_eq!(findings("tests/tests/it/a.rs", "use axum_test::TestServer;").len(), 0);
        assert_eq!(findings("migrations/src/a.rs", "use sea_orm_migration::sea_orm::DbErr;").len(), 0);
    }

    #[test]
    fn words_in_passing_are_no_names() {
        let text =
            "// axum::Router\nlet tower = \"axum::Router\"; tower.high(); typstify(); crate::axum::x();";
        assert_eq!(findings("app/src/a.rs", text), [""; 0]);
    }
}
