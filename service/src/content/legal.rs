//! Contract texts: `legal/<family>/<version>/…`, parsed, with what the linter says about each. Which of them is on
//! offer is a decision of the provider ([`crate::texts`]); here is only what could be.

use super::{ContentError, Source, wrong};
use domain::annex::fingerprint;
use domain::legal_lint::{self, Fault, Finding, Item, Sheet, TextUnderTest};
use domain::legal_text::{self, SectionSource, TextFamily, age};
use domain::publication::{ACCEPT_FLOOR_DAYS, Change};
use domain::text::Both;
use domain::wording::{self, Part};
use serde::Deserialize;

/// All versions of all families, the oldest first.
#[derive(Clone, Debug)]
pub struct LegalTexts(Vec<LegalText>);

/// One version.
#[derive(Clone, Debug)]
pub struct LegalText {
    /// Name of the version, such as `2026-1`; unique over the families.
    pub version: String,
    /// Its family.
    pub family: TextFamily,
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
    /// Names of the files of the sections, below the version.
    pub files: Both<Vec<String>>,
    /// Where each item of the law stands.
    pub checklist: Vec<Item>,
    /// Of what kind it is against the version before.
    pub change: Change,
    /// What is different, in plain sentences; empty for the first one.
    pub change_note: Both<Vec<String>>,
    /// Official wording that it takes in; empty for a family that stands alone, or while nobody has loaded it.
    pub wording: Both<Vec<Part>>,
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
    #[serde(default)]
    change: Option<String>,
    #[serde(default)]
    accept_days: Option<u16>,
    #[serde(default)]
    change_note: Both<Vec<String>>,
}

#[derive(Deserialize)]
struct ChecklistFile {
    item: Vec<Item>,
}

impl LegalTexts {
    pub(super) fn load(source: &Source) -> Result<Self, ContentError> {
        let mut all = Vec::new();
        for family in TextFamily::ALL {
            all.extend(load_family(source, family)?);
        }
        if all.iter().all(|t| t.family != TextFamily::Av) {
            return Err(wrong("legal/av", "no contract text"));
        }
        let mut seen = std::collections::BTreeSet::new();
        match all.iter().find(|t| !seen.insert(t.version.as_str())) {
            Some(twice) => Err(wrong(&folder_of(twice), "another family has a version of this name")),
            None => Ok(Self(all)),
        }
    }

    /// The newest of the provider's own texts.
    pub fn newest(&self) -> &LegalText {
        // Loading has seen to it that there is one.
        self.newest_of(TextFamily::Av).unwrap_or(&self.0[0])
    }

    /// The newest of a family.
    pub fn newest_of(&self, family: TextFamily) -> Option<&LegalText> {
        self.of(family).last()
    }

    /// The versions of a family, the oldest first.
    pub fn of(&self, family: TextFamily) -> impl Iterator<Item = &LegalText> {
        self.0.iter().filter(move |t| t.family == family)
    }

    /// A version by name.
    pub fn version(&self, version: &str) -> Option<&LegalText> {
        self.0.iter().find(|t| t.version == version)
    }

    /// The version before this one in its family.
    pub fn before(&self, text: &LegalText) -> Option<&LegalText> {
        self.of(text.family).take_while(|t| t.version != text.version).last()
    }

    /// All versions.
    pub fn iter(&self) -> impl Iterator<Item = &LegalText> {
        self.0.iter()
    }
}

impl LegalText {
    /// What the linter finds; nothing for a text that may be released, published and offered.
    pub fn findings(&self) -> Vec<Finding> {
        let wording = (self.family == TextFamily::Scc).then(|| Both {
            de: wording::clause_numbers(&self.wording.de),
            en: wording::clause_numbers(&self.wording.en),
        });
        let mut findings = legal_lint::lint(&TextUnderTest {
            sheets: Both {
                de: sheets(&self.files.de, &self.sections.de),
                en: sheets(&self.files.en, &self.sections.en),
            },
            checklist: &self.checklist,
            boxes: self.boxes.iter().map(|b| b.id.as_str()).collect(),
            values: VALUES,
            options: OPTIONS,
            wording,
        });
        for (what, b) in [("summary", &self.summary), ("change_note", &self.change_note)] {
            if b.de.len() != b.en.len() {
                let (place, fault) = ("text.toml".into(), Fault::Languages(what.into()));
                findings.push(Finding { place, fault });
            }
        }
        findings
    }

    /// Whether only the official wording is missing: then the text is well, and cannot be offered yet.
    pub fn waits_for_wording(&self) -> bool {
        let findings = self.findings();
        !findings.is_empty() && findings.iter().all(|f| matches!(f.fault, Fault::Wording(_)))
    }
}

fn sheets<'a>(files: &'a [String], sections: &'a [SectionSource]) -> Vec<Sheet<'a>> {
    files.iter().zip(sections).map(|(file, section)| Sheet { file, section }).collect()
}

/// Names of the values that the document of a contract puts in.
pub const VALUES: &[&str] = &[
    "customer.number",
    "customer.legal_name",
    "customer.street",
    "customer.postal_code",
    "customer.city",
    "customer.country",
    "customer.register",
    "customer.privacy_contact",
    "customer.breach_contact",
    "customer.instructing",
    "contract.number",
    "contract.version",
    "contract.text_version",
    "contract.language_name",
    "contract.main_contract",
    "contract.services",
    "contract.notice_days",
    "contract.concluded_on",
    "contract.portal_url",
    "contract.wording_hash",
    "annex.toms_number",
    "annex.toms_date",
    "annex.toms_hash",
    "annex.subprocessors_number",
    "annex.subprocessors_date",
    "annex.subprocessors_hash",
    "provider.legal_name",
    "provider.street",
    "provider.postal_code",
    "provider.city",
    "provider.country",
    "provider.register_court",
    "provider.register_number",
    "provider.represented_by",
    "provider.vat_id",
    "provider.privacy_email",
    "provider.dpo",
    "provider.breach_email",
    "provider.breach_phone",
    "provider.jurisdiction",
];

/// Names of the options that the document of a contract sets.
pub const OPTIONS: &[&str] = &[
    "customer_is_processor",
    "special_categories",
    "professional_secrecy",
    "general_authorisation",
    "specific_authorisation",
    "docking",
    "remote_support",
    "remote_maintenance",
    "log_analysis",
    "hosting",
    "monitoring",
    "telecommunication",
];

fn folder_of(text: &LegalText) -> String {
    format!("legal/{}/{}", text.family.name(), text.version)
}

/// Files below `legal/<family>` that belong to no version: the official wording.
fn wording_file(family: TextFamily, lang: &str) -> String {
    format!("legal/{}/clauses.{lang}.txt", family.name())
}

fn load_family(source: &Source, family: TextFamily) -> Result<Vec<LegalText>, ContentError> {
    let files = source.files(&format!("legal/{}", family.name()));
    let mut versions: Vec<&str> =
        files.iter().filter(|f| f.split('/').count() > 3).filter_map(|f| f.split('/').nth(2)).collect();
    versions.dedup();
    versions.sort_by_key(|version| age(version));
    let read = |lang: &str| {
        let file = wording_file(family, lang);
        // Not there is no mistake: the provider may not want to offer this family.
        if files.contains(&file) { source.text(&file).map(|t| wording::parse(&t)) } else { Ok(Vec::new()) }
    };
    let wording = Both { de: read("de")?, en: read("en")? };
    let load = |(n, v): (usize, &str)| load_version(source, &files, family, v, n == 0, &wording);
    versions.into_iter().enumerate().map(load).collect()
}

fn load_version(
    source: &Source,
    files: &[String],
    family: TextFamily,
    version: &str,
    first: bool,
    wording: &Both<Vec<Part>>,
) -> Result<LegalText, ContentError> {
    let dir = format!("legal/{}/{version}", family.name());
    let head: TextFile = source.toml(&format!("{dir}/text.toml"))?;
    let checklist: ChecklistFile = source.toml(&format!("{dir}/checklist.toml"))?;
    let change = change_of(&head, first).map_err(|what| wrong(&format!("{dir}/text.toml"), what))?;
    Ok(LegalText {
        version: version.into(),
        family,
        change,
        title: head.title,
        subtitle: head.subtitle,
        summary: head.summary,
        boxes: head.boxes,
        change_note: head.change_note,
        sections: Both {
            de: load_sections(source, files, &format!("{dir}/de/"))?,
            en: load_sections(source, files, &format!("{dir}/en/"))?,
        },
        files: Both { de: names(files, &dir, "de"), en: names(files, &dir, "en") },
        checklist: checklist.item,
        wording: wording.clone(),
        sha256: hash(source, files, &format!("{dir}/"))?,
    })
}

/// The first version of a family changes nothing; every later one says of what kind it is, and what is different.
fn change_of(head: &TextFile, first: bool) -> Result<Change, &'static str> {
    let told = !head.change_note.de.is_empty() && !head.change_note.en.is_empty();
    match (head.change.as_deref(), head.accept_days) {
        _ if first => Ok(Change::First),
        (Some("editorial" | "material"), _) if !told => {
            Err("change_note.de and change_note.en say what is different")
        }
        (Some("editorial"), None) => Ok(Change::Editorial),
        (Some("material"), Some(accept_days)) if i64::from(accept_days) >= ACCEPT_FLOOR_DAYS => {
            Ok(Change::Material { accept_days })
        }
        (Some("material"), _) => Err("a material change needs accept_days, six weeks at least"),
        _ => Err("change is \"editorial\", or \"material\" with accept_days"),
    }
}

fn names(files: &[String], dir: &str, lang: &str) -> Vec<String> {
    let prefix = format!("{dir}/{lang}/");
    let own = files.iter().filter(|f| f.starts_with(&prefix));
    own.map(|f| f[dir.len() + 1..].to_string()).collect()
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

/// SHA-256 over official wording, as the contract names it.
pub fn wording_hash(parts: &[Part]) -> String {
    let mut all = String::new();
    for part in parts {
        all.push_str(&part.heading);
        all.push('\n');
        for p in &part.paragraphs {
            all.push_str(p);
            all.push('\n');
        }
    }
    fingerprint(&all)
}
