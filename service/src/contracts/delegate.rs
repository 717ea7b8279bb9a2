//! "I am not the right person": a signatory passes the signature on, or says that they do not know to whom.

use super::{customer_link, customer_of, event, load, managers, people_of, save, staff_link, wrong_state};
use crate::mail::{self, Letter, Recipient};
use crate::people::{Authority, invite};
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::contract::delegation::Delegation;
use domain::contract::request::Person;
use domain::contract::{Contract, ContractState};
use domain::customer::Customer;
use domain::permission::{CustomerRole, Signatory};
use domain::{ContractId, Mistakes, UserId, calendar, text};
use store::{Work, sign_codes};

/// What the signatory typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DelegateInput {
    /// The right person; not looked at when they are not known.
    pub person: Person,
    /// They do not know who is right.
    pub unknown: bool,
    /// Why; may be empty.
    pub reason: String,
}

/// Passes the signature on. The old person cannot sign this offer any more, the new one is invited and told; where
/// nobody is known, the contract managers and the customer's other contacts are told.
///
/// # Errors
/// [`crate::Problem::Mistakes`] (fields `delegate_…`), [`crate::Problem::Refused`] when this person may not sign (any
/// more).
pub async fn run(
    portal: &Portal,
    by: &Signatory,
    id: ContractId,
    input: &DelegateInput,
    now: DateTime<Utc>,
) -> Result<()> {
    let (to, reason) = check(input)?;
    let mut work = portal.begin().await?;
    let mut contract = load(&work, by.customer, id).await?;
    let ContractState::Offered(offered) = contract.state.clone() else {
        return Err(wrong_state(&contract.state));
    };
    let offered = offered.delegate(by.user, &by.email, to.clone(), &reason, now)?;
    sign_codes::spend(work.db(), id, by.user).await?;
    let customer = customer_of(&work, &contract).await?;
    let state = ContractState::Offered(offered);
    let successor = match &to {
        Some(person) => {
            let authority = Authority::from(by.clone());
            let user = invite_successor(portal, &mut work, &customer, person, &authority, now).await?;
            user.to_string()
        }
        None => "unknown".into(),
    };
    let event = event("contract.delegated", format!("user:{}", by.user), id).fact("successor", successor);
    save(&mut work, &mut contract, state, event, now).await?;
    match &to {
        Some(person) => tell_successor(portal, &work, &contract, &customer, person, now).await?,
        None => tell_who_may_know(portal, &work, &contract, &customer, by, now).await?,
    }
    portal.commit(work, now).await
}

/// All mistakes at once.
fn check(input: &DelegateInput) -> Result<(Option<Person>, String), Mistakes> {
    let mut m = Mistakes::default();
    let person = match input.unknown {
        true => None,
        false => input.person.check_signatory("delegate").map_err(|mut wrong| m.0.append(&mut wrong.0)).ok(),
    };
    let reason = m.take(text::paragraph("delegate_reason", &input.reason, 1000));
    m.or(reason.map(|reason| (person, reason)))
}

/// Sees to it that the person has an account with the role.
pub(super) async fn invite_successor(
    portal: &Portal,
    work: &mut Work,
    customer: &Customer,
    person: &Person,
    by: &Authority,
    now: DateTime<Utc>,
) -> Result<UserId> {
    let invited = invite::Person {
        name: person.name.clone(),
        email: person.email.clone(),
        language: customer.facts.language,
    };
    let role = CustomerRole::Signatory;
    Ok(invite::ensure_customer_user(portal, work, &invited, customer, role, by, now).await?.id)
}

/// The offer by mail, to whom the place was given last.
pub(super) async fn tell_successor(
    portal: &Portal,
    work: &Work,
    contract: &Contract,
    customer: &Customer,
    person: &Person,
    now: DateTime<Utc>,
) -> Result<()> {
    let (ContractState::Offered(offered), Some(passed)) =
        (&contract.state, contract.state.delegations().last())
    else {
        return Ok(());
    };
    let Some(user) = store::users::by_email(work.db(), &person.email).await? else { return Ok(()) };
    let lang = user.language;
    let letter = Letter::new("signature_passed_on", Recipient::from(&user))
        .value("customer_name", &customer.facts.legal_name)
        .value("contract_number", &contract.number)
        .value("passed_on_by", &passed.from_name)
        .value("services", portal.content.catalogue.service_names(&contract.state.services(), lang))
        .value("valid_until", calendar::date_in_words(offered.valid_until, lang))
        .value("link", format!("{}/sign", customer_link(portal, lang, contract)));
    let key = format!("signature_passed_on:{}:{}:{}", contract.id, contract.lock, user.id);
    mail::enqueue(portal, work, letter, format!("contract:{}", contract.id), key, now).await
}

/// Contract managers, the customer's other people, and the privacy contact that the request names.
async fn tell_who_may_know(
    portal: &Portal,
    work: &Work,
    contract: &Contract,
    customer: &Customer,
    by: &Signatory,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut to: Vec<(Recipient, String)> = Vec::new();
    for m in managers(work.db()).await? {
        to.push((Recipient::from(&m), staff_link(portal, m.language, contract.id)));
    }
    let roles = [CustomerRole::Signatory, CustomerRole::PrivacyContact];
    let people = people_of(work, contract.customer, &roles).await?;
    for user in people.iter().filter(|u| u.id != by.user) {
        to.push((Recipient::from(user), customer_link(portal, user.language, contract)));
    }
    if let Some(request) = contract.state.request() {
        let (p, lang) = (&request.privacy_contact, request.language);
        let known = p.email == by.email || to.iter().any(|(r, _)| r.address == p.email);
        if !known {
            let recipient = Recipient { address: p.email.clone(), name: p.name.clone(), lang };
            to.push((recipient, customer_link(portal, lang, contract)));
        }
    }
    let Some(passed) = contract.state.delegations().last() else { return Ok(()) };
    for (n, (recipient, link)) in to.into_iter().enumerate() {
        let letter = unknown_letter(contract, customer, passed, recipient, link);
        let key = format!("signatory_unknown:{}:{}:{n}", contract.id, contract.lock);
        mail::enqueue(portal, work, letter, format!("contract:{}", contract.id), key, now).await?;
    }
    Ok(())
}

fn unknown_letter(
    contract: &Contract,
    customer: &Customer,
    passed: &Delegation,
    to: Recipient,
    link: String,
) -> Letter {
    let lang = to.lang;
    let until = match &contract.state {
        ContractState::Offered(o) => calendar::date_in_words(o.valid_until, lang),
        _ => String::new(),
    };
    Letter::new("signatory_unknown", to)
        .value("customer_name", &customer.facts.legal_name)
        .value("contract_number", &contract.number)
        .value("passed_on_by", &passed.from_name)
        .value("reason", if passed.reason.is_empty() { "–" } else { &passed.reason })
        .value("valid_until", until)
        .value("link", link)
}
