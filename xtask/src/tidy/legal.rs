//! Released legal texts never change: `content/legal/released.toml` records a hash of each.

use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};
use toml::{Table, Value};

use super::Finding;
use crate::chore::Outcome;
use crate::{checkout, hash, shell};

const HEAD: &str = "# Released legal texts. `cargo xtask tidy` refuses a text whose files no longer have this hash:\n\
                    # customers have signed them. A new wording is a new folder. Written by `cargo xtask tidy --release VERSION`.\n";

/// Families of contract texts: folders below `content/legal`.
const FAMILIES: [&str; 2] = ["av", "scc"];

/// Checks every released text in `content/legal`.
pub fn check(folder: &Path) -> Result<Vec<Finding>, String> {
    let path = folder.join("released.toml");
    if !path.exists() {
        return Ok(vec![]);
    }
    let text = checkout::read(&path)?;
    let mut findings = Vec::new();
    for (version, recorded) in entries(&text)? {
        if hash(&version_folder(folder, &version)?)? != recorded {
            let line = text.lines().position(|line| line.contains(&version)).unwrap_or_default() + 1;
            let what = format!("the released text {version} has changed; restore it and make a new version.");
            findings.push(Finding::new(format!("{}:{line}", checkout::short(&path)), what));
        }
    }
    Ok(findings)
}

/// Records the hash of a text, once.
pub fn release(version: &str) -> Result<Outcome, String> {
    let folder = checkout::root().join("content/legal");
    let path = folder.join("released.toml");
    let known = if path.exists() { checkout::read(&path)? } else { HEAD.into() };
    if entries(&known)?.iter().any(|(released, _)| released == version) {
        return Err(format!("the text {version} is released already; a new wording is a new version."));
    }
    lint(version)?;
    let hash = hash(&version_folder(&folder, version)?)?;
    let today = shell::output(Command::new("date").arg("+%F"))?;
    let entry = format!(
        "\n[[text]]\nversion = \"{version}\"\nsha256 = \"{hash}\"\nreleased = \"{}\"\n",
        today.trim()
    );
    checkout::write(&path, format!("{known}{entry}").as_bytes())?;
    println!("released {version}: {hash}");
    Ok(Outcome::Done)
}

/// The folder of a version, in whichever family it is.
fn version_folder(folder: &Path, version: &str) -> Result<PathBuf, String> {
    let found = FAMILIES.iter().map(|family| folder.join(family).join(version)).find(|path| path.is_dir());
    found.ok_or_else(|| format!("{} holds no text {version}.", checkout::short(folder)))
}

/// A text is released only without findings. The rule is the portal's own: it is asked, not repeated here.
fn lint(version: &str) -> Result<(), String> {
    let mut portal = Command::new("cargo");
    portal
        .args(["run", "--quiet", "-p", "server", "--", "text", "lint", version])
        .current_dir(checkout::root());
    let status = portal.status().map_err(|e| format!("av-portal text lint: {e}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("the text {version} has findings; nothing was released."))
    }
}

/// Version and hash of each entry.
fn entries(text: &str) -> Result<Vec<(String, String)>, String> {
    let table: Table = text.parse().map_err(|e| format!("content/legal/released.toml: {e}"))?;
    let texts = table.get("text").and_then(Value::as_array).cloned().unwrap_or_default();
    let field = |entry: &Value, name: &str| {
        let value = entry.get(name).and_then(Value::as_str).map(String::from);
        value.ok_or_else(|| format!("content/legal/released.toml: an entry has no {name}."))
    };
    texts.iter().map(|entry| Ok((field(entry, "version")?, field(entry, "sha256")?))).collect()
}

/// One hash over names, lengths and contents of all files below a folder, in the order of their names.
fn hash(folder: &Path) -> Result<String, String> {
    let files = checkout::files(folder);
    if files.is_empty() {
        return Err(format!("{} holds no text.", checkout::short(folder)));
    }
    let mut hash = Sha256::new();
    for path in files {
        let content = checkout::read(&path)?;
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        hash.update(format!("{name}\n{}\n{content}", content.len()));
    }
    Ok(hash::hex(hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_text_is_noticed() {
        let folder = std::env::temp_dir().join(format!("avp-tidy-{}", std::process::id()));
        let clause = folder.join("av/2026-1/de/01.txt");
        checkout::write(&clause, b"Der Anbieter handelt auf Weisung.\n").unwrap();
        let hash = hash(&folder.join("av/2026-1")).unwrap();
        let entry =
            format!("[[text]]\nversion = \"2026-1\"\nsha256 = \"{hash}\"\nreleased = \"2026-11-23\"\n");
        checkout::write(&folder.join("released.toml"), entry.as_bytes()).unwrap();
        assert_eq!(check(&folder).unwrap(), []);
        checkout::write(&clause, b"Der Anbieter handelt nach Belieben.\n").unwrap();
        let findings = check(&folder).unwrap();
        assert_eq!(findings.len(), 1);
        assert!(findings[0].at.ends_with("released.toml:2"), "{}", findings[0].at);
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn an_entry_is_whole() {
        assert!(entries("[[text]]\nversion = \"2026-1\"\n").unwrap_err().contains("sha256"));
    }
}
