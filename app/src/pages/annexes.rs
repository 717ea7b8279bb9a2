//! The annexes for staff: measures by control, sub-processors, and whether they are confirmed.

use crate::components::{
    Tone, Weight, badge, button_form, code, details, empty, facts, icon_link, notice, p, page_head,
    section_with, table, text,
};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::{DateTime, Utc};
use domain::SnapshotId;
use domain::annex::AnnexKind;
use leptos::prelude::*;

/// Both annexes.
#[derive(Clone, Debug)]
pub struct AnnexesView {
    /// Which version of annex 2.
    pub toms: StampView,
    /// Its controls.
    pub controls: Vec<ControlView>,
    /// Which version of annex 3.
    pub subprocessors: StampView,
    /// Its rows.
    pub rows: Vec<SubprocessorView>,
    /// May confirm.
    pub officer: bool,
}

/// A version of an annex.
#[derive(Clone, Debug)]
pub struct StampView {
    /// Which annex.
    pub kind: AnnexKind,
    /// The snapshot on the page.
    pub id: SnapshotId,
    /// Its number.
    pub number: i32,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// SHA-256, hex.
    pub sha256: String,
    /// Who confirmed it (may be empty), and when.
    pub confirmed: Option<(String, DateTime<Utc>)>,
    /// Number of the confirmed version that counts until then.
    pub in_use: Option<i32>,
}

/// A control with its measures.
#[derive(Clone, Debug)]
pub struct ControlView {
    /// Place.
    pub number: i32,
    /// Name.
    pub name: String,
    /// Measures.
    pub measures: Vec<MeasureView>,
}

/// A measure in words.
#[derive(Clone, Debug)]
pub struct MeasureView {
    /// Title.
    pub title: String,
    /// Sentences.
    pub text: String,
    /// Names of services; empty for all.
    pub services: Vec<String>,
    /// `office`, `own_servers`, `data_centre`, `sub_processor`.
    pub layer: String,
    /// `planned`, `active`, `retired`.
    pub status: String,
}

/// A sub-processor in words.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the columns of the table, already in words")]
pub struct SubprocessorView {
    pub name: String,
    pub address: String,
    pub service: String,
    pub data: String,
    pub places: String,
    pub since: String,
}

/// The whole page.
pub fn render(shell: Shell, view: AnnexesView) -> String {
    let t = shell.t();
    layout::render(shell.at("annexes", t.t("annexes-title")), move || body(t, view))
}

fn body(t: T, v: AnnexesView) -> AnyView {
    let controls: Vec<_> = v.controls.into_iter().map(|c| control(t, c)).collect();
    let texts = icon_link(Weight::Secondary, "file", t.t("texts-title"), t.url("/texts"));
    let toms = [stamp(t, &v.toms, v.officer), controls.into_any()];
    let subprocessors = [stamp(t, &v.subprocessors, v.officer), rows(t, v.rows)];
    view! {
        {page_head(t.t("annexes-title"), t.t("annexes-lead"), vec![texts])}
        {section_with("toms", t.t("annex-toms"), vec![mark(t, &v.toms)], toms.into())}
        {section_with("subprocessors", t.t("annex-subprocessors"), vec![mark(t, &v.subprocessors)], subprocessors.into())}
    }
    .into_any()
}

fn mark(t: T, s: &StampView) -> AnyView {
    match s.confirmed {
        Some(_) => badge(Tone::Good, t.t("annexes-confirmed")),
        None => badge(Tone::Warn, t.t("annexes-template")),
    }
}

fn stamp(t: T, s: &StampView, officer: bool) -> AnyView {
    let number = s.number.to_string();
    let version = t.tr("annexes-stamp", &[("number", &number), ("date", &format::day(t, s.at))]);
    let mut lines =
        vec![(t.t("annexes-version"), text(version)), (t.t("annexes-hash"), code(s.sha256.clone()))];
    if let Some((name, at)) = &s.confirmed {
        let date = format::time(t, *at);
        let words = if name.is_empty() {
            t.tr("annexes-confirmed-on", &[("date", &date)])
        } else {
            t.tr("annexes-confirmed-by", &[("date", &date), ("name", name)])
        };
        lines.push((t.t("annexes-confirmed-label"), text(words)));
        return facts(lines);
    }
    let until = match s.in_use {
        Some(n) => t.tr("annexes-in-use", &[("number", &n.to_string())]),
        None => t.t("annexes-none-in-use"),
    };
    let way = if officer {
        let annex = t.t(&format!("annex-{}", s.kind.name()));
        let label = t.tr("annexes-confirm", &[("number", &number), ("annex", &annex)]);
        let action = t.url(&format!("/annexes/{}/confirm", s.kind.name()));
        button_form(Weight::Secondary, label, action, &[("snapshot", &s.id.to_string())])
    } else {
        p(t.t("annexes-confirm-who"))
    };
    let content = vec![p(t.t("annexes-template-text")), p(until), way];
    view! { {notice(Tone::Warn, t.t("annexes-template"), content)}{facts(lines)} }.into_any()
}

fn control(t: T, c: ControlView) -> AnyView {
    let title = t.tr("annexes-control", &[("number", &c.number.to_string()), ("name", &c.name)]);
    let count = t.tr("annexes-measures", &[("count", &c.measures.len().to_string())]);
    let columns = ["annexes-measure", "annexes-text", "annexes-services", "annexes-layer", "annexes-status"];
    let columns = columns.map(|k| t.t(k)).to_vec();
    let lines = c.measures.into_iter().map(|m| measure(t, m)).collect();
    details(format!("{title} ({count})"), vec![table(title, columns, lines)])
}

fn measure(t: T, m: MeasureView) -> Vec<AnyView> {
    let services = if m.services.is_empty() { t.t("annexes-all-services") } else { m.services.join(", ") };
    let word = |key: String, name: &str| if t.has(&key) { t.t(&key) } else { name.to_string() };
    vec![
        text(m.title),
        text(m.text),
        text(services),
        text(word(format!("annexes-layer-{}", m.layer), &m.layer)),
        text(word(format!("annexes-status-{}", m.status), &m.status)),
    ]
}

fn rows(t: T, rows: Vec<SubprocessorView>) -> AnyView {
    if rows.is_empty() {
        return empty(t.t("annexes-sub-none"), t.t("annexes-sub-none-text"));
    }
    let columns = ["name", "address", "service", "data", "places", "since"]
        .map(|k| t.t(&format!("annexes-sub-{k}")))
        .to_vec();
    let lines = rows
        .into_iter()
        .map(|r| [r.name, r.address, r.service, r.data, r.places, r.since].into_iter().map(text).collect());
    table(t.t("annex-subprocessors"), columns, lines.collect())
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    use domain::permission::StaffRole;
    let at = DateTime::from_timestamp(1_795_424_400, 0).unwrap_or_default();
    let stamp = |kind, confirmed: bool| StampView {
        kind,
        id: SnapshotId(crate::samples::customer_id().0),
        number: 3,
        at,
        sha256: "a7".repeat(32),
        confirmed: confirmed.then(|| ("Clara Öztürk".into(), at)),
        in_use: Some(2),
    };
    let measure = MeasureView {
        title: "Schlüsselverzeichnis".into(),
        text: "Schlüssel werden nur gegen Unterschrift ausgegeben & in einem Verzeichnis geführt.".into(),
        services: Vec::new(),
        layer: "office".into(),
        status: "active".into(),
    };
    let remote =
        MeasureView { services: vec!["Fernwartung".into()], status: "planned".into(), ..measure.clone() };
    let controls = vec![ControlView { number: 1, name: "Zutritt".into(), measures: vec![measure, remote] }];
    let row = SubprocessorView {
        name: "Muster-Rechenzentrum <GmbH>".into(),
        address: "Musterstraße 1, 60311 Frankfurt am Main, Deutschland".into(),
        service: "Stellt Stellfläche, Strom und Kühlung bereit.".into(),
        data: "Stammdaten, E-Mails".into(),
        places: "Frankfurt am Main".into(),
        since: "01.02.2026".into(),
    };
    let view = |confirmed, officer, rows| AnnexesView {
        toms: stamp(AnnexKind::Toms, confirmed),
        controls: controls.clone(),
        subprocessors: stamp(AnnexKind::Subprocessors, confirmed),
        rows,
        officer,
    };
    let shell = || crate::samples::staff_shell(lang, "/annexes", &[StaffRole::PrivacyOfficer]);
    vec![
        ("annexes", render(shell(), view(true, true, vec![row.clone()]))),
        ("annexes-template", render(shell(), view(false, true, vec![row]))),
        ("annexes-reader", render(shell(), view(false, false, Vec::new()))),
    ]
}
