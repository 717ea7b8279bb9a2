//! A legal text to be read: table of contents beside it, numbered clauses, annexes in place.

use crate::i18n::T;
use leptos::prelude::*;

/// A part with a heading.
pub struct Chapter {
    /// Id to link to.
    pub id: String,
    /// `3`, `Anlage 1`; may be empty.
    pub number: String,
    /// Heading.
    pub title: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Whether it is an annex.
    pub annex: bool,
}

/// A piece of a chapter.
pub enum Block {
    /// A numbered clause.
    Clause {
        /// `3.2`, `a)`.
        number: String,
        /// Its sentence.
        text: String,
        /// One level further in.
        deeper: bool,
    },
    /// A heading inside.
    Heading(String),
    /// A paragraph without a number.
    Paragraph(String),
    /// A list of points.
    Points(Vec<String>),
    /// Anything else: a table, facts, the parties.
    Any(AnyView),
}

/// The whole text at book width with its table of contents.
pub fn legal_text(t: T, chapters: Vec<Chapter>) -> AnyView {
    let contents: Vec<_> = chapters.iter().map(entry).collect();
    let text: Vec<_> = chapters.into_iter().map(chapter).collect();
    view! {
        <div class="reading">
            <nav class="reading__toc" aria-label=t.t("contents")>
                <p class="reading__toc-title">{t.t("contents")}</p>
                <ol role="list">{contents}</ol>
            </nav>
            <article class="reading__text">{text}</article>
        </div>
    }
    .into_any()
}

fn entry(c: &Chapter) -> AnyView {
    let (number, title) = (c.number.clone(), c.title.clone());
    let number =
        (!number.is_empty()).then(|| view! { <span class="clause__number">{number}</span> }.into_any());
    view! { <li><a href=format!("#{}", c.id)>{number}<span>{title}</span></a></li> }.into_any()
}

fn chapter(c: Chapter) -> AnyView {
    let class = if c.annex { "annex" } else { "chapter" };
    let title = if c.number.is_empty() { c.title } else { format!("{}\u{2002}{}", c.number, c.title) };
    let blocks: Vec<_> = c.blocks.into_iter().map(block).collect();
    view! { <section class=class><h2 id=c.id>{title}</h2>{blocks}</section> }.into_any()
}

fn block(b: Block) -> AnyView {
    match b {
        Block::Clause { number, text, deeper } => {
            let class = if deeper { "clause clause--deeper" } else { "clause" };
            view! { <div class=class><span class="clause__number">{number}</span><p>{text}</p></div> }
                .into_any()
        }
        Block::Heading(title) => view! { <h3>{title}</h3> }.into_any(),
        Block::Paragraph(text) => super::p(text),
        Block::Points(items) => super::points(items),
        Block::Any(view) => view,
    }
}
