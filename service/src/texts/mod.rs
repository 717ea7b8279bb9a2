//! The contract texts at work: which one is on offer, what a new one changes and for whom, its publishing.

pub mod sync;

pub mod offered;

pub mod touched;

pub mod publish;

pub mod announce_job;

pub mod difference;

pub mod offers;

pub mod offer_job;

pub mod overview;

use crate::content::{LegalText, LegalTexts};
use domain::legal_text::age;
use domain::publication::{Change, Publication};

/// Whether a version came after another.
pub fn newer(version: &str, than: &str) -> bool {
    age(version) > age(than)
}

/// Of what kind a text is against the last one that was published. A version that was skipped counts with what it
/// changed: an editorial text after a material one that nobody published is material.
pub fn change_since(texts: &LegalTexts, last: Option<&Publication>, text: &LegalText) -> Change {
    let Some(last) = last else { return Change::First };
    let between = texts
        .of(text.family)
        .filter(|t| newer(&t.version, &last.version) && !newer(&t.version, &text.version));
    let days = between.filter_map(|t| match t.change {
        Change::Material { accept_days } => Some(accept_days),
        Change::First | Change::Editorial => None,
    });
    days.max().map_or(Change::Editorial, |accept_days| Change::Material { accept_days })
}

/// Names of the versions of a family that are older than this one: those known here, and those once published.
pub fn older(texts: &LegalTexts, published: &[Publication], text: &LegalText) -> Vec<String> {
    let known = texts.of(text.family).map(|t| t.version.clone());
    let mut all: Vec<_> = known.chain(published.iter().map(|p| p.version.clone())).collect();
    all.retain(|v| newer(&text.version, v));
    all.sort_by_key(|v| age(v));
    all.dedup();
    all
}
