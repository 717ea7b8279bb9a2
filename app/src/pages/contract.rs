//! A contract as its customer sees it: where it stands, what it covers, who signed, what happened.

use super::contract_parts::{
    DocumentLink, Happened, Reader, ScopeWords, document_line, happenings, next_step, paper_facts,
    request_facts, scope_table, shown_state, signatures,
};
use super::delegation;
use super::proof_pack::proof_pack;
use super::text_parts::newer_text;
use super::versions::{self, Versions};
use crate::components::{
    Weight, button_form, button_link, crumbs, details, download, error_summary, facts, p, page_head, section,
    section_with, split, state_badge, text,
};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::{DateTime, NaiveDate, Utc};
use domain::Mistakes;
use domain::contract::request::Person;
use domain::contract::{Contract, ContractState};
use leptos::prelude::*;

/// The contract with everything around it.
#[derive(Clone, Debug)]
pub struct ContractView {
    /// The contract.
    pub contract: Contract,
    /// Name of the customer.
    pub customer_name: String,
    /// What it covers, in words.
    pub scope: Vec<ScopeWords>,
    /// Names of the special categories.
    pub special: Vec<String>,
    /// For whom the page is.
    pub reader: Reader,
    /// The concluded contract or the scan.
    pub document: Option<DocumentLink>,
    /// The versions under its number.
    pub versions: Versions,
    /// The deletion certificate.
    pub certificate: Option<DocumentLink>,
    /// What happened.
    pub events: Vec<Happened>,
    /// A newer text is published; with the last day on which the signed one opens the gate.
    pub newer_text: Option<(String, Option<NaiveDate>)>,
    /// The person typed for a place among the signatories that nobody has.
    pub naming: Person,
    /// What was wrong.
    pub mistakes: Mistakes,
    /// Now.
    pub now: DateTime<Utc>,
}

/// The whole page.
pub fn render(shell: Shell, view: ContractView) -> String {
    let t = shell.t();
    let c = &view.contract;
    let title = t.tr("contract-title", &[("number", &versions::numbered(t, &c.number, c.version))]);
    layout::render(shell.at("my", title), move || body(t, &view))
}

fn body(t: T, v: &ContractView) -> AnyView {
    let c = &v.contract;
    let trail = vec![(t.t("nav-my"), t.url(&format!("/my/{}", c.customer)))];
    let title = t.tr("contract-title", &[("number", &versions::numbered(t, &c.number, c.version))]);
    let badge = state_badge(t, shown_state(&c.state, v.now));
    view! {
        {crumbs(t, trail)}
        {error_summary(t, &v.mistakes, &delegation::labels(t))}
        {page_head(title, v.customer_name.clone(), vec![badge])}
        {next_step(t, c, &v.reader, v.document.as_ref(), v.now).view()}
        {newer_text(t, c.customer, c.id, v.newer_text.as_ref())}
        {empty_place(t, v)}
        {split(main(t, v), side(t, v))}
    }
    .into_any()
}

fn empty_place(t: T, v: &ContractView) -> AnyView {
    let c = &v.contract;
    let ContractState::Offered(o) = &c.state else { return ().into_any() };
    if o.lapsed(v.now) {
        return ().into_any();
    }
    let action = t.url(&format!("/my/{}/contracts/{}/signatory", c.customer, c.id));
    delegation::empty_place(t, o, v.reader.may_request.then_some(action), &v.naming, &v.mistakes)
}

fn main(t: T, v: &ContractView) -> Vec<AnyView> {
    let state = &v.contract.state;
    let mut parts =
        vec![section_with("scope", t.t("scope-title"), Vec::new(), vec![scope_table(t, &v.scope)])];
    parts.extend(versions::sections(t, &v.versions));
    if let Some(request) = state.request() {
        parts.push(details(t.t("contract-request"), vec![request_facts(t, request, &v.special)]));
    }
    if let ContractState::PaperUnconfirmed(paper) = state {
        parts.push(section(t.t("contract-paper"), vec![paper_facts(t, paper)]));
    }
    if let Some(paper) = state.concluded().and_then(|f| f.paper.as_ref()) {
        parts.push(section(t.t("contract-paper"), vec![paper_facts(t, paper)]));
    }
    if !state.delegations().is_empty() {
        parts.push(section(t.t("delegations-title"), vec![delegation::delegations(t, state.delegations())]));
    }
    if !state.signatures().is_empty() {
        parts.push(section(t.t("contract-signatures"), vec![signatures(t, state)]));
    }
    parts.push(section(
        t.t("contract-timeline"),
        vec![happenings(t, &v.events, v.document.as_ref(), v.certificate.as_ref())],
    ));
    parts
}

fn side(t: T, v: &ContractView) -> Vec<AnyView> {
    let c = &v.contract;
    let base = t.url(&format!("/my/{}/contracts/{}", c.customer, c.id));
    let mut documents = Vec::new();
    if let Some(d) = &v.document {
        documents.push(document_line(t, d));
        documents.extend(proof_pack(t, &c.state, format!("{base}/proof.zip")));
    } else if c.state.frozen().is_some() {
        documents.push(download(t.t("sign-draft-pdf"), format!("{base}/offer.pdf")));
    } else {
        documents.push(p(t.t("contract-no-document")));
    }
    if let Some(d) = &v.certificate {
        documents.push(document_line(t, d));
    }
    let mut parts = vec![
        section(t.t("contract-facts"), vec![facts(rows(t, c, v.now))]),
        section_with("documents", t.t("contract-documents"), Vec::new(), documents),
    ];
    parts.push(versions::amend(t, &v.versions, t.t("amend-hint")));
    if matches!(c.state, ContractState::InForce(_)) && v.reader.signatory {
        let give = button_link(Weight::Quiet, t.t("notice-link"), format!("{base}/notice"));
        parts.push(section(t.t("notice-section"), vec![p(t.t("notice-section-hint")), give]));
    }
    if c.state.name().rules() {
        let side = super::register_parts::Side::Customer { id: c.customer, voice: v.reader.may_request };
        let words = p(t.t("my-registers-text"));
        parts.push(section(t.t("my-registers"), vec![words, super::register_parts::ways(t, &side, "")]));
    }
    let open = matches!(c.state, ContractState::Draft(_) | ContractState::Requested(_));
    if open && v.reader.may_request {
        let button = button_form(Weight::Danger, t.t("contract-withdraw"), format!("{base}/withdraw"), &[]);
        parts.push(section(t.t("contract-withdraw-title"), vec![p(t.t("contract-withdraw-hint")), button]));
    }
    parts
}

fn rows(t: T, c: &Contract, now: DateTime<Utc>) -> Vec<(String, AnyView)> {
    let mut rows = vec![
        (t.t("doc-number"), text(&c.number)),
        (t.t("doc-version"), text(c.version.to_string())),
        (t.t("contract-state"), state_badge(t, shown_state(&c.state, now))),
    ];
    if let ContractState::Offered(o) = &c.state {
        rows.push((t.t("sign-until"), text(format::date(t, o.valid_until))));
    }
    if let Some(f) = c.state.concluded() {
        rows.push((t.t("effective-from"), text(format::date(t, f.effective_from))));
        if let Some(until) = c.state.last_day() {
            rows.push((t.t("effective-until"), text(format::date(t, until))));
        }
        rows.push((t.t("doc-text-version"), text(&f.text_version)));
    }
    if let Some(frozen) = c.state.frozen() {
        rows.push((t.t("notice-days"), text(t.tr("days", &[("days", &frozen.notice_days.to_string())]))));
    }
    rows
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    use crate::samples::{changed, contracts as made};
    let page = |state| {
        let view = made::customer_contract(lang, state);
        render(crate::samples::customer_shell(lang, "/my/contract"), view)
    };
    let mut newer = made::customer_contract(lang, made::in_force(lang));
    newer.newer_text = Some(("2026-2".into(), NaiveDate::from_ymd_opt(2027, 1, 22)));
    let shell = crate::samples::customer_shell(lang, "/my/contract");
    let mut nobody = made::customer_contract(lang, changed::nobody_signs(lang));
    nobody.naming = Person { name: "Ida <Hobel>".into(), email: "ida".into(), ..Person::default() };
    nobody.mistakes.0.push(domain::Mistake::with("delegate_email", "email", "ida"));
    nobody.mistakes.add("delegate_function", "required");
    let wrong = render(crate::samples::customer_shell(lang, "/my/contract"), nobody);
    vec![
        ("contract-newer-text", render(shell, newer)),
        ("contract-draft", page(made::draft(lang))),
        ("contract-requested", page(made::requested(lang))),
        ("contract-offered", page(made::offered(lang))),
        ("contract-passed-on", page(changed::passed_on(lang))),
        ("contract-nobody-signs", wrong),
        ("contract-signed", page(made::signed(lang))),
        ("contract-in-force", page(made::in_force(lang))),
        ("contract-amending", page(changed::handed_over(lang))),
        ("contract-superseded", page(changed::superseded(lang))),
        ("contract-ending", page(made::ending(lang))),
        ("contract-ended", page(made::ended(lang))),
        ("contract-closed", page(made::closed(lang))),
        ("contract-declined", page(made::declined(lang))),
        ("contract-paper", page(made::paper(lang))),
    ]
}
