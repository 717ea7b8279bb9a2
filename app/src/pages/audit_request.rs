//! One audit request: what was asked, where it stands, what was handed over and found, what happened.

use super::audit_request_forms::{customer_forms, officer_forms};
use super::contract_parts::Happened;
use super::register_parts::{Side, entry_badge, files, happenings, trail, typed};
use crate::components::{
    Tone, badge, crumbs, error_summary, facts, notice, p, page_head, row, section, split, text,
};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use domain::Mistakes;
use domain::register::audit_request::{AuditRequest, AuditState, DayInput, EndInput, Party};
use domain::register::{Entry, Register as _, Stamp};
use leptos::prelude::*;

/// The request with everything around it.
#[derive(Clone, Debug)]
pub struct AuditView {
    /// The entry.
    pub entry: Entry<AuditState>,
    /// Name of the customer.
    pub customer_name: String,
    /// What happened.
    pub events: Vec<Happened>,
    /// For whom.
    pub side: Side,
    /// Another regular audit took place within a year.
    pub second_in_a_year: bool,
    /// What stands in the forms.
    pub typed: Typed,
    /// What was wrong.
    pub mistakes: Mistakes,
}

/// What was typed into the forms of the page.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The day of an acceptance, with costs.
    pub accept: DayInput,
    /// The day of a proposal, with its reason.
    pub propose: DayInput,
    /// The day wished anew.
    pub wished: String,
    /// Number of a point and why it is refused.
    pub point: (String, String),
    /// A defect.
    pub finding: String,
    /// Number of a defect and what was done.
    pub measure: (String, String),
    /// The note beside a file.
    pub note: String,
    /// The end.
    pub end: EndInput,
}

/// The whole page.
pub fn render(shell: Shell, view: AuditView) -> String {
    let t = shell.t();
    let title = title(t, view.entry.state.request());
    layout::render(shell.at(view.side.active(), title.clone()), move || body(t, title, &view))
}

/// What is asked for, as the title.
pub fn title(t: T, r: &AuditRequest) -> String {
    t.t(&format!("audit-kind-{}", r.kind.name()))
}

const FIELDS: [&str; 14] = [
    "day",
    "costs",
    "other_day",
    "day_reason",
    "wished",
    "point",
    "point_reason",
    "finding",
    "found",
    "measure",
    "file",
    "file_note",
    "result",
    "effort",
];

fn body(t: T, title: String, v: &AuditView) -> AnyView {
    let labels: Vec<(&str, String)> =
        FIELDS.into_iter().map(|f| (f, t.t(&format!("audit-field-{f}")))).collect();
    let state = v.entry.state.state();
    let lead = format!("{} · {}", v.entry.number, v.customer_name);
    let r = v.entry.state.request();
    let main = vec![
        section(t.t("audit-field-points"), vec![points(t, r)]),
        section(t.t("audit-deliveries"), deliveries(t, v)),
        section(t.t("audit-findings"), findings(t, r)),
        ending(t, &v.entry.state).into_any(),
        section(t.t("contract-timeline"), vec![happenings(t, "audit_request", &v.events)]),
    ];
    let second = (v.second_in_a_year && v.side.officer())
        .then(|| notice(Tone::Info, "", vec![p(t.t("audit-second"))]));
    let mut words = vec![p(t.t(&format!("audit-next-text-{state}")))];
    if let AuditState::Proposed { proposal, day, .. } = &v.entry.state {
        words.push(p(t.tr("audit-proposed-day", &[("day", &format::date(t, *day))])));
        words.push(typed(&proposal.reason));
    }
    if let AuditState::Agreed { day, .. } = &v.entry.state {
        words.push(p(t.tr("audit-agreed-day", &[("day", &format::date(t, *day))])));
    }
    view! {
        {crumbs(t, trail(t, &v.side, "audits", "registers-audits"))}
        {error_summary(t, &v.mistakes, &labels)}
        {page_head(title, lead, vec![entry_badge(t, "audit_request", state)])}
        {notice(Tone::Info, t.t(&format!("audit-next-{state}")), words)}
        {second}
        {split(main, side(t, v))}
    }
    .into_any()
}

fn by(t: T, s: &Stamp) -> String {
    t.tr("instruction-by", &[("name", &s.name), ("at", &format::exact(t, s.at))])
}

fn points(t: T, r: &AuditRequest) -> AnyView {
    let items: Vec<_> = r
        .points
        .iter()
        .map(|point| {
            let words = point.text.clone();
            let refused = point.refused.as_ref().map(|x| {
                notice(Tone::Bad, t.t("audit-point-refused"), vec![typed(&x.reason), p(by(t, &x.given))])
            });
            view! { <li>{words}{refused}</li> }.into_any()
        })
        .collect();
    view! { <ol class="points">{items}</ol> }.into_any()
}

fn party(t: T, party: Party) -> String {
    t.t(match party {
        Party::Customer => "audit-by-customer",
        Party::Provider => "audit-by-provider",
    })
}

fn deliveries(t: T, v: &AuditView) -> Vec<AnyView> {
    let r = v.entry.state.request();
    if r.deliveries.is_empty() {
        return vec![p(t.t("audit-no-deliveries"))];
    }
    let base = match &v.side {
        Side::Customer { id, .. } => t.url(&format!("/my/{id}/documents")),
        Side::Staff { .. } => t.url(&format!("/audits/{}/files", v.entry.id)),
    };
    let one = |d: &domain::register::audit_request::Delivery| {
        let note = (!d.note.is_empty()).then(|| typed(&d.note));
        let who = p(format!("{}, {}", party(t, d.party), by(t, &d.given)));
        view! { <div class="card">{files(t, &d.files, &base)}{note}{who}</div> }.into_any()
    };
    r.deliveries.iter().map(one).collect()
}

fn findings(t: T, r: &AuditRequest) -> Vec<AnyView> {
    if r.findings.is_empty() {
        return vec![p(t.t("audit-no-findings"))];
    }
    let one = |(n, f): (usize, &domain::register::audit_request::Finding)| {
        let number = (n + 1).to_string();
        let title = t.tr("audit-finding-n", &[("number", &number)]);
        let who = p(format!("{}, {}", party(t, f.party), by(t, &f.found)));
        let (tone, measure) = match &f.measure {
            Some(m) => (Tone::Good, vec![p(t.t("audit-measure")), typed(&m.reason), p(by(t, &m.given))]),
            None => (Tone::Warn, vec![row(vec![badge(Tone::Warn, t.t("audit-measure-open"))])]),
        };
        let mut parts = vec![typed(&f.text), who];
        parts.extend(measure);
        notice(tone, title, parts)
    };
    r.findings.iter().enumerate().map(one).collect()
}

fn ending(t: T, state: &AuditState) -> Option<AnyView> {
    let AuditState::Closed { result, effort, closed, .. } = state else { return None };
    Some(section(
        t.t("audit-field-result"),
        vec![typed(result), p(by(t, closed)), p(t.t("audit-field-effort")), typed(effort)],
    ))
}

fn side(t: T, v: &AuditView) -> Vec<AnyView> {
    let mut parts = Vec::new();
    if v.entry.state.is_open() {
        if v.side.voice() {
            parts.extend(customer_forms(t, v));
        }
        if v.side.officer() {
            parts.extend(officer_forms(t, v));
        }
    }
    parts.push(section(t.t("instruction-facts"), vec![facts(rows(t, v))]));
    parts
}

fn rows(t: T, v: &AuditView) -> Vec<(String, AnyView)> {
    let r = v.entry.state.request();
    let mut rows = vec![
        (t.t("register-number"), text(&v.entry.number)),
        (t.t("audit-field-occasion"), text(t.t(&format!("audit-occasion-{}", r.occasion.name())))),
        (t.t("instruction-contract"), text(&r.contract_number)),
        (t.t("audit-asked"), text(by(t, &r.asked))),
        (t.t("audit-field-wished"), text(format::date(t, r.wished))),
    ];
    if let Some(day) = r.alternative {
        rows.push((t.t("audit-field-alternative"), text(format::date(t, day))));
    }
    for (key, value) in [
        ("audit-field-auditor", &r.auditor),
        ("audit-field-short_notice", &r.short_notice),
        ("audit-field-costs", &r.costs),
    ] {
        if !value.is_empty() {
            rows.push((t.t(key), typed(value)));
        }
    }
    rows
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    use crate::samples::registers as made;
    let page =
        |side: Side, state| render(made::shell(lang, &side), made::audit_view(lang, side.clone(), state));
    let all = made::audit_states(lang);
    let of = |name: &str| all.iter().find(|s| s.state() == name).unwrap_or(&all[0]).clone();
    let (customer, staff) = (made::customer_side, made::staff_side);
    vec![
        ("audit-asked", page(staff(), of("asked"))),
        ("audit-proposed", page(customer(), of("proposed"))),
        ("audit-agreed", page(customer(), of("agreed"))),
        ("audit-agreed-staff", page(staff(), of("agreed"))),
        ("audit-closed", page(customer(), of("closed"))),
        ("audit-withdrawn", page(staff(), of("withdrawn"))),
    ]
}
