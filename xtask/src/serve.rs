//! `cargo xtask serve`: builds everything and starts the portal with demo data.

use std::path::Path;
use std::process::Command;

use crate::chore::Outcome;
use crate::{checkout, islands, shell};

/// Islands first, because the server embeds them; then the server; then the portal takes over this process.
pub fn run(port: Option<u16>, rest: &[String]) -> Result<Outcome, String> {
    if let Err(why) = islands::ensure() {
        println!("xtask: without islands: {why} Every page works without them.");
    }
    islands::placeholder()?;
    if !shell::well(shell::cargo().args(["build", "-p", "server"]))? {
        return Ok(Outcome::Failed);
    }
    become_portal(&mut portal(&checkout::target().join("debug/av-portal"), port, rest))
}

fn portal(program: &Path, port: Option<u16>, rest: &[String]) -> Command {
    let mut command = shell::in_checkout(program);
    command.args(["serve", "--demo"]).args(rest);
    if std::env::var_os("AVP_DATA_DIR").is_none() {
        command.env("AVP_DATA_DIR", "data");
    }
    if let Some(port) = port {
        command.env("AVP_LISTEN", format!("127.0.0.1:{port}"));
        command.env("AVP_BASE_URL", format!("http://localhost:{port}"));
    }
    command
}

/// Signals then reach the portal itself, not a parent that knows nothing of shutting down.
#[cfg(unix)]
fn become_portal(portal: &mut Command) -> Result<Outcome, String> {
    use std::os::unix::process::CommandExt;
    Err(format!("the portal could not be started: {}.", portal.exec()))
}

#[cfg(not(unix))]
fn become_portal(portal: &mut Command) -> Result<Outcome, String> {
    shell::well(portal).map(Outcome::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_moves_the_address_and_the_links() {
        let command = portal(Path::new("av-portal"), Some(4000), &["--verbose".into()]);
        let words: Vec<_> = command.get_args().collect();
        assert_eq!(words, ["serve", "--demo", "--verbose"]);
        let given =
            |name: &str| command.get_envs().find(|(key, _)| *key == name).and_then(|(_, value)| value);
        assert_eq!(given("AVP_LISTEN").unwrap(), "127.0.0.1:4000");
        assert_eq!(given("AVP_BASE_URL").unwrap(), "http://localhost:4000");
    }
}
