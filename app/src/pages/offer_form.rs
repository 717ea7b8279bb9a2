//! What the contract manager chooses about the text of an offer.

use super::staff_contract::Typed;
use crate::components::{Choice, Field, p};
use crate::i18n::T;
use domain::Mistakes;
use domain::contract::Authorisation;
use domain::legal_text::TextFamily;
use leptos::prelude::*;

/// What is chosen about the text: its kind where there are several, and how sub-processors are authorised.
pub fn choices(t: T, typed: &Typed, families: &[TextFamily], mistakes: &Mistakes) -> Vec<AnyView> {
    let chosen =
        |typed: &str, usual: &str| if typed.is_empty() { usual.to_string() } else { typed.to_string() };
    let ways = Authorisation::ALL.map(|a| {
        let label = t.t(&format!("offer-authorisation-{}", a.name()));
        Choice::new(a.name(), label).hint(t.t(&format!("offer-authorisation-{}-hint", a.name())))
    });
    let mut fields = vec![
        Field::radios("authorisation", t.t("offer-authorisation"), ways.into())
            .value(chosen(&typed.authorisation, Authorisation::General.name()))
            .check(t, mistakes)
            .view(),
    ];
    let kinds = families.iter().map(|f| {
        let label = t.t(&format!("text-family-{}", f.name()));
        Choice::new(f.name(), label).hint(t.t(&format!("text-family-{}-hint", f.name())))
    });
    let kinds: Vec<_> = kinds.collect();
    if !families.contains(&TextFamily::Scc) {
        fields.push(p(t.t("offer-text-family-only")));
        return fields;
    }
    fields.push(
        Field::radios("text_family", t.t("offer-text-family"), kinds)
            .value(chosen(&typed.text_family, TextFamily::Av.name()))
            .check(t, mistakes)
            .view(),
    );
    let docking = Field::checkbox("docking", t.t("offer-docking")).hint(t.t("offer-docking-hint"));
    fields.push(docking.checked(typed.docking).view());
    fields
}
