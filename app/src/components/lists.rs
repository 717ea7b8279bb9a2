//! Lists: facts, timelines, things that are due.

use super::{Tone, icon};
use leptos::prelude::*;

/// Facts: label and value.
pub fn facts(rows: Vec<(String, AnyView)>) -> AnyView {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(label, value)| {
            view! { <div class="facts__row"><dt>{label}</dt><dd>{value}</dd></div> }.into_any()
        })
        .collect();
    view! { <dl class="facts">{rows}</dl> }.into_any()
}

/// Facts in words.
pub fn facts_text(rows: Vec<(String, String)>) -> AnyView {
    facts(rows.into_iter().map(|(label, value)| (label, value.into_any())).collect())
}

/// A plain list of points.
pub fn points(items: Vec<String>) -> AnyView {
    let items: Vec<_> = items.into_iter().map(|i| view! { <li>{i}</li> }.into_any()).collect();
    view! { <ul class="points">{items}</ul> }.into_any()
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Moment {
    /// As people write it.
    pub when: String,
    /// For machines: `2026-11-23T13:05:07Z` or a day.
    pub machine: String,
    /// What.
    pub what: String,
    /// Who; may be empty.
    pub who: String,
    /// More of it; may be empty.
    pub note: String,
    /// Label and address of the document beside it.
    pub document: Option<(String, String)>,
    /// Its meaning.
    pub tone: Tone,
}

/// What happened, who, when, with the document beside it; in the given order.
pub fn timeline(moments: Vec<Moment>) -> AnyView {
    let items: Vec<_> = moments.into_iter().map(moment).collect();
    view! { <ol class="timeline" role="list">{items}</ol> }.into_any()
}

fn moment(m: Moment) -> AnyView {
    let class = format!("moment moment--{}", m.tone.name());
    let who = (!m.who.is_empty()).then(|| view! { <span class="moment__who">{m.who}</span> }.into_any());
    let note = (!m.note.is_empty()).then(|| view! { <p class="moment__note">{m.note}</p> }.into_any());
    let document = m.document.map(|(label, href)| {
        view! { <a class="moment__file" href=href>{icon("file")}<span>{label}</span></a> }.into_any()
    });
    view! {
        <li class=class>
            <span class="moment__mark">{icon(m.tone.icon())}</span>
            <div class="moment__text">
                <p class="moment__what">{m.what}</p>
                <p class="moment__when"><time datetime=m.machine>{m.when}</time>{who}</p>
                {note}
                {document}
            </div>
        </li>
    }
    .into_any()
}

/// One thing to do.
#[derive(Clone, Debug)]
pub struct Task {
    /// Where it is done.
    pub href: String,
    /// What.
    pub title: String,
    /// About whom or what; may be empty.
    pub note: String,
    /// Until when, in words; may be empty.
    pub due: String,
    /// How pressing.
    pub tone: Tone,
}

/// Things that are due, each a line to press, in the given order.
pub fn tasks(items: Vec<Task>) -> AnyView {
    let items: Vec<_> = items
        .into_iter()
        .map(|task| {
            let class = format!("task task--{}", task.tone.name());
            let note = (!task.note.is_empty())
                .then(|| view! { <span class="task__note">{task.note}</span> }.into_any());
            let due = (!task.due.is_empty())
                .then(|| view! { <span class="task__due">{task.due}</span> }.into_any());
            view! {
                <li>
                    <a class=class href=task.href>
                        {icon(task.tone.icon())}
                        <span class="task__text"><span class="task__title">{task.title}</span>{note}</span>
                        {due}
                        {icon("arrow-right")}
                    </a>
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ul class="tasks" role="list">{items}</ul> }.into_any()
}

/// One thing that is done or not, in one line.
#[derive(Clone, Debug)]
pub struct Check {
    /// What.
    pub title: String,
    /// Its state in words, with the day where there is one.
    pub state: String,
    /// How and by whom; may be empty.
    pub note: String,
    /// Its meaning.
    pub tone: Tone,
}

/// Many things that are done or not: a line each, the state at its end where there is room.
pub fn checks(items: Vec<Check>) -> AnyView {
    let items: Vec<_> = items
        .into_iter()
        .map(|c| {
            let class = format!("check check--{}", c.tone.name());
            let note = (!c.note.is_empty()).then(|| view! { <p class="check__note">{c.note}</p> }.into_any());
            view! {
                <li class=class>
                    {icon(c.tone.icon())}
                    <p class="check__title">{c.title}</p>
                    <p class="check__state">{c.state}</p>
                    {note}
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ul class="checks" role="list">{items}</ul> }.into_any()
}
