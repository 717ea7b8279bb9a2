//! The memory of what the last bundle was made of: a hash over its sources, kept in the build folder.
//!
//! The compiler names the sources, so that a changed page (which is no part of the bundle) rebuilds nothing.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::{checkout, hash, shell};

/// What the compiler does not name: versions, features, profiles, our own recipe.
const ALSO: [&str; 6] = [
    "Cargo.lock",
    "Cargo.toml",
    ".cargo/config.toml",
    "app/Cargo.toml",
    "domain/Cargo.toml",
    "frontend/Cargo.toml",
];
const RECIPE: &str = "xtask/src/islands";

/// Whether the bundle was made from exactly the files that are there now.
pub fn is_current(made: &Path) -> bool {
    let Ok(stamp) = fs::read_to_string(made.join("stamp")) else { return false };
    let mut lines = stamp.lines();
    let hash = lines.next().unwrap_or_default();
    hash_of(&lines.map(String::from).collect::<Vec<_>>()) == hash
}

/// Records the sources of the bundle.
pub fn write(made: &Path, sources: &[PathBuf]) -> Result<(), String> {
    let names: Vec<String> = sources.iter().map(|path| checkout::short(path)).collect();
    let text = format!("{}\n{}\n", hash_of(&names), names.join("\n"));
    checkout::write(&made.join("stamp"), text.as_bytes())
}

fn hash_of(names: &[String]) -> String {
    let root = checkout::root();
    let recipe = checkout::files(&root.join(RECIPE));
    let paths =
        names.iter().map(|name| root.join(name)).chain(ALSO.map(|name| root.join(name))).chain(recipe);
    let mut hash = Sha256::new();
    hash.update(shell::output(shell::in_checkout("rustc").arg("-vV")).unwrap_or_default());
    for path in paths {
        let bytes = fs::read(&path).unwrap_or_default();
        hash.update(checkout::short(&path));
        hash.update(bytes.len().to_le_bytes());
        hash.update(bytes);
    }
    hash::hex(hash)
}
