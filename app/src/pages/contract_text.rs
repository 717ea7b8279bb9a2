//! A contract as a text to be read: parties, summary, numbered clauses, annexes in place. The same document as
//! the PDF prints; the labels around it are in the language of the contract.

use crate::components::{Block, Chapter, details, facts_text, legal_text, p, points, table, text};
use crate::i18n::T;
use domain::contract::ContractDocument;
use domain::contract::document::{Party, ServiceBlock, Stamp, SubprocessorRow, TomControl};
use domain::legal_text::{Block as Piece, Clause, Section, TextFamily};
use leptos::prelude::*;

/// The whole text with its table of contents.
pub fn contract_text(d: &ContractDocument) -> AnyView {
    let w = T(d.language);
    let mut chapters = vec![cover(w, d)];
    chapters.extend(d.sections.iter().map(|s| section(w, s)));
    chapters.extend(wording(w, d));
    chapters.extend(annex_of_parties(w, d));
    chapters.extend([annex_1(w, d), annex_2(w, d), annex_3(w, d)]);
    let lang = d.language.code();
    view! { <div lang=lang>{legal_text(w, chapters)}</div> }.into_any()
}

fn cover(w: T, d: &ContractDocument) -> Chapter {
    let head = facts_text(vec![
        (w.t("doc-number"), d.number.clone()),
        (w.t("doc-version"), d.version.to_string()),
        (w.t("doc-text-version"), d.text_version.clone()),
    ]);
    let (customer, provider) =
        (party(&w.t("doc-customer"), &d.customer), party(&w.t("doc-provider"), &d.provider));
    let (title, subtitle) = (d.title.clone(), d.subtitle.clone());
    let opening =
        view! { <p class="cover__title">{title}</p><p class="cover__subtitle">{subtitle}</p> }.into_any();
    let summary = view! { <div class="short"><h3>{w.t("doc-summary")}</h3>{points(d.summary.clone())}</div> };
    let parties = view! { <div class="parties">{customer}{provider}</div> }.into_any();
    Chapter {
        id: "parties-and-summary".into(),
        number: String::new(),
        title: w.t("doc-overview"),
        blocks: [opening, head, parties, summary.into_any()].map(Block::Any).into(),
        annex: false,
    }
}

fn party(label: &str, party: &Party) -> AnyView {
    let lines = [&party.street, &party.place, &party.country].map(|line| {
        let line = line.clone();
        view! { {line}<br /> }.into_any()
    });
    let rows: Vec<_> = party.rows.iter().map(|r| (r.label.clone(), r.value.clone())).collect();
    let (label, name) = (label.to_string(), party.name.clone());
    view! {
        <div class="party">
            <p class="party__role">{label}</p>
            <p class="party__name">{name}</p>
            <p>{lines.into_iter().collect::<Vec<_>>()}</p>
            {facts_text(rows)}
        </div>
    }
    .into_any()
}

fn section(w: T, s: &Section) -> Chapter {
    Chapter {
        id: format!("section-{}", s.id),
        number: w.tr("doc-section", &[("n", &s.number.to_string())]),
        title: s.title.clone(),
        blocks: s.clauses.iter().map(|c| Block::Any(clause(c))).collect(),
        annex: false,
    }
}

fn clause(c: &Clause) -> AnyView {
    let number = format!("({})", c.number);
    let blocks: Vec<_> = c
        .blocks
        .iter()
        .map(|b| match b {
            Piece::Paragraph { text } => p(text.clone()),
            Piece::List { items } => points(items.clone()),
        })
        .collect();
    view! { <div class="clause"><span class="clause__number">{number}</span><div>{blocks}</div></div> }
        .into_any()
}

/// Official wording that the clauses take in: with its own headings, without our numbers.
fn wording(w: T, d: &ContractDocument) -> Option<Chapter> {
    let mut blocks = Vec::new();
    for part in &d.wording {
        blocks.extend((!part.heading.is_empty()).then(|| Block::Heading(part.heading.clone())));
        blocks.extend(part.paragraphs.iter().cloned().map(Block::Paragraph));
    }
    (!blocks.is_empty()).then(|| Chapter {
        id: "official-wording".into(),
        number: String::new(),
        title: w.t("doc-wording"),
        blocks,
        annex: true,
    })
}

/// The parties as an annex of their own, in a text that counts its annexes like the standard clauses.
fn annex_of_parties(w: T, d: &ContractDocument) -> Option<Chapter> {
    let parties = [("doc-customer", &d.customer), ("doc-provider", &d.provider)];
    let blocks = parties.map(|(role, p)| Block::Any(party(&w.t(role), p)));
    (d.family == TextFamily::Scc).then(|| annex(w, d, 0, "doc-annex-parties", blocks.into()))
}

fn annex(w: T, d: &ContractDocument, n: usize, title: &str, blocks: Vec<Block>) -> Chapter {
    let number = match d.family {
        TextFamily::Av => w.tr("doc-annex", &[("n", &n.to_string())]),
        TextFamily::Scc => w.tr("doc-annex-scc", &[("n", ["I", "II", "III", "IV", "V"][n.min(4)])]),
    };
    Chapter { id: format!("annex-{n}"), number, title: w.t(title), blocks, annex: true }
}

fn annex_1(w: T, d: &ContractDocument) -> Chapter {
    let mut blocks: Vec<_> = d.processing.iter().flat_map(|s| service(w, s)).collect();
    blocks.push(Block::Heading(w.t("doc-particulars")));
    let rows = d.particulars.iter().map(|r| (r.label.clone(), r.value.clone())).collect();
    blocks.push(Block::Any(facts_text(rows)));
    annex(w, d, 1, "doc-annex-1", blocks)
}

fn service(w: T, s: &ServiceBlock) -> [Block; 2] {
    let row = |key: &str, value: &str| (w.t(key), value.to_string());
    let list = |key: &str, values: &[String]| (w.t(key), values.join(", "));
    let rows = vec![
        row("doc-subject", &s.subject),
        row("doc-nature", &s.nature),
        (w.t("doc-operations"), s.operations.join("; ")),
        row("doc-purpose", &s.purpose),
        list("doc-data", &s.data),
        list("doc-subjects", &s.subjects),
        row("doc-place", &s.place),
    ];
    [Block::Heading(s.name.clone()), Block::Any(facts_text(rows))]
}

/// Which edition of an annex this is; its fingerprint for whoever wants to check.
fn stamp(w: T, s: &Stamp) -> Block {
    let edition = w.tr("doc-stamp", &[("n", &s.number.to_string()), ("date", &s.date)]);
    let (label, sha256) = (w.t("doc-hash"), s.sha256.clone());
    Block::Any(details(
        edition,
        vec![view! { <p class="note">{label}": "<code>{sha256}</code></p> }.into_any()],
    ))
}

fn annex_2(w: T, d: &ContractDocument) -> Chapter {
    let mut blocks = vec![stamp(w, &d.toms.stamp)];
    if d.toms.controls.is_empty() {
        blocks.push(Block::Paragraph(w.t("doc-no-measures")));
    }
    blocks.extend(d.toms.controls.iter().flat_map(|c| control(w, c)));
    annex(w, d, 2, "doc-annex-2", blocks)
}

fn control(w: T, c: &TomControl) -> [Block; 2] {
    let columns = vec![w.t("doc-measure"), w.t("doc-measure-text"), w.t("doc-services")];
    let rows = c.measures.iter().map(|m| vec![text(&m.title), text(&m.text), text(&m.services)]);
    let title = if c.basis.is_empty() { c.name.clone() } else { format!("{} ({})", c.name, c.basis) };
    [Block::Heading(title), Block::Any(table(&c.name, columns, rows.collect()))]
}

fn annex_3(w: T, d: &ContractDocument) -> Chapter {
    let mut blocks = vec![stamp(w, &d.subprocessors.stamp)];
    if d.subprocessors.rows.is_empty() {
        blocks.push(Block::Paragraph(w.t("doc-no-subprocessors")));
    }
    blocks.extend(d.subprocessors.rows.iter().flat_map(|r| subprocessor(w, r)));
    annex(w, d, 3, "doc-annex-3", blocks)
}

fn subprocessor(w: T, r: &SubprocessorRow) -> [Block; 2] {
    let rows = [
        ("doc-address", &r.address),
        ("doc-contact", &r.contact),
        ("doc-service", &r.service),
        ("doc-data", &r.data),
        ("doc-places", &r.places),
        ("doc-transfer", &r.transfer),
        ("doc-since", &r.since),
    ];
    let rows = rows.map(|(key, value)| (w.t(key), value.clone()));
    [Block::Heading(r.name.clone()), Block::Any(facts_text(rows.into()))]
}
