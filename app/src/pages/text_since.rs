//! What changed in the contract text since a customer signed.

use super::text_parts::{changes, sample_changes, sentences};
use crate::components::{Tone, crumbs, notice, p, page_head, section};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::NaiveDate;
use domain::legal_diff::ClauseChange;
use domain::{ContractId, CustomerId, Lang};
use leptos::prelude::*;

/// A contract against the newest text.
#[derive(Clone, Debug)]
pub struct TextSinceView {
    /// Whose.
    pub customer: CustomerId,
    /// The contract.
    pub contract: ContractId,
    /// Its number.
    pub number: String,
    /// The version signed, the newest, and until when the signed one opens the gate; `None` when it is the newest.
    pub newer: Option<(String, String, Option<NaiveDate>)>,
    /// What the newer versions say that they change.
    pub notes: Vec<String>,
    /// The clauses that differ; `None` where nothing can be compared.
    pub changes: Option<Vec<ClauseChange>>,
    /// Language of the contract.
    pub language: Lang,
}

/// The whole page.
pub fn render(shell: Shell, view: TextSinceView) -> String {
    let t = shell.t();
    layout::render(shell.at("my", t.t("text-since-title")), move || body(t, &view))
}

fn body(t: T, v: &TextSinceView) -> AnyView {
    let base = format!("/my/{}", v.customer);
    let contract = t.tr("contract-title", &[("number", &v.number)]);
    let trail =
        vec![(t.t("nav-my"), t.url(&base)), (contract, t.url(&format!("{base}/contracts/{}", v.contract)))];
    let head =
        page_head(t.t("text-since-title"), t.tr("text-since-lead", &[("number", &v.number)]), Vec::new());
    let Some((signed, newest, until)) = &v.newer else {
        return view! { {crumbs(t, trail)}{head}{notice(Tone::Good, t.t("text-since-same-title"), vec![p(t.t("text-since-same"))])} }.into_any();
    };
    let args = [("signed", signed.as_str()), ("newest", newest.as_str())];
    let what = match until {
        Some(day) => {
            let day = format::date(t, *day);
            notice(
                Tone::Warn,
                t.tr("text-since-material-title", &[("date", &day)]),
                vec![
                    p(t.tr("text-since-versions", &args)),
                    p(t.tr("text-since-material", &[("date", &day)])),
                ],
            )
        }
        None => notice(
            Tone::Info,
            t.t("text-since-editorial-title"),
            vec![p(t.tr("text-since-versions", &args)), p(t.t("text-since-editorial"))],
        ),
    };
    let notes = (!v.notes.is_empty()).then(|| section(t.t("text-notes"), vec![sentences(&v.notes)]));
    let difference = match &v.changes {
        Some(all) => changes(t, v.language, all),
        None => p(t.t("text-since-paper")),
    };
    view! {
        {crumbs(t, trail)}
        {head}
        {what}
        {notes}
        {section(t.t("text-changes"), vec![difference])}
    }
    .into_any()
}

/// For the tests.
pub fn samples(lang: Lang) -> Vec<(&'static str, String)> {
    let page = |newer, changes| {
        let view = TextSinceView {
            customer: crate::samples::customer_id(),
            contract: ContractId(crate::samples::customer_id().0),
            number: "AV-2026-00017".into(),
            newer,
            notes: vec!["Vorfälle werden auch per Telefon gemeldet & bestätigt.".into()],
            changes,
            language: Lang::De,
        };
        render(crate::samples::customer_shell(lang, "/my/contract/text"), view)
    };
    let newer = |until| Some(("2026-1".to_string(), "2026-2".to_string(), until));
    vec![
        (
            "text-since-material",
            page(newer(NaiveDate::from_ymd_opt(2027, 1, 22)), Some(sample_changes(Lang::De))),
        ),
        ("text-since-editorial", page(newer(None), Some(Vec::new()))),
        ("text-since-paper", page(newer(None), None)),
        ("text-since-same", page(None, None)),
    ]
}
