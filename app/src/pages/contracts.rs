//! All contracts, for staff: by state, a page at a time.

use super::contract_parts::shown_state;
use super::versions::numbered;
use crate::components::{
    Choice, Field, empty, filters, link, page_head, pagination, state_badge, table, text,
};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::{DateTime, Utc};
use domain::contract::{Contract, ContractState, StateName};
use leptos::prelude::*;

/// A page of the list.
#[derive(Clone, Debug)]
pub struct ContractsView {
    /// Contracts with name and number of their customers.
    pub rows: Vec<(Contract, String, String)>,
    /// Chosen state.
    pub state: Option<StateName>,
    /// Which page, from 1.
    pub page: u64,
    /// How many pages.
    pub pages: u64,
    /// How many contracts.
    pub total: u64,
    /// Now.
    pub now: DateTime<Utc>,
}

/// The whole page.
pub fn render(shell: Shell, view: ContractsView) -> String {
    let t = shell.t();
    layout::render(shell.at("contracts", t.t("contracts-title")), move || body(t, &view))
}

fn body(t: T, v: &ContractsView) -> AnyView {
    let mut choices = vec![Choice::new("", t.t("contracts-all"))];
    choices.extend(StateName::ALL.map(|s| Choice::new(s.name(), t.t(&format!("state-{}", s.name())))));
    let chosen = v.state.map_or("", StateName::name);
    let state = Field::select("state", t.t("contract-state"), choices).value(chosen).view();
    let href = |page: u64| t.url(&format!("/contracts?state={chosen}&page={page}"));
    let list = if v.rows.is_empty() {
        empty(t.t("contracts-none-title"), t.t("contracts-none"))
    } else {
        rows(t, v)
    };
    view! {
        {page_head(t.t("contracts-title"), t.tr("contracts-total", &[("total", &v.total.to_string())]), Vec::new())}
        {filters(t.url("/contracts"), vec![state], t.t("contracts-filter"))}
        {list}
        {pagination(t, v.page, v.pages, &href)}
    }
    .into_any()
}

fn rows(t: T, v: &ContractsView) -> AnyView {
    let columns = ["doc-number", "doc-customer", "contract-state", "contract-due", "contract-changed"];
    let rows = v.rows.iter().map(|(c, name, number)| {
        vec![
            link(numbered(t, &c.number, c.version), t.url(&format!("/contracts/{}", c.id))),
            text(format!("{name} ({number})")),
            state_badge(t, shown_state(&c.state, v.now)),
            text(due(t, &c.state, v.now)),
            text(format::day(t, c.updated_at)),
        ]
    });
    table(t.t("contracts-title"), columns.map(|key| t.t(key)).into(), rows.collect())
}

/// The date that matters in this state.
fn due(t: T, state: &ContractState, now: DateTime<Utc>) -> String {
    match state {
        ContractState::Offered(o) => t.tr("due-until", &[("date", &format::date(t, o.valid_until))]),
        ContractState::InForce(f) => t.tr("due-from", &[("date", &format::date(t, f.effective_from))]),
        ContractState::Ending(s) => t.tr("due-until", &[("date", &format::date(t, s.notice.last_day))]),
        other => match other.disposal().filter(|_| other.name() == StateName::Ended) {
            Some(d) => t.tr("due-until", &[("date", &format::date(t, d.duty(now).until()))]),
            None => "–".into(),
        },
    }
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    use crate::samples::{contracts as made, staff_shell};
    use domain::permission::StaffRole;
    let shell = || staff_shell(lang, "/contracts", &[StaffRole::ContractManager]);
    let full = made::list(lang);
    let none = ContractsView {
        rows: Vec::new(),
        state: Some(StateName::Requested),
        pages: 0,
        total: 0,
        ..full.clone()
    };
    vec![("contracts", render(shell(), full)), ("contracts-none", render(shell(), none))]
}
