//! The gate: *may this subject do this action for this customer now?* A pure function of facts and time.
//! First hit decides, all hits are listed, unknown means no, and it fails closed.

pub mod facts;

pub mod forecast;

pub mod reason;

pub use facts::{ContractFact, CustomerFact, Facts, ProgramFact, TechnicianFact, ToolFact};
pub use reason::{Reason, Reasons};

use crate::contract::StateName;
use crate::{Action, ContractId};
use chrono::{DateTime, Duration, Utc};
use std::sync::Arc;

/// A permit holds at most this long; who works on asks again (the lease of a work session).
pub const PERMIT_HOLDS: Duration = Duration::minutes(15);
/// Facts older than this deny.
pub const FACTS_FRESH: Duration = Duration::seconds(2);

/// A question, as far as it could be read.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Who wants to.
    pub subject: Subject<'a>,
    /// What; `None` when the name is unknown.
    pub action: Option<Action>,
    /// For whom.
    pub resource: Resource<'a>,
    /// With which tool, by its id in the directory.
    pub tool: Option<&'a str>,
}

/// Who asks for themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject<'a> {
    /// A technician by address.
    Technician(&'a str),
    /// An automation or integration by client name.
    Program(&'a str),
    /// A type of subject that is not known.
    Unknown,
}

/// What the action is done to, reduced to whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource<'a> {
    /// A customer number, given by an authenticated asker: identified.
    Number(&'a str),
    /// Only hints.
    Hints(Hints<'a>),
    /// A type of resource that is not known.
    UnknownType,
}

/// What is known of somebody who has not been identified.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hints<'a> {
    /// Address of a contact.
    pub contact_email: Option<&'a str>,
    /// Phone number in E.164.
    pub phone: Option<&'a str>,
    /// Domain.
    pub domain: Option<&'a str>,
}

/// The three answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Go ahead.
    Permitted,
    /// Tips, explanations, self-help; nothing that touches data.
    AdviceOnly,
    /// Not even that is answered: unknown asker or malformed question.
    Refused,
}

impl Outcome {
    /// Stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Permitted => "permitted",
            Self::AdviceOnly => "advice_only",
            Self::Refused => "refused",
        }
    }
}

/// On which ground it is permitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground<'f> {
    /// Advice needs none.
    Advice,
    /// A contract in force that covers it.
    Contract(&'f ContractFact),
}

/// The answer.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'f> {
    /// The answer in one word.
    pub outcome: Outcome,
    /// Why; the first decides.
    pub reasons: Reasons,
    /// The ground of a permit.
    pub ground: Option<Ground<'f>>,
    /// Until when a permit holds.
    pub valid_until: Option<DateTime<Utc>>,
    /// The customer, where one was found (identified or by a hint).
    pub customer: Option<&'f CustomerFact>,
    /// Whether the customer is only guessed by a hint: nothing of it may be told outside.
    pub guessed: bool,
}

/// Answers one question. Reads nothing but its arguments.
pub fn decide<'f>(facts: &'f Facts, q: &Question<'_>, now: DateTime<Utc>) -> Decision<'f> {
    let mut reasons = Reasons::default();
    let found = find_customer(facts, q.resource);

    // 1. Unknown questions are refused before anything else is looked at.
    let known_resource = q.resource != Resource::UnknownType;
    let (Some(action), true) = (q.action, known_resource) else {
        if q.action.is_none() {
            reasons.push(Reason::UnknownAction);
        }
        if !known_resource {
            reasons.push(Reason::UnknownResourceType);
        }
        return answer(Outcome::Refused, reasons, &found);
    };

    // 3. A doubt stops everything; nothing permits past it. One on a contract counts like one on its customer.
    let doubt = found.customer.is_some_and(CustomerFact::in_doubt);

    // 2. Advice touches no data; an open doubt goes along as a hint, where the customer is more than guessed.
    let Some(service) = action.service() else {
        reasons.push(Reason::OkAdvice);
        if doubt && found.problem.is_none() {
            reasons.push(Reason::DoubtOpen);
        }
        let mut decision = answer(Outcome::Permitted, reasons, &found);
        decision.ground = Some(Ground::Advice);
        decision.valid_until = Some(now + PERMIT_HOLDS);
        return decision;
    };

    if !facts.fresh(now) {
        reasons.push(Reason::DataStale);
        return answer(Outcome::AdviceOnly, reasons, &found);
    }
    if doubt {
        reasons.push(Reason::DoubtOpen);
    }
    // 4. Whose data?
    if let Some(reason) = found.problem {
        reasons.push(reason);
    }
    // 5. Who works?
    let asker_until = check_subject(facts, q.subject, now, &mut reasons);

    // 6. and 7. Contract, scope, tool. Without a customer there is nothing to look at.
    let contract = match found.customer.map(|c| best_contract(facts, c, service, q.tool, now)) {
        None => None,
        Some(Ok(best)) => Some(best),
        Some(Err(hits)) => {
            hits.iter().for_each(|r| reasons.push(r));
            // 8. The place of consent: nobody concerned has been named, so nobody can have consented.
            reasons.push(Reason::PersonsUnknown);
            None
        }
    };

    // 9. Nothing was hit: permitted on the contract.
    match contract {
        Some((contract, until)) if reasons.is_empty() => {
            reasons.push(Reason::OkContract);
            let mut decision = answer(Outcome::Permitted, reasons, &found);
            decision.ground = Some(Ground::Contract(contract));
            let ends = [asker_until, until, Some(now + PERMIT_HOLDS)];
            decision.valid_until = ends.into_iter().flatten().min();
            decision
        }
        _ => answer(reasons.first().map_or(Outcome::AdviceOnly, Reason::outcome), reasons, &found),
    }
}

fn answer<'f>(outcome: Outcome, reasons: Reasons, found: &Found<'f>) -> Decision<'f> {
    Decision {
        outcome,
        reasons,
        ground: None,
        valid_until: None,
        customer: found.customer,
        guessed: found.problem.is_some(),
    }
}

struct Found<'f> {
    customer: Option<&'f CustomerFact>,
    problem: Option<Reason>,
}

/// Identification: a number identifies; a contact's address identifies when it belongs to one customer only and no
/// other hint speaks for somebody else; phone and domain are never more than a hint.
fn find_customer<'f>(facts: &'f Facts, resource: Resource<'_>) -> Found<'f> {
    let found = |customer, problem| Found { customer, problem };
    let hints = match resource {
        Resource::Number(number) => {
            let customer = facts.customer(number);
            return found(customer, customer.is_none().then_some(Reason::CustomerUnidentified));
        }
        Resource::UnknownType => return found(None, None),
        Resource::Hints(hints) => hints,
    };
    let by_phone = hints.phone.map_or(&[][..], |p| facts.by_phone(p));
    let by_domain = hints.domain.map_or(&[][..], |d| facts.by_domain(d));
    if let Some(address) = hints.contact_email {
        match facts.by_contact(address) {
            [one] if of_others(by_phone, one) || of_others(by_domain, one) => {
                return found(None, Some(Reason::CustomerAmbiguous));
            }
            [one] => return found(Some(one), None),
            [] => {}
            _ => return found(None, Some(Reason::CustomerAmbiguous)),
        }
    }
    match (by_phone, by_domain) {
        ([], []) => found(None, Some(Reason::CustomerUnidentified)),
        ([one], []) | ([], [one]) => found(Some(one), Some(Reason::SenderUnverified)),
        ([a], [b]) if a.id == b.id => found(Some(a), Some(Reason::SenderUnverified)),
        _ => found(None, Some(Reason::CustomerAmbiguous)),
    }
}

/// Whether a hint is known, but not of this customer.
fn of_others(hint: &[Arc<CustomerFact>], one: &CustomerFact) -> bool {
    !hint.is_empty() && hint.iter().all(|c| c.id != one.id)
}

/// Checks the asker and gives the instant at which the check would fail.
fn check_subject(
    facts: &Facts,
    subject: Subject<'_>,
    now: DateTime<Utc>,
    reasons: &mut Reasons,
) -> Option<DateTime<Utc>> {
    let technician = match subject {
        Subject::Program(name) if facts.programs.get(name).is_some_and(|p| p.alive(now)) => {
            return facts.programs.get(name).and_then(|p| p.expires_at);
        }
        Subject::Technician(address) => facts.technicians.get(address).filter(|t| !t.locked),
        Subject::Program(_) | Subject::Unknown => None,
    };
    let Some(t) = technician else {
        reasons.push(Reason::TechnicianUnknown);
        return None;
    };
    if t.confidential_from.is_none_or(|from| now < from) {
        reasons.push(Reason::ConfidentialityMissing);
    }
    if t.trained_until.is_none_or(|until| now >= until) {
        reasons.push(Reason::TrainingExpired);
    }
    if !t.technician {
        reasons.push(Reason::RoleMissing);
    }
    t.trained_until
}

type Best<'f> = Result<(&'f ContractFact, Option<DateTime<Utc>>), Reasons>;

/// One contract that permits wins; else all hits, the one nearest to a permit first.
fn best_contract<'f>(
    facts: &Facts,
    customer: &'f CustomerFact,
    service: crate::Service,
    tool: Option<&str>,
    now: DateTime<Utc>,
) -> Best<'f> {
    let mut hits = Reasons::default();
    for contract in &customer.contracts {
        let covered = check_contract(contract, service, now);
        let usable =
            covered.and_then(|until| check_use(facts, customer, contract, service, tool).map(|()| until));
        match usable {
            Ok(until) => return Ok((contract, until)),
            Err(Reason::NoContract) => {}
            Err(reason) => hits.push(reason),
        }
    }
    hits.sort_nearest_first();
    if hits.is_empty() {
        hits.push(Reason::NoContract);
    }
    Err(hits)
}

/// Step 6, and the scope of step 7: whether one contract permits, and until when; else its first hit.
fn check_contract(
    c: &ContractFact,
    service: crate::Service,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, Reason> {
    match c.state {
        // Notice closes nothing before its last day, which is among the facts.
        StateName::InForce | StateName::Ending => {}
        StateName::Draft => return Err(Reason::ContractDraft),
        StateName::Requested => return Err(Reason::ContractRequested),
        StateName::Offered => return Err(Reason::ContractAwaitingCustomer),
        StateName::SignedByCustomer | StateName::PaperUnconfirmed => {
            return Err(Reason::ContractAwaitingProvider);
        }
        StateName::Ended | StateName::Closed => return Err(Reason::ContractEnded),
        StateName::Declined => return Err(Reason::ContractDeclined),
        StateName::Withdrawn | StateName::Lapsed => return Err(Reason::NoContract),
    }
    if now < c.effective_from {
        return Err(Reason::ContractNotYetEffective);
    }
    if c.effective_until.is_some_and(|end| now >= end) {
        return Err(Reason::ContractEnded);
    }
    if c.outdated_from.is_some_and(|end| now >= end) {
        return Err(Reason::TextVersionOutdated);
    }
    if !c.services.has(service) {
        return Err(Reason::ServiceNotCovered);
    }
    Ok([c.effective_until, c.outdated_from].into_iter().flatten().min())
}

/// The rest of step 7: tool, objection, third country.
fn check_use(
    facts: &Facts,
    customer: &CustomerFact,
    contract: &ContractFact,
    service: crate::Service,
    tool: Option<&str>,
) -> Result<(), Reason> {
    let known = tool.map(|name| facts.tools.get(name).ok_or(Reason::ToolNotInDirectory)).transpose()?;
    if customer.objections.has(service) {
        return Err(Reason::ObjectionOpen);
    }
    match known {
        Some(t) if t.third_country && !contract.third_country_agreed => Err(Reason::ThirdCountryNotAgreed),
        _ => Ok(()),
    }
}

/// What an action's answer would be for a contract, named for the row of small marks on the technician's page.
pub fn decide_all<'f>(
    facts: &'f Facts,
    question: &Question<'_>,
    now: DateTime<Utc>,
) -> Vec<(Action, Decision<'f>)> {
    Action::ALL
        .iter()
        .map(|a| (*a, decide(facts, &Question { action: Some(*a), ..*question }, now)))
        .collect()
}

/// Ground in words for records: kind, contract number, version.
impl Ground<'_> {
    /// Stable name of the kind.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Contract(_) => "av_contract",
        }
    }

    /// The contract behind it.
    pub const fn contract(&self) -> Option<ContractId> {
        match self {
            Self::Contract(c) => Some(c.id),
            Self::Advice => None,
        }
    }
}
