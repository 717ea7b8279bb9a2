//! One customer with everything that belongs to it.

use crate::components::{
    Tone, Verdict, Weight, button_form, button_link, card_titled, crumbs, empty, facts, icon_link, link,
    notice, p, page_head, points, section_with, split, state_badge, table, text, verdict_badge,
};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::{DateTime, NaiveDate, Utc};
use domain::contract::StateName;
use domain::customer::{Contact, CustomerFacts, Representation};
use domain::permission::CustomerRole;
use domain::{ContractId, CustomerId, Service, UserId};
use leptos::prelude::*;

/// A customer.
#[derive(Clone, Debug)]
pub struct CustomerView {
    /// Identity.
    pub id: CustomerId,
    /// What is known.
    pub facts: CustomerFacts,
    /// Its country by name.
    pub country: String,
    /// Contacts, by kind and name.
    pub contacts: Vec<Contact>,
    /// People with a log-in, by name.
    pub people: Vec<PersonLine>,
    /// Contracts, the newest first.
    pub contracts: Vec<ContractLine>,
    /// Open doubts and objections.
    pub holds: Vec<HoldLine>,
    /// The latest answers of the gate.
    pub decisions: Vec<DecisionLine>,
    /// Sees the buttons that change something.
    pub may_write: bool,
}

/// A person with a log-in.
#[derive(Clone, Debug)]
pub struct PersonLine {
    /// Who.
    pub id: UserId,
    /// Full name.
    pub name: String,
    /// Log-in name.
    pub email: String,
    /// Roles here.
    pub roles: Vec<CustomerRole>,
    /// Has not set a password yet.
    pub invited: bool,
}

/// A contract.
#[derive(Clone, Debug)]
pub struct ContractLine {
    /// Identity.
    pub id: ContractId,
    /// Number.
    pub number: String,
    /// State.
    pub state: StateName,
    /// Services in scope.
    pub services: Vec<Service>,
    /// First day, once there is one.
    pub from: Option<NaiveDate>,
    /// Last day, once there is one.
    pub until: Option<NaiveDate>,
    /// Waits for this person's confirmation, on its own page beside the scan.
    pub may_confirm: bool,
}

/// A doubt or an objection.
#[derive(Clone, Debug)]
pub struct HoldLine {
    /// It is an objection to a sub-processor, not a doubt.
    pub objection: bool,
    /// Service that an objection is about.
    pub service: Option<Service>,
    /// Why.
    pub reason: String,
    /// Since when.
    pub at: DateTime<Utc>,
}

/// An answer of the gate.
#[derive(Clone, Debug)]
pub struct DecisionLine {
    /// When.
    pub at: DateTime<Utc>,
    /// What was asked, in words.
    pub action: String,
    /// Who or what it was about.
    pub subject: String,
    /// The answer.
    pub verdict: Verdict,
}

/// The whole page.
pub fn render(shell: Shell, view: CustomerView) -> String {
    let title = view.facts.legal_name.clone();
    let t = shell.t();
    layout::render(shell.at("customers", title), move || body(t, view))
}

fn body(t: T, v: CustomerView) -> AnyView {
    let at = |rest: &str| t.url(&format!("/customers/{}{rest}", v.id));
    let edit = v.may_write.then(|| icon_link(Weight::Secondary, "pen", t.t("customer-edit"), at("/edit")));
    let lead = format!("{} · {}", v.facts.number, v.facts.city);
    let holds: Vec<_> = v.holds.iter().map(|h| hold(t, h)).collect();
    let base = at("");
    view! {
        {crumbs(t, vec![(t.t("customers-title"), t.url("/customers"))])}
        {page_head(v.facts.legal_name.clone(), lead, edit.into_iter().collect())}
        {holds}
        {split(
            vec![
                contracts(t, v.contracts),
                people(t, v.people, &base, v.may_write),
                contacts(t, v.contacts, &base, v.may_write),
                decisions(t, v.decisions, &v.id),
            ],
            vec![address(t, &v.facts, v.country), terms(t, &v.facts)],
        )}
    }
    .into_any()
}

fn hold(t: T, h: &HoldLine) -> AnyView {
    let title = match (h.objection, h.service) {
        (true, Some(service)) => {
            let name = t.t(&format!("service-{}", service.name()));
            t.tr("customer-objection-to", &[("service", &name)])
        }
        (true, None) => t.t("customer-objection"),
        (false, _) => t.t("customer-doubt"),
    };
    let since = t.tr("customer-since", &[("day", &format::day(t, h.at))]);
    notice(Tone::Bad, title, vec![p(h.reason.clone()), p(since)])
}

fn contracts(t: T, contracts: Vec<ContractLine>) -> AnyView {
    if contracts.is_empty() {
        let nothing = empty(t.t("customer-no-contract"), t.t("customer-no-contract-text"));
        return section_with("contracts", t.t("customer-contracts"), Vec::new(), vec![nothing]);
    }
    let columns = ["customer-contract-number", "customer-state", "customer-scope", "customer-term"];
    let waiting = contracts.iter().find(|c| c.may_confirm).map(|c| t.url(&format!("/contracts/{}", c.id)));
    let rows = contracts.into_iter().map(|c| contract(t, c)).collect();
    let list = table(t.t("customer-contracts"), columns.map(|key| t.t(key)).to_vec(), rows);
    let four_eyes = waiting.map(|path| {
        let way = button_link(Weight::Primary, t.t("customer-confirm"), path);
        notice(Tone::Info, "", vec![p(t.t("customer-confirm-hint")), way])
    });
    section_with("contracts", t.t("customer-contracts"), Vec::new(), vec![list, four_eyes.into_any()])
}

fn contract(t: T, c: ContractLine) -> Vec<AnyView> {
    let services = c.services.iter().map(|s| t.t(&format!("service-{}", s.name()))).collect();
    let term = match (c.from, c.until) {
        (None, _) => "–".to_string(),
        (Some(from), None) => t.tr("customer-from", &[("from", &format::date(t, from))]),
        (Some(from), Some(until)) => {
            let (from, until) = (format::date(t, from), format::date(t, until));
            t.tr("customer-from-until", &[("from", &from), ("until", &until)])
        }
    };
    vec![
        link(c.number, t.url(&format!("/contracts/{}", c.id))),
        state_badge(t, c.state),
        points(services),
        text(term),
    ]
}

fn people(t: T, people: Vec<PersonLine>, base: &str, may_write: bool) -> AnyView {
    let invite =
        || icon_link(Weight::Secondary, "plus", t.t("customer-invite"), format!("{base}/people/new"));
    let actions: Vec<_> = may_write.then(invite).into_iter().collect();
    if people.is_empty() {
        let nothing = empty(t.t("customer-no-people"), t.t("customer-no-people-text"));
        return section_with("people", t.t("customer-people"), actions, vec![nothing]);
    }
    let columns = ["customer-person", "customer-email", "customer-roles"].map(|key| t.t(key)).to_vec();
    let rows = people.into_iter().map(|who| person(t, who, base, may_write)).collect();
    let list = table(t.t("customer-people"), columns, rows);
    section_with("people", t.t("customer-people"), actions, vec![list])
}

fn person(t: T, who: PersonLine, base: &str, may_write: bool) -> Vec<AnyView> {
    let name = match who.invited {
        true => t.tr("customer-invited", &[("name", &who.name)]),
        false => who.name.clone(),
    };
    let remove = |role: CustomerRole, word: &str| {
        let label = t.tr("customer-remove-role", &[("role", word)]);
        let action = format!("{base}/people/{}/remove", who.id);
        button_form(Weight::Quiet, label, action, &[("role", role.name())])
    };
    let roles = who.roles.iter().map(|role| {
        let word = t.t(&format!("role-{}", role.name()));
        let button = may_write.then(|| remove(*role, &word));
        view! { <div class="row"><span>{word}</span>{button}</div> }.into_any()
    });
    let roles: Vec<_> = roles.collect();
    vec![text(name), text(who.email.clone()), roles.into_any()]
}

fn contacts(t: T, contacts: Vec<Contact>, base: &str, may_write: bool) -> AnyView {
    let add =
        || icon_link(Weight::Secondary, "plus", t.t("customer-add-contact"), format!("{base}/contacts/new"));
    let actions: Vec<_> = may_write.then(add).into_iter().collect();
    if contacts.is_empty() {
        let nothing = empty(t.t("customer-no-contacts"), t.t("customer-no-contacts-text"));
        return section_with("contacts", t.t("customer-contacts"), actions, vec![nothing]);
    }
    let columns = ["customer-person", "customer-email", "customer-contact-kind"].map(|key| t.t(key)).to_vec();
    let rows = contacts.into_iter().map(|c| contact(t, c, base, may_write)).collect();
    let list = table(t.t("customer-contacts"), columns, rows);
    section_with("contacts", t.t("customer-contacts"), actions, vec![list])
}

fn contact(t: T, c: Contact, base: &str, may_write: bool) -> Vec<AnyView> {
    let name = match c.function.is_empty() {
        true => c.name,
        false => format!("{}, {}", c.name, c.function),
    };
    let name = if may_write { link(name, format!("{base}/contacts/{}", c.id)) } else { text(name) };
    vec![name, text(c.email), text(t.t(&format!("contact-{}", c.kind.name())))]
}

fn decisions(t: T, decisions: Vec<DecisionLine>, id: &CustomerId) -> AnyView {
    if decisions.is_empty() {
        let nothing = empty(t.t("customer-no-decisions"), t.t("customer-no-decisions-text"));
        return section_with("decisions", t.t("customer-decisions"), Vec::new(), vec![nothing]);
    }
    let all = link(t.t("customer-all-decisions"), t.url(&format!("/decisions?customer={id}")));
    let columns = ["customer-when", "customer-action", "customer-subject", "customer-answer"];
    let rows = decisions
        .into_iter()
        .map(|d| {
            let word = d.verdict.word(t);
            vec![text(format::time(t, d.at)), text(d.action), text(d.subject), verdict_badge(d.verdict, word)]
        })
        .collect();
    let list = table(t.t("customer-decisions"), columns.map(|key| t.t(key)).to_vec(), rows);
    section_with("decisions", t.t("customer-decisions"), vec![all], vec![list])
}

fn address(t: T, f: &CustomerFacts, country: String) -> AnyView {
    let lines = [f.street.clone(), format!("{} {}", f.postal_code, f.city), country];
    let lines: Vec<_> = lines.into_iter().map(|l| view! { <span class="line">{l}</span><br /> }).collect();
    let mut rows = vec![
        (t.t("customer-address"), lines.into_any()),
        (t.t("customer-email"), text(f.email.clone())),
        (t.t("customer-register"), text(or_dash(&f.register))),
        (t.t("customer-language"), text(T(f.language).t("language-name"))),
    ];
    for (key, values) in [("customer-phones", &f.phones), ("customer-domains", &f.domains)] {
        if !values.is_empty() {
            rows.push((t.t(key), points(values.clone())));
        }
    }
    card_titled(t.t("customer-facts"), vec![facts(rows)])
}

fn terms(t: T, f: &CustomerFacts) -> AnyView {
    let yes_no = |yes: bool| text(t.t(if yes { "yes" } else { "no" }));
    let services = match f.services.is_empty() {
        true => text("–"),
        false => points(f.services.iter().map(|s| t.t(&format!("service-{}", s.name()))).collect()),
    };
    let rule = match f.representation {
        Representation::Single => t.t("customer-one-signs"),
        Representation::Joint => t.t("customer-two-sign"),
    };
    let rows = vec![
        (t.t("customer-services"), services),
        (t.t("customer-representation"), text(rule)),
        (t.t("customer-service-contract"), yes_no(f.service_contract)),
        (t.t("customer-hosting"), yes_no(f.hosting)),
        (t.t("customer-professional-secrecy"), yes_no(f.professional_secrecy)),
    ];
    card_titled(t.t("customer-terms"), vec![facts(rows)])
}

fn or_dash(value: &str) -> String {
    if value.is_empty() { "–".into() } else { value.into() }
}
