//! The list of customers: a search, filters, a page at a time.

use crate::components::{
    Choice, Field, Weight, empty, empty_with, filters, icon_link, link, page_head, pagination, row,
    state_badge, table, text,
};
use crate::i18n::T;
use crate::layout::{self, Shell};
use domain::contract::StateName;
use domain::permission::StaffRole;
use domain::{CustomerId, Service};
use leptos::prelude::*;

/// A page of the list.
#[derive(Clone, Debug, Default)]
pub struct CustomersView {
    /// By name.
    pub rows: Vec<CustomerLine>,
    /// How many there are with these filters.
    pub total: u64,
    /// Which page, from 1.
    pub page: u64,
    /// How many pages.
    pub pages: u64,
    /// Words looked for.
    pub words: String,
    /// Name of a contract's state, `none`, or empty.
    pub contract: String,
    /// Name of a service, or empty.
    pub service: String,
    /// Only those with a service contract.
    pub service_contract: bool,
    /// The filters as a query, for the other pages: `q=…&contract=…`.
    pub query: String,
    /// Sees the buttons that change something.
    pub may_write: bool,
    /// Sees the button that takes all of them out as a file.
    pub may_export: bool,
}

/// A customer in the list.
#[derive(Clone, Debug)]
pub struct CustomerLine {
    /// Identity.
    pub id: CustomerId,
    /// Number.
    pub number: String,
    /// Full name.
    pub name: String,
    /// City.
    pub city: String,
    /// States of the contracts that count.
    pub contracts: Vec<StateName>,
}

/// The whole page.
pub fn render(shell: Shell, view: CustomersView) -> String {
    let t = shell.t();
    layout::render(shell.at("customers", t.t("customers-title")), move || body(t, view))
}

fn body(t: T, v: CustomersView) -> AnyView {
    let count = t.tr("customers-count", &[("count", &v.total.to_string())]);
    let (page, pages, query) = (v.page, v.pages, v.query.clone());
    let href = move |page: u64| t.url(&format!("/customers?{query}&page={page}"));
    view! {
        {page_head(t.t("customers-title"), t.t("customers-lead"), actions(t, &v))}
        {filter_form(t, &v)}
        <p class="note" role="status">{count}</p>
        {list(t, v)}
        {pagination(t, page, pages, &href)}
    }
    .into_any()
}

fn actions(t: T, v: &CustomersView) -> Vec<AnyView> {
    let mut actions = Vec::new();
    if v.may_write {
        actions.push(icon_link(Weight::Primary, "plus", t.t("customers-new"), t.url("/customers/new")));
        let import = t.url("/customers/import");
        actions.push(icon_link(Weight::Secondary, "layers", t.t("customers-import"), import));
    }
    if v.may_export {
        let export = t.url("/customers/export.csv");
        actions.push(icon_link(Weight::Quiet, "download", t.t("customers-export"), export));
    }
    actions
}

fn filter_form(t: T, v: &CustomersView) -> AnyView {
    let mut states = vec![Choice::new("", t.t("customers-any")), Choice::new("none", t.t("customers-none"))];
    states.extend(StateName::ALL.map(|s| Choice::new(s.name(), t.t(&format!("state-{}", s.name())))));
    let mut services = vec![Choice::new("", t.t("customers-any"))];
    services.extend(Service::ALL.map(|s| Choice::new(s.name(), t.t(&format!("service-{}", s.name())))));
    filters(
        t.url("/customers"),
        vec![
            Field::search("q", t.t("customers-search")).value(v.words.clone()).autocomplete("off").view(),
            Field::select("contract", t.t("customers-contract"), states).value(v.contract.clone()).view(),
            Field::select("service", t.t("customers-service"), services).value(v.service.clone()).view(),
            Field::checkbox("service_contract", t.t("customers-only-service-contract"))
                .checked(v.service_contract)
                .view(),
        ],
        t.t("search"),
    )
}

fn list(t: T, v: CustomersView) -> AnyView {
    let narrowed =
        !(v.words.is_empty() && v.contract.is_empty() && v.service.is_empty()) || v.service_contract;
    if v.rows.is_empty() && narrowed {
        let all = icon_link(Weight::Secondary, "list", t.t("customers-all"), t.url("/customers"));
        return empty_with(t.t("customers-not-found"), t.t("customers-not-found-text"), vec![all]);
    }
    if v.rows.is_empty() {
        return empty(t.t("customers-empty"), t.t("customers-empty-text"));
    }
    let columns = ["customer-legal-name", "customer-number", "customer-city", "customers-contract"];
    let rows = v.rows.into_iter().map(|r| line(t, r)).collect();
    table(t.t("customers-title"), columns.map(|key| t.t(key)).to_vec(), rows)
}

fn line(t: T, r: CustomerLine) -> Vec<AnyView> {
    let contracts = match r.contracts.is_empty() {
        true => text(t.t("customers-none")),
        false => row(r.contracts.into_iter().map(|s| state_badge(t, s)).collect()),
    };
    vec![link(r.name, t.url(&format!("/customers/{}", r.id))), text(r.number), text(r.city), contracts]
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    let shell = |roles: &[StaffRole]| crate::samples::staff_shell(lang, "/customers?q=holz", roles);
    let line = |name: &str, number: &str, contracts: Vec<StateName>| CustomerLine {
        id: crate::samples::customer_id(),
        number: number.into(),
        name: name.into(),
        city: "Nürtingen".into(),
        contracts,
    };
    let view = CustomersView {
        rows: vec![
            line("Tischlerei Sägebrecht GmbH", "K10001", vec![StateName::InForce, StateName::Offered]),
            line(
                "<b>&amp; Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft mbH",
                "K10002",
                vec![],
            ),
        ],
        total: 52,
        page: 2,
        pages: 3,
        words: "\"><script>".into(),
        query: "q=holz&contract=&service=".into(),
        may_write: true,
        may_export: true,
        ..CustomersView::default()
    };
    let nothing = CustomersView { words: "x".into(), page: 1, pages: 1, ..CustomersView::default() };
    vec![
        ("customers", render(shell(&[StaffRole::ContractManager]), view)),
        ("customers-not-found", render(shell(&[StaffRole::Technician]), nothing)),
        ("customers-empty", {
            let empty = CustomersView { page: 1, pages: 1, ..CustomersView::default() };
            render(shell(&[StaffRole::Technician]), empty)
        }),
    ]
}
