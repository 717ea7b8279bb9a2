//! A new password by mail. The answer is the same whether there is an account or not, and so is its time.

use super::letters;
use super::login::NOT_SOONER;
use super::throttle::{self, What};
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{DateTime, Utc};
use domain::audit::Event;
use domain::text;
use std::net::IpAddr;
use std::time::Duration;
use store::users;

/// Sends a link to whoever has an account here, invited only included (their invitation may be over); nothing
/// to anyone else. The link sets the password in [`super::accept::set_password`].
///
/// # Errors
/// `required`, `email` for what is no address; [`Problem::TooMany`].
pub async fn request(portal: &Portal, email: &str, from: Option<IpAddr>, now: DateTime<Utc>) -> Result<()> {
    let email = text::email("email", email)?;
    let even: Duration = NOT_SOONER;
    let (done, ()) = tokio::join!(answer(portal, &email, from, now), tokio::time::sleep(even));
    done
}

async fn answer(portal: &Portal, email: &str, from: Option<IpAddr>, now: DateTime<Utc>) -> Result<()> {
    if throttle::take(portal, What::Reset, email, from, now).await?.is_none() {
        return Err(Problem::TooMany);
    }
    let mut work = portal.begin().await?;
    let Some(user) = users::by_email(work.db(), email).await?.filter(|u| !u.locked) else {
        return Ok(work.rollback().await?);
    };
    letters::reset(portal, &work, &user, now).await?;
    work.record(Event::new("password.requested", "anyone", format!("user:{}", user.id)));
    portal.commit(work, now).await
}
