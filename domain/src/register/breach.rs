//! Breaches of personal data (Art. 33(2)): recorded by the privacy officer, told to every customer affected, supplied
//! in phases, closed with a lesson. The first notice may be incomplete; it must not be late.

use super::{Register, Stamp, TEXT_MAX, told};
use crate::contract::Refusal;
use crate::{CustomerId, Mistakes, Service, calendar, text};
use chrono::{DateTime, Duration, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Europe::Berlin;
use serde::{Deserialize, Serialize};

/// What is known of a breach: the facts of one notice. What is empty is not known yet and follows in a later phase.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// In one line.
    pub title: String,
    /// When it happened, as far as it is known.
    pub occurred: String,
    /// What kind of breach it is.
    pub nature: String,
    /// Categories of persons concerned and of records.
    pub categories: String,
    /// About how many persons.
    pub persons: String,
    /// About how many records.
    pub records: String,
    /// What it may lead to.
    pub consequences: String,
    /// What was done.
    pub measures: String,
    /// What the customer is advised to do.
    pub proposed: String,
    /// Who tells more.
    pub contact: String,
}

impl Report {
    /// Names of what is not known yet, as in the form.
    pub fn missing(&self) -> Vec<&'static str> {
        let all = [
            ("occurred", &self.occurred),
            ("categories", &self.categories),
            ("persons", &self.persons),
            ("records", &self.records),
            ("consequences", &self.consequences),
            ("measures", &self.measures),
            ("proposed", &self.proposed),
        ];
        all.into_iter().filter(|(_, value)| value.is_empty()).map(|(name, _)| name).collect()
    }
}

/// Whom it may concern.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// Every customer with one of these in a contract in force.
    pub services: Vec<Service>,
    /// Customers picked one by one.
    pub customers: Vec<CustomerId>,
}

/// Somebody who was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// For whom.
    pub customer: CustomerId,
    /// Address.
    pub email: String,
    /// Full name.
    pub name: String,
}

/// One notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phase {
    /// What was known.
    pub report: Report,
    /// Who was told.
    pub recipients: Vec<Recipient>,
    /// By whom, when.
    pub told: Stamp,
}

/// The states, each with its facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum BreachState {
    /// Recorded; nobody is told yet. The clock runs.
    Recorded {
        /// When the provider became aware.
        aware_at: DateTime<Utc>,
        /// What is known.
        report: Report,
        /// Whom it concerns.
        reach: Reach,
        /// By whom, when.
        recorded: Stamp,
    },
    /// The customers are told.
    Told {
        /// When the provider became aware.
        aware_at: DateTime<Utc>,
        /// Whom it concerns.
        reach: Reach,
        /// The notices, the first one first.
        phases: Vec<Phase>,
    },
    /// Nothing more to tell.
    Closed {
        /// When the provider became aware.
        aware_at: DateTime<Utc>,
        /// Whom it concerned.
        reach: Reach,
        /// The notices.
        phases: Vec<Phase>,
        /// What is done differently from now on.
        lesson: String,
        /// By whom, when.
        closed: Stamp,
    },
    /// The suspicion was dispelled before anybody had to be told.
    Dismissed {
        /// When the provider became aware.
        aware_at: DateTime<Utc>,
        /// What was suspected.
        report: Report,
        /// Why it was none.
        reason: String,
        /// By whom, when.
        dismissed: Stamp,
    },
}

impl Register for BreachState {
    const KIND: &'static str = "breach";
    const PREFIX: &'static str = "VF";

    fn state(&self) -> &'static str {
        match self {
            Self::Recorded { .. } => "recorded",
            Self::Told { .. } => "told",
            Self::Closed { .. } => "closed",
            Self::Dismissed { .. } => "dismissed",
        }
    }

    fn is_open(&self) -> bool {
        matches!(self, Self::Recorded { .. } | Self::Told { .. })
    }
}

/// A breach as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BreachInput {
    /// The day of awareness.
    pub aware_on: String,
    /// Its hour, `14:05`.
    pub aware_time: String,
    /// The facts.
    pub report: Report,
    /// Names of the services.
    pub services: Vec<String>,
}

impl BreachInput {
    /// Checks what may be incomplete: title, nature and contact must be there, and somebody must be concerned.
    fn check(&self, picked: Vec<CustomerId>, m: &mut Mistakes) -> Option<(Report, Reach)> {
        let r = &self.report;
        let title = m.take(text::line("title", &r.title, 160));
        let occurred = m.take(text::paragraph("occurred", &r.occurred, 400));
        let nature = m.take(told("nature", &r.nature));
        let mut long = |field: &str, value: &str| m.take(text::paragraph(field, value, TEXT_MAX));
        let categories = long("categories", &r.categories);
        let persons = long("persons", &r.persons);
        let records = long("records", &r.records);
        let consequences = long("consequences", &r.consequences);
        let measures = long("measures", &r.measures);
        let proposed = long("proposed", &r.proposed);
        let contact = m.take(told("contact", &r.contact));
        let services: Vec<Service> = self.services.iter().filter_map(|s| Service::parse(s)).collect();
        if services.is_empty() && picked.is_empty() {
            m.add("services", "breach-nobody");
        }
        let report = Report {
            title: title?,
            occurred: occurred?,
            nature: nature?,
            categories: categories?,
            persons: persons?,
            records: records?,
            consequences: consequences?,
            measures: measures?,
            proposed: proposed?,
            contact: contact?,
        };
        Some((report, Reach { services, customers: picked }))
    }

    /// The time of awareness: not in the future.
    fn aware_at(&self, now: DateTime<Utc>, m: &mut Mistakes) -> Option<DateTime<Utc>> {
        let day = m.take(text::date("aware_on", &self.aware_on));
        let time = NaiveTime::parse_from_str(self.aware_time.trim(), "%H:%M").ok();
        if time.is_none() {
            m.0.push(crate::Mistake::with("aware_time", "time", self.aware_time.trim()));
        }
        let at = Berlin.from_local_datetime(&day?.and_time(time?)).earliest()?.to_utc();
        if at > now {
            m.add("aware_on", "date-future");
        }
        Some(at)
    }
}

impl BreachState {
    /// Records a breach.
    ///
    /// # Errors
    /// All mistakes by form field; `others` are found outside of here (unknown customer numbers).
    pub fn record(
        input: &BreachInput,
        picked: Vec<CustomerId>,
        others: Mistakes,
        by: Stamp,
    ) -> Result<Self, Mistakes> {
        let mut m = Mistakes::default();
        let aware_at = input.aware_at(by.at, &mut m);
        let facts = input.check(picked, &mut m);
        m.0.extend(others.0);
        let whole = aware_at.zip(facts);
        let (aware_at, (report, reach)) = m.or(whole)?;
        Ok(Self::Recorded { aware_at, report, reach, recorded: by })
    }

    /// Corrects what was recorded before anybody is told.
    ///
    /// # Errors
    /// [`Refusal::EntryState`] once somebody was told; all mistakes by field.
    pub fn revise(
        self,
        input: &BreachInput,
        picked: Vec<CustomerId>,
        others: Mistakes,
        by: Stamp,
    ) -> Result<Self, Refusal> {
        let Self::Recorded { recorded, .. } = self else { return Err(Refusal::EntryState) };
        match Self::record(input, picked, others, by)? {
            Self::Recorded { aware_at, report, reach, .. } => {
                Ok(Self::Recorded { aware_at, report, reach, recorded })
            }
            _ => Err(Refusal::EntryState),
        }
    }

    /// Tells the customers for the first time.
    ///
    /// # Errors
    /// [`Refusal::EntryState`] when they are told already; a mistake when there is nobody to tell.
    pub fn tell(self, recipients: Vec<Recipient>, by: Stamp) -> Result<Self, Refusal> {
        let Self::Recorded { aware_at, report, reach, .. } = self else { return Err(Refusal::EntryState) };
        somebody(&recipients)?;
        Ok(Self::Told { aware_at, reach, phases: vec![Phase { report, recipients, told: by }] })
    }

    /// What a further notice says: the facts, and whom they concern besides those who were told already.
    ///
    /// # Errors
    /// [`Refusal::EntryState`] before the first notice and after closing; all mistakes by field.
    pub fn further(
        &self,
        input: &BreachInput,
        picked: Vec<CustomerId>,
        others: Mistakes,
    ) -> Result<(Report, Reach), Refusal> {
        let Self::Told { .. } = self else { return Err(Refusal::EntryState) };
        let mut m = Mistakes::default();
        let facts = input.check(picked, &mut m);
        m.0.extend(others.0);
        Ok(m.or(facts)?)
    }

    /// Tells the customers more: the next phase.
    ///
    /// # Errors
    /// [`Refusal::EntryState`] before the first notice and after closing; a mistake when there is nobody to tell.
    pub fn supplement(
        self,
        (report, reach): (Report, Reach),
        recipients: Vec<Recipient>,
        by: Stamp,
    ) -> Result<Self, Refusal> {
        let Self::Told { aware_at, mut phases, .. } = self else { return Err(Refusal::EntryState) };
        somebody(&recipients)?;
        phases.push(Phase { report, recipients, told: by });
        Ok(Self::Told { aware_at, reach, phases })
    }

    /// Closes it; everything must have been told.
    ///
    /// # Errors
    /// [`Refusal::EntryState`] before the first notice; mistakes while details are missing or without a lesson.
    pub fn close(self, lesson: &str, by: Stamp) -> Result<Self, Refusal> {
        let Self::Told { aware_at, reach, phases } = self else { return Err(Refusal::EntryState) };
        let mut m = Mistakes::default();
        let lesson = m.take(told("lesson", lesson));
        if phases.last().is_some_and(|p| !p.report.missing().is_empty()) {
            m.add("", "breach-incomplete");
        }
        let lesson = m.or(lesson)?;
        Ok(Self::Closed { aware_at, reach, phases, lesson, closed: by })
    }

    /// Dispels the suspicion before anybody was told.
    ///
    /// # Errors
    /// [`Refusal::EntryState`] once somebody was told; a mistake without a reason.
    pub fn dismiss(self, reason: &str, by: Stamp) -> Result<Self, Refusal> {
        let Self::Recorded { aware_at, report, .. } = self else { return Err(Refusal::EntryState) };
        let reason = told("reason", reason).map_err(Mistakes::from)?;
        Ok(Self::Dismissed { aware_at, report, reason, dismissed: by })
    }

    /// When the provider became aware.
    pub fn aware_at(&self) -> DateTime<Utc> {
        match self {
            Self::Recorded { aware_at, .. }
            | Self::Told { aware_at, .. }
            | Self::Closed { aware_at, .. }
            | Self::Dismissed { aware_at, .. } => *aware_at,
        }
    }

    /// The notices so far.
    pub fn phases(&self) -> &[Phase] {
        match self {
            Self::Told { phases, .. } | Self::Closed { phases, .. } => phases,
            _ => &[],
        }
    }

    /// What is known now.
    pub fn report(&self) -> Option<&Report> {
        match self {
            Self::Recorded { report, .. } | Self::Dismissed { report, .. } => Some(report),
            Self::Told { phases, .. } | Self::Closed { phases, .. } => phases.last().map(|p| &p.report),
        }
    }

    /// Whom it concerns.
    pub fn reach(&self) -> Reach {
        match self {
            Self::Recorded { reach, .. } | Self::Told { reach, .. } | Self::Closed { reach, .. } => {
                reach.clone()
            }
            Self::Dismissed { .. } => Reach::default(),
        }
    }
}

/// Until when the customers are told: so many hours after awareness.
pub fn tell_until(aware_at: DateTime<Utc>, hours: u16) -> DateTime<Utc> {
    aware_at + Duration::hours(i64::from(hours))
}

/// Whole hours that are left; negative when it is late.
pub fn hours_left(until: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
    (until - now).num_minutes().div_euclid(60)
}

/// The hour of an instant in Berlin as the form has it: `14:05`.
pub fn clock(at: DateTime<Utc>) -> String {
    at.with_timezone(&Berlin).format("%H:%M").to_string()
}

/// The day of an instant in Berlin as the form has it: `2026-11-23`.
pub fn day(at: DateTime<Utc>) -> String {
    calendar::berlin_date(at).to_string()
}

fn somebody(recipients: &[Recipient]) -> Result<(), Mistakes> {
    if recipients.is_empty() { Err(crate::Mistake::new("", "breach-nobody").into()) } else { Ok(()) }
}
