//! Entering a customer and changing what is known about one. Who was second sees what is stored now beside what they
//! typed.

use crate::components::{
    Choice, Field, Weight, beside, button_link, button_primary, column, crumbs, error_summary, fieldset,
    form, hidden, page_head,
};
use crate::i18n::T;
use crate::layout::{self, Shell};
use domain::customer::CustomerInput;
use domain::permission::StaffRole;
use domain::{CustomerId, Lang, Mistake, Mistakes, Service};
use leptos::prelude::*;

/// The form.
#[derive(Clone, Debug, Default)]
pub struct CustomerFormView {
    /// Which customer; a new one without.
    pub id: Option<CustomerId>,
    /// Its name as stored, for the way back.
    pub name: String,
    /// As typed, or as stored.
    pub input: CustomerInput,
    /// The version that the form was filled from.
    pub lock: i64,
    /// What was wrong.
    pub mistakes: Mistakes,
    /// What somebody else stored meanwhile: name of the field and its value in words.
    pub stored: Vec<(String, String)>,
    /// Countries: code and name, by name.
    pub countries: Vec<(String, String)>,
}

/// The whole page.
pub fn render(shell: Shell, view: CustomerFormView) -> String {
    let t = shell.t();
    let title = t.t(if view.id.is_some() { "customer-edit-title" } else { "customer-new-title" });
    layout::render(shell.at("customers", title.clone()), move || body(t, title, view))
}

/// The label of each field, in the order of the form.
pub fn labels(t: T) -> [(&'static str, String); 16] {
    [
        ("customer_number", t.t("customer-number")),
        ("legal_name", t.t("customer-legal-name")),
        ("street", t.t("customer-street")),
        ("postal_code", t.t("customer-postal-code")),
        ("city", t.t("customer-city")),
        ("country", t.t("customer-country")),
        ("register", t.t("customer-register")),
        ("email", t.t("customer-email")),
        ("language", t.t("customer-language")),
        ("phones", t.t("customer-phones")),
        ("domains", t.t("customer-domains")),
        ("services", t.t("customer-services")),
        ("representation", t.t("customer-representation")),
        ("service_contract", t.t("customer-service-contract")),
        ("hosting", t.t("customer-hosting")),
        ("professional_secrecy", t.t("customer-professional-secrecy")),
    ]
}

fn body(t: T, title: String, v: CustomerFormView) -> AnyView {
    let (action, back) = match v.id {
        Some(id) => (format!("/customers/{id}/edit"), format!("/customers/{id}")),
        None => ("/customers/new".into(), "/customers".into()),
    };
    let mut trail = vec![(t.t("customers-title"), t.url("/customers"))];
    if v.id.is_some() {
        trail.push((v.name.clone(), t.url(&back)));
    }
    column(vec![
        crumbs(t, trail),
        error_summary(t, &v.mistakes, &labels(t)),
        page_head(title, t.t("customer-form-lead"), Vec::new()),
        form(
            t.url(&action),
            vec![hidden("lock", v.lock.to_string()), who(t, &v), reach(t, &v), contract(t, &v)],
            vec![button_primary(t.t("save")), button_link(Weight::Quiet, t.t("cancel"), t.url(&back))],
        ),
    ])
}

/// Finishes a field: its mistake, and what is stored now where that differs.
fn finish(t: T, v: &CustomerFormView, name: &str, field: Field, hint: String) -> AnyView {
    let stored = v.stored.iter().find(|(field, _)| field == name).map(|(_, value)| {
        let value = if value.is_empty() { "–" } else { value };
        t.tr("customer-stored-now", &[("value", value)])
    });
    let hints: Vec<_> = [Some(hint).filter(|h| !h.is_empty()), stored].into_iter().flatten().collect();
    field.hint(hints.join(" ")).check(t, &v.mistakes).view()
}

fn line(t: T, v: &CustomerFormView, name: &'static str, label: &str, value: &str) -> AnyView {
    let field = Field::text(name, t.t(label)).value(value).autocomplete("off");
    finish(t, v, name, field, String::new())
}

fn who(t: T, v: &CustomerFormView) -> AnyView {
    let i = &v.input;
    let countries = v.countries.iter().map(|(code, name)| Choice::new(code, name)).collect();
    let country = Field::select("country", t.t("customer-country"), countries).value(i.country.clone());
    let register = Field::text("register", t.t("customer-register")).value(i.register.clone()).optional(t);
    let number = Field::text("customer_number", t.t("customer-number")).value(i.number.clone()).short();
    fieldset(
        t.t("customer-facts"),
        "",
        vec![
            finish(t, v, "customer_number", number.autocomplete("off"), t.t("customer-number-hint")),
            line(t, v, "legal_name", "customer-legal-name", &i.legal_name),
            line(t, v, "street", "customer-street", &i.street),
            beside(vec![
                line(t, v, "postal_code", "customer-postal-code", &i.postal_code),
                line(t, v, "city", "customer-city", &i.city),
            ]),
            finish(t, v, "country", country, String::new()),
            finish(t, v, "register", register.autocomplete("off"), t.t("customer-register-hint")),
        ],
    )
}

fn reach(t: T, v: &CustomerFormView) -> AnyView {
    let i = &v.input;
    let languages = Lang::ALL.map(|l| Choice::new(l.code(), T(l).t("language-name"))).to_vec();
    let email = Field::email("email", t.t("customer-email")).value(i.email.clone()).autocomplete("off");
    let language = Field::radios("language", t.t("customer-language"), languages).value(i.language.clone());
    let lines = |name: &'static str, label: &str, value: &str| {
        let value = value.replace('|', "\n");
        Field::textarea(name, t.t(label)).value(value).rows(3).optional(t)
    };
    fieldset(
        t.t("customer-reach"),
        "",
        vec![
            finish(t, v, "email", email, String::new()),
            finish(t, v, "language", language, t.t("customer-language-hint")),
            finish(
                t,
                v,
                "phones",
                lines("phones", "customer-phones", &i.phones),
                t.t("customer-phones-hint"),
            ),
            finish(
                t,
                v,
                "domains",
                lines("domains", "customer-domains", &i.domains),
                t.t("customer-domains-hint"),
            ),
        ],
    )
}

fn contract(t: T, v: &CustomerFormView) -> AnyView {
    let i = &v.input;
    let services =
        Service::ALL.map(|s| Choice::new(s.name(), t.t(&format!("service-{}", s.name())))).to_vec();
    let services =
        Field::checkboxes("services", t.t("customer-services"), services).values(i.services.clone());
    let rule = vec![Choice::new("1", t.t("customer-one-signs")), Choice::new("2", t.t("customer-two-sign"))];
    let chosen = if i.representation.is_empty() { "1" } else { i.representation.as_str() };
    let rule = Field::radios("representation", t.t("customer-representation"), rule).value(chosen);
    let tick = |name: &'static str, label: &str, on: bool| {
        finish(t, v, name, Field::checkbox(name, t.t(label)).checked(on), String::new())
    };
    fieldset(
        t.t("customer-terms"),
        "",
        vec![
            finish(t, v, "services", services.optional(t), String::new()),
            finish(t, v, "representation", rule, t.t("customer-representation-hint")),
            tick("service_contract", "customer-service-contract", i.service_contract),
            tick("hosting", "customer-hosting", i.hosting),
            tick("professional_secrecy", "customer-professional-secrecy", i.professional_secrecy),
        ],
    )
}

/// For the tests.
pub fn samples(lang: Lang) -> Vec<(&'static str, String)> {
    let shell = || crate::samples::staff_shell(lang, "/customers/new", &[StaffRole::ContractManager]);
    let countries = vec![("DE".to_string(), "Deutschland".to_string()), ("AT".into(), "Österreich".into())];
    let input = CustomerInput {
        legal_name: "\"><script>".into(),
        phones: "+49 30 1234|</textarea>".into(),
        services: vec!["hosting".into()],
        language: "de".into(),
        ..CustomerInput::default()
    };
    let mistakes =
        Mistakes(vec![Mistake::new("customer_number", "required"), Mistake::with("email", "email", "x")]);
    let new = CustomerFormView { input, mistakes, countries, ..CustomerFormView::default() };
    let stale = CustomerFormView {
        id: Some(crate::samples::customer_id()),
        name: "Tischlerei Sägebrecht GmbH".into(),
        lock: 3,
        mistakes: Mistake::new("", "changed-meanwhile").into(),
        stored: vec![("street".into(), "Neue Gasse 7".into()), ("register".into(), String::new())],
        ..new.clone()
    };
    let empty =
        CustomerFormView { input: CustomerInput::default(), mistakes: Mistakes::default(), ..new.clone() };
    vec![
        ("customer-form", render(shell(), empty)),
        ("customer-form-mistakes", render(shell(), new)),
        ("customer-form-stale", render(shell(), stale)),
    ]
}
