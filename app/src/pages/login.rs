//! The log-in.

use crate::components::{
    Field, Tone, button_primary, column, error_summary, form, hidden, link, notice, p, page_head,
};
use crate::i18n::T;
use crate::layout::{self, Shell};
use domain::{Mistake, Mistakes};
use leptos::prelude::*;

/// The log-in form.
#[derive(Clone, Debug, Default)]
pub struct LoginView {
    /// What was typed.
    pub email: String,
    /// What was wrong (`login-failed` of no field: never says which of the two).
    pub mistakes: Mistakes,
    /// Where to go afterwards; empty for the start page.
    pub next: String,
    /// Why one is here, in words (the session ended); empty for nothing.
    pub notice: String,
}

/// The whole page.
pub fn render(shell: Shell, view: LoginView) -> String {
    let t = shell.t();
    layout::render(shell.at("login", t.t("login-title")), move || body(t, view))
}

fn body(t: T, v: LoginView) -> AnyView {
    let fresh = v.mistakes.is_empty();
    let labels = [("email", t.t("login-email")), ("password", t.t("login-password"))];
    let why = (!v.notice.is_empty()).then(|| notice(Tone::Info, "", vec![p(v.notice)]));
    column(vec![
        error_summary(t, &v.mistakes, &labels),
        page_head(t.t("login-title"), t.t("login-lead"), Vec::new()),
        why.into_any(),
        form(
            t.url("/login"),
            vec![
                hidden("next", v.next),
                Field::email("email", t.t("login-email"))
                    .value(v.email)
                    .autocomplete("username")
                    .focus(fresh)
                    .check(t, &v.mistakes)
                    .view(),
                Field::password("password", t.t("login-password"))
                    .autocomplete("current-password")
                    .check(t, &v.mistakes)
                    .view(),
            ],
            vec![
                button_primary(t.t("login-button")),
                link(t.t("login-forgotten"), t.url("/password/forgotten")),
            ],
        ),
        view! { <p class="note">{t.t("login-no-account")}</p> }.into_any(),
    ])
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    let shell = || crate::samples::shell(lang, "/login");
    let t = T(lang);
    let mut failed = Mistakes(vec![Mistake::new("", "login-failed")]);
    failed.add("password", "required");
    vec![
        ("login", render(shell(), LoginView { notice: t.t("login-session-ended"), ..LoginView::default() })),
        ("login-failed", {
            let email = "\"><script>@tischlerei.example".into();
            render(shell(), LoginView { email, mistakes: failed, ..LoginView::default() })
        }),
    ]
}
