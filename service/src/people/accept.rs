//! Links by mail: looking at one without using it, and setting the password by it, which uses it.

use super::sessions::{self, Browser, Started};
use super::{Purpose, letters, passwords};
use crate::fresh;
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::audit::Event;
use domain::people::{self, User};
use domain::{Mistake, Mistakes};
use store::links::Link;
use store::{links, users};

/// What a link is worth now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// It can be used.
    Fresh(Box<Opened>),
    /// It was used, or a newer one has taken its place.
    Used,
    /// Its day is over.
    Expired,
    /// It was never one of ours (or its person is locked).
    Unknown,
}

/// A link that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// What for.
    pub purpose: Purpose,
    /// For whom.
    pub user: User,
    link: Link,
}

/// What was typed.
#[derive(Clone, Default)]
pub struct NewPassword {
    /// The password.
    pub password: String,
    /// The same again.
    pub repeat: String,
}

impl NewPassword {
    /// Whether it can be the password of this address; fields are `password` and `password_repeat`.
    ///
    /// # Errors
    /// `password-…`, `password-different`.
    pub fn check(&self, email: &str) -> Result<(), Mistakes> {
        let mut mistakes = Mistakes::default();
        let good = mistakes.take(people::password("password", &self.password, email));
        if good.is_some() && self.password != self.repeat {
            mistakes.add("password_repeat", "password-different");
        }
        mistakes.or(good)
    }
}

/// How setting a password by a link ended.
#[derive(Clone, Debug)]
pub enum Accepted {
    /// Done, and logged in.
    Done(Box<Started>),
    /// The link does not work (any more); never [`LinkState::Fresh`].
    Gone(LinkState),
}

/// Looks at a link. Mail programs open links to look for harm: that must not use it.
///
/// # Errors
/// Database errors.
pub async fn look(portal: &Portal, secret: &str, now: DateTime<Utc>) -> Result<LinkState> {
    let db = portal.store.read();
    let found = if secret.len() > 100 { None } else { links::by_secret(db, &fresh::hash(secret)).await? };
    let Some(link) = found else { return Ok(LinkState::Unknown) };
    if link.used_at.is_some() {
        return Ok(LinkState::Used);
    }
    if now >= link.expires_at {
        return Ok(LinkState::Expired);
    }
    let user = users::by_id(db, link.user).await?.filter(|u| !u.locked);
    Ok(match user.zip(Purpose::parse(&link.purpose)) {
        Some((user, purpose)) => LinkState::Fresh(Box::new(Opened { purpose, user, link })),
        None => LinkState::Unknown,
    })
}

/// Sets the password, uses the link up, ends all sessions of before, and logs in.
///
/// # Errors
/// The mistakes of the password; the link is not used then.
pub async fn set_password(
    portal: &Portal,
    secret: &str,
    typed: &NewPassword,
    browser: &Browser,
    now: DateTime<Utc>,
) -> Result<Accepted> {
    let opened = match look(portal, secret, now).await? {
        LinkState::Fresh(opened) => opened,
        gone => return Ok(Accepted::Gone(gone)),
    };
    typed.check(&opened.user.email)?;
    let kept = passwords::hash(&typed.password).await?;
    let mut work = portal.begin().await?;
    let user =
        users::by_id(work.db(), opened.user.id).await?.filter(|u| !u.locked).ok_or(Problem::Missing)?;
    // Of two that press at once, one has used it.
    if !links::spend(work.db(), opened.link.id, now).await? {
        work.rollback().await?;
        return Ok(Accepted::Gone(LinkState::Used));
    }
    users::set_password(work.db(), user.id, &kept).await?;
    let who = format!("user:{}", user.id);
    let event = Event::new("password.set", &who, &who);
    work.record(event.fact("by", opened.purpose.name()).fact("link", opened.link.id));
    sessions::end_all(&mut work, user.id, None, &who, now).await?;
    if user.has_password {
        letters::password_changed(portal, &work, &user, now).await?;
    }
    let started = sessions::start(&mut work, user, browser, now).await?;
    portal.commit(work, now).await?;
    Ok(Accepted::Done(Box::new(started)))
}

/// For the fields of a form whose password must be typed again.
pub(super) fn required(field: &str, value: &str) -> Result<(), Mistake> {
    if value.is_empty() { Err(Mistake::new(field, "required")) } else { Ok(()) }
}
