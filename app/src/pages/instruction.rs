//! One instruction: what was instructed, where it stands, what the reader can do now, what happened.

use super::contract_parts::Happened;
use super::register_parts::{Side, entry_badge, happenings, services, trail, typed};
use crate::components::{
    Choice, Field, Tone, Weight, button_form, button_primary, button_secondary, crumbs, details,
    error_summary, facts, form, notice, p, page_head, section, split, text,
};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::NaiveDate;
use domain::Mistakes;
use domain::register::instruction::{AnswerInput, Done, Instruction, InstructionState};
use domain::register::{Entry, Register as _};
use leptos::prelude::*;

/// The instruction with everything around it.
#[derive(Clone, Debug)]
pub struct InstructionView {
    /// The entry.
    pub entry: Entry<InstructionState>,
    /// Name of the customer.
    pub customer_name: String,
    /// What happened.
    pub events: Vec<Happened>,
    /// For whom.
    pub side: Side,
    /// Until when the provider moves.
    pub due: Option<NaiveDate>,
    /// Until when the customer dispels a doubt.
    pub dispel_until: Option<NaiveDate>,
    /// What stands in the forms.
    pub typed: Typed,
    /// What was wrong.
    pub mistakes: Mistakes,
}

/// What was typed into the forms of the page.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// Effort.
    pub effort: String,
    /// The report.
    pub done: Done,
    /// Why it is held to be unlawful.
    pub reason: String,
    /// Why it is refused for good.
    pub refusal: String,
    /// The customer's answer.
    pub answer: AnswerInput,
}

/// The whole page.
pub fn render(shell: Shell, view: InstructionView) -> String {
    let t = shell.t();
    let title = view.entry.state.instruction().title.clone();
    layout::render(shell.at(view.side.active(), title.clone()), move || body(t, title, &view))
}

fn body(t: T, title: String, v: &InstructionView) -> AnyView {
    let i = v.entry.state.instruction();
    let labels = [
        ("effort", t.t("instruction-effort")),
        ("what", t.t("instruction-what")),
        ("on", t.t("instruction-on")),
        ("urgency", t.t("instruction-urgency")),
        ("reason", t.t("instruction-reason")),
        ("refusal", t.t("instruction-refusal")),
        ("choice", t.t("instruction-choice")),
        ("note", t.t("instruction-note")),
        ("title", t.t("instruction-title")),
        ("text", t.t("instruction-text")),
    ];
    let badge = entry_badge(t, "instruction", v.entry.state.state());
    let lead = format!("{} · {}", v.entry.number, v.customer_name);
    let mut main = vec![section(t.t("instruction-text"), vec![typed(&i.text)])];
    main.extend(
        i.earlier
            .iter()
            .map(|w| details(t.tr("instruction-earlier", &[("title", &w.title)]), vec![typed(&w.text)])),
    );
    main.extend(warnings(t, i));
    main.extend(outcome(t, &v.entry.state));
    main.push(section(t.t("contract-timeline"), vec![happenings(t, "instruction", &v.events)]));
    view! {
        {crumbs(t, trail(t, &v.side, "instructions", "registers-instructions"))}
        {error_summary(t, &v.mistakes, &labels)}
        {page_head(title, lead, vec![badge])}
        {notice(Tone::Info, t.t(&format!("instruction-next-{}", v.entry.state.state())), next_words(t, v))}
        {split(main, side(t, v))}
    }
    .into_any()
}

fn next_words(t: T, v: &InstructionView) -> Vec<AnyView> {
    let mut words = vec![p(t.t(&format!("instruction-next-text-{}", v.entry.state.state())))];
    if let Some(day) = v.due {
        words.push(p(t.tr("instruction-due", &[("date", &format::date(t, day))])));
    }
    if let Some(day) = v.dispel_until {
        words.push(p(t.tr("instruction-dispel", &[("date", &format::date(t, day))])));
    }
    words
}

fn warnings(t: T, i: &Instruction) -> Vec<AnyView> {
    let one = |w: &domain::register::instruction::Warning| {
        let by = t.tr("instruction-by", &[("name", &w.warned.name), ("at", &format::exact(t, w.warned.at))]);
        let mut parts = vec![typed(&w.reason), p(by)];
        if let Some(a) = &w.answer {
            let key = if a.changed { "instruction-answer-changed" } else { "instruction-answer-confirmed" };
            parts.push(p(t.tr(key, &[("name", &a.given.name), ("at", &format::exact(t, a.given.at))])));
            if !a.note.is_empty() {
                parts.push(typed(&a.note));
            }
        }
        notice(Tone::Bad, t.t("instruction-warning"), parts)
    };
    i.warnings.iter().map(one).collect()
}

fn outcome(t: T, state: &InstructionState) -> Option<AnyView> {
    match state {
        InstructionState::CarriedOut { what, on, urgency, reported, .. } => {
            let by = t.tr(
                "instruction-done-by",
                &[
                    ("date", &format::date(t, *on)),
                    ("name", &reported.name),
                    ("at", &format::exact(t, reported.at)),
                ],
            );
            let mut parts = vec![typed(what), p(by)];
            if !urgency.is_empty() {
                parts.push(notice(Tone::Warn, t.t("instruction-unconfirmed-done"), vec![typed(urgency)]));
            }
            Some(section(t.t("instruction-done"), parts))
        }
        InstructionState::Refused { reason, refused, .. } => {
            let by =
                t.tr("instruction-by", &[("name", &refused.name), ("at", &format::exact(t, refused.at))]);
            Some(section(t.t("instruction-refused"), vec![typed(reason), p(by)]))
        }
        _ => None,
    }
}

fn side(t: T, v: &InstructionView) -> Vec<AnyView> {
    let mut parts = if v.side.voice() { customer_forms(t, v) } else { Vec::new() };
    if v.side.keeper() {
        parts.extend(keeper_forms(t, v));
    }
    if v.side.officer() {
        parts.extend(officer_forms(t, v));
    }
    parts.push(section(t.t("instruction-facts"), vec![facts(rows(t, v))]));
    parts
}

fn rows(t: T, v: &InstructionView) -> Vec<(String, AnyView)> {
    let i = v.entry.state.instruction();
    let mut rows = vec![
        (t.t("register-number"), text(&v.entry.number)),
        (t.t("instruction-giver"), text(&i.giver)),
        (t.t("instruction-channel"), text(t.t(&format!("channel-{}", i.channel.name())))),
        (t.t("instruction-received"), text(format::exact(t, i.received_at))),
        (t.t("instruction-contract"), text(&i.contract_number)),
        (t.t("instruction-services"), services(t, &i.services)),
    ];
    if let Some(c) = &i.confirmed {
        let by = t.tr("instruction-by", &[("name", &c.name), ("at", &format::exact(t, c.at))]);
        rows.push((t.t("instruction-confirmed"), text(by)));
    }
    if let Some(day) = i.wish {
        rows.push((t.t("instruction-wish"), text(format::date(t, day))));
    }
    if !i.effort.is_empty() {
        rows.push((t.t("instruction-effort"), text(&i.effort)));
    }
    rows
}

fn at(t: T, v: &InstructionView, end: &str) -> String {
    t.url(&format!("{}/{}/{end}", v.side.base("instructions"), v.entry.id))
}

fn customer_forms(t: T, v: &InstructionView) -> Vec<AnyView> {
    let mut parts = Vec::new();
    if matches!(v.entry.state, InstructionState::Unconfirmed { .. }) {
        let button = button_form(Weight::Primary, t.t("instruction-confirm"), at(t, v, "confirm"), &[]);
        parts.push(section(
            t.t("instruction-confirm-title"),
            vec![p(t.t("instruction-confirm-text")), button],
        ));
    }
    if matches!(v.entry.state, InstructionState::Suspended { .. }) {
        parts.push(section(t.t("instruction-choice"), vec![answer_form(t, v)]));
    }
    if domain::register::Register::is_open(&v.entry.state) {
        let button = button_form(Weight::Danger, t.t("instruction-withdraw"), at(t, v, "withdraw"), &[]);
        parts.push(details(
            t.t("instruction-withdraw-title"),
            vec![p(t.t("instruction-withdraw-text")), button],
        ));
    }
    parts
}

fn answer_form(t: T, v: &InstructionView) -> AnyView {
    let (a, m, i) = (&v.typed.answer, &v.mistakes, v.entry.state.instruction());
    let choices = vec![
        Choice::new("confirm", t.t("instruction-choice-confirm")),
        Choice::new("change", t.t("instruction-choice-change")),
    ];
    // Untouched the form holds the present wording, ready to be changed.
    let or = |typed: &str, stored: &str| {
        if a.choice.is_empty() && typed.is_empty() { stored.to_string() } else { typed.to_string() }
    };
    form(
        at(t, v, "answer"),
        vec![
            Field::radios("choice", t.t("instruction-choice"), choices)
                .value(a.choice.clone())
                .check(t, m)
                .view(),
            Field::textarea("note", t.t("instruction-note"))
                .hint(t.t("instruction-note-hint"))
                .value(a.note.clone())
                .check(t, m)
                .view(),
            Field::text("title", t.t("instruction-title")).value(or(&a.title, &i.title)).check(t, m).view(),
            Field::textarea("text", t.t("instruction-text"))
                .hint(t.t("instruction-change-hint"))
                .value(or(&a.text, &i.text))
                .check(t, m)
                .view(),
        ],
        vec![button_primary(t.t("instruction-answer"))],
    )
}

fn keeper_forms(t: T, v: &InstructionView) -> Vec<AnyView> {
    use InstructionState as S;
    let m = &v.mistakes;
    let mut parts = Vec::new();
    if matches!(v.entry.state, S::Given { .. }) {
        let effort = Field::textarea("effort", t.t("instruction-effort"))
            .hint(t.t("instruction-effort-hint"))
            .value(v.typed.effort.clone())
            .rows(3)
            .optional(t)
            .check(t, m);
        let take = form(
            at(t, v, "acknowledge"),
            vec![effort.view()],
            vec![button_primary(t.t("instruction-acknowledge"))],
        );
        parts.push(section(t.t("instruction-acknowledge-title"), vec![take]));
    }
    if matches!(
        v.entry.state,
        S::Unconfirmed { .. } | S::Given { .. } | S::Acknowledged { .. } | S::Answered { .. }
    ) {
        parts.push(section(t.t("instruction-carry-out-title"), vec![done_form(t, v)]));
    }
    parts
}

fn done_form(t: T, v: &InstructionView) -> AnyView {
    let (d, m) = (&v.typed.done, &v.mistakes);
    let mut fields = vec![
        Field::textarea("what", t.t("instruction-what")).value(d.what.clone()).check(t, m).view(),
        Field::date("on", t.t("instruction-on")).value(d.on.clone()).short().check(t, m).view(),
    ];
    if matches!(v.entry.state, InstructionState::Unconfirmed { .. }) {
        let urgency =
            Field::textarea("urgency", t.t("instruction-urgency")).hint(t.t("instruction-urgency-hint"));
        fields.push(urgency.value(d.urgency.clone()).rows(3).check(t, m).view());
    }
    form(at(t, v, "carry-out"), fields, vec![button_secondary(t.t("instruction-carry-out"))])
}

fn officer_forms(t: T, v: &InstructionView) -> Vec<AnyView> {
    use InstructionState as S;
    let m = &v.mistakes;
    let changed = v
        .entry
        .state
        .instruction()
        .warnings
        .last()
        .and_then(|w| w.answer.as_ref())
        .is_some_and(|a| a.changed);
    let may_warn = match v.entry.state {
        S::Unconfirmed { .. } | S::Given { .. } | S::Acknowledged { .. } => true,
        S::Answered { .. } => changed,
        _ => false,
    };
    let mut parts = Vec::new();
    if may_warn {
        let reason =
            Field::textarea("reason", t.t("instruction-reason")).hint(t.t("instruction-reason-hint"));
        let reason = reason.value(v.typed.reason.clone()).check(t, m).view();
        let send = form(at(t, v, "warn"), vec![reason], vec![button_secondary(t.t("instruction-warn"))]);
        parts.push(section(t.t("instruction-warn-title"), vec![send]));
    }
    if matches!(v.entry.state, S::Answered { .. }) {
        let reason = Field::textarea("refusal", t.t("instruction-refusal")).value(v.typed.refusal.clone());
        let send = form(
            at(t, v, "refuse"),
            vec![reason.check(t, m).view()],
            vec![button_secondary(t.t("instruction-refuse"))],
        );
        parts.push(section(t.t("instruction-refuse-title"), vec![p(t.t("instruction-refuse-text")), send]));
    }
    parts
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    use crate::samples::registers as made;
    let page = |side: Side, state| {
        render(made::shell(lang, &side), made::instruction_view(lang, side.clone(), state))
    };
    let all = made::instruction_states(lang);
    let of = |name: &str| all.iter().find(|s| s.state() == name).unwrap_or(&all[0]).clone();
    let (customer, staff) = (made::customer_side, made::staff_side);
    vec![
        ("instruction-unconfirmed", page(customer(), of("unconfirmed"))),
        ("instruction-unconfirmed-staff", page(staff(), of("unconfirmed"))),
        ("instruction-given", page(staff(), of("given"))),
        ("instruction-suspended", page(customer(), of("suspended"))),
        ("instruction-answered", page(staff(), of("answered"))),
        ("instruction-carried-out", page(customer(), of("carried_out"))),
        ("instruction-refused", page(customer(), of("refused"))),
        ("instruction-withdrawn", page(staff(), of("withdrawn"))),
    ]
}
