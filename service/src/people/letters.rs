//! The mails of this area, each with the keys of its `sample.json`.

use super::Authority;
use crate::fresh;
use crate::mail::{self, Letter, Recipient};
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::audit::Event;
use domain::calendar::in_words;
use domain::people::{LINK_LIFETIME, LOGIN_WINDOW, User};
use store::{Work, links};

/// What a link by mail is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The first password of a new account.
    Invitation,
    /// A new password.
    Reset,
}

impl Purpose {
    /// Name in storage.
    pub fn name(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Reset => "reset",
        }
    }

    /// Reads [`Self::name`].
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Invitation, Self::Reset].into_iter().find(|p| p.name() == name)
    }
}

/// For what somebody gets access.
pub(super) struct Access {
    /// Company that they act for.
    pub(super) organisation: String,
    /// Names of the roles.
    pub(super) roles: Vec<&'static str>,
}

/// Makes a link that replaces all earlier ones of this person; its address.
pub(super) async fn link(
    portal: &Portal,
    work: &Work,
    user: &User,
    purpose: Purpose,
    now: DateTime<Utc>,
) -> Result<(links::Link, String)> {
    links::spend_all(work.db(), user.id, now).await?;
    let (secret, hash) = fresh::secret()?;
    let expires_at = now + LINK_LIFETIME;
    let link = links::Link {
        id: fresh::id(now),
        user: user.id,
        purpose: purpose.name().into(),
        expires_at,
        used_at: None,
    };
    links::insert(work.db(), &link, &hash, now).await?;
    Ok((link, portal.url(user.language, &format!("/link/{secret}"))))
}

/// Tells somebody about their access: who has a password already hears of the new role, everyone else gets a link.
/// Gives the address of that link.
pub(super) async fn access(
    portal: &Portal,
    work: &mut Work,
    user: &User,
    access: &Access,
    by: &Authority,
    now: DateTime<Utc>,
) -> Result<Option<String>> {
    let words: Vec<_> = access.roles.iter().map(|r| portal.content.roles.word(r, user.language)).collect();
    let letter = |template| {
        Letter::new(template, Recipient::from(user))
            .value("invited_by", by.name(portal))
            .value("organisation", &access.organisation)
            .value("role", words.join(", "))
    };
    let about = format!("user:{}", user.id);
    if user.has_password {
        let letter = letter("access_added")
            .value("email", &user.email)
            .value("link", portal.url(user.language, "/account"));
        let key = format!("access:{}:{}", user.id, fresh::id::<uuid::Uuid>(now));
        mail::enqueue(portal, work, letter, about, key, now).await?;
        return Ok(None);
    }
    let (link, url) = link(portal, work, user, Purpose::Invitation, now).await?;
    let letter = letter("invitation")
        .value("valid_until", in_words(link.expires_at, user.language))
        .value("link", &url)
        .secret();
    mail::enqueue(portal, work, letter, &about, format!("invitation:{}", link.id), now).await?;
    work.record(Event::new("user.invited", by.actor(), about).fact("link", link.id));
    Ok(Some(url))
}

/// The link for a new password.
pub(super) async fn reset(portal: &Portal, work: &Work, user: &User, now: DateTime<Utc>) -> Result<()> {
    let (link, url) = link(portal, work, user, Purpose::Reset, now).await?;
    let letter = Letter::new("password_reset", Recipient::from(user))
        .value("email", &user.email)
        .value("requested_at", in_words(now, user.language))
        .value("valid_until", in_words(link.expires_at, user.language))
        .value("link", url)
        .secret();
    mail::enqueue(portal, work, letter, format!("user:{}", user.id), format!("reset:{}", link.id), now).await
}

/// The password is another one now.
pub(super) async fn password_changed(
    portal: &Portal,
    work: &Work,
    user: &User,
    now: DateTime<Utc>,
) -> Result<()> {
    let letter = Letter::new("password_changed", Recipient::from(user))
        .value("email", &user.email)
        .value("changed_at", in_words(now, user.language))
        .value("privacy_email", &portal.content.provider.privacy_email)
        .value("link", portal.url(user.language, "/password/forgotten"));
    let key = format!("password-changed:{}:{}", user.id, fresh::id::<uuid::Uuid>(now));
    mail::enqueue(portal, work, letter, format!("user:{}", user.id), key, now).await
}

/// Too many failed log-ins; at most one mail in a window.
pub(super) async fn lockout(portal: &Portal, work: &Work, user: &User, now: DateTime<Utc>) -> Result<()> {
    let letter = Letter::new("new_login_lockout", Recipient::from(user))
        .value("email", &user.email)
        .value("last_attempt_at", in_words(now, user.language))
        .value("locked_until", in_words(now + LOGIN_WINDOW, user.language))
        .value("link", portal.url(user.language, "/password/forgotten"));
    let window = now.timestamp() / LOGIN_WINDOW.num_seconds();
    let key = format!("lockout:{}:{window}", user.id);
    mail::enqueue(portal, work, letter, format!("user:{}", user.id), key, now).await
}
