//! The contract texts for staff: every version, whether it is on offer, and what the linter says.

use super::text_parts::family;
use crate::components::{Tone, badge, crumbs, link, page_head, table, text};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::{DateTime, NaiveDate, Utc};
use domain::legal_text::TextFamily;
use leptos::prelude::*;

/// All versions.
#[derive(Clone, Debug)]
pub struct TextsView {
    /// One row a version.
    pub rows: Vec<TextRow>,
}

/// A version in the list.
#[derive(Clone, Debug)]
pub struct TextRow {
    /// Its name.
    pub version: String,
    /// Its family.
    pub family: TextFamily,
    /// `first`, `editorial`, `material`.
    pub change: &'static str,
    /// When it was published.
    pub published: Option<DateTime<Utc>>,
    /// Until when older ones open the gate.
    pub accept_until: Option<NaiveDate>,
    /// A newer one is published.
    pub passed: bool,
    /// How many findings it has.
    pub findings: usize,
}

/// The whole page.
pub fn render(shell: Shell, view: TextsView) -> String {
    let t = shell.t();
    layout::render(shell.at("annexes", t.t("texts-title")), move || body(t, view))
}

fn body(t: T, v: TextsView) -> AnyView {
    let columns = ["version", "family", "state", "change", "published", "accept"];
    let columns = columns.map(|c| t.t(&format!("texts-{c}"))).to_vec();
    let rows = v.rows.into_iter().map(|r| row(t, r)).collect();
    view! {
        {crumbs(t, vec![(t.t("annexes-title"), t.url("/annexes"))])}
        {page_head(t.t("texts-title"), t.t("texts-lead"), Vec::new())}
        {table(t.t("texts-title"), columns, rows)}
    }
    .into_any()
}

fn row(t: T, r: TextRow) -> Vec<AnyView> {
    let none = || t.t("texts-none");
    vec![
        link(r.version.clone(), t.url(&format!("/texts/{}", r.version))),
        text(family(t, r.family)),
        state(t, &r),
        text(t.t(&format!("text-kind-{}", r.change))),
        text(r.published.map_or_else(none, |at| format::day(t, at))),
        text(r.accept_until.map_or_else(none, |d| format::date(t, d))),
    ]
}

/// Where a version stands.
pub fn state(t: T, r: &TextRow) -> AnyView {
    match (r.published, r.passed, r.findings) {
        (_, _, n) if n > 0 => badge(Tone::Bad, t.tr("text-state-findings", &[("count", &n.to_string())])),
        (Some(_), false, _) => badge(Tone::Good, t.t("text-state-offered")),
        (_, true, _) => badge(Tone::Plain, t.t("text-state-passed")),
        (None, false, _) => badge(Tone::Warn, t.t("text-state-waiting")),
    }
}

/// Made-up rows.
pub fn sample_rows() -> Vec<TextRow> {
    let at = DateTime::from_timestamp(1_795_424_400, 0);
    let row = |version: &str, change, published, passed, findings| TextRow {
        version: version.into(),
        family: if version.starts_with("scc") { TextFamily::Scc } else { TextFamily::Av },
        change,
        published,
        accept_until: (change == "material").then(|| NaiveDate::from_ymd_opt(2027, 1, 22)).flatten(),
        passed,
        findings,
    };
    vec![
        row("2026-3", "editorial", None, false, 0),
        row("2026-2", "material", at, false, 0),
        row("2026-1", "first", at, true, 0),
        row("scc-2026-1", "first", None, false, 2),
    ]
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    use domain::permission::StaffRole;
    let shell = crate::samples::staff_shell(lang, "/texts", &[StaffRole::PrivacyOfficer]);
    vec![("texts", render(shell, TextsView { rows: sample_rows() }))]
}
