//! The audit trail: the newest entries, the newest head of the tree over them, and whether all is whole.

use crate::components::{
    Tone, Weight, button_form, code, empty, facts, notice, p, page_head, pagination, section, table, text,
};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::{DateTime, Utc};
use domain::audit::Break;
use leptos::prelude::*;

/// A page of the trail.
#[derive(Clone, Debug, Default)]
pub struct AuditView {
    /// Entries, the newest first.
    pub entries: Vec<EntryLine>,
    /// Page, from 1.
    pub page: u64,
    /// Pages in all.
    pub pages: u64,
    /// The newest head.
    pub head: Option<HeadView>,
    /// What a check has just found.
    pub verdict: Option<ChainVerdict>,
}

/// The newest head of the tree.
#[derive(Clone, Debug)]
pub struct HeadView {
    /// So many entries it vouches for.
    pub size: u64,
    /// So many there are.
    pub entries: u64,
    /// Root, hex.
    pub root: String,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// The key that signed it; `None`: it is not signed.
    pub key_id: Option<String>,
    /// The newest time stamp over a head, this one or an earlier one.
    pub stamp: HeadStamp,
    /// When it was mailed to the privacy officers.
    pub mailed_at: Option<DateTime<Utc>>,
}

/// The newest time stamp over a head: one head a day gets one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeadStamp {
    /// There is none.
    None,
    /// By an authority that is trusted, over so many entries: when, by whom.
    Trusted(u64, DateTime<Utc>, String),
    /// Right in itself, by an authority that is not trusted.
    Unknown(u64, DateTime<Utc>, String),
    /// It does not fit the head.
    Bad(u64),
}

/// One entry.
#[derive(Clone, Debug)]
pub struct EntryLine {
    /// Place.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Stable dotted name.
    pub kind: String,
    /// Who.
    pub by: By,
    /// Subject and facts by name.
    pub facts: Vec<(String, String)>,
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// A person.
    Person(String),
    /// A program.
    Program(String),
    /// The portal itself.
    Portal,
    /// Somebody at the command line.
    Command,
    /// Somebody whose account is gone.
    Gone,
}

impl By {
    /// In words.
    pub fn words(&self, t: T) -> String {
        match self {
            Self::Person(name) => name.clone(),
            Self::Program(name) => t.tr("audit-by-program", &[("name", name)]),
            Self::Portal => t.t("audit-by-portal"),
            Self::Command => t.t("audit-by-command"),
            Self::Gone => t.t("audit-by-gone"),
        }
    }
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainVerdict {
    /// So many entries are good.
    pub entries: i64,
    /// Hash of the last good one.
    pub head: String,
    /// Where it is broken.
    pub broken: Option<Break>,
}

/// A kind of entry in words; the stable name itself when it has none.
pub fn kind_words(t: T, kind: &str) -> String {
    let key = format!("audit-kind-{}", kind.replace('.', "-"));
    if t.has(&key) { t.t(&key) } else { kind.to_string() }
}

/// The whole page.
pub fn render(shell: Shell, view: AuditView) -> String {
    let t = shell.t();
    layout::render(shell.at("audit", t.t("audit-title")), move || body(t, view))
}

fn body(t: T, v: AuditView) -> AnyView {
    let verify = button_form(Weight::Secondary, t.t("audit-verify"), t.url("/audit/verify"), &[]);
    let content = if v.entries.is_empty() {
        empty(t.t("audit-none"), t.t("audit-none-text"))
    } else {
        let columns = ["audit-seq", "audit-at", "audit-what", "audit-who", "audit-facts"];
        let rows = v.entries.into_iter().map(|e| line(t, e)).collect();
        table(t.t("audit-title"), columns.map(|k| t.t(k)).to_vec(), rows)
    };
    view! {
        {page_head(t.t("audit-title"), t.t("audit-lead"), vec![verify])}
        {v.verdict.map(|found| verdict(t, found))}
        {v.head.map(|h| head(t, h))}
        {content}
        {pagination(t, v.page, v.pages, &|n| t.url(&format!("/audit?page={n}")))}
    }
    .into_any()
}

fn verdict(t: T, v: ChainVerdict) -> AnyView {
    let count = v.entries.to_string();
    let Some(broken) = v.broken else {
        let words = t.tr("audit-whole-text", &[("count", &count)]);
        let content = vec![p(words), p(t.t("audit-head")), code(v.head)];
        return view! { <div role="status">{notice(Tone::Good, t.t("audit-whole"), content)}</div> }
            .into_any();
    };
    let content = vec![
        p(broken_words(t, &broken)),
        p(t.tr("audit-broken-text", &[("count", &count)])),
        p(t.t("audit-broken-next")),
    ];
    view! { <div role="alert">{notice(Tone::Bad, t.t("audit-broken"), content)}</div> }.into_any()
}

fn broken_words(t: T, broken: &Break) -> String {
    let at = |key, seq: i64| t.tr(key, &[("seq", &seq.to_string())]);
    let range =
        |key, good: i64, to: i64| t.tr(key, &[("from", &(good + 1).to_string()), ("to", &to.to_string())]);
    match *broken {
        Break::Sequence(expected, _) => at("audit-broken-sequence", expected),
        Break::Link(seq) => at("audit-broken-link", seq),
        Break::Content(seq) => at("audit-broken-content", seq),
        Break::Columns(seq) => at("audit-broken-columns", seq),
        Break::Truncated(there, to) => range("audit-broken-truncated", there, to),
        Break::Rewritten(good, to) => range("audit-broken-rewritten", good, to),
        Break::Tree(seq) => at("audit-broken-tree", seq),
        Break::Head(number) => at("audit-broken-head", number),
        Break::Signature(number) => at("audit-broken-signature", number),
        Break::Unsigned(number) => at("audit-broken-unsigned", number),
    }
}

fn head(t: T, h: HeadView) -> AnyView {
    let covers = [("size", h.size.to_string()), ("entries", h.entries.to_string())];
    let covers = t.tr("audit-tree-covers-text", &covers.each_ref().map(|(k, v)| (*k, v.as_str())));
    let signed = match &h.key_id {
        Some(key) => t.tr("audit-tree-signed-by", &[("key", key)]),
        None => t.t("audit-tree-unsigned"),
    };
    let stamp = |key, size: &u64, at: &DateTime<Utc>, by: &str| {
        t.tr(key, &[("size", &size.to_string()), ("time", &format::exact(t, *at)), ("authority", by)])
    };
    let stamped = match &h.stamp {
        HeadStamp::None => t.t("audit-tree-stamped-no"),
        HeadStamp::Trusted(size, at, by) => stamp("audit-tree-stamped-yes", size, at, by),
        HeadStamp::Unknown(size, at, by) => stamp("audit-tree-stamped-unknown", size, at, by),
        HeadStamp::Bad(size) => t.tr("audit-tree-stamped-bad", &[("size", &size.to_string())]),
    };
    let mailed = h.mailed_at.map_or_else(|| t.t("audit-tree-mailed-no"), |at| format::exact(t, at));
    let rows = vec![
        (t.t("audit-tree-covers"), text(covers)),
        (t.t("audit-tree-root"), code(h.root)),
        (t.t("audit-tree-at"), text(format::exact(t, h.at))),
        (t.t("audit-tree-signed"), text(signed)),
        (t.t("audit-tree-stamped"), text(stamped)),
        (t.t("audit-tree-mailed"), text(mailed)),
    ];
    section(t.t("audit-tree"), vec![p(t.t("audit-tree-text")), facts(rows)])
}

fn line(t: T, e: EntryLine) -> Vec<AnyView> {
    let facts: Vec<_> = e.facts.into_iter().map(|(name, value)| format!("{name}: {value}")).collect();
    vec![
        text(e.seq.to_string()),
        text(format::exact(t, e.at)),
        text(kind_words(t, &e.kind)),
        text(e.by.words(t)),
        code(facts.join(", ")),
    ]
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    use domain::permission::StaffRole;
    let at = DateTime::from_timestamp(1_795_424_400, 0).unwrap_or_default();
    let line = |seq, kind: &str, by, facts: &[(&str, &str)]| EntryLine {
        seq,
        at,
        kind: kind.into(),
        by,
        facts: facts.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect(),
    };
    let contract = ("contract", "0192f000-0000-7000-8000-000000000002");
    let entries = vec![
        line(
            5,
            "contract.in_force",
            By::Person("Bernd Häußler".into()),
            &[contract, ("from", "signed_by_customer")],
        ),
        line(4, "contract.signed", By::Gone, &[contract, ("signature", "1")]),
        line(3, "something.new", By::Program("zammad".into()), &[]),
        line(2, "annex.drafted", By::Portal, &[("kind", "toms"), ("number", "1")]),
        line(1, "user.added", By::Command, &[("roles", "<admin>")]),
    ];
    let whole = ChainVerdict { entries: 5, head: "9f".repeat(32), broken: None };
    let broken = ChainVerdict { broken: Some(Break::Content(3)), entries: 2, head: "1c".repeat(32) };
    let shell = || crate::samples::staff_shell(lang, "/audit", &[StaffRole::Admin]);
    let head = HeadView {
        size: 4,
        entries: 5,
        root: "4e".repeat(32),
        at,
        key_id: Some("seal-2026-1".into()),
        stamp: HeadStamp::Trusted(1200, at, "Zeitstempeldienst".into()),
        mailed_at: Some(at),
    };
    let unsigned =
        HeadView { size: 5, key_id: None, stamp: HeadStamp::None, mailed_at: None, ..head.clone() };
    let cut = ChainVerdict { broken: Some(Break::Truncated(4, 9)), ..broken.clone() };
    let anew = ChainVerdict { broken: Some(Break::Rewritten(0, 4)), ..broken.clone() };
    let forged = ChainVerdict { broken: Some(Break::Signature(3)), ..broken.clone() };
    let view = AuditView { entries, page: 1, pages: 2, head: None, verdict: None };
    let found = |verdict| AuditView { verdict: Some(verdict), ..view.clone() };
    vec![
        ("audit", render(shell(), view.clone())),
        ("audit-whole", render(shell(), AuditView { verdict: Some(whole), ..view.clone() })),
        ("audit-broken", render(shell(), found(broken))),
        ("audit-cut", render(shell(), found(cut))),
        ("audit-anew", render(shell(), found(anew))),
        ("audit-forged", render(shell(), found(forged))),
        ("audit-head", render(shell(), AuditView { head: Some(head), ..view.clone() })),
        ("audit-head-unsigned", render(shell(), AuditView { head: Some(unsigned), ..view.clone() })),
        ("audit-empty", render(shell(), AuditView { page: 1, pages: 1, ..AuditView::default() })),
    ]
}
