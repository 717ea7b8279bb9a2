//! API clients: the list, a new one, its key shown once. One of them: [`super::client`].

use crate::components::{
    Choice, Field, Tone, Weight, badge, button_link, button_primary, code, column, copy_text, crumbs,
    empty_with, error_summary, facts_text, form, icon_link, link, notice, p, page_head, row, table, text,
};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::{DateTime, Utc};
use domain::permission::StaffRole;
use domain::{Lang, Mistake, Mistakes};
use leptos::prelude::*;

/// One client.
#[derive(Clone, Debug)]
pub struct ClientRow {
    /// Name.
    pub name: String,
    /// Identity.
    pub id: String,
    /// First signs of the keys that count.
    pub keys: Vec<String>,
    /// Names of its scopes.
    pub scopes: Vec<String>,
    /// First instant at which it counts no more.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Last use.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub struct ClientsView {
    /// By name.
    pub clients: Vec<ClientRow>,
    /// For what has run out.
    pub now: DateTime<Utc>,
}

/// The list.
pub fn render(shell: Shell, view: ClientsView) -> String {
    let t = shell.t();
    layout::render(shell.at("clients", t.t("clients-title")), move || list(t, view))
}

fn list(t: T, v: ClientsView) -> AnyView {
    let new = || icon_link(Weight::Primary, "plus", t.t("clients-new"), t.url("/clients/new"));
    if v.clients.is_empty() {
        let head = page_head(t.t("clients-title"), t.t("clients-lead"), Vec::new());
        return vec![head, empty_with(t.t("clients-none"), t.t("clients-none-text"), vec![new()])].into_any();
    }
    let columns =
        ["clients-name", "clients-key", "clients-scopes", "clients-until", "clients-used", "clients-state"];
    let columns = columns.map(|k| t.t(k)).to_vec();
    let rows = v.clients.into_iter().map(|c| line(t, c, v.now)).collect();
    view! {
        {page_head(t.t("clients-title"), t.t("clients-lead"), vec![new()])}
        {table(t.t("clients-title"), columns, rows)}
    }
    .into_any()
}

fn line(t: T, c: ClientRow, now: DateTime<Utc>) -> Vec<AnyView> {
    let scopes: Vec<_> = c.scopes.iter().map(|s| t.t(&format!("scope-{s}"))).collect();
    let never = || t.t("clients-never");
    let keys: Vec<_> = c.keys.iter().map(|k| code(format!("avp_{k}_…"))).collect();
    vec![
        link(c.name.clone(), t.url(&format!("/clients/{}", c.id))),
        row(keys),
        text(scopes.join(", ")),
        text(c.expires_at.map_or_else(|| t.t("clients-unlimited"), |end| last_day(t, end))),
        text(c.last_used_at.map_or_else(never, |at| format::time(t, at))),
        state(t, c.revoked_at, c.expires_at, now),
    ]
}

/// Whether a client counts.
pub(super) fn state(
    t: T,
    revoked: Option<DateTime<Utc>>,
    expires: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> AnyView {
    let (tone, word) = match (revoked, expires) {
        (Some(_), _) => (Tone::Bad, "clients-revoked"),
        (None, Some(end)) if now >= end => (Tone::Warn, "clients-expired"),
        _ => (Tone::Good, "clients-active"),
    };
    badge(tone, t.t(word))
}

/// The last day before an instant at which a day ends.
pub(super) fn last_day(t: T, end: DateTime<Utc>) -> String {
    format::day(t, end - chrono::Duration::seconds(1))
}

/// A new client as typed.
#[derive(Clone, Debug, Default)]
pub struct NewClientView {
    /// Name.
    pub name: String,
    /// Ticked scopes.
    pub scopes: Vec<String>,
    /// All scopes that there are.
    pub all_scopes: Vec<String>,
    /// A day.
    pub expires_on: String,
    /// From where.
    pub networks: String,
    /// How often.
    pub per_minute: String,
    /// What was wrong.
    pub mistakes: Mistakes,
}

/// The page that makes one.
pub fn render_new(shell: Shell, view: NewClientView) -> String {
    let t = shell.t();
    layout::render(shell.at("clients", t.t("clients-new")), move || new(t, view))
}

fn new(t: T, v: NewClientView) -> AnyView {
    let m = &v.mistakes;
    let labels = [
        ("name", t.t("clients-name")),
        ("scopes", t.t("clients-scopes")),
        ("expires_on", t.t("clients-until")),
        ("networks", t.t("clients-networks")),
        ("per_minute", t.t("clients-per-minute")),
    ];
    let choices = v.all_scopes.iter().map(|s| Choice::new(s, t.t(&format!("scope-{s}")))).collect();
    column(vec![
        crumbs(t, vec![(t.t("clients-title"), t.url("/clients"))]),
        error_summary(t, m, &labels),
        page_head(t.t("clients-new"), t.t("clients-new-lead"), Vec::new()),
        form(
            t.url("/clients/new"),
            vec![
                Field::text("name", t.t("clients-name"))
                    .hint(t.t("clients-name-hint"))
                    .value(v.name)
                    .autocomplete("off")
                    .check(t, m)
                    .view(),
                Field::checkboxes("scopes", t.t("clients-scopes"), choices)
                    .values(v.scopes)
                    .check(t, m)
                    .view(),
                Field::date("expires_on", t.t("clients-until"))
                    .hint(t.t("clients-until-hint"))
                    .optional(t)
                    .value(v.expires_on)
                    .check(t, m)
                    .view(),
                networks(t, v.networks, m),
                per_minute(t, v.per_minute, m),
            ],
            vec![button_primary(t.t("clients-create")), link(t.t("cancel"), t.url("/clients"))],
        ),
    ])
}

/// From where a client may ask.
pub(super) fn networks(t: T, value: String, m: &Mistakes) -> AnyView {
    Field::textarea("networks", t.t("clients-networks"))
        .hint(t.t("clients-networks-hint"))
        .optional(t)
        .rows(3)
        .value(value)
        .check(t, m)
        .view()
}

/// How often.
pub(super) fn per_minute(t: T, value: String, m: &Mistakes) -> AnyView {
    Field::text("per_minute", t.t("clients-per-minute"))
        .hint(t.t("clients-per-minute-hint"))
        .optional(t)
        .input_mode("numeric")
        .short()
        .value(value)
        .check(t, m)
        .view()
}

/// The one time that a key is seen.
#[derive(Clone, Debug)]
pub struct ClientKeyView {
    /// Name.
    pub name: String,
    /// The key.
    pub key: String,
    /// Names of its scopes.
    pub scopes: Vec<String>,
}

/// The page that shows the key.
pub fn render_key(shell: Shell, view: ClientKeyView) -> String {
    let t = shell.t();
    layout::render(shell.at("clients", t.t("clients-key-title")), move || key(t, view))
}

fn key(t: T, v: ClientKeyView) -> AnyView {
    let scopes: Vec<_> = v.scopes.iter().map(|s| t.t(&format!("scope-{s}"))).collect();
    column(vec![
        page_head(t.t("clients-key-title"), "", Vec::new()),
        notice(Tone::Warn, t.t("clients-key-once"), vec![p(t.t("clients-key-once-text"))]),
        facts_text(vec![(t.t("clients-name"), v.name), (t.t("clients-scopes"), scopes.join(", "))]),
        copy_text(t, t.t("clients-key"), v.key),
        button_link(Weight::Secondary, t.t("clients-key-kept"), t.url("/clients")),
    ])
}

/// For the tests.
pub fn samples(lang: Lang) -> Vec<(&'static str, String)> {
    use chrono::TimeZone as _;
    let shell = |path: &str| crate::samples::staff_shell(lang, path, &[StaffRole::Admin]);
    let at = |y| Utc.with_ymd_and_hms(y, 11, 23, 23, 0, 0).single();
    let all: Vec<String> = ["evaluate", "search", "sessions", "intake", "events"].map(Into::into).to_vec();
    let one = |name: &str, expires_at, revoked_at| ClientRow {
        name: name.into(),
        id: "01900000-0000-7000-8000-000000000000".into(),
        keys: vec!["1a2b3c4d".into(), "5e6f7a8b".into()],
        scopes: all.clone(),
        expires_at,
        revoked_at,
        last_used_at: revoked_at,
    };
    let clients =
        vec![one("zammad", None, None), one("old-zammad", at(2025), None), one("crm", at(2027), at(2026))];
    let again = NewClientView {
        name: "Zammad <b>".into(),
        all_scopes: all.clone(),
        mistakes: Mistakes(vec![
            Mistake::with("name", "client-name", "zammad <b>"),
            Mistake::new("scopes", "choose-one"),
            Mistake::with("networks", "network", "zammad.example"),
        ]),
        networks: "zammad.example".into(),
        ..NewClientView::default()
    };
    let fresh = NewClientView { all_scopes: all.clone(), ..NewClientView::default() };
    let key = ClientKeyView {
        name: "zammad".into(),
        key: "avp_1a2b3c4d_3kP0oVZ0aXh9PpQ2mJc7yTn5sLwRbEu1dFiKxMzAqYx4Tz9Qm".into(),
        scopes: vec!["evaluate".into(), "search".into()],
    };
    let now = at(2026).unwrap_or_default();
    vec![
        ("clients", render(shell("/clients"), ClientsView { clients, now })),
        ("clients-none", render(shell("/clients"), ClientsView::default())),
        ("clients-new", render_new(shell("/clients/new"), fresh)),
        ("clients-new-again", render_new(shell("/clients/new"), again)),
        ("clients-key", render_key(shell("/clients/new"), key)),
    ]
}
