//! The gate as tables that a lawyer can read, kept in `snapshots/`. The expectations of the named situations
//! are written by hand here; the grids go through every state, service and action.

use crate::samples::{berlin, day, user};
use chrono::{DateTime, Duration, Utc};
use domain::calendar::{end_of_day, in_words, start_of_day};
use domain::contract::StateName;
use domain::gate::{
    ContractFact, CustomerFact, Decision, Facts, Hints, Outcome, ProgramFact, Question, Reason, Resource,
    Subject, TechnicianFact, ToolFact, decide,
};
use domain::{Action, ContractId, CustomerId, Lang, Service};
use insta::assert_snapshot;
use std::fmt::Write as _;
use uuid::Uuid;

/// What is the case, and what is asked.
struct Scene {
    /// The customer of the question.
    customer: CustomerFact,
    /// Another customer, without any contract.
    other: CustomerFact,
    technician: TechnicianFact,
    program: ProgramFact,
    subject: Subject<'static>,
    action: Option<Action>,
    resource: Resource<'static>,
    tool: Option<&'static str>,
    now: DateTime<Utc>,
    /// How long ago the facts were seen to be the current ones.
    age: Duration,
}

const TECHNICIAN: &str = "tina@provider.example";
const PROGRAM: &str = "monitoring-agent";

/// Monday, 23 November 2026, 14:00: Tina wants to see a screen of the bakery, which has a contract in force.
fn scene() -> Scene {
    Scene {
        customer: CustomerFact {
            contracts: vec![contract()],
            ..customer(1, "K10023", "anna@mueller.example")
        },
        other: customer(2, "K20050", "weber@autohaus.example"),
        technician: TechnicianFact {
            user: user(1),
            technician: true,
            locked: false,
            confidential_from: Some(start_of_day(day(2024, 1, 1))),
            trained_until: Some(end_of_day(day(2027, 6, 30))),
        },
        program: ProgramFact { expires_at: None },
        subject: Subject::Technician(TECHNICIAN),
        action: Some(Action::RemoteSupportView),
        resource: Resource::Number("K10023"),
        tool: None,
        now: berlin(2026, 11, 23, 14, 0),
        age: Duration::zero(),
    }
}

fn customer(n: u128, number: &str, contact: &str) -> CustomerFact {
    CustomerFact {
        id: CustomerId(Uuid::from_u128(n)),
        number: number.into(),
        name: format!("Customer {number}"),
        language: Lang::De,
        service_contract: false,
        doubt: false,
        objections: [].into_iter().collect(),
        contracts: Vec::new(),
        contact_emails: vec![contact.into()],
        phones: vec![format!("+4970220000{n}")],
        domains: vec![format!("customer{n}.example")],
    }
}

fn contract() -> ContractFact {
    ContractFact {
        id: ContractId(Uuid::from_u128(17)),
        number: "AV-2026-00017".into(),
        version: 1,
        state: StateName::InForce,
        services: [Service::RemoteSupport, Service::LogAnalysis].into_iter().collect(),
        effective_from: start_of_day(day(2026, 1, 1)),
        effective_until: None,
        last_day: None,
        outdated_from: None,
        doubt: false,
        third_country_agreed: false,
    }
}

impl Scene {
    fn contract(&mut self) -> &mut ContractFact {
        &mut self.customer.contracts[0]
    }

    /// Puts a newer contract before the one that is there.
    fn newer(&mut self, change: impl FnOnce(&mut ContractFact)) {
        let mut newer = ContractFact { number: "AV-2026-00018".into(), version: 2, ..contract() };
        change(&mut newer);
        self.customer.contracts.insert(0, newer);
    }

    fn hints(
        &mut self,
        email: Option<&'static str>,
        phone: Option<&'static str>,
        domain: Option<&'static str>,
    ) {
        self.resource = Resource::Hints(Hints { contact_email: email, phone, domain });
    }

    fn facts(&self) -> Facts {
        let customers = vec![self.customer.clone(), self.other.clone()];
        let mut facts = Facts::new(customers, 1, self.now - self.age);
        facts.technicians.insert(TECHNICIAN.into(), self.technician.clone());
        facts.programs.insert(PROGRAM.into(), self.program.clone());
        facts.tools.insert("rustdesk".into(), ToolFact { third_country: false });
        facts.tools.insert("teamlooker-us".into(), ToolFact { third_country: true });
        facts
    }

    fn question(&self) -> Question<'static> {
        Question { subject: self.subject, action: self.action, resource: self.resource, tool: self.tool }
    }
}

/// The situation in words, what should come out (outcome and first reason), and what is different in it.
type Situation = (&'static str, &'static str, fn(&mut Scene));

/// A heading and its situations.
type Group = (&'static str, fn() -> Vec<Situation>);

const GROUPS: [Group; 12] = [
    ("THE USUAL CASE AND ITS OPPOSITE", usual),
    ("STATES OF THE CONTRACT", states),
    ("THE FIRST AND THE LAST DAY, IN BERLIN", edges),
    ("A TEXT THAT NO LONGER COUNTS", outdated),
    ("DOUBT", doubts),
    ("THE TECHNICIAN", technicians),
    ("A PROGRAM AS THE ASKER", programs),
    ("WHO IS THE CUSTOMER?", identification),
    ("THE TOOL AND OBJECTIONS", tools),
    ("SEVERAL CONTRACTS", several),
    ("FACTS THAT ARE NOT FRESH", stale),
    ("ADVICE, AND WHAT IS NOT UNDERSTOOD", advice),
];

fn usual() -> Vec<Situation> {
    vec![
        ("a contract in force covers the service", "permitted ok_contract", |_| {}),
        ("no contract at all", "advice_only no_contract", |s| s.customer.contracts.clear()),
        ("a contract in force covers other services only", "advice_only service_not_covered", |s| {
            s.contract().services = [Service::Hosting].into_iter().collect();
        }),
        ("a contract in force covers no service", "advice_only service_not_covered", |s| {
            s.contract().services = [].into_iter().collect();
        }),
    ]
}

fn states() -> Vec<Situation> {
    vec![
        ("the customer is still filling in", "advice_only contract_draft", |s| {
            s.contract().state = StateName::Draft;
        }),
        ("the request is being examined", "advice_only contract_requested", |s| {
            s.contract().state = StateName::Requested;
        }),
        ("offered, the customer has not signed", "advice_only contract_awaiting_customer", |s| {
            s.contract().state = StateName::Offered;
        }),
        ("signed by the customer, not by the provider", "advice_only contract_awaiting_provider", |s| {
            s.contract().state = StateName::SignedByCustomer;
        }),
        ("on paper, entered but not yet confirmed", "advice_only contract_awaiting_provider", |s| {
            s.contract().state = StateName::PaperUnconfirmed;
        }),
        ("notice was given, the last day is to come", "permitted ok_contract", |s| {
            s.contract().state = StateName::Ending;
            s.contract().effective_until = Some(end_of_day(day(2026, 12, 31)));
        }),
        ("notice was given, the last instant of the last day", "permitted ok_contract", |s| {
            s.contract().state = StateName::Ending;
            s.contract().effective_until = Some(s.now + Duration::microseconds(1));
        }),
        ("notice was given, the last day is over and not yet noted", "advice_only contract_ended", |s| {
            s.contract().state = StateName::Ending;
            s.contract().effective_until = Some(s.now);
        }),
        ("ended", "advice_only contract_ended", |s| s.contract().state = StateName::Ended),
        ("closed", "advice_only contract_ended", |s| s.contract().state = StateName::Closed),
        ("declined", "advice_only contract_declined", |s| s.contract().state = StateName::Declined),
        ("withdrawn", "advice_only no_contract", |s| s.contract().state = StateName::Withdrawn),
        ("lapsed", "advice_only no_contract", |s| s.contract().state = StateName::Lapsed),
    ]
}

fn edges() -> Vec<Situation> {
    vec![
        ("one microsecond before the first day", "advice_only contract_not_yet_effective", |s| {
            s.contract().effective_from = start_of_day(day(2026, 11, 24));
            s.now = berlin(2026, 11, 24, 0, 0) - Duration::microseconds(1);
        }),
        ("the first instant of the first day", "permitted ok_contract", |s| {
            s.contract().effective_from = start_of_day(day(2026, 11, 24));
            s.now = berlin(2026, 11, 24, 0, 0);
        }),
        ("ten minutes before the end of the last day", "permitted ok_contract", |s| {
            s.contract().effective_until = Some(end_of_day(day(2026, 11, 23)));
            s.now = berlin(2026, 11, 23, 23, 50);
        }),
        ("the last microsecond of the last day", "permitted ok_contract", |s| {
            s.contract().effective_until = Some(end_of_day(day(2026, 11, 23)));
            s.now = berlin(2026, 11, 24, 0, 0) - Duration::microseconds(1);
        }),
        ("midnight after the last day", "advice_only contract_ended", |s| {
            s.contract().effective_until = Some(end_of_day(day(2026, 11, 23)));
            s.now = berlin(2026, 11, 24, 0, 0);
        }),
        ("last day is the short one (clocks go forward), 23:50", "permitted ok_contract", |s| {
            s.contract().effective_until = Some(end_of_day(day(2026, 3, 29)));
            s.now = berlin(2026, 3, 29, 23, 50);
        }),
        ("last day is the long one (clocks go back), 23:50", "permitted ok_contract", |s| {
            s.contract().effective_until = Some(end_of_day(day(2026, 10, 25)));
            s.now = berlin(2026, 10, 25, 23, 50);
        }),
        ("midnight after the long one", "advice_only contract_ended", |s| {
            s.contract().effective_until = Some(end_of_day(day(2026, 10, 25)));
            s.now = berlin(2026, 10, 26, 0, 0);
        }),
    ]
}

fn outdated() -> Vec<Situation> {
    vec![
        ("a new text must be accepted by 30 November, today is the 23rd", "permitted ok_contract", |s| {
            s.contract().outdated_from = Some(end_of_day(day(2026, 11, 30)));
        }),
        ("a new text must be accepted by today, 23:55", "permitted ok_contract", |s| {
            s.contract().outdated_from = Some(end_of_day(day(2026, 11, 23)));
            s.now = berlin(2026, 11, 23, 23, 55);
        }),
        ("a new text had to be accepted by yesterday", "advice_only text_version_outdated", |s| {
            s.contract().outdated_from = Some(end_of_day(day(2026, 11, 22)));
        }),
        ("outdated, and the service is not covered either", "advice_only text_version_outdated", |s| {
            s.contract().outdated_from = Some(end_of_day(day(2026, 11, 22)));
            s.contract().services = [Service::Hosting].into_iter().collect();
        }),
    ]
}

fn doubts() -> Vec<Situation> {
    vec![
        ("a doubt on the customer, contract in force", "advice_only doubt_open", |s| s.customer.doubt = true),
        ("a doubt on the contract", "advice_only doubt_open", |s| s.contract().doubt = true),
        ("a doubt on the customer, no contract", "advice_only doubt_open", |s| {
            s.customer.doubt = true;
            s.customer.contracts.clear();
        }),
        ("a doubt on the customer, technician unknown", "advice_only doubt_open", |s| {
            s.customer.doubt = true;
            s.subject = Subject::Technician("nobody@provider.example");
        }),
        ("a doubt on another customer", "permitted ok_contract", |s| s.other.doubt = true),
        ("a doubt on one contract, a second one covers", "advice_only doubt_open", |s| {
            s.newer(|c| c.doubt = true);
        }),
        ("a doubt on a contract that is over, a second one covers", "permitted ok_contract", |s| {
            s.newer(|c| {
                c.doubt = true;
                c.state = StateName::Ended;
            });
        }),
        ("a doubt on the contract, technician unknown", "advice_only doubt_open", |s| {
            s.contract().doubt = true;
            s.subject = Subject::Unknown;
        }),
        ("a doubt on a contract that is only a draft", "advice_only doubt_open", |s| {
            s.contract().doubt = true;
            s.contract().state = StateName::Draft;
        }),
        ("a doubt on the customer, advice is asked for", "permitted ok_advice", |s| {
            s.customer.doubt = true;
            s.action = Some(Action::Advise);
        }),
    ]
}

fn technicians() -> Vec<Situation> {
    vec![
        ("unknown", "refused technician_unknown", |s| {
            s.subject = Subject::Technician("nobody@provider.example");
        }),
        ("locked by an admin", "refused technician_unknown", |s| s.technician.locked = true),
        ("a kind of asker that is not known", "refused technician_unknown", |s| s.subject = Subject::Unknown),
        ("no confidentiality undertaking", "refused confidentiality_missing", |s| {
            s.technician.confidential_from = None;
        }),
        ("an undertaking from tomorrow on", "refused confidentiality_missing", |s| {
            s.technician.confidential_from = Some(start_of_day(day(2026, 11, 24)));
        }),
        ("never trained", "refused training_expired", |s| s.technician.trained_until = None),
        ("trained until yesterday", "refused training_expired", |s| {
            s.technician.trained_until = Some(end_of_day(day(2026, 11, 22)));
        }),
        ("trained until today, asked at 23:55", "permitted ok_contract", |s| {
            s.technician.trained_until = Some(end_of_day(day(2026, 11, 23)));
            s.now = berlin(2026, 11, 23, 23, 55);
        }),
        ("without the role", "refused role_missing", |s| s.technician.technician = false),
        ("neither undertaking nor training nor role", "refused confidentiality_missing", |s| {
            s.technician = TechnicianFact {
                technician: false,
                confidential_from: None,
                trained_until: None,
                ..s.technician.clone()
            };
        }),
        ("training expired, and no contract", "refused training_expired", |s| {
            s.technician.trained_until = None;
            s.customer.contracts.clear();
        }),
    ]
}

fn programs() -> Vec<Situation> {
    vec![
        ("known", "permitted ok_contract", |s| s.subject = Subject::Program(PROGRAM)),
        ("its key expires in five minutes", "permitted ok_contract", |s| {
            s.subject = Subject::Program(PROGRAM);
            s.program.expires_at = Some(berlin(2026, 11, 23, 14, 5));
        }),
        ("its key expires this very instant", "refused technician_unknown", |s| {
            s.subject = Subject::Program(PROGRAM);
            s.program.expires_at = Some(s.now);
        }),
        ("unknown", "refused technician_unknown", |s| s.subject = Subject::Program("something-else")),
        ("known, but no contract", "advice_only no_contract", |s| {
            s.subject = Subject::Program(PROGRAM);
            s.customer.contracts.clear();
        }),
        ("a technician's address given as a program", "refused technician_unknown", |s| {
            s.subject = Subject::Program(TECHNICIAN);
        }),
    ]
}

fn identification() -> Vec<Situation> {
    const ANNA: Option<&str> = Some("anna@mueller.example");
    const WEBER: Option<&str> = Some("weber@autohaus.example");
    const PHONE: Option<&str> = Some("+49702200001");
    const PHONE_OF_OTHER: Option<&str> = Some("+49702200002");
    const DOMAIN: Option<&str> = Some("customer1.example");
    const DOMAIN_OF_OTHER: Option<&str> = Some("customer2.example");
    vec![
        ("a customer number", "permitted ok_contract", |_| {}),
        ("a customer number that does not exist", "advice_only customer_unidentified", |s| {
            s.resource = Resource::Number("K99999");
        }),
        ("a contact's mail address", "permitted ok_contract", |s| s.hints(ANNA, None, None)),
        ("mail address of a customer without contract", "advice_only no_contract", |s| {
            s.hints(WEBER, None, None);
        }),
        ("an unknown mail address", "advice_only customer_unidentified", |s| {
            s.hints(Some("who@nowhere.example"), None, None);
        }),
        ("a mail address of two customers", "advice_only customer_ambiguous", |s| {
            s.other.contact_emails.push("anna@mueller.example".into());
            s.hints(ANNA, None, None);
        }),
        ("a mail address of two customers, and a phone number", "advice_only customer_ambiguous", |s| {
            s.other.contact_emails.push("anna@mueller.example".into());
            s.hints(ANNA, PHONE, None);
        }),
        ("only a phone number", "advice_only sender_unverified", |s| s.hints(None, PHONE, None)),
        ("only a phone number, of a customer without contract", "advice_only sender_unverified", |s| {
            s.hints(None, PHONE_OF_OTHER, None);
        }),
        ("only a domain", "advice_only sender_unverified", |s| s.hints(None, None, DOMAIN)),
        ("phone number and domain of the same customer", "advice_only sender_unverified", |s| {
            s.hints(None, PHONE, DOMAIN);
        }),
        ("phone number of one, domain of another customer", "advice_only customer_ambiguous", |s| {
            s.hints(None, PHONE, DOMAIN_OF_OTHER);
        }),
        ("a phone number of two customers", "advice_only customer_ambiguous", |s| {
            s.other.phones.push("+49702200001".into());
            s.hints(None, PHONE, None);
        }),
        ("unknown mail address, known domain", "advice_only sender_unverified", |s| {
            s.hints(Some("new@customer1.example"), None, DOMAIN);
        }),
        ("contact's mail address, phone number of another customer", "advice_only customer_ambiguous", |s| {
            s.hints(ANNA, PHONE_OF_OTHER, None);
        }),
        ("contact's mail address, domain of another customer", "advice_only customer_ambiguous", |s| {
            s.hints(ANNA, PHONE, DOMAIN_OF_OTHER);
        }),
        ("contact's mail address, phone number of both customers", "permitted ok_contract", |s| {
            s.other.phones.push("+49702200001".into());
            s.hints(ANNA, PHONE, None);
        }),
        ("contact's mail address, phone number of nobody", "permitted ok_contract", |s| {
            s.hints(ANNA, Some("+49999999"), None);
        }),
        ("nothing is known", "advice_only customer_unidentified", |s| s.hints(None, None, None)),
        ("only a phone number, technician unknown", "advice_only sender_unverified", |s| {
            s.hints(None, PHONE, None);
            s.subject = Subject::Unknown;
        }),
    ]
}

fn tools() -> Vec<Situation> {
    vec![
        ("a tool of the directory", "permitted ok_contract", |s| s.tool = Some("rustdesk")),
        ("a tool that is not in the directory", "advice_only tool_not_in_directory", |s| {
            s.tool = Some("gadget");
        }),
        ("a third-country tool that is not agreed", "advice_only third_country_not_agreed", |s| {
            s.tool = Some("teamlooker-us");
        }),
        ("a third-country tool that is agreed", "permitted ok_contract", |s| {
            s.tool = Some("teamlooker-us");
            s.contract().third_country_agreed = true;
        }),
        ("an objection to a sub-processor of this service", "advice_only objection_open", |s| {
            s.customer.objections = [Service::RemoteSupport].into_iter().collect();
        }),
        ("an objection to a sub-processor of another service", "permitted ok_contract", |s| {
            s.customer.objections = [Service::Hosting].into_iter().collect();
        }),
        ("an unknown tool, and an objection", "advice_only tool_not_in_directory", |s| {
            s.tool = Some("gadget");
            s.customer.objections = [Service::RemoteSupport].into_iter().collect();
        }),
        ("an unknown tool, and no contract", "advice_only no_contract", |s| {
            s.tool = Some("gadget");
            s.customer.contracts.clear();
        }),
    ]
}

fn several() -> Vec<Situation> {
    vec![
        ("a newer version is on offer, the old one is in force", "permitted ok_contract", |s| {
            s.newer(|c| c.state = StateName::Offered);
        }),
        ("a newer version begins next year, the old one is in force", "permitted ok_contract", |s| {
            s.newer(|c| c.effective_from = start_of_day(day(2027, 1, 1)));
        }),
        ("the newer one is declined, the old one in force", "permitted ok_contract", |s| {
            s.newer(|c| c.state = StateName::Declined);
        }),
        ("both in force, only the older one covers", "permitted ok_contract", |s| {
            s.newer(|c| c.services = [Service::Hosting].into_iter().collect());
        }),
        (
            "the old one ended, the new one awaits the provider",
            "advice_only contract_awaiting_provider",
            |s| {
                s.contract().state = StateName::Ended;
                s.newer(|c| c.state = StateName::SignedByCustomer);
            },
        ),
        (
            "the old one is outdated, the new one awaits the customer",
            "advice_only text_version_outdated",
            |s| {
                s.contract().outdated_from = Some(end_of_day(day(2026, 11, 22)));
                s.newer(|c| c.state = StateName::Offered);
            },
        ),
        ("the old one ended, the new one is only a draft", "advice_only contract_draft", |s| {
            s.contract().state = StateName::Ended;
            s.newer(|c| c.state = StateName::Draft);
        }),
    ]
}

fn stale() -> Vec<Situation> {
    vec![
        ("two seconds old", "permitted ok_contract", |s| s.age = Duration::seconds(2)),
        ("a microsecond older", "advice_only data_stale", |s| s.age = Duration::microseconds(2_000_001)),
        ("an hour old, and a doubt", "advice_only data_stale", |s| {
            s.age = Duration::hours(1);
            s.customer.doubt = true;
        }),
        ("from the future (the clock ran back)", "advice_only data_stale", |s| s.age = Duration::seconds(-3)),
        ("an hour old, advice is asked for", "permitted ok_advice", |s| {
            s.age = Duration::hours(1);
            s.action = Some(Action::Advise);
        }),
        ("an hour old, an unknown action", "refused unknown_action", |s| {
            s.age = Duration::hours(1);
            s.action = None;
        }),
    ]
}

fn advice() -> Vec<Situation> {
    vec![
        ("advice for a customer without contract", "permitted ok_advice", |s| {
            s.action = Some(Action::Advise);
            s.customer.contracts.clear();
        }),
        ("advice for somebody unknown", "permitted ok_advice", |s| {
            s.action = Some(Action::Advise);
            s.hints(None, None, None);
        }),
        ("advice by an unknown technician", "permitted ok_advice", |s| {
            s.action = Some(Action::Advise);
            s.subject = Subject::Unknown;
        }),
        ("an action that does not exist", "refused unknown_action", |s| s.action = None),
        ("a type of resource that does not exist", "refused unknown_resource_type", |s| {
            s.resource = Resource::UnknownType;
        }),
        ("neither action nor resource exist", "refused unknown_action", |s| {
            s.action = None;
            s.resource = Resource::UnknownType;
        }),
        ("advice on a type of resource that does not exist", "refused unknown_resource_type", |s| {
            s.action = Some(Action::Advise);
            s.resource = Resource::UnknownType;
        }),
        ("an unknown action, and a doubt", "refused unknown_action", |s| {
            s.action = None;
            s.customer.doubt = true;
        }),
    ]
}

// From situations to rows

const HEAD: [&str; 7] =
    ["situation", "should be", "outcome", "first reason", "all reasons", "ground", "valid until (Berlin)"];

fn row(words: &str, should_be: &str, scene: &Scene) -> [String; 7] {
    let facts = scene.facts();
    let decision = decide(&facts, &scene.question(), scene.now);
    let all: Vec<_> = decision.reasons.iter().map(Reason::code).collect();
    [
        words.into(),
        in_a_word(should_be).into(),
        decision.outcome.name().into(),
        all.first().copied().unwrap_or("-").into(),
        all.join(" + "),
        ground(&decision),
        decision.valid_until.map_or_else(|| "-".into(), |t| in_words(t, Lang::En)),
    ]
}

fn in_a_word(should_be: &str) -> &'static str {
    match should_be.split(' ').next() {
        Some("permitted") => "yes",
        Some("advice_only") => "no, advice only",
        _ => "no answer",
    }
}

fn ground(decision: &Decision<'_>) -> String {
    let number = decision.ground.and_then(|g| match g {
        domain::gate::Ground::Contract(c) => Some(c.number.clone()),
        domain::gate::Ground::Advice => None,
    });
    let kind = decision.ground.map_or("-", |g| g.kind());
    number.map_or_else(|| kind.into(), |n| format!("{kind} {n}"))
}

/// The table of some groups, its columns aligned over all of them.
fn table(groups: &[(&str, Vec<[String; 7]>)]) -> String {
    let rows = || groups.iter().flat_map(|(_, rows)| rows);
    let width =
        |i: usize| rows().map(|r| r[i].chars().count()).chain([HEAD[i].len()]).max().unwrap_or_default();
    let widths: Vec<_> = (0..HEAD.len()).map(width).collect();
    let mut out = line(&HEAD.map(str::to_uppercase), &widths);
    for (heading, rows) in groups {
        let _ = write!(out, "\n{heading}\n");
        out.extend(rows.iter().map(|r| line(r, &widths)));
    }
    out
}

fn line(cells: &[String], widths: &[usize]) -> String {
    let padded: Vec<_> = cells.iter().zip(widths).map(|(cell, w)| format!("{cell:w$}")).collect();
    format!("{}\n", padded.join("  ").trim_end())
}

fn rows_of(situations: Vec<Situation>) -> Vec<[String; 7]> {
    situations
        .into_iter()
        .map(|(words, should_be, change)| {
            let mut scene = scene();
            change(&mut scene);
            row(words, should_be, &scene)
        })
        .collect()
}

fn answered(situation: &Situation) -> String {
    let mut scene = scene();
    (situation.2)(&mut scene);
    let facts = scene.facts();
    let decision = decide(&facts, &scene.question(), scene.now);
    format!("{} {}", decision.outcome.name(), decision.reasons.first().map_or("-", |r| r.code()))
}

#[test]
fn every_named_situation_is_answered_as_it_should_be() {
    for (heading, situations) in GROUPS {
        for situation in situations() {
            assert_eq!(answered(&situation), situation.1, "{heading}: {}", situation.0);
        }
    }
}

#[test]
fn the_situations_as_a_table() {
    let groups: Vec<_> = GROUPS.iter().map(|(heading, list)| (*heading, rows_of(list()))).collect();
    assert_snapshot!("situations", table(&groups));
}

// The grids

fn asked(scene: &Scene) -> String {
    let facts = scene.facts();
    let decision = decide(&facts, &scene.question(), scene.now);
    format!("{:11}  {}", decision.outcome.name(), decision.reasons.first().map_or("-", |r| r.code()))
}

#[test]
fn every_state_by_every_action() {
    let mut out = format!("{:18}  {:22}  {:11}  FIRST REASON\n", "STATE", "ACTION", "OUTCOME");
    for state in StateName::ALL {
        out.push('\n');
        for action in Action::ALL {
            let mut scene = scene();
            scene.contract().state = state;
            scene.contract().services = Service::ALL.into_iter().collect();
            scene.action = Some(*action);
            let _ = writeln!(out, "{:18}  {:22}  {}", state.name(), action.name(), asked(&scene));
        }
    }
    assert_snapshot!("states_by_actions", out);
}

#[test]
fn every_service_in_force_by_every_action() {
    let mut out = format!("{:22}", "IN FORCE FOR");
    for service in Service::ALL {
        let _ = write!(out, "  {}", service.name());
    }
    for action in Action::ALL {
        let _ = write!(out, "\n{:22}", action.name());
        for service in Service::ALL {
            let _ = write!(out, "  {:w$}", yes_or_no(*action, service), w = service.name().len());
        }
    }
    let trimmed: Vec<_> = out.lines().map(str::trim_end).collect();
    assert_snapshot!("services_by_actions", trimmed.join("\n"));
}

fn yes_or_no(action: Action, service: Service) -> &'static str {
    let mut scene = scene();
    scene.contract().services = [service].into_iter().collect();
    scene.action = Some(action);
    let facts = scene.facts();
    match decide(&facts, &scene.question(), scene.now).outcome {
        Outcome::Permitted => "yes",
        Outcome::AdviceOnly => ".",
        Outcome::Refused => "refused",
    }
}
