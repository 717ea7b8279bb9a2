//! A contract as staff see it: everything that was asked, weighed, offered, signed and done; and for the contract
//! manager the one form that is due.

use super::contract_parts::{
    DocumentLink, Happened, ScopeWords, document_line, happenings, paper_facts, request_facts, scope_table,
    shown_state, signatures, still_to_sign,
};
use super::ending_step::duty_words;
use super::offer_form::choices;
use crate::components::{
    Field, Tone, Weight, beside, button, button_form, button_link, button_primary, card_titled, code, crumbs,
    details, download, error_summary, facts, facts_text, form, icon_link, link, notice, p, page_head,
    section, section_with, split, state_badge, text,
};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::{DateTime, Utc};
use domain::contract::lifecycle::{EndCause, Ended, Ending, Weighing};
use domain::contract::{Contract, ContractState};
use domain::customer::Customer;
use domain::legal_text::TextFamily;
use domain::{Mistakes, UserId};
use leptos::prelude::*;

/// What stands in the forms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the field of the form of the same name, as typed")]
pub struct Typed {
    pub cost: String,
    pub benefit: String,
    pub risk: String,
    pub valid_until: String,
    pub notice_days: String,
    pub text_family: String,
    pub authorisation: String,
    pub docking: bool,
    pub function: String,
    pub effective_from: String,
    pub reason: String,
}

/// A step that did not go because somebody else was faster.
#[derive(Clone, Debug)]
pub struct Refused {
    /// Why, as a sentence.
    pub why: String,
    /// What had been typed for it: its form may be gone.
    pub typed: Typed,
}

/// The contract with everything around it.
#[derive(Clone, Debug)]
pub struct StaffContractView {
    /// The contract.
    pub contract: Contract,
    /// Whose.
    pub customer: Customer,
    /// What it covers, in words.
    pub scope: Vec<ScopeWords>,
    /// Names of the special categories.
    pub special: Vec<String>,
    /// The concluded contract or the scan.
    pub document: Option<DocumentLink>,
    /// The deletion certificate.
    pub certificate: Option<DocumentLink>,
    /// What happened.
    pub events: Vec<Happened>,
    /// Who weighed, by name; empty when not known.
    pub weighed_by: String,
    /// Who reads.
    pub reader: UserId,
    /// Kinds of text that can be offered now.
    pub families: Vec<TextFamily>,
    /// The reader is a contract manager.
    pub manager: bool,
    /// What stands in the forms.
    pub typed: Typed,
    /// What was wrong.
    pub mistakes: Mistakes,
    /// Why the step just tried did not go.
    pub refused: Option<Refused>,
    /// Now.
    pub now: DateTime<Utc>,
}

/// The whole page.
pub fn render(shell: Shell, view: StaffContractView) -> String {
    let t = shell.t();
    let title = t.tr("contract-title", &[("number", &view.contract.number)]);
    layout::render(shell.at("contracts", title), move || body(t, &view))
}

fn body(t: T, v: &StaffContractView) -> AnyView {
    let c = &v.contract;
    let title = t.tr("contract-title", &[("number", &c.number)]);
    let labels = labels(t);
    view! {
        {crumbs(t, vec![(t.t("contracts-title"), t.url("/contracts"))])}
        {error_summary(t, &v.mistakes, &labels)}
        {page_head(title, v.customer.facts.legal_name.clone(), vec![state_badge(t, shown_state(&c.state, v.now))])}
        {v.refused.as_ref().map(|r| refused(t, r))}
        {due(t, v)}
        {split(main(t, v), side(t, v))}
    }
    .into_any()
}

fn labels(t: T) -> Vec<(&'static str, String)> {
    let keys = [
        ("cost", "weigh-cost"),
        ("benefit", "weigh-benefit"),
        ("risk", "weigh-risk"),
        ("valid_until", "offer-valid-until"),
        ("notice_days", "notice-days"),
        ("text_family", "offer-text-family"),
        ("authorisation", "offer-authorisation"),
        ("function", "countersign-function"),
        ("effective_from", "effective-from"),
        ("reason", "decline-reason"),
    ];
    keys.map(|(field, key)| (field, t.t(key))).into()
}

/// Nothing was stored, and nothing typed is lost.
fn refused(t: T, r: &Refused) -> AnyView {
    let f = &r.typed;
    let values = [
        &f.cost,
        &f.benefit,
        &f.risk,
        &f.valid_until,
        &f.notice_days,
        &f.function,
        &f.effective_from,
        &f.reason,
    ];
    let typed: Vec<_> = labels(t)
        .into_iter()
        .zip(values)
        .filter(|(_, value)| !value.is_empty())
        .map(|((_, label), value)| (label, value.clone()))
        .collect();
    let mut said = vec![p(r.why.clone()), p(t.t("message-refused-1"))];
    if !typed.is_empty() {
        said.push(p(t.t("staff-typed")));
        said.push(facts_text(typed));
    }
    view! { <div role="alert">{notice(Tone::Bad, t.t("message-refused"), said)}</div> }.into_any()
}

fn address(t: T, v: &StaffContractView, end: &str) -> String {
    t.url(&format!("/contracts/{}{end}", v.contract.id))
}

/// The form that is due, for who may do it; for others a sentence.
fn due(t: T, v: &StaffContractView) -> AnyView {
    let waits = |key: &str| notice(Tone::Info, "", vec![p(t.t(key))]);
    match &v.contract.state {
        ContractState::Requested(_) if v.manager => examine(t, v),
        ContractState::Requested(_) => waits("staff-waits-examination"),
        ContractState::Offered(o) => {
            let names = still_to_sign(o).join(", ");
            let until = format::date(t, o.valid_until);
            let words = t.tr("staff-waits-customer", &[("names", &names), ("until", &until)]);
            stacked(vec![notice(Tone::Info, "", vec![p(words)]), decline(t, v)])
        }
        ContractState::SignedByCustomer(_) if v.manager => countersign(t, v),
        ContractState::SignedByCustomer(_) => waits("staff-waits-countersignature"),
        ContractState::PaperUnconfirmed(p) if v.manager && p.entered_by == Some(v.reader) => {
            waits("staff-entered-by-you")
        }
        ContractState::PaperUnconfirmed(_) if v.manager => confirm(t, v),
        ContractState::PaperUnconfirmed(_) => waits("staff-waits-confirmation"),
        ContractState::Draft(_) => waits("staff-draft"),
        ContractState::InForce(_) if v.manager => {
            let give = button_link(Weight::Quiet, t.t("notice-link-provider"), address(t, v, "/notice"));
            details(t.t("notice-section"), vec![p(t.t("notice-section-provider")), give])
        }
        ContractState::Ending(e) => ending(t, v, e),
        ContractState::Ended(e) => ended(t, v, e),
        ContractState::Closed(_) => {
            let see = button_link(Weight::Secondary, t.t("disposal-see"), address(t, v, "/disposal"));
            notice(Tone::Good, t.t("disposal-closed-title"), vec![see])
        }
        _ => ().into_any(),
    }
}

fn ending(t: T, v: &StaffContractView, e: &Ending) -> AnyView {
    let until = format::date(t, e.notice.last_day);
    let mut words = vec![p(t.tr(&format!("staff-ending-{}", e.notice.side.name()), &[("until", &until)]))];
    if v.manager {
        words.push(button_link(Weight::Quiet, t.t("notice-take-back"), address(t, v, "/notice")));
        words.push(button_link(Weight::Quiet, t.t("choice-enter-title"), address(t, v, "/disposal")));
    }
    notice(Tone::Warn, "", words)
}

/// After the end: what is due, and the way there.
fn ended(t: T, v: &StaffContractView, e: &Ended) -> AnyView {
    let to = address(t, v, "/disposal");
    match &e.disposal {
        Some(d) => {
            let duty = d.duty(v.now);
            let see = button_link(Weight::Primary, t.t("disposal-open-tasks"), to);
            notice(Tone::Info, "", vec![p(duty_words(t, d, duty)), see])
        }
        None if matches!(e.cause, EndCause::Superseded { .. }) => {
            notice(Tone::Plain, "", vec![p(t.t("staff-superseded"))])
        }
        None => {
            let see = button_link(Weight::Secondary, t.t("disposal-begin-title"), to);
            notice(Tone::Warn, "", vec![p(t.t("disposal-begin-lead")), see])
        }
    }
}

fn stacked(parts: Vec<AnyView>) -> AnyView {
    view! { <div class="stack">{parts}</div> }.into_any()
}

fn examine(t: T, v: &StaffContractView) -> AnyView {
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
    stacked(vec![card_titled(t.t("examine-title"), vec![p(t.t("examine-lead")), rule, offer]), decline(t, v)])
}

fn countersign(t: T, v: &StaffContractView) -> AnyView {
    let fields = vec![
        Field::text("function", t.t("countersign-function"))
            .hint(t.t("countersign-function-hint"))
            .value(v.typed.function.clone())
            .autocomplete("organization-title")
            .check(t, &v.mistakes)
            .view(),
        Field::date("effective_from", t.t("effective-from"))
            .hint(t.t("effective-from-hint"))
            .value(v.typed.effective_from.clone())
            .short()
            .check(t, &v.mistakes)
            .view(),
    ];
    let sign = form(address(t, v, "/countersign"), fields, vec![button_primary(t.t("countersign-button"))]);
    stacked(vec![
        card_titled(t.t("countersign-title"), vec![p(t.t("countersign-lead")), sign]),
        decline(t, v),
    ])
}

fn confirm(t: T, v: &StaffContractView) -> AnyView {
    let button = button_form(Weight::Primary, t.t("confirm-button"), address(t, v, "/confirm"), &[]);
    card_titled(t.t("confirm-title"), vec![p(t.t("confirm-lead")), button])
}

fn decline(t: T, v: &StaffContractView) -> AnyView {
    if !v.manager {
        return ().into_any();
    }
    let open = v.mistakes.of("reason").is_some();
    let reason = Field::textarea("reason", t.t("decline-reason"))
        .hint(t.t("decline-reason-hint"))
        .rows(3)
        .value(v.typed.reason.clone())
        .check(t, &v.mistakes);
    let form = form(
        address(t, v, "/decline"),
        vec![reason.view()],
        vec![button(Weight::Danger, t.t("decline-button"), "", "")],
    );
    view! {
        <details class="more" open=open>
            <summary>{t.t("decline-title")}</summary>
            <div class="more__body">{form}</div>
        </details>
    }
    .into_any()
}

fn main(t: T, v: &StaffContractView) -> Vec<AnyView> {
    let state = &v.contract.state;
    let mut parts =
        vec![section_with("scope", t.t("scope-title"), Vec::new(), vec![scope_table(t, &v.scope)])];
    if let Some(request) = state.request() {
        parts.push(section(t.t("contract-request"), vec![request_facts(t, request, &v.special)]));
    }
    if let Some(w) = weighing(state) {
        parts.push(section(t.t("weigh-title"), vec![weighed(t, w, &v.weighed_by)]));
    }
    let paper = match state {
        ContractState::PaperUnconfirmed(paper) => Some(paper),
        other => other.concluded().and_then(|f| f.paper.as_ref()),
    };
    if let Some(paper) = paper {
        parts.push(section(t.t("contract-paper"), vec![paper_facts(t, paper)]));
    }
    if !state.signatures().is_empty() {
        parts.push(section(t.t("contract-signatures"), vec![signatures(t, state)]));
    }
    if let ContractState::Declined(x) | ContractState::Withdrawn(x) | ContractState::Lapsed(x) = state
        && !x.reason.is_empty()
    {
        parts.push(section(t.t("decline-reason"), vec![p(x.reason.clone())]));
    }
    parts.push(section(
        t.t("contract-timeline"),
        vec![happenings(t, &v.events, v.document.as_ref(), v.certificate.as_ref())],
    ));
    parts
}

/// The weighing behind an offer, whatever became of it.
pub fn weighing(state: &ContractState) -> Option<&Weighing> {
    state.offered().map(|o| &o.weighing)
}

fn weighed(t: T, w: &Weighing, by: &str) -> AnyView {
    let or_none = |s: &str| if s.is_empty() { t.t("none") } else { s.to_string() };
    let rule = if w.preapproved { "weigh-rule-preapproved" } else { "weigh-rule-single" };
    facts_text(vec![
        (t.t("weigh-rule"), t.t(rule)),
        (t.t("weigh-cost"), or_none(&w.cost)),
        (t.t("weigh-benefit"), or_none(&w.benefit)),
        (t.t("weigh-risk"), or_none(&w.risk)),
        (t.t("weigh-by"), t.tr("by-at", &[("name", by), ("at", &format::time(t, w.at))])),
    ])
}

fn side(t: T, v: &StaffContractView) -> Vec<AnyView> {
    let f = &v.customer.facts;
    let name = link(f.legal_name.clone(), t.url(&format!("/customers/{}", v.customer.id)));
    let rule = if f.preapproved() { "weigh-rule-preapproved" } else { "weigh-rule-single" };
    let needed = t.t(if f.representation.signatures() == 2 { "sign-needs-two" } else { "sign-needs-one" });
    let customer = facts(vec![
        (t.t("doc-customer"), name),
        (t.t("customer-number"), text(&f.number)),
        (t.t("weigh-rule"), text(t.t(rule))),
        (t.t("sign-who"), text(needed)),
    ]);
    let mut documents = Vec::new();
    if let Some(d) = &v.document {
        documents.push(document_line(t, d));
    }
    if let Some(frozen) = v.contract.state.frozen() {
        let to = address(t, v, &format!("/documents/{}", frozen.document));
        documents.push(download(t.t("frozen-json"), to));
        documents.push(details(t.t("doc-hash"), vec![code(frozen.document_sha256.clone())]));
    }
    if let Some(d) = &v.certificate {
        documents.push(document_line(t, d));
    }
    if documents.is_empty() {
        documents.push(p(t.t("contract-no-document")));
    }
    vec![
        section(t.t("doc-customer"), vec![customer]),
        section(t.t("contract-facts"), vec![facts_text(rows(t, v))]),
        section_with("documents", t.t("contract-documents"), Vec::new(), documents),
    ]
}

fn rows(t: T, v: &StaffContractView) -> Vec<(String, String)> {
    let c = &v.contract;
    let mut rows = vec![(t.t("doc-number"), c.number.clone()), (t.t("doc-version"), c.version.to_string())];
    if let ContractState::Offered(o) = &c.state {
        rows.push((t.t("offer-valid-until"), format::date(t, o.valid_until)));
    }
    if let Some(f) = c.state.concluded() {
        rows.push((t.t("effective-from"), format::date(t, f.effective_from)));
        rows.push((
            t.t("effective-until"),
            c.state.last_day().map_or_else(|| t.t("open-ended"), |d| format::date(t, d)),
        ));
    }
    if let Some(f) = c.state.frozen() {
        rows.push((t.t("doc-text-version"), f.text_version.clone()));
        rows.push((t.t("notice-days"), t.tr("days", &[("days", &f.notice_days.to_string())])));
        let way = t.t(&format!("offer-authorisation-{}", f.authorisation.name()));
        rows.push((t.t("offer-authorisation"), way));
    }
    rows
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    use crate::samples::{contracts as made, staff_shell};
    use domain::permission::StaffRole;
    let page = |state, manager| {
        let role = if manager { StaffRole::ContractManager } else { StaffRole::Technician };
        render(staff_shell(lang, "/contracts/1", &[role]), made::staff_contract(lang, state, manager))
    };
    let mut wrong = made::staff_contract(lang, made::requested(lang), true);
    wrong.customer.facts.hosting = false;
    wrong.typed.risk = "</textarea>".into();
    wrong.families = TextFamily::ALL.into();
    wrong.typed.docking = true;
    wrong.mistakes.add("cost", "required");
    wrong.mistakes.add("valid_until", "date-past");
    wrong.mistakes.add("", "annexes-unconfirmed");
    let shell = staff_shell(lang, "/contracts/1", &[StaffRole::ContractManager]);
    let mut own = made::staff_contract(lang, made::paper(lang), true);
    if let ContractState::PaperUnconfirmed(paper) = &own.contract.state {
        own.reader = paper.entered_by.unwrap_or(own.reader);
    }
    let mut late = made::staff_contract(lang, made::offered(lang), true);
    let typed = Typed { risk: "</dd><script>".into(), ..Typed::default() };
    late.refused = Some(Refused { why: T(lang).t("refusal-wrong-state"), typed });
    vec![
        ("staff-contract-own-paper", render(shell.clone(), own)),
        ("staff-contract-late", render(shell.clone(), late)),
        ("staff-contract-requested", page(made::requested(lang), true)),
        ("staff-contract-wrong", render(shell, wrong)),
        ("staff-contract-offered", page(made::offered(lang), true)),
        ("staff-contract-signed", page(made::signed(lang), true)),
        ("staff-contract-in-force", page(made::in_force(lang), false)),
        ("staff-contract-ruling", page(made::in_force(lang), true)),
        ("staff-contract-ending", page(made::ending(lang), true)),
        ("staff-contract-ended", page(made::ended(lang), true)),
        ("staff-contract-closed", page(made::closed(lang), true)),
        ("staff-contract-paper", page(made::paper(lang), true)),
    ]
}
