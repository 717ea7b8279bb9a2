//! Badges: symbol + word + colour, never colour alone.

use super::{Tone, icon};
use crate::i18n::T;
use domain::contract::StateName;
use leptos::prelude::*;

/// A small mark with the icon of its tone.
pub fn badge(tone: Tone, text: impl Into<String>) -> AnyView {
    badge_with(tone, tone.icon(), text)
}

/// A small mark with an icon of its own.
pub fn badge_with(tone: Tone, name: &'static str, text: impl Into<String>) -> AnyView {
    let text: String = text.into();
    let class = format!("badge badge--{}", tone.name());
    view! { <span class=class>{icon(name)}<span>{text}</span></span> }.into_any()
}

/// What a state of a contract means to the eye.
pub fn state_tone(state: StateName) -> (Tone, &'static str) {
    match state {
        StateName::Draft => (Tone::Plain, "pen"),
        StateName::Requested => (Tone::Info, "clock"),
        StateName::Offered => (Tone::Warn, "pen"),
        StateName::SignedByCustomer | StateName::Ending => (Tone::Warn, "clock"),
        StateName::InForce => (Tone::Good, "check"),
        StateName::Closed => (Tone::Plain, "check"),
        StateName::PaperUnconfirmed => (Tone::Warn, "paper"),
        StateName::Declined => (Tone::Bad, "cross"),
        StateName::Ended | StateName::Withdrawn | StateName::Lapsed => (Tone::Plain, "cross"),
    }
}

/// The word of a state: `state-<name>`.
pub fn state_text(t: T, state: StateName) -> String {
    t.t(&format!("state-{}", state.name()))
}

/// The badge of a contract's state.
pub fn state_badge(t: T, state: StateName) -> AnyView {
    let (tone, name) = state_tone(state);
    badge_with(tone, name, state_text(t, state))
}
