//! One's own account: name and language, password, where one is logged in.

use super::password::new_password;
use crate::components::{
    Choice, Field, Tone, Weight, badge, button_form, button_primary, button_secondary, column, error_summary,
    facts_text, form, page_head, section, section_with, table, text,
};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::{DateTime, Utc};
use domain::permission::StaffRole;
use domain::{Lang, Mistake, Mistakes, SessionId};
use leptos::prelude::*;

/// The account.
#[derive(Clone, Debug, Default)]
pub struct AccountView {
    /// Log-in name.
    pub email: String,
    /// Full name, as typed.
    pub name: String,
    /// `de` or `en`, as chosen.
    pub language: String,
    /// What was wrong, in whichever of the forms.
    pub mistakes: Mistakes,
    /// Roles with the organisation that they are for.
    pub roles: Vec<(String, String)>,
    /// Where one is logged in, the last used first.
    pub sessions: Vec<SessionRow>,
}

/// One session.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// To end it.
    pub id: SessionId,
    /// Browser and system; may be empty.
    pub device: String,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Last request.
    pub last_seen: DateTime<Utc>,
    /// It is this one.
    pub here: bool,
}

/// The whole page.
pub fn render(shell: Shell, view: AccountView) -> String {
    let t = shell.t();
    layout::render(shell.at("account", t.t("account-title")), move || body(t, view))
}

fn body(t: T, v: AccountView) -> AnyView {
    let labels = [
        ("name", t.t("account-name")),
        ("language", t.t("account-language")),
        ("current", t.t("password-current")),
        ("password", t.t("password-new")),
        ("password_repeat", t.t("password-repeat")),
    ];
    view! {
        {column(vec![
            error_summary(t, &v.mistakes, &labels),
            page_head(t.t("account-title"), t.t("account-lead"), Vec::new()),
            profile(t, &v),
            password(t, &v),
        ])}
        {sessions(t, v.sessions)}
    }
    .into_any()
}

fn profile(t: T, v: &AccountView) -> AnyView {
    let mut about = vec![(t.t("login-email"), v.email.clone())];
    about.extend(v.roles.iter().cloned());
    let languages = Lang::ALL.map(|l| Choice::new(l.code(), T(l).t("language-name"))).to_vec();
    section(
        t.t("account-profile"),
        vec![
            facts_text(about),
            form(
                t.url("/account/profile"),
                vec![
                    Field::text("name", t.t("account-name"))
                        .hint(t.t("account-name-hint"))
                        .value(&v.name)
                        .autocomplete("name")
                        .check(t, &v.mistakes)
                        .view(),
                    Field::radios("language", t.t("account-language"), languages)
                        .hint(t.t("account-language-hint"))
                        .value(&v.language)
                        .check(t, &v.mistakes)
                        .view(),
                ],
                vec![button_primary(t.t("save"))],
            ),
        ],
    )
}

fn password(t: T, v: &AccountView) -> AnyView {
    let current = Field::password("current", t.t("password-current"))
        .autocomplete("current-password")
        .check(t, &v.mistakes)
        .view();
    let mut fields = vec![current];
    fields.extend(new_password(t, &v.mistakes));
    let change = form(t.url("/account/password"), fields, vec![button_secondary(t.t("password-change"))]);
    section_with(
        "password-section",
        t.t("account-password"),
        Vec::new(),
        vec![crate::components::p(t.t("account-password-text")), change],
    )
}

fn sessions(t: T, rows: Vec<SessionRow>) -> AnyView {
    let others = rows.iter().filter(|r| !r.here).count();
    let end_others = (others > 0).then(|| {
        button_form(Weight::Secondary, t.t("sessions-end-others"), t.url("/account/sessions/end-others"), &[])
    });
    let columns = ["sessions-device", "sessions-since", "sessions-last"].map(|k| t.t(k));
    let columns = columns.into_iter().chain([String::new()]).collect();
    let rows = rows.into_iter().map(|r| session(t, r)).collect();
    section_with(
        "sessions",
        t.t("account-sessions"),
        end_others.into_iter().collect(),
        vec![table(t.t("account-sessions"), columns, rows)],
    )
}

fn session(t: T, r: SessionRow) -> Vec<AnyView> {
    let device = if r.device.is_empty() { t.t("sessions-unknown") } else { r.device };
    let end = if r.here {
        badge(Tone::Good, t.t("sessions-here"))
    } else {
        let action = t.url(&format!("/account/sessions/{}/end", r.id));
        button_form(Weight::Quiet, t.t("sessions-end"), action, &[])
    };
    vec![text(device), text(format::time(t, r.since)), text(format::time(t, r.last_seen)), end]
}

/// For the tests.
pub fn samples(lang: Lang) -> Vec<(&'static str, String)> {
    use chrono::TimeZone as _;
    let t = T(lang);
    let at = |h| Utc.with_ymd_and_hms(2026, 11, 23, h, 5, 0).single().unwrap_or_default();
    let row = |device: &str, here| SessionRow {
        id: SessionId(crate::samples::customer_id().0),
        device: device.into(),
        since: at(7),
        last_seen: at(9),
        here,
    };
    let mut view = AccountView {
        email: "karl.saegebrecht@tischlerei.example".into(),
        name: "Karl <b>Sägebrecht</b>".into(),
        language: lang.code().into(),
        mistakes: Mistakes::default(),
        roles: vec![("Tischlerei Sägebrecht GmbH".into(), t.t("role-signatory"))],
        sessions: vec![row("Firefox · Linux", true), row("", false)],
    };
    let fresh = render(crate::samples::customer_shell(lang, "/account"), view.clone());
    view.mistakes = Mistakes(vec![
        Mistake::new("current", "password-wrong"),
        Mistake::with("password", "password-short", 12),
    ]);
    view.sessions.truncate(1);
    let staff = crate::samples::staff_shell(lang, "/account", StaffRole::ALL);
    vec![("account", fresh), ("account-again", render(staff, view))]
}
