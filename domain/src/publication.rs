//! The publishing of a contract text: a decision of the provider with a day and a person. An *editorial* text is told;
//! a *material* one needs a new acceptance, and until its day the old one still opens the gate.

use crate::calendar;
use crate::legal_text::TextFamily;
use crate::{Mistake, Mistakes, UserId, text};
use chrono::{DateTime, Duration, NaiveDate, Utc};

/// Of what kind a version is against the one before, as its `text.toml` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The first one of its family.
    First,
    /// Rights and duties stay.
    Editorial,
    /// Rights or duties change; customers have so many days to accept.
    Material {
        /// Days offered for the acceptance unless another day is chosen.
        accept_days: u16,
    },
}

impl Change {
    /// Stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Editorial => "editorial",
            Self::Material { .. } => "material",
        }
    }
}

/// A version that was published. It is never taken back; a better one is a new version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// The version.
    pub version: String,
    /// Its family.
    pub family: TextFamily,
    /// `first`, `editorial`, `material`.
    pub kind: String,
    /// Last day on which older texts of the family open the gate; only of a material one.
    pub accept_until: Option<NaiveDate>,
    /// Who decided; nobody for the one that a new installation begins with.
    pub by: Option<UserId>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Fewest days for the acceptance of a material text: six weeks, as the contract text itself promises.
pub const ACCEPT_FLOOR_DAYS: i64 = 42;
/// Most days.
pub const ACCEPT_LONGEST_DAYS: i64 = 365;

/// The last day that is proposed for the acceptance.
pub fn proposed_day(change: Change, now: DateTime<Utc>) -> Option<NaiveDate> {
    match change {
        Change::Material { accept_days } => {
            Some(calendar::berlin_date(now) + Duration::days(i64::from(accept_days)))
        }
        Change::First | Change::Editorial => None,
    }
}

/// Decides. `typed` is the last day of the acceptance, asked for a material text only.
///
/// # Errors
/// [`Mistakes`] at `accept_until`: no day, too near (`date-near` with the floor in days), too far.
pub fn publish(
    version: &str,
    family: TextFamily,
    change: Change,
    typed: &str,
    by: UserId,
    now: DateTime<Utc>,
) -> Result<Publication, Mistakes> {
    let accept_until = match change {
        Change::First | Change::Editorial => None,
        Change::Material { .. } => Some(acceptance(typed, now)?),
    };
    Ok(Publication {
        version: version.into(),
        family,
        kind: change.name().into(),
        accept_until,
        by: Some(by),
        at: now,
    })
}

fn acceptance(typed: &str, now: DateTime<Utc>) -> Result<NaiveDate, Mistakes> {
    const FIELD: &str = "accept_until";
    let day = text::date(FIELD, typed)?;
    let today = calendar::berlin_date(now);
    if day < today + Duration::days(ACCEPT_FLOOR_DAYS) {
        return Err(Mistake::with(FIELD, "date-near", ACCEPT_FLOOR_DAYS).into());
    }
    if day > today + Duration::days(ACCEPT_LONGEST_DAYS) {
        return Err(Mistake::with(FIELD, "date-far", ACCEPT_LONGEST_DAYS).into());
    }
    Ok(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone as _;

    fn decide(change: Change, typed: &str) -> Result<Option<NaiveDate>, String> {
        let now = Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap();
        publish("2026-2", TextFamily::Av, change, typed, UserId(uuid::Uuid::nil()), now)
            .map(|p| p.accept_until)
            .map_err(|m| m.0[0].code.clone())
    }

    #[test]
    fn a_material_text_leaves_six_weeks_and_an_editorial_one_needs_no_day() {
        let material = Change::Material { accept_days: 60 };
        assert_eq!(decide(Change::Editorial, ""), Ok(None));
        assert_eq!(decide(material, "2027-01-04"), Ok(NaiveDate::from_ymd_opt(2027, 1, 4)));
        assert_eq!(decide(material, "2027-01-03"), Err("date-near".into()));
        assert_eq!(decide(material, "2027-11-24"), Err("date-far".into()));
        assert_eq!(decide(material, "soon"), Err("date".into()));
    }
}
