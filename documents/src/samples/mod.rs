//! Contracts and deletion certificates to try the templates with, each in both languages: the smallest, a usual one,
//! one whose values overflow everything, and one that wants to break out. Tests and the developer's preview use them.

mod deletion;
mod full;
mod hostile;

pub use deletion::{deletions, full_deletion};
pub use full::{full, full_draft, standard_clauses};
pub use hostile::{HOSTILE, hostile, overflowing};

use domain::Lang;
use domain::contract::ContractDocument;
use domain::contract::document::{Party, SCHEMA, SubprocessorAnnex, TomAnnex};
use domain::legal_text::{Block, Clause, Section, TextFamily};

/// 23 November 2026, 10:00 UTC.
pub const TIMESTAMP: i64 = 1_795_428_000;

type Make = fn(Lang) -> ContractDocument;

/// Every sample with its name, in both languages.
pub fn all() -> Vec<(String, ContractDocument)> {
    let kinds: [(&str, Make); 6] = [
        ("minimal", minimal),
        ("full", full),
        ("draft", full_draft),
        ("standard-clauses", standard_clauses),
        ("overflowing", overflowing),
        ("hostile", hostile),
    ];
    let named =
        |(name, make): (&str, Make)| Lang::ALL.map(|lang| (format!("{name}-{}", lang.code()), make(lang)));
    kinds.into_iter().flat_map(named).collect()
}

/// The smallest contract that can be printed: a draft with one clause and empty annexes.
pub fn minimal(lang: Lang) -> ContractDocument {
    let text =
        pick(lang, "Der Anbieter verarbeitet Daten im Auftrag.", "The provider processes data on behalf.");
    let party = |name: &str| Party { name: name.into(), ..Party::default() };
    ContractDocument {
        schema: SCHEMA.into(),
        language: lang,
        number: "AVV-2026-0001".into(),
        version: 1,
        text_version: "2026-1".into(),
        family: TextFamily::Av,
        title: pick(lang, "Vertrag zur Auftragsverarbeitung", "Data Processing Agreement"),
        subtitle: String::new(),
        provider: party("Fluxpunkt GmbH"),
        customer: party("Muster GmbH"),
        summary: Vec::new(),
        sections: vec![section(1, &pick(lang, "Gegenstand", "Subject"), vec![vec![paragraph(&text)]])],
        wording: Vec::new(),
        processing: Vec::new(),
        particulars: Vec::new(),
        toms: TomAnnex::default(),
        subprocessors: SubprocessorAnnex::default(),
        evidence: None,
        timestamp: TIMESTAMP,
        verify_url: String::new(),
    }
}

fn pick(lang: Lang, de: &str, en: &str) -> String {
    match lang {
        Lang::De => de.into(),
        Lang::En => en.into(),
    }
}

fn section(number: usize, title: &str, clauses: Vec<Vec<Block>>) -> Section {
    let clause = |(i, blocks)| Clause { number: i + 1, id: format!("sample{number}.c{i}"), blocks };
    let clauses = clauses.into_iter().enumerate().map(clause).collect();
    Section { number, id: format!("sample{number}"), title: title.into(), clauses }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph { text: text.into() }
}

fn list(items: &[&str]) -> Block {
    Block::List { items: items.iter().map(|&i| i.into()).collect() }
}
