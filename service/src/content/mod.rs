//! Everything in `content/`: embedded, and overridden file by file from a folder of the operator.
//! Read and checked whole at the start: a mistake in a text stops the start, not a customer.

pub mod annexes;

pub mod catalogue;

pub mod ending;

pub mod gate_texts;

pub mod legal;

pub mod mails;

pub mod provider;

pub mod registers;

pub mod roles;

use domain::text::Both;
use rust_embed::Embed;
use serde::de::DeserializeOwned;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use thiserror::Error;

pub use catalogue::Catalogue;
pub use ending::Endings;
pub use gate_texts::GateTexts;
pub use legal::{LegalText, LegalTexts};
pub use mails::MailTemplate;
pub use provider::Provider;
pub use roles::Roles;

/// All content, checked.
#[derive(Debug)]
pub struct Content {
    /// The provider.
    pub provider: Provider,
    /// Services, data categories, data subjects, tools.
    pub catalogue: Catalogue,
    /// Periods of the registers.
    pub registers: registers::Periods,
    /// Contract texts.
    pub legal: LegalTexts,
    /// Periods at the end of a contract.
    pub endings: Endings,
    /// Sentences of the gate.
    pub gate: GateTexts,
    /// Mail templates by name.
    pub mails: HashMap<String, MailTemplate>,
    /// Names of the roles.
    pub roles: Roles,
    /// Starter annexes.
    pub annexes: annexes::Starter,
    /// Words of the contract document by key.
    pub words: Both<HashMap<String, String>>,
    /// Names of countries by code.
    pub countries: HashMap<String, Both>,
}

/// What is wrong with the content, and where.
#[derive(Debug, Error)]
#[error("content/{file}: {what}")]
pub struct ContentError {
    /// File.
    pub file: String,
    /// What.
    pub what: String,
}

#[derive(Embed)]
#[folder = "../content/"]
#[include = "*.toml"]
#[include = "legal/**"]
#[include = "catalogue/**"]
#[include = "toms/**"]
#[include = "emails/**"]
#[include = "gate/**"]
struct Embedded;

/// Where files come from.
#[derive(Clone, Debug, Default)]
pub struct Source {
    overrides: Option<PathBuf>,
}

impl Source {
    /// Embedded files, with those in `overrides` in their place.
    pub fn new(overrides: Option<&Path>) -> Self {
        Self { overrides: overrides.map(Path::to_path_buf) }
    }

    /// The text of a file.
    ///
    /// # Errors
    /// When it is not there or not UTF-8.
    pub fn text(&self, file: &str) -> Result<String, ContentError> {
        let bytes = self
            .overrides
            .as_ref()
            .and_then(|dir| std::fs::read(dir.join(file)).ok())
            .or_else(|| Embedded::get(file).map(|f| f.data.into_owned()))
            .ok_or_else(|| wrong(file, "not there"))?;
        String::from_utf8(bytes).map_err(|e| wrong(file, e))
    }

    /// A TOML file as a value.
    ///
    /// # Errors
    /// As [`Self::text`], and when it does not have the shape.
    pub fn toml<T: DeserializeOwned>(&self, file: &str) -> Result<T, ContentError> {
        toml::from_str(&self.text(file)?).map_err(|e| wrong(file, e))
    }

    /// Names of the files under a folder, sorted.
    pub fn files(&self, folder: &str) -> Vec<String> {
        let prefix = format!("{folder}/");
        let mut names: BTreeSet<String> =
            Embedded::iter().filter(|f| f.starts_with(&prefix)).map(Into::into).collect();
        if let Some(dir) = &self.overrides {
            collect(&dir.join(folder), &prefix, &mut names);
        }
        names.into_iter().collect()
    }
}

fn collect(dir: &Path, prefix: &str, names: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), names);
        } else {
            names.insert(name);
        }
    }
}

impl Content {
    /// Loads and checks everything.
    ///
    /// # Errors
    /// The first [`ContentError`].
    pub fn load(overrides: Option<&Path>) -> Result<Self, ContentError> {
        let source = Source::new(overrides);
        let catalogue = Catalogue::load(&source)?;
        let annexes = annexes::Starter::load(&source, &catalogue)?;
        Ok(Self {
            provider: Provider::load(&source)?,
            registers: registers::Periods::load(&source)?,
            legal: LegalTexts::load(&source)?,
            endings: Endings::load(&source)?,
            gate: GateTexts::load(&source)?,
            mails: mails::load(&source)?,
            roles: Roles::load(&source)?,
            words: load_words(&source)?,
            countries: source.toml("catalogue/countries.toml")?,
            annexes,
            catalogue,
        })
    }
}

fn load_words(source: &Source) -> Result<Both<HashMap<String, String>>, ContentError> {
    let words = Both { de: source.toml("legal/words.de.toml")?, en: source.toml("legal/words.en.toml")? };
    let (de, en): (&HashMap<String, String>, &HashMap<String, String>) = (&words.de, &words.en);
    match de.keys().find(|k| !en.contains_key(*k)).or_else(|| en.keys().find(|k| !de.contains_key(*k))) {
        Some(key) => Err(wrong("legal/words.*.toml", format!("{key} is in one language only"))),
        None => Ok(words),
    }
}

pub(crate) fn wrong(file: &str, what: impl ToString) -> ContentError {
    ContentError { file: file.into(), what: what.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_that_is_shipped_is_whole() {
        let content = Content::load(None).unwrap();
        assert_eq!(content.catalogue.services.len(), 7);
        assert_eq!(content.annexes.toms.controls.len(), 18);
        assert!(content.legal.newest().boxes.len() >= 5);
    }

    #[test]
    fn no_text_that_is_shipped_has_findings_but_for_official_wording_that_nobody_ships() {
        for text in Content::load(None).unwrap().legal.iter() {
            let findings: Vec<_> = text.findings().iter().map(ToString::to_string).collect();
            assert!(
                findings.is_empty() || text.waits_for_wording(),
                "{}:\n{}",
                text.version,
                findings.join("\n")
            );
            let stands_alone = text.family == domain::legal_text::TextFamily::Av;
            assert_eq!(text.waits_for_wording(), !stands_alone, "{}", text.version);
        }
    }

    #[test]
    fn the_periods_at_the_end_are_those_of_the_text() {
        let content = Content::load(None).unwrap();
        let text = content.legal.newest();
        let terms = content.endings.of(&text.version);
        let said = [
            ("end", format!("spätestens {} Tage nach dem Ende der Leistung", terms.choice_days)),
            ("end", format!("hat er {} Tage Zeit, sie zu prüfen", terms.check_days)),
            ("end", format!("löscht die Daten innerhalb von {} Tagen", terms.deletion_days)),
            ("end", format!("spätestens {} Tage nach dieser Löschung", terms.backup_days)),
            ("subject", format!("mit einer Frist von {} Tagen in Textform kündigen", terms.notice_days)),
        ];
        for (section, words) in said {
            let found = text.sections.de.iter().find(|s| s.id == section).unwrap();
            assert!(format!("{found:?}").contains(&words), "{section}: {words}");
        }
    }
}
