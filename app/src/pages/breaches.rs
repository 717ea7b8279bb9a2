//! The register of breaches, for the privacy officer and for a customer; and the form for a breach or a further phase.

use super::register_list::{Register, RegisterView, list};
use super::register_parts::{Side, trail};
use crate::components::{
    Choice, Field, Tone, Weight, beside, button_link, button_primary, column, crumbs, error_summary,
    fieldset, form, hidden, icon_link, notice, p, page_head,
};
use crate::i18n::T;
use crate::layout::{self, Shell};
use domain::register::breach::BreachInput;
use domain::{EntryId, Mistakes, Service};
use leptos::prelude::*;

/// The whole page; `hours` are those within which customers are told.
pub fn render(shell: Shell, view: RegisterView, hours: u16) -> String {
    let t = shell.t();
    layout::render(shell.at(view.side.active(), t.t("registers-breaches")), move || body(t, &view, hours))
}

fn body(t: T, v: &RegisterView, hours: u16) -> AnyView {
    let new = t.url(&format!("{}/new", v.side.base("breaches")));
    let staff = matches!(v.side, Side::Staff { .. });
    let record = staff.then(|| icon_link(Weight::Secondary, "plus", t.t("breach-record"), new));
    let lead = if staff { "breaches-lead-staff" } else { "breaches-lead-customer" };
    let register = Register {
        area: "breaches",
        entry: "breach",
        lead: t.tr(lead, &[("hours", &hours.to_string())]),
        actions: record.into_iter().collect(),
        below: None,
    };
    list(t, register, v)
}

/// What the form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new breach.
    Record,
    /// Correcting one of which nobody was told.
    Revise,
    /// The next phase.
    Supplement,
}

/// The form.
#[derive(Clone, Debug)]
pub struct BreachFormView {
    /// What it is for.
    pub purpose: Purpose,
    /// The breach; for a new one the id that comes with the form.
    pub id: EntryId,
    /// Its number; empty for a new one.
    pub number: String,
    /// As typed.
    pub input: BreachInput,
    /// Numbers of picked customers, as typed.
    pub customers: String,
    /// Hours within which the customers are told.
    pub hours: u16,
    /// What was wrong.
    pub mistakes: Mistakes,
}

/// The whole page.
pub fn render_form(shell: Shell, view: BreachFormView) -> String {
    let t = shell.t();
    let title = t.t(title_key(view.purpose));
    layout::render(shell.at("registers", title.clone()), move || form_body(t, title, &view))
}

fn title_key(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Record => "breach-record",
        Purpose::Revise => "breach-revise",
        Purpose::Supplement => "breach-supplement",
    }
}

/// Facts that may follow later, in the order of the form.
const LATER: [&str; 7] =
    ["occurred", "categories", "persons", "records", "consequences", "measures", "proposed"];

fn form_body(t: T, title: String, v: &BreachFormView) -> AnyView {
    let mut labels: Vec<(&str, String)> =
        ["aware_on", "aware_time", "title", "nature", "contact", "services", "customers"]
            .into_iter()
            .map(|f| (f, t.t(&format!("breach-{f}"))))
            .collect();
    labels.extend(LATER.iter().map(|f| (*f, t.t(&format!("breach-{f}")))));
    let staff = Side::Staff { keeper: true, officer: true };
    let mut way = trail(t, &staff, "breaches", "registers-breaches");
    if v.purpose != Purpose::Record {
        way.push((v.number.clone(), t.url(&format!("/breaches/{}", v.id))));
    }
    let (action, lead, button) = match v.purpose {
        Purpose::Record => ("/breaches/new".into(), "breach-record-lead", "save"),
        Purpose::Revise => (format!("/breaches/{}/edit", v.id), "breach-record-lead", "save"),
        Purpose::Supplement => {
            (format!("/breaches/{}/edit", v.id), "breach-supplement-lead", "breach-supplement-send")
        }
    };
    let mut fields = vec![hidden("once", v.id.to_string())];
    if v.purpose != Purpose::Supplement {
        fields.push(aware(t, v));
    }
    fields.extend([what(t, v), later(t, v), whom(t, v)]);
    let back = if v.purpose == Purpose::Record { "/breaches".into() } else { format!("/breaches/{}", v.id) };
    column(vec![
        crumbs(t, way),
        error_summary(t, &v.mistakes, &labels),
        page_head(title, t.tr(lead, &[("hours", &v.hours.to_string())]), Vec::new()),
        notice(Tone::Info, "", vec![p(t.t("breach-rule"))]),
        form(
            t.url(&action),
            fields,
            vec![button_primary(t.t(button)), button_link(Weight::Quiet, t.t("cancel"), t.url(&back))],
        ),
    ])
}

fn aware(t: T, v: &BreachFormView) -> AnyView {
    let m = &v.mistakes;
    fieldset(
        t.t("breach-aware"),
        t.t("breach-aware-hint"),
        vec![beside(vec![
            Field::date("aware_on", t.t("breach-aware_on"))
                .value(v.input.aware_on.clone())
                .short()
                .check(t, m)
                .view(),
            Field::text("aware_time", t.t("breach-aware_time"))
                .value(v.input.aware_time.clone())
                .short()
                .check(t, m)
                .view(),
        ])],
    )
}

fn what(t: T, v: &BreachFormView) -> AnyView {
    let (r, m) = (&v.input.report, &v.mistakes);
    fieldset(
        t.t("breach-facts"),
        t.t("breach-facts-hint"),
        vec![
            Field::text("title", t.t("breach-title")).value(r.title.clone()).check(t, m).view(),
            Field::textarea("nature", t.t("breach-nature"))
                .hint(t.t("breach-nature-hint"))
                .value(r.nature.clone())
                .check(t, m)
                .view(),
            Field::textarea("contact", t.t("breach-contact"))
                .value(r.contact.clone())
                .rows(3)
                .check(t, m)
                .view(),
        ],
    )
}

/// A fact by the name of its field.
fn fact<'a>(r: &'a domain::register::breach::Report, field: &str) -> &'a str {
    match field {
        "occurred" => &r.occurred,
        "categories" => &r.categories,
        "persons" => &r.persons,
        "records" => &r.records,
        "consequences" => &r.consequences,
        "measures" => &r.measures,
        _ => &r.proposed,
    }
}

fn later(t: T, v: &BreachFormView) -> AnyView {
    let fields = LATER.iter().map(|f| {
        let field = Field::textarea(*f, t.t(&format!("breach-{f}"))).rows(3).optional(t);
        field.value(fact(&v.input.report, f)).check(t, &v.mistakes).view()
    });
    fieldset(t.t("breach-later"), t.t("breach-later-hint"), fields.collect())
}

fn whom(t: T, v: &BreachFormView) -> AnyView {
    let m = &v.mistakes;
    let services =
        Service::ALL.map(|s| Choice::new(s.name(), t.t(&format!("service-{}", s.name())))).to_vec();
    fieldset(
        t.t("breach-whom"),
        t.t("breach-whom-hint"),
        vec![
            Field::checkboxes("services", t.t("breach-services"), services)
                .values(v.input.services.clone())
                .check(t, m)
                .view(),
            Field::textarea("customers", t.t("breach-customers"))
                .hint(t.t("breach-customers-hint"))
                .value(v.customers.clone())
                .rows(3)
                .optional(t)
                .check(t, m)
                .view(),
        ],
    )
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    use crate::samples::registers as made;
    let (customer, staff) = (made::customer_side(), made::staff_side());
    let page = |side: &Side, lines| render(made::shell(lang, side), made::list(side.clone(), lines), 24);
    let form = |purpose, mistakes: Mistakes| BreachFormView {
        purpose,
        id: made::entry_id(2),
        number: if purpose == Purpose::Record { String::new() } else { "VF-2026-00001".into() },
        input: BreachInput { report: made::breach_report(lang, false), ..BreachInput::default() },
        customers: "K10001".into(),
        hours: 24,
        mistakes,
    };
    let mut wrong = Mistakes::default();
    wrong.0.push(domain::Mistake::with("aware_time", "time", "25:99"));
    wrong.0.push(domain::Mistake::with("customers", "unknown-customer-number", "K<1>"));
    wrong.add("services", "breach-nobody");
    let lines = || made::breach_lines(lang);
    vec![
        ("breaches", page(&staff, lines())),
        ("breaches-my", page(&customer, lines())),
        ("breaches-none", page(&customer, Vec::new())),
        ("breach-record", render_form(made::shell(lang, &staff), form(Purpose::Record, wrong))),
        (
            "breach-supplement",
            render_form(made::shell(lang, &staff), form(Purpose::Supplement, Mistakes::default())),
        ),
    ]
}
