//! The chores of AV-Portal: `cargo xtask serve`, `test`, `ci`, `islands`, `tidy`, `bench`.
//!
//! One file a command. Nothing here depends on our other crates: the chores work while those do not compile.
#![expect(clippy::print_stdout, reason = "a chore talks to the person who started it")]

mod bench;
mod checkout;
mod chore;
mod hash;
mod islands;
mod needs;
mod postgres;
mod serve;
mod shell;
mod test;
mod tidy;

use std::process::ExitCode;

use chore::{Chore, Outcome};

const HELP: &str = "\
cargo xtask <chore>

  serve [--port N] [-- ARGS]   build everything, start the portal with demo data
  test [--strict] [--only G]   run every test this machine can run
                               G: lint, tidy, islands, rules, documents, seal, units, it, browser (comma between)
                               --strict: a step that could not run is a failure
  ci                           test --strict
  islands                      build the wasm bundle of the islands
  tidy [--release VERSION]     check what compilers do not; --release records the hash of a legal text
  bench [ARGS]                 measure the gate (release build)

Environment: AVP_BROWSER names a Chromium; AVP_NO_INSTALL=1 keeps apt-get, pip, rustup and npm from installing.";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match Chore::parse(&words).and_then(run) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Failed) => ExitCode::FAILURE,
        Err(sentence) => {
            println!("xtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn run(chore: Chore) -> Result<Outcome, String> {
    match chore {
        Chore::Help => {
            println!("{HELP}");
            Ok(Outcome::Done)
        }
        Chore::Serve { port, rest } => serve::run(port, &rest),
        Chore::Test(wishes) => test::run(&wishes),
        Chore::Islands => islands::run(),
        Chore::Tidy => tidy::run(),
        Chore::Release { version } => tidy::release(&version),
        Chore::Bench { rest } => bench::run(&rest),
    }
}
