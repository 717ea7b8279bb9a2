//! The provider's people: who they are, what they may, whether they are locked out.

use super::invite::{self, StaffFacts};
use super::{Authority, sessions};
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::audit::Event;
use domain::people::User;
use domain::permission::{Admin, StaffRole};
use domain::{Mistake, Mistakes, UserId};
use store::{links, users};

/// Everyone with a role here, by name.
///
/// # Errors
/// Database errors.
pub async fn list(portal: &Portal, _: &Admin) -> Result<Vec<User>> {
    Ok(users::staff(portal.store.read()).await?)
}

/// One of them.
///
/// # Errors
/// [`Problem::Missing`] for anyone else.
pub async fn one(portal: &Portal, _: &Admin, id: UserId) -> Result<User> {
    let found = users::by_id(portal.store.read(), id).await?;
    found.filter(|u| !u.staff_roles.is_empty()).ok_or(Problem::Missing)
}

/// How things stand with a person, as one word: a form carries the one that it was filled from.
pub fn stand(user: &User) -> String {
    let roles: Vec<_> = user.staff_roles.iter().map(|r| r.name()).collect();
    let day = |d: Option<chrono::NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
    let (undertaking, training) = (day(user.confidentiality_on), day(user.training_until));
    format!("{}|{undertaking}|{training}|{}", roles.join(","), user.locked)
}

/// What an admin wants of a person.
#[derive(Clone, Debug)]
pub struct Change {
    /// Roles, undertaking, training.
    pub facts: StaffFacts,
    /// Locked out.
    pub locked: bool,
    /// [`stand`] of the person when the form was filled; `None` where no form was.
    pub from: Option<String>,
}

/// Changes roles, undertaking, training and lock. A lock ends sessions and links at once.
///
/// # Errors
/// `own-admin-role`, `own-lock`: an admin does neither to themselves, so that the last one stays.
/// [`Problem::Stale`] when another admin changed something since the form was filled.
pub async fn change(
    portal: &Portal,
    admin: &Admin,
    id: UserId,
    change: &Change,
    now: DateTime<Utc>,
) -> Result<()> {
    let Change { facts, locked, from } = change;
    let locked = *locked;
    not_oneself(admin, id, facts, locked)?;
    let mut work = portal.begin().await?;
    // Two admins that end each other at once: one waits here, and is none when it is their turn.
    users::hold_admins(work.db()).await?;
    let acting = users::by_id(work.db(), admin.user).await?;
    if !acting.is_some_and(|a| !a.locked && a.staff_roles.contains(&StaffRole::Admin)) {
        work.rollback().await?;
        return Err(Problem::Missing);
    }
    let found = users::by_id(work.db(), id).await?;
    let before = found.filter(|u| !u.staff_roles.is_empty()).ok_or(Problem::Missing)?;
    let by = Authority::from(admin.clone());
    let after = User {
        locked,
        staff_roles: facts.roles.clone(),
        confidentiality_on: facts.confidentiality_on,
        training_until: facts.training_until,
        ..before.clone()
    };
    if from.as_ref().is_some_and(|from| *from != stand(&before)) && stand(&before) != stand(&after) {
        work.rollback().await?;
        return Err(Problem::Stale);
    }
    users::update(work.db(), &after).await?;
    invite::set_roles(&mut work, &after, &by).await?;
    if before.locked != locked {
        let kind = if locked { "user.locked" } else { "user.unlocked" };
        work.record(Event::new(kind, by.actor(), format!("user:{id}")));
    }
    if locked {
        sessions::end_all(&mut work, id, None, &by.actor(), now).await?;
        links::spend_all(work.db(), id, now).await?;
    }
    portal.commit(work, now).await
}

fn not_oneself(admin: &Admin, id: UserId, facts: &StaffFacts, locked: bool) -> Result<(), Mistakes> {
    let mut mistakes = Mistakes::default();
    if admin.user == id && !facts.roles.contains(&StaffRole::Admin) {
        mistakes.0.push(Mistake::new("roles", "own-admin-role"));
    }
    if admin.user == id && locked {
        mistakes.0.push(Mistake::new("locked", "own-lock"));
    }
    mistakes.or(Some(()))
}
