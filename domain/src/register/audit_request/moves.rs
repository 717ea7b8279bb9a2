//! What is done with an audit request: each move consumes a state and gives the next one, or says why not.

use super::{AuditRequest, AuditState, Delivery, Finding, Kind, Occasion, Party, Point, Reasoned};
use crate::contract::Refusal;
use crate::register::{FileRef, Stamp, TEXT_MAX, told};
use crate::{ContractId, Mistake, Mistakes, calendar, text};
use chrono::{Duration, NaiveDate};

/// A request as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditInput {
    /// Name of the kind.
    pub kind: String,
    /// Name of the occasion.
    pub occasion: String,
    /// The day wished for.
    pub wished: String,
    /// Another day; may be empty.
    pub alternative: String,
    /// Why a regular audit is announced so late.
    pub short_notice: String,
    /// Who audits.
    pub auditor: String,
    /// The auditor is bound to secrecy and no competitor.
    pub auditor_bound: bool,
    /// What is to be shown, one point a line.
    pub points: String,
}

/// Most points of a request.
const POINTS: usize = 50;

impl AuditInput {
    /// Checks a request. A regular audit is announced `notice_days` before, as a rule: later with a reason only.
    ///
    /// # Errors
    /// All mistakes by form field.
    pub fn check(
        &self,
        (contract, number): (ContractId, &str),
        notice_days: u16,
        asked: Stamp,
    ) -> Result<AuditState, Mistakes> {
        let mut m = Mistakes::default();
        let kind = chosen(&mut m, "kind", Kind::parse(&self.kind));
        let occasion = chosen(&mut m, "occasion", Occasion::parse(&self.occasion));
        let today = calendar::berlin_date(asked.at);
        let wished = future(&mut m, "wished", &self.wished, today);
        let alternative = match self.alternative.trim() {
            "" => Some(None),
            typed => future(&mut m, "alternative", typed, today).map(Some),
        };
        let short_notice = m.take(text::paragraph("short_notice", &self.short_notice, TEXT_MAX));
        let audit = kind.is_some_and(Kind::is_audit);
        let earliest = today + Duration::days(i64::from(notice_days));
        let days = [wished, alternative.flatten()];
        let late = audit
            && occasion == Some(Occasion::Regular)
            && days.into_iter().flatten().any(|day| day < earliest);
        if late && short_notice.as_ref().is_some_and(String::is_empty) {
            m.0.push(Mistake::with("short_notice", "audit-notice", notice_days));
        }
        let auditor = m.take(match audit {
            true => text::line("auditor", &self.auditor, 200),
            false => text::optional_line("auditor", &self.auditor, 200),
        });
        if audit && !self.auditor_bound {
            m.add("auditor_bound", "box");
        }
        let points = points(&mut m, &self.points);
        let request = (|| {
            Some(AuditRequest {
                contract,
                contract_number: number.into(),
                kind: kind?,
                occasion: occasion?,
                wished: wished?,
                alternative: alternative?,
                short_notice: if late { short_notice? } else { String::new() },
                auditor: auditor?,
                points,
                asked,
                deliveries: Vec::new(),
                findings: Vec::new(),
                costs: String::new(),
            })
        })();
        Ok(AuditState::Asked { request: m.or(request)? })
    }
}

fn chosen<T>(m: &mut Mistakes, field: &str, value: Option<T>) -> Option<T> {
    if value.is_none() {
        m.add(field, "choose-one");
    }
    value
}

fn future(m: &mut Mistakes, field: &str, typed: &str, today: NaiveDate) -> Option<NaiveDate> {
    let day = m.take(text::date(field, typed))?;
    if day < today {
        m.add(field, "date-past");
    }
    Some(day)
}

fn points(m: &mut Mistakes, typed: &str) -> Vec<Point> {
    let lines: Vec<&str> = typed.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    if lines.is_empty() {
        m.add("points", "required");
    }
    if lines.len() > POINTS {
        m.0.push(Mistake::with("points", "too-many-points", POINTS));
    }
    let line = |l: &&str| m.take(text::line("points", l, 400)).map(|text| Point { text, refused: None });
    lines.iter().take(POINTS).filter_map(line).collect()
}

/// The provider's answer with a day, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayInput {
    /// The day.
    pub day: String,
    /// Why another one; needed for a proposal.
    pub reason: String,
    /// Remuneration asked for, quantified beforehand; may be empty.
    pub costs: String,
}

/// The end as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndInput {
    /// What came of it.
    pub result: String,
    /// What it cost the provider.
    pub effort: String,
}

impl AuditState {
    /// The provider accepts with a day. Remuneration may be asked for without a particular occasion only.
    ///
    /// # Errors
    /// [`Refusal::EntryState`] in another state; all mistakes by field.
    pub fn accept(self, typed: &DayInput, by: Stamp) -> Result<Self, Refusal> {
        let (Self::Asked { mut request } | Self::Proposed { mut request, .. }) = self else {
            return Err(Refusal::EntryState);
        };
        let mut m = Mistakes::default();
        let day = future(&mut m, "day", &typed.day, calendar::berlin_date(by.at));
        let costs = costs(&mut m, &typed.costs, request.occasion);
        let (day, costs) = m.or(day.zip(costs))?;
        request.costs = costs;
        Ok(Self::Agreed { request, day, agreed: by })
    }

    /// The provider proposes another day, with a reason.
    ///
    /// # Errors
    /// As [`Self::accept`].
    pub fn propose(self, typed: &DayInput, by: Stamp) -> Result<Self, Refusal> {
        let (Self::Asked { request } | Self::Agreed { request, .. }) = self else {
            return Err(Refusal::EntryState);
        };
        let mut m = Mistakes::default();
        let day = future(&mut m, "other_day", &typed.day, calendar::berlin_date(by.at));
        let reason = m.take(told("day_reason", &typed.reason));
        let (day, reason) = m.or(day.zip(reason))?;
        Ok(Self::Proposed { request, day, proposal: Reasoned { reason, given: by } })
    }

    /// The customer takes the day that was proposed.
    ///
    /// # Errors
    /// [`Refusal::EntryState`] when there is no proposal.
    pub fn take_proposal(self, by: Stamp) -> Result<Self, Refusal> {
        let Self::Proposed { request, day, .. } = self else { return Err(Refusal::EntryState) };
        Ok(Self::Agreed { request, day, agreed: by })
    }

    /// The customer wishes another day instead of the one that was proposed.
    ///
    /// # Errors
    /// [`Refusal::EntryState`] when there is no proposal; a mistake in the day.
    pub fn wish_again(self, typed: &str, by: &Stamp) -> Result<Self, Refusal> {
        let Self::Proposed { mut request, .. } = self else { return Err(Refusal::EntryState) };
        let mut m = Mistakes::default();
        let day = future(&mut m, "wished", typed, calendar::berlin_date(by.at));
        request.wished = m.or(day)?;
        request.alternative = None;
        Ok(Self::Asked { request })
    }

    /// One side hands files over.
    ///
    /// # Errors
    /// [`Refusal::EntryState`] when it is over; a mistake in the note, or without a file.
    pub fn deliver(self, party: Party, note: &str, files: Vec<FileRef>, by: Stamp) -> Result<Self, Refusal> {
        let mut m = Mistakes::default();
        let note = m.take(text::paragraph("file_note", note, TEXT_MAX));
        if files.is_empty() {
            m.add("file", "file-missing");
        }
        let note = m.or(note)?;
        self.with(|r| r.deliveries.push(Delivery { party, note, files, given: by }))
    }

    /// The provider refuses a single point, with a reason.
    ///
    /// # Errors
    /// [`Refusal::EntryState`] when it is over or the point is refused already; all mistakes by field.
    pub fn refuse_point(self, number: &str, reason: &str, by: Stamp) -> Result<Self, Refusal> {
        let mut m = Mistakes::default();
        let count = self.request().points.len();
        let at = number.parse::<usize>().ok().filter(|n| (1..=count).contains(n));
        let at = chosen(&mut m, "point", at);
        let reason = m.take(told("point_reason", reason));
        let (at, reason) = m.or(at.zip(reason))?;
        if self.request().points.get(at - 1).is_none_or(|p| p.refused.is_some()) {
            return Err(Refusal::EntryState);
        }
        self.with(|r| {
            if let Some(point) = r.points.get_mut(at - 1) {
                point.refused = Some(Reasoned { reason, given: by });
            }
        })
    }

    /// One side notes a defect.
    ///
    /// # Errors
    /// [`Refusal::EntryState`] when it is over; a mistake without a text.
    pub fn find(self, party: Party, typed: &str, by: Stamp) -> Result<Self, Refusal> {
        let text = told("finding", typed).map_err(Mistakes::from)?;
        self.with(|r| r.findings.push(Finding { text, party, found: by, measure: None }))
    }

    /// The provider reports what was done about a defect.
    ///
    /// # Errors
    /// [`Refusal::EntryState`] when it is over or a measure is there already; all mistakes by field.
    pub fn mend(self, number: &str, measure: &str, by: Stamp) -> Result<Self, Refusal> {
        let mut m = Mistakes::default();
        let count = self.request().findings.len();
        let at = number.parse::<usize>().ok().filter(|n| (1..=count).contains(n));
        let at = chosen(&mut m, "found", at);
        let reason = m.take(told("measure", measure));
        let (at, reason) = m.or(at.zip(reason))?;
        if self.request().findings.get(at - 1).is_none_or(|f| f.measure.is_some()) {
            return Err(Refusal::EntryState);
        }
        self.with(|r| {
            if let Some(finding) = r.findings.get_mut(at - 1) {
                finding.measure = Some(Reasoned { reason, given: by });
            }
        })
    }

    /// Closes it: every defect must have a measure. From a request without a day only when something was handed over.
    ///
    /// # Errors
    /// [`Refusal::EntryState`] when it is over; all mistakes by field.
    pub fn close(self, typed: &EndInput, by: Stamp) -> Result<Self, Refusal> {
        let (request, day) = match self {
            Self::Agreed { request, day, .. } => (request, Some(day)),
            Self::Asked { request } => (request, None),
            _ => return Err(Refusal::EntryState),
        };
        let mut m = Mistakes::default();
        let result = m.take(told("result", &typed.result));
        let effort = m.take(told("effort", &typed.effort));
        if request.findings.iter().any(|f| f.measure.is_none()) {
            m.add("", "audit-findings-open");
        }
        let given = request.deliveries.iter().any(|d| d.party == Party::Provider);
        if day.is_none() && !given && request.points.iter().any(|p| p.refused.is_none()) {
            m.add("", "audit-unanswered");
        }
        let (result, effort) = m.or(result.zip(effort))?;
        Ok(Self::Closed { request, day, result, effort, closed: by })
    }

    /// The customer takes it back.
    ///
    /// # Errors
    /// [`Refusal::EntryState`] when it is over.
    pub fn withdraw(self, by: Stamp) -> Result<Self, Refusal> {
        match self {
            Self::Asked { request } | Self::Proposed { request, .. } | Self::Agreed { request, .. } => {
                Ok(Self::Withdrawn { request, withdrawn: by })
            }
            _ => Err(Refusal::EntryState),
        }
    }

    /// Changes the facts while it is not over; the state stays.
    fn with(mut self, change: impl FnOnce(&mut AuditRequest)) -> Result<Self, Refusal> {
        match &mut self {
            Self::Asked { request } | Self::Proposed { request, .. } | Self::Agreed { request, .. } => {
                change(request);
                Ok(self)
            }
            _ => Err(Refusal::EntryState),
        }
    }
}

fn costs(m: &mut Mistakes, typed: &str, occasion: Occasion) -> Option<String> {
    let costs = m.take(text::paragraph("costs", typed, TEXT_MAX))?;
    if !costs.is_empty() && occasion != Occasion::Regular {
        m.add("costs", "audit-costs");
    }
    Some(costs)
}
