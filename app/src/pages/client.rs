//! One API client: its keys, from where and how often it may ask, its end.

use super::clients::{last_day, networks, per_minute, state};
use crate::components::{
    Tone, Weight, badge, button_form, button_primary, code, column, crumbs, details, error_summary, facts,
    form, p, page_head, section, table, text,
};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::{DateTime, Utc};
use domain::permission::StaffRole;
use domain::{Lang, Mistake, Mistakes};
use leptos::prelude::*;

/// A key.
#[derive(Clone, Debug)]
pub struct KeyRow {
    /// Identity.
    pub id: String,
    /// First signs.
    pub name: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Last use.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// The client.
#[derive(Clone, Debug)]
pub struct ClientView {
    /// Identity.
    pub id: String,
    /// Name.
    pub name: String,
    /// Names of its scopes.
    pub scopes: Vec<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// First instant at which it counts no more.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// From where, as typed or stored.
    pub networks: String,
    /// How often, as typed or stored.
    pub per_minute: String,
    /// Its keys, the oldest first.
    pub keys: Vec<KeyRow>,
    /// For what has run out.
    pub now: DateTime<Utc>,
    /// What was wrong.
    pub mistakes: Mistakes,
}

impl ClientView {
    fn path(&self, rest: &str) -> String {
        format!("/clients/{}{rest}", self.id)
    }
}

/// The page.
pub fn render(shell: Shell, view: ClientView) -> String {
    let t = shell.t();
    layout::render(shell.at("clients", view.name.clone()), move || page(t, &view))
}

fn page(t: T, v: &ClientView) -> AnyView {
    let labels = [("networks", t.t("clients-networks")), ("per_minute", t.t("clients-per-minute"))];
    let mut content = vec![
        crumbs(t, vec![(t.t("clients-title"), t.url("/clients"))]),
        error_summary(t, &v.mistakes, &labels),
        page_head(v.name.clone(), "", Vec::new()),
        about(t, v),
        keys(t, v),
    ];
    if v.revoked_at.is_none() {
        content.push(limits(t, v));
        content.push(end(t, v));
    }
    column(content)
}

fn about(t: T, v: &ClientView) -> AnyView {
    let scopes: Vec<_> = v.scopes.iter().map(|s| t.t(&format!("scope-{s}"))).collect();
    let until = v.expires_at.map_or_else(|| t.t("clients-unlimited"), |end| last_day(t, end));
    let or = |value: &str, key: &str| if value.trim().is_empty() { t.t(key) } else { value.to_string() };
    facts(vec![
        (t.t("clients-state"), state(t, v.revoked_at, v.expires_at, v.now)),
        (t.t("clients-client-id"), code(v.name.clone())),
        (t.t("clients-scopes"), text(scopes.join(", "))),
        (t.t("clients-until"), text(until)),
        (t.t("clients-networks"), text(or(&v.networks, "clients-everywhere"))),
        (t.t("clients-per-minute"), text(or(&v.per_minute, "clients-per-minute-usual"))),
        (t.t("clients-made"), text(format::time(t, v.created_at))),
    ])
}

fn keys(t: T, v: &ClientView) -> AnyView {
    let columns = ["clients-key", "clients-made", "clients-used", "clients-state"];
    let columns = columns.map(|k| t.t(k)).into_iter().chain([String::new()]).collect();
    let rows = v.keys.iter().map(|k| key(t, v, k)).collect();
    let mut content = vec![p(t.t("clients-keys-text")), table(t.t("clients-keys"), columns, rows)];
    if v.revoked_at.is_none() {
        let path = t.url(&v.path("/keys"));
        content.push(button_form(Weight::Secondary, t.t("clients-key-add"), path, &[]));
    }
    section(t.t("clients-keys"), content)
}

fn key(t: T, v: &ClientView, k: &KeyRow) -> Vec<AnyView> {
    let alive = k.revoked_at.is_none() && v.revoked_at.is_none();
    let (tone, word) = if alive { (Tone::Good, "clients-active") } else { (Tone::Bad, "clients-revoked") };
    let revoke = alive.then(|| {
        let path = t.url(&v.path(&format!("/keys/{}/revoke", k.id)));
        let button = button_form(Weight::Danger, t.t("clients-revoke-now"), path, &[]);
        details(t.t("clients-key-revoke"), vec![p(t.t("clients-key-revoke-text")), button])
    });
    vec![
        code(format!("avp_{}_…", k.name)),
        text(format::time(t, k.created_at)),
        text(k.last_used_at.map_or_else(|| t.t("clients-never"), |at| format::time(t, at))),
        badge(tone, t.t(word)),
        revoke.into_any(),
    ]
}

fn limits(t: T, v: &ClientView) -> AnyView {
    let fields =
        vec![networks(t, v.networks.clone(), &v.mistakes), per_minute(t, v.per_minute.clone(), &v.mistakes)];
    let save = vec![button_primary(t.t("clients-limits-save"))];
    section(t.t("clients-limits"), vec![form(t.url(&v.path("/limits")), fields, save)])
}

fn end(t: T, v: &ClientView) -> AnyView {
    let name = [("name", v.name.as_str())];
    let button = button_form(Weight::Danger, t.t("clients-revoke-now"), t.url("/clients/revoke"), &name);
    let text = vec![p(t.t("clients-revoke-text")), button];
    section(t.t("clients-end"), vec![details(t.t("clients-revoke"), text)])
}

/// For the tests.
pub fn samples(lang: Lang) -> Vec<(&'static str, String)> {
    let at = |day: i64| DateTime::<Utc>::UNIX_EPOCH + chrono::Duration::days(20_780 + day);
    let shell = |path: &str| crate::samples::staff_shell(lang, path, &[StaffRole::Admin]);
    let row = |name: &str, revoked_at, last_used_at| KeyRow {
        id: "01900000-0000-7000-8000-000000000001".into(),
        name: name.into(),
        created_at: at(0),
        revoked_at,
        last_used_at,
    };
    let view = ClientView {
        id: "01900000-0000-7000-8000-000000000000".into(),
        name: "zammad".into(),
        scopes: vec!["evaluate".into(), "search".into()],
        created_at: at(0),
        expires_at: Some(at(400)),
        revoked_at: None,
        networks: "192.0.2.0/24 2001:db8::/32".into(),
        per_minute: String::new(),
        keys: vec![
            row("0c0ffee0", Some(at(3)), Some(at(3))),
            row("1a2b3c4d", None, Some(at(9))),
            row("5e6f7a8b", None, None),
        ],
        now: at(10),
        mistakes: Mistakes::default(),
    };
    let again = ClientView {
        networks: "zammad.example".into(),
        per_minute: "many".into(),
        mistakes: Mistakes(vec![
            Mistake::with("networks", "network", "zammad.example"),
            Mistake::with("per_minute", "per-minute", "many"),
        ]),
        ..view.clone()
    };
    let revoked = ClientView { revoked_at: Some(at(5)), ..view.clone() };
    let path = "/clients/01900000-0000-7000-8000-000000000000";
    vec![
        ("client", render(shell(path), view)),
        ("client-again", render(shell(path), again)),
        ("client-revoked", render(shell(path), revoked)),
    ]
}
