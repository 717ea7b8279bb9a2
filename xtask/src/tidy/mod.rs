//! `cargo xtask tidy`: checks what compilers do not. One file a subject; every finding names its place.

mod content;
mod edges;
mod fluent;
mod legal;
mod names;
mod shape;
mod source;
mod words;

use std::fmt;
use std::path::{Path, PathBuf};

use crate::checkout;
use crate::chore::Outcome;
pub use legal::release;
use source::Source;

/// The crates; each is a folder of the checkout.
pub const CRATES: [&str; 11] = [
    "domain",
    "store",
    "migrations",
    "documents",
    "seal",
    "service",
    "app",
    "frontend",
    "server",
    "tests",
    "xtask",
];

/// Something out of order.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    /// `file:line`, or a folder.
    pub at: String,
    /// A sentence that says what to change.
    pub what: String,
}

impl Finding {
    /// A finding at a place.
    pub fn new(at: impl Into<String>, what: impl Into<String>) -> Self {
        Self { at: at.into(), what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.what)
    }
}

/// Prints all findings.
pub fn run() -> Result<Outcome, String> {
    let root = checkout::root();
    let sources = sources(&root)?;
    let mut findings = edges::check(&root)?;
    findings.extend(names::check(&sources));
    findings.extend(shape::check(&sources));
    findings.extend(words::check(&root.join("content/ui"), &sources)?);
    findings.extend(content::check(&root.join("content/emails")));
    findings.extend(legal::check(&root.join("content/legal"))?);
    for finding in &findings {
        println!("{finding}");
    }
    for long in shape::long_tests(&sources) {
        println!("note: {long}");
    }
    println!("tidy: {} files read, {} findings", sources.len(), findings.len());
    Ok(Outcome::from(findings.is_empty()))
}

fn sources(root: &Path) -> Result<Vec<Source>, String> {
    let is_rust = |path: &PathBuf| path.extension().is_some_and(|end| end == "rs");
    let files = CRATES.iter().flat_map(|name| checkout::files(&root.join(name))).filter(is_rust);
    files.map(|path| Ok(Source::new(checkout::short(&path), &checkout::read(&path)?))).collect()
}
