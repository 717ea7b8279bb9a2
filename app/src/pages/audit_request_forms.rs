//! The forms beside an audit request: what the customer and what the privacy officer can do while it is open.

use super::audit_request::AuditView;
use crate::components::{
    Choice, Field, Weight, button_form, button_primary, button_secondary, details, form, form_upload, p,
    section,
};
use crate::i18n::T;
use domain::register::audit_request::{AuditState, Occasion};
use leptos::prelude::*;

/// Which files may be sent.
const ACCEPT: &str = ".pdf,.png,.jpg,.jpeg,.zip";

fn at(t: T, v: &AuditView, end: &str) -> String {
    t.url(&format!("{}/{}/{end}", v.side.base("audits"), v.entry.id))
}

/// What the customer can do.
pub(super) fn customer_forms(t: T, v: &AuditView) -> Vec<AnyView> {
    let m = &v.mistakes;
    let mut parts = Vec::new();
    if matches!(v.entry.state, AuditState::Proposed { .. }) {
        let take = button_form(Weight::Primary, t.t("audit-take"), at(t, v, "accept"), &[]);
        let day = Field::date("wished", t.t("audit-field-wished")).value(v.typed.wished.clone()).short();
        let again =
            form(at(t, v, "wish"), vec![day.check(t, m).view()], vec![button_secondary(t.t("audit-wish"))]);
        parts.push(section(t.t("audit-answer"), vec![take, again]));
    }
    parts.push(upload(t, v));
    parts.push(finding(t, v));
    let withdraw = button_form(Weight::Danger, t.t("audit-withdraw"), at(t, v, "withdraw"), &[]);
    parts.push(details(t.t("audit-withdraw-title"), vec![p(t.t("audit-withdraw-text")), withdraw]));
    parts
}

fn upload(t: T, v: &AuditView) -> AnyView {
    let m = &v.mistakes;
    let fields = vec![
        Field::file("file", t.t("audit-field-file"), ACCEPT).hint(t.t("audit-file-hint")).check(t, m).view(),
        Field::textarea("file_note", t.t("audit-field-file_note"))
            .value(v.typed.note.clone())
            .rows(2)
            .optional(t)
            .check(t, m)
            .view(),
    ];
    let send = form_upload(at(t, v, "files"), fields, vec![button_secondary(t.t("audit-upload"))]);
    section(t.t("audit-upload-title"), vec![send])
}

fn finding(t: T, v: &AuditView) -> AnyView {
    let field = Field::textarea("finding", t.t("audit-field-finding")).value(v.typed.finding.clone()).rows(3);
    let send = form(
        at(t, v, "finding"),
        vec![field.check(t, &v.mistakes).view()],
        vec![button_secondary(t.t("audit-find"))],
    );
    section(t.t("audit-find-title"), vec![send])
}

/// What the privacy officer can do.
pub(super) fn officer_forms(t: T, v: &AuditView) -> Vec<AnyView> {
    let mut parts = Vec::new();
    if !matches!(v.entry.state, AuditState::Agreed { .. }) {
        parts.push(section(t.t("audit-accept-title"), vec![accept(t, v)]));
    }
    if !matches!(v.entry.state, AuditState::Proposed { .. }) {
        parts.push(details_when(t.t("audit-propose-title"), propose(t, v), v, &["other_day", "day_reason"]));
    }
    parts.push(upload(t, v));
    parts.extend(points(t, v));
    parts.push(finding(t, v));
    parts.extend(measure(t, v));
    if !matches!(v.entry.state, AuditState::Proposed { .. }) {
        parts.push(section(t.t("audit-close-title"), vec![close(t, v)]));
    }
    parts
}

/// Folded, unless something in it was wrong.
fn details_when(title: String, content: AnyView, v: &AuditView, fields: &[&str]) -> AnyView {
    if fields.iter().any(|f| v.mistakes.of(f).is_some()) {
        section(title, vec![content])
    } else {
        details(title, vec![content])
    }
}

fn costs(t: T, v: &AuditView, name: &'static str, value: &str) -> Option<AnyView> {
    let may = v.entry.state.request().occasion == Occasion::Regular;
    may.then(|| {
        let field = Field::textarea(name, t.t("audit-field-costs")).hint(t.t("audit-costs-hint"));
        field.value(value).rows(2).optional(t).check(t, &v.mistakes).view()
    })
}

fn accept(t: T, v: &AuditView) -> AnyView {
    let day = Field::date("day", t.t("audit-field-day")).value(v.typed.accept.day.clone()).short();
    let mut fields = vec![day.check(t, &v.mistakes).view()];
    fields.extend(costs(t, v, "costs", &v.typed.accept.costs));
    form(at(t, v, "accept"), fields, vec![button_primary(t.t("audit-accept"))])
}

fn propose(t: T, v: &AuditView) -> AnyView {
    let (typed, m) = (&v.typed.propose, &v.mistakes);
    let fields = vec![
        Field::date("other_day", t.t("audit-field-other_day"))
            .value(typed.day.clone())
            .short()
            .check(t, m)
            .view(),
        Field::textarea("day_reason", t.t("audit-field-day_reason"))
            .value(typed.reason.clone())
            .rows(3)
            .check(t, m)
            .view(),
    ];
    form(at(t, v, "propose"), fields, vec![button_secondary(t.t("audit-propose"))])
}

fn points(t: T, v: &AuditView) -> Option<AnyView> {
    let (typed, m) = (&v.typed.point, &v.mistakes);
    let open = v.entry.state.request().points.iter().enumerate().filter(|(_, p)| p.refused.is_none());
    let choices: Vec<_> = open.map(|(n, p)| Choice::new((n + 1).to_string(), p.text.clone())).collect();
    (!choices.is_empty()).then(|| {
        let fields = vec![
            Field::select("point", t.t("audit-field-point"), choices)
                .value(typed.0.clone())
                .check(t, m)
                .view(),
            Field::textarea("point_reason", t.t("audit-field-point_reason"))
                .value(typed.1.clone())
                .rows(3)
                .check(t, m)
                .view(),
        ];
        let send = form(at(t, v, "refuse"), fields, vec![button_secondary(t.t("audit-refuse"))]);
        details_when(t.t("audit-refuse-title"), send, v, &["point", "point_reason"])
    })
}

fn measure(t: T, v: &AuditView) -> Option<AnyView> {
    let (typed, m) = (&v.typed.measure, &v.mistakes);
    let open = v.entry.state.request().findings.iter().enumerate().filter(|(_, f)| f.measure.is_none());
    let choices: Vec<_> = open
        .map(|(n, f)| {
            let start: String = f.text.chars().take(80).collect();
            Choice::new((n + 1).to_string(), format!("{}: {start}", n + 1))
        })
        .collect();
    (!choices.is_empty()).then(|| {
        let fields = vec![
            Field::select("found", t.t("audit-field-found"), choices)
                .value(typed.0.clone())
                .check(t, m)
                .view(),
            Field::textarea("measure", t.t("audit-field-measure"))
                .value(typed.1.clone())
                .rows(3)
                .check(t, m)
                .view(),
        ];
        let send = form(at(t, v, "measure"), fields, vec![button_secondary(t.t("audit-mend"))]);
        section(t.t("audit-measure-title"), vec![send])
    })
}

fn close(t: T, v: &AuditView) -> AnyView {
    let (typed, m) = (&v.typed.end, &v.mistakes);
    let fields = vec![
        Field::textarea("result", t.t("audit-field-result"))
            .value(typed.result.clone())
            .rows(3)
            .check(t, m)
            .view(),
        Field::textarea("effort", t.t("audit-field-effort"))
            .hint(t.t("audit-effort-hint"))
            .value(typed.effort.clone())
            .rows(2)
            .check(t, m)
            .view(),
    ];
    form(at(t, v, "close"), fields, vec![button_secondary(t.t("audit-close"))])
}
