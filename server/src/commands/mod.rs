//! The commands of the program. Exit codes: 0 done, 1 failed, 2 input refused.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "commands speak to the terminal; nothing else does"
)]

mod admin;

mod client;

pub mod audit;

mod data;

mod export;

mod import;

mod migrate;

mod samples;

mod seal;

mod serve;

mod text;

mod verify;

use crate::config::Config;
use crate::start::{self, StartError};
use crate::state::App;
use clap::{Parser, Subcommand};
use std::ffi::OsString;
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
    Client(client::Client),
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
    /// Says whether a PDF was sealed by this portal and is unchanged. Needs no database and no network.
    ///
    /// Exit codes: 0 valid, 1 not valid, 2 no verdict (the file, or the folder of the seal, cannot be read).
    Verify {
        /// The PDF.
        file: PathBuf,
        /// Answers as JSON.
        #[arg(long)]
        json: bool,
    },
    /// The key and the certificate of the seal.
    #[command(subcommand)]
    Seal(seal::Seal),
    /// Copies everything into a new file, readable by nobody else. The portal may be running.
    Backup {
        /// The file; it must not be there yet.
        file: PathBuf,
    },
    /// Copies a backup into the configured database, which must be empty.
    Restore {
        /// The file.
        file: PathBuf,
    },
    /// Copies everything into another database, which must be empty, and compares both.
    Move {
        /// Its address: `postgres://…` or `sqlite://…`.
        #[arg(long)]
        to: String,
    },
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

impl Outcome {
    /// As the exit code of the process.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Refused => 2,
        }
    }
}

/// Reads the command line and runs it.
pub fn main() -> ExitCode {
    code_of(std::env::args_os()).into()
}

/// Runs a command line, the name of the program first, to its exit code.
pub fn code_of(line: impl IntoIterator<Item = OsString>) -> u8 {
    let cli = Cli::parse_from(line);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = match runtime.map_err(start::failed("starting")) {
        Ok(runtime) => runtime.block_on(run(cli.command)),
        Err(e) => Err(e),
    };
    done.unwrap_or_else(|e| {
        eprintln!("av-portal: {e}");
        Outcome::Failed
    })
    .code()
}

async fn run(command: Command) -> Result<Outcome, StartError> {
    let mut config = Config::from_env().map_err(start::failed("reading the configuration"))?;
    match command {
        Command::Serve { demo } => {
            config.demo |= demo;
            Box::pin(serve::run(config)).await
        }
        Command::Migrate(command) => migrate::run(config, &command).await,
        Command::Config(ConfigCommand::Check) => migrate::check(config).await,
        Command::Admin(command) => admin::admin(&app(config).await?, command).await,
        Command::User(command) => admin::user(&app(config).await?, command).await,
        Command::Client(command) => client::run(&app(config).await?, command).await,
        Command::Import(command) => import::run(&app(config).await?, command).await,
        Command::Export(command) => export::run(&app(config).await?, command).await,
        Command::Audit(command) => audit::run(&app(config).await?, command).await,
        Command::Text(command) => text::run(&config, &command),
        Command::Verify { file, json } => Ok(verify::run(&config, &file, json)),
        Command::Backup { file } => data::backup(&config, &file).await,
        Command::Restore { file } => data::restore(&config, &file).await,
        Command::Move { to } => data::moved(&config, &to).await,
        Command::Seal(command) => seal::run(config, &command, start::clock()()).await,
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
