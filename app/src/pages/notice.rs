//! Giving notice, and taking it back: for a signatory of the customer and for the contract manager alike. The
//! consequences stand above the form, in plain sentences.

use crate::components::{
    Choice, Field, Tone, Weight, button, button_primary, column, crumbs, error_summary, facts_text, form,
    notice, p, page_head, points,
};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::NaiveDate;
use domain::Mistakes;
use domain::contract::lifecycle::{Notice, NoticeInput, Side};
use leptos::prelude::*;

/// What the page is about.
#[derive(Clone, Debug)]
pub struct NoticeView {
    /// For whom the page is.
    pub side: Side,
    /// Number of the contract.
    pub number: String,
    /// Name of the customer.
    pub customer_name: String,
    /// Name of the provider.
    pub provider_name: String,
    /// Names of the services in scope.
    pub services: Vec<String>,
    /// Path of the contract's page, without the language.
    pub path: String,
    /// Give notice, or take it back.
    pub step: Step,
    /// What was wrong.
    pub mistakes: Mistakes,
}

/// What can be done now.
#[derive(Clone, Debug)]
pub enum Step {
    /// Give notice.
    Give {
        /// Period of an ordinary notice in days.
        days: u16,
        /// First day with which an ordinary notice may end the contract.
        earliest: NaiveDate,
        /// Whose notice it is, for staff: `provider`, or `customer` for one that came in text form.
        given_by: String,
        /// As typed.
        typed: NoticeInput,
    },
    /// Notice was given; its side may take it back.
    TakeBack {
        /// The notice.
        notice: Notice,
        /// As typed.
        reason: String,
    },
}

/// The whole page.
pub fn render(shell: Shell, view: NoticeView) -> String {
    let t = shell.t();
    let active = match view.side {
        Side::Customer => "my",
        Side::Provider => "contracts",
    };
    let title = t.tr(title_key(&view), &[("number", &view.number)]);
    layout::render(shell.at(active, title), move || body(t, &view))
}

fn title_key(v: &NoticeView) -> &'static str {
    match v.step {
        Step::Give { .. } => "notice-title",
        Step::TakeBack { .. } => "notice-back-title",
    }
}

fn body(t: T, v: &NoticeView) -> AnyView {
    let trail = vec![(t.tr("contract-title", &[("number", &v.number)]), t.url(&v.path))];
    let labels = ["kind", "last_day", "reason", "services_end", "understood"]
        .map(|field| (field, t.t(&format!("notice-{}", field.replace('_', "-")))));
    let content = match &v.step {
        Step::Give { days, earliest, given_by, typed } => give(t, v, (*days, *earliest), given_by, typed),
        Step::TakeBack { notice, reason } => take_back(t, v, notice, reason),
    };
    view! {
        {crumbs(t, trail)}
        {error_summary(t, &v.mistakes, &labels)}
        {page_head(t.tr(title_key(v), &[("number", &v.number)]), v.customer_name.clone(), Vec::new())}
        {column(content)}
    }
    .into_any()
}

fn give(
    t: T,
    v: &NoticeView,
    (days, earliest): (u16, NaiveDate),
    given_by: &str,
    typed: &NoticeInput,
) -> Vec<AnyView> {
    let day = format::date(t, earliest);
    let provider = [("provider", v.provider_name.as_str())];
    let consequences = vec![
        p(t.tr("notice-services", &[("services", &v.services.join(", "))])),
        points(vec![
            t.t("notice-consequence-1"),
            t.tr("notice-consequence-2", &provider),
            t.tr("notice-consequence-3", &provider),
            t.t("notice-consequence-4"),
        ]),
    ];
    let days = days.to_string();
    let kinds = vec![
        Choice::new("ordinary", t.t("notice-kind-ordinary"))
            .hint(t.tr("notice-kind-ordinary-hint", &[("days", &days), ("day", &day)])),
        Choice::new("good_cause", t.t("notice-kind-cause")).hint(t.t("notice-kind-cause-hint")),
    ];
    let mut fields = Vec::new();
    if v.side == Side::Provider {
        fields.push(whose(t, v, given_by));
    }
    fields.extend([
        Field::radios("kind", t.t("notice-kind"), kinds)
            .value(typed.kind.clone())
            .check(t, &v.mistakes)
            .view(),
        Field::date("last_day", t.t("notice-last-day"))
            .hint(t.t("notice-last-day-hint"))
            .value(typed.last_day.clone())
            .short()
            .check(t, &v.mistakes)
            .view(),
        Field::textarea("reason", t.t("notice-reason"))
            .hint(t.t("notice-reason-hint"))
            .rows(3)
            .value(typed.reason.clone())
            .check(t, &v.mistakes)
            .view(),
    ]);
    if v.side == Side::Provider {
        fields.push(
            Field::checkbox("services_end", t.t("notice-services-end"))
                .hint(t.t("notice-services-end-hint"))
                .checked(typed.services_end)
                .check(t, &v.mistakes)
                .view(),
        );
    }
    fields.push(
        Field::checkbox("understood", t.t("notice-understood"))
            .checked(typed.understood)
            .check(t, &v.mistakes)
            .view(),
    );
    let send = vec![button(Weight::Danger, t.t("notice-button"), "", "")];
    vec![
        notice(Tone::Warn, t.t("notice-consequences"), consequences),
        form(t.url(&format!("{}/notice", v.path)), fields, send),
    ]
}

/// Staff give notice for the provider, or enter the customer's, which came in text form.
fn whose(t: T, v: &NoticeView, given_by: &str) -> AnyView {
    let choices = vec![
        Choice::new("provider", t.t("notice-by-provider")),
        Choice::new("customer", t.t("notice-by-customer")).hint(t.t("notice-by-customer-hint")),
    ];
    Field::radios("given_by", t.t("notice-given-by"), choices)
        .value(given_by.to_string())
        .check(t, &v.mistakes)
        .view()
}

fn take_back(t: T, v: &NoticeView, given: &Notice, reason: &str) -> Vec<AnyView> {
    let kind = if given.good_cause { "notice-kind-cause" } else { "notice-kind-ordinary" };
    let facts = facts_text(vec![
        (t.t("notice-given-at"), format::time(t, given.at)),
        (t.t("notice-side"), t.t(&format!("side-{}", given.side.name()))),
        (t.t("notice-kind"), t.t(kind)),
        (t.t("notice-last-day"), format::date(t, given.last_day)),
        (t.t("notice-reason"), if given.reason.is_empty() { t.t("none") } else { given.reason.clone() }),
    ]);
    if given.side != v.side && v.side == Side::Customer {
        return vec![facts, notice(Tone::Info, "", vec![p(t.t("notice-other-side"))])];
    }
    let fields = vec![
        Field::textarea("reason", t.t("notice-back-reason"))
            .hint(t.t("notice-back-reason-hint"))
            .rows(3)
            .value(reason.to_string())
            .check(t, &v.mistakes)
            .view(),
    ];
    let lead = if given.side == v.side { "notice-back-lead" } else { "notice-back-enter" };
    vec![
        facts,
        p(t.t(lead)),
        form(
            t.url(&format!("{}/notice/withdraw", v.path)),
            fields,
            vec![button_primary(t.t("notice-back-button"))],
        ),
    ]
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    use crate::samples::{customer_shell, ending as made, staff_shell};
    use domain::permission::StaffRole;
    let mut wrong = made::notice(lang, Side::Provider);
    wrong.mistakes.add("kind", "choose-one");
    wrong.mistakes.0.push(domain::Mistake::with("last_day", "notice-short", 30));
    wrong.mistakes.add("services_end", "box");
    wrong.mistakes.add("understood", "box");
    let staff = || staff_shell(lang, "/contracts/1/notice", &[StaffRole::ContractManager]);
    let own = || customer_shell(lang, "/my/1/contracts/1/notice");
    vec![
        ("notice", render(own(), made::notice(lang, Side::Customer))),
        ("notice-wrong", render(staff(), wrong)),
        ("notice-back", render(own(), made::notice_back(lang, Side::Customer))),
        ("notice-back-other", render(staff(), made::notice_back(lang, Side::Provider))),
    ]
}
