//! Buttons do something, links lead somewhere; both can look like a button.

use super::icon;
use leptos::prelude::*;

/// How loud a button is. A page has at most one primary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The one next step.
    Primary,
    /// Another way.
    Secondary,
    /// Beside the point.
    Quiet,
    /// Takes something away.
    Danger,
}

impl Weight {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button--primary",
            Self::Secondary => "button",
            Self::Quiet => "button button--quiet",
            Self::Danger => "button button--danger",
        }
    }
}

/// Sends the form around it.
pub fn button_primary(label: impl Into<String>) -> AnyView {
    button(Weight::Primary, label, "", "")
}

/// Sends the form around it, less loud.
pub fn button_secondary(label: impl Into<String>) -> AnyView {
    button(Weight::Secondary, label, "", "")
}

/// Sends the form around it with `name=value` (several ways out of one form); no name, no value sent.
pub fn button(
    weight: Weight,
    label: impl Into<String>,
    name: &'static str,
    value: impl Into<String>,
) -> AnyView {
    let label: String = label.into();
    let value: String = value.into();
    let (name, value) = if name.is_empty() { (None, None) } else { (Some(name), Some(value)) };
    view! { <button type="submit" class=weight.class() name=name value=value>{label}</button> }.into_any()
}

/// A link that looks like a button.
pub fn button_link(weight: Weight, label: impl Into<String>, href: impl Into<String>) -> AnyView {
    let (label, href): (String, String) = (label.into(), href.into());
    view! { <a class=weight.class() href=href>{label}</a> }.into_any()
}

/// A link that looks like a button and opens in another tab: where this tab holds something that must not be lost.
pub fn button_link_apart(weight: Weight, label: String, href: String) -> AnyView {
    view! { <a class=weight.class() href=href target="_blank" rel="noopener">{label}</a> }.into_any()
}

/// A link that looks like a button, with an icon before its label.
pub fn icon_link(
    weight: Weight,
    name: &'static str,
    label: impl Into<String>,
    href: impl Into<String>,
) -> AnyView {
    let (label, href): (String, String) = (label.into(), href.into());
    view! { <a class=weight.class() href=href>{icon(name)}<span>{label}</span></a> }.into_any()
}

/// A link in a text.
pub fn link(label: impl Into<String>, href: impl Into<String>) -> AnyView {
    let (label, href): (String, String) = (label.into(), href.into());
    view! { <a href=href>{label}</a> }.into_any()
}

/// A file to take along.
pub fn download(label: impl Into<String>, href: impl Into<String>) -> AnyView {
    let (label, href): (String, String) = (label.into(), href.into());
    view! { <a class="download" href=href download>{icon("download")}<span>{label}</span></a> }.into_any()
}

/// A form that is only a button: one action by POST with hidden values.
pub fn button_form(
    weight: Weight,
    label: impl Into<String>,
    action: impl Into<String>,
    values: &[(&'static str, &str)],
) -> AnyView {
    let action: String = action.into();
    let values: Vec<_> = values.iter().map(|(name, value)| super::hidden(*name, *value)).collect();
    view! {
        <form method="post" action=action class="inline">
            {values}
            {button(weight, label, "", "")}
        </form>
    }
    .into_any()
}
