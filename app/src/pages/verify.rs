//! What the QR code of a contract leads to: which contract it is, whether it is in force, and the checksum of the
//! PDF, so that anyone who holds a copy can compare. No name, no address.

use crate::components::{
    Field, Tone, code, column, error_summary, facts, filters, notice, p, page_head, state_badge, text,
};
use crate::i18n::T;
use crate::layout::{self, Shell};
use domain::Mistakes;
use domain::contract::StateName;
use leptos::prelude::*;

/// A contract as anyone who holds its code may see it.
#[derive(Clone, Debug)]
pub struct VerifyView {
    /// Contract number.
    pub number: String,
    /// Version of the contract with this customer.
    pub version: i32,
    /// Where it stands.
    pub state: StateName,
    /// SHA-256 of the stored PDF, hex; none while there is no concluded document.
    pub sha256: Option<String>,
}

/// The whole page.
pub fn render(shell: Shell, view: VerifyView) -> String {
    let t = shell.t();
    layout::render(shell.at("verify", t.t("verify-title")), move || body(t, view))
}

fn body(t: T, v: VerifyView) -> AnyView {
    let rows = vec![
        (t.t("verify-number"), text(v.number)),
        (t.t("verify-version"), text(v.version.to_string())),
        (t.t("verify-state"), state_badge(t, v.state)),
    ];
    let checksum = match v.sha256 {
        Some(sha256) => notice(
            Tone::Info,
            t.t("verify-checksum"),
            vec![code(sha256), p(t.t("verify-how-1")), p(t.t("verify-how-2"))],
        ),
        None => notice(Tone::Warn, t.t("verify-no-document"), vec![p(t.t("verify-no-document-text"))]),
    };
    column(vec![page_head(t.t("verify-title"), t.t("verify-lead"), Vec::new()), facts(rows), checksum])
}

/// The form that asks for a code; with a code typed before that leads nowhere.
pub fn render_form(shell: Shell, typed: String, mistakes: Mistakes) -> String {
    let t = shell.t();
    layout::render(shell.at("verify", t.t("verify-title")), move || {
        let labels = [("code", t.t("verify-code"))];
        let field = Field::text("code", t.t("verify-code"))
            .hint(t.t("verify-code-hint"))
            .value(typed)
            .focus(mistakes.is_empty())
            .check(t, &mistakes)
            .view();
        column(vec![
            error_summary(t, &mistakes, &labels),
            page_head(t.t("verify-title"), t.t("verify-form-lead"), Vec::new()),
            filters(t.url("/verify"), vec![field], t.t("verify-button")),
        ])
    })
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    let shell = || crate::samples::shell(lang, "/verify/01900000-0000-7000-8000-000000000000");
    let view = |state, sha256| VerifyView { number: "AV-2026-00017".into(), version: 1, state, sha256 };
    vec![
        ("verify", render(shell(), view(StateName::InForce, Some("5f".repeat(32))))),
        ("verify-form", render_form(shell(), String::new(), Mistakes::default())),
        ("verify-wrong", {
            let mut mistakes = Mistakes::default();
            mistakes.add("code", "contract-code");
            render_form(shell(), "AV-1".into(), mistakes)
        }),
        ("verify-none", render(shell(), view(StateName::Offered, None))),
    ]
}
