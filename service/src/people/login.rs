//! Logging in by address and password. The answer and its time are the same for unknown, wrong, locked and invited
//! only; addresses that do not exist wait after too many tries like those that do.

use super::sessions::{self, Browser, Started};
use super::throttle::{self, Try, What};
use super::{letters, passwords};
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::audit::Event;
use domain::{Mistake, Mistakes, UserId, text};
use std::time::Duration;
use store::users;
use tokio::time::Instant;

/// What was typed.
#[derive(Clone, Default)]
pub struct LogIn {
    /// Address.
    pub email: String,
    /// Password.
    pub password: String,
}

/// A refusal is not answered sooner than this: what is written for a known address hides in it.
pub(super) const NOT_SOONER: Duration = Duration::from_millis(150);

/// Logs in. Passkeys and single sign-on will be other ways to [`sessions::start`]; a second factor comes between the
/// password and it.
///
/// # Errors
/// `login-failed` (without saying why), `login-wait` after too many tries, `required` and `email` at their fields.
pub async fn log_in(
    portal: &Portal,
    typed: &LogIn,
    browser: &Browser,
    now: DateTime<Utc>,
) -> Result<Started> {
    let begun = Instant::now();
    let done = attempt(portal, typed, browser, now).await;
    if done.is_err() {
        tokio::time::sleep_until(begun + NOT_SOONER).await;
    }
    done
}

async fn attempt(portal: &Portal, typed: &LogIn, browser: &Browser, now: DateTime<Utc>) -> Result<Started> {
    let email = read(typed)?;
    let Some(turn) = throttle::take(portal, What::LogIn, &email, browser.address, now).await? else {
        return Err(Mistake::new("", "login-wait").into());
    };
    let known = users::credentials(portal.store.read(), &email).await?;
    let user = known.as_ref().map(|(id, ..)| *id);
    let locked = known.as_ref().is_some_and(|(.., locked)| *locked);
    let right = passwords::verify(&typed.password, known.and_then(|(_, kept, _)| kept)).await?;
    match user.filter(|_| right && !locked) {
        Some(id) => begin(portal, id, turn, browser, now).await,
        None => failed(portal, user, &turn, now).await,
    }
}

fn read(typed: &LogIn) -> Result<String, Mistakes> {
    let mut mistakes = Mistakes::default();
    let email = mistakes.take(text::email("email", &typed.email));
    if typed.password.is_empty() {
        mistakes.add("password", "required");
    }
    mistakes.or(email)
}

async fn begin(
    portal: &Portal,
    id: UserId,
    turn: Try,
    browser: &Browser,
    now: DateTime<Utc>,
) -> Result<Started> {
    let mut work = portal.begin().await?;
    // Read again within the work: the lock may have come while the password was checked.
    let Some(user) = users::by_id(work.db(), id).await?.filter(|u| !u.locked) else {
        work.rollback().await?;
        return failed(portal, Some(id), &turn, now).await;
    };
    let started = sessions::start(&mut work, user, browser, now).await?;
    portal.commit(work, now).await?;
    throttle::forgive(portal, turn).await?;
    Ok(started)
}

/// The failure is counted already. With the last try the person is told; the chain notes it for unknown addresses too.
async fn failed(portal: &Portal, user: Option<UserId>, turn: &Try, now: DateTime<Utc>) -> Result<Started> {
    if turn.last {
        let mut work = portal.begin().await?;
        let known = match user {
            Some(id) => users::by_id(work.db(), id).await?.filter(|u| !u.locked && u.has_password),
            None => None,
        };
        if let Some(user) = &known {
            letters::lockout(portal, &work, user, now).await?;
        }
        let subject = user.map_or_else(|| "user:unknown".into(), |id| format!("user:{id}"));
        work.record(Event::new("login.paused", "anyone", subject));
        portal.commit(work, now).await?;
    }
    Err(Problem::from(Mistake::new("", "login-failed")))
}
