//! What pages about a contract share: what it covers, who signed, what happened, and the one next step.

use super::ending_step;
use crate::components::{
    Moment, Tone, Weight, button_form, button_link, details, download, facts_text, icon, p, points, table,
    text, timeline,
};
use crate::format;
use crate::i18n::T;
use chrono::{DateTime, Utc};
use domain::contract::lifecycle::{EndCause, InForce, Offered, Paper, SideExit, Weighing};
use domain::contract::request::Person;
use domain::contract::{Contract, ContractState, Refusal, Request, Signature, StateName};
use domain::{CustomerId, UserId, calendar};
use leptos::prelude::*;

/// A service with the names of what it touches.
#[derive(Clone, Debug, Default)]
pub struct ScopeWords {
    /// Name of the service.
    pub service: String,
    /// Kinds of data.
    pub data: Vec<String>,
    /// Kinds of persons.
    pub subjects: Vec<String>,
}

/// A stored document to take along.
#[derive(Clone, Debug)]
pub struct DocumentLink {
    /// File name.
    pub name: String,
    /// Address.
    pub href: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256, hex.
    pub sha256: String,
    /// What its seal proves about the time, in words.
    pub level: Option<String>,
}

/// Something that happened, as the audit chain has it.
#[derive(Clone, Debug)]
pub struct Happened {
    /// Dotted name without `contract.`: `signed`.
    pub kind: String,
    /// Who, by name; empty for the portal itself.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The person for whom a next step is looked for.
#[derive(Clone, Debug)]
pub struct Reader {
    /// Account.
    pub user: UserId,
    /// Address.
    pub email: String,
    /// May fill in and send a request.
    pub may_request: bool,
    /// May bind the company.
    pub signatory: bool,
}

/// State as a person sees it: an offer whose last day is over has lapsed, even before the job has noted it.
pub fn shown_state(state: &ContractState, now: DateTime<Utc>) -> StateName {
    match state {
        ContractState::Offered(o) if o.lapsed(now) => StateName::Lapsed,
        other => other.name(),
    }
}

/// The services with data and persons; without details the names only.
pub fn scope_table(t: T, scope: &[ScopeWords]) -> AnyView {
    if scope.iter().all(|s| s.data.is_empty() && s.subjects.is_empty()) {
        return points(scope.iter().map(|s| s.service.clone()).collect());
    }
    let columns = vec![t.t("scope-service"), t.t("request-data"), t.t("request-subjects")];
    let rows =
        scope.iter().map(|s| vec![text(&s.service), text(s.data.join(", ")), text(s.subjects.join(", "))]);
    table(t.t("scope-title"), columns, rows.collect())
}

/// A person in one line.
pub fn person_line(p: &Person) -> String {
    let parts = [&p.name, &p.function, &p.email, &p.phone];
    parts.into_iter().filter(|s| !s.is_empty()).cloned().collect::<Vec<_>>().join(", ")
}

fn yes_no(t: T, yes: bool) -> String {
    t.t(if yes { "yes" } else { "no" })
}

/// Everything that the request says besides its services.
pub fn request_facts(t: T, r: &Request, special: &[String]) -> AnyView {
    let or_none = |s: &str| if s.is_empty() { t.t("none") } else { s.to_string() };
    let signatories: Vec<_> = r.signatories.iter().map(person_line).collect();
    let mut rows = vec![(t.t("request-special"), or_none(&special.join(", ")))];
    if !r.special_safeguards.is_empty() {
        rows.push((t.t("request-safeguards"), r.special_safeguards.clone()));
    }
    rows.extend([
        (t.t("request-secrecy"), yes_no(t, r.professional_secrecy)),
        (t.t("request-processor"), yes_no(t, r.customer_is_processor)),
        (t.t("request-register"), or_none(&r.register)),
        (t.t("request-main-contract"), or_none(&r.main_contract)),
        (t.t("request-privacy"), person_line(&r.privacy_contact)),
        (t.t("request-breach"), person_line(&r.breach_contact)),
        (t.t("request-instructing"), r.instructing.clone()),
        (t.t("request-signing"), signatories.join("; ")),
        (t.t("request-language"), T(r.language).t("language-name")),
        (t.t("request-own-permission"), r.own_permission.clone()),
    ]);
    facts_text(rows)
}

/// Each signature with the wording of its boxes, and the provider's own.
pub fn signatures(t: T, state: &ContractState) -> AnyView {
    let mut all: Vec<_> = state.signatures().iter().map(|s| signature(t, s)).collect();
    let own = state.concluded().and_then(|f| f.countersignature.as_ref());
    if let Some(c) = own {
        let rows = vec![
            (t.t("signature-side"), t.t("signature-provider")),
            (t.t("sign-function"), c.function.clone()),
            (t.t("signature-at"), format::exact(t, c.at)),
        ];
        all.push(signature_card(c.name.clone(), rows, ().into_any()));
    }
    view! { <div class="grid">{all}</div> }.into_any()
}

fn signature(t: T, s: &Signature) -> AnyView {
    let rows = vec![
        (t.t("signature-side"), t.t("signature-customer")),
        (t.t("sign-function"), s.function.clone()),
        (t.t("signature-at"), format::exact(t, s.at)),
        (
            t.t("signature-code"),
            t.tr("signature-code-sent", &[("email", &s.email), ("at", &format::time(t, s.code_sent_at))]),
        ),
    ];
    let wording = points(s.boxes.iter().map(|b| b.wording.clone()).collect());
    let hash = s.document_sha256.clone();
    let hash = view! { <p class="note">{t.t("doc-hash")}": "<code>{hash}</code></p> }.into_any();
    signature_card(s.name.clone(), rows, details(t.t("signature-boxes"), vec![wording, hash]))
}

fn signature_card(name: String, rows: Vec<(String, String)>, more: AnyView) -> AnyView {
    view! { <div class="card"><p class="signature__name">{name}</p>{facts_text(rows)}{more}</div> }.into_any()
}

/// What happened, the newest last; drafts saved in between are nobody's news.
pub fn happenings(
    t: T,
    events: &[Happened],
    document: Option<&DocumentLink>,
    certificate: Option<&DocumentLink>,
) -> AnyView {
    let told = events.iter().filter(|e| e.kind != "draft_saved");
    let moments = told.map(|e| Moment {
        when: format::time(t, e.at),
        machine: format::machine(e.at),
        what: t.t(&format!("timeline-{}", e.kind)),
        who: e.who.clone(),
        note: String::new(),
        document: match e.kind.as_str() {
            "document_stored" => document,
            "certificate_stored" => certificate,
            _ => None,
        }
        .map(|d| (d.name.clone(), d.href.clone())),
        tone: tone_of(&e.kind),
    });
    timeline(moments.collect())
}

fn tone_of(kind: &str) -> Tone {
    match kind {
        "in_force" | "signed" | "paper_confirmed" | "certificate_stored" | "notice_withdrawn" => Tone::Good,
        "declined" => Tone::Bad,
        "notice_given" | "ended" | "choice_defaulted" | "lapsed" | "withdrawn" | "code_refused"
        | "delegated" => Tone::Warn,
        "offered" | "requested" => Tone::Info,
        _ => Tone::Plain,
    }
}

/// The document with its size and fingerprint.
pub fn document_line(t: T, d: &DocumentLink) -> AnyView {
    let label = format!("{} ({})", d.name, format::size(t, d.size));
    let hash = d.sha256.clone();
    let level = d.level.clone().map(|l| view! { <p class="note">{t.t("doc-level")}": "{l}</p> });
    view! {
        <div class="stack">
            {download(label, d.href.clone())}
            <p class="note">{t.t("doc-hash")}": "<code>{hash}</code></p>
            {level}
        </div>
    }
    .into_any()
}

/// Where the contract stands in words, and what comes next.
pub struct Next {
    tone: Tone,
    icon: &'static str,
    title: String,
    words: Vec<String>,
    actions: Vec<AnyView>,
}

impl Next {
    pub(super) fn new(t: T, tone: Tone, key: &str, args: &[(&str, &str)]) -> Self {
        let title = t.t(&format!("next-{key}-title"));
        let icon = match key {
            "none" => "file",
            "draft" | "sign" => "pen",
            "requested" | "signed" | "others-sign" | "ending-customer" | "ending-provider" | "disposing" => {
                "clock"
            }
            "nobody-signs" => "users",
            "paper" => "paper",
            _ => tone.icon(),
        };
        Self { tone, icon, title, words: vec![t.tr(&format!("next-{key}"), args)], actions: Vec::new() }
    }

    pub(super) fn with(mut self, action: AnyView) -> Self {
        self.actions.push(action);
        self
    }

    pub(super) fn saying(mut self, words: String) -> Self {
        self.words.push(words);
        self
    }

    /// As a card.
    pub fn view(self) -> AnyView {
        let class = format!("next next--{}", self.tone.name());
        let words: Vec<_> = self.words.into_iter().map(p).collect();
        let actions =
            (!self.actions.is_empty()).then(|| view! { <div class="row">{self.actions}</div> }.into_any());
        view! {
            <section class=class aria-labelledby="next-title">
                <span class="next__mark">{icon(self.icon)}</span>
                <div class="next__text"><h2 id="next-title">{self.title}</h2>{words}{actions}</div>
            </section>
        }
        .into_any()
    }
}

/// The next step where there is no contract, or none any more.
pub fn begin_step(t: T, customer: CustomerId, reader: &Reader) -> Next {
    let next = Next::new(t, Tone::Warn, "none", &[]);
    if reader.may_request { next.with(begin_button(t, customer)) } else { ask_others(t, next) }
}

fn begin_button(t: T, customer: CustomerId) -> AnyView {
    button_form(Weight::Primary, t.t("my-begin"), t.url(&format!("/my/{customer}/contracts")), &[])
}

fn ask_others(t: T, mut next: Next) -> Next {
    next.words.push(t.t("next-ask-others"));
    next
}

/// The next step of a contract for this reader.
pub fn next_step(
    t: T,
    c: &Contract,
    reader: &Reader,
    document: Option<&DocumentLink>,
    now: DateTime<Utc>,
) -> Next {
    let base = t.url(&format!("/my/{}/contracts/{}", c.customer, c.id));
    match &c.state {
        ContractState::Draft(_) if reader.may_request => Next::new(t, Tone::Info, "draft", &[])
            .with(button_link(Weight::Primary, t.t("my-continue"), format!("{base}/request"))),
        ContractState::Draft(_) => ask_others(t, Next::new(t, Tone::Info, "draft", &[])),
        ContractState::Requested(r) => {
            Next::new(t, Tone::Info, "requested", &[("at", &format::time(t, r.at))])
        }
        ContractState::Offered(o) => offered(t, o, reader, &base, now),
        ContractState::SignedByCustomer(s) => {
            Next::new(t, Tone::Info, "signed", &[("at", &format::time(t, s.at))])
        }
        ContractState::InForce(f) => in_force(t, f, document, now),
        ContractState::Ended(e) if matches!(e.cause, EndCause::Superseded { .. }) && e.disposal.is_none() => {
            Next::new(t, Tone::Info, "superseded", &[("on", &format::day(t, e.at))])
        }
        ContractState::Ending(e) => ending_step::ending(t, e, reader, &base),
        ContractState::Ended(e) => ending_step::ended(t, c, e, reader, now),
        ContractState::Closed(x) => {
            let next = closed_with(t, "closed", c, reader, &[("on", &format::day(t, x.at))]);
            next.with(button_link(Weight::Secondary, t.t("disposal-see"), format!("{base}/disposal")))
        }
        ContractState::Declined(x) => declined(t, c, x, reader),
        ContractState::Withdrawn(_) => closed_with(t, "withdrawn", c, reader, &[]),
        ContractState::Lapsed(_) => closed_with(t, "lapsed", c, reader, &[]),
        ContractState::PaperUnconfirmed(paper) => {
            Next::new(t, Tone::Info, "paper", &[("on", &format::date(t, paper.signed_on))])
        }
    }
}

fn offered(t: T, o: &Offered, reader: &Reader, base: &str, now: DateTime<Utc>) -> Next {
    let until = format::date(t, o.valid_until);
    let draft = || download(t.t("sign-draft-pdf"), format!("{base}/offer.pdf"));
    let may = if reader.signatory {
        o.may_sign(reader.user, &reader.email, now)
    } else {
        Err(Refusal::NotASignatory)
    };
    match may {
        Ok(()) => Next::new(t, Tone::Warn, "sign", &[("until", &until)])
            .with(button_link(Weight::Primary, t.t("my-sign"), format!("{base}/sign")))
            .with(draft()),
        Err(Refusal::OfferLapsed) => Next::new(t, Tone::Warn, "lapsed", &[]),
        Err(_) if o.still_to_sign().is_empty() => {
            Next::new(t, Tone::Warn, "nobody-signs", &[("until", &until)]).with(draft())
        }
        Err(_) => {
            let open = still_to_sign(o);
            Next::new(t, Tone::Info, "others-sign", &[("names", &open.join(", ")), ("until", &until)])
                .with(draft())
        }
    }
}

/// Names of the people who are asked to sign and have not.
pub fn still_to_sign(o: &Offered) -> Vec<String> {
    o.still_to_sign().iter().map(|s| s.person.name.clone()).collect()
}

fn in_force(t: T, f: &InForce, document: Option<&DocumentLink>, now: DateTime<Utc>) -> Next {
    let from = format::date(t, f.effective_from);
    let key = if f.effective_from > calendar::berlin_date(now) { "not-yet" } else { "in-force" };
    let mut next = Next::new(t, Tone::Good, key, &[("from", &from)]);
    if let Some(until) = f.effective_until {
        next.words.push(t.tr("next-until", &[("until", &format::date(t, until))]));
        if f.successor.is_some() {
            next.words.push(t.t("next-handed-over"));
        }
    }
    match document {
        Some(d) => next.with(download(format!("{} ({})", d.name, format::size(t, d.size)), d.href.clone())),
        None if f.paper.is_none() => {
            next.words.push(t.t("next-document-soon"));
            next
        }
        None => next,
    }
}

pub(super) fn closed_with(t: T, key: &str, c: &Contract, reader: &Reader, args: &[(&str, &str)]) -> Next {
    let next = Next::new(t, Tone::Warn, key, args);
    if reader.may_request { next.with(begin_button(t, c.customer)) } else { next }
}

fn declined(t: T, c: &Contract, x: &SideExit, reader: &Reader) -> Next {
    let key = if x.by_provider { "declined-provider" } else { "declined-customer" };
    let mut next = closed_with(t, key, c, reader, &[]);
    next.words.push(t.tr("next-reason", &[("reason", &x.reason)]));
    next
}

/// A contract on paper in facts.
pub fn paper_facts(t: T, paper: &Paper) -> AnyView {
    let until = paper.effective_until.map_or_else(|| t.t("open-ended"), |d| format::date(t, d));
    facts_text(vec![
        (t.t("paper-signed-on"), format::date(t, paper.signed_on)),
        (t.t("paper-signatory"), format!("{}, {}", paper.signatory_name, paper.signatory_function)),
        (t.t("effective-from"), format::date(t, paper.effective_from)),
        (t.t("effective-until"), until),
        (t.t("doc-text-version"), paper.text_version.clone()),
    ])
}

/// The weighing behind an offer, whatever became of it.
pub fn weighing(state: &ContractState) -> Option<&Weighing> {
    state.offered().map(|o| &o.weighing)
}

/// The weighing in words.
pub fn weighed(t: T, w: &Weighing, by: &str) -> AnyView {
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
