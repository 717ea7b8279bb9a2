//! The form by which the contract manager weighs a request and offers the contract.

use super::staff_contract::{StaffContractView, Typed, address, decline};
use crate::components::{
    Choice, Field, Tone, Weight, beside, button_primary, card_titled, download, form, icon_link, notice, p,
    stack,
};
use crate::i18n::T;
use domain::Mistakes;
use domain::contract::Authorisation;
use domain::legal_text::TextFamily;
use leptos::prelude::*;

/// The examination: weighing, terms, choices, and the ways to look at what would be offered.
pub(super) fn examine(t: T, v: &StaffContractView) -> AnyView {
    let preapproved = v.customer.facts.preapproved();
    let rule = if preapproved {
        notice(Tone::Good, t.t("weigh-preapproved-title"), vec![p(t.t("weigh-preapproved"))])
    } else {
        notice(Tone::Info, t.t("weigh-needed-title"), vec![p(t.t("weigh-needed"))])
    };
    let area = |name: &'static str, value: &str| {
        let field =
            Field::textarea(name, t.t(&format!("weigh-{name}"))).hint(t.t(&format!("weigh-{name}-hint")));
        let field = if preapproved { field.optional(t) } else { field };
        field.rows(3).value(value).check(t, &v.mistakes).view()
    };
    let fields = vec![
        area("cost", &v.typed.cost),
        area("benefit", &v.typed.benefit),
        area("risk", &v.typed.risk),
        beside(vec![
            Field::date("valid_until", t.t("offer-valid-until"))
                .hint(t.t("offer-valid-until-hint"))
                .value(v.typed.valid_until.clone())
                .short()
                .check(t, &v.mistakes)
                .view(),
            Field::number("notice_days", t.t("notice-days"))
                .hint(t.t("notice-days-hint"))
                .value(v.typed.notice_days.clone())
                .short()
                .check(t, &v.mistakes)
                .view(),
        ]),
    ];
    let fields = fields.into_iter().chain(choices(t, &v.typed, &v.families, &v.mistakes)).collect();
    let preview = icon_link(Weight::Secondary, "file", t.t("offer-preview"), address(t, v, "/preview"));
    let pdf = download(t.t("offer-preview-pdf"), address(t, v, "/preview.pdf"));
    let mut ways = vec![button_primary(t.t("offer-button")), preview, pdf];
    if v.families.contains(&TextFamily::Scc) {
        let to = address(t, v, "/preview?text_family=scc");
        ways.push(icon_link(Weight::Secondary, "file", t.t("offer-preview-scc"), to));
    }
    let offer = form(address(t, v, "/offer"), fields, ways);
    stack(vec![card_titled(t.t("examine-title"), vec![p(t.t("examine-lead")), rule, offer]), decline(t, v)])
}

/// What is chosen about the text: its kind where there are several, and how sub-processors are authorised.
fn choices(t: T, typed: &Typed, families: &[TextFamily], mistakes: &Mistakes) -> Vec<AnyView> {
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
