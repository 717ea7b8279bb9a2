//! The gate against a second, slow reading of the rule in product.md, on random facts and questions; and the
//! promises that hold whatever the facts are.
//!
//! The oracle goes step by step over plain lists, keeps the hits of all steps apart, and thinks of a contract as
//! a span of time; `decide` goes over maps, once, and stops early.

use crate::samples::{day, user};
use crate::tape::{Tape, check};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::calendar::{end_of_day, start_of_day};
use domain::contract::StateName;
use domain::gate::{
    ContractFact, CustomerFact, Decision, Facts, Ground, Hints, Outcome, ProgramFact, Question, Reason,
    Resource, Subject, TechnicianFact, ToolFact, decide,
};
use domain::service::ServiceSet;
use domain::{Action, ContractId, CustomerId, Lang, Service};
use std::cell::RefCell;
use std::collections::BTreeMap;
use uuid::Uuid;

// Random facts and questions

const NUMBERS: [&str; 4] = ["K1", "K2", "K3", "K9"];
const MAILS: [&str; 4] = ["a@one.example", "b@two.example", "shared@all.example", "nobody@none.example"];
const PHONES: [&str; 4] = ["+49701", "+49702", "+49703", "+49799"];
const DOMAINS: [&str; 4] = ["one.example", "two.example", "all.example", "none.example"];
const TECHNICIANS: [&str; 4] = ["t1@p.example", "t2@p.example", "t3@p.example", "unknown@p.example"];
const PROGRAMS: [&str; 3] = ["agent", "crm", "unknown"];
const TOOLS: [&str; 3] = ["rustdesk", "teamlooker-us", "gadget"];

/// Days whose midnights are instants at which something changes; two of them are short and long ones.
fn days() -> [NaiveDate; 5] {
    [day(2026, 3, 28), day(2026, 3, 29), day(2026, 10, 25), day(2026, 11, 23), day(2027, 1, 1)]
}

#[derive(Clone, Debug)]
struct World {
    now: DateTime<Utc>,
    seen: DateTime<Utc>,
    customers: Vec<CustomerFact>,
    technicians: Vec<(&'static str, TechnicianFact)>,
    programs: Vec<(&'static str, ProgramFact)>,
    tools: Vec<(&'static str, ToolFact)>,
}

impl World {
    fn any(tape: &mut Tape) -> Self {
        let now = any_now(tape);
        let technicians = TECHNICIANS[..3].iter().map(|a| (*a, any_technician(tape))).collect();
        Self {
            now,
            seen: now - any_age(tape),
            technicians,
            programs: PROGRAMS[..2].iter().map(|p| (*p, any_program(tape, now))).collect(),
            tools: vec![
                ("rustdesk", ToolFact { third_country: false }),
                ("teamlooker-us", ToolFact { third_country: true }),
            ],
            customers: (0..3).map(|n| any_customer(n, tape)).collect(),
        }
    }

    fn facts(&self) -> Facts {
        let mut facts = Facts::new(self.customers.clone(), 1, self.seen);
        facts.technicians = self.technicians.iter().map(|(a, t)| ((*a).to_owned(), t.clone())).collect();
        facts.programs = self.programs.iter().map(|(n, p)| ((*n).to_owned(), p.clone())).collect();
        facts.tools = self.tools.iter().map(|(n, t)| ((*n).to_owned(), t.clone())).collect();
        facts
    }
}

/// Mostly fresh, often only just.
fn any_age(tape: &mut Tape) -> Duration {
    let fresh = [0, 2_000_000, -2_000_000];
    let stale = [2_000_001, -2_000_001, 3_600_000_000];
    Duration::microseconds(if tape.once_in(10) { tape.pick(&stale) } else { tape.pick(&fresh) })
}

/// On an edge, just before or after it, or a lease away from it.
fn any_now(tape: &mut Tape) -> DateTime<Utc> {
    let day = tape.pick(&days());
    let edge = if tape.once_in(2) { end_of_day(day) } else { start_of_day(day) };
    let offsets = [0, 0, 1, -1, 43_200_000_000, -300_000_000, -899_999_999, -900_000_000, -900_000_001];
    edge + Duration::microseconds(tape.pick(&offsets))
}

fn any_technician(tape: &mut Tape) -> TechnicianFact {
    TechnicianFact {
        user: user(7),
        technician: !tape.once_in(12),
        locked: tape.once_in(16),
        confidential_from: tape
            .mostly(10, |t| if t.once_in(4) { start_of_day(t.pick(&days())) } else { long_ago() }),
        trained_until: tape
            .mostly(10, |t| if t.once_in(3) { end_of_day(t.pick(&days())) } else { far_off() }),
    }
}

fn any_program(tape: &mut Tape, now: DateTime<Utc>) -> ProgramFact {
    let expires = [None, Some(-1), Some(0), Some(1), Some(60_000_000)];
    ProgramFact { expires_at: tape.pick(&expires).map(|us| now + Duration::microseconds(us)) }
}

fn any_customer(n: usize, tape: &mut Tape) -> CustomerFact {
    CustomerFact {
        id: CustomerId(Uuid::from_u128(n as u128)),
        number: NUMBERS[n].into(),
        name: NUMBERS[n].into(),
        language: Lang::De,
        service_contract: false,
        doubt: tape.once_in(12),
        objections: if tape.once_in(5) { any_services(tape) } else { ServiceSet::default() },
        contact_emails: vec![MAILS[n].into(), MAILS[2 - n / 2].into()],
        phones: vec![PHONES[n].into(), tape.pick(&PHONES).into()],
        domains: vec![DOMAINS[n].into(), tape.pick(&DOMAINS).into()],
        contracts: (0..tape.pick(&[1, 2, 3, 0])).map(|i| any_contract(n * 10 + i, tape)).collect(),
    }
}

fn any_contract(n: usize, tape: &mut Tape) -> ContractFact {
    ContractFact {
        id: ContractId(Uuid::from_u128(n as u128)),
        number: format!("AV-{n}"),
        version: 1,
        state: if tape.once_in(3) { tape.pick(&StateName::ALL) } else { StateName::InForce },
        services: if tape.once_in(3) { any_services(tape) } else { Service::ALL.into_iter().collect() },
        effective_from: if tape.once_in(3) { start_of_day(tape.pick(&days())) } else { long_ago() },
        effective_until: tape.once_in(3).then(|| end_of_day(tape.pick(&days()))),
        last_day: None,
        outdated_from: tape.once_in(4).then(|| end_of_day(tape.pick(&days()))),
        doubt: tape.once_in(12),
        third_country_agreed: tape.once_in(2),
    }
}

fn any_services(tape: &mut Tape) -> ServiceSet {
    let bits = tape.number(128);
    Service::ALL.into_iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1).map(|(_, s)| s).collect()
}

fn long_ago() -> DateTime<Utc> {
    start_of_day(day(2020, 1, 1))
}

fn far_off() -> DateTime<Utc> {
    end_of_day(day(2030, 12, 31))
}

fn any_question(tape: &mut Tape) -> Question<'static> {
    Question {
        subject: match tape.number(8) {
            0..=4 => Subject::Technician(tape.pick(&TECHNICIANS[..3])),
            5 | 6 => Subject::Program(tape.pick(&PROGRAMS)),
            _ => tape.pick(&[Subject::Unknown, Subject::Technician(TECHNICIANS[3])]),
        },
        action: tape.mostly(20, |t| t.pick(Action::ALL)),
        resource: match tape.number(20) {
            0..=12 => Resource::Number(tape.pick(&NUMBERS)),
            13..=18 => Resource::Hints(any_hints(tape)),
            _ => Resource::UnknownType,
        },
        tool: if tape.once_in(3) { Some(tape.pick(&TOOLS)) } else { None },
    }
}

fn any_hints(tape: &mut Tape) -> Hints<'static> {
    Hints {
        contact_email: tape.mostly(2, |t| t.pick(&MAILS)),
        phone: tape.mostly(2, |t| t.pick(&PHONES)),
        domain: tape.mostly(2, |t| t.pick(&DOMAINS)),
    }
}

// The oracle

/// What the rule says: the hits in order (only what permits, when it permits), and until when.
#[derive(Debug, PartialEq)]
struct Verdict {
    outcome: Outcome,
    reasons: Vec<Reason>,
    until: Option<DateTime<Utc>>,
    contract: Option<ContractId>,
}

impl Verdict {
    fn no(outcome: Outcome, reasons: Vec<Reason>) -> Self {
        Self { outcome, reasons, until: None, contract: None }
    }
}

fn oracle(w: &World, q: &Question<'_>) -> Verdict {
    let malformed = step_1(q);
    if !malformed.is_empty() {
        return Verdict::no(Outcome::Refused, malformed);
    }
    let (who, unsure) = step_4(w, q.resource);
    let doubtful = who.is_some_and(|c| c.doubt || c.contracts.iter().any(|k| k.doubt && !k.state.is_over()));
    let Some(service) = q.action.and_then(Action::service) else {
        return step_2(w, doubtful && unsure.is_none());
    };
    if (w.now - w.seen).abs() > Duration::seconds(2) {
        return Verdict::no(Outcome::AdviceOnly, vec![Reason::DataStale]);
    }
    let contracts = who.map_or(&[][..], |c| &c.contracts);
    let objected = who.is_some_and(|c| c.objections.has(service));
    let opening: Vec<_> = contracts.iter().filter(|c| opens(w.now, c, service)).collect();
    let usable = opening.iter().find(|c| use_problem(w, c, q.tool, objected).is_none());

    let step_3 = doubtful.then_some(Reason::DoubtOpen);
    let step_5 = step_5(w, q.subject);
    let blocked = usable.is_none() && who.is_some();
    let steps_6_and_7 =
        if blocked { steps_6_and_7(w, contracts, service, q.tool, objected) } else { Vec::new() };
    let step_8 = blocked.then_some(Reason::PersonsUnknown);

    let before_5: Vec<_> = step_3.into_iter().chain(unsure).collect();
    let first_is_the_asker = before_5.is_empty() && !step_5.is_empty();
    let mut hits = before_5;
    hits.extend(step_5.into_iter().chain(steps_6_and_7).chain(step_8));
    hits.dedup();
    match usable {
        Some(contract) if hits.is_empty() => step_9(w, q.subject, contract),
        _ if first_is_the_asker => Verdict::no(Outcome::Refused, hits),
        _ => Verdict::no(Outcome::AdviceOnly, hits),
    }
}

fn step_1(q: &Question<'_>) -> Vec<Reason> {
    let action = q.action.is_none().then_some(Reason::UnknownAction);
    let resource = (q.resource == Resource::UnknownType).then_some(Reason::UnknownResourceType);
    action.into_iter().chain(resource).collect()
}

fn step_2(w: &World, doubtful: bool) -> Verdict {
    let reasons = [Reason::OkAdvice].into_iter().chain(doubtful.then_some(Reason::DoubtOpen)).collect();
    Verdict {
        outcome: Outcome::Permitted,
        reasons,
        until: Some(w.now + Duration::minutes(15)),
        contract: None,
    }
}

/// Whose it is, and what stands against being sure of it.
fn step_4<'w>(w: &'w World, resource: Resource<'_>) -> (Option<&'w CustomerFact>, Option<Reason>) {
    let all =
        |test: &dyn Fn(&CustomerFact) -> bool| w.customers.iter().filter(|c| test(c)).collect::<Vec<_>>();
    let hints = match resource {
        Resource::UnknownType => return (None, None),
        Resource::Number(number) => {
            let named = all(&|c| c.number == number);
            return (named.first().copied(), named.is_empty().then_some(Reason::CustomerUnidentified));
        }
        Resource::Hints(hints) => hints,
    };
    let has = |list: &[String], hint: Option<&str>| hint.is_some_and(|h| list.iter().any(|x| x == h));
    let by_mail = all(&|c| has(&c.contact_emails, hints.contact_email));
    let by_phone_or_domain = all(&|c| has(&c.phones, hints.phone) || has(&c.domains, hints.domain));
    if let [one] = by_mail[..] {
        // Each other hint that is known at all has to be known of this customer too.
        let foreign = |hits: Vec<&CustomerFact>| !hits.is_empty() && !hits.iter().any(|c| c.id == one.id);
        if foreign(all(&|c| has(&c.phones, hints.phone))) || foreign(all(&|c| has(&c.domains, hints.domain)))
        {
            return (None, Some(Reason::CustomerAmbiguous));
        }
    }
    match (by_mail.len(), by_phone_or_domain.len()) {
        (1, _) => (Some(by_mail[0]), None),
        (0, 0) => (None, Some(Reason::CustomerUnidentified)),
        (0, 1) => (Some(by_phone_or_domain[0]), Some(Reason::SenderUnverified)),
        _ => (None, Some(Reason::CustomerAmbiguous)),
    }
}

fn step_5(w: &World, subject: Subject<'_>) -> Vec<Reason> {
    let known = match subject {
        Subject::Unknown => None,
        Subject::Program(name) => {
            let program = w.programs.iter().find(|(n, _)| *n == name);
            return match program.map(|(_, p)| p.expires_at) {
                Some(end) if end.is_none_or(|end| end > w.now) => Vec::new(),
                _ => vec![Reason::TechnicianUnknown],
            };
        }
        Subject::Technician(address) => w.technicians.iter().find(|(a, t)| *a == address && !t.locked),
    };
    let Some((_, t)) = known else { return vec![Reason::TechnicianUnknown] };
    let conditions = [
        (t.confidential_from.is_some_and(|from| from <= w.now), Reason::ConfidentialityMissing),
        (t.trained_until.is_some_and(|end| end > w.now), Reason::TrainingExpired),
        (t.technician, Reason::RoleMissing),
    ];
    conditions.into_iter().filter(|(met, _)| !met).map(|(_, reason)| reason).collect()
}

/// The instant from which a contract permits nothing any more.
fn closes(c: &ContractFact) -> DateTime<Utc> {
    c.effective_until
        .unwrap_or(DateTime::<Utc>::MAX_UTC)
        .min(c.outdated_from.unwrap_or(DateTime::<Utc>::MAX_UTC))
}

fn opens(now: DateTime<Utc>, c: &ContractFact, service: Service) -> bool {
    let span = c.effective_from..closes(c);
    c.state.rules() && c.services.has(service) && span.contains(&now)
}

/// From near to far from a permit, by hand.
const NEARNESS: [Reason; 12] = [
    Reason::ToolNotInDirectory,
    Reason::ObjectionOpen,
    Reason::ThirdCountryNotAgreed,
    Reason::TextVersionOutdated,
    Reason::ServiceNotCovered,
    Reason::ContractNotYetEffective,
    Reason::ContractAwaitingProvider,
    Reason::ContractAwaitingCustomer,
    Reason::ContractRequested,
    Reason::ContractDraft,
    Reason::ContractEnded,
    Reason::ContractDeclined,
];

fn steps_6_and_7(
    w: &World,
    contracts: &[ContractFact],
    service: Service,
    tool: Option<&str>,
    objected: bool,
) -> Vec<Reason> {
    let why = |c: &ContractFact| match opens(w.now, c, service) {
        true => use_problem(w, c, tool, objected).unwrap_or(Reason::InternalError),
        false => why_closed(w.now, c, service),
    };
    let said: Vec<_> = contracts.iter().map(why).collect();
    let named: Vec<_> = NEARNESS.into_iter().filter(|r| said.contains(r)).collect();
    if named.is_empty() { vec![Reason::NoContract] } else { named }
}

/// An unknown tool is named before an objection, an objection before the way out of the EEA.
fn use_problem(w: &World, c: &ContractFact, tool: Option<&str>, objected: bool) -> Option<Reason> {
    let problem = tool_problem(w, c, tool);
    match problem {
        Some(Reason::ToolNotInDirectory) => problem,
        _ if objected => Some(Reason::ObjectionOpen),
        other => other,
    }
}

fn why_closed(now: DateTime<Utc>, c: &ContractFact, service: Service) -> Reason {
    match c.state.name() {
        "in_force" | "ending" if now < c.effective_from => Reason::ContractNotYetEffective,
        "in_force" | "ending" if c.effective_until.is_some_and(|end| end <= now) => Reason::ContractEnded,
        "in_force" | "ending" if closes(c) <= now => Reason::TextVersionOutdated,
        "in_force" | "ending" if !c.services.has(service) => Reason::ServiceNotCovered,
        "draft" => Reason::ContractDraft,
        "requested" => Reason::ContractRequested,
        "offered" => Reason::ContractAwaitingCustomer,
        "signed_by_customer" | "paper_unconfirmed" => Reason::ContractAwaitingProvider,
        "ended" | "closed" => Reason::ContractEnded,
        "declined" => Reason::ContractDeclined,
        "withdrawn" | "lapsed" => Reason::NoContract,
        _ => Reason::InternalError,
    }
}

fn tool_problem(w: &World, c: &ContractFact, tool: Option<&str>) -> Option<Reason> {
    let tool = tool?;
    match w.tools.iter().find(|(name, _)| *name == tool) {
        None => Some(Reason::ToolNotInDirectory),
        Some((_, t)) => (t.third_country && !c.third_country_agreed).then_some(Reason::ThirdCountryNotAgreed),
    }
}

fn step_9(w: &World, subject: Subject<'_>, contract: &ContractFact) -> Verdict {
    let asker = match subject {
        Subject::Technician(a) => {
            w.technicians.iter().find(|(x, _)| *x == a).and_then(|(_, t)| t.trained_until)
        }
        Subject::Program(n) => w.programs.iter().find(|(x, _)| *x == n).and_then(|(_, p)| p.expires_at),
        Subject::Unknown => None,
    };
    let ends = [Some(w.now + Duration::minutes(15)), asker, Some(closes(contract))];
    Verdict {
        outcome: Outcome::Permitted,
        reasons: vec![Reason::OkContract],
        until: ends.into_iter().flatten().min(),
        contract: Some(contract.id),
    }
}

/// What was decided, in the oracle's words.
fn said(d: &Decision<'_>) -> Verdict {
    Verdict {
        outcome: d.outcome,
        reasons: d.reasons.iter().collect(),
        until: d.valid_until,
        contract: d.ground.and_then(|g| g.contract()),
    }
}

// The properties

/// Asks 25 questions in each of `cases` worlds.
fn ask(cases: u32, mut each: impl FnMut(&World, &Question<'_>, &Decision<'_>)) {
    let each = RefCell::new(&mut each);
    check(cases, 48, |tape| {
        let world = World::any(tape);
        let facts = world.facts();
        for _ in 0..25 {
            let question = any_question(tape);
            (*each.borrow_mut())(&world, &question, &decide(&facts, &question, world.now));
        }
    });
}

#[test]
fn twenty_thousand_answers_are_what_the_rule_says() {
    let mut seen: BTreeMap<Reason, u32> = BTreeMap::new();
    ask(800, |w, q, d| {
        let expected = oracle(w, q);
        assert_eq!(said(d), expected, "{q:?}");
        d.reasons.iter().for_each(|r| *seen.entry(r).or_default() += 1);
    });
    assert_all_possible_reasons(&seen);
}

/// The property is worth nothing unless every reason comes up, and a permit often enough.
fn assert_all_possible_reasons(seen: &BTreeMap<Reason, u32>) {
    use Reason::{
        ConsentExpired, ConsentMissing, ConsentWithdrawn, InternalError, OkConsent, OkOverride,
        PersonsIncomplete,
    };
    let not_yet = [
        PersonsIncomplete,
        ConsentMissing,
        ConsentWithdrawn,
        ConsentExpired,
        OkConsent,
        OkOverride,
        InternalError,
    ];
    let missing: Vec<_> =
        Reason::ALL.iter().filter(|r| !not_yet.contains(r) && !seen.contains_key(r)).collect();
    assert!(missing.is_empty(), "never came up: {missing:?}");
    assert!(seen[&Reason::OkContract] > 500, "permits: {}", seen[&Reason::OkContract]);
}

#[test]
fn a_permit_stands_on_a_contract_in_force_that_covers_and_on_no_doubt() {
    ask(80, |w, q, d| {
        let Some(Ground::Contract(c)) = d.ground else { return };
        let customer = d.customer.expect("a permit is for somebody");
        assert!(customer.contracts.contains(c) && c.state.rules() && !c.doubt);
        assert!(c.effective_from <= w.now && w.now < closes(c));
        assert!(q.action.and_then(Action::service).is_some_and(|s| c.services.has(s)));
        assert!(!customer.doubt && !d.guessed);
        assert_eq!(d.reasons.as_slice(), [Reason::OkContract]);
    });
}

#[test]
fn only_a_permit_has_a_ground_and_an_end_and_every_answer_has_a_reason() {
    ask(80, |_, _, d| {
        let permitted = d.outcome == Outcome::Permitted;
        assert_eq!((permitted, permitted), (d.ground.is_some(), d.valid_until.is_some()));
        assert_eq!(d.reasons.first().map(Reason::outcome), Some(d.outcome));
        assert!(!d.reasons.iter().any(|r| r == Reason::InternalError));
    });
}

#[test]
fn stale_facts_permit_nothing_but_advice() {
    ask(80, |w, q, d| {
        if (w.now - w.seen).abs() > Duration::seconds(2) && q.action != Some(Action::Advise) {
            assert_ne!(d.outcome, Outcome::Permitted);
        }
    });
}

#[test]
fn a_permit_ends_within_fifteen_minutes_and_with_the_contract() {
    ask(80, |w, _, d| {
        let Some(until) = d.valid_until else { return };
        assert!(until > w.now && until <= w.now + Duration::minutes(15));
        if let Some(Ground::Contract(c)) = d.ground {
            assert!(until <= closes(c));
        }
    });
}

#[test]
fn a_permit_holds_until_it_ends_and_not_because_of_luck() {
    ask(60, |w, q, d| {
        let Some(until) = d.valid_until.filter(|_| q.action != Some(Action::Advise)) else { return };
        let last_instant = World { now: until - Duration::microseconds(1), seen: until, ..w.clone() };
        let facts = last_instant.facts();
        assert_eq!(
            decide(&facts, q, last_instant.now).outcome,
            Outcome::Permitted,
            "nothing ends before {until}"
        );
    });
}

#[test]
fn one_more_doubt_never_turns_a_no_into_a_yes() {
    check(200, 48, |tape| {
        let before = World::any(tape);
        let after = with_one_more_doubt(&before, tape);
        let (facts, doubtful) = (before.facts(), after.facts());
        for _ in 0..15 {
            let q = any_question(tape);
            let yes_before = decide(&facts, &q, before.now).outcome == Outcome::Permitted;
            let yes_after = decide(&doubtful, &q, after.now).outcome == Outcome::Permitted;
            assert!(yes_before || !yes_after, "{q:?}");
        }
    });
}

fn with_one_more_doubt(world: &World, tape: &mut Tape) -> World {
    let mut world = world.clone();
    let i = tape.number(world.customers.len());
    let customer = &mut world.customers[i];
    match tape.number(1 + customer.contracts.len()) {
        0 => customer.doubt = true,
        n => customer.contracts[n - 1].doubt = true,
    }
    world
}

#[test]
fn a_doubt_on_the_customer_stops_everything_but_advice() {
    ask(80, |_, q, d| {
        if d.customer.is_some_and(|c| c.doubt) && q.action != Some(Action::Advise) {
            assert_ne!(d.outcome, Outcome::Permitted);
        }
    });
}
