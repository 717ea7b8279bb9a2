//! A customer's own start page: where the contract stands, and the one next step.

use super::contract_parts::{DocumentLink, Reader, begin_step, next_step, shown_state};
use super::versions::numbered;
use crate::components::{
    Tone, Weight, button_link, column, empty, facts_text, icon_link, link, notice, p, page_head, points,
    section, section_with, split, state_badge, table, tasks, text,
};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::{DateTime, Utc};
use domain::contract::Contract;
use domain::permission::CustomerRole;
use domain::{CustomerId, Lang, Service};
use leptos::prelude::*;

/// The customers of somebody who acts for several, or for none.
#[derive(Clone, Debug, Default)]
pub struct ChooseView {
    /// Id and name.
    pub customers: Vec<(CustomerId, String)>,
}

/// The whole page.
pub fn render_choose(shell: Shell, view: ChooseView) -> String {
    let t = shell.t();
    layout::render(shell.at("my", t.t("my-choose-title")), move || choose(t, view))
}

fn choose(t: T, v: ChooseView) -> AnyView {
    let list = if v.customers.is_empty() {
        empty(t.t("my-none-title"), t.t("my-none"))
    } else {
        let lines = v.customers.into_iter().map(|(id, name)| crate::components::Task {
            href: t.url(&format!("/my/{id}")),
            title: name,
            note: String::new(),
            due: String::new(),
            tone: Tone::Plain,
        });
        tasks(lines.collect())
    };
    column(vec![page_head(t.t("my-choose-title"), t.t("my-choose-lead"), Vec::new()), list])
}

/// A customer's start page.
#[derive(Clone, Debug)]
pub struct MyView {
    /// Who the customer is.
    pub customer: CustomerId,
    /// Its name.
    pub name: String,
    /// Its number.
    pub number: String,
    /// Roles of the reader.
    pub roles: Vec<CustomerRole>,
    /// For whom the page is.
    pub reader: Reader,
    /// All contracts, the newest first.
    pub contracts: Vec<Contract>,
    /// Document of the contract in force.
    pub document: Option<DocumentLink>,
    /// Services booked.
    pub services: Vec<Service>,
    /// Whom to ask: name, addresses.
    pub contact: Vec<(String, String)>,
    /// Now.
    pub now: DateTime<Utc>,
}

/// The whole page.
pub fn render(shell: Shell, view: MyView) -> String {
    let t = shell.t();
    layout::render(shell.at("my", view.name.clone()), move || body(t, &view))
}

fn body(t: T, v: &MyView) -> AnyView {
    let roles: Vec<_> = v.roles.iter().map(|r| t.t(&format!("role-{}", r.name()))).collect();
    let lead = t.tr("my-lead", &[("number", &v.number), ("roles", &roles.join(", "))]);
    let decisions = icon_link(
        Weight::Secondary,
        "clock",
        t.t("my-decisions"),
        t.url(&format!("/my/{}/decisions", v.customer)),
    );
    view! {
        {page_head(v.name.clone(), lead, Vec::new())}
        {next(t, v)}
        {split(
            vec![section_with("contracts", t.t("my-contracts"), Vec::new(), vec![contracts(t, v)])],
            vec![
                section(t.t("my-services"), vec![services(t, v)]),
                section(t.t("my-decisions-title"), vec![p(t.t("my-decisions-text")), decisions]),
                section(t.t("my-registers"), vec![p(t.t("my-registers-text")), registers(t, v)]),
                section(t.t("my-contact"), vec![facts_text(v.contact.clone())]),
            ],
        )}
    }
    .into_any()
}

/// The ways to the registers.
fn registers(t: T, v: &MyView) -> AnyView {
    let side = super::register_parts::Side::Customer { id: v.customer, voice: v.reader.may_request };
    super::register_parts::ways(t, &side, "")
}

/// The contract on its way comes first; beside it the one in force keeps ruling.
fn next(t: T, v: &MyView) -> AnyView {
    let ruling = ruling(&v.contracts, v.now);
    let on_its_way = v.contracts.iter().find(|c| !c.state.name().is_over() && !c.state.name().rules());
    let besides = ruling.filter(|_| on_its_way.is_some()).map(|c| {
        let to = t.url(&format!("/my/{}/contracts/{}", v.customer, c.id));
        let words = p(t.tr("my-still-in-force", &[("number", &c.number)]));
        notice(Tone::Good, "", vec![words, button_link(Weight::Quiet, t.t("my-open"), to)])
    });
    let main = match on_its_way.or(ruling).or(v.contracts.first()) {
        Some(c) => next_step(t, c, &v.reader, v.document.as_ref().filter(|_| ruling == Some(c)), v.now),
        None => begin_step(t, v.customer, &v.reader),
    };
    view! { {main.view()}{besides} }.into_any()
}

/// The contract whose days have begun; of those that are concluded for later the newest where none has.
pub fn ruling(all: &[Contract], now: DateTime<Utc>) -> Option<&Contract> {
    let may = |c: &&Contract| c.state.name().rules();
    let rules = |c: &&Contract| may(c) && c.state.concluded().is_some_and(|f| f.rules(now));
    all.iter().find(rules).or_else(|| all.iter().find(may))
}

fn contracts(t: T, v: &MyView) -> AnyView {
    if v.contracts.is_empty() {
        return empty(t.t("my-no-contracts-title"), t.t("my-no-contracts"));
    }
    let columns = vec![t.t("doc-number"), t.t("contract-state"), t.t("contract-changed")];
    let rows = v.contracts.iter().map(|c| {
        let to = t.url(&format!("/my/{}/contracts/{}", v.customer, c.id));
        vec![
            link(numbered(t, &c.number, c.version), to),
            state_badge(t, shown_state(&c.state, v.now)),
            text(format::day(t, c.updated_at)),
        ]
    });
    table(t.t("my-contracts"), columns, rows.collect())
}

fn services(t: T, v: &MyView) -> AnyView {
    if v.services.is_empty() {
        return p(t.t("my-no-services"));
    }
    points(v.services.iter().map(|s| t.t(&format!("service-{}", s.name()))).collect())
}

/// For the tests.
pub fn samples(lang: Lang) -> Vec<(&'static str, String)> {
    use crate::samples::{contracts as made, customer_shell, shell};
    let page = |states| render(customer_shell(lang, "/my"), made::my(lang, states));
    let two = vec![
        (made::customer_of(1), "Tischlerei Sägebrecht GmbH".into()),
        (made::customer_of(2), "Café Morgenrot".into()),
    ];
    vec![
        ("my-none", page(Vec::new())),
        ("my-sign", page(vec![made::offered(lang)])),
        ("my-in-force", page(vec![made::in_force(lang)])),
        ("my-renewing", page(vec![made::draft(lang), made::in_force(lang), made::declined(lang)])),
        ("my-choose", render_choose(customer_shell(lang, "/my"), ChooseView { customers: two })),
        ("my-nobody", render_choose(shell(lang, "/my"), ChooseView::default())),
    ]
}
