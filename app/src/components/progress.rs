//! Where one is in something that has several steps.

use super::icon;
use crate::i18n::T;
use leptos::prelude::*;

/// The steps by name and by the place on the page where each is done (`#data`; empty where there is none);
/// `current` counts from 0, all before it are done.
pub fn steps(t: T, labels: Vec<(String, &'static str)>, current: usize) -> AnyView {
    let of = labels.len().to_string();
    let items: Vec<_> = labels
        .into_iter()
        .enumerate()
        .map(|(i, (label, place))| {
            let (class, here) = match i.cmp(&current) {
                std::cmp::Ordering::Less => ("step step--done", None),
                std::cmp::Ordering::Equal => ("step step--here", Some("step")),
                std::cmp::Ordering::Greater => ("step", None),
            };
            let mark = if i < current { icon("check") } else { (i + 1).to_string().into_any() };
            let done =
                (i < current).then(|| view! { <span class="unseen">{t.t("step-done")}</span> }.into_any());
            let inside = view! {
                <span class="step__mark">{mark}</span>
                <span class="step__label">{label}{done}</span>
            };
            let way = match place {
                "" => inside.into_any(),
                place => view! { <a class="step__way" href=place>{inside}</a> }.into_any(),
            };
            view! { <li class=class aria-current=here>{way}</li> }.into_any()
        })
        .collect();
    let number = (current + 1).to_string();
    view! {
        <nav class="steps" aria-label=t.tr("steps-label", &[("step", &number), ("of", &of)])>
            <ol role="list">{items}</ol>
        </nav>
    }
    .into_any()
}
