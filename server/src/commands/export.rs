//! `export`: data as CSV or JSON on the standard output. That it was taken is recorded.

use super::Outcome;
use crate::start::{StartError, failed};
use crate::state::App;
use clap::{Subcommand, ValueEnum};
use service::customers;
use service::export::{self, Exporter, Format};
use std::io::Write as _;

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
        Export::Audit { format } => export::audit(portal, by, format.into(), now).await,
    };
    let file = file.map_err(failed("exporting"))?;
    let mut out = std::io::stdout().lock();
    out.write_all(&file).and_then(|()| out.flush()).map_err(failed("writing to the standard output"))?;
    Ok(Outcome::Done)
}
