//! One breach: for the privacy officer with who is told and the proof of it, for a customer what it was told.

use super::contract_parts::Happened;
use super::register_parts::{Side, entry_badge, happenings, services, trail, typed};
use crate::components::{
    Field, Tone, Weight, badge, button_form, button_link, button_secondary, crumbs, details, empty,
    error_summary, facts, form, notice, p, page_head, section, split, table, text,
};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::{DateTime, Utc};
use domain::Mistakes;
use domain::register::breach::{BreachState, Phase, Report, hours_left};
use domain::register::{Entry, Register as _};
use leptos::prelude::*;

/// A breach for the privacy officer.
#[derive(Clone, Debug)]
pub struct BreachView {
    /// The entry.
    pub entry: Entry<BreachState>,
    /// Who would be told now: name of the customer, names and addresses.
    pub affected: Vec<(String, Vec<(String, String)>)>,
    /// The proof of delivery.
    pub proofs: Vec<ProofLine>,
    /// Until when the customers are told.
    pub until: DateTime<Utc>,
    /// What happened.
    pub events: Vec<Happened>,
    /// Lesson or reason as typed.
    pub typed: String,
    /// What was wrong.
    pub mistakes: Mistakes,
    /// Now.
    pub now: DateTime<Utc>,
}

/// What became of one notice.
#[derive(Clone, Debug)]
pub struct ProofLine {
    /// Which phase.
    pub phase: usize,
    /// Name of the customer.
    pub customer: String,
    /// Name and address of the person.
    pub person: String,
    /// `queued`, `trying`, `sent`, `failed`, `unknown`.
    pub delivery: &'static str,
    /// When it was handed over.
    pub sent_at: Option<DateTime<Utc>>,
    /// When it was read here.
    pub read_at: Option<DateTime<Utc>>,
}

/// The whole page.
pub fn render(shell: Shell, view: BreachView) -> String {
    let t = shell.t();
    let title = title(t, &view.entry.state);
    layout::render(shell.at("registers", title.clone()), move || body(t, title, &view))
}

fn title(t: T, state: &BreachState) -> String {
    state.report().map_or_else(|| t.t("registers-breaches"), |r| r.title.clone())
}

fn body(t: T, title: String, v: &BreachView) -> AnyView {
    let labels = [("lesson", t.t("breach-lesson")), ("reason", t.t("breach-reason"))];
    let staff = Side::Staff { keeper: true, officer: true };
    let badge = entry_badge(t, "breach", v.entry.state.state());
    let mut main = vec![clock(t, v)];
    if let Some(report) = v.entry.state.report() {
        main.push(section(t.t("breach-known"), vec![report_facts(t, report)]));
    }
    if matches!(v.entry.state, BreachState::Recorded { .. }) {
        main.push(preview(t, v));
    }
    if !v.proofs.is_empty() {
        main.push(section(t.t("breach-proof"), vec![proofs(t, &v.proofs)]));
    }
    main.extend(phases(t, v.entry.state.phases()));
    main.extend(ending(t, &v.entry.state));
    main.push(section(t.t("contract-timeline"), vec![happenings(t, "breach", &v.events)]));
    view! {
        {crumbs(t, trail(t, &staff, "breaches", "registers-breaches"))}
        {error_summary(t, &v.mistakes, &labels)}
        {page_head(title, v.entry.number.clone(), vec![badge])}
        {split(main, side(t, v))}
    }
    .into_any()
}

/// The clock while nobody is told; afterwards whether it was kept.
fn clock(t: T, v: &BreachView) -> AnyView {
    let until = format::exact(t, v.until);
    match &v.entry.state {
        BreachState::Recorded { .. } => {
            let left = hours_left(v.until, v.now);
            let (tone, key) = if left < 0 { (Tone::Bad, "breach-late") } else { (Tone::Warn, "breach-left") };
            let hours = left.unsigned_abs().to_string();
            notice(tone, t.tr(key, &[("hours", &hours)]), vec![p(t.tr("breach-until", &[("until", &until)]))])
        }
        BreachState::Told { phases, .. } => {
            let missing = phases.last().map(|p| p.report.missing()).unwrap_or_default();
            if missing.is_empty() {
                notice(Tone::Good, t.t("breach-complete"), vec![p(t.t("breach-complete-text"))])
            } else {
                let names: Vec<_> = missing.iter().map(|f| t.t(&format!("breach-{f}"))).collect();
                let words = t.tr("breach-missing-text", &[("names", &names.join(", "))]);
                notice(Tone::Warn, t.t("breach-missing"), vec![p(words)])
            }
        }
        _ => notice(Tone::Info, t.t("breach-over"), Vec::new()),
    }
}

fn preview(t: T, v: &BreachView) -> AnyView {
    if v.affected.is_empty() {
        return section(t.t("breach-preview"), vec![empty(t.t("breach-nobody"), t.t("breach-nobody-text"))]);
    }
    let columns = vec![t.t("doc-customer"), t.t("breach-people")];
    let people = |of: &[(String, String)]| {
        of.iter().map(|(name, email)| format!("{name} <{email}>")).collect::<Vec<_>>().join(", ")
    };
    let rows = v.affected.iter().map(|(name, of)| vec![text(name), text(people(of))]);
    let count = v.affected.len().to_string();
    let send = button_form(Weight::Primary, t.t("breach-tell"), at(t, v, "tell"), &[]);
    section(
        t.t("breach-preview"),
        vec![
            p(t.tr("breach-preview-text", &[("count", &count)])),
            table(t.t("breach-preview"), columns, rows.collect()),
            send,
        ],
    )
}

fn proofs(t: T, proofs: &[ProofLine]) -> AnyView {
    let keys = ["breach-phase", "doc-customer", "breach-person", "breach-delivery", "breach-read"];
    let rows = proofs.iter().map(|l| {
        let tone = match l.delivery {
            "sent" => Tone::Good,
            "failed" => Tone::Bad,
            "trying" => Tone::Warn,
            _ => Tone::Plain,
        };
        let when = l.sent_at.map(|at| format::time(t, at)).unwrap_or_default();
        let delivery = t.tr(&format!("delivery-{}", l.delivery), &[("at", &when)]);
        vec![
            text(l.phase.to_string()),
            text(&l.customer),
            text(&l.person),
            badge(tone, delivery),
            text(l.read_at.map_or_else(|| "–".into(), |at| format::time(t, at))),
        ]
    });
    table(t.t("breach-proof"), keys.map(|k| t.t(k)).to_vec(), rows.collect())
}

/// The notices before the last one, folded.
fn phases(t: T, phases: &[Phase]) -> Vec<AnyView> {
    let before = phases.len().saturating_sub(1);
    let one = |(n, phase): (usize, &Phase)| {
        let number = (n + 1).to_string();
        let at = format::exact(t, phase.told.at);
        details(
            t.tr("breach-phase-of", &[("number", &number), ("at", &at)]),
            vec![report_facts(t, &phase.report)],
        )
    };
    phases.iter().take(before).enumerate().map(one).collect()
}

fn ending(t: T, state: &BreachState) -> Option<AnyView> {
    let (title, words, stamp) = match state {
        BreachState::Closed { lesson, closed, .. } => ("breach-lesson", lesson, closed),
        BreachState::Dismissed { reason, dismissed, .. } => ("breach-reason", reason, dismissed),
        _ => return None,
    };
    let by = t.tr("instruction-by", &[("name", &stamp.name), ("at", &format::exact(t, stamp.at))]);
    Some(section(t.t(title), vec![typed(words), p(by)]))
}

/// The facts of a notice; what is not known yet says that it follows.
fn report_facts(t: T, r: &Report) -> AnyView {
    let later = || text(t.t("breach-follows"));
    let or = |s: &str| if s.is_empty() { later() } else { typed(s) };
    facts(vec![
        (t.t("breach-nature"), typed(&r.nature)),
        (t.t("breach-occurred"), or(&r.occurred)),
        (t.t("breach-categories"), or(&r.categories)),
        (t.t("breach-persons"), or(&r.persons)),
        (t.t("breach-records"), or(&r.records)),
        (t.t("breach-consequences"), or(&r.consequences)),
        (t.t("breach-measures"), or(&r.measures)),
        (t.t("breach-proposed"), or(&r.proposed)),
        (t.t("breach-contact"), typed(&r.contact)),
    ])
}

fn at(t: T, v: &BreachView, end: &str) -> String {
    t.url(&format!("/breaches/{}/{end}", v.entry.id))
}

fn side(t: T, v: &BreachView) -> Vec<AnyView> {
    let mut parts = Vec::new();
    match v.entry.state {
        BreachState::Recorded { .. } => {
            let edit = button_link(Weight::Secondary, t.t("breach-revise"), at(t, v, "edit"));
            parts.push(section(t.t("breach-revise"), vec![p(t.t("breach-revise-text")), edit]));
            let reason = Field::textarea("reason", t.t("breach-reason")).hint(t.t("breach-reason-hint"));
            let reason = reason.value(v.typed.clone()).check(t, &v.mistakes).view();
            let send = form(at(t, v, "dismiss"), vec![reason], vec![button_secondary(t.t("breach-dismiss"))]);
            parts.push(section(t.t("breach-dismiss-title"), vec![send]));
        }
        BreachState::Told { .. } => {
            let more = button_link(Weight::Secondary, t.t("breach-supplement"), at(t, v, "edit"));
            parts.push(section(t.t("breach-supplement"), vec![p(t.t("breach-supplement-text")), more]));
            let lesson = Field::textarea("lesson", t.t("breach-lesson")).hint(t.t("breach-lesson-hint"));
            let lesson = lesson.value(v.typed.clone()).check(t, &v.mistakes).view();
            let send = form(at(t, v, "close"), vec![lesson], vec![button_secondary(t.t("breach-close"))]);
            parts.push(section(t.t("breach-close-title"), vec![send]));
        }
        _ => {}
    }
    let reach = v.entry.state.reach();
    let mut rows = vec![
        (t.t("register-number"), text(&v.entry.number)),
        (t.t("breach-aware"), text(format::exact(t, v.entry.state.aware_at()))),
        (t.t("breach-clock"), text(format::exact(t, v.until))),
    ];
    if let Some(first) = v.entry.state.phases().first() {
        rows.push((t.t("breach-told"), text(format::exact(t, first.told.at))));
    }
    if !reach.services.is_empty() {
        rows.push((t.t("breach-services"), services(t, &reach.services)));
    }
    parts.push(section(t.t("instruction-facts"), vec![facts(rows)]));
    parts
}

/// A breach for a customer.
#[derive(Clone, Debug)]
pub struct MyBreachView {
    /// For whom.
    pub side: Side,
    /// The entry.
    pub entry: Entry<BreachState>,
    /// Which phases the customer was told, from 1, and when it read them.
    pub told: Vec<(usize, Option<DateTime<Utc>>)>,
}

/// The whole page.
pub fn render_my(shell: Shell, view: MyBreachView) -> String {
    let t = shell.t();
    let title = title(t, &view.entry.state);
    layout::render(shell.at("my", title.clone()), move || my_body(t, title, &view))
}

fn my_body(t: T, title: String, v: &MyBreachView) -> AnyView {
    let all = v.entry.state.phases();
    let shown = v.told.iter().rev().filter_map(|(n, read)| Some((*n, *read, all.get(n.checked_sub(1)?)?)));
    let phases: Vec<_> = shown
        .map(|(n, read, phase)| {
            let number = n.to_string();
            let heading =
                if n == 1 { t.t("breach-first") } else { t.tr("breach-phase-n", &[("number", &number)]) };
            let told = t.tr("breach-told-at", &[("at", &format::exact(t, phase.told.at))]);
            let read = read.map(|at| p(t.tr("breach-read-at", &[("at", &format::exact(t, at))])));
            section(heading, vec![p(told), read.into_any(), report_facts(t, &phase.report)])
        })
        .collect();
    let badge = entry_badge(t, "breach", v.entry.state.state());
    view! {
        {crumbs(t, trail(t, &v.side, "breaches", "registers-breaches"))}
        {page_head(title, v.entry.number.clone(), vec![badge])}
        {notice(Tone::Warn, t.t("breach-yours"), vec![p(t.t("breach-yours-text"))])}
        {phases}
    }
    .into_any()
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    use crate::samples::registers as made;
    let (customer, staff) = (made::customer_side(), made::staff_side());
    let page = |state| render(made::shell(lang, &staff), made::breach_view(lang, state));
    let all = made::breach_states(lang);
    let of = |name: &str, n: usize| {
        let mut named = all.iter().filter(|s| s.state() == name);
        named.nth(n).or(all.first()).cloned()
    };
    let told = of("told", 1).map(|state| MyBreachView {
        side: customer.clone(),
        entry: made::entry(2, "VF-2026-00001", state),
        told: vec![(1, Some(made::stamp("x", 24).at)), (2, None)],
    });
    let mut pages: Vec<_> = [
        ("breach-recorded", of("recorded", 0)),
        ("breach-told", of("told", 0)),
        ("breach-complete", of("told", 1)),
        ("breach-closed", of("closed", 0)),
        ("breach-dismissed", of("dismissed", 0)),
    ]
    .into_iter()
    .filter_map(|(name, state)| Some((name, page(state?))))
    .collect();
    pages.extend(told.map(|view| ("breach-my", render_my(made::shell(lang, &customer), view))));
    pages
}
