//! What time does by itself: who is waited for is reminded. Each contract is a work of its own; several instances, a
//! restart or a long outage send each reminder once at most, and of several that are due only the newest.

use super::{customer_link, customer_of, event, managers, staff_link};
use crate::mail::{self, Letter, Recipient};
use crate::people::{Authority, invite};
use crate::portal::Portal;
use crate::problem::{Problem, Result, internal};
use crate::worklist::examine_until;
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar;
use domain::contract::lifecycle::Offered;
use domain::contract::reminders::{self as schedule, Kind};
use domain::contract::{Contract, ContractState, StateName};
use domain::customer::Customer;
use domain::people::{Membership, User};
use domain::permission::CustomerRole;
use domain::template::{self, Values};
use domain::text::Lang;
use store::{Connection, Work, contracts, reminders, users};

/// A person, and the number of the reminder that is due to them.
type Due = (User, u8);

/// Sends all reminders that are due, and says how many.
///
/// # Errors
/// The first failure, after all contracts were tried.
pub async fn run(portal: &Portal, now: DateTime<Utc>) -> Result<usize> {
    let waiting = [StateName::Requested, StateName::Offered, StateName::SignedByCustomer];
    let (mut sent, mut failed) = (0, None);
    for contract in contracts::in_states(portal.store.read(), &waiting).await? {
        match remind(portal, &contract, now).await {
            Ok(letters) => sent += letters,
            // Somebody signed, declined or was faster at the same instant: there is nothing to remind of any more.
            Err(Problem::Stale | Problem::Refused(_)) => {}
            Err(other) => failed = failed.or(Some(other)),
        }
    }
    failed.map_or(Ok(sent), Err)
}

async fn remind(portal: &Portal, contract: &Contract, now: DateTime<Utc>) -> Result<usize> {
    let (kind, due) = due(portal.store.read(), contract, now).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let mut work = portal.begin().await?;
    contracts::hold(work.db(), contract).await?;
    let customer = customer_of(&work, contract).await?;
    let (mut sent, mut newest) = (0, 0);
    for (user, number) in due {
        if reminders::note(work.db(), contract.id, kind, user.id, number, now).await? {
            let letter = letter(portal, &mut work, contract, &customer, &user, now).await?;
            let key = format!("{}_reminder:{}:{number}:{}", kind.name(), contract.id, user.id);
            mail::enqueue(portal, &work, letter, format!("contract:{}", contract.id), key, now).await?;
            (sent, newest) = (sent + 1, newest.max(number));
        }
    }
    if sent == 0 {
        work.rollback().await?;
        return Ok(0);
    }
    let told = if kind == Kind::Sign { "contract.reminded" } else { "contract.reminded_provider" };
    work.record(event(told, "job", contract.id).fact("number", newest).fact("letters", sent));
    portal.commit(work, now).await?;
    Ok(sent)
}

/// Who is to be reminded now, and has not been yet.
async fn due(db: &impl Connection, contract: &Contract, now: DateTime<Utc>) -> Result<(Kind, Vec<Due>)> {
    let (kind, asked) = match &contract.state {
        ContractState::Offered(o) => (Kind::Sign, signatories(db, contract, o, now).await?),
        ContractState::SignedByCustomer(s) => {
            (Kind::Countersign, all_managers(db, schedule::to_countersign(s.at, now)).await?)
        }
        ContractState::Requested(r) => {
            (Kind::Examine, all_managers(db, schedule::to_examine(examine_until(r.at), now)).await?)
        }
        _ => (Kind::Sign, Vec::new()),
    };
    let mut due = Vec::new();
    for (user, number) in asked {
        if reminders::last(db, contract.id, kind, user.id).await? < number {
            due.push((user, number));
        }
    }
    Ok((kind, due))
}

/// Signatories who have neither signed nor passed it on, and still are signatories of this customer.
async fn signatories(
    db: &impl Connection,
    contract: &Contract,
    offered: &Offered,
    now: DateTime<Utc>,
) -> Result<Vec<Due>> {
    let role = Membership { customer: contract.customer, role: CustomerRole::Signatory };
    let mut due = Vec::new();
    for signer in offered.still_to_sign() {
        let Some(number) = schedule::to_sign(signer.asked, offered.valid_until, now) else { continue };
        let user = users::by_email(db, &signer.person.email).await?;
        due.extend(user.filter(|u| !u.locked && u.memberships.contains(&role)).map(|u| (u, number)));
    }
    Ok(due)
}

async fn all_managers(db: &impl Connection, number: Option<u8>) -> Result<Vec<Due>> {
    let Some(number) = number else { return Ok(Vec::new()) };
    Ok(managers(db).await?.into_iter().map(|m| (m, number)).collect())
}

async fn letter(
    portal: &Portal,
    work: &mut Work,
    contract: &Contract,
    customer: &Customer,
    user: &User,
    now: DateTime<Utc>,
) -> Result<Letter> {
    let lang = user.language;
    let of = |template| {
        Letter::new(template, Recipient::from(user))
            .value("customer_name", &customer.facts.legal_name)
            .value("contract_number", &contract.number)
    };
    let own = |template| of(template).value("link", staff_link(portal, lang, contract.id));
    Ok(match &contract.state {
        ContractState::Requested(r) => own("request_overdue")
            .value("requested_at", calendar::in_words(r.at, lang))
            .value("due_on", calendar::date_in_words(examine_until(r.at), lang)),
        ContractState::SignedByCustomer(s) => {
            own("countersignature_overdue").value("signed_at", calendar::in_words(s.at, lang))
        }
        ContractState::Offered(o) => {
            new_link_where_needed(portal, work, customer, user, now).await?;
            of("offer_reminder")
                .value("offered_on", calendar::date_in_words(calendar::berlin_date(o.at), lang))
                .value("valid_until", calendar::date_in_words(o.valid_until, lang))
                .value("days_left", days_left(portal, o.valid_until, lang, now)?)
                .value("link", format!("{}/sign", customer_link(portal, lang, contract)))
        }
        other => return Err(super::wrong_state(other)),
    })
}

/// Who never set a password has an invitation whose link is over by now: a new one goes along.
async fn new_link_where_needed(
    portal: &Portal,
    work: &mut Work,
    customer: &Customer,
    user: &User,
    now: DateTime<Utc>,
) -> Result<()> {
    if user.has_password {
        return Ok(());
    }
    let person =
        invite::Person { email: user.email.clone(), name: user.name.clone(), language: user.language };
    let (role, by) = (CustomerRole::Signatory, Authority::Portal);
    invite::ensure_customer_user(portal, work, &person, customer, role, &by, now).await?;
    Ok(())
}

/// How long an offer still stands, in words.
fn days_left(portal: &Portal, until: NaiveDate, lang: Lang, now: DateTime<Utc>) -> Result<String> {
    let days = (until - calendar::berlin_date(now)).num_days();
    let key = match days {
        ..=0 => "days-left-0",
        1 => "days-left-1",
        _ => "days-left",
    };
    let values = Values::from([("days".to_string(), days.to_string())]);
    template::fill(&portal.content.words.get(lang)[key], &values).map_err(internal)
}
