//! A password by mail: asking for the link, and the page that the link opens.

use crate::components::{
    Field, Tone, button_primary, column, error_summary, facts_text, form, link, notice, p, page_head,
};
use crate::i18n::T;
use crate::layout::{self, Shell};
use domain::{Lang, Mistake, Mistakes};
use leptos::prelude::*;

/// Asking for a link.
#[derive(Clone, Debug, Default)]
pub struct ForgottenView {
    /// What was typed.
    pub email: String,
    /// What was wrong.
    pub mistakes: Mistakes,
}

/// The page that asks for the address.
pub fn render_forgotten(shell: Shell, view: ForgottenView) -> String {
    let t = shell.t();
    layout::render(shell.at("login", t.t("forgotten-title")), move || forgotten(t, view))
}

fn forgotten(t: T, v: ForgottenView) -> AnyView {
    let fresh = v.mistakes.is_empty();
    column(vec![
        error_summary(t, &v.mistakes, &[("email", t.t("login-email"))]),
        page_head(t.t("forgotten-title"), t.t("forgotten-lead"), Vec::new()),
        form(
            t.url("/password/forgotten"),
            vec![
                Field::email("email", t.t("login-email"))
                    .value(v.email)
                    .autocomplete("username")
                    .focus(fresh)
                    .check(t, &v.mistakes)
                    .view(),
            ],
            vec![button_primary(t.t("forgotten-button")), link(t.t("forgotten-back"), t.url("/login"))],
        ),
    ])
}

/// What a link by mail opens.
#[derive(Clone, Debug, Default)]
pub struct SetPasswordView {
    /// The link's secret: where the form goes to.
    pub secret: String,
    /// The first password of a new account, else a new one.
    pub invitation: bool,
    /// For whom.
    pub name: String,
    /// Log-in name.
    pub email: String,
    /// Somebody else is logged in in this browser: their name; empty when nobody is.
    pub other: String,
    /// What was wrong.
    pub mistakes: Mistakes,
}

/// The page that sets the password.
pub fn render_set(shell: Shell, view: SetPasswordView) -> String {
    let t = shell.t();
    let title = t.t(if view.invitation { "welcome-title" } else { "reset-title" });
    layout::render(shell.at("login", title), move || set(t, view))
}

fn set(t: T, v: SetPasswordView) -> AnyView {
    let labels = [("password", t.t("password-new")), ("password_repeat", t.t("password-repeat"))];
    let (title, lead, label) = match v.invitation {
        true => ("welcome-title", "welcome-lead", "welcome-button"),
        false => ("reset-title", "reset-lead", "reset-button"),
    };
    let other = (!v.other.is_empty()).then(|| {
        let words = t.tr("link-other-person", &[("name", &v.other)]);
        notice(Tone::Warn, "", vec![p(words)])
    });
    // Kept unseen for the password store of the browser, so that it files the password under the right name.
    let username = view! {
        <input type="hidden" name="username" autocomplete="username" value=v.email.clone() />
    };
    let mut fields = vec![username.into_any()];
    fields.extend(new_password(t, &v.mistakes));
    column(vec![
        error_summary(t, &v.mistakes, &labels),
        page_head(t.t(title), t.t(lead), Vec::new()),
        other.into_any(),
        facts_text(vec![(t.t("account-name"), v.name), (t.t("login-email"), v.email)]),
        form(t.url(&format!("/link/{}", v.secret)), fields, vec![button_primary(t.t(label))]),
    ])
}

/// The two fields of a new password: `password`, `password_repeat`.
pub fn new_password(t: T, mistakes: &Mistakes) -> Vec<AnyView> {
    vec![
        Field::password("password", t.t("password-new"))
            .hint(t.t("password-hint"))
            .autocomplete("new-password")
            .check(t, mistakes)
            .view(),
        Field::password("password_repeat", t.t("password-repeat"))
            .autocomplete("new-password")
            .check(t, mistakes)
            .view(),
    ]
}

/// For the tests.
pub fn samples(lang: Lang) -> Vec<(&'static str, String)> {
    let shell = |path: &str| crate::samples::shell(lang, path);
    let wrong = Mistakes(vec![
        Mistake::with("password", "password-short", 12),
        Mistake::new("password_repeat", "password-different"),
    ]);
    let set = |invitation, other: &str, mistakes| SetPasswordView {
        secret: "3kq9-t7xm".into(),
        invitation,
        name: "Karl Sägebrecht".into(),
        email: "karl.saegebrecht@tischlerei.example".into(),
        other: other.into(),
        mistakes,
    };
    let bad_address = ForgottenView {
        email: "karl@".into(),
        mistakes: Mistakes(vec![Mistake::with("email", "email", "karl@")]),
    };
    vec![
        ("password-forgotten", render_forgotten(shell("/password/forgotten"), ForgottenView::default())),
        ("password-forgotten-again", render_forgotten(shell("/password/forgotten"), bad_address)),
        ("link-invitation", render_set(shell("/link/3kq9-t7xm"), set(true, "", Mistakes::default()))),
        ("link-reset-again", render_set(shell("/link/3kq9-t7xm"), set(false, "Eva Schönfeld", wrong))),
    ]
}
