//! Programs that are not Rust: find them, install them where that is ours to do (root on Debian), or name them.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use crate::{checkout, shell};

const INSTALL_LIMIT: Duration = Duration::from_mins(15);

/// The version that the seal's tests were written against; pyHanko's words change.
const PYHANKO: &str = "pyhanko-cli==0.6.0";

/// The browser for the stories.
pub fn browser() -> Result<PathBuf, String> {
    if let Some(named) = std::env::var_os("AVP_BROWSER").map(PathBuf::from) {
        let missing = || format!("AVP_BROWSER names {}, which is not there.", named.display());
        return if named.is_file() { Ok(named) } else { Err(missing()) };
    }
    let found =
        || ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| shell::find(name, &[]));
    or_install("Chromium", &["chromium"], found)
}

/// `pdfsig` and `pdftotext` (poppler) and `qpdf`: the second opinion on our PDFs.
pub fn pdf_tools() -> Result<(), String> {
    let all =
        || ["pdfsig", "pdftotext", "qpdf"].iter().all(|name| shell::find(name, &[]).is_some()).then_some(());
    or_install("pdfsig, pdftotext and qpdf", &["poppler-utils", "qpdf"], all)
}

/// The library that moves the clock of a program (libfaketime), for the stories in which days pass.
pub fn time_machine() -> Result<PathBuf, String> {
    let found = || {
        let folders = std::fs::read_dir("/usr/lib").into_iter().flatten().flatten();
        let file = |folder: PathBuf| folder.join("faketime/libfaketimeMT.so.1");
        folders.map(|entry| file(entry.path())).find(|path| path.is_file())
    };
    or_install("libfaketime", &["libfaketime"], found)
}

/// `openssl`: verifies seals, and plays the time stamp authority of the tests.
pub fn openssl() -> Result<(), String> {
    or_install("OpenSSL", &["openssl"], || shell::find("openssl", &[]).map(|_| ()))
}

/// pyHanko, the strictest reader of signed PDFs: named by `AVP_PYHANKO`, in the path, or in an environment of its own
/// in the build folder.
pub fn pyhanko() -> Result<PathBuf, String> {
    if let Some(named) = std::env::var_os("AVP_PYHANKO").map(PathBuf::from) {
        let missing = || format!("AVP_PYHANKO names {}, which is not there.", named.display());
        return if named.is_file() { Ok(named) } else { Err(missing()) };
    }
    let folder = checkout::cache("pyhanko");
    let ours = folder.join("bin/pyhanko");
    if let Some(found) = shell::find("pyhanko", &[folder.join("bin")]) {
        return Ok(found);
    }
    let why = || "pyHanko: missing; install it by `pip install pyhanko-cli`.".to_owned();
    if !allowed() {
        return Err(why());
    }
    let python = or_install("Python", &["python3", "python3-venv"], || shell::find("python3", &[]))?;
    println!("xtask: installing {PYHANKO}");
    let made =
        shell::well_within(shell::in_checkout(python).args(["-m", "venv"]).arg(&folder), INSTALL_LIMIT)?;
    let mut pip = shell::in_checkout(folder.join("bin/pip"));
    let installed = made && shell::well_within(pip.args(["install", "-q", PYHANKO]), INSTALL_LIMIT)?;
    if installed && ours.is_file() { Ok(ours) } else { Err(why()) }
}

/// `wrk` and `nginx`: the load and the yardstick of the benchmark.
pub fn load_tools() -> Result<(), String> {
    let folders = [PathBuf::from("/usr/sbin")];
    let all = || ["wrk", "nginx"].iter().all(|name| shell::find(name, &folders).is_some()).then_some(());
    or_install("wrk and nginx", &["wrk", "nginx-light"], all)
}

/// Node's package manager; Node itself is one of the two things that a fresh machine must bring.
pub fn npm() -> Result<PathBuf, String> {
    shell::find("npm", &[])
        .ok_or_else(|| "npm is missing; install Node.js (https://nodejs.org) or its package.".into())
}

/// The folder of PostgreSQL's programs.
pub fn postgres_programs() -> Result<PathBuf, String> {
    let found = || {
        let initdb = shell::find("initdb", &postgres_folders())?;
        let folder = initdb.parent()?.to_path_buf();
        folder.join("pg_ctl").is_file().then_some(folder)
    };
    or_install("PostgreSQL", &["postgresql"], found)
}

fn postgres_folders() -> Vec<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = versions.map(|entry| entry.path().join("bin")).collect();
    folders.sort();
    folders.reverse();
    folders.extend(["/usr/local/bin", "/opt/homebrew/bin"].map(PathBuf::from));
    folders
}

/// Looks, else installs and looks again, else says what is missing and how to get it.
pub fn or_install<T>(what: &str, packages: &[&str], look: impl Fn() -> Option<T>) -> Result<T, String> {
    if let Some(found) = look() {
        return Ok(found);
    }
    let list = packages.join(" ");
    if may_install() && apt_install(packages)? {
        return look().ok_or_else(|| format!("{what}: installed {list}, but it is still not found."));
    }
    Err(format!("{what}: missing; install it, on Debian by `apt-get install {list}`."))
}

/// Whether this process may install packages: root, on Debian or a relative, and nobody forbade it.
pub fn may_install() -> bool {
    is_root() && Path::new("/etc/debian_version").exists() && allowed()
}

/// `AVP_NO_INSTALL=1` keeps the machine as it is.
pub fn allowed() -> bool {
    std::env::var_os("AVP_NO_INSTALL").is_none()
}

#[cfg(unix)]
pub fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

#[cfg(not(unix))]
pub fn is_root() -> bool {
    false
}

fn apt_install(packages: &[&str]) -> Result<bool, String> {
    println!("xtask: installing {}", packages.join(" "));
    let apt = |words: &[&str]| {
        let mut command = shell::in_checkout("apt-get");
        command.args(words).env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null());
        shell::well_within(&mut command, INSTALL_LIMIT)
    };
    // Old lists often name packages that the mirror has replaced; a failed update may still leave usable ones.
    apt(&["update", "-qq"])?;
    let words: Vec<&str> =
        ["install", "-y", "-qq", "--no-install-recommends"].iter().chain(packages).copied().collect();
    apt(&words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_not_installed() {
        assert_eq!(or_install("It", &["it"], || Some(1)), Ok(1));
    }
}
