//! The parts that pages are made of. Each is a plain function from owned strings to a view; what a person
//! reads comes from the page through [`crate::i18n::T`].

mod answer;
mod boxes;
mod buttons;
mod diff;
mod error_summary;
mod field;
mod field_view;
mod form;
mod lists;
mod page;
mod progress;
mod reading;
mod status;
mod table;
mod textarea;

pub use answer::*;
pub use boxes::*;
pub use buttons::*;
pub use diff::*;
pub use error_summary::*;
pub use field::*;
pub use form::*;
pub use lists::*;
pub use page::*;
pub use progress::*;
pub use reading::*;
pub use status::*;
pub use table::*;

use crate::assets;
use leptos::prelude::*;

/// What a signal means. Never shown by colour alone: each has an icon and comes with a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Says nothing special.
    Plain,
    /// Something is going on.
    Info,
    /// In order.
    Good,
    /// Needs somebody.
    Warn,
    /// Not allowed, failed.
    Bad,
}

impl Tone {
    /// End of the class name: `plain`, `info`, `good`, `warn`, `bad`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Info => "info",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }

    /// The icon that goes with it.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Plain => "dot",
            Self::Info => "info",
            Self::Good => "check",
            Self::Warn => "warning",
            Self::Bad => "cross",
        }
    }
}

/// Every icon in the sprite.
pub const ICONS: &[&str] = &[
    "check",
    "cross",
    "warning",
    "shield",
    "lock",
    "file",
    "pen",
    "user",
    "users",
    "search",
    "copy",
    "mail",
    "clock",
    "list",
    "building",
    "logout",
    "arrow-right",
    "arrow-left",
    "download",
    "info",
    "menu",
    "layers",
    "link",
    "dot",
    "speech",
    "plus",
    "external",
    "paper",
    "globe",
];

/// An icon of the sprite beside a word; read by nobody.
pub fn icon(name: &'static str) -> AnyView {
    let reference = format!("<use href=\"{}#{name}\"></use>", assets::url("icons.svg"));
    view! { <svg class="icon" aria-hidden="true" inner_html=reference></svg> }.into_any()
}

/// A paragraph.
pub fn p(text: impl Into<String>) -> AnyView {
    let text: String = text.into();
    view! { <p>{text}</p> }.into_any()
}

/// Plain text as a view (a cell of a table, a value of a list).
pub fn text(text: impl Into<String>) -> AnyView {
    let text: String = text.into();
    text.into_any()
}

/// A row of things that wrap: buttons, badges.
pub fn row(items: Vec<AnyView>) -> AnyView {
    view! { <div class="row">{items}</div> }.into_any()
}

/// Things below each other with the same space between them.
pub fn stack(items: Vec<AnyView>) -> AnyView {
    view! { <div class="stack">{items}</div> }.into_any()
}
