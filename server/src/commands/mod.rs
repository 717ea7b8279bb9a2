//! The commands of the program. Exit codes: 0 done, 1 failed, 2 input refused.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "commands speak to the terminal; nothing else does"
)]

mod admin;

pub mod audit;

mod export;

mod import;

mod migrate;

mod samples;

mod serve;

mod text;

use crate::config::Config;
use crate::start::{self, StartError};
use crate::state::App;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// AV-Portal: data processing agreements online, and the gate that follows from them.
#[derive(Debug, Parser)]
#[command(name = "av-portal", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the portal.
    Serve {
        /// With demo data and demo passwords.
        #[arg(long)]
        demo: bool,
    },
    /// The schema of the database.
    #[command(subcommand)]
    Migrate(migrate::Migrate),
    /// The configuration.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// The first admin.
    #[command(subcommand)]
    Admin(admin::Admin),
    /// Staff.
    #[command(subcommand)]
    User(admin::User),
    /// API clients.
    #[command(subcommand)]
    Client(admin::Client),
    /// Reads a CSV file; `-` is the standard input.
    #[command(subcommand)]
    Import(import::Import),
    /// Writes data to the standard output.
    #[command(subcommand)]
    Export(export::Export),
    /// The audit chain.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// The contract texts.
    #[command(subcommand)]
    Text(text::Text),
    /// Renders every mail and PDF with its sample data into a folder.
    Samples {
        /// The folder.
        dir: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Says what is configured, and what is wrong or missing.
    Check,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 0.
    Done,
    /// 1.
    Failed,
    /// 2: the input was refused, nothing was done.
    Refused,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::Failed => 1,
            Outcome::Refused => 2,
        })
    }
}

/// Reads the command line and runs it.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(e) => return say(&StartError { what: "starting".into(), cause: e.to_string() }),
    };
    match runtime.block_on(run(cli.command)) {
        Ok(outcome) => outcome.into(),
        Err(e) => say(&e),
    }
}

fn say(e: &StartError) -> ExitCode {
    eprintln!("av-portal: {e}");
    ExitCode::from(1)
}

async fn run(command: Command) -> Result<Outcome, StartError> {
    let mut config = Config::from_env().map_err(start::failed("reading the configuration"))?;
    match command {
        Command::Serve { demo } => {
            config.demo |= demo;
            serve::run(config).await
        }
        Command::Migrate(command) => migrate::run(config, &command).await,
        Command::Config(ConfigCommand::Check) => migrate::check(config).await,
        Command::Admin(command) => admin::admin(&app(config).await?, command).await,
        Command::User(command) => admin::user(&app(config).await?, command).await,
        Command::Client(command) => admin::client(&app(config).await?, command).await,
        Command::Import(command) => import::run(&app(config).await?, command).await,
        Command::Export(command) => export::run(&app(config).await?, command).await,
        Command::Audit(command) => audit::run(&app(config).await?, command).await,
        Command::Text(command) => text::run(&config, &command),
        Command::Samples { dir } => samples::run(&config, &dir),
    }
}

/// The portal without a server, for a command.
async fn app(config: Config) -> Result<App, StartError> {
    let store = start::open_store(&config).await?;
    start::build(config, store, start::clock()).await
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        super::Cli::command().debug_assert();
    }
}
