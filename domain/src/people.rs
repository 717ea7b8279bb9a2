//! People with a log-in, and the rules of logging in.

use crate::permission::{CustomerRole, StaffRole};
use crate::text::{self, Lang};
use crate::{CustomerId, Mistake, UserId};
use chrono::{DateTime, Duration, NaiveDate, Utc};

/// A person with a log-in. Staff, customer user of one or several customers, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Identity.
    pub id: UserId,
    /// Log-in name, lower-case.
    pub email: String,
    /// Full name.
    pub name: String,
    /// Language of pages and mails.
    pub language: Lang,
    /// Locked out by an admin.
    pub locked: bool,
    /// Has set a password (an invitation has been accepted).
    pub has_password: bool,
    /// Roles at the provider; empty for customers' people.
    pub staff_roles: Vec<StaffRole>,
    /// Roles at customers.
    pub memberships: Vec<Membership>,
    /// Date of the confidentiality undertaking, Art. 28(3)(b).
    pub confidentiality_on: Option<NaiveDate>,
    /// Last day on which the privacy training counts.
    pub training_until: Option<NaiveDate>,
    /// When the account was made.
    pub created_at: DateTime<Utc>,
}

/// A role at one customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Where.
    pub customer: CustomerId,
    /// What.
    pub role: CustomerRole,
}

/// Links by mail (invitation, password reset) work once and for this long.
pub const LINK_LIFETIME: Duration = Duration::hours(24);
/// A session ends after this long without a request.
pub const SESSION_IDLE: Duration = Duration::minutes(60);
/// A session ends after this long in any case.
pub const SESSION_ABSOLUTE: Duration = Duration::hours(12);
/// Failed log-ins are counted over this window.
pub const LOGIN_WINDOW: Duration = Duration::minutes(15);
/// Failed log-ins of one address from one network in the window after which it must wait there. Counted by address
/// alone, anybody who knows an address could keep its owner out.
pub const LOGIN_TRIES_HERE: u32 = 5;
/// Failed log-ins of one address from anywhere: somebody guesses from many networks.
pub const LOGIN_TRIES_ADDRESS: u32 = 50;
/// Failed log-ins from one network in the window after which it must wait.
pub const LOGIN_TRIES_NETWORK: u32 = 50;
/// Mails with a link that may be asked for by one address in the window, from wherever: whoever gets them is kept from
/// nothing by them, but annoyed.
pub const RESETS_ADDRESS: u32 = 5;

/// Whether a session still counts at `now`.
pub fn session_alive(created_at: DateTime<Utc>, last_seen_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now >= created_at - Duration::minutes(5)
        && now < created_at + SESSION_ABSOLUTE
        && now < last_seen_at + SESSION_IDLE
}

/// A password by the rule of length, not of signs: 12 to 200 characters, not the address, not one sign repeated.
///
/// # Errors
/// `password-short`, `password-long`, `password-simple`.
pub fn password(field: &str, value: &str, address: &str) -> Result<(), Mistake> {
    let length = value.chars().count();
    if length < 12 {
        return Err(Mistake::with(field, "password-short", 12));
    }
    if length > 200 {
        return Err(Mistake::with(field, "password-long", 200));
    }
    let folded = value.to_lowercase();
    let distinct = folded.chars().collect::<std::collections::BTreeSet<_>>().len();
    let local = address.split('@').next().unwrap_or_default();
    if distinct < 5 || folded == address || (local.len() >= 8 && folded.contains(local)) {
        return Err(Mistake::new(field, "password-simple"));
    }
    Ok(())
}

/// A full name as typed by a person: at least two letters.
///
/// # Errors
/// `required`, `too-long`, `name`.
pub fn full_name(field: &str, value: &str) -> Result<String, Mistake> {
    let name = text::line(field, value, 120)?;
    if name.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return Err(Mistake::new(field, "name"));
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn sessions_end_idle_and_absolutely() {
        let t = |h, m| Utc.with_ymd_and_hms(2026, 11, 23, h, m, 0).unwrap();
        assert!(session_alive(t(8, 0), t(8, 0), t(8, 59)));
        assert!(!session_alive(t(8, 0), t(8, 0), t(9, 0)));
        assert!(session_alive(t(8, 0), t(19, 30), t(19, 59)));
        assert!(!session_alive(t(8, 0), t(19, 59), t(20, 0)));
    }

    #[test]
    fn passwords_need_length_and_some_variety() {
        for bad in ["short", "aaaaaaaaaaaaaaaa", "anna@provider.example", "abababababab"] {
            assert!(password("p", bad, "anna@provider.example").is_err(), "{bad}");
        }
        assert!(password("p", "drei ruhige Boote", "anna@provider.example").is_ok());
    }
}
