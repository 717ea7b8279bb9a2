//! Mails: a folder each, with both languages and a sample.

use std::path::Path;

use super::Finding;
use crate::checkout;

const FILES: [&str; 3] = ["de.txt", "en.txt", "sample.json"];

/// Checks every folder of `content/emails`.
pub fn check(folder: &Path) -> Vec<Finding> {
    let mails = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut mails: Vec<_> = mails.filter(|path| path.is_dir()).collect();
    mails.sort();
    mails.iter().flat_map(|mail| missing(mail).into_iter().chain(broken_sample(mail))).collect()
}

fn missing(mail: &Path) -> Vec<Finding> {
    let missing = FILES.iter().filter(|name| !mail.join(name).exists());
    missing.map(|name| Finding::new(checkout::short(mail), format!("this mail has no {name}."))).collect()
}

fn broken_sample(mail: &Path) -> Option<Finding> {
    let path = mail.join("sample.json");
    let text = std::fs::read_to_string(&path).ok()?;
    let why = serde_json::from_str::<serde_json::Value>(&text).err()?;
    Some(Finding::new(format!("{}:{}", checkout::short(&path), why.line()), format!("not JSON: {why}.")))
}
