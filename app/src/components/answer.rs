//! The face of the product: one card, readable from across the desk.

use super::{Tone, badge, icon};
use crate::i18n::T;
use leptos::prelude::*;

/// What the gate says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Go.
    Permitted,
    /// Talk only.
    Advice,
    /// No.
    Refused,
}

impl Verdict {
    /// Tone of its marks.
    pub fn tone(self) -> Tone {
        match self {
            Self::Permitted => Tone::Good,
            Self::Advice => Tone::Warn,
            Self::Refused => Tone::Bad,
        }
    }

    /// Its big symbol.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Permitted => "check",
            Self::Advice => "speech",
            Self::Refused => "cross",
        }
    }

    /// Its word: `verdict-permitted`, `verdict-advice`, `verdict-refused`.
    pub fn word(self, t: T) -> String {
        t.t(match self {
            Self::Permitted => "verdict-permitted",
            Self::Advice => "verdict-advice",
            Self::Refused => "verdict-refused",
        })
    }

    fn class(self) -> &'static str {
        match self {
            Self::Permitted => "answer answer--permitted",
            Self::Advice => "answer answer--advice",
            Self::Refused => "answer answer--refused",
        }
    }
}

/// Everything on the card, in words.
pub struct AnswerCard {
    /// Chooses symbol and colour.
    pub verdict: Verdict,
    /// `Erlaubt`, `Nur Beratung`, `Abgelehnt`.
    pub word: String,
    /// What was asked: action and customer.
    pub question: String,
    /// Why, in one sentence.
    pub reason: String,
    /// Label and value: ground, until when, …
    pub facts: Vec<(String, String)>,
    /// What must be done besides; title and points.
    pub obligations: Option<(String, Vec<String>)>,
    /// The one next step (button, text to copy, invitation).
    pub next: Vec<AnyView>,
}

/// The card.
pub fn answer(card: AnswerCard) -> AnyView {
    let facts = (!card.facts.is_empty()).then(|| super::facts_text(card.facts));
    let obligations = card.obligations.filter(|(_, points)| !points.is_empty()).map(|(title, points)| {
        view! { <div class="answer__duties"><h3>{title}</h3>{super::points(points)}</div> }.into_any()
    });
    let next =
        (!card.next.is_empty()).then(|| view! { <div class="answer__next">{card.next}</div> }.into_any());
    view! {
        <section class=card.verdict.class() aria-labelledby="answer-word">
            <div class="answer__band">
                <span class="answer__symbol">{icon(card.verdict.icon())}</span>
                <div>
                    <h2 class="answer__word" id="answer-word">{card.word}</h2>
                    <p class="answer__question">{card.question}</p>
                </div>
            </div>
            <div class="answer__body">
                <p class="answer__reason">{card.reason}</p>
                {facts}
                {obligations}
                {next}
            </div>
        </section>
    }
    .into_any()
}

/// The other actions as a row of small marks: verdict, the verdict in a word, and the action.
pub fn other_answers(title: impl Into<String>, marks: Vec<(Verdict, String, String)>) -> AnyView {
    let title: String = title.into();
    let items: Vec<_> = marks
        .into_iter()
        .map(|(verdict, word, action)| {
            view! { <li class="mark"><span class="mark__action">{action}</span>{mark(verdict, word)}</li> }
                .into_any()
        })
        .collect();
    view! { <section class="section"><h2>{title}</h2><ul class="marks" role="list">{items}</ul></section> }
        .into_any()
}

fn mark(verdict: Verdict, word: String) -> AnyView {
    super::badge_with(verdict.tone(), verdict.icon(), word)
}

/// A verdict as a badge in a list.
pub fn verdict_badge(verdict: Verdict, word: impl Into<String>) -> AnyView {
    match verdict {
        Verdict::Advice => super::badge_with(Tone::Warn, "speech", word),
        _ => badge(verdict.tone(), word),
    }
}
