//! After the end, for staff: hand back, confirm task by task, note what the law keeps, close with a certificate.

use super::contract_parts::DocumentLink;
use super::disposal_parts::{
    Names, certificate, choice_facts, name_of, retained_table, task_list, task_name,
};
use super::ending_step::duty_words;
use crate::components::{
    Choice, Field, Tone, Weight, beside, button_form, button_primary, button_secondary, card_titled, crumbs,
    details, error_summary, form, notice, p, page_head, section, split,
};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::{DateTime, NaiveDate, Utc};
use domain::Mistakes;
use domain::contract::lifecycle::{Disposal, Duty, Retained, Way};
use leptos::prelude::*;

/// What stands in the forms.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "each is the field of the form of the same name, as typed")]
pub struct Typed {
    pub tasks: Vec<String>,
    pub on: String,
    pub method: String,
    pub note: String,
    pub how: String,
    pub what: String,
    pub law: String,
    pub until: String,
    pub way: String,
}

/// The disposal with everything around it.
#[derive(Clone, Debug)]
pub struct StaffDisposalView {
    /// Number of the contract.
    pub number: String,
    /// Name of the customer.
    pub customer_name: String,
    /// Path of the contract's page, without the language.
    pub path: String,
    /// The disposal; `None` where nobody has begun with it.
    pub disposal: Option<Disposal>,
    /// Before the end: the last day, and what was chosen so far.
    pub early: Option<(NaiveDate, Option<Way>)>,
    /// Who closed it, and when.
    pub closed: Option<(String, DateTime<Utc>)>,
    /// The reader is a contract manager.
    pub manager: bool,
    /// What stands in the forms.
    pub typed: Typed,
    /// What was wrong.
    pub mistakes: Mistakes,
    /// Names of the people in it.
    pub names: Names,
    /// The certificate.
    pub certificate: Option<DocumentLink>,
    /// Now.
    pub now: DateTime<Utc>,
}

/// The whole page.
pub fn render(shell: Shell, view: StaffDisposalView) -> String {
    let t = shell.t();
    let title = t.tr("disposal-staff-title", &[("number", &view.number)]);
    layout::render(shell.at("contracts", title), move || body(t, &view))
}

fn body(t: T, v: &StaffDisposalView) -> AnyView {
    let trail = vec![
        (t.t("contracts-title"), t.url("/contracts")),
        (t.tr("contract-title", &[("number", &v.number)]), t.url(&v.path)),
    ];
    let labels = [
        ("tasks", "task-which"),
        ("on", "task-on"),
        ("method", "task-method"),
        ("note", "task-note"),
        ("how", "return-how"),
        ("what", "retained-what"),
        ("law", "retained-law"),
        ("until", "retained-until"),
        ("way", "disposal-way"),
    ]
    .map(|(field, key)| (field, t.t(key)));
    let (main, side) = match &v.disposal {
        None if v.early.is_some() => (before(t, v), Vec::new()),
        None => (vec![begin(t, v)], Vec::new()),
        Some(d) => (main(t, v, d), side(t, v, d)),
    };
    view! {
        {crumbs(t, trail)}
        {error_summary(t, &v.mistakes, &labels)}
        {page_head(t.tr("disposal-staff-title", &[("number", &v.number)]), v.customer_name.clone(), Vec::new())}
        {split(main, side)}
    }
    .into_any()
}

fn address(t: T, v: &StaffDisposalView, end: &str) -> String {
    t.url(&format!("{}/disposal{end}", v.path))
}

/// A contract that ended before anybody was asked.
fn begin(t: T, v: &StaffDisposalView) -> AnyView {
    let mut content = vec![p(t.t("disposal-begin-lead"))];
    if v.manager {
        content.push(button_form(Weight::Primary, t.t("disposal-begin"), address(t, v, "/begin"), &[]));
    }
    card_titled(t.t("disposal-begin-title"), content)
}

/// Before the end: what the customer wrote about its choice is entered.
fn before(t: T, v: &StaffDisposalView) -> Vec<AnyView> {
    let Some((last_day, chosen)) = v.early else { return Vec::new() };
    let day = format::date(t, last_day);
    let words = vec![p(t.tr("disposal-before-staff", &[("day", &day)]))];
    let mut parts = vec![notice(Tone::Info, "", words)];
    if v.manager {
        parts.push(enter_choice(t, v, chosen));
    }
    parts
}

/// The customer's choice in text form.
fn enter_choice(t: T, v: &StaffDisposalView, chosen: Option<Way>) -> AnyView {
    let choices = Way::ALL.map(|way| Choice::new(way.name(), t.t(&format!("way-{}", way.name()))));
    let value = if v.typed.way.is_empty() { chosen.map_or("", Way::name) } else { &v.typed.way };
    let field = Field::radios("way", t.t("disposal-way"), choices.into())
        .value(value.to_string())
        .check(t, &v.mistakes);
    let send = vec![button_secondary(t.t("choice-enter-button"))];
    let content = vec![p(t.t("choice-enter-lead")), form(address(t, v, "/choice"), vec![field.view()], send)];
    card_titled(t.t("choice-enter-title"), content)
}

fn main(t: T, v: &StaffDisposalView, d: &Disposal) -> Vec<AnyView> {
    let mut parts = vec![state(t, v, d)];
    if v.closed.is_none() {
        parts.push(due(t, v, d));
        if v.manager && d.may_choose(v.now) {
            parts.push(enter_choice(t, v, d.choice.as_ref().map(|c| c.way)));
        }
    }
    parts.push(section(t.t("task-title"), vec![task_list(t, d, &v.names)]));
    let mut kept = vec![retained_table(t, &d.retained)];
    if v.closed.is_none() && v.manager {
        kept.extend(d.retained.iter().map(|r| remove(t, v, r)));
        kept.push(retain(t, v));
    }
    parts.push(section(t.t("retained-title"), kept));
    parts
}

fn state(t: T, v: &StaffDisposalView, d: &Disposal) -> AnyView {
    if let Some((name, at)) = &v.closed {
        let words = t.tr("by-at", &[("name", name), ("at", &format::time(t, *at))]);
        return notice(Tone::Good, t.t("disposal-closed-title"), vec![p(words)]);
    }
    let duty = d.duty(v.now);
    let late = !matches!(duty, Duty::Choose(_) | Duty::Check(_))
        && duty.until() < domain::calendar::berlin_date(v.now);
    let tone = if late { Tone::Bad } else { Tone::Info };
    notice(tone, "", vec![p(duty_words(t, d, duty))])
}

/// The form that is due.
fn due(t: T, v: &StaffDisposalView, d: &Disposal) -> AnyView {
    match d.duty(v.now) {
        Duty::Choose(_) | Duty::Check(_) => ().into_any(),
        Duty::HandBack(_) => hand_back(t, v),
        Duty::Delete(_) | Duty::Overwrite(_) => confirm(t, v, d),
        Duty::Close(_) if v.manager => card_titled(
            t.t("close-title"),
            vec![
                p(t.t("close-lead")),
                button_form(Weight::Primary, t.t("close-button"), address(t, v, "/close"), &[]),
            ],
        ),
        Duty::Close(_) => p(t.t("close-others")),
    }
}

fn hand_back(t: T, v: &StaffDisposalView) -> AnyView {
    let how = Field::textarea("how", t.t("return-how"))
        .hint(t.t("return-how-hint"))
        .rows(3)
        .value(v.typed.how.clone())
        .check(t, &v.mistakes);
    let send = vec![button_primary(t.t("return-button"))];
    card_titled(
        t.t("return-title"),
        vec![p(t.t("return-lead")), form(address(t, v, "/return"), vec![how.view()], send)],
    )
}

fn confirm(t: T, v: &StaffDisposalView, d: &Disposal) -> AnyView {
    let open = d.tasks.iter().filter(|x| x.done.is_none());
    let choices = open.map(|x| Choice::new(x.id.clone(), task_name(t, x))).collect();
    let fields = vec![
        Field::checkboxes("tasks", t.t("task-which"), choices)
            .hint(t.t("task-which-hint"))
            .values(v.typed.tasks.clone())
            .check(t, &v.mistakes)
            .view(),
        beside(vec![
            Field::date("on", t.t("task-on"))
                .hint(t.t("task-on-hint"))
                .value(v.typed.on.clone())
                .short()
                .check(t, &v.mistakes)
                .view(),
            Field::text("method", t.t("task-method"))
                .hint(t.t("task-method-hint"))
                .value(v.typed.method.clone())
                .check(t, &v.mistakes)
                .view(),
        ]),
        Field::textarea("note", t.t("task-note"))
            .optional(t)
            .rows(2)
            .value(v.typed.note.clone())
            .check(t, &v.mistakes)
            .view(),
    ];
    card_titled(
        t.t("confirm-tasks-title"),
        vec![
            p(t.t("confirm-tasks-lead")),
            form(address(t, v, "/tasks"), fields, vec![button_primary(t.t("confirm-tasks-button"))]),
        ],
    )
}

fn remove(t: T, v: &StaffDisposalView, r: &Retained) -> AnyView {
    let label = t.tr("retained-remove", &[("what", &r.what)]);
    let values = [("what", r.what.as_str()), ("law", r.law.as_str())];
    button_form(Weight::Quiet, label, address(t, v, "/retained/remove"), &values)
}

fn retain(t: T, v: &StaffDisposalView) -> AnyView {
    let field = |name: &'static str, value: &str| {
        Field::text(name, t.t(&format!("retained-{name}")))
            .hint(t.t(&format!("retained-{name}-hint")))
            .value(value.to_string())
            .check(t, &v.mistakes)
            .view()
    };
    let fields = vec![
        field("what", &v.typed.what),
        field("law", &v.typed.law),
        Field::date("until", t.t("retained-until"))
            .value(v.typed.until.clone())
            .short()
            .check(t, &v.mistakes)
            .view(),
    ];
    let form = form(address(t, v, "/retained"), fields, vec![button_secondary(t.t("retained-button"))]);
    let open = ["what", "law", "until"].iter().any(|field| v.mistakes.of(field).is_some());
    if open { form } else { details(t.t("retained-add"), vec![form]) }
}

fn side(t: T, v: &StaffDisposalView, d: &Disposal) -> Vec<AnyView> {
    let mut facts = vec![choice_facts(t, d, &v.names)];
    if let Some(r) = &d.returned {
        facts.push(p(t.tr("return-by", &[("name", &name_of(&v.names, r.by))])));
    }
    vec![
        section(t.t("disposal-facts"), facts),
        section(t.t("certificate-title"), vec![certificate(t, v.certificate.as_ref(), v.closed.is_some())]),
    ]
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    use crate::samples::{ending as made, staff_shell};
    use domain::permission::StaffRole;
    let page = |view| render(staff_shell(lang, "/contracts/1/disposal", &[StaffRole::ContractManager]), view);
    let mut wrong = made::staff_disposal(lang, Some(made::half(lang)));
    wrong.typed.note = "</textarea>".into();
    wrong.mistakes.add("tasks", "choose-one");
    wrong.mistakes.0.push(domain::Mistake::with("on", "date-early", "04.01.2027"));
    wrong.mistakes.add("method", "required");
    wrong.mistakes.add("law", "required");
    let mut early = made::staff_disposal(lang, None);
    early.early = Some((made::day(12, 31), None));
    let mut closed = made::staff_disposal(lang, Some(made::done(lang)));
    closed.closed = Some(("Eva Schönfeld".into(), closed.now));
    closed.certificate = Some(made::certificate());
    vec![
        ("staff-disposal-early", page(early)),
        ("staff-disposal-none", page(made::staff_disposal(lang, None))),
        ("staff-disposal-open", page(made::staff_disposal(lang, Some(made::open())))),
        ("staff-disposal-return", page(made::staff_disposal(lang, Some(made::to_return())))),
        ("staff-disposal-work", page(made::staff_disposal(lang, Some(made::half(lang))))),
        ("staff-disposal-wrong", page(wrong)),
        ("staff-disposal-ready", page(made::staff_disposal(lang, Some(made::done(lang))))),
        ("staff-disposal-closed", page(closed)),
    ]
}
