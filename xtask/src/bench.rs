//! `cargo xtask bench`: measures the release build.

use crate::chore::Outcome;
use crate::{islands, needs, shell};

/// Runs the server's example `bench` and hands it the words.
pub fn run(words: &[String]) -> Result<Outcome, String> {
    islands::placeholder()?;
    if let Err(why) = needs::load_tools() {
        println!("xtask: {why} What needs them is left out.");
    }
    let mut command = shell::cargo();
    command.args(["run", "--release", "-p", "server", "--example", "bench", "--"]).args(words);
    shell::well(&mut command).map(Outcome::from)
}
