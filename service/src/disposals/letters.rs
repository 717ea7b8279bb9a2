//! Who is told about the end of a contract, and what all these mails have in common.

use crate::contracts::{customer_link, customer_of, managers, people_of, staff_link};
use crate::mail::{self, Letter, Recipient};
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::contract::Contract;
use domain::contract::lifecycle::{Disposal, Way};
use domain::permission::CustomerRole;
use domain::{Lang, calendar};
use store::Work;

/// Signatories and privacy contacts; the privacy contact of the request, who may have no account; where nobody is
/// known (a contract on paper), the customer's own address: these mails are owed.
pub(crate) async fn recipients(work: &Work, contract: &Contract) -> Result<Vec<Recipient>> {
    let roles = [CustomerRole::Signatory, CustomerRole::PrivacyContact];
    let people = people_of(work, contract.customer, &roles).await?;
    let mut to: Vec<Recipient> = people.iter().map(Recipient::from).collect();
    if let Some(request) = contract.state.request()
        && !to.iter().any(|r| r.address == request.privacy_contact.email)
    {
        let p = &request.privacy_contact;
        to.push(Recipient { address: p.email.clone(), name: p.name.clone(), lang: request.language });
    }
    if to.is_empty() {
        let facts = customer_of(work, contract).await?.facts;
        to.push(Recipient { address: facts.email, name: facts.legal_name, lang: facts.language });
    }
    Ok(to)
}

/// Writes a mail to everyone of the customer. `values` puts in what is special, by language; the same `key` is written
/// once only.
pub(crate) async fn to_customer(
    portal: &Portal,
    work: &Work,
    contract: &Contract,
    (template, key): (&str, &str),
    values: impl Fn(Letter, Lang) -> Letter,
    now: DateTime<Utc>,
) -> Result<()> {
    for to in recipients(work, contract).await? {
        let lang = to.lang;
        let key = format!("{key}:{}", to.address);
        let letter = Letter::new(template, to).value("link", customer_link(portal, lang, contract));
        send(portal, work, contract, values(letter, lang), key, now).await?;
    }
    Ok(())
}

/// The same to the contract managers.
pub(crate) async fn to_managers(
    portal: &Portal,
    work: &Work,
    contract: &Contract,
    (template, key): (&str, &str),
    values: impl Fn(Letter, Lang) -> Letter,
    now: DateTime<Utc>,
) -> Result<()> {
    for m in managers(work.db()).await? {
        let lang = m.language;
        let letter =
            Letter::new(template, Recipient::from(&m)).value("link", staff_link(portal, lang, contract.id));
        let key = format!("{key}:{}", m.email);
        send(portal, work, contract, values(letter, lang), key, now).await?;
    }
    Ok(())
}

async fn send(
    portal: &Portal,
    work: &Work,
    contract: &Contract,
    letter: Letter,
    key: String,
    now: DateTime<Utc>,
) -> Result<()> {
    let customer = customer_of(work, contract).await?;
    let letter =
        letter.value("customer_name", &customer.facts.legal_name).value("contract_number", &contract.number);
    mail::enqueue(portal, work, letter, format!("contract:{}", contract.id), key, now).await
}

/// A word that stands around clauses and in mails.
pub(crate) fn word(portal: &Portal, lang: Lang, key: &str) -> String {
    portal.content.words.get(lang).get(key).cloned().unwrap_or_default()
}

/// What was chosen, in words.
pub(crate) fn way(portal: &Portal, lang: Lang, way: Way) -> String {
    word(portal, lang, &format!("way-{}", way.name()))
}

/// Tells the customer that the contract is over, and that it may choose until when; or, where it has chosen already,
/// what comes now.
pub(crate) async fn tell_ended(
    portal: &Portal,
    work: &Work,
    contract: &Contract,
    disposal: &Disposal,
    now: DateTime<Utc>,
) -> Result<()> {
    let id = contract.id;
    let services = |lang| portal.content.catalogue.service_names(&disposal.services, lang);
    if let Some(choice) = &disposal.choice {
        let key = format!("contract_ended_chosen:{id}");
        let values = |letter: Letter, lang| {
            letter
                .value("services", services(lang))
                .value("ended_on", calendar::date_in_words(disposal.ended_on, lang))
                .value("choice", way(portal, lang, choice.way))
                .value("choose_until", calendar::date_in_words(disposal.choose_until, lang))
        };
        return to_customer(portal, work, contract, ("contract_ended_chosen", &key), values, now).await;
    }
    let key = format!("contract_ended:{id}");
    let values = |letter: Letter, lang| {
        letter
            .value("services", services(lang))
            .value("ended_on", calendar::date_in_words(disposal.ended_on, lang))
            .value("choose_until", calendar::date_in_words(disposal.choose_until, lang))
            .value("deletion_days", disposal.terms.deletion_days)
    };
    to_customer(portal, work, contract, ("contract_ended", &key), values, now).await
}
