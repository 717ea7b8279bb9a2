//! From Rust to a wasm module, by the first way that this machine offers.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::{checkout, needs, shell};

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "wasm-release";
/// On closed networks rustup hangs instead of failing.
const RUSTUP_LIMIT: Duration = Duration::from_secs(20);
const RUSTUP_MEMORY: Duration = Duration::from_hours(24);
/// Debian's second Rust, made for browsers; it builds the wasm standard library from its sources.
const DEBIAN_PACKAGES: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";

/// Why there is no bundle.
#[derive(Debug)]
pub enum Missing {
    /// No compiler for wasm can be had here.
    Target(String),
    /// Something went wrong on the way.
    Failed(String),
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Target(sentence) | Self::Failed(sentence) => f.write_str(sentence),
        }
    }
}

impl From<String> for Missing {
    fn from(sentence: String) -> Self {
        Self::Failed(sentence)
    }
}

/// The module and the files it was compiled from.
pub struct Module {
    pub path: PathBuf,
    pub sources: Vec<PathBuf>,
}

/// Compiles `frontend`.
pub fn build() -> Result<Module, Missing> {
    let sysroot =
        PathBuf::from(shell::output(shell::in_checkout("rustc").args(["--print", "sysroot"]))?.trim());
    let mut cargo = if has_target(&sysroot) || added_by_rustup(&sysroot)? {
        shell::cargo()
    } else {
        debian_cargo(&sysroot).map_err(Missing::Target)?
    };
    let folder = checkout::target().join("wasm");
    cargo.args(["build", "--target", TARGET, "--profile", PROFILE, "-p", "frontend"]);
    // The list of used wasm features must survive for wasm-bindgen, which then strips the names itself.
    cargo.env("CARGO_PROFILE_WASM_RELEASE_STRIP", "none");
    if !shell::well(cargo.env("CARGO_TARGET_DIR", &folder))? {
        return Err(Missing::Failed("the islands did not compile.".into()));
    }
    let built = folder.join(TARGET).join(PROFILE);
    let sources = sources(&checkout::read(&built.join("frontend.d"))?);
    Ok(Module { path: built.join("frontend.wasm"), sources })
}

fn has_target(sysroot: &Path) -> bool {
    sysroot.join("lib/rustlib").join(TARGET).is_dir()
}

/// Asks rustup for the target. A failure is remembered for a day: asking again takes its time.
fn added_by_rustup(sysroot: &Path) -> Result<bool, String> {
    let refused = checkout::cache("rustup-has-no-wasm");
    let age =
        fs::metadata(&refused).and_then(|file| file.modified()).ok().and_then(|then| then.elapsed().ok());
    if !needs::allowed() || age.is_some_and(|age| age < RUSTUP_MEMORY) || shell::find("rustup", &[]).is_none()
    {
        return Ok(false);
    }
    println!("xtask: asking rustup for {TARGET} (at most {} s)", RUSTUP_LIMIT.as_secs());
    let mut rustup = shell::in_checkout("rustup");
    rustup.args(["target", "add", TARGET]).stderr(Stdio::null());
    let added = shell::well_within(&mut rustup, RUSTUP_LIMIT)? && has_target(sysroot);
    if !added {
        checkout::write(&refused, b"")?;
    }
    Ok(added)
}

/// Debian's cargo and compiler, with the linker of the usual toolchain.
fn debian_cargo(sysroot: &Path) -> Result<Command, String> {
    needs::or_install("a Rust compiler for wasm", &DEBIAN_PACKAGES, debian_is_ready)
        .map_err(|why| format!("{why} Elsewhere: `rustup target add {TARGET}`."))?;
    let linker = sysroot.join("lib/rustlib/x86_64-unknown-linux-gnu/bin/rust-lld");
    if !linker.is_file() {
        return Err(format!("there is no linker for wasm at {}.", linker.display()));
    }
    let mut cargo = shell::cargo();
    let words = cargo_environment(&cargo);
    cargo = shell::in_checkout(DEBIAN_CARGO);
    for (name, value) in words {
        match value {
            Some(value) => cargo.env(name, value),
            None => cargo.env_remove(name),
        };
    }
    for name in ["RUSTUP_TOOLCHAIN", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "RUSTFLAGS"] {
        cargo.env_remove(name);
    }
    cargo.env("RUSTC_BOOTSTRAP", "1").env("RUSTC", DEBIAN_RUSTC);
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    cargo.arg("-Zbuild-std=std,panic_abort");
    Ok(cargo)
}

fn cargo_environment(cargo: &Command) -> Vec<(std::ffi::OsString, Option<std::ffi::OsString>)> {
    cargo.get_envs().map(|(name, value)| (name.into(), value.map(Into::into))).collect()
}

/// Compiler, cargo and sources are there and new enough for the workspace.
fn debian_is_ready() -> Option<()> {
    let sources = Path::new("/usr/lib/rustlib/src/rust/library/std/Cargo.toml").exists();
    let version = shell::output(Command::new(DEBIAN_RUSTC).arg("--version")).ok()?;
    (sources && Path::new(DEBIAN_CARGO).exists() && minor(&version)? >= 95).then_some(())
}

/// `rustc 1.96.0 (…)` → 96.
fn minor(version: &str) -> Option<u32> {
    version.split_whitespace().nth(1)?.split('.').nth(1)?.parse().ok()
}

/// The files named in a make rule: `target: one two\ three`.
fn sources(rule: &str) -> Vec<PathBuf> {
    let files = rule.lines().next().and_then(|line| line.split_once(": ")).map_or("", |(_, files)| files);
    let marked = files.replace("\\ ", "\u{0}");
    marked.split_whitespace().map(|file| PathBuf::from(file.replace('\u{0}', " "))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compiler_tells_its_age() {
        assert_eq!(minor("rustc 1.96.0 (ac68faa20 2026-05-25) (built from a source tarball)"), Some(96));
        assert_eq!(minor(""), None);
    }

    #[test]
    fn the_rule_names_the_sources() {
        let rule = "/t/frontend.wasm: /w/app/src/lib.rs /w/my\\ app/src/islands.rs\n";
        assert_eq!(sources(rule), [Path::new("/w/app/src/lib.rs"), Path::new("/w/my app/src/islands.rs")]);
    }
}
