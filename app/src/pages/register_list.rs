//! The list of a register, alike for all three: for staff by pages and by what is open, for a customer its own whole.

use super::register_parts::{EntryLine, Side, entries, needs_contract, ways};
use crate::components::{Weight, button_link, crumbs, page_head, pagination, row};
use crate::i18n::T;
use leptos::prelude::*;

/// A list with what is around it.
#[derive(Clone, Debug)]
pub struct RegisterView {
    /// For whom.
    pub side: Side,
    /// There is a contract in force, under which the customer can enter something.
    pub possible: bool,
    /// The entries, the newest first.
    pub lines: Vec<EntryLine>,
    /// Only open ones.
    pub open: bool,
    /// Which page, from 1.
    pub page: u64,
    /// How many pages.
    pub pages: u64,
}

impl RegisterView {
    /// A customer's own entries, all on one page.
    pub fn own(side: Side, possible: bool, lines: Vec<EntryLine>) -> Self {
        Self { side, possible, lines, open: false, page: 1, pages: 1 }
    }
}

/// What differs between the registers.
pub struct Register {
    /// Part of the path.
    pub area: &'static str,
    /// Its name in the keys of states and of an empty list.
    pub entry: &'static str,
    /// The sentence below the title.
    pub lead: String,
    /// Ways to enter something.
    pub actions: Vec<AnyView>,
    /// What stands below the list.
    pub below: Option<AnyView>,
}

/// Title and list of a register.
pub fn list(t: T, r: Register, v: &RegisterView) -> AnyView {
    let base = v.side.base(r.area);
    let href = |page: u64| t.url(&format!("{base}?open={}&page={page}", u8::from(v.open)));
    view! {
        {way_up(t, &v.side)}
        {page_head(t.t(&format!("registers-{}", r.area)), r.lead, r.actions)}
        {ways(t, &v.side, r.area)}
        {(v.side.voice() && !v.possible).then(|| needs_contract(t))}
        {matches!(v.side, Side::Staff { .. }).then(|| open_switch(t, &base, v.open))}
        {entries(t, r.entry, &v.side, &v.lines)}
        {pagination(t, v.page, v.pages, &href)}
        {r.below}
    }
    .into_any()
}

/// Between what is open and everything.
fn open_switch(t: T, base: &str, open: bool) -> AnyView {
    let weight = |on: bool| if on { Weight::Secondary } else { Weight::Quiet };
    row(vec![
        button_link(weight(open), t.t("register-open"), t.url(&format!("{base}?open=1"))),
        button_link(weight(!open), t.t("register-all"), t.url(&format!("{base}?open=0"))),
    ])
}

/// The way up from a list: only a customer has one.
fn way_up(t: T, side: &Side) -> Option<AnyView> {
    let Side::Customer { id, .. } = side else { return None };
    Some(crumbs(t, vec![(t.t("nav-my"), t.url(&format!("/my/{id}")))]))
}
