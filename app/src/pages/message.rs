//! A page that says one thing: not found, not allowed, gone wrong, sent. What happened, whether anything was
//! lost, what to do.

use crate::components::{Tone, Weight, button_link, button_link_apart, column, icon, p};
use crate::i18n::T;
use crate::layout::{self, Shell};
use leptos::prelude::*;

/// One thing to say.
#[derive(Clone, Debug)]
pub struct MessageView {
    /// Its meaning.
    pub tone: Tone,
    /// In a few words.
    pub title: String,
    /// In sentences.
    pub paragraphs: Vec<String>,
    /// Label and address of the one way on.
    pub action: Option<(String, String)>,
    /// The way on opens in another tab, because this one holds what was typed.
    pub apart: bool,
}

impl MessageView {
    /// The message `message-<name>`: title, up to three paragraphs `-1` to `-3`, a label `-action` when there is one.
    /// Known: `not-found`, `forbidden`, `broken`, `too-many`, `link-expired`, `link-used`, `link-unknown`, `mail-sent`, `logged-out`, `too-large`,
    /// `session-ended`, `cross-origin`, `too-slow`.
    pub fn known(t: T, name: &str, action_href: impl Into<String>) -> Self {
        let key = |end: &str| format!("message-{name}{end}");
        let paragraphs =
            ["-1", "-2", "-3"].into_iter().map(key).filter(|k| t.has(k)).map(|k| t.t(&k)).collect();
        let action = t.has(&key("-action")).then(|| (t.t(&key("-action")), action_href.into()));
        let tone = match name {
            "mail-sent" | "logged-out" => Tone::Good,
            "broken" => Tone::Bad,
            "not-found" => Tone::Info,
            _ => Tone::Warn,
        };
        Self { tone, title: t.t(&key("")), paragraphs, action, apart: name == "session-ended" }
    }
}

/// The whole page.
pub fn render(shell: Shell, view: MessageView) -> String {
    layout::render(shell.at("", view.title.clone()), move || body(view))
}

fn body(v: MessageView) -> AnyView {
    let class = format!("message message--{}", v.tone.name());
    let action = v.action.map(|(label, href)| match v.apart {
        true => button_link_apart(Weight::Primary, label, href),
        false => button_link(Weight::Primary, label, href),
    });
    let paragraphs: Vec<_> = v.paragraphs.into_iter().map(p).collect();
    column(vec![
        view! {
            <div class=class>
                <span class="message__mark">{icon(v.tone.icon())}</span>
                <h1>{v.title}</h1>
                {paragraphs}
                {action}
            </div>
        }
        .into_any(),
    ])
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    let t = T(lang);
    let known = [
        ("message-not-found", "not-found"),
        ("message-forbidden", "forbidden"),
        ("message-broken", "broken"),
        ("message-too-many", "too-many"),
        ("message-link-expired", "link-expired"),
        ("message-link-used", "link-used"),
        ("message-link-unknown", "link-unknown"),
        ("message-mail-sent", "mail-sent"),
        ("message-logged-out", "logged-out"),
        ("message-too-large", "too-large"),
        ("message-session-ended", "session-ended"),
        ("message-cross-origin", "cross-origin"),
        ("message-too-slow", "too-slow"),
    ];
    known
        .into_iter()
        .map(|(sample, name)| {
            let view = MessageView::known(t, name, t.url("/login"));
            (sample, render(crate::samples::shell(lang, "/somewhere"), view))
        })
        .collect()
}
