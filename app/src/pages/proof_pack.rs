//! The way to the proof pack of a contract, on the pages that show its documents.

use crate::components::download;
use crate::i18n::T;
use domain::contract::ContractState;
use leptos::prelude::*;

/// Everything to check a contract without the portal; there is nothing like it for one from paper.
pub fn proof_pack(t: T, state: &ContractState, href: String) -> Option<AnyView> {
    state.frozen().map(|_| {
        let hint = t.t("doc-proof-hint");
        view! { <div class="stack">{download(t.t("doc-proof"), href)}<p class="note">{hint}</p></div> }
            .into_any()
    })
}
