//! Running other programs.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::checkout;

/// Cargo of the active toolchain, in the checkout, without what the outer `cargo run` left in the environment.
///
/// Build scripts watch some of those variables: passed on, they would rebuild half the tree at every change of caller.
pub fn cargo() -> Command {
    let mut command = in_checkout("cargo");
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if left_by_cargo_run(&name) {
            command.env_remove(name.as_ref());
        }
    }
    match library_path() {
        Some(rest) => command.env("LD_LIBRARY_PATH", rest),
        None => command.env_remove("LD_LIBRARY_PATH"),
    };
    command.env("CARGO_TARGET_DIR", checkout::target());
    command
}

/// A program started in the checkout.
pub fn in_checkout(program: impl AsRef<Path>) -> Command {
    let mut command = Command::new(program.as_ref());
    command.current_dir(checkout::root());
    command
}

/// Runs a program with our output and says whether it went well; the error is only for programs that did not start.
pub fn well(command: &mut Command) -> Result<bool, String> {
    let status = command.status().map_err(|e| could_not_start(command, &e))?;
    Ok(status.success())
}

/// Runs a program quietly and returns what it printed, or what it complained about.
pub fn output(command: &mut Command) -> Result<String, String> {
    let output = command.stdin(Stdio::null()).output().map_err(|e| could_not_start(command, &e))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&output.stderr);
        Err(format!("{} failed: {}", name(command), said.trim()))
    }
}

/// Runs a program for at most `limit`; what still runs then is ended and counts as failed.
pub fn well_within(command: &mut Command, limit: Duration) -> Result<bool, String> {
    let mut child = command.stdin(Stdio::null()).spawn().map_err(|e| could_not_start(command, &e))?;
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.success()),
            Ok(None) if start.elapsed() < limit => sleep(Duration::from_millis(50)),
            Ok(None) | Err(_) => {
                let ended = child.kill().and_then(|()| child.wait());
                return ended.map(|_| false).map_err(|e| format!("{} did not end: {e}.", name(command)));
            }
        }
    }
}

/// Where a program lies in `PATH`, or in one of the further folders.
pub fn find(program: &str, further: &[PathBuf]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(further.iter().cloned())
        .map(|dir| dir.join(program))
        .find(|it| it.is_file())
}

fn could_not_start(command: &Command, why: &std::io::Error) -> String {
    format!("{} could not be started: {why}.", name(command))
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

fn left_by_cargo_run(name: &str) -> bool {
    const NAMES: [&str; 6] = [
        "CARGO",
        "CARGO_MANIFEST_DIR",
        "CARGO_MANIFEST_PATH",
        "CARGO_BIN_NAME",
        "CARGO_CRATE_NAME",
        "CARGO_PRIMARY_PACKAGE",
    ];
    NAMES.contains(&name) || name.starts_with("CARGO_PKG_")
}

/// `LD_LIBRARY_PATH` without the folders that cargo put in front of it.
fn library_path() -> Option<std::ffi::OsString> {
    let given = std::env::var_os("LD_LIBRARY_PATH")?;
    let target = checkout::target();
    let toolchains = |folder: &PathBuf| folder.components().any(|part| part.as_os_str() == "toolchains");
    let rest =
        std::env::split_paths(&given).filter(|folder| !folder.starts_with(&target) && !toolchains(folder));
    std::env::join_paths(rest).ok().filter(|rest| !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_hangs_is_ended() {
        let start = Instant::now();
        let limit = Duration::from_millis(100);
        assert_eq!(well_within(Command::new("sleep").arg("30"), limit), Ok(false));
        assert!(start.elapsed() < Duration::from_secs(5));
    }

    #[test]
    fn a_missing_program_is_named() {
        assert!(well(&mut Command::new("no-such-program")).unwrap_err().contains("no-such-program"));
        assert_eq!(find("no-such-program", &[]), None);
    }

    #[test]
    fn only_what_cargo_run_adds_is_dropped() {
        assert!(left_by_cargo_run("CARGO_PKG_NAME"));
        assert!(!left_by_cargo_run("CARGO_HOME"));
        assert!(!left_by_cargo_run("CARGO_TARGET_DIR"));
    }
}
