//! An answer as it is written. Members without a value are left out; nothing of a guessed customer is in it.

use crate::access::protocol;
use chrono::{DateTime, Utc};
use domain::gate::{Decision, Ground, Outcome, Reason};
use domain::{Action, DecisionId, Lang};
use serde::Serialize;
use serde::ser::{SerializeSeq as _, Serializer};
use service::Portal;
use service::gate::ask::Answer;
use service::gate::words::{self, Explain};

/// The whole answer.
#[derive(Serialize)]
pub struct Answered<'a> {
    decision: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<Context<'a>>,
}

#[derive(Serialize)]
struct Context<'a> {
    evaluation_id: DecisionId,
    evaluated_at: Instant,
    outcome: &'static str,
    reasons: Reasons<'a>,
    #[serde(skip_serializing_if = "<[Action]>::is_empty")]
    allowed_instead: &'static [Action],
    #[serde(skip_serializing_if = "Option::is_none")]
    reason_user: Option<InBoth<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason_admin: Option<InBoth<'a>>,
    priority: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ground: Option<GroundMember<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_until: Option<Instant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    access_request: Option<AccessRequest>,
    obligations: Obligations,
}

#[derive(Serialize)]
struct InBoth<'a> {
    de: &'a str,
    en: &'a str,
}

#[derive(Serialize)]
struct GroundMember<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    contract_number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i32>,
}

#[derive(Serialize)]
struct AccessRequest {
    template: &'static str,
    form_url: String,
}

/// A time in microseconds, as both databases keep it.
struct Instant(DateTime<Utc>);

struct Reasons<'a>(Decision<'a>, Explain);

struct Obligations(&'static [&'static str]);

impl<'a> Answered<'a> {
    /// The answer with as much around it as was asked for.
    pub fn new(portal: &'a Portal, answer: &Answer<'a>, explain: Explain) -> Self {
        let decision = answer.decision.outcome == Outcome::Permitted;
        let context = (explain != Explain::None).then(|| context(portal, answer, explain));
        Self { decision, context }
    }
}

impl protocol::Answer for Answered<'_> {
    fn decision(&self) -> bool {
        self.decision
    }
}

fn context<'a>(portal: &'a Portal, answer: &Answer<'a>, explain: Explain) -> Context<'a> {
    let d = &answer.decision;
    let texts = &portal.content.gate;
    let first = d.reasons.first();
    let request = words::access_request(d);
    Context {
        evaluation_id: answer.id,
        evaluated_at: Instant(answer.at),
        outcome: d.outcome.name(),
        reasons: Reasons(*d, explain),
        allowed_instead: words::allowed_instead(d),
        reason_user: first.map(|r| InBoth {
            de: &texts.reason(r, Lang::De).customer,
            en: &texts.reason(r, Lang::En).customer,
        }),
        reason_admin: first
            .map(|r| InBoth { de: &texts.reason(r, Lang::De).staff, en: &texts.reason(r, Lang::En).staff }),
        priority: words::priority(d),
        ground: d.ground.filter(|_| !d.guessed).map(ground),
        valid_until: d.valid_until.map(Instant),
        access_request: request.map(|(template, customer)| AccessRequest {
            template,
            form_url: words::customer_link(portal, customer),
        }),
        obligations: Obligations(words::obligations(d)),
    }
}

fn ground(ground: Ground<'_>) -> GroundMember<'_> {
    let kind = ground.kind();
    match ground {
        Ground::Contract(c) => {
            GroundMember { kind, contract_number: Some(&c.number), version: Some(c.version) }
        }
        Ground::Advice => GroundMember { kind, contract_number: None, version: None },
    }
}

impl Serialize for Reasons<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Coded {
            code: &'static str,
        }
        let told = words::told(&self.0, self.1);
        let mut list = serializer.serialize_seq(None)?;
        told.map(Reason::code).try_for_each(|code| list.serialize_element(&Coded { code }))?;
        list.end()
    }
}

impl Serialize for Obligations {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Typed {
            #[serde(rename = "type")]
            kind: &'static str,
        }
        serializer.collect_seq(self.0.iter().map(|kind| Typed { kind }))
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.format("%Y-%m-%dT%H:%M:%S%.6fZ"))
    }
}
