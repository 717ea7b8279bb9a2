//! The top of a page and its sections. A page has exactly one [`page_head`] (or its own `h1`).

use super::icon;
use crate::i18n::T;
use leptos::prelude::*;

/// The title (the one `h1`), a sentence below it, and what can be done with the whole page.
pub fn page_head(title: impl Into<String>, lead: impl Into<String>, actions: Vec<AnyView>) -> AnyView {
    let (title, lead): (String, String) = (title.into(), lead.into());
    let lead = (!lead.is_empty()).then(|| view! { <p class="lead">{lead}</p> }.into_any());
    let actions =
        (!actions.is_empty()).then(|| view! { <div class="head__actions">{actions}</div> }.into_any());
    view! {
        <div class="head">
            <div class="head__text"><h1>{title}</h1>{lead}</div>
            {actions}
        </div>
    }
    .into_any()
}

/// The way back up, above the title: pairs of label and address.
pub fn crumbs(t: T, trail: Vec<(String, String)>) -> AnyView {
    let items: Vec<_> = trail
        .into_iter()
        .map(|(label, href)| view! { <li><a href=href>{label}</a></li> }.into_any())
        .collect();
    view! { <nav class="crumbs" aria-label=t.t("crumbs")><ol role="list">{items}</ol></nav> }.into_any()
}

/// A part of a page with its own heading.
pub fn section(title: impl Into<String>, content: Vec<AnyView>) -> AnyView {
    let title: String = title.into();
    view! { <section class="section"><h2>{title}</h2>{content}</section> }.into_any()
}

/// Like [`section`], with an id to link to and actions beside the heading.
pub fn section_with(
    id: &'static str,
    title: impl Into<String>,
    actions: Vec<AnyView>,
    content: Vec<AnyView>,
) -> AnyView {
    let title: String = title.into();
    view! {
        <section class="section" id=id>
            <div class="section__head"><h2>{title}</h2><div class="row">{actions}</div></div>
            {content}
        </section>
    }
    .into_any()
}

/// Keeps content at the width of a form or a text.
pub fn column(content: Vec<AnyView>) -> AnyView {
    view! { <div class="column">{content}</div> }.into_any()
}

/// Main thing and side notes: beside each other where there is room.
pub fn split(main: Vec<AnyView>, side: Vec<AnyView>) -> AnyView {
    view! {
        <div class="split">
            <div class="split__main">{main}</div>
            <div class="split__side">{side}</div>
        </div>
    }
    .into_any()
}

/// Something that opens when asked for.
pub fn details(summary: impl Into<String>, content: Vec<AnyView>) -> AnyView {
    let summary: String = summary.into();
    view! {
        <details class="more"><summary>{summary}</summary><div class="more__body">{content}</div></details>
    }
    .into_any()
}

/// Back and forward in a long list; a missing address is an end.
pub fn pagination(t: T, page: u64, pages: u64, href: &dyn Fn(u64) -> String) -> AnyView {
    if pages < 2 {
        return ().into_any();
    }
    let back = (page > 1).then(|| {
        let label = t.t("pages-back");
        view! { <a class="button" rel="prev" href=href(page - 1)>{icon("arrow-left")}<span>{label}</span></a> }
            .into_any()
    });
    let forward = (page < pages).then(|| {
        let label = t.t("pages-forward");
        view! { <a class="button" rel="next" href=href(page + 1)><span>{label}</span>{icon("arrow-right")}</a> }
            .into_any()
    });
    let words = t.tr("pages-here", &[("page", &page.to_string()), ("pages", &pages.to_string())]);
    view! {
        <nav class="pages" aria-label=t.t("pages-label")>
            {back}<p class="pages__here">{words}</p>{forward}
        </nav>
    }
    .into_any()
}
