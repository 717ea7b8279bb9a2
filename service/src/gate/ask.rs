//! Asking: one way for the technician's page and for programs. What is answered is recorded.

use super::Gate;
use super::line::{AskedBy, Line};
use crate::fresh;
use chrono::{DateTime, Utc};
use domain::DecisionId;
use domain::gate::{Decision, Facts, Ground, Outcome, Question, Reason, Reasons, decide};
use std::borrow::Cow;

/// A question with what is recorded beside it.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// As far as it could be read.
    pub question: Question<'a>,
    /// Who asks.
    pub by: AskedBy,
    /// Kind of subject as asked.
    pub subject_type: &'a str,
    /// Address or name of the subject as asked.
    pub subject: &'a str,
    /// Name of the action as asked.
    pub action: &'a str,
    /// Ticket as `system/id`; may be empty.
    pub ticket: &'a str,
    /// How the customer came (`phone`, `page`, …); may be empty.
    pub channel: &'a str,
}

/// An answer with its name in the records.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'f> {
    /// `evaluation_id`.
    pub id: DecisionId,
    /// When.
    pub at: DateTime<Utc>,
    /// What. Of a customer that is only guessed its reasons tell nothing.
    pub decision: Decision<'f>,
}

/// Answers and records. Nothing is caught on the way: what goes wrong here answers nobody, so it permits nothing.
pub fn ask<'f>(gate: &Gate, facts: &'f Facts, asked: &Asked<'_>, now: DateTime<Utc>) -> Answer<'f> {
    let mut decision = decide(facts, &asked.question, now);
    if decision.guessed {
        decision.reasons = without_customer(&decision.reasons);
    }
    let mut answer = Answer { id: fresh::id(now), at: now, decision };
    if !gate.records.push(&line(asked, &answer)) && answer.decision.outcome == Outcome::Permitted {
        answer.decision = unrecorded(answer.decision);
    }
    answer
}

/// What cannot be recorded is not permitted: an answer without a trace would be no evidence.
fn unrecorded(decision: Decision<'_>) -> Decision<'_> {
    let mut reasons = Reasons::default();
    reasons.push(Reason::InternalError);
    Decision { outcome: Outcome::AdviceOnly, reasons, ground: None, valid_until: None, ..decision }
}

fn line<'a>(asked: &'a Asked<'a>, answer: &Answer<'_>) -> Line<'a> {
    let d = &answer.decision;
    Line {
        id: answer.id,
        at: answer.at,
        by: &asked.by,
        subject_type: short(asked.subject_type, 40),
        subject: short(asked.subject, 254),
        action: asked.question.action.map_or_else(|| short(asked.action, 80), |a| a.name().into()),
        tool: short(asked.question.tool.unwrap_or_default(), 80),
        // A guess is shown to nobody: a forged phone number must not put lines into somebody's records.
        customer: d.customer.filter(|_| !d.guessed).map(|c| c.id),
        ticket: short(asked.ticket, 120),
        channel: short(asked.channel, 40),
        outcome: d.outcome,
        reasons: d.reasons,
        contract: d.ground.as_ref().and_then(Ground::contract),
        valid_until: d.valid_until,
    }
}

/// The reasons that are about the question and the asker. A phone number must not tell whose contract has ended.
fn without_customer(reasons: &Reasons) -> Reasons {
    let mut told = Reasons::default();
    reasons.iter().filter(|r| !about_customer(*r)).for_each(|r| told.push(r));
    told
}

fn about_customer(reason: Reason) -> bool {
    use Reason as R;
    !matches!(
        reason,
        R::UnknownAction
            | R::UnknownResourceType
            | R::OkAdvice
            | R::CustomerUnidentified
            | R::CustomerAmbiguous
            | R::SenderUnverified
            | R::TechnicianUnknown
            | R::ConfidentialityMissing
            | R::TrainingExpired
            | R::RoleMissing
            | R::DataStale
            | R::InternalError
    )
}

/// What came from outside, as it can be kept by both databases and read in a table.
fn short(text: &str, most: usize) -> Cow<'_, str> {
    let plain = text.bytes().all(|b| matches!(b, b' '..=b'~'));
    let clean = plain || !text.chars().any(char::is_control);
    if clean && text.len() <= most {
        return text.into();
    }
    text.chars().filter(|c| !c.is_control()).take(most).collect::<String>().into()
}
