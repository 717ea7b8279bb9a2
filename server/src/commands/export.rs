//! `export`: data as CSV or JSON on the standard output. That it was taken is recorded.

use super::Outcome;
use crate::start::{StartError, failed};
use crate::state::App;
use clap::{Subcommand, ValueEnum};
use domain::register::audit_request::AuditState;
use domain::register::breach::BreachState;
use domain::register::instruction::InstructionState;
use service::Problem;
use service::contracts::proof_pack;
use service::customers;
use service::export::{self, Exporter, Format};
use service::registers::export::{self as registers, Sheet};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What is written.
#[derive(Debug, Subcommand)]
pub enum Export {
    /// Customers, in the columns of `import customers`.
    Customers {
        /// In which form.
        #[arg(long, value_enum, default_value = "csv")]
        format: Form,
    },
    /// Answers of the gate, the newest first.
    Decisions {
        /// In which form.
        #[arg(long, value_enum, default_value = "csv")]
        format: Form,
    },
    /// The register of instructions, the newest first.
    Instructions {
        /// In which form.
        #[arg(long, value_enum, default_value = "csv")]
        format: Form,
    },
    /// The register of breaches, the newest first.
    Breaches {
        /// In which form.
        #[arg(long, value_enum, default_value = "csv")]
        format: Form,
    },
    /// The register of audit requests, the newest first.
    Audits {
        /// In which form.
        #[arg(long, value_enum, default_value = "csv")]
        format: Form,
    },
    /// Everything to check one contract without this portal, as a ZIP file.
    ProofPack {
        /// Number of the contract.
        #[arg(long)]
        contract: String,
        /// Its version; without it the newest.
        #[arg(long)]
        version: Option<i32>,
        /// The file to write.
        #[arg(long)]
        output: PathBuf,
    },
    /// The audit chain in its order.
    Audit {
        /// In which form.
        #[arg(long, value_enum, default_value = "csv")]
        format: Form,
    },
}

/// A form of a file.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Form {
    /// A header row and a row each.
    Csv,
    /// A list of objects.
    Json,
}

impl From<Form> for Format {
    fn from(form: Form) -> Self {
        match form {
            Form::Csv => Self::Csv,
            Form::Json => Self::Json,
        }
    }
}

/// Runs it.
pub async fn run(app: &App, command: Export) -> Result<Outcome, StartError> {
    let (portal, by, now) = (&app.portal, &Exporter::Command, app.now());
    let file = match command {
        Export::Customers { format } => customers::export::customers(portal, by, format.into(), now).await,
        Export::Decisions { format } => export::decisions(portal, by, format.into(), now).await,
        Export::Instructions { format } => register::<InstructionState>(app, format).await,
        Export::Breaches { format } => register::<BreachState>(app, format).await,
        Export::Audits { format } => register::<AuditState>(app, format).await,
        Export::Audit { format } => export::audit(portal, by, format.into(), now).await,
        Export::ProofPack { contract, version, output } => {
            return proof(app, &contract, version, &output).await;
        }
    };
    let file = file.map_err(failed("exporting"))?;
    let mut out = std::io::stdout().lock();
    out.write_all(&file).and_then(|()| out.flush()).map_err(failed("writing to the standard output"))?;
    Ok(Outcome::Done)
}

async fn register<S: Sheet>(app: &App, format: Form) -> service::problem::Result<Vec<u8>> {
    registers::all::<S>(&app.portal, &Exporter::Command, format.into(), app.now()).await
}

async fn proof(app: &App, number: &str, version: Option<i32>, output: &Path) -> Result<Outcome, StartError> {
    let proof = match proof_pack::by_number(&app.portal, number, version, app.now()).await {
        Err(Problem::Missing) => {
            eprintln!("av-portal: there is no concluded contract {number} with a stored document");
            return Ok(Outcome::Refused);
        }
        found => found.map_err(failed("collecting the proof"))?,
    };
    let (_, file) = crate::proof_pack::file(proof).await.map_err(failed("making the file"))?;
    std::fs::write(output, file).map_err(failed("writing the file"))?;
    println!("{}", output.display());
    Ok(Outcome::Done)
}
