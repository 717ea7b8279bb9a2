//! The steps of `cargo xtask test`.

use std::fs;
use std::path::{Path, PathBuf};

use super::binaries::Binaries;
use super::report::{Report, Verdict};
use super::{Group, Wishes};
use crate::chore::Outcome;
use crate::islands::Missing;
use crate::postgres::Cluster;
use crate::{checkout, hash, needs, shell};

type Step = Result<Verdict, String>;

/// Crates whose unit tests are neither rules nor documents nor the seal.
const UNITS: [&str; 5] = ["migrations", "store", "service", "app", "server"];
/// Everything for the server's side; `frontend` is another world, `xtask` another tree of dependencies.
const SERVER_SIDE: [&str; 9] =
    ["domain", "documents", "seal", "migrations", "store", "service", "app", "server", "tests"];

/// The formatting.
pub fn fmt() -> Step {
    shell::well(shell::cargo().args(["fmt", "--all", "--check"])).map(Verdict::from)
}

/// What compilers do not check.
pub fn tidy() -> Step {
    crate::tidy::run().map(|outcome| Verdict::from(outcome == Outcome::Done))
}

/// The lints, every warning an error.
pub fn clippy() -> Step {
    let packages = SERVER_SIDE.iter().flat_map(|name| ["-p", name]);
    let deny = ["--", "-D", "warnings"];
    let mut server = shell::cargo();
    server.arg("clippy").args(packages).args(["--all-targets", "--features", "app/ssr"]).args(deny);
    let mut ours = shell::cargo();
    ours.args(["clippy", "-p", "xtask", "--all-targets"]).args(deny);
    // Both run: a person who mends one wants to see the other.
    let (server, ours) = (shell::well(&mut server)?, shell::well(&mut ours)?);
    Ok(Verdict::from(server && ours))
}

/// The wasm bundle.
pub fn islands() -> Step {
    match crate::islands::ensure() {
        Ok(()) => Ok(Verdict::Passed),
        Err(Missing::Target(why)) => Ok(Verdict::Skipped(why)),
        Err(Missing::Failed(why)) => Err(why),
    }
}

/// Builds what the wishes need and runs it.
pub fn compiled(wishes: &Wishes, report: &mut Report) {
    let packages = packages(wishes);
    if packages.is_empty() {
        return;
    }
    let mut binaries = Binaries::default();
    report.step("build", || {
        let (built, whole) = Binaries::build(&packages)?;
        binaries = built;
        Ok(Verdict::from(whole))
    });
    if wishes.has(Group::Rules) {
        report.step("rules", || binaries.run(&["domain"], &[]).map(Verdict::from));
    }
    if wishes.has(Group::Documents) {
        documents(&binaries, report);
    }
    if wishes.has(Group::Seal) {
        seal(&binaries, wishes, report);
    }
    if wishes.has(Group::Units) {
        report.step("units", || units(&binaries));
    }
    if wishes.has(Group::Integration) {
        integration(&binaries, report);
    }
    if wishes.has(Group::Browser) {
        let clock = needs::time_machine();
        report.step("browser", || browser(binaries.portal.as_deref(), clock.as_deref().ok()));
        if let Err(why) = clock {
            report.step("browser (stories in which days pass)", || Ok(Verdict::Skipped(why)));
        }
    }
}

fn packages(wishes: &Wishes) -> Vec<&'static str> {
    let needed = |name: &str| match name {
        "domain" => wishes.has(Group::Rules),
        "documents" => wishes.has(Group::Documents),
        "seal" => wishes.has(Group::Seal),
        "tests" => wishes.has(Group::Integration),
        "server" => wishes.has(Group::Units) || wishes.has(Group::Browser),
        _ => wishes.has(Group::Units),
    };
    SERVER_SIDE.into_iter().filter(|name| needed(name)).collect()
}

fn documents(binaries: &Binaries, report: &mut Report) {
    if let Err(why) = needs::pdf_tools() {
        report.step("documents (second opinion)", || Ok(Verdict::Skipped(why)));
    }
    report.step("documents", || binaries.run(&["documents"], &[]).map(Verdict::from));
}

/// The seal, looked at by other programs; where they are all there, a test that misses one fails.
fn seal(binaries: &Binaries, wishes: &Wishes, report: &mut Report) {
    let tools = needs::pdf_tools().and_then(|()| needs::openssl()).and_then(|()| needs::pyhanko());
    let mut environment = Vec::new();
    match tools {
        Ok(pyhanko) => {
            environment.push(("AVP_PYHANKO", pyhanko.to_string_lossy().into_owned()));
            environment.push(("AVP_TEST_STRICT", "1".into()));
        }
        Err(why) => {
            if wishes.strict {
                environment.push(("AVP_TEST_STRICT", "1".into()));
            }
            report.step("seal (second opinion)", || Ok(Verdict::Skipped(why)));
        }
    }
    report.step("seal", || binaries.run(&["seal"], &environment).map(Verdict::from));
}

fn units(binaries: &Binaries) -> Step {
    let theirs = binaries.run(&UNITS, &[])?;
    let ours = shell::well(shell::cargo().args(["test", "-p", "xtask"]))?;
    Ok(Verdict::from(theirs && ours))
}

/// The same tests on both databases; PostgreSQL's absence is a line of its own.
fn integration(binaries: &Binaries, report: &mut Report) {
    let cluster = Cluster::start();
    let (name, environment) = match &cluster {
        Ok(cluster) => ("integration (both)", vec![("AVP_TEST_POSTGRES_URL", cluster.url())]),
        Err(_) => ("integration (SQLite)", vec![]),
    };
    report.step(name, || binaries.run(&["tests"], &environment).map(Verdict::from));
    if let Err(why) = cluster {
        report.step("integration (PostgreSQL)", || Ok(Verdict::Skipped(why)));
    }
}

/// The stories of `end2end`, told to a real browser; with a `clock` that can be moved, all of them.
fn browser(portal: Option<&Path>, clock: Option<&Path>) -> Step {
    let folder = checkout::root().join("end2end");
    if !folder.join("package.json").exists() {
        return Ok(Verdict::Skipped("there is no end2end/package.json.".into()));
    }
    let portal = portal.ok_or("the portal did not compile.")?;
    let (npm, chromium) = match (needs::npm(), needs::browser()) {
        (Ok(npm), Ok(chromium)) => (npm, chromium),
        (Err(why), _) | (_, Err(why)) => return Ok(Verdict::Skipped(why)),
    };
    install_packages(&npm, &folder)?;
    let mut stories = shell::in_checkout(npm.with_file_name("npx"));
    stories.current_dir(&folder).args(["playwright", "test"]);
    if let Some(clock) = clock {
        stories.env("AVP_TEST_CLOCK", clock);
    }
    shell::well(stories.env("AVP_BROWSER", chromium).env("AVP_SERVER_BIN", portal)).map(Verdict::from)
}

/// `npm ci`, unless the folder holds what the lock file names already.
fn install_packages(npm: &PathBuf, folder: &Path) -> Result<(), String> {
    let lock = checkout::read(&folder.join("package-lock.json"))?;
    let hash = hash::of(&lock);
    let stamp = folder.join("node_modules/.installed-from");
    if fs::read_to_string(&stamp).is_ok_and(|known| known == hash) {
        return Ok(());
    }
    let mut install = shell::in_checkout(npm);
    install
        .current_dir(folder)
        .args(["ci", "--no-audit", "--no-fund"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    if !shell::well(&mut install)? {
        return Err("npm ci failed.".into());
    }
    checkout::write(&stamp, hash.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_wished_is_built() {
        let only = |groups: &[Group]| packages(&Wishes { strict: false, only: groups.to_vec() });
        assert_eq!(only(&[]), SERVER_SIDE);
        assert_eq!(only(&[Group::Rules]), ["domain"]);
        assert_eq!(only(&[Group::Browser]), ["server"]);
        assert_eq!(only(&[Group::Tidy, Group::Lint]), [""; 0]);
    }
}
