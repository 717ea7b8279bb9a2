//! What would be frozen with an offer, for the contract manager's eyes before it is sent.

use super::contract_text::contract_text;
use crate::components::{Tone, crumbs, download, notice, p, page_head};
use crate::i18n::T;
use crate::layout::{self, Shell};
use domain::ContractId;
use domain::contract::ContractDocument;
use leptos::prelude::*;

/// The document as it would be frozen now.
#[derive(Clone, Debug)]
pub struct PreviewView {
    /// Which contract.
    pub contract: ContractId,
    /// Its document.
    pub document: ContractDocument,
}

/// The whole page.
pub fn render(shell: Shell, view: PreviewView) -> String {
    let t = shell.t();
    let title = t.tr("preview-title", &[("number", &view.document.number)]);
    layout::render(shell.at("contracts", title), move || body(t, &view))
}

fn body(t: T, v: &PreviewView) -> AnyView {
    let base = t.url(&format!("/contracts/{}", v.contract));
    let title = t.tr("preview-title", &[("number", &v.document.number)]);
    let pdf = download(t.t("offer-preview-pdf"), format!("{base}/preview.pdf"));
    view! {
        {crumbs(t, vec![(t.t("contracts-title"), t.url("/contracts")), (v.document.number.clone(), base)])}
        {page_head(title, v.document.customer.name.clone(), vec![pdf])}
        {notice(Tone::Info, "", vec![p(t.t("preview-hint"))])}
        {contract_text(&v.document)}
    }
    .into_any()
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    use crate::samples::{contract_forms as made, staff_shell};
    let shell = staff_shell(lang, "/contracts/1/preview", &[domain::permission::StaffRole::ContractManager]);
    vec![(
        "contract-preview",
        render(
            shell,
            PreviewView {
                contract: crate::samples::contracts::contract_id(),
                document: made::document(lang),
            },
        ),
    )]
}
