//! People of a customer: a contact person, or somebody who gets a log-in.

use crate::components::{
    Choice, Field, Weight, beside, button_form, button_link, button_primary, column, crumbs, error_summary,
    form, page_head, section,
};
use crate::i18n::T;
use crate::layout::{self, Shell};
use domain::customer::{ContactInput, ContactKind};
use domain::permission::{CustomerRole, StaffRole};
use domain::{ContactId, CustomerId, Lang, Mistake, Mistakes};
use leptos::prelude::*;

/// A contact person.
#[derive(Clone, Debug)]
pub struct ContactFormView {
    /// Whose.
    pub customer: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// Which contact; a new one without.
    pub id: Option<ContactId>,
    /// As typed, or as stored.
    pub input: ContactInput,
    /// What was wrong.
    pub mistakes: Mistakes,
}

/// The page of a contact.
pub fn render_contact(shell: Shell, view: ContactFormView) -> String {
    let t = shell.t();
    let title = t.t(if view.id.is_some() { "contact-edit-title" } else { "contact-new-title" });
    layout::render(shell.at("customers", title.clone()), move || contact(t, title, view))
}

fn trail(t: T, id: CustomerId, name: String) -> AnyView {
    crumbs(t, vec![(t.t("customers-title"), t.url("/customers")), (name, t.url(&format!("/customers/{id}")))])
}

fn contact(t: T, title: String, v: ContactFormView) -> AnyView {
    let base = format!("/customers/{}/contacts", v.customer);
    let action = v.id.map_or_else(|| format!("{base}/new"), |id| format!("{base}/{id}"));
    let labels = [
        ("kind", t.t("customer-contact-kind")),
        ("name", t.t("customer-person")),
        ("email", t.t("customer-email")),
        ("function", t.t("contact-function")),
    ];
    let kinds =
        ContactKind::ALL.map(|k| Choice::new(k.name(), t.t(&format!("contact-{}", k.name())))).to_vec();
    let (i, m) = (v.input, &v.mistakes);
    let fields = vec![
        Field::radios("kind", t.t("customer-contact-kind"), kinds).value(i.kind).check(t, m).view(),
        Field::text("name", t.t("customer-person")).value(i.name).autocomplete("off").check(t, m).view(),
        Field::email("email", t.t("customer-email")).value(i.email).autocomplete("off").check(t, m).view(),
        Field::text("function", t.t("contact-function"))
            .value(i.function)
            .autocomplete("off")
            .optional(t)
            .check(t, m)
            .view(),
    ];
    let back = t.url(&format!("/customers/{}#contacts", v.customer));
    let remove = v.id.map(|id| {
        let button =
            button_form(Weight::Danger, t.t("contact-remove"), t.url(&format!("{base}/{id}/remove")), &[]);
        section(t.t("contact-remove-title"), vec![button])
    });
    column(vec![
        trail(t, v.customer, v.customer_name),
        error_summary(t, m, &labels),
        page_head(title, t.t("contact-lead"), Vec::new()),
        form(
            t.url(&action),
            fields,
            vec![button_primary(t.t("save")), button_link(Weight::Quiet, t.t("cancel"), back)],
        ),
        remove.into_any(),
    ])
}

/// An invitation to the portal.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields of the form as typed")]
pub struct InvitePersonView {
    pub customer: CustomerId,
    pub customer_name: String,
    pub name: String,
    pub email: String,
    pub language: String,
    pub role: String,
    pub mistakes: Mistakes,
}

/// The page that invites somebody.
pub fn render_invite(shell: Shell, view: InvitePersonView) -> String {
    let t = shell.t();
    layout::render(shell.at("customers", t.t("customer-invite-title")), move || invite(t, view))
}

fn invite(t: T, v: InvitePersonView) -> AnyView {
    let m = &v.mistakes;
    let labels = [
        ("name", t.t("customer-person")),
        ("email", t.t("customer-email")),
        ("language", t.t("customer-language")),
        ("role", t.t("customer-roles")),
    ];
    let languages = Lang::ALL.map(|l| Choice::new(l.code(), T(l).t("language-name"))).to_vec();
    let role = |r: &CustomerRole| {
        let (word, hint) =
            (t.t(&format!("role-{}", r.name())), t.t(&format!("customer-role-hint-{}", r.name())));
        Choice::new(r.name(), word).hint(hint)
    };
    let roles = CustomerRole::ALL.iter().map(role).collect();
    let back = t.url(&format!("/customers/{}#people", v.customer));
    column(vec![
        trail(t, v.customer, v.customer_name),
        error_summary(t, m, &labels),
        page_head(t.t("customer-invite-title"), t.t("customer-invite-lead"), Vec::new()),
        form(
            t.url(&format!("/customers/{}/people/new", v.customer)),
            vec![
                beside(vec![
                    Field::text("name", t.t("customer-person"))
                        .value(v.name)
                        .autocomplete("off")
                        .check(t, m)
                        .view(),
                    Field::email("email", t.t("customer-email"))
                        .value(v.email)
                        .autocomplete("off")
                        .check(t, m)
                        .view(),
                ]),
                Field::radios("language", t.t("customer-language"), languages)
                    .value(v.language)
                    .check(t, m)
                    .view(),
                Field::radios("role", t.t("customer-roles"), roles).value(v.role).check(t, m).view(),
            ],
            vec![
                button_primary(t.t("customer-invite-send")),
                button_link(Weight::Quiet, t.t("cancel"), back),
            ],
        ),
    ])
}

/// For the tests.
pub fn samples(lang: Lang) -> Vec<(&'static str, String)> {
    let shell = || crate::samples::staff_shell(lang, "/customers", &[StaffRole::ContractManager]);
    let (customer, customer_name) = (crate::samples::customer_id(), "Tischlerei Sägebrecht GmbH".to_string());
    let contact = |id: Option<ContactId>, mistakes: Mistakes| ContactFormView {
        customer,
        customer_name: customer_name.clone(),
        id,
        input: ContactInput { kind: "privacy".into(), name: "\"><b>".into(), ..ContactInput::default() },
        mistakes,
    };
    let wrong = || Mistakes(vec![Mistake::new("name", "required"), Mistake::new("email", "contact-taken")]);
    let person = InvitePersonView {
        customer,
        customer_name: customer_name.clone(),
        name: String::new(),
        email: "karl@".into(),
        language: "de".into(),
        role: String::new(),
        mistakes: wrong(),
    };
    vec![
        ("contact-new", render_contact(shell(), contact(None, wrong()))),
        ("contact", render_contact(shell(), contact(Some(ContactId(customer.0)), Mistakes::default()))),
        ("customer-invite", render_invite(shell(), person)),
    ]
}
