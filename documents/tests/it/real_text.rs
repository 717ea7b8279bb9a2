//! The contract text that is really in `content/legal`, in its real length.

use crate::tools;
use documents::{contract_pdf, samples};
use domain::Lang;
use domain::legal_text::{parse_section, print};
use std::collections::BTreeSet;
use std::path::PathBuf;

#[test]
fn the_real_text_can_be_printed() {
    for lang in Lang::ALL {
        let Some(sources) = sources(lang) else { return };
        let sections: Vec<_> = sources.iter().map(|s| parse_section(s).unwrap()).collect();
        let values = sources.iter().flat_map(|s| placeholders(s)).collect();
        let reference = if lang == Lang::De { "§" } else { "section" };
        let mut document = samples::full(lang);
        document.sections = print(&sections, &BTreeSet::new(), &values, reference).unwrap();
        let pdf = contract_pdf(&document, None).unwrap_or_else(|e| panic!("{e:?}"));
        tools::preview(&format!("real-{}", lang.code()), &pdf);
        let Some(pages) = tools::pages(&pdf) else { return };
        let words = pages.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        for section in &document.sections {
            assert!(words.contains(&section.title), "{}", section.title);
        }
    }
}

/// The newest version; `None` while there is none.
fn sources(lang: Lang) -> Option<Vec<String>> {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../content/legal/av"));
    let newest = sorted(root)?.pop()?;
    let files = sorted(newest.join(lang.code()))?;
    Some(files.into_iter().map(|f| std::fs::read_to_string(f).unwrap()).collect())
}

fn sorted(folder: PathBuf) -> Option<Vec<PathBuf>> {
    let mut found: Vec<_> = std::fs::read_dir(folder).ok()?.map(|e| e.unwrap().path()).collect();
    found.sort();
    Some(found)
}

fn placeholders(source: &str) -> Vec<(String, String)> {
    let names = source.split('{').skip(1).filter_map(|s| s.split_once('}')).map(|(name, _)| name);
    names.map(|n| (n.into(), n.replace(['.', '_'], " "))).collect()
}
