//! Boxes: cards, notices, empty lists, texts to copy.

use super::{Tone, icon};
use crate::i18n::T;
use leptos::prelude::*;

/// A sheet of paper on the page.
pub fn card(content: Vec<AnyView>) -> AnyView {
    view! { <div class="card">{content}</div> }.into_any()
}

/// A sheet with a heading.
pub fn card_titled(title: impl Into<String>, content: Vec<AnyView>) -> AnyView {
    let title: String = title.into();
    view! { <section class="card"><h2 class="card__title">{title}</h2>{content}</section> }.into_any()
}

/// Cards beside each other where there is room.
pub fn grid(cards: Vec<AnyView>) -> AnyView {
    view! { <div class="grid">{cards}</div> }.into_any()
}

/// A large figure with its meaning, a link when `href` is not empty.
pub fn figure(value: impl Into<String>, label: impl Into<String>, href: impl Into<String>) -> AnyView {
    let (value, label, href): (String, String, String) = (value.into(), label.into(), href.into());
    let inner =
        view! { <span class="figure__value">{value}</span><span class="figure__label">{label}</span> };
    if href.is_empty() {
        view! { <p class="figure">{inner}</p> }.into_any()
    } else {
        view! { <a class="figure" href=href>{inner}</a> }.into_any()
    }
}

/// Something the reader should know before going on.
pub fn notice(tone: Tone, title: impl Into<String>, content: Vec<AnyView>) -> AnyView {
    let title: String = title.into();
    let class = format!("notice notice--{}", tone.name());
    let title = (!title.is_empty()).then(|| view! { <p class="notice__title">{title}</p> }.into_any());
    view! { <div class=class>{icon(tone.icon())}<div class="notice__text">{title}{content}</div></div> }
        .into_any()
}

/// What just happened, on top of the next page.
pub fn flash(tone: Tone, text: impl Into<String>) -> AnyView {
    let text: String = text.into();
    let class = format!("notice notice--{} notice--flash", tone.name());
    view! { <div class=class role="status">{icon(tone.icon())}<p class="notice__text">{text}</p></div> }
        .into_any()
}

/// An empty list: what would be here and how it gets here.
pub fn empty(title: impl Into<String>, text: impl Into<String>) -> AnyView {
    empty_with(title, text, Vec::new())
}

/// An empty list with a way to fill it.
pub fn empty_with(title: impl Into<String>, text: impl Into<String>, actions: Vec<AnyView>) -> AnyView {
    let (title, text): (String, String) = (title.into(), text.into());
    let actions = (!actions.is_empty()).then(|| view! { <div class="row">{actions}</div> }.into_any());
    view! { <div class="empty"><p class="empty__title">{title}</p><p>{text}</p>{actions}</div> }.into_any()
}

/// A ready text to take along. One press selects all of it; an island may add a button.
pub fn copy_text(t: T, label: impl Into<String>, text: impl Into<String>) -> AnyView {
    let (label, text): (String, String) = (label.into(), text.into());
    view! {
        <figure class="copy">
            <figcaption class="copy__label">{icon("copy")}<span>{label}</span></figcaption>
            <div class="copy__text" tabindex="0" role="group" aria-label=t.t("copy-here")>{text}</div>
        </figure>
    }
    .into_any()
}

/// A code, a hash, a number: in signs of one width, breaking anywhere.
pub fn code(text: impl Into<String>) -> AnyView {
    let text: String = text.into();
    view! { <code>{text}</code> }.into_any()
}
