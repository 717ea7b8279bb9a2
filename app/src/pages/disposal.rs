//! After the end, for the customer: delete or return, with the deadline and what happens in silence; then the state of
//! the work, and the certificate.

use super::contract_parts::DocumentLink;
use super::disposal_parts::{Names, certificate, choice_facts, retained_table, task_list};
use super::ending_step::duty_words;
use crate::components::{
    Choice, Field, Tone, button_primary, crumbs, error_summary, form, notice, p, page_head, section, split,
};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::{DateTime, NaiveDate, Utc};
use domain::Mistakes;
use domain::contract::lifecycle::{Disposal, Way};
use leptos::prelude::*;

/// The disposal with everything around it.
#[derive(Clone, Debug)]
pub struct DisposalView {
    /// Number of the contract.
    pub number: String,
    /// Name of the customer.
    pub customer_name: String,
    /// Path of the contract's page, without the language.
    pub path: String,
    /// Where it stands.
    pub stage: Stage,
    /// The reader may choose (signatories, privacy contacts).
    pub may_choose: bool,
    /// Choice in the form, as typed.
    pub typed: String,
    /// What was wrong.
    pub mistakes: Mistakes,
    /// Names of the people in it.
    pub names: Names,
    /// The certificate.
    pub certificate: Option<DocumentLink>,
    /// Now.
    pub now: DateTime<Utc>,
}

/// Where it stands.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "one a page, made once")]
pub enum Stage {
    /// Notice was given; the choice may be made already.
    Before {
        /// Last day of the contract.
        last_day: NaiveDate,
        /// What was chosen so far.
        chosen: Option<Way>,
    },
    /// It ended.
    After {
        /// The disposal.
        disposal: Disposal,
        /// It is closed and certified.
        closed: bool,
    },
}

/// The whole page.
pub fn render(shell: Shell, view: DisposalView) -> String {
    let t = shell.t();
    let title = t.tr("disposal-title", &[("number", &view.number)]);
    layout::render(shell.at("my", title), move || body(t, &view))
}

fn body(t: T, v: &DisposalView) -> AnyView {
    let trail = vec![(t.tr("contract-title", &[("number", &v.number)]), t.url(&v.path))];
    let (main, side) = match &v.stage {
        Stage::Before { last_day, chosen } => (before(t, v, *last_day, *chosen), Vec::new()),
        Stage::After { disposal, closed } => {
            (after(t, v, disposal, *closed), beside(t, v, disposal, *closed))
        }
    };
    view! {
        {crumbs(t, trail)}
        {error_summary(t, &v.mistakes, &[("way", t.t("disposal-way"))])}
        {page_head(t.tr("disposal-title", &[("number", &v.number)]), v.customer_name.clone(), Vec::new())}
        {split(main, side)}
    }
    .into_any()
}

fn before(t: T, v: &DisposalView, last_day: NaiveDate, chosen: Option<Way>) -> Vec<AnyView> {
    let day = format::date(t, last_day);
    let mut parts = vec![notice(Tone::Info, "", vec![p(t.tr("disposal-before", &[("day", &day)]))])];
    if v.may_choose {
        parts.push(choose(t, v, chosen));
    }
    parts
}

fn after(t: T, v: &DisposalView, d: &Disposal, closed: bool) -> Vec<AnyView> {
    let duty = d.duty(v.now);
    let mut parts = Vec::new();
    if closed {
        parts.push(notice(Tone::Good, t.t("disposal-closed-title"), vec![p(t.t("disposal-closed"))]));
    } else if d.choice.is_none() {
        let until = format::date(t, d.choose_until);
        let words = vec![p(t.tr("disposal-default", &[("until", &until)]))];
        parts.push(notice(Tone::Warn, t.tr("disposal-open-title", &[("until", &until)]), words));
    } else {
        parts.push(notice(Tone::Info, "", vec![p(duty_words(t, d, duty))]));
    }
    if !closed && v.may_choose && d.may_choose(v.now) {
        parts.push(choose(t, v, d.choice.as_ref().map(|c| c.way)));
    }
    parts.push(section(t.t("task-title"), vec![p(t.t("task-lead")), task_list(t, d, &v.names)]));
    parts.push(section(t.t("retained-title"), vec![retained_table(t, &d.retained)]));
    parts
}

fn beside(t: T, v: &DisposalView, d: &Disposal, closed: bool) -> Vec<AnyView> {
    vec![
        section(t.t("disposal-facts"), vec![choice_facts(t, d, &v.names)]),
        section(t.t("certificate-title"), vec![certificate(t, v.certificate.as_ref(), closed)]),
    ]
}

/// The choice with what each way means; nothing is chosen beforehand.
fn choose(t: T, v: &DisposalView, chosen: Option<Way>) -> AnyView {
    let choices = Way::ALL.map(|way| {
        Choice::new(way.name(), t.t(&format!("way-{}", way.name())))
            .hint(t.t(&format!("way-{}-hint", way.name())))
    });
    let value = if v.typed.is_empty() { chosen.map_or("", Way::name).to_string() } else { v.typed.clone() };
    let field = Field::radios("way", t.t("disposal-way"), choices.into()).value(value).check(t, &v.mistakes);
    let (title, label) = match chosen {
        Some(_) => ("disposal-change-title", "disposal-change-button"),
        None => ("disposal-choose-title", "disposal-choose-button"),
    };
    let action = t.url(&format!("{}/disposal", v.path));
    section(
        t.t(title),
        vec![
            p(t.t("disposal-choose-lead")),
            form(action, vec![field.view()], vec![button_primary(t.t(label))]),
        ],
    )
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    use crate::samples::{customer_shell, ending as made};
    let page = |view| render(customer_shell(lang, "/my/1/contracts/1/disposal"), view);
    let mut wrong = made::disposal(lang, made::open());
    wrong.mistakes.add("way", "choose-one");
    let mut closed = made::disposal(lang, made::done(lang));
    closed.stage = Stage::After { disposal: made::done(lang), closed: true };
    closed.certificate = Some(made::certificate());
    let last_day = made::day(12, 31);
    let before = DisposalView {
        stage: Stage::Before { last_day, chosen: Some(Way::Return) },
        ..made::disposal(lang, made::open())
    };
    vec![
        ("disposal-before", page(before)),
        ("disposal-open", page(made::disposal(lang, made::open()))),
        ("disposal-wrong", page(wrong)),
        ("disposal-work", page(made::disposal(lang, made::half(lang)))),
        ("disposal-closed", page(closed)),
    ]
}
