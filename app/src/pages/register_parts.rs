//! What the pages of the three registers share: the way between them, the list, the timeline, files, side of the reader.

use super::contract_parts::Happened;
use crate::components::{
    Moment, Tone, Weight, badge, button_link, download, empty, link, notice, p, points, row, table, text,
    timeline,
};
use crate::format;
use crate::i18n::T;
use chrono::{DateTime, NaiveDate, Utc};
use domain::register::FileRef;
use domain::{CustomerId, Service};
use leptos::prelude::*;

/// For whom a page is.
#[derive(Clone, Debug)]
pub enum Side {
    /// Somebody of the customer.
    Customer {
        /// Which.
        id: CustomerId,
        /// Speaks for the customer: may instruct and ask.
        voice: bool,
    },
    /// Somebody of the provider.
    Staff {
        /// May record, acknowledge, carry out.
        keeper: bool,
        /// Privacy officer.
        officer: bool,
    },
}

impl Side {
    /// Where the register lies on this side, without the language.
    pub fn base(&self, area: &str) -> String {
        match self {
            Self::Customer { id, .. } => format!("/my/{id}/{area}"),
            Self::Staff { .. } => format!("/{area}"),
        }
    }

    /// The entry of the navigation.
    pub fn active(&self) -> &'static str {
        match self {
            Self::Customer { .. } => "my",
            Self::Staff { .. } => "registers",
        }
    }

    /// Whether the reader speaks for the customer.
    pub fn voice(&self) -> bool {
        matches!(self, Self::Customer { voice: true, .. })
    }

    /// Whether the reader may take up and carry out.
    pub fn keeper(&self) -> bool {
        matches!(self, Self::Staff { keeper: true, .. })
    }

    /// Whether the reader is a privacy officer.
    pub fn officer(&self) -> bool {
        matches!(self, Self::Staff { officer: true, .. })
    }
}

/// The three registers: area of the path and key of the word.
const REGISTERS: [(&str, &str); 3] = [
    ("instructions", "registers-instructions"),
    ("breaches", "registers-breaches"),
    ("audits", "registers-audits"),
];

/// Why nothing new can be entered now.
pub fn needs_contract(t: T) -> AnyView {
    notice(Tone::Info, "", vec![p(t.t("refusal-no-contract"))])
}

/// The way from one register to the others.
pub fn ways(t: T, side: &Side, here: &str) -> AnyView {
    let items: Vec<_> = REGISTERS
        .iter()
        // Breaches are the privacy officer's: others of the staff do not get in.
        .filter(|(area, _)| *area != "breaches" || !matches!(side, Side::Staff { officer: false, .. }))
        .map(|(area, key)| {
            let weight = if *area == here { Weight::Secondary } else { Weight::Quiet };
            button_link(weight, t.t(key), t.url(&side.base(area)))
        })
        .collect();
    view! { <nav aria-label=t.t("registers-title")>{row(items)}</nav> }.into_any()
}

/// The trail above a page of a register.
pub fn trail(t: T, side: &Side, area: &str, key: &str) -> Vec<(String, String)> {
    let mut trail = Vec::new();
    if let Side::Customer { id, .. } = side {
        trail.push((t.t("nav-my"), t.url(&format!("/my/{id}"))));
    }
    trail.push((t.t(key), t.url(&side.base(area))));
    trail
}

/// An entry of a list.
#[derive(Clone, Debug)]
pub struct EntryLine {
    /// Its number.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// Whose; empty on a customer's side.
    pub customer: String,
    /// Stable name of its state.
    pub state: &'static str,
    /// When it was entered.
    pub at: DateTime<Utc>,
    /// Last day, where there is one.
    pub due: Option<NaiveDate>,
    /// Its page, with the language.
    pub href: String,
}

/// The list of a register; `register` is its name in the keys.
pub fn entries(t: T, register: &str, side: &Side, lines: &[EntryLine]) -> AnyView {
    if lines.is_empty() {
        let (title, words) =
            (format!("registers-none-{register}"), format!("registers-none-text-{register}"));
        return empty(t.t(&title), t.t(&words));
    }
    let staff = matches!(side, Side::Staff { .. });
    let mut columns = vec![t.t("register-number"), t.t("register-about")];
    if staff {
        columns.push(t.t("doc-customer"));
    }
    columns.extend([t.t("contract-state"), t.t("register-entered"), t.t("register-due")]);
    let rows = lines.iter().map(|l| {
        let mut cells = vec![link(l.number.clone(), l.href.clone()), text(&l.title)];
        if staff {
            cells.push(text(if l.customer.is_empty() { "–" } else { &l.customer }));
        }
        cells.extend([
            entry_badge(t, register, l.state),
            text(format::day(t, l.at)),
            text(l.due.map_or_else(|| "–".into(), |d| format::date(t, d))),
        ]);
        cells
    });
    table(t.t("registers-title"), columns, rows.collect())
}

/// The badge of an entry's state: `entry-<register>-<state>`.
pub fn entry_badge(t: T, register: &str, state: &str) -> AnyView {
    badge(tone_of(state), t.t(&format!("entry-{register}-{state}")))
}

/// What a state or an event means to the eye.
fn tone_of(state: &str) -> Tone {
    match state {
        "carried_out" | "told" | "supplemented" | "agreed" | "delivered" | "measure_done" => Tone::Good,
        "unconfirmed" | "recorded" | "asked" | "given" | "proposed" | "answered" | "finding" => Tone::Warn,
        "suspended" | "refused" | "point_refused" => Tone::Bad,
        "acknowledged" | "insisted" | "changed" | "confirmed" => Tone::Info,
        _ => Tone::Plain,
    }
}

/// What happened, as the audit chain has it: `event-<register>-<kind>`.
pub fn happenings(t: T, register: &str, events: &[Happened]) -> AnyView {
    let moments = events.iter().map(|e| Moment {
        when: format::time(t, e.at),
        machine: format::machine(e.at),
        what: t.t(&format!("event-{register}-{}", e.kind)),
        who: e.who.clone(),
        note: String::new(),
        document: None,
        tone: tone_of(&e.kind),
    });
    timeline(moments.collect())
}

/// Names of services.
pub fn services(t: T, services: &[Service]) -> AnyView {
    points(services.iter().map(|s| t.t(&format!("service-{}", s.name()))).collect())
}

/// Files to take along; `base` is the address above them.
pub fn files(t: T, files: &[FileRef], base: &str) -> AnyView {
    let lines: Vec<_> = files
        .iter()
        .map(|f| {
            let label = format!("{} ({})", f.name, format::size(t, f.size));
            let hash = f.sha256.clone();
            view! {
                <div class="stack">
                    {download(label, format!("{base}/{}", f.document))}
                    <p class="note">{t.t("doc-hash")}": "<code>{hash}</code></p>
                </div>
            }
            .into_any()
        })
        .collect();
    lines.into_any()
}

/// A text of several lines as it was typed.
pub fn typed(text: &str) -> AnyView {
    let lines: Vec<_> = text
        .split("\n\n")
        .map(|part| {
            let lines: Vec<_> = part.lines().map(|l| view! { {l.to_string()}<br /> }.into_any()).collect();
            view! { <p>{lines}</p> }.into_any()
        })
        .collect();
    lines.into_any()
}
