//! On a version's page: offering it to everyone who has to accept it. Who is ready, who needs a person first, what
//! became of those that were asked for.

use crate::components::{
    Choice, Field, Tone, badge, button_primary, card, details, facts_text, form, link, notice, p,
    section_with, state_badge, table, text,
};
use crate::format;
use crate::i18n::T;
use chrono::NaiveDate;
use domain::contract::StateName;
use domain::contract::renewal::Obstacle;
use domain::{ContractId, CustomerId, Mistakes};
use leptos::prelude::*;

/// The run, as shown to a contract manager.
#[derive(Clone, Debug, Default)]
pub struct TextOffersView {
    /// Everyone who has to accept and has not.
    pub candidates: Vec<CandidateView>,
    /// How many have concluded it.
    pub accepted: usize,
    /// What stands in the form.
    pub typed: OfferForm,
    /// What was wrong.
    pub mistakes: Mistakes,
}

/// A contract on an older text.
#[derive(Clone, Debug)]
pub struct CandidateView {
    /// Whose.
    pub customer: CustomerId,
    /// Number and name.
    pub name: String,
    /// The contract.
    pub contract: (ContractId, String),
    /// Last day of its text.
    pub accept_until: NaiveDate,
    /// Where it stands.
    pub standing: StandingView,
}

/// Where a contract stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandingView {
    /// Can be offered.
    Ready,
    /// Is about to be.
    Waiting,
    /// Was: the new version and its state.
    Offered(ContractId, StateName),
    /// Needs a person.
    Needs(Obstacle),
}

/// The form as typed.
#[derive(Clone, Debug, Default)]
pub struct OfferForm {
    /// `all`, `selected`, or not yet chosen.
    pub whom: String,
    /// Ticked contracts.
    pub contracts: Vec<String>,
    /// Last day of the offers.
    pub valid_until: String,
}

/// Rows of one list at most; the counts say how many there are.
const SHOWN: usize = 200;

/// Labels of the form's fields, for the summary of mistakes.
pub fn labels(t: T) -> Vec<(&'static str, String)> {
    vec![
        ("valid_until", t.t("text-offers-until")),
        ("whom", t.t("text-offers-whom")),
        ("contracts", t.t("text-offers-selected")),
    ]
}

/// The section; nothing where there is no run.
pub fn offers(t: T, version: &str, run: Option<&TextOffersView>) -> AnyView {
    let Some(v) = run else { return ().into_any() };
    let parts = vec![
        p(t.t("text-offers-lead")),
        facts_text(counts(t, v)),
        waiting(t, v),
        ask(t, version, v),
        needing(t, v),
        made(t, v),
    ];
    section_with("offers", t.t("text-offers"), Vec::new(), parts)
}

fn of(v: &TextOffersView, is: fn(StandingView) -> bool) -> Vec<&CandidateView> {
    v.candidates.iter().filter(|c| is(c.standing)).collect()
}

fn ready(v: &TextOffersView) -> Vec<&CandidateView> {
    of(v, |s| s == StandingView::Ready)
}

fn counts(t: T, v: &TextOffersView) -> Vec<(String, String)> {
    let row = |label: &str, n: usize| (t.t(label), n.to_string());
    vec![
        row("text-offers-ready", ready(v).len()),
        row("text-offers-needing", of(v, |s| matches!(s, StandingView::Needs(_))).len()),
        row("text-offers-waiting", of(v, |s| s == StandingView::Waiting).len()),
        row("text-offers-made", of(v, |s| matches!(s, StandingView::Offered(..))).len()),
        row("text-offers-accepted", v.accepted),
    ]
}

fn waiting(t: T, v: &TextOffersView) -> AnyView {
    let count = of(v, |s| s == StandingView::Waiting).len();
    if count == 0 {
        return ().into_any();
    }
    let lead = t.tr("text-offers-running", &[("count", &count.to_string())]);
    notice(Tone::Info, t.t("text-offers-running-title"), vec![p(lead)])
}

fn ask(t: T, version: &str, v: &TextOffersView) -> AnyView {
    let ready = ready(v);
    if ready.is_empty() {
        return p(t.t("text-offers-nobody-ready"));
    }
    let count = ready.len().to_string();
    let whom = vec![
        Choice::new("all", t.tr("text-offers-all", &[("count", &count)])),
        Choice::new("selected", t.t("text-offers-only")),
    ];
    let boxes = ready.iter().take(SHOWN).map(|c| {
        let until = t.tr("text-offers-box-until", &[("date", &format::date(t, c.accept_until))]);
        Choice::new(c.contract.0.to_string(), format!("{} ({})", c.name, c.contract.1)).hint(until)
    });
    let selected = Field::checkboxes("contracts", t.t("text-offers-selected"), boxes.collect())
        .values(v.typed.contracts.clone())
        .check(t, &v.mistakes)
        .view();
    let fields = vec![
        Field::date("valid_until", t.t("text-offers-until"))
            .hint(t.t("text-offers-until-hint"))
            .value(v.typed.valid_until.clone())
            .short()
            .check(t, &v.mistakes)
            .view(),
        Field::radios("whom", t.t("text-offers-whom"), whom)
            .value(v.typed.whom.clone())
            .check(t, &v.mistakes)
            .view(),
        if v.mistakes.is_empty() { details(t.t("text-offers-choose"), vec![selected]) } else { selected },
    ];
    let label = t.tr("text-offers-button", &[("version", version)]);
    card(vec![form(t.url(&format!("/texts/{version}/offers")), fields, vec![button_primary(label)])])
}

fn customer(t: T, c: &CandidateView) -> AnyView {
    link(c.name.clone(), t.url(&format!("/customers/{}", c.customer)))
}

fn contract(t: T, c: &CandidateView, id: ContractId) -> AnyView {
    link(c.contract.1.clone(), t.url(&format!("/contracts/{id}")))
}

fn needing(t: T, v: &TextOffersView) -> AnyView {
    let row = |c: &CandidateView| match c.standing {
        StandingView::Needs(why) => Some(vec![
            customer(t, c),
            contract(t, c, c.contract.0),
            text(t.t(&format!("text-obstacle-{}", why.code()))),
        ]),
        _ => None,
    };
    let rows: Vec<_> = v.candidates.iter().filter_map(row).collect();
    let columns = vec![t.t("text-touched-customer"), t.t("text-touched-contract"), t.t("text-offers-why")];
    listed(t, "text-offers-needing", columns, rows)
}

fn made(t: T, v: &TextOffersView) -> AnyView {
    let row = |c: &CandidateView| match c.standing {
        StandingView::Waiting => {
            let mark = badge(Tone::Info, t.t("text-offers-waiting"));
            Some(vec![customer(t, c), contract(t, c, c.contract.0), mark])
        }
        StandingView::Offered(new, state) => {
            Some(vec![customer(t, c), contract(t, c, new), state_badge(t, state)])
        }
        StandingView::Ready | StandingView::Needs(_) => None,
    };
    let rows: Vec<_> = v.candidates.iter().filter_map(row).collect();
    let columns = vec![t.t("text-touched-customer"), t.t("text-touched-contract"), t.t("texts-state")];
    listed(t, "text-offers-made", columns, rows)
}

/// A list that is folded when it is long.
fn listed(t: T, title: &str, columns: Vec<String>, mut rows: Vec<Vec<AnyView>>) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let long = rows.len() > 10;
    rows.truncate(SHOWN);
    let list = table(t.t(title), columns, rows);
    if long {
        return details(t.t(title), vec![list]);
    }
    view! { <div class="stack"><h3>{t.t(title)}</h3>{list}</div> }.into_any()
}

/// A run as samples show it: everything that can be.
pub fn sample() -> TextOffersView {
    let fallback = ContractId(crate::samples::customer_id().0);
    let contract = |n: u8| format!("0192f000-0000-7000-8000-{n:012}").parse().unwrap_or(fallback);
    let all = [
        (1, "K10001, Müller & Söhne <Elektrotechnik> GmbH", StandingView::Ready),
        (2, "K10002, Steuerkanzlei am Neckar Partnerschaft mbB", StandingView::Ready),
        (3, "K10003, Gästehaus Sonnenhof e. K.", StandingView::Waiting),
        (4, "K10004, Zahnarztpraxis Dr. Öztürk", StandingView::Offered(contract(40), StateName::Offered)),
        (5, "K10005, Fährhaus GmbH", StandingView::Needs(Obstacle::OnItsWay)),
        (6, "K10006, Verein für Heimatpflege e. V.", StandingView::Needs(Obstacle::Hold)),
    ];
    let day = NaiveDate::from_ymd_opt(2027, 1, 22).unwrap_or_default();
    let candidate = |(n, name, standing): (u8, &str, StandingView)| CandidateView {
        customer: crate::samples::customer_id(),
        name: name.into(),
        contract: (contract(n), format!("AV-2026-{n:05}")),
        accept_until: day,
        standing,
    };
    TextOffersView {
        candidates: all.into_iter().map(candidate).collect(),
        accepted: 12,
        typed: OfferForm { valid_until: "2027-01-22".into(), ..OfferForm::default() },
        mistakes: Mistakes::default(),
    }
}
