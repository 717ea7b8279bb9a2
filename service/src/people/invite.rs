//! Giving access: staff with their roles, customers' people with theirs. Who has an account gets the role and a
//! mail; who has none gets an invitation: a link that works once, for a day.

use super::letters::{self, Access};
use super::{Authority, passwords};
use crate::fresh;
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, NaiveDate, Utc};
use domain::audit::Event;
use domain::customer::Customer;
use domain::people::{self, User};
use domain::permission::{Admin, CustomerRole, StaffRole};
use domain::{CustomerId, Lang, Mistake, Mistakes, UserId, text};
use store::{Work, customers, memberships, users};

/// A new person as given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Log-in name.
    pub email: String,
    /// Full name.
    pub name: String,
    /// Language of pages and mails.
    pub language: Lang,
}

impl Person {
    /// Reads typed text; fields are `email`, `name`, `language`.
    ///
    /// # Errors
    /// All mistakes.
    pub fn parse(email: &str, name: &str, language: &str) -> Result<Self, Mistakes> {
        let mut mistakes = Mistakes::default();
        let email = mistakes.take(text::email("email", email));
        let name = mistakes.take(people::full_name("name", name));
        let language =
            mistakes.take(Lang::parse(language).ok_or_else(|| Mistake::new("language", "language")));
        let person =
            email.zip(name).zip(language).map(|((email, name), language)| Self { email, name, language });
        mistakes.or(person)
    }
}

/// Roles and what the gate wants to know of staff.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StaffFacts {
    /// Roles at the provider.
    pub roles: Vec<StaffRole>,
    /// Date of the confidentiality undertaking.
    pub confidentiality_on: Option<NaiveDate>,
    /// Last day on which the privacy training counts.
    pub training_until: Option<NaiveDate>,
}

impl StaffFacts {
    /// Reads typed text; fields are `roles`, `confidentiality_on`, `training_until` (dates may be empty).
    ///
    /// # Errors
    /// All mistakes.
    pub fn parse(roles: &[String], confidentiality_on: &str, training_until: &str) -> Result<Self, Mistakes> {
        let mut mistakes = Mistakes::default();
        let mut known: Vec<StaffRole> = Vec::new();
        for name in roles {
            known.extend(
                mistakes.take(StaffRole::parse(name).ok_or_else(|| Mistake::with("roles", "choice", name))),
            );
        }
        if roles.is_empty() {
            mistakes.add("roles", "choose-one");
        }
        known.sort();
        known.dedup();
        let confidentiality_on = mistakes.take(maybe_date("confidentiality_on", confidentiality_on));
        let training_until = mistakes.take(maybe_date("training_until", training_until));
        let dates = confidentiality_on.zip(training_until);
        mistakes.or(dates.map(|(confidentiality_on, training_until)| Self {
            roles: known,
            confidentiality_on,
            training_until,
        }))
    }
}

/// A day as a date input sends it, or as Germans write it; empty for none.
pub(super) fn maybe_date(field: &str, value: &str) -> Result<Option<NaiveDate>, Mistake> {
    let value = value.trim();
    if value.is_empty() {
        return Ok(None);
    }
    let german = NaiveDate::parse_from_str(value, "%d.%m.%Y");
    let iso = german.map_or_else(|_| value.to_string(), |day| day.to_string());
    domain::import::date(field, &iso).map(Some)
}

/// Invites somebody to the staff, or makes a customer's person one of it.
///
/// # Errors
/// `email-taken` when they are staff already.
pub async fn staff(
    portal: &Portal,
    admin: &Admin,
    person: &Person,
    facts: &StaffFacts,
    now: DateTime<Utc>,
) -> Result<UserId> {
    let mut work = portal.begin().await?;
    let by = Authority::from(admin.clone());
    let user = add_staff(&mut work, person, facts, &by, now).await?;
    tell_staff(portal, &mut work, &user, &by, now).await?;
    portal.commit(work, now).await?;
    Ok(user.id)
}

/// Sends the invitation again; the link before stops working.
///
/// # Errors
/// [`Problem::Missing`] when there is no such person of the staff, or they have a password.
pub async fn staff_again(portal: &Portal, admin: &Admin, id: UserId, now: DateTime<Utc>) -> Result<()> {
    let mut work = portal.begin().await?;
    let found = users::by_id(work.db(), id).await?;
    let invited = found.filter(|u| !u.staff_roles.is_empty() && !u.has_password && !u.locked);
    let user = invited.ok_or(Problem::Missing)?;
    tell_staff(portal, &mut work, &user, &admin.clone().into(), now).await?;
    portal.commit(work, now).await
}

/// Gives a person a role at a customer.
///
/// # Errors
/// [`Problem::Missing`] when there is no such customer.
pub async fn customer_user(
    portal: &Portal,
    by: &Authority,
    customer: CustomerId,
    person: &Person,
    role: CustomerRole,
    now: DateTime<Utc>,
) -> Result<UserId> {
    let mut work = portal.begin().await?;
    let customer = customers::by_id(work.db(), customer).await?.ok_or(Problem::Missing)?;
    let user = ensure_customer_user(portal, &mut work, person, &customer, role, by, now).await?;
    portal.commit(work, now).await?;
    Ok(user.id)
}

/// Within the work of another action: sees to it that a person has a role at a customer and can log in. Who has
/// both hears nothing of it.
///
/// # Errors
/// Database errors.
pub async fn ensure_customer_user(
    portal: &Portal,
    work: &mut Work,
    person: &Person,
    customer: &Customer,
    role: CustomerRole,
    by: &Authority,
    now: DateTime<Utc>,
) -> Result<User> {
    let (user, had) = member(work, by, customer.id, person, role, now).await?;
    if !(had && user.has_password) {
        let organisation = customer.facts.legal_name.clone();
        letters::access(portal, work, &user, &Access { organisation, roles: vec![role.name()] }, by, now)
            .await?;
    }
    Ok(user)
}

/// Takes a role at a customer away.
///
/// # Errors
/// [`Problem::Missing`] when they do not have it.
pub async fn remove_customer_user(
    portal: &Portal,
    by: &Authority,
    customer: CustomerId,
    user: UserId,
    role: CustomerRole,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    if !memberships::remove(work.db(), user, customer, role).await? {
        work.rollback().await?;
        return Err(Problem::Missing);
    }
    let event = Event::new("membership.removed", by.actor(), format!("user:{user}"));
    work.record(event.fact("customer", customer).fact("role", role.name()));
    portal.commit(work, now).await
}

/// Makes an admin at the command line; an account that exists becomes one, and is unlocked. Gives the address of a
/// link that sets the password, for the terminal.
///
/// # Errors
/// Database errors.
pub async fn create_admin(portal: &Portal, person: &Person, now: DateTime<Utc>) -> Result<String> {
    let mut work = portal.begin().await?;
    let by = Authority::Operator;
    let mut user = match users::by_email(work.db(), &person.email).await? {
        Some(user) => user,
        None => add(&mut work, person, &StaffFacts::default(), &by, now).await?,
    };
    user.locked = false;
    users::update(work.db(), &user).await?;
    if !user.staff_roles.contains(&StaffRole::Admin) {
        user.staff_roles.push(StaffRole::Admin);
    }
    set_roles(&mut work, &user, &by).await?;
    let (link, url) = letters::link(portal, &work, &user, super::Purpose::Invitation, now).await?;
    work.record(Event::new("user.invited", by.actor(), format!("user:{}", user.id)).fact("link", link.id));
    portal.commit(work, now).await?;
    Ok(url)
}

/// Makes a person of the staff at the command line, with a password or an invitation by mail; the address of its link.
///
/// # Errors
/// `email-taken`; the mistakes of a password.
pub async fn create_user(
    portal: &Portal,
    person: &Person,
    facts: &StaffFacts,
    password: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Option<String>> {
    let kept = keep(password, &person.email).await?;
    let mut work = portal.begin().await?;
    let user = add_staff(&mut work, person, facts, &Authority::Operator, now).await?;
    let link = match kept {
        Some(kept) => {
            users::set_password(work.db(), user.id, &kept).await?;
            None
        }
        None => tell_staff(portal, &mut work, &user, &Authority::Operator, now).await?,
    };
    portal.commit(work, now).await?;
    Ok(link)
}

/// Gives a person a role at a customer without a mail, with a password when they have none: demo data, tests.
///
/// # Errors
/// The mistakes of a password.
pub async fn create_customer_user(
    portal: &Portal,
    customer: CustomerId,
    person: &Person,
    role: CustomerRole,
    password: Option<&str>,
    now: DateTime<Utc>,
) -> Result<UserId> {
    let kept = keep(password, &person.email).await?;
    let mut work = portal.begin().await?;
    let (user, _) = member(&mut work, &Authority::Operator, customer, person, role, now).await?;
    if let Some(kept) = kept.filter(|_| !user.has_password) {
        users::set_password(work.db(), user.id, &kept).await?;
    }
    portal.commit(work, now).await?;
    Ok(user.id)
}

async fn keep(password: Option<&str>, email: &str) -> Result<Option<String>> {
    let Some(password) = password else { return Ok(None) };
    people::password("password", password, email)?;
    Ok(Some(passwords::hash(password).await?))
}

/// The person with the role, and whether they had it before.
async fn member(
    work: &mut Work,
    by: &Authority,
    customer: CustomerId,
    person: &Person,
    role: CustomerRole,
    now: DateTime<Utc>,
) -> Result<(User, bool)> {
    let user = match users::by_email(work.db(), &person.email).await? {
        Some(user) => user,
        None => add(work, person, &StaffFacts::default(), by, now).await?,
    };
    if user.memberships.contains(&people::Membership { customer, role }) {
        return Ok((user, true));
    }
    memberships::add(work.db(), user.id, customer, role).await?;
    let subject = format!("user:{}", user.id);
    work.record(
        Event::new("membership.added", by.actor(), subject)
            .fact("customer", customer)
            .fact("role", role.name()),
    );
    Ok((user, false))
}

async fn add_staff(
    work: &mut Work,
    person: &Person,
    facts: &StaffFacts,
    by: &Authority,
    now: DateTime<Utc>,
) -> Result<User> {
    let mut user = match users::by_email(work.db(), &person.email).await? {
        Some(user) if !user.staff_roles.is_empty() => return Err(Mistake::new("email", "email-taken").into()),
        Some(user) => user,
        None => add(work, person, facts, by, now).await?,
    };
    user.staff_roles.clone_from(&facts.roles);
    user.confidentiality_on = facts.confidentiality_on;
    user.training_until = facts.training_until;
    users::update(work.db(), &user).await?;
    set_roles(work, &user, by).await?;
    Ok(user)
}

/// Inserts the account; roles come after.
async fn add(
    work: &mut Work,
    person: &Person,
    facts: &StaffFacts,
    by: &Authority,
    now: DateTime<Utc>,
) -> Result<User> {
    let new = users::NewUser {
        id: fresh::id(now),
        email: person.email.clone(),
        name: person.name.clone(),
        language: person.language,
        confidentiality_on: facts.confidentiality_on,
        training_until: facts.training_until,
    };
    users::insert(work.db(), &new, now).await.map_err(crate::problem::taken("email", "email-taken"))?;
    work.record(Event::new("user.added", by.actor(), format!("user:{}", new.id)));
    users::by_id(work.db(), new.id).await?.ok_or(Problem::Missing)
}

/// Saves the roles of `user`; the gate knows the technicians by them.
pub(super) async fn set_roles(work: &mut Work, user: &User, by: &Authority) -> Result<()> {
    users::set_staff_roles(work.db(), user.id, &user.staff_roles).await?;
    let roles: Vec<_> = user.staff_roles.iter().map(|r| r.name()).collect();
    work.record(
        Event::new("user.roles", by.actor(), format!("user:{}", user.id)).fact("roles", roles.join(" ")),
    );
    work.gate_changed();
    Ok(())
}

async fn tell_staff(
    portal: &Portal,
    work: &mut Work,
    user: &User,
    by: &Authority,
    now: DateTime<Utc>,
) -> Result<Option<String>> {
    let organisation = portal.content.provider.legal_name.clone();
    let roles = user.staff_roles.iter().map(|r| r.name()).collect();
    letters::access(portal, work, user, &Access { organisation, roles }, by, now).await
}
