//! Imprint and first privacy hints: who is behind the portal, for whom it is, who please sends nothing (R6, R7).

use crate::components::{Tone, column, facts_text, notice, p, page_head, section, section_with};
use crate::i18n::T;
use crate::layout::{self, Shell};
use leptos::prelude::*;

/// Facts of the provider and hints.
#[derive(Clone, Debug)]
pub struct ImprintView {
    /// Label and value, known facts only.
    pub provider: Vec<(String, String)>,
    /// Privacy contact and authority: label and value.
    pub privacy: Vec<(String, String)>,
    /// Sentences from the provider's configuration (places of the data, data protection officer).
    pub sentences: Vec<String>,
}

/// The whole page.
pub fn render(shell: Shell, view: ImprintView) -> String {
    let t = shell.t();
    layout::render(shell.at("imprint", t.t("imprint-title")), move || body(t, view))
}

fn body(t: T, v: ImprintView) -> AnyView {
    let sentences: Vec<_> = v.sentences.into_iter().map(p).collect();
    column(vec![
        page_head(t.t("imprint-title"), t.t("imprint-lead"), Vec::new()),
        facts_text(v.provider),
        section_with(
            "privacy",
            t.t("imprint-privacy"),
            Vec::new(),
            vec![facts_text(v.privacy), sentences.into_any()],
        ),
        notice(
            Tone::Info,
            t.t("imprint-business-only"),
            vec![p(t.t("imprint-business-only-text")), p(t.t("imprint-private-persons"))],
        ),
        section(t.t("imprint-portal"), vec![p(t.t("imprint-portal-1")), p(t.t("imprint-portal-2"))]),
    ])
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    let t = T(lang);
    let row = |key: &str, value: &str| (t.t(key), value.to_string());
    let view = ImprintView {
        provider: vec![
            row("imprint-name", "Muster Hosting GmbH"),
            row("imprint-address", "Musterweg 1, 72622 Nürtingen"),
            row("imprint-register", "Amtsgericht Stuttgart, HRB 123456"),
            row("imprint-website", "https://muster.example"),
        ],
        privacy: vec![
            row("imprint-privacy-contact", "datenschutz@muster.example"),
            row("imprint-authority", "LfDI Baden-Württemberg"),
        ],
        sentences: vec!["Eigene Server stehen in Deutschland.".into()],
    };
    vec![("imprint", render(crate::samples::shell(lang, "/imprint"), view))]
}
