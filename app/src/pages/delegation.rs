//! What pages say about a signature that was passed on: the fields for the right person, who passed it on to whom, and
//! the place that nobody has.

use crate::components::{Field, Tone, beside, button_secondary, facts_text, fieldset, form, notice, p};
use crate::format;
use crate::i18n::T;
use domain::Mistakes;
use domain::contract::delegation::Delegation;
use domain::contract::lifecycle::Offered;
use domain::contract::request::Person;
use leptos::prelude::*;

/// Labels of the fields, for the summary of mistakes.
pub fn labels(t: T) -> Vec<(&'static str, String)> {
    let keys = [
        ("delegate_name", "person-name"),
        ("delegate_email", "person-email"),
        ("delegate_function", "person-function"),
        ("delegate_reason", "delegate-reason"),
    ];
    keys.map(|(field, key)| (field, t.t(key))).into()
}

/// The fields for the right person.
pub fn person_fields(t: T, typed: &Person, mistakes: &Mistakes) -> AnyView {
    let field = |name: &'static str, key: &str, value: &str| {
        Field::text(name, t.t(key)).value(value).check(t, mistakes).view()
    };
    let fields = beside(vec![
        field("delegate_name", "person-name", &typed.name),
        Field::email("delegate_email", t.t("person-email"))
            .value(typed.email.clone())
            .check(t, mistakes)
            .view(),
        field("delegate_function", "person-function", &typed.function),
    ]);
    fieldset(t.t("delegate-person"), "", vec![fields])
}

/// Who passed the signature on, to whom, when and why.
pub fn delegations(t: T, all: &[Delegation]) -> AnyView {
    let row = |d: &Delegation| {
        let at = format::time(t, d.at);
        let to = match &d.to {
            Some(person) => {
                let who = super::contract_parts::person_line(person);
                t.tr("delegation-to", &[("to", &who), ("at", &at)])
            }
            None => t.tr("delegation-unknown", &[("at", &at)]),
        };
        let why = match d.reason.is_empty() {
            true => String::new(),
            false => t.tr("delegation-reason", &[("reason", &d.reason)]),
        };
        (d.from_name.clone(), format!("{to} {why}").trim().to_string())
    };
    facts_text(all.iter().map(row).collect())
}

/// What is to be done about a place that nobody has; with the form for who may name somebody (`action` given).
pub fn empty_place(
    t: T,
    o: &Offered,
    action: Option<String>,
    typed: &Person,
    mistakes: &Mistakes,
) -> AnyView {
    if o.empty_places() == 0 {
        return ().into_any();
    }
    let from: Vec<_> =
        o.delegations.iter().filter(|d| d.to.is_none()).map(|d| d.from_name.as_str()).collect();
    let until = format::date(t, o.valid_until);
    let words = p(t.tr("empty-place", &[("from", &from.join(", ")), ("until", &until)]));
    let naming = action.map(|action| {
        let button = button_secondary(t.t("empty-place-button"));
        form(action, vec![person_fields(t, typed, mistakes)], vec![button])
    });
    let content = std::iter::once(words).chain(naming).collect();
    let id = "empty-place";
    view! { <div id=id>{notice(Tone::Warn, t.t("empty-place-title"), content)}</div> }.into_any()
}
