//! A customer begins a contract: a draft, pre-filled from what is known.

use super::{event, open_contract};
use crate::customers::import_customers::stale;
use crate::fresh;
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Datelike, Utc};
use domain::contract::lifecycle::{Draft, contract_number};
use domain::contract::request::{Person, RequestInput, ScopeInput};
use domain::contract::{Contract, ContractState, Request, StateName};
use domain::customer::{Contact, ContactKind, Customer};
use domain::permission::CustomerUser;
use domain::{ContractId, Service, calendar};
use store::{Work, contacts, contracts, counters, customers};

/// Begins a draft, or finds the one that is on its way: a second click begins nothing.
///
/// # Errors
/// [`Problem::Missing`] without the right to request.
pub async fn run(portal: &Portal, by: &CustomerUser, now: DateTime<Utc>) -> Result<ContractId> {
    if !by.may_request() {
        return Err(Problem::Missing);
    }
    let mut work = portal.begin().await?;
    // Held before the contracts are looked at: of two clicks at once the second one sees the draft of the first.
    let customer = customers::hold(work.db(), by.customer).await?.ok_or(Problem::Missing)?;
    let all = contracts::of_customer(work.db(), customer.id).await?;
    if let Some(open) = open_contract(&all) {
        return Ok(open.id);
    }
    let known = contacts::of_customer(work.db(), customer.id).await?;
    let input = match all.iter().find_map(|c| c.state.request()) {
        Some(before) => as_before(portal, &customer, before),
        None => prefill(portal, &customer, &known),
    };
    let id = fresh::id(now);
    let contract = Contract {
        id,
        customer: customer.id,
        number: next_number(&work, now).await?,
        version: 1,
        state: ContractState::Draft(Draft { input }),
        lock: 0,
        created_at: now,
        updated_at: now,
    };
    // An import that took the number at this very moment: the next click gets the next one.
    contracts::insert_many(work.db(), std::slice::from_ref(&contract)).await.map_err(stale)?;
    work.record(event("contract.begun", format!("user:{}", by.user), id).fact("to", StateName::Draft.name()));
    work.gate_changed();
    portal.commit(work, now).await?;
    Ok(id)
}

/// The next contract number of this year that is free: contracts on paper were imported with numbers of their own.
pub(crate) async fn next_number(work: &Work, now: DateTime<Utc>) -> Result<String> {
    let year = calendar::berlin_date(now).year();
    loop {
        let n = counters::next(work.db(), &format!("contract-number:{year}")).await?;
        let number = contract_number(year, n);
        if contracts::existing_numbers(work.db(), std::slice::from_ref(&number)).await?.is_empty() {
            return Ok(number);
        }
    }
}

/// What was asked for the last time, and the services booked since.
fn as_before(portal: &Portal, customer: &Customer, before: &Request) -> RequestInput {
    let mut input = before.as_input();
    let booked = services(customer).into_iter().filter(|s| !before.services().contains(s));
    input.scope.extend(booked.map(|s| usual_scope(portal, s)));
    input.signatories.resize_with(2, Person::default);
    input
}

/// A request with everything that is known; nothing is ticked that the customer has to declare.
pub(super) fn prefill(portal: &Portal, customer: &Customer, known: &[Contact]) -> RequestInput {
    let person = |c: &Contact| Person {
        name: c.name.clone(),
        email: c.email.clone(),
        function: c.function.clone(),
        phone: String::new(),
    };
    let of = |kind: ContactKind| known.iter().filter(move |c| c.kind == kind).map(person);
    let privacy = of(ContactKind::Privacy).next().unwrap_or_default();
    let mut signatories: Vec<_> = of(ContactKind::Signatory).take(2).collect();
    signatories.resize_with(2, Person::default);
    let phone = customer.facts.phones.first().cloned().unwrap_or_default();
    RequestInput {
        scope: services(customer).into_iter().map(|s| usual_scope(portal, s)).collect(),
        professional_secrecy: if customer.facts.professional_secrecy { "yes".into() } else { String::new() },
        register: customer.facts.register.clone(),
        instructing: signatories.first().map(|p| p.name.clone()).unwrap_or_default(),
        breach_contact: Person { phone, ..privacy.clone() },
        privacy_contact: privacy,
        signatories,
        language: customer.facts.language,
        ..RequestInput::default()
    }
}

fn services(customer: &Customer) -> Vec<Service> {
    let mut services = customer.facts.services.clone();
    if customer.facts.hosting && !services.contains(&Service::Hosting) {
        services.insert(0, Service::Hosting);
    }
    services
}

/// The block of a service with what is usual for it.
pub fn usual_scope(portal: &Portal, service: Service) -> ScopeInput {
    let text = portal.content.catalogue.service(service);
    ScopeInput {
        service,
        data_categories: text.data_categories.clone(),
        more_data: String::new(),
        data_subjects: text.data_subjects.clone(),
        more_subjects: String::new(),
    }
}
