//! What the two pages about the time after the end share: the choice, the tasks with their confirmations, what is kept,
//! the certificate.

use super::contract_parts::{DocumentLink, document_line};
use crate::components::{Check, Tone, checks, empty, facts_text, p, stack, table, text};
use crate::format;
use crate::i18n::T;
use domain::UserId;
use domain::contract::lifecycle::{Disposal, Retained, Task, TaskKind};
use leptos::prelude::*;
use std::collections::HashMap;

/// Names of people by account.
pub type Names = HashMap<UserId, String>;

/// Name of an account; a dash when it is gone.
pub fn name_of(names: &Names, user: UserId) -> String {
    names.get(&user).cloned().unwrap_or_else(|| "–".into())
}

/// End, choice and return in facts.
pub fn choice_facts(t: T, d: &Disposal, names: &Names) -> AnyView {
    let mut rows = vec![
        (t.t("disposal-ended-on"), format::date(t, d.ended_on)),
        (t.t("disposal-choose-until"), format::date(t, d.choose_until)),
    ];
    if !d.reminders.is_empty() {
        let at: Vec<_> = d.reminders.iter().map(|at| format::day(t, *at)).collect();
        rows.push((t.t("disposal-reminded"), at.join(", ")));
    }
    match &d.choice {
        None => rows.push((t.t("disposal-choice"), t.t("disposal-choice-open"))),
        Some(c) => {
            rows.push((t.t("disposal-choice"), t.t(&format!("way-{}", c.way.name()))));
            let by = match c.by {
                Some(user) => {
                    let key = if c.in_text_form { "choice-in-text-form" } else { "by-at" };
                    t.tr(key, &[("name", &name_of(names, user)), ("at", &format::time(t, c.at))])
                }
                None => t.t("disposal-by-default"),
            };
            rows.push((t.t("disposal-chosen-by"), by));
        }
    }
    if let Some(r) = &d.returned {
        rows.push((t.t("disposal-returned"), format!("{}: {}", format::time(t, r.at), r.how)));
        rows.push((t.t("disposal-check-until"), format::date(t, r.check_until)));
    }
    if let Some(until) = d.delete_until() {
        rows.push((t.t("disposal-delete-until"), format::date(t, until)));
    }
    if d.tasks.iter().any(|x| x.kind == TaskKind::Backup)
        && let Some(until) = d.overwrite_until()
    {
        rows.push((t.t("disposal-overwrite-until"), format::date(t, until)));
    }
    facts_text(rows)
}

/// The tasks by service, a line each, with who confirmed what, when and how; the sub-processors last.
pub fn task_list(t: T, d: &Disposal, names: &Names) -> AnyView {
    let mut groups: Vec<(String, Vec<&Task>)> = Vec::new();
    for task in &d.tasks {
        let title = group(t, task);
        match groups.iter_mut().find(|(known, _)| *known == title) {
            Some((_, tasks)) => tasks.push(task),
            None => groups.push((title, vec![task])),
        }
    }
    let others = t.t("task-group-subprocessors");
    groups.sort_by_key(|(title, _)| *title == others);
    let parts: Vec<_> = groups
        .into_iter()
        .map(|(title, tasks)| {
            let done = tasks.iter().filter(|task| task.done.is_some()).count().to_string();
            let count = t.tr("task-count", &[("done", &done), ("all", &tasks.len().to_string())]);
            let lines = tasks.into_iter().map(|task| line(t, task, names)).collect();
            view! { <div><h3>{title}</h3><p class="hint">{count}</p>{checks(lines)}</div> }.into_any()
        })
        .collect();
    stack(parts)
}

/// Under which heading a task stands.
fn group(t: T, task: &Task) -> String {
    match (task.kind, task.services.first()) {
        (TaskKind::Subprocessor, _) | (_, None) => t.t("task-group-subprocessors"),
        (TaskKind::Data | TaskKind::Backup, Some(service)) => t.t(&format!("service-{}", service.name())),
    }
}

fn line(t: T, task: &Task, names: &Names) -> Check {
    let title = task.name.get(t.0).clone();
    let Some(done) = &task.done else {
        return Check { title, state: t.t("task-open"), note: String::new(), tone: Tone::Warn };
    };
    let how = match done.note.as_str() {
        "" => done.method.clone(),
        more => format!("{} ({more})", done.method),
    };
    Check {
        title,
        state: t.tr("task-done-on", &[("date", &format::date(t, done.on))]),
        note: t.tr("task-how-by", &[("how", &how), ("name", &name_of(names, done.by))]),
        tone: Tone::Good,
    }
}

/// A task in words: its service, what it is, and of which kind.
pub fn task_name(t: T, task: &Task) -> String {
    let name = task.name.get(t.0);
    match task.kind {
        TaskKind::Subprocessor => t.tr("task-subprocessor", &[("name", name)]),
        TaskKind::Data | TaskKind::Backup => {
            let service = task.services.first().map_or("", |s| s.name());
            let service = if service.is_empty() { String::new() } else { t.t(&format!("service-{service}")) };
            format!("{service}: {name}")
        }
    }
}

/// What the law makes the provider keep.
pub fn retained_table(t: T, retained: &[Retained]) -> AnyView {
    if retained.is_empty() {
        return empty(t.t("retained-none-title"), t.t("retained-none"));
    }
    let columns = ["retained-what", "retained-law", "retained-until"].map(|key| t.t(key));
    let rows = retained
        .iter()
        .map(|r| vec![text(r.what.clone()), text(r.law.clone()), text(format::date(t, r.until))]);
    table(t.t("retained-title"), columns.into(), rows.collect())
}

/// The certificate, or when there will be one.
pub fn certificate(t: T, link: Option<&DocumentLink>, closed: bool) -> AnyView {
    match link {
        Some(link) => document_line(t, link),
        None if closed => p(t.t("certificate-soon")),
        None => p(t.t("certificate-later")),
    }
}
