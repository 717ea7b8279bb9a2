//! The versions of one contract: which there are, what this one changes, and how a new one is begun.

use crate::components::{Weight, button_form, facts_text, link, p, section, state_badge, table, text};
use crate::format;
use crate::i18n::T;
use chrono::NaiveDate;
use domain::contract::StateName;
use leptos::prelude::*;

/// All versions under one number, seen from one of them.
#[derive(Clone, Debug, Default)]
pub struct Versions {
    /// The newest first.
    pub all: Vec<Version>,
    /// The version that this one follows, with the names of the services added and removed.
    pub change: Option<Change>,
    /// Where a new version is begun, for who may do it and while it is possible.
    pub amend: Option<String>,
}

/// A version.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its number.
    pub version: i32,
    /// Where it stands.
    pub state: StateName,
    /// Its page.
    pub href: String,
    /// First day, once it is known.
    pub from: Option<NaiveDate>,
    /// Last day, where there is one.
    pub until: Option<NaiveDate>,
}

/// What a version changes.
#[derive(Clone, Debug)]
pub struct Change {
    /// The version before.
    pub since: i32,
    /// Names of new services.
    pub added: Vec<String>,
    /// Names of services that fall away.
    pub removed: Vec<String>,
}

/// Number and, from the second version on, version.
pub fn numbered(t: T, number: &str, version: i32) -> String {
    match version {
        ..=1 => number.to_string(),
        n => t.tr("number-version", &[("number", number), ("version", &n.to_string())]),
    }
}

/// What this version changes, and all that there are; nothing where there is one only.
pub fn sections(t: T, v: &Versions) -> Vec<AnyView> {
    let mut parts = Vec::new();
    if let Some(c) = &v.change {
        let title = t.tr("version-changes", &[("n", &c.since.to_string())]);
        parts.push(section(title, vec![changes(t, c)]));
    }
    if v.all.len() > 1 {
        parts.push(section(t.t("versions-title"), vec![list(t, v)]));
    }
    parts
}

fn changes(t: T, c: &Change) -> AnyView {
    let rows: Vec<_> = [("version-added", &c.added), ("version-removed", &c.removed)]
        .into_iter()
        .filter(|(_, services)| !services.is_empty())
        .map(|(key, services)| (t.t(key), services.join(", ")))
        .collect();
    if rows.is_empty() { p(t.t("version-same")) } else { facts_text(rows) }
}

fn list(t: T, v: &Versions) -> AnyView {
    let columns = ["doc-version", "contract-state", "effective-from", "effective-until"].map(|k| t.t(k));
    let day = |d: Option<NaiveDate>| text(d.map_or_else(|| "–".into(), |d| format::date(t, d)));
    let rows = v.all.iter().map(|x| {
        let name = link(x.version.to_string(), x.href.clone());
        vec![name, state_badge(t, x.state), day(x.from), day(x.until)]
    });
    table(t.t("versions-title"), columns.into(), rows.collect())
}

/// The way to a new version.
pub fn amend(t: T, v: &Versions, hint: String) -> AnyView {
    let Some(action) = &v.amend else { return ().into_any() };
    let button = button_form(Weight::Secondary, t.t("amend-button"), action.clone(), &[]);
    section(t.t("amend-title"), vec![p(hint), button])
}
