//! What was asked of the gate and what it answered: for staff, and for the customer whom it is about.

use crate::components::{
    Field, Verdict, Weight, badge_with, button_link, column, crumbs, empty, empty_with, filters, link,
    page_head, pagination, table, text, verdict_badge,
};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::{DateTime, Utc};
use domain::CustomerId;
use leptos::prelude::*;

/// A list of answers.
#[derive(Clone, Debug, Default)]
pub struct DecisionsView {
    /// The answers, the newest first.
    pub rows: Vec<DecisionRow>,
    /// Which page this is.
    pub page: u64,
    /// How many there are.
    pub pages: u64,
    /// How many answers there are.
    pub total: u64,
    /// The customer to whom the list is narrowed, as typed.
    pub filter: String,
    /// There is no such customer.
    pub unknown: bool,
}

/// An answer in words.
#[derive(Clone, Debug)]
pub struct DecisionRow {
    /// When.
    pub at: DateTime<Utc>,
    /// Technician or program.
    pub subject: String,
    /// What they wanted to do.
    pub action: String,
    /// With which tool, for which ticket; may be empty.
    pub note: String,
    /// Label and address of the customer; not shown to customers.
    pub customer: Option<(String, String)>,
    /// The answer.
    pub verdict: Verdict,
    /// Why, in words for the reader.
    pub reason: String,
}

/// The page for staff.
pub fn render(shell: Shell, view: DecisionsView) -> String {
    let t = shell.t();
    layout::render(shell.at("decisions", t.t("decisions-title")), move || staff_body(t, view))
}

/// The page for a customer.
pub fn render_my(shell: Shell, customer: CustomerId, view: DecisionsView) -> String {
    let t = shell.t();
    layout::render(shell.at("my", t.t("decisions-my-title")), move || my_body(t, customer, view))
}

fn staff_body(t: T, v: DecisionsView) -> AnyView {
    let query: String = v.filter.clone();
    let narrowed = if query.is_empty() { String::new() } else { format!("customer={query}&") };
    let href = move |page: u64| t.url(&format!("/decisions?{narrowed}page={page}"));
    let search = Field::search("customer", t.t("decisions-customer-number")).value(v.filter.clone());
    let list = if v.unknown {
        empty(t.t("decisions-unknown"), t.t("decisions-unknown-text"))
    } else if v.rows.is_empty() {
        let gate = button_link(Weight::Secondary, t.t("decisions-to-gate"), t.url("/gate"));
        empty_with(t.t("decisions-none"), t.t("decisions-none-text"), vec![gate])
    } else {
        staff_table(t, v.rows)
    };
    view! {
        {page_head(t.t("decisions-title"), t.tr("decisions-lead", &[("count", &v.total.to_string())]), Vec::new())}
        {filters(t.url("/decisions"), vec![search.view()], t.t("decisions-filter"))}
        {list}
        {pagination(t, v.page, v.pages, &href)}
    }
    .into_any()
}

fn staff_table(t: T, rows: Vec<DecisionRow>) -> AnyView {
    let columns =
        ["decisions-when", "decisions-customer", "decisions-action", "decisions-subject", "decisions-answer"];
    let rows = rows
        .into_iter()
        .map(|r| {
            let customer = match r.customer {
                Some((label, href)) => link(label, href),
                None => text(t.t("decisions-no-customer")),
            };
            let when = format::exact(t, r.at);
            let answer = with_reason(t, r.verdict, r.reason);
            vec![text(when), customer, two_lines(r.action, r.note), text(r.subject), answer]
        })
        .collect();
    table(t.t("decisions-title"), columns.map(|key| t.t(key)).to_vec(), rows)
}

fn my_body(t: T, customer: CustomerId, v: DecisionsView) -> AnyView {
    let base = t.url(&format!("/my/{customer}"));
    let href = |page: u64| format!("{base}/decisions?page={page}");
    let list = if v.rows.is_empty() {
        column(vec![empty(t.t("decisions-none"), t.t("decisions-my-none-text"))])
    } else {
        my_table(t, v.rows)
    };
    view! {
        {crumbs(t, vec![(t.t("nav-my"), base.clone())])}
        {page_head(t.t("decisions-my-title"), t.t("decisions-my-lead"), Vec::new())}
        {list}
        {pagination(t, v.page, v.pages, &href)}
    }
    .into_any()
}

fn my_table(t: T, rows: Vec<DecisionRow>) -> AnyView {
    let columns = ["decisions-when", "decisions-asked", "decisions-subject", "decisions-answer"];
    let rows = rows
        .into_iter()
        .map(|r| {
            let when = format::exact(t, r.at);
            let answer = with_reason(t, r.verdict, r.reason);
            vec![text(when), two_lines(r.action, r.note), text(r.subject), answer]
        })
        .collect();
    table(t.t("decisions-my-title"), columns.map(|key| t.t(key)).to_vec(), rows)
}

fn with_reason(t: T, verdict: Verdict, reason: String) -> AnyView {
    let badge = match verdict {
        Verdict::Advice => verdict_badge(verdict, verdict.word(t)),
        _ => badge_with(verdict.tone(), verdict.icon(), verdict.word(t)),
    };
    view! { <span class="cell__line">{badge}</span><span class="cell__note">{reason}</span> }.into_any()
}

fn two_lines(first: String, note: String) -> AnyView {
    let note = (!note.is_empty()).then(|| view! { <span class="cell__note">{note}</span> }.into_any());
    view! { <span class="cell__line">{first}</span>{note} }.into_any()
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    let t = T(lang);
    let staff = || crate::samples::staff_shell(lang, "/decisions", domain::permission::StaffRole::ALL);
    let my = || crate::samples::customer_shell(lang, "/my/decisions");
    let row = |verdict, customer| DecisionRow {
        at: DateTime::UNIX_EPOCH,
        subject: "Anna Lindner".into(),
        action: "Bildschirm steuern (Fernwartung)".into(),
        note: "TeamViewer, zammad/881".into(),
        customer,
        verdict,
        reason: "Ein AV-Vertrag ist in Kraft und umfasst diese Tätigkeit.".into(),
    };
    let customer = Some(("K10001 Tischlerei Sägebrecht GmbH".to_string(), t.url("/customers")));
    let full = || DecisionsView {
        rows: vec![
            row(Verdict::Permitted, customer.clone()),
            row(Verdict::Advice, None),
            row(Verdict::Refused, None),
        ],
        page: 2,
        pages: 3,
        total: 53,
        ..DecisionsView::default()
    };
    let unknown = DecisionsView { filter: "\"><b>".into(), unknown: true, ..DecisionsView::default() };
    let id = crate::samples::customer_id();
    vec![
        ("decisions", render(staff(), full())),
        ("decisions-none", render(staff(), DecisionsView::default())),
        ("decisions-unknown", render(staff(), unknown)),
        ("decisions-my", render_my(my(), id, full())),
        ("decisions-my-none", render_my(my(), id, DecisionsView::default())),
    ]
}
