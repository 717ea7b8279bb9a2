//! The outbox: every mail and every job with its state, and one mail as its reader sees it.

use crate::components::{
    Choice, Field, Tone, Weight, badge, badge_with, button_form, button_link, copy_text, crumbs, empty,
    facts, filters, icon_link, link, notice, p, page_head, pagination, row, table, text,
};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::{DateTime, Utc};
use domain::JobId;
use leptos::prelude::*;

/// A page of the list.
#[derive(Clone, Debug, Default)]
pub struct OutboxView {
    /// Jobs, the newest first.
    pub jobs: Vec<JobLine>,
    /// `ready`, `done`, `dead`, or empty for all.
    pub state: String,
    /// Page, from 1.
    pub page: u64,
    /// Pages in all.
    pub pages: u64,
    /// Mails go to a folder, not to a server.
    pub folder: bool,
}

/// One job.
#[derive(Clone, Debug)]
pub struct JobLine {
    /// Which.
    pub id: JobId,
    /// `mail`, `contract_document`.
    pub kind: String,
    /// Subject of a mail.
    pub subject: String,
    /// Address of a mail.
    pub to: String,
    /// Where it stands.
    pub state: JobState,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// Tries so far.
    pub attempts: i32,
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobState {
    /// Not tried yet.
    Waiting,
    /// Failed, will be tried again.
    Again,
    /// A mail that a server has taken.
    Sent,
    /// A mail that lies in the folder.
    Filed,
    /// Another job that is done.
    Done,
    /// Given up.
    Dead,
}

impl JobState {
    fn badge(self, t: T) -> AnyView {
        match self {
            Self::Waiting => badge_with(Tone::Info, "clock", t.t("outbox-state-ready")),
            Self::Again => badge(Tone::Warn, t.t("outbox-state-again")),
            Self::Sent => badge(Tone::Good, t.t("outbox-state-sent")),
            Self::Filed => badge_with(Tone::Good, "file", t.t("outbox-state-filed")),
            Self::Done => badge(Tone::Good, t.t("outbox-state-done")),
            Self::Dead => badge(Tone::Bad, t.t("outbox-state-dead")),
        }
    }
}

/// One job in full.
#[derive(Clone, Debug)]
pub struct JobView {
    /// The line of it.
    pub line: JobLine,
    /// Name of the recipient.
    pub name: String,
    /// Name of the template.
    pub template: String,
    /// Text version.
    pub text: String,
    /// Address of the one button in it; empty when there is none or when it is hidden.
    pub link: String,
    /// File names that go along.
    pub enclosed: Vec<String>,
    /// Link and code are hidden.
    pub hidden: bool,
    /// Class of the last failure.
    pub error: String,
    /// When it is tried next.
    pub next_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
}

/// The list.
pub fn render(shell: Shell, view: OutboxView) -> String {
    let t = shell.t();
    layout::render(shell.at("outbox", t.t("outbox-title")), move || list(t, view))
}

fn list(t: T, v: OutboxView) -> AnyView {
    let folder =
        v.folder.then(|| notice(Tone::Info, t.t("outbox-folder"), vec![p(t.t("outbox-folder-text"))]));
    let choices = ["", "ready", "done", "dead"].map(|s| Choice::new(s, filter_label(t, s))).to_vec();
    let filter = Field::select("state", t.t("outbox-filter"), choices).value(v.state.clone()).view();
    let (page, pages, state) = (v.page, v.pages, v.state.clone());
    let content = if v.jobs.is_empty() {
        if v.state.is_empty() {
            empty(t.t("outbox-none"), t.t("outbox-none-text"))
        } else {
            empty(t.t("outbox-none-state"), t.t("outbox-none-state-text"))
        }
    } else {
        let columns = ["outbox-what", "outbox-to", "outbox-state", "outbox-at", "outbox-tries"];
        let rows = v.jobs.into_iter().map(|j| line(t, j)).collect();
        table(t.t("outbox-title"), columns.map(|k| t.t(k)).to_vec(), rows)
    };
    view! {
        {page_head(t.t("outbox-title"), t.t("outbox-lead"), Vec::new())}
        {folder}
        {filters(t.url("/outbox"), vec![filter], t.t("outbox-show"))}
        {content}
        {pagination(t, page, pages, &|n| t.url(&format!("/outbox?state={state}&page={n}")))}
    }
    .into_any()
}

fn filter_label(t: T, state: &str) -> String {
    if state.is_empty() { t.t("outbox-filter-all") } else { t.t(&format!("outbox-state-{state}")) }
}

fn kind(t: T, kind: &str) -> String {
    let key = format!("outbox-kind-{kind}");
    if t.has(&key) { t.t(&key) } else { kind.to_string() }
}

fn title(t: T, j: &JobLine) -> String {
    if j.subject.is_empty() { kind(t, &j.kind) } else { j.subject.clone() }
}

fn line(t: T, j: JobLine) -> Vec<AnyView> {
    let to = if j.to.is_empty() { "–".into() } else { j.to.clone() };
    vec![
        link(title(t, &j), t.url(&format!("/outbox/{}", j.id))),
        text(to),
        j.state.badge(t),
        text(format::time(t, j.created_at)),
        text(j.attempts.to_string()),
    ]
}

/// One job.
pub fn render_job(shell: Shell, view: JobView) -> String {
    let t = shell.t();
    let title = title(t, &view.line);
    layout::render(shell.at("outbox", title), move || job(t, view))
}

fn job(t: T, v: JobView) -> AnyView {
    let at = t.url(&format!("/outbox/{}", v.line.id));
    let retry = (v.line.state == JobState::Dead).then(|| {
        let button = button_form(Weight::Primary, t.t("outbox-retry"), format!("{at}/retry"), &[]);
        notice(Tone::Bad, t.t("outbox-state-dead"), vec![p(t.t("outbox-retry-text")), button])
    });
    let hidden =
        v.hidden.then(|| notice(Tone::Info, t.t("outbox-hidden"), vec![p(t.t("outbox-hidden-text"))]));
    let mail = (!v.text.is_empty()).then(|| {
        let open = (!v.link.is_empty())
            .then(|| icon_link(Weight::Secondary, "external", t.t("outbox-open-link"), v.link.clone()));
        let html = button_link(Weight::Secondary, t.t("outbox-html"), format!("{at}/html"));
        let ways = open.into_iter().chain([html]).collect();
        view! { {copy_text(t, t.t("outbox-text"), v.text.clone())}{row(ways)} }.into_any()
    });
    view! {
        {crumbs(t, vec![(t.t("outbox-title"), t.url("/outbox"))])}
        {page_head(title(t, &v.line), "", Vec::new())}
        {retry}
        {facts(job_facts(t, &v))}
        {hidden}
        {mail}
    }
    .into_any()
}

fn job_facts(t: T, v: &JobView) -> Vec<(String, AnyView)> {
    let j = &v.line;
    let mut rows = vec![
        (t.t("outbox-state"), j.state.badge(t)),
        (t.t("outbox-kind"), text(kind(t, &j.kind))),
        (t.t("outbox-at"), text(format::time(t, j.created_at))),
        (t.t("outbox-tries"), text(j.attempts.to_string())),
    ];
    let mut add = |key: &str, value: String| {
        if !value.is_empty() {
            rows.push((t.t(key), text(value)));
        }
    };
    if !j.to.is_empty() {
        add("outbox-to", format!("{} <{}>", v.name, j.to));
    }
    add("outbox-template", v.template.clone());
    add("outbox-enclosed", v.enclosed.join(", "));
    add("outbox-error", v.error.clone());
    add("outbox-next", v.next_at.map(|at| format::time(t, at)).unwrap_or_default());
    add("outbox-ended", v.ended_at.map(|at| format::time(t, at)).unwrap_or_default());
    rows
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    use domain::permission::StaffRole;
    let at = DateTime::from_timestamp(1_795_424_400, 0).unwrap_or_default();
    let line = |kind: &str, subject: &str, state, attempts| JobLine {
        id: JobId(crate::samples::customer_id().0),
        kind: kind.into(),
        subject: subject.into(),
        to: if kind == "mail" { "otto@tischlerei-saegebrecht.example".into() } else { String::new() },
        state,
        created_at: at,
        attempts,
    };
    let jobs = vec![
        line("mail", "Ihr Code zur Unterzeichnung: AV-2026-00042", JobState::Waiting, 0),
        line("mail", "AV-Vertrag AV-2026-00042 <zur> Unterzeichnung", JobState::Again, 2),
        line("contract_document", "", JobState::Done, 1),
        line("mail", "AV-Vertrag AV-2026-00041 ist geschlossen", JobState::Filed, 1),
        line("mail", "Ihr Zugang zum AV-Portal", JobState::Dead, 8),
    ];
    let dead = JobView {
        line: line("mail", "Ihr Zugang zum AV-Portal von Fluxpunkt GmbH", JobState::Dead, 8),
        name: "Otto Sägebrecht".into(),
        template: "invitation".into(),
        text: "Guten Tag Otto Sägebrecht,\n\nfür Sie wurde ein Zugang angelegt.\n\nZugang einrichten:\n•••\n"
            .into(),
        link: String::new(),
        enclosed: vec!["AV-Vertrag-AV-2026-00042.pdf".into()],
        hidden: true,
        error: "smtp 550".into(),
        next_at: None,
        ended_at: Some(at),
    };
    let button = "https://av.example.org/de/invitation/abc".into();
    let open = JobView {
        link: button,
        hidden: false,
        line: line("mail", "Ihr Zugang", JobState::Filed, 1),
        ..dead.clone()
    };
    let shell = || crate::samples::staff_shell(lang, "/outbox", &[StaffRole::Admin]);
    let view = OutboxView { jobs, page: 2, pages: 3, folder: true, ..OutboxView::default() };
    vec![
        ("outbox", render(shell(), view)),
        ("outbox-empty", render(shell(), OutboxView { page: 1, pages: 1, ..OutboxView::default() })),
        ("outbox-none-dead", {
            render(shell(), OutboxView { state: "dead".into(), page: 1, pages: 1, ..OutboxView::default() })
        }),
        ("outbox-job-dead", render_job(shell(), dead)),
        ("outbox-job", render_job(shell(), open)),
    ]
}
