//! Sessions: from a cookie's token to the person; a person's own list; ending them.

use crate::fresh;
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Duration, Utc};
use domain::audit::Event;
use domain::people::{User, session_alive};
use domain::permission::Actor;
use domain::{SessionId, UserId};
use store::{Work, sessions, users};

pub use store::sessions::Session;

/// A fresh session with the token for the cookie. The token is seen here only; storage keeps its hash.
#[derive(Clone, Debug)]
pub struct Started {
    /// Value of the cookie.
    pub token: String,
    /// The session.
    pub session: Session,
    /// Whose.
    pub user: User,
}

/// Last use is kept to the minute: not every page is a write.
const TOUCH: Duration = Duration::minutes(1);

/// Who a token belongs to; `None` when it is unknown, over, too old, or the person is locked.
///
/// # Errors
/// Database errors.
pub async fn resolve(portal: &Portal, token: &str, now: DateTime<Utc>) -> Result<Option<(Actor, Session)>> {
    let Some(mut session) = find(portal, token, now).await? else { return Ok(None) };
    let db = portal.store.read();
    let Some(user) = users::by_id(db, session.user).await?.filter(|u| !u.locked) else { return Ok(None) };
    if now >= session.last_seen_at + TOUCH {
        sessions::touch(db, session.id, now).await?;
        session.last_seen_at = now;
    }
    Ok(Some((actor(&user), session)))
}

/// The open session of a token, alive at `now`.
async fn find(portal: &Portal, token: &str, now: DateTime<Utc>) -> Result<Option<Session>> {
    // Ours have 43 signs; what is much longer was never one.
    if token.is_empty() || token.len() > 100 {
        return Ok(None);
    }
    let found = sessions::by_token(portal.store.read(), &fresh::hash(token)).await?;
    Ok(found.filter(|s| session_alive(s.created_at, s.last_seen_at, now)))
}

/// Everything that permissions follow from.
pub fn actor(user: &User) -> Actor {
    Actor {
        user: user.id,
        email: user.email.clone(),
        name: user.name.clone(),
        language: user.language,
        staff: user.staff_roles.clone(),
        customers: user.memberships.iter().map(|m| (m.customer, m.role)).collect(),
    }
}

/// Sessions of this person that are alive, the last used first.
///
/// # Errors
/// Database errors.
pub async fn list(portal: &Portal, actor: &Actor, now: DateTime<Utc>) -> Result<Vec<Session>> {
    let mut open = sessions::of_user(portal.store.read(), actor.user).await?;
    open.retain(|s| session_alive(s.created_at, s.last_seen_at, now));
    Ok(open)
}

/// Ends one of one's own sessions (the present one too: logging out).
///
/// # Errors
/// [`Problem::Missing`] when it is not theirs or over already.
pub async fn end(portal: &Portal, actor: &Actor, id: SessionId, now: DateTime<Utc>) -> Result<()> {
    let mut work = portal.begin().await?;
    if !sessions::end(work.db(), actor.user, id, now).await? {
        work.rollback().await?;
        return Err(Problem::Missing);
    }
    work.record(ended(actor.user, &format!("user:{}", actor.user), 1));
    portal.commit(work, now).await
}

/// Ends all of one's own sessions but this one; says how many.
///
/// # Errors
/// Database errors.
pub async fn end_others(portal: &Portal, actor: &Actor, keep: SessionId, now: DateTime<Utc>) -> Result<u64> {
    let mut work = portal.begin().await?;
    let count = end_all(&mut work, actor.user, Some(keep), &format!("user:{}", actor.user), now).await?;
    portal.commit(work, now).await?;
    Ok(count)
}

/// Ends the session of a cookie, whoever's it is. Nothing happens when it is over.
///
/// # Errors
/// Database errors.
pub async fn log_out(portal: &Portal, token: &str, now: DateTime<Utc>) -> Result<()> {
    let Some(session) = find(portal, token, now).await? else { return Ok(()) };
    let mut work = portal.begin().await?;
    end_session(&mut work, &session, now).await?;
    portal.commit(work, now).await
}

/// Begins a session within `work` and ends the one that the browser had before: a token never outlives a log-in.
pub(super) async fn start(
    work: &mut Work,
    user: User,
    browser: &Browser,
    now: DateTime<Utc>,
) -> Result<Started> {
    if let Some(old) = &browser.old_token
        && let Some(session) = sessions::by_token(work.db(), &fresh::hash(old)).await?
    {
        end_session(work, &session, now).await?;
    }
    let (token, hash) = fresh::secret()?;
    let device = browser.device.clone();
    let session = Session { id: fresh::id(now), user: user.id, device, created_at: now, last_seen_at: now };
    sessions::insert(work.db(), &session, &hash).await?;
    let who = format!("user:{}", user.id);
    work.record(Event::new("session.started", &who, &who).fact("session", session.id));
    Ok(Started { token, session, user })
}

/// Ends all sessions of a person but `keep`, within `work`.
pub(super) async fn end_all(
    work: &mut Work,
    user: UserId,
    keep: Option<SessionId>,
    by: &str,
    now: DateTime<Utc>,
) -> Result<u64> {
    let count = sessions::end_others(work.db(), user, keep, now).await?;
    if count > 0 {
        work.record(ended(user, by, count));
    }
    Ok(count)
}

async fn end_session(work: &mut Work, session: &Session, now: DateTime<Utc>) -> Result<()> {
    if sessions::end(work.db(), session.user, session.id, now).await? {
        work.record(ended(session.user, &format!("user:{}", session.user), 1));
    }
    Ok(())
}

fn ended(user: UserId, by: &str, count: u64) -> Event {
    Event::new("session.ended", by, format!("user:{user}")).fact("sessions", count)
}

/// The browser from which somebody logs in.
#[derive(Clone, Debug, Default)]
pub struct Browser {
    /// Browser and system in a few words, for the person's own list.
    pub device: String,
    /// Its address; `None` when it cannot be known.
    pub address: Option<std::net::IpAddr>,
    /// The token in its cookie before.
    pub old_token: Option<String>,
}
