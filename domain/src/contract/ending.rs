//! The end of a contract: notice by either side, the last day, and what it is after that.

use super::disposal::{Choice, Disposal, Plan, Way};
use super::{InForce, Refusal, Request, StateName};
use crate::{ContractId, DocumentId, Mistake, Mistakes, Service, UserId, calendar, text};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A side of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The customer.
    Customer,
    /// The provider.
    Provider,
}

impl Side {
    /// Stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Provider => "provider",
        }
    }
}

/// A notice of termination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Who gave it.
    pub side: Side,
    /// By whom, or who entered it.
    pub by: UserId,
    /// It came in text form outside the portal, and was entered by the provider.
    #[serde(default)]
    pub in_text_form: bool,
    /// For good cause: then without a period.
    pub good_cause: bool,
    /// Why; always there for good cause.
    pub reason: String,
    /// Last day of the contract, inclusive.
    pub last_day: NaiveDate,
    /// When it was given, and received: the portal delivers at once.
    pub at: DateTime<Utc>,
}

/// What somebody typed who gives notice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoticeInput {
    /// `ordinary` or `good_cause`.
    pub kind: String,
    /// Why.
    pub reason: String,
    /// Last day, ISO.
    pub last_day: String,
    /// The provider ends the services, too: it may not give ordinary notice otherwise.
    pub services_end: bool,
    /// The consequences were read.
    pub understood: bool,
}

/// The last day may be so many days away.
pub const NOTICE_LONGEST_DAYS: i64 = 730;

/// The first day with which an ordinary notice given now may end the contract. The day on which it is given does
/// not count; a period of notice is not prolonged over holidays.
pub fn earliest_last_day(notice_days: u16, now: DateTime<Utc>) -> NaiveDate {
    calendar::berlin_date(now) + Duration::days(i64::from(notice_days))
}

/// Notice was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// The contract, as it was concluded.
    pub was: InForce,
    /// The notice.
    pub notice: Notice,
    /// The customer's choice, where it was made before the end.
    #[serde(default)]
    pub choice: Option<Choice>,
}

/// Why a contract is over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EndCause {
    /// Its time has run out.
    #[default]
    Expiry,
    /// Notice was given.
    Notice(Notice),
    /// Another version took its place.
    Superseded {
        /// Which.
        by: ContractId,
    },
}

impl EndCause {
    /// Stable name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Expiry => "expiry",
            Self::Notice(_) => "notice",
            Self::Superseded { .. } => "superseded",
        }
    }
}

/// Over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// What it was.
    pub was: InForce,
    /// When the end was noticed.
    pub at: DateTime<Utc>,
    /// Why.
    #[serde(default)]
    pub cause: EndCause,
    /// What becomes of the data; `None` where nothing is to be disposed of (or nobody has begun with it).
    #[serde(default)]
    pub disposal: Option<Disposal>,
}

/// Over, and certified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// What it was.
    pub ended: Ended,
    /// Who closed it.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// The stored certificate, once it is made.
    #[serde(default)]
    pub certificate: Option<Certificate>,
}

/// A stored deletion certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// The bytes.
    pub document: DocumentId,
    /// Their SHA-256, hex.
    pub sha256: String,
    /// When they were stored.
    pub at: DateTime<Utc>,
}

/// Left before it was concluded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideExit {
    /// In which state it was then.
    pub from: StateName,
    /// Services it was about.
    pub services: Vec<Service>,
    /// What was asked for, once it was sent; a new request begins with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Request>,
    /// Why, in the words of whoever left; empty for a lapse.
    pub reason: String,
    /// Whether the provider's side left.
    pub by_provider: bool,
    /// Who; nobody for a lapse.
    pub by: Option<UserId>,
    /// When.
    pub at: DateTime<Utc>,
}

impl InForce {
    /// Whether the last day is over.
    pub fn over(&self, now: DateTime<Utc>) -> bool {
        self.effective_until.is_some_and(|d| now >= calendar::end_of_day(d))
    }

    /// Either side gives notice.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when it is over already; [`Refusal::Mistakes`]: a last day that is too soon, too far
    /// off or not before the end that the contract has anyway; no reason for good cause; an ordinary notice of the
    /// provider that leaves the services running; consequences not read.
    pub fn give_notice(
        self,
        side: Side,
        by: UserId,
        input: &NoticeInput,
        notice_days: u16,
        now: DateTime<Utc>,
    ) -> Result<Ending, Refusal> {
        if self.over(now) {
            return Err(Refusal::WrongState(StateName::InForce));
        }
        let notice = self.check_notice(side, by, input, notice_days, now)?;
        Ok(Ending { was: self, notice, choice: None })
    }

    fn check_notice(
        &self,
        side: Side,
        by: UserId,
        input: &NoticeInput,
        notice_days: u16,
        now: DateTime<Utc>,
    ) -> Result<Notice, Mistakes> {
        let mut m = Mistakes::default();
        let good_cause = input.kind == "good_cause";
        if !good_cause && input.kind != "ordinary" {
            m.0.push(Mistake::new("kind", "choose-one"));
        }
        let reason = m.take(text::paragraph("reason", &input.reason, 2000));
        if good_cause && reason.as_deref() == Some("") {
            m.add("reason", "required");
        }
        let last_day = m.take(text::date("last_day", &input.last_day));
        if let Some(day) = last_day {
            self.check_last_day(day, good_cause, notice_days, now, &mut m);
        }
        if side == Side::Provider && !good_cause && !input.services_end {
            m.add("services_end", "box");
        }
        if !input.understood {
            m.add("understood", "box");
        }
        let (reason, last_day) = m.or(reason.zip(last_day))?;
        Ok(Notice { side, by, in_text_form: false, good_cause, reason, last_day, at: now })
    }

    fn check_last_day(
        &self,
        day: NaiveDate,
        good_cause: bool,
        notice_days: u16,
        now: DateTime<Utc>,
        m: &mut Mistakes,
    ) {
        let today = calendar::berlin_date(now);
        if day < today {
            m.add("last_day", "date-past");
        } else if !good_cause && day < earliest_last_day(notice_days, now) {
            m.0.push(Mistake::with("last_day", "notice-short", notice_days));
        } else if day > today + Duration::days(NOTICE_LONGEST_DAYS) {
            m.0.push(Mistake::with("last_day", "date-far", NOTICE_LONGEST_DAYS));
        } else if self.effective_until.is_some_and(|end| day >= end) {
            m.add("last_day", "ends-anyway");
        }
    }

    /// Notes the end once the last day is over. Without a plan nothing is disposed of (an end long before the portal).
    ///
    /// # Errors
    /// [`Refusal::WrongState`] before.
    pub fn end(self, plan: Option<&Plan>, now: DateTime<Utc>) -> Result<Ended, Refusal> {
        let Some(last_day) = self.effective_until.filter(|_| self.over(now)) else {
            return Err(Refusal::WrongState(StateName::InForce));
        };
        let disposal = plan.map(|p| Disposal::begin(p, &self.services, last_day, None, now));
        Ok(Ended { was: self, at: now, cause: EndCause::Expiry, disposal })
    }

    /// Another version takes its place. Only services that the other one does not cover are disposed of.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] before its last day is over (see [`Self::hand_over`]).
    pub fn supersede(
        self,
        by: ContractId,
        covered: &[Service],
        plan: &Plan,
        now: DateTime<Utc>,
    ) -> Result<Ended, Refusal> {
        let Some(last_day) = self.effective_until.filter(|_| self.over(now)) else {
            return Err(Refusal::WrongState(StateName::InForce));
        };
        let dropped: Vec<Service> = self.services.iter().copied().filter(|s| !covered.contains(s)).collect();
        let disposal = (!dropped.is_empty()).then(|| Disposal::begin(plan, &dropped, last_day, None, now));
        Ok(Ended { was: self, at: now, cause: EndCause::Superseded { by }, disposal })
    }
}

impl Ending {
    /// Whether the last day is over.
    pub fn over(&self, now: DateTime<Utc>) -> bool {
        now >= calendar::end_of_day(self.notice.last_day)
    }

    /// The side that gave notice takes it back: the contract goes on as it was.
    ///
    /// # Errors
    /// [`Refusal::OtherSide`], [`Refusal::WrongState`] after the last day, [`Refusal::Mistakes`] without a reason.
    pub fn withdraw_notice(self, side: Side, reason: &str, now: DateTime<Utc>) -> Result<InForce, Refusal> {
        if self.notice.side != side {
            return Err(Refusal::OtherSide);
        }
        if self.over(now) {
            return Err(Refusal::WrongState(StateName::Ending));
        }
        let reason = text::paragraph("reason", reason, 2000).map_err(Mistakes::from)?;
        if reason.is_empty() {
            return Err(Mistakes::from(Mistake::new("reason", "required")).into());
        }
        Ok(self.was)
    }

    /// The customer chooses before the end already.
    ///
    /// # Errors
    /// [`Refusal::AlreadyChosen`] for the same choice again.
    pub fn choose(mut self, way: Way, by: UserId, now: DateTime<Utc>) -> Result<Self, Refusal> {
        if self.choice.as_ref().is_some_and(|c| c.way == way) {
            return Err(Refusal::AlreadyChosen);
        }
        self.choice = Some(Choice { way, by: Some(by), in_text_form: false, at: now });
        Ok(self)
    }

    /// Says that the notice came in text form, and was only entered here.
    #[must_use]
    pub fn noticed_in_text_form(mut self) -> Self {
        self.notice.in_text_form = true;
        self
    }

    /// Says that the choice came in text form, and was only entered here.
    #[must_use]
    pub fn chosen_in_text_form(mut self) -> Self {
        self.choice.iter_mut().for_each(|c| c.in_text_form = true);
        self
    }

    /// Notes the end once the last day is over.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] before.
    pub fn end(self, plan: &Plan, now: DateTime<Utc>) -> Result<Ended, Refusal> {
        if !self.over(now) {
            return Err(Refusal::WrongState(StateName::Ending));
        }
        let last_day = self.notice.last_day;
        let disposal = Disposal::begin(plan, &self.was.services, last_day, self.choice, now);
        Ok(Ended { was: self.was, at: now, cause: EndCause::Notice(self.notice), disposal: Some(disposal) })
    }
}

impl Ended {
    /// Its last day, inclusive.
    pub fn last_day(&self) -> Option<NaiveDate> {
        match &self.cause {
            EndCause::Expiry | EndCause::Superseded { .. } => self.was.effective_until,
            EndCause::Notice(notice) => Some(notice.last_day),
        }
    }

    /// Begins with the disposal of a contract that ended without one (before there was any, or before the portal).
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when it has one, or another version goes on with the data.
    pub fn begin_disposal(mut self, plan: &Plan, now: DateTime<Utc>) -> Result<Self, Refusal> {
        if self.disposal.is_some() || matches!(self.cause, EndCause::Superseded { .. }) {
            return Err(Refusal::WrongState(StateName::Ended));
        }
        let last_day = self.last_day().unwrap_or_else(|| calendar::berlin_date(self.at));
        self.disposal = Some(Disposal::begin(plan, &self.was.services, last_day, None, now));
        Ok(self)
    }

    /// Changes the disposal by one of its moves.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when there is none; what the move refuses.
    pub fn dispose(
        mut self,
        step: impl FnOnce(Disposal) -> Result<Disposal, Refusal>,
    ) -> Result<Self, Refusal> {
        let disposal = self.disposal.take().ok_or(Refusal::WrongState(StateName::Ended))?;
        self.disposal = Some(step(disposal)?);
        Ok(self)
    }

    /// Closes: everything is confirmed, and can be certified.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when there is nothing to certify, [`Refusal::TasksOpen`] before the last confirmation.
    pub fn close(self, by: UserId, now: DateTime<Utc>) -> Result<Closed, Refusal> {
        let disposal = self.disposal.as_ref().ok_or(Refusal::WrongState(StateName::Ended))?;
        if !disposal.complete(now) {
            return Err(Refusal::TasksOpen);
        }
        Ok(Closed { ended: self, by, at: now, certificate: None })
    }
}
