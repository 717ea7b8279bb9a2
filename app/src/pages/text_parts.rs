//! What the pages about contract texts share: the difference of two texts, and names of versions and kinds.

use crate::components::{Tone, badge, compare, difference, empty, link, notice, p, text};
use crate::format;
use crate::i18n::T;
use chrono::NaiveDate;
use domain::legal_diff::{ChangeKind, ClauseChange};
use domain::{ContractId, CustomerId};
use leptos::prelude::*;

/// The clauses that differ, words marked inside their sentences. `lang` is the language of the text.
pub fn changes(t: T, lang: domain::Lang, changes: &[ClauseChange]) -> AnyView {
    if changes.is_empty() {
        return empty(t.t("text-no-changes"), t.t("text-no-changes-text"));
    }
    let all: Vec<_> = changes.iter().map(|c| change(t, lang, c)).collect();
    view! { <div class="stack">{all}</div> }.into_any()
}

fn change(t: T, lang: domain::Lang, c: &ClauseChange) -> AnyView {
    let tone = match c.kind {
        ChangeKind::Added => Tone::Good,
        ChangeKind::Changed => Tone::Info,
        ChangeKind::Removed => Tone::Warn,
    };
    let title = t.tr("text-change-title", &[("section", &c.section), ("clause", &c.id)]);
    let mark = badge(tone, t.t(&format!("text-change-{}", c.kind.name())));
    let lines: Vec<_> = c
        .lines
        .iter()
        .map(|(old, new)| if old == new { p(new.clone()) } else { difference(compare(old, new)) })
        .collect();
    view! {
        <section class="section">
            <div class="section__head"><h3>{title}</h3><div class="row">{mark}</div></div>
            <div lang=lang.code()>{lines}</div>
        </section>
    }
    .into_any()
}

/// Where a newer text than a contract's is published: whether anything is to be done, and the way to the difference.
pub fn newer_text(
    t: T,
    customer: CustomerId,
    contract: ContractId,
    newer: Option<&(String, Option<NaiveDate>)>,
) -> AnyView {
    let Some((version, until)) = newer else { return ().into_any() };
    let to = t.url(&format!("/my/{customer}/contracts/{contract}/text"));
    let way = link(t.t("text-since-link"), to);
    let way = view! { <p>{way}</p> }.into_any();
    if let Some(day) = until {
        let day = format::date(t, *day);
        let title = t.tr("text-since-material-title", &[("date", &day)]);
        notice(Tone::Warn, title, vec![p(t.tr("text-since-material", &[("date", &day)])), way])
    } else {
        let title = t.tr("text-since-newer-title", &[("version", version)]);
        notice(Tone::Info, title, vec![p(t.t("text-since-editorial")), way])
    }
}

/// The family in words.
pub fn family(t: T, family: domain::legal_text::TextFamily) -> String {
    t.t(&format!("text-family-{}", family.name()))
}

/// Plain sentences below each other.
pub fn sentences(all: &[String]) -> AnyView {
    let items: Vec<_> = all.iter().map(|s| view! { <li>{text(s.clone())}</li> }.into_any()).collect();
    view! { <ul>{items}</ul> }.into_any()
}

/// A difference as samples show it.
pub fn sample_changes(lang: domain::Lang) -> Vec<ClauseChange> {
    let say = |de: &str, en: &str| if lang == domain::Lang::De { de.to_string() } else { en.to_string() };
    let section = say("Unterauftragsverarbeiter", "Sub-processors");
    let line = |old: (&str, &str), new: (&str, &str)| (say(old.0, old.1), say(new.0, new.1));
    vec![
        ClauseChange {
            id: "subprocessors.notice".into(),
            section: section.clone(),
            lines: vec![line(
                ("Die Frist beträgt 14 Tage <netto>.", "The period is 14 days <net>."),
                ("Die Frist beträgt 30 Tage <netto>.", "The period is 30 days <net>."),
            )],
            kind: ChangeKind::Changed,
        },
        ClauseChange {
            id: "subprocessors.phone".into(),
            section: section.clone(),
            lines: vec![line(("", ""), ("Notfalls ruft der Anbieter an.", "If need be the Provider calls."))],
            kind: ChangeKind::Added,
        },
        ClauseChange {
            id: "subprocessors.fax".into(),
            section,
            lines: vec![line(("Ein Fax genügt.", "A fax is sufficient."), ("", ""))],
            kind: ChangeKind::Removed,
        },
    ]
}
