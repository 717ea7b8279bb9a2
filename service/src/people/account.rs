//! One's own account: name, language, password. Passkeys and a second factor will be kept here.

use super::accept::{NewPassword, required};
use super::throttle::{self, What};
use super::{letters, passwords, sessions};
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::audit::Event;
use domain::people::{self, User};
use domain::permission::Actor;
use domain::{Lang, Mistake, Mistakes, SessionId};
use store::users;

/// One's own account.
///
/// # Errors
/// Database errors.
pub async fn of(portal: &Portal, actor: &Actor) -> Result<User> {
    users::by_id(portal.store.read(), actor.user).await?.ok_or(Problem::Missing)
}

/// Changes name and language, as typed; fields are `name`, `language`. Names in contracts that are signed stay.
///
/// # Errors
/// The mistakes of the fields.
pub async fn change(
    portal: &Portal,
    actor: &Actor,
    name: &str,
    language: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut mistakes = Mistakes::default();
    let name = mistakes.take(people::full_name("name", name));
    let language = mistakes.take(Lang::parse(language).ok_or_else(|| Mistake::new("language", "language")));
    let (name, language) = mistakes.or(name.zip(language))?;
    let mut work = portal.begin().await?;
    let user = users::by_id(work.db(), actor.user).await?.ok_or(Problem::Missing)?;
    users::update(work.db(), &User { name, language, ..user }).await?;
    let who = format!("user:{}", actor.user);
    work.record(Event::new("user.changed", &who, &who).fact("language", language.code()));
    portal.commit(work, now).await
}

/// A change of password as typed.
#[derive(Clone, Default)]
pub struct ChangePassword {
    /// The present one; field `current`.
    pub current: String,
    /// The new one.
    pub new: NewPassword,
}

/// Changes one's own password; all other sessions end.
///
/// # Errors
/// `password-wrong`, `login-wait` after too many tries, the mistakes of the new one.
pub async fn change_password(
    portal: &Portal,
    actor: &Actor,
    here: SessionId,
    typed: &ChangePassword,
    now: DateTime<Utc>,
) -> Result<()> {
    check(typed, &actor.email)?;
    let Some(turn) = throttle::take(portal, What::LogIn, &actor.email, None, now).await? else {
        return Err(Mistake::new("current", "login-wait").into());
    };
    let known = users::credentials(portal.store.read(), &actor.email).await?;
    if !passwords::verify(&typed.current, known.and_then(|(_, kept, _)| kept)).await? {
        return Err(Mistake::new("current", "password-wrong").into());
    }
    let kept = passwords::hash(&typed.new.password).await?;
    let mut work = portal.begin().await?;
    users::set_password(work.db(), actor.user, &kept).await?;
    let who = format!("user:{}", actor.user);
    work.record(Event::new("password.set", &who, &who).fact("by", "account"));
    sessions::end_all(&mut work, actor.user, Some(here), &who, now).await?;
    let user = users::by_id(work.db(), actor.user).await?.ok_or(Problem::Missing)?;
    letters::password_changed(portal, &work, &user, now).await?;
    portal.commit(work, now).await?;
    throttle::forgive(portal, turn).await
}

fn check(typed: &ChangePassword, email: &str) -> Result<(), Mistakes> {
    let mut mistakes = Mistakes::default();
    let current = mistakes.take(required("current", &typed.current));
    if let Err(mut more) = typed.new.check(email) {
        mistakes.0.append(&mut more.0);
    }
    mistakes.or(current)
}
