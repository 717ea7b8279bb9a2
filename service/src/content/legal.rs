//! Contract texts: `legal/av/<version>/…`, parsed; the newest one is offered.

use super::{ContentError, Source, wrong};
use domain::annex::fingerprint;
use domain::legal_text::{self, SectionSource};
use domain::text::Both;
use serde::Deserialize;

/// All versions, the oldest first.
#[derive(Clone, Debug)]
pub struct LegalTexts(Vec<LegalText>);

/// One version.
#[derive(Clone, Debug)]
pub struct LegalText {
    /// Name of the version, such as `2026-1`.
    pub version: String,
    /// Title.
    pub title: Both,
    /// Line under it.
    pub subtitle: Both,
    /// Plain sentences on the title page.
    pub summary: Both<Vec<String>>,
    /// Boxes ticked at signing.
    pub boxes: Vec<SigningBox>,
    /// The sections.
    pub sections: Both<Vec<SectionSource>>,
    /// SHA-256 over all files of the version.
    pub sha256: String,
}

/// A box.
#[derive(Clone, Debug, Deserialize)]
pub struct SigningBox {
    /// Stable id.
    pub id: String,
    /// German wording.
    pub de: String,
    /// English wording.
    pub en: String,
}

#[derive(Deserialize)]
struct TextFile {
    title: Both,
    subtitle: Both,
    summary: Both<Vec<String>>,
    #[serde(rename = "box")]
    boxes: Vec<SigningBox>,
}

impl LegalTexts {
    pub(super) fn load(source: &Source) -> Result<Self, ContentError> {
        let files = source.files("legal/av");
        let mut versions: Vec<&str> = files.iter().filter_map(|f| f.split('/').nth(2)).collect();
        versions.dedup();
        versions.sort_by_key(|version| age(version));
        let texts =
            versions.into_iter().map(|v| load_version(source, &files, v)).collect::<Result<Vec<_>, _>>()?;
        if texts.is_empty() { Err(wrong("legal/av", "no contract text")) } else { Ok(Self(texts)) }
    }

    /// The one that is offered.
    pub fn newest(&self) -> &LegalText {
        &self.0[self.0.len() - 1]
    }

    /// A version by name.
    pub fn version(&self, version: &str) -> Option<&LegalText> {
        self.0.iter().find(|t| t.version == version)
    }

    /// All versions.
    pub fn iter(&self) -> impl Iterator<Item = &LegalText> {
        self.0.iter()
    }
}

/// Versions in the order in which they were made: by the numbers in their names (`2026-2` before `2026-10`), then by
/// the rest of the name.
fn age(version: &str) -> (Vec<u64>, String) {
    let numbers = version.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok());
    (numbers.collect(), version.into())
}

fn load_version(source: &Source, files: &[String], version: &str) -> Result<LegalText, ContentError> {
    let dir = format!("legal/av/{version}");
    let head: TextFile = source.toml(&format!("{dir}/text.toml"))?;
    let sections = Both {
        de: load_sections(source, files, &format!("{dir}/de/"))?,
        en: load_sections(source, files, &format!("{dir}/en/"))?,
    };
    if sections.de.iter().map(|s| &s.id).ne(sections.en.iter().map(|s| &s.id)) {
        return Err(wrong(&dir, "the two languages have different sections"));
    }
    Ok(LegalText {
        version: version.into(),
        title: head.title,
        subtitle: head.subtitle,
        summary: head.summary,
        boxes: head.boxes,
        sections,
        sha256: hash(source, files, &format!("{dir}/"))?,
    })
}

fn load_sections(source: &Source, files: &[String], dir: &str) -> Result<Vec<SectionSource>, ContentError> {
    let own = files.iter().filter(|f| f.starts_with(dir));
    own.map(|f| legal_text::parse_section(&source.text(f)?).map_err(|e| wrong(f, e))).collect()
}

/// SHA-256 over names and texts of the files in their order; line ends are part of it.
fn hash(source: &Source, files: &[String], dir: &str) -> Result<String, ContentError> {
    let mut all = String::new();
    for f in files.iter().filter(|f| f.starts_with(dir)) {
        all.push_str(&f[dir.len()..]);
        all.push('\n');
        all.push_str(&source.text(f)?);
        all.push('\n');
    }
    Ok(fingerprint(&all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tenth_version_of_a_year_is_newer_than_the_second() {
        let mut versions = ["2027-1", "2026-10", "2026-2", "2026-1", "2026-9"];
        versions.sort_by_key(|version| age(version));
        assert_eq!(versions, ["2026-1", "2026-2", "2026-9", "2026-10", "2027-1"]);
    }
}
