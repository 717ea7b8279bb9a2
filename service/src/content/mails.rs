//! Mail templates: a folder each in `emails/`, with both languages and a sample.

use super::{ContentError, Source, wrong};
use domain::template::{self, Values};
use domain::text::Both;
use std::collections::HashMap;

/// A mail in both languages.
#[derive(Clone, Debug)]
pub struct MailTemplate {
    /// Source text: `Subject: …`, blank line, paragraphs.
    pub text: Both,
    /// A value for every placeholder, for tests and `samples`.
    pub sample: Values,
}

pub(super) fn load(source: &Source) -> Result<HashMap<String, MailTemplate>, ContentError> {
    let files = source.files("emails");
    let mut names: Vec<&str> = files.iter().filter_map(|f| f.split('/').nth(1)).collect();
    names.dedup();
    names.into_iter().map(|name| Ok((name.to_string(), load_one(source, name)?))).collect()
}

fn load_one(source: &Source, name: &str) -> Result<MailTemplate, ContentError> {
    let file = format!("emails/{name}/sample.json");
    let sample: Values = serde_json::from_str(&source.text(&file)?).map_err(|e| wrong(&file, e))?;
    let read = |lang: &str| -> Result<String, ContentError> {
        let file = format!("emails/{name}/{lang}.txt");
        let text = source.text(&file)?;
        if !text.starts_with("Subject: ") {
            return Err(wrong(&file, "the first line must be the subject"));
        }
        template::fill(&text, &sample).map_err(|e| wrong(&file, e))?;
        Ok(text)
    };
    Ok(MailTemplate { text: Both { de: read("de")?, en: read("en")? }, sample })
}
