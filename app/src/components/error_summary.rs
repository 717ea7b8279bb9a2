//! What was wrong, at the top of the page, with a way to each field; it takes the focus.

use super::icon;
use crate::i18n::T;
use domain::{Mistake, Mistakes};
use leptos::prelude::*;

/// The sentence of a mistake: `mistake-<code>` in `content/ui`.
pub fn mistake_text(t: T, mistake: &Mistake) -> String {
    t.tr(&format!("mistake-{}", mistake.code), &[("detail", &mistake.detail)])
}

/// The summary; nothing when there is no mistake. `labels` are pairs of field name and label; a mistake of a
/// field without a label stands without a link.
pub fn error_summary(t: T, mistakes: &Mistakes, labels: &[(&str, String)]) -> AnyView {
    if mistakes.is_empty() {
        return ().into_any();
    }
    let items: Vec<_> = mistakes.0.iter().map(|m| item(t, m, labels)).collect();
    let count = mistakes.0.len().to_string();
    view! {
        <div class="summary" role="alert" tabindex="-1" autofocus=true aria-labelledby="summary-title">
            <h2 id="summary-title" class="summary__title">
                {icon("warning")}<span>{t.tr("summary-title", &[("count", &count)])}</span>
            </h2>
            <ul>{items}</ul>
            <p class="summary__kept">{t.t("summary-kept")}</p>
        </div>
    }
    .into_any()
}

fn item(t: T, m: &Mistake, labels: &[(&str, String)]) -> AnyView {
    let text = mistake_text(t, m);
    match labels.iter().find(|(field, _)| *field == m.field) {
        Some((field, label)) => {
            let words = format!("{label}: {text}");
            view! { <li><a href=format!("#{field}")>{words}</a></li> }.into_any()
        }
        None => view! { <li>{text}</li> }.into_any(),
    }
}
