//! `samples`: every mail and every PDF with its sample data, to look at without a database.

use super::Outcome;
use crate::config::Config;
use crate::start::{StartError, failed};
use chrono::DateTime;
use service::Content;
use service::mail::message::{Envelope, message};
use service::mail::samples::{self, Sample};
use std::path::Path;

/// Writes them into a folder.
pub fn run(config: &Config, dir: &Path) -> Result<Outcome, StartError> {
    std::fs::create_dir_all(dir).map_err(failed("making the folder"))?;
    let content = Content::load(config.content_dir.as_deref()).map_err(failed("reading the content"))?;
    let mails = samples::all(&content).map_err(failed("rendering the mails"))?;
    for sample in &mails {
        write_mail(config, dir, sample)?;
    }
    let documents = documents::samples::all();
    for (name, document) in &documents {
        let pdf = documents::contract_pdf(document, None).map_err(failed("typesetting"))?;
        write(dir, &format!("{name}.pdf"), &pdf)?;
    }
    let deletions = documents::samples::deletions();
    for (name, certificate) in &deletions {
        let pdf = documents::deletion_pdf(certificate).map_err(failed("typesetting"))?;
        write(dir, &format!("{name}.pdf"), &pdf)?;
    }
    let count = documents.len() + deletions.len();
    println!("{} mails and {count} documents in {}", mails.len(), dir.display());
    Ok(Outcome::Done)
}

fn write_mail(config: &Config, dir: &Path, sample: &Sample) -> Result<(), StartError> {
    let name = format!("{}.{}", sample.template, sample.lang.code());
    let envelope = Envelope {
        from: &config.mail_from,
        to: "joerg.mueller@mueller-soehne.example",
        name: "Jörg Müller",
        id: &name,
        at: DateTime::UNIX_EPOCH,
    };
    let bytes = message(&sample.mail, &envelope, &[]).map_err(failed("putting a mail together"))?.formatted();
    write(dir, &format!("{name}.eml"), &bytes)?;
    write(dir, &format!("{name}.html"), sample.mail.html.as_bytes())?;
    write(dir, &format!("{name}.txt"), format!("{}\n\n{}", sample.mail.subject, sample.mail.text).as_bytes())
}

fn write(dir: &Path, name: &str, bytes: &[u8]) -> Result<(), StartError> {
    std::fs::write(dir.join(name), bytes).map_err(failed("writing a sample"))
}
