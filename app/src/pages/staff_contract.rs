//! A contract as staff see it: everything that was asked, weighed, offered, signed and done; and for the contract
//! manager the one form that is due.

use super::contract_parts::{
    DocumentLink, Happened, ScopeWords, document_line, happenings, paper_facts, request_facts, scope_table,
    shown_state, signatures, still_to_sign, weighed, weighing,
};
use super::delegation;
use super::offer_form::examine;
use super::proof_pack::proof_pack;
use super::staff_ending;
use super::versions::{self, Versions};
use crate::components::{
    Field, Tone, Weight, button, button_form, button_primary, card_titled, code, crumbs, details, download,
    error_summary, facts, facts_text, form, link, notice, p, page_head, section, section_with, split, stack,
    state_badge, text,
};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::{DateTime, Utc};
use domain::contract::request::Person;
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
    pub signatory: Person,
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
    /// The versions under its number.
    pub versions: Versions,
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
    let c = &view.contract;
    let title = t.tr("contract-title", &[("number", &versions::numbered(t, &c.number, c.version))]);
    layout::render(shell.at("contracts", title), move || body(t, &view))
}

fn body(t: T, v: &StaffContractView) -> AnyView {
    let c = &v.contract;
    let title = t.tr("contract-title", &[("number", &versions::numbered(t, &c.number, c.version))]);
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
    keys.map(|(field, key)| (field, t.t(key))).into_iter().chain(delegation::labels(t)).collect()
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

pub(super) fn address(t: T, v: &StaffContractView, end: &str) -> String {
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
            let waits = (!names.is_empty()).then(|| notice(Tone::Info, "", vec![p(words)]));
            let action = v.manager.then(|| address(t, v, "/signatory"));
            let empty = delegation::empty_place(t, o, action, &v.typed.signatory, &v.mistakes);
            stack(waits.into_iter().chain([empty, decline(t, v)]).collect())
        }
        ContractState::SignedByCustomer(_) if v.manager => countersign(t, v),
        ContractState::SignedByCustomer(_) => waits("staff-waits-countersignature"),
        ContractState::PaperUnconfirmed(p) if v.manager && p.entered_by == Some(v.reader) => {
            waits("staff-entered-by-you")
        }
        ContractState::PaperUnconfirmed(_) if v.manager => confirm(t, v),
        ContractState::PaperUnconfirmed(_) => waits("staff-waits-confirmation"),
        ContractState::Draft(_) => waits("staff-draft"),
        other => staff_ending::due(t, v, other),
    }
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
    stack(vec![card_titled(t.t("countersign-title"), vec![p(t.t("countersign-lead")), sign]), decline(t, v)])
}

fn confirm(t: T, v: &StaffContractView) -> AnyView {
    let button = button_form(Weight::Primary, t.t("confirm-button"), address(t, v, "/confirm"), &[]);
    card_titled(t.t("confirm-title"), vec![p(t.t("confirm-lead")), button])
}

pub(super) fn decline(t: T, v: &StaffContractView) -> AnyView {
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
    parts.extend(versions::sections(t, &v.versions));
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
    if !state.delegations().is_empty() {
        parts.push(section(t.t("delegations-title"), vec![delegation::delegations(t, state.delegations())]));
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
        documents.extend(proof_pack(t, &v.contract.state, address(t, v, "/proof.zip")));
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
        versions::amend(t, &v.versions, t.t("amend-hint-staff")),
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
    use crate::samples::{changed, contracts as made, staff_shell};
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
        ("staff-contract-passed-on", page(changed::passed_on(lang), true)),
        ("staff-contract-nobody-signs", page(changed::nobody_signs(lang), true)),
        ("staff-contract-signed", page(made::signed(lang), true)),
        ("staff-contract-in-force", page(made::in_force(lang), false)),
        ("staff-contract-ruling", page(made::in_force(lang), true)),
        ("staff-contract-ending", page(made::ending(lang), true)),
        ("staff-contract-ended", page(made::ended(lang), true)),
        ("staff-contract-closed", page(made::closed(lang), true)),
        ("staff-contract-paper", page(made::paper(lang), true)),
    ]
}
