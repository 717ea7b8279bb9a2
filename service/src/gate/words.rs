//! What is said besides the decision: which reasons, with which priority, what lifts the block, what to do besides,
//! and the ready text for the customer.

use crate::portal::Portal;
use crate::problem::{Result, internal};
use domain::gate::{CustomerFact, Decision, Outcome, Reason};
use domain::template::{Values, fill};
use domain::{Action, Lang};

/// How much is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Explain {
    /// The decision only.
    None,
    /// The reasons of the step that decides.
    #[default]
    Codes,
    /// Everything that was hit.
    Full,
}

impl Explain {
    /// Reads its name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "none" => Some(Self::None),
            "codes" => Some(Self::Codes),
            "full" => Some(Self::Full),
            _ => None,
        }
    }
}

/// The steps of the rule that a reason can come from; reasons of one step belong together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Question,
    Doubt,
    Customer,
    Asker,
    Contract,
    Other,
}

fn step(reason: Reason) -> Step {
    use Reason as R;
    match reason {
        R::UnknownAction | R::UnknownResourceType => Step::Question,
        R::DoubtOpen => Step::Doubt,
        R::CustomerUnidentified | R::CustomerAmbiguous | R::SenderUnverified => Step::Customer,
        R::TechnicianUnknown | R::ConfidentialityMissing | R::TrainingExpired | R::RoleMissing => Step::Asker,
        R::OkAdvice | R::OkContract | R::OkConsent | R::OkOverride | R::DataStale | R::InternalError => {
            Step::Other
        }
        _ => Step::Contract,
    }
}

/// The reasons to tell: those of the deciding step (a permit's hints too), or all.
pub fn told<'d>(decision: &'d Decision<'_>, explain: Explain) -> impl Iterator<Item = Reason> + 'd {
    let first = decision.reasons.first().map(step);
    let all = explain == Explain::Full || decision.outcome == Outcome::Permitted;
    decision.reasons.iter().filter(move |r| all || Some(step(*r)) == first)
}

/// Who is served first (R100). Known by a hint is enough: it opens nothing.
pub fn priority(decision: &Decision<'_>) -> &'static str {
    if decision.customer.is_some_and(|c| c.service_contract) { "service_contract" } else { "standard" }
}

/// What can be asked for to lift the block, when the customer itself can do it: the contract.
pub fn access_request<'f>(decision: &Decision<'f>) -> Option<(&'static str, &'f CustomerFact)> {
    use Reason as R;
    let customer = identified(decision)?;
    let first = decision.reasons.first()?;
    // Our examination, our countersignature, a day to come: there the customer can only wait.
    let customers_turn = matches!(
        first,
        R::NoContract
            | R::ContractDraft
            | R::ContractAwaitingCustomer
            | R::ContractEnded
            | R::ContractDeclined
            | R::TextVersionOutdated
            | R::ServiceNotCovered
    );
    customers_turn.then_some(("av_contract.sign", customer))
}

/// What whoever asked must do besides. On a denial only: a program that does not know an obligation must refuse.
pub fn obligations(decision: &Decision<'_>) -> &'static [&'static str] {
    let customers_matter = matches!(decision.reasons.first().map(step), Some(Step::Contract | Step::Doubt));
    if decision.outcome == Outcome::AdviceOnly && customers_matter && identified(decision).is_some() {
        &["inform_customer"]
    } else {
        &[]
    }
}

/// What may be done instead.
pub fn allowed_instead(decision: &Decision<'_>) -> &'static [Action] {
    if decision.outcome == Outcome::AdviceOnly { &[Action::Advise] } else { &[] }
}

/// The customer, unless it is only guessed.
pub fn identified<'f>(decision: &Decision<'f>) -> Option<&'f CustomerFact> {
    decision.customer.filter(|_| !decision.guessed)
}

/// Where the customer sees the present state and does the next step, in its language.
pub fn customer_link(portal: &Portal, customer: &CustomerFact) -> String {
    portal.url(customer.language, &format!("/my/{}", customer.id))
}

/// The ready text for the customer in its language, with that language; none where nothing is denied or the
/// customer is not known.
///
/// # Errors
/// When the template names what there is not.
pub fn customer_text(
    portal: &Portal,
    decision: &Decision<'_>,
    action: Action,
) -> Result<Option<(Lang, String)>> {
    let (Some(customer), Some(reason)) = (identified(decision), decision.reasons.first()) else {
        return Ok(None);
    };
    if decision.outcome != Outcome::AdviceOnly {
        return Ok(None);
    }
    let lang = customer.language;
    let texts = &portal.content.gate;
    let values = Values::from([
        ("customer_name".into(), customer.name.clone()),
        ("action".into(), portal.content.catalogue.action(action, lang).to_string()),
        ("reason".into(), texts.reason(reason, lang).customer.clone()),
        ("link".into(), customer_link(portal, customer)),
        ("provider_name".into(), portal.content.provider.legal_name.clone()),
    ]);
    let text = fill(texts.customer_text.get(lang), &values).map_err(internal)?;
    Ok(Some((lang, text.trim().to_string())))
}
