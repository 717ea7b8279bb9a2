//! The register of audit requests, for staff and for the customer; and the form for a new one.

use super::register_list::{Register, RegisterView, list};
use super::register_parts::{Side, trail};
use crate::components::{
    Choice, Field, Tone, Weight, beside, button_link, button_primary, column, crumbs, error_summary,
    fieldset, form, hidden, icon_link, notice, p, page_head,
};
use crate::i18n::T;
use crate::layout::{self, Shell};
use domain::register::audit_request::{AuditInput, Kind, Occasion};
use domain::{EntryId, Mistakes};
use leptos::prelude::*;

/// The whole page.
pub fn render(shell: Shell, view: RegisterView) -> String {
    let t = shell.t();
    layout::render(shell.at(view.side.active(), t.t("registers-audits")), move || body(t, &view))
}

fn body(t: T, v: &RegisterView) -> AnyView {
    let new = t.url(&format!("{}/new", v.side.base("audits")));
    let ask =
        (v.side.voice() && v.possible).then(|| icon_link(Weight::Primary, "plus", t.t("audit-ask"), new));
    let staff = matches!(v.side, Side::Staff { .. });
    let register = Register {
        area: "audits",
        entry: "audit_request",
        lead: t.t(if staff { "audits-lead-staff" } else { "audits-lead-customer" }),
        actions: ask.into_iter().collect(),
        below: None,
    };
    list(t, register, v)
}

/// The form for a new request.
#[derive(Clone, Debug)]
pub struct AuditFormView {
    /// Who writes.
    pub side: Side,
    /// Comes with the form: sent twice it is asked once.
    pub once: EntryId,
    /// As typed.
    pub input: AuditInput,
    /// Days of notice.
    pub notice_days: u16,
    /// What was wrong.
    pub mistakes: Mistakes,
}

/// The whole page.
pub fn render_form(shell: Shell, view: AuditFormView) -> String {
    let t = shell.t();
    layout::render(shell.at("my", t.t("audit-ask")), move || form_body(t, &view))
}

fn form_body(t: T, v: &AuditFormView) -> AnyView {
    let fields =
        ["kind", "occasion", "wished", "alternative", "short_notice", "auditor", "auditor_bound", "points"];
    let labels: Vec<(&str, String)> =
        fields.into_iter().map(|f| (f, t.t(&format!("audit-field-{f}")))).collect();
    let base = v.side.base("audits");
    let days = v.notice_days.to_string();
    column(vec![
        crumbs(t, trail(t, &v.side, "audits", "registers-audits")),
        error_summary(t, &v.mistakes, &labels),
        page_head(t.t("audit-ask"), t.t("audit-ask-lead"), Vec::new()),
        notice(Tone::Info, "", vec![p(t.tr("audit-ask-rule", &[("days", &days)]))]),
        form(
            t.url(&format!("{base}/new")),
            vec![hidden("once", v.once.to_string()), what(t, v), when(t, v), who(t, v)],
            vec![button_primary(t.t("audit-ask")), button_link(Weight::Quiet, t.t("cancel"), t.url(&base))],
        ),
    ])
}

fn what(t: T, v: &AuditFormView) -> AnyView {
    let m = &v.mistakes;
    let kinds = Kind::ALL.iter().map(|k| Choice::new(k.name(), t.t(&format!("audit-kind-{}", k.name()))));
    let occasions =
        Occasion::ALL.iter().map(|o| Choice::new(o.name(), t.t(&format!("audit-occasion-{}", o.name()))));
    fieldset(
        t.t("audit-content"),
        "",
        vec![
            Field::radios("kind", t.t("audit-field-kind"), kinds.collect())
                .value(v.input.kind.clone())
                .check(t, m)
                .view(),
            Field::radios("occasion", t.t("audit-field-occasion"), occasions.collect())
                .value(v.input.occasion.clone())
                .check(t, m)
                .view(),
            Field::textarea("points", t.t("audit-field-points"))
                .hint(t.t("audit-points-hint"))
                .value(v.input.points.clone())
                .check(t, m)
                .view(),
        ],
    )
}

fn when(t: T, v: &AuditFormView) -> AnyView {
    let m = &v.mistakes;
    let days = v.notice_days.to_string();
    fieldset(
        t.t("audit-when"),
        t.t("audit-when-hint"),
        vec![
            beside(vec![
                Field::date("wished", t.t("audit-field-wished"))
                    .value(v.input.wished.clone())
                    .short()
                    .check(t, m)
                    .view(),
                Field::date("alternative", t.t("audit-field-alternative"))
                    .value(v.input.alternative.clone())
                    .optional(t)
                    .short()
                    .check(t, m)
                    .view(),
            ]),
            Field::textarea("short_notice", t.t("audit-field-short_notice"))
                .hint(t.tr("audit-short-notice-hint", &[("days", &days)]))
                .value(v.input.short_notice.clone())
                .rows(3)
                .optional(t)
                .check(t, m)
                .view(),
        ],
    )
}

fn who(t: T, v: &AuditFormView) -> AnyView {
    let m = &v.mistakes;
    fieldset(
        t.t("audit-auditing"),
        t.t("audit-auditing-hint"),
        vec![
            Field::text("auditor", t.t("audit-field-auditor"))
                .value(v.input.auditor.clone())
                .check(t, m)
                .view(),
            Field::checkbox("auditor_bound", t.t("audit-field-auditor_bound"))
                .checked(v.input.auditor_bound)
                .check(t, m)
                .view(),
        ],
    )
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    use crate::samples::registers as made;
    let (customer, staff) = (made::customer_side(), made::staff_side());
    let page = |side: &Side, lines| render(made::shell(lang, side), made::list(side.clone(), lines));
    let mut wrong = Mistakes::default();
    wrong.add("kind", "choose-one");
    wrong.0.push(domain::Mistake::with("short_notice", "audit-notice", 14));
    let form = AuditFormView {
        side: customer.clone(),
        once: made::entry_id(3),
        input: AuditInput { points: "</textarea>".into(), ..AuditInput::default() },
        notice_days: 14,
        mistakes: wrong,
    };
    let lines = || made::audit_lines(lang);
    vec![
        ("audits", page(&staff, lines())),
        ("audits-my", page(&customer, lines())),
        ("audits-none", page(&staff, Vec::new())),
        ("audit-ask", render_form(made::shell(lang, &customer), form)),
    ]
}
