//! An answer as it is written down while somebody waits: a JSON array a line, in the order of the fields.

use crate::json::Json;
use chrono::{DateTime, Utc};
use domain::gate::{Outcome, Reasons};
use domain::{ContractId, CustomerId, DecisionId, UserId};
use serde::Deserialize;
use std::borrow::Cow;
use std::sync::Arc;
use store::decisions::Decision;
use thiserror::Error;
use uuid::Uuid;

/// How blocks are written now. A change of [`Line`] is a new number, and [`read`] still reads the old one.
pub const FORMAT: i32 = 1;

/// Who asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskedBy {
    /// A person on the page.
    User(UserId),
    /// A program by its name.
    Client(Arc<str>),
}

/// An answer as it is appended.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    pub(super) id: DecisionId,
    pub(super) at: DateTime<Utc>,
    pub(super) by: &'a AskedBy,
    pub(super) subject_type: Cow<'a, str>,
    pub(super) subject: Cow<'a, str>,
    /// Name of the action, or what was asked for instead of one.
    pub(super) action: Cow<'a, str>,
    pub(super) tool: Cow<'a, str>,
    pub(super) customer: Option<CustomerId>,
    pub(super) ticket: Cow<'a, str>,
    pub(super) channel: Cow<'a, str>,
    pub(super) outcome: Outcome,
    pub(super) reasons: Reasons,
    pub(super) contract: Option<ContractId>,
    pub(super) valid_until: Option<DateTime<Utc>>,
}

/// Why a block cannot be read.
#[derive(Debug, Error)]
pub enum UnreadableBlock {
    /// Written by a newer program.
    #[error("the format {0} of answers is not known")]
    Format(i32),
    /// Not what was written.
    #[error("answers that cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    /// A time beyond all calendars.
    #[error("a time that cannot be")]
    Time,
}

#[derive(Deserialize)]
struct Read(
    Uuid,
    i64,
    String,
    String,
    String,
    String,
    String,
    Option<Uuid>,
    String,
    String,
    String,
    Vec<String>,
    Option<Uuid>,
    Option<i64>,
);

impl Line<'_> {
    /// Appends it.
    pub(super) fn write(&self, to: &mut Vec<u8>) {
        let mut json = Json(to);
        json.raw("[").id(self.id.0).raw(",").number(self.at.timestamp_micros()).raw(",");
        match self.by {
            AskedBy::User(user) => json.joined("user:", &user.to_string()),
            AskedBy::Client(name) => json.joined("client:", name),
        };
        for text in [&self.subject_type, &self.subject, &self.action, &self.tool] {
            json.raw(",").text(text);
        }
        json.raw(",").optional(self.customer.map(|c| c.0), Json::id);
        json.raw(",").text(&self.ticket).raw(",").text(&self.channel).raw(",").name(self.outcome.name());
        json.raw(",").list(self.reasons.iter(), |json, reason| _ = json.name(reason.code()));
        json.raw(",").optional(self.contract.map(|c| c.0), Json::id);
        json.raw(",").optional(self.valid_until.map(|at| at.timestamp_micros()), Json::number).raw("]\n");
    }
}

/// The answers of a block.
///
/// # Errors
/// When it was not written by [`Line::write`].
pub fn read(body: &[u8], format: i32) -> Result<Vec<Decision>, UnreadableBlock> {
    if format != FORMAT {
        return Err(UnreadableBlock::Format(format));
    }
    serde_json::Deserializer::from_slice(body).into_iter::<Read>().map(|line| decision(line?)).collect()
}

fn decision(r: Read) -> Result<Decision, UnreadableBlock> {
    let time = |micros| DateTime::from_timestamp_micros(micros).ok_or(UnreadableBlock::Time);
    Ok(Decision {
        id: DecisionId(r.0),
        at: time(r.1)?,
        asked_by: r.2,
        subject_type: r.3,
        subject: r.4,
        action: r.5,
        tool: r.6,
        customer: r.7.map(CustomerId),
        ticket: r.8,
        channel: r.9,
        outcome: r.10,
        reasons: r.11,
        contract: r.12.map(ContractId),
        valid_until: r.13.map(time).transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone as _;
    use domain::gate::Reason;

    #[test]
    fn what_was_written_is_read() {
        let at = Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap() + chrono::Duration::microseconds(7);
        let mut reasons = Reasons::default();
        reasons.push(Reason::NoContract);
        reasons.push(Reason::PersonsUnknown);
        let by = AskedBy::Client("agent \"7\"".into());
        let line = Line {
            id: DecisionId(Uuid::from_u128(1)),
            at,
            by: &by,
            subject_type: "technician".into(),
            subject: "tïna\\@provider.example".into(),
            action: "log.analyse".into(),
            tool: "grep".into(),
            customer: Some(CustomerId(Uuid::from_u128(2))),
            ticket: "zammad/881".into(),
            channel: "phone".into(),
            outcome: Outcome::AdviceOnly,
            reasons,
            contract: Some(ContractId(Uuid::from_u128(3))),
            valid_until: Some(at),
        };
        let mut body = Vec::new();
        line.write(&mut body);
        Line { contract: None, valid_until: None, customer: None, ..line.clone() }.write(&mut body);
        let read = read(&body, FORMAT).expect("read");
        assert_eq!(read.len(), 2);
        let first = &read[0];
        assert_eq!((first.id, first.at, first.valid_until), (line.id, at, Some(at)));
        assert_eq!(first.asked_by, "client:agent \"7\"");
        assert_eq!(first.subject, "tïna\\@provider.example");
        assert_eq!(first.reasons, ["no_contract", "persons_unknown"]);
        assert_eq!((first.customer, first.contract), (line.customer, line.contract));
        assert_eq!((read[1].customer, read[1].contract, read[1].valid_until), (None, None, None));
    }

    #[test]
    fn what_is_not_known_is_not_guessed() {
        assert!(matches!(read(b"", 2), Err(UnreadableBlock::Format(2))));
        assert!(matches!(read(b"[1]", FORMAT), Err(UnreadableBlock::Json(_))));
    }
}
