//! `import`: customers and paper contracts out of a CSV file. All or nothing unless told to skip; every bad row is
//! named by line and column; exit code 2 as soon as one row was refused.

use super::Outcome;
use crate::start::{StartError, failed};
use crate::state::App;
use app::i18n::T;
use app::pages::import::why;
use clap::Subcommand;
use domain::{Lang, Mistake};
use service::Problem;
use service::customers::import_contracts::{self, Options};
use service::customers::import_customers::import_customers;
use service::customers::importing::{BadRow, Importer, Report};
use service::customers::scans::{Scans, folder_of};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// What is read in.
#[derive(Debug, Subcommand)]
pub enum Import {
    /// Customers. A known customer number updates the row.
    Customers {
        #[command(flatten)]
        file: File,
    },
    /// Contracts concluded on paper. They wait for a second person's confirmation.
    Contracts {
        #[command(flatten)]
        file: File,
        /// The contract manager who has held the rows against the paper; then nobody needs to confirm them.
        #[arg(long, value_name = "EMAIL")]
        confirmed_by: Option<String>,
    },
}

/// The file and how it is treated.
#[derive(Debug, clap::Args)]
pub struct File {
    /// The CSV file; `-` is the standard input.
    #[arg(value_name = "FILE.csv|-")]
    path: PathBuf,
    /// Imports the good rows although others are wrong.
    #[arg(long)]
    skip_bad: bool,
    /// Answers in JSON.
    #[arg(long)]
    json: bool,
}

/// Runs it.
pub async fn run(app: &App, command: Import) -> Result<Outcome, StartError> {
    let now = app.now();
    let (file, result) = match command {
        Import::Customers { file } => {
            let bytes = read(&file.path)?;
            let result = import_customers(&app.portal, &Importer::Command, bytes, file.skip_bad, now).await;
            (file, result)
        }
        Import::Contracts { file, confirmed_by } => {
            let result = contracts(app, &file, confirmed_by.as_deref()).await?;
            (file, result)
        }
    };
    match result {
        Ok(report) => Ok(told(&report, file.json)),
        Err(Problem::Mistakes(mistakes)) => {
            let bad = vec![BadRow { line: 0, mistakes }];
            Ok(told(&Report::refusal(bad), file.json))
        }
        Err(problem) => Err(failed("importing")(problem)),
    }
}

async fn contracts(
    app: &App,
    file: &File,
    confirmed_by: Option<&str>,
) -> Result<Result<Report, Problem>, StartError> {
    let bytes = read(&file.path)?;
    let confirmed_by = match confirmed_by {
        Some(address) => match import_contracts::manager(&app.portal, address).await {
            Ok(manager) => Some(manager),
            Err(problem) => return Ok(Err(problem)),
        },
        None => None,
    };
    let scans = Scans::Folder(folder_of(&file.path));
    let options = Options { skip_bad: file.skip_bad, confirmed_by, scans };
    Ok(import_contracts::import_contracts(&app.portal, &Importer::Command, bytes, &options, app.now()).await)
}

fn read(path: &Path) -> Result<Vec<u8>, StartError> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map_err(failed("reading the standard input"))?;
        return Ok(bytes);
    }
    std::fs::read(path).map_err(failed(&format!("reading {}", path.display())))
}

/// Says what came of it.
fn told(report: &Report, json: bool) -> Outcome {
    let t = T(language());
    if json {
        println!("{}", as_json(t, report));
    } else {
        for row in &report.bad {
            for mistake in &row.mistakes.0 {
                eprintln!("{}", line(t, row.line, mistake));
            }
        }
        // Line 0 is no row: an option was wrong, and the file was not even looked at.
        if report.bad.iter().all(|row| row.line > 0) {
            println!("{}", summary(t, report));
        }
    }
    if report.bad.is_empty() { Outcome::Done } else { Outcome::Refused }
}

fn line(t: T, line: u64, mistake: &Mistake) -> String {
    let (text, line) = (why(t, mistake), line.to_string());
    match (line.as_str(), mistake.field.as_str()) {
        ("0", _) => text,
        (line, "") => t.tr("import-told-line", &[("line", line), ("text", &text)]),
        (line, column) => t.tr("import-told-column", &[("line", line), ("column", column), ("text", &text)]),
    }
}

fn summary(t: T, report: &Report) -> String {
    let bad = report.bad.len().to_string();
    if report.refused {
        return t.tr("import-told-nothing", &[("bad", &bad)]);
    }
    let count = |n: usize| n.to_string();
    let (created, updated, unchanged) =
        (count(report.created), count(report.updated), count(report.unchanged));
    let done = [("created", created.as_str()), ("updated", &updated), ("unchanged", &unchanged)];
    let mut text = t.tr("import-told-done", &done);
    if !report.bad.is_empty() {
        text = format!("{text} {}", t.tr("import-told-skipped", &[("bad", &bad)]));
    }
    text
}

fn as_json(t: T, report: &Report) -> serde_json::Value {
    let bad = report.bad.iter().flat_map(|row| {
        row.mistakes.0.iter().map(move |m| {
            serde_json::json!({
                "line": row.line, "column": m.field, "code": m.code, "message": why(t, m),
            })
        })
    });
    serde_json::json!({
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "bad": bad.collect::<Vec<_>>(),
    })
}

/// German for a German terminal, else English.
fn language() -> Lang {
    let set = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG")).unwrap_or_default();
    if locale.starts_with("de") { Lang::De } else { Lang::En }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bad_row_is_told_by_line_and_column() {
        let country = Mistake::with("country", "country", "XX");
        let expected = "line 12, column country: XX is not a country code of two letters. Example: DE";
        assert_eq!(line(T(Lang::En), 12, &country), expected);
        assert!(line(T(Lang::De), 12, &country).starts_with("Zeile 12, Spalte country: "));
        let fields = Mistake::with("", "fields", "3 ≠ 8");
        assert!(line(T(Lang::En), 4, &fields).starts_with("line 4: "));
        let report = Report::refusal(vec![BadRow::new(12, country)]);
        let json = as_json(T(Lang::En), &report);
        assert_eq!(json["bad"][0]["line"], 12);
        assert_eq!(json["bad"][0]["column"], "country");
        assert_eq!(json["created"], 0);
    }
}
