//! One build for all tests.
//!
//! Built crate by crate, shared dependencies would be compiled anew for each choice of features. So everything that
//! will run is built by one call of cargo, which lists what it made, and the steps run the list.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;

use crate::{checkout, shell};

/// What the build made.
#[derive(Debug, Default)]
pub struct Binaries {
    tests: Vec<Test>,
    /// The portal itself.
    pub portal: Option<PathBuf>,
}

#[derive(Debug, PartialEq, Eq)]
struct Test {
    package: String,
    target: String,
    program: PathBuf,
}

impl Binaries {
    /// Builds the tests of the packages, and the portal if the server is one of them. Says whether all compiled.
    pub fn build(packages: &[&str]) -> Result<(Self, bool), String> {
        let mut cargo = shell::cargo();
        cargo.args(["build", "--tests", "--keep-going", "--message-format=json-render-diagnostics"]);
        cargo.args(packages.iter().flat_map(|package| ["-p", package]));
        if packages.contains(&"server") {
            cargo.arg("--bins");
        }
        if packages.contains(&"app") {
            cargo.args(["--features", "app/ssr"]);
        }
        let child =
            cargo.stdout(Stdio::piped()).spawn().map_err(|e| format!("cargo could not be started: {e}."))?;
        let output = child.wait_with_output().map_err(|e| format!("cargo could not be waited for: {e}."))?;
        Ok((Self::read(&String::from_utf8_lossy(&output.stdout)), output.status.success()))
    }

    fn read(messages: &str) -> Self {
        let mut binaries = Self::default();
        for message in messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
            let Some(program) = message["executable"].as_str().map(PathBuf::from) else { continue };
            let target = message["target"]["name"].as_str().unwrap_or_default().to_string();
            if message["profile"]["test"] == Value::Bool(true) {
                let manifest = Path::new(message["manifest_path"].as_str().unwrap_or_default());
                let folder = manifest.parent().and_then(Path::file_name).unwrap_or_default();
                binaries.tests.push(Test { package: folder.to_string_lossy().into_owned(), target, program });
            } else if target == "av-portal" {
                binaries.portal = Some(program);
            }
        }
        binaries
    }

    /// Runs all tests of the packages; `false` also when there are none, because they did not compile.
    pub fn run(&self, packages: &[&str], environment: &[(&str, String)]) -> Result<bool, String> {
        let mut well = true;
        for package in packages {
            let tests: Vec<&Test> = self.tests.iter().filter(|test| test.package == *package).collect();
            if tests.is_empty() {
                println!("{package}: did not compile.");
                well = false;
            }
            for test in tests {
                println!("{package} ({})", test.target);
                well &= run(test, environment)?;
            }
        }
        Ok(well)
    }
}

/// The surroundings that `cargo test` would give.
fn run(test: &Test, environment: &[(&str, String)]) -> Result<bool, String> {
    let folder = checkout::root().join(&test.package);
    let mut command = shell::in_checkout(&test.program);
    command.current_dir(&folder).env("CARGO_MANIFEST_DIR", &folder);
    command.env("INSTA_WORKSPACE_ROOT", checkout::root()).env("INSTA_UPDATE", "no");
    command.envs(environment.iter().map(|(name, value)| (name, value)));
    shell::well(&mut command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_lists_what_it_made() {
        let messages = r#"{"reason":"compiler-artifact","manifest_path":"/w/domain/Cargo.toml","target":{"name":"domain"},"profile":{"test":true},"executable":"/t/domain-1"}
{"reason":"compiler-artifact","manifest_path":"/w/server/Cargo.toml","target":{"name":"av-portal"},"profile":{"test":false},"executable":"/t/av-portal"}
{"reason":"compiler-artifact","manifest_path":"/w/app/Cargo.toml","target":{"name":"app"},"profile":{"test":false},"executable":null}
{"reason":"build-finished","success":true}"#;
        let binaries = Binaries::read(messages);
        let expected =
            Test { package: "domain".into(), target: "domain".into(), program: "/t/domain-1".into() };
        assert_eq!(binaries.tests, [expected]);
        assert_eq!(binaries.portal, Some("/t/av-portal".into()));
    }

    #[test]
    fn no_tests_are_no_success() {
        assert_eq!(Binaries::default().run(&["domain"], &[]), Ok(false));
    }
}
