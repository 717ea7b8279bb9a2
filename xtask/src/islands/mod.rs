//! `cargo xtask islands`: the wasm bundle of the islands, put where the server embeds it (`server/islands`).
//!
//! Built only when something it is made of has changed. The server works without it: every page does.

mod bundle;
mod stamp;
mod wasm;

use std::fs;
use std::path::Path;

use crate::checkout;
use crate::chore::Outcome;
pub use wasm::Missing;

/// Committed in the folder, so that it exists in a fresh clone and keeps its content out of git.
const IGNORE: &str =
    "# Made by `cargo xtask islands`; the folder must exist for the server to compile.\n*\n!.gitignore\n";
const NOTHING: &str = "{}\n";

/// The command itself.
pub fn run() -> Result<Outcome, String> {
    ensure().map_err(|why| why.to_string())?;
    let manifest = checkout::read(&checkout::islands().join("manifest.json"))?;
    println!("xtask: the islands are in server/islands: {}", manifest.trim());
    Ok(Outcome::Done)
}

/// Makes the bundle be there and up to date; after an error the folder holds no bundle.
pub fn ensure() -> Result<(), Missing> {
    let made = make();
    if made.is_err() {
        place(None)?;
    }
    made
}

/// Makes sure that the folder and a manifest exist, empty if need be: enough for the server to compile.
pub fn placeholder() -> Result<(), String> {
    if checkout::islands().join("manifest.json").exists() { Ok(()) } else { place(None) }
}

fn make() -> Result<(), Missing> {
    let made = checkout::cache("islands");
    if !(stamp::is_current(&made) && made.join("bundle/manifest.json").exists()) {
        let module = wasm::build()?;
        bundle::make(&module.path, &made.join("bundle"))?;
        stamp::write(&made, &module.sources)?;
    }
    Ok(place(Some(&made.join("bundle")))?)
}

/// Copies a bundle (or nothing) into the server's folder, unless it is there already.
fn place(bundle: Option<&Path>) -> Result<(), String> {
    let folder = checkout::islands();
    let manifest = bundle.map_or(Ok(NOTHING.into()), |from| checkout::read(&from.join("manifest.json")))?;
    let names = bundle.map(checkout::files).unwrap_or_default();
    let there = |from: &Path| from.file_name().is_some_and(|name| folder.join(name).exists());
    if fs::read_to_string(folder.join("manifest.json")).is_ok_and(|now| now == manifest)
        && names.iter().all(|f| there(f))
    {
        return Ok(());
    }
    for old in checkout::files(&folder) {
        fs::remove_file(&old).map_err(|e| format!("{} cannot be removed: {e}.", old.display()))?;
    }
    for (from, name) in names.iter().filter_map(|from| Some((from, from.file_name()?))) {
        let bytes = fs::read(from).map_err(|e| format!("{} cannot be read: {e}.", from.display()))?;
        checkout::write(&folder.join(name), &bytes)?;
    }
    checkout::write(&folder.join("manifest.json"), manifest.as_bytes())?;
    // Written last and each time: cargo watches this file even when the server was compiled without a manifest.
    checkout::write(&folder.join(".gitignore"), IGNORE.as_bytes())
}
