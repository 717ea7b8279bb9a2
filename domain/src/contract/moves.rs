//! The moves between the states of a contract: each consumes a state and gives the next one, or says why not.

use super::authorisation::Authorisation;
use super::lifecycle::{
    ContractState, Countersignature, Draft, Frozen, InForce, Offered, Paper, Refusal, Requested, SideExit,
    SignedByCustomer, StateName, Weighing,
};
use super::request::Request;
use super::signing::{self, Signature};
use crate::calendar;
use crate::customer::Representation;
use crate::{DocumentId, Mistakes, Service, SnapshotId, UserId};
use chrono::{DateTime, NaiveDate, Utc};

impl Draft {
    /// Sends the request.
    ///
    /// # Errors
    /// [`Refusal::Mistakes`] with everything that is missing or wrong.
    pub fn submit(self, rule: Representation, by: UserId, now: DateTime<Utc>) -> Result<Requested, Refusal> {
        let request = self.input.check(rule)?;
        Ok(Requested { request, at: now, by })
    }
}

/// The terms under which a request is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferTerms {
    /// Version of the text.
    pub text_version: String,
    /// Representation rule of the customer at this time.
    pub representation: Representation,
    /// Frozen annex 2.
    pub toms: SnapshotId,
    /// Frozen annex 3.
    pub subprocessors: SnapshotId,
    /// The frozen document.
    pub document: DocumentId,
    /// Its SHA-256, hex.
    pub document_sha256: String,
    /// Notice period in days.
    pub notice_days: u16,
    /// How new sub-processors are authorised.
    pub authorisation: Authorisation,
    /// Others may accede later.
    pub docking: bool,
    /// Last day of the offer.
    pub valid_until: NaiveDate,
}

/// Fewest days of notice before a new sub-processor (checklist F43).
pub const NOTICE_FLOOR_DAYS: u16 = 14;
/// An offer stands between 1 and this many days.
pub const OFFER_LONGEST_DAYS: i64 = 180;
/// The first day of a contract lies at most so many days ahead.
pub const START_LATEST_DAYS: i64 = 366;

impl Requested {
    /// Freezes the request into an offer.
    ///
    /// # Errors
    /// [`Refusal::Mistakes`] when the weighing is incomplete (a pre-approved customer needs none), when the
    /// last day lies before today or too far off, when the notice period is under its floor, or when the request names
    /// fewer signatories than must sign together.
    pub fn offer(
        self,
        weighing: Weighing,
        terms: OfferTerms,
        now: DateTime<Utc>,
    ) -> Result<Offered, Refusal> {
        check_terms(&weighing, terms.valid_until, terms.notice_days, now)?;
        if self.request.signatories.len() < terms.representation.signatures() {
            return Err(Mistakes::from(crate::Mistake::new("", "signatories-missing")).into());
        }
        let language = self.request.language;
        Ok(Offered {
            at: now,
            by: weighing.by,
            weighing,
            valid_until: terms.valid_until,
            signatures: Vec::new(),
            delegations: Vec::new(),
            frozen: Frozen {
                request: self.request,
                text_version: terms.text_version,
                language,
                representation: terms.representation,
                toms: terms.toms,
                subprocessors: terms.subprocessors,
                document: terms.document,
                document_sha256: terms.document_sha256,
                notice_days: terms.notice_days,
                authorisation: terms.authorisation,
                docking: terms.docking,
            },
        })
    }

    /// The provider says no, with a reason.
    ///
    /// # Errors
    /// [`Refusal::Mistakes`] without a reason.
    pub fn decline(self, reason: &str, by: UserId, now: DateTime<Utc>) -> Result<SideExit, Refusal> {
        left_with(StateName::Requested, self.request, reason, true, by, now)
    }

    /// The customer takes the request back.
    ///
    /// # Errors
    /// None today; the result is there so that all moves read alike.
    pub fn withdraw(self, by: UserId, now: DateTime<Utc>) -> Result<SideExit, Refusal> {
        let left = left(StateName::Requested, self.request.services(), Some(by), now);
        Ok(SideExit { request: Some(self.request), ..left })
    }
}

/// The checks of an offer's terms, also asked before anything is frozen.
///
/// # Errors
/// All [`Mistakes`] by form field.
pub fn check_terms(
    weighing: &Weighing,
    valid_until: NaiveDate,
    notice_days: u16,
    now: DateTime<Utc>,
) -> Result<(), Mistakes> {
    let mut m = Mistakes::default();
    if !weighing.preapproved {
        for (field, text) in
            [("cost", &weighing.cost), ("benefit", &weighing.benefit), ("risk", &weighing.risk)]
        {
            if text.trim().is_empty() {
                m.add(field, "required");
            }
        }
    }
    if let Err(wrong) = check_last_day(valid_until, now) {
        m.0.push(wrong);
    }
    if notice_days < NOTICE_FLOOR_DAYS {
        m.0.push(crate::Mistake::with("notice_days", "number-small", NOTICE_FLOOR_DAYS));
    }
    if m.is_empty() { Ok(()) } else { Err(m) }
}

/// Whether an offer may stand until this day.
///
/// # Errors
/// `date-past`, `date-far` at `valid_until`.
pub fn check_last_day(valid_until: NaiveDate, now: DateTime<Utc>) -> Result<(), crate::Mistake> {
    let today = calendar::berlin_date(now);
    if valid_until < today {
        return Err(crate::Mistake::new("valid_until", "date-past"));
    }
    if valid_until > today + chrono::Duration::days(OFFER_LONGEST_DAYS) {
        return Err(crate::Mistake::with("valid_until", "date-far", OFFER_LONGEST_DAYS));
    }
    Ok(())
}

/// What a signature leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AfterSigning {
    /// One more signature is needed.
    Pending(Offered),
    /// All are there.
    Complete(SignedByCustomer),
}

impl AfterSigning {
    /// As a state.
    pub fn into_state(self) -> ContractState {
        match self {
            Self::Pending(o) => ContractState::Offered(o),
            Self::Complete(s) => ContractState::SignedByCustomer(s),
        }
    }
}

impl Offered {
    /// Whether the offer's last day is over.
    pub fn lapsed(&self, now: DateTime<Utc>) -> bool {
        now >= calendar::end_of_day(self.valid_until)
    }

    /// Whether this person may sign now.
    ///
    /// # Errors
    /// [`Refusal::OfferLapsed`], [`Refusal::PassedOn`], [`Refusal::NotASignatory`], [`Refusal::AlreadySigned`].
    pub fn may_sign(&self, user: UserId, address: &str, now: DateTime<Utc>) -> Result<(), Refusal> {
        if self.lapsed(now) {
            return Err(Refusal::OfferLapsed);
        }
        if self.passed_on(address).is_some() {
            return Err(Refusal::PassedOn);
        }
        if !self.signers().iter().any(|s| s.person.email == address) {
            return Err(Refusal::NotASignatory);
        }
        if self.signatures.iter().any(|s| s.user == user || s.email == address) {
            return Err(Refusal::AlreadySigned);
        }
        Ok(())
    }

    /// Takes one signature.
    ///
    /// # Errors
    /// As [`Self::may_sign`]; [`Refusal::OtherText`] when the signature names another document;
    /// [`Refusal::Mistakes`] when a box is missing.
    pub fn sign(
        mut self,
        signature: Signature,
        boxes_needed: &[String],
        now: DateTime<Utc>,
    ) -> Result<AfterSigning, Refusal> {
        self.may_sign(signature.user, &signature.email, now)?;
        if signature.document_sha256 != self.frozen.document_sha256 {
            return Err(Refusal::OtherText);
        }
        signing::all_ticked(&signature, boxes_needed)?;
        self.signatures.push(signature);
        if self.signatures.len() < self.frozen.representation.signatures() {
            return Ok(AfterSigning::Pending(self));
        }
        Ok(AfterSigning::Complete(SignedByCustomer { offered: self, at: now }))
    }

    /// Either side says no to the offer, with a reason.
    ///
    /// # Errors
    /// [`Refusal::Mistakes`] without a reason.
    pub fn decline(
        self,
        reason: &str,
        by_provider: bool,
        by: UserId,
        now: DateTime<Utc>,
    ) -> Result<SideExit, Refusal> {
        left_with(StateName::Offered, self.frozen.request, reason, by_provider, by, now)
    }

    /// The offer's time is over.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] while its last day is not over.
    pub fn lapse(self, now: DateTime<Utc>) -> Result<SideExit, Refusal> {
        if !self.lapsed(now) {
            return Err(Refusal::WrongState(StateName::Offered));
        }
        let services = self.frozen.request.services();
        Ok(SideExit { request: Some(self.frozen.request), ..left(StateName::Offered, services, None, now) })
    }
}

impl SignedByCustomer {
    /// The provider signs; the contract is concluded.
    ///
    /// # Errors
    /// [`Refusal::Mistakes`] when the first day is over (nothing is permitted backwards) or more than a year ahead (a
    /// year typed wrongly).
    pub fn countersign(
        self,
        by: Countersignature,
        effective_from: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<InForce, Refusal> {
        let today = calendar::berlin_date(now);
        if effective_from < today {
            return Err(Mistakes::from(crate::Mistake::new("effective_from", "date-past")).into());
        }
        if effective_from > today + chrono::Duration::days(START_LATEST_DAYS) {
            let far = crate::Mistake::with("effective_from", "date-far", START_LATEST_DAYS);
            return Err(Mistakes::from(far).into());
        }
        Ok(InForce {
            effective_from,
            effective_until: None,
            services: self.offered.frozen.request.services(),
            text_version: self.offered.frozen.text_version.clone(),
            signed: Some(self),
            countersignature: Some(by),
            paper: None,
            confirmed_by: None,
            successor: None,
            at: now,
        })
    }

    /// The provider refuses to countersign, with a reason.
    ///
    /// # Errors
    /// [`Refusal::Mistakes`] without a reason.
    pub fn decline(self, reason: &str, by: UserId, now: DateTime<Utc>) -> Result<SideExit, Refusal> {
        left_with(StateName::SignedByCustomer, self.offered.frozen.request, reason, true, by, now)
    }
}

impl Paper {
    /// A second person confirms what was entered (four eyes).
    ///
    /// # Errors
    /// [`Refusal::SamePerson`].
    pub fn confirm(self, by: UserId, now: DateTime<Utc>) -> Result<InForce, Refusal> {
        if self.entered_by == Some(by) {
            return Err(Refusal::SamePerson);
        }
        Ok(InForce {
            effective_from: self.effective_from,
            effective_until: self.effective_until,
            services: self.services.clone(),
            text_version: self.text_version.clone(),
            signed: None,
            countersignature: None,
            paper: Some(self),
            confirmed_by: Some(by),
            successor: None,
            at: now,
        })
    }
}

/// Draft thrown away by the customer.
pub fn withdraw_draft(draft: Draft, by: UserId, now: DateTime<Utc>) -> SideExit {
    left(StateName::Draft, draft.input.services(), Some(by), now)
}

fn left(from: StateName, services: Vec<Service>, by: Option<UserId>, now: DateTime<Utc>) -> SideExit {
    SideExit { from, services, request: None, reason: String::new(), by_provider: false, by, at: now }
}

/// Left with a reason; what was asked for is kept, so that a new request can begin with it.
fn left_with(
    from: StateName,
    request: Request,
    reason: &str,
    by_provider: bool,
    by: UserId,
    now: DateTime<Utc>,
) -> Result<SideExit, Refusal> {
    let reason = crate::text::paragraph("reason", reason, 2000).map_err(Mistakes::from)?;
    if reason.is_empty() {
        return Err(Mistakes::from(crate::Mistake::new("reason", "required")).into());
    }
    let services = request.services();
    Ok(SideExit { request: Some(request), reason, by_provider, ..left(from, services, Some(by), now) })
}

/// The number of the `n`-th contract of a year.
pub fn contract_number(year: i32, n: i64) -> String {
    format!("AV-{year}-{n:05}")
}
