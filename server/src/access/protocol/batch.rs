//! Many questions in one request. What stands at the top counts for every question that does not say otherwise; an
//! entity is replaced as a whole. A question that is none is a denial in its place and spoils no other.

use super::question::{Object, read, text};
use super::{Answer as _, BODY_LIMIT, Entity, Members, Named, Policy, Question, Unanswered, body};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// Questions in one request, at most.
pub const MOST: usize = 1_000;

/// Largest request in bytes.
pub const BATCH_BODY: usize = 8 * BODY_LIMIT;

#[derive(Deserialize)]
struct Batch<'a> {
    #[serde(borrow, default)]
    subject: Option<&'a RawValue>,
    #[serde(borrow, default)]
    action: Option<&'a RawValue>,
    #[serde(borrow, default)]
    resource: Option<&'a RawValue>,
    #[serde(borrow, default)]
    context: Members<'a>,
    #[serde(borrow, default)]
    evaluations: Option<Vec<&'a RawValue>>,
    #[serde(borrow, default)]
    options: Option<Object<Options<'a>>>,
}

#[derive(Deserialize)]
struct Options<'a> {
    #[serde(borrow, default)]
    evaluations_semantic: Option<Cow<'a, str>>,
}

/// When to stop.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Semantic {
    ExecuteAll,
    DenyOnFirstDeny,
    PermitOnFirstPermit,
}

impl Semantic {
    fn read(options: Option<&Options<'_>>) -> Result<Self, Unanswered> {
        match options.and_then(|o| o.evaluations_semantic.as_deref()) {
            None | Some("execute_all") => Ok(Self::ExecuteAll),
            Some("deny_on_first_deny") => Ok(Self::DenyOnFirstDeny),
            Some("permit_on_first_permit") => Ok(Self::PermitOnFirstPermit),
            Some(_) => Err(Unanswered::bad(
                "options.evaluations_semantic: execute_all, deny_on_first_deny or permit_on_first_permit",
            )),
        }
    }

    /// Whether this decision is the last one that is made.
    fn ends_with(self, decision: bool) -> bool {
        match self {
            Self::ExecuteAll => false,
            Self::DenyOnFirstDeny => !decision,
            Self::PermitOnFirstPermit => decision,
        }
    }
}

/// One of the questions, as far as it is there.
#[derive(Deserialize)]
struct Item<'a> {
    #[serde(borrow, default)]
    subject: Option<Object<Entity<'a>>>,
    #[serde(borrow, default)]
    action: Option<Object<Named<'a>>>,
    #[serde(borrow, default)]
    resource: Option<Object<Entity<'a>>>,
    #[serde(borrow, default)]
    context: Option<Members<'a>>,
}

/// What stands at the top. Something incomplete there is a mistake only of a question that relies on it.
struct Defaults<'a> {
    subject: Top<Entity<'a>>,
    action: Top<Named<'a>>,
    resource: Top<Entity<'a>>,
    context: Members<'a>,
}

type Top<T> = Option<Result<Object<T>, String>>;

/// Answers a batch; one without questions in it like a single question.
pub async fn answer<P: Policy>(
    policy: &P,
    asker: &P::Asker,
    request: Request,
) -> Result<Response, Unanswered> {
    let body = body::read(request, BATCH_BODY).await?;
    let Object(batch) = read::<Object<Batch<'_>>>(text(&body)?)?;
    let semantic = Semantic::read(batch.options.as_deref())?;
    let items = batch.evaluations.as_deref().unwrap_or_default();
    let more = match items.len() {
        0 => return Ok(body::answered(&policy.answer(asker, &Question::read(&body)?)?)),
        n if n > MOST => {
            let reason = format!("more than {MOST} evaluations");
            return Err(Unanswered::new(StatusCode::PAYLOAD_TOO_LARGE, reason));
        }
        n => u32::try_from(n - 1).unwrap_or(u32::MAX),
    };
    policy.charge(asker, more)?;
    let defaults = Defaults::read(&batch)?;
    let mut answers = Answers::new(items.len());
    for item in items {
        let decision = answers.add(policy, asker, defaults.question(item))?;
        if semantic.ends_with(decision) {
            break;
        }
    }
    Ok(body::as_json(answers.end()))
}

impl<'a> Defaults<'a> {
    fn read(batch: &Batch<'a>) -> Result<Self, Unanswered> {
        Ok(Self {
            subject: top("subject", batch.subject)?,
            action: top("action", batch.action)?,
            resource: top("resource", batch.resource)?,
            context: batch.context,
        })
    }

    fn question(&self, item: &'a RawValue) -> Result<Question<'a>, Unanswered> {
        let Object(item) = read::<Object<Item<'a>>>(item.get())?;
        Ok(Question {
            subject: or_top("subject", item.subject, self.subject.as_ref())?,
            action: or_top("action", item.action, self.action.as_ref())?,
            resource: or_top("resource", item.resource, self.resource.as_ref())?,
            context: item.context.unwrap_or(self.context),
        })
    }
}

/// Something that is no object spoils the whole request.
fn top<'a, T: Deserialize<'a>>(name: &str, raw: Option<&'a RawValue>) -> Result<Top<T>, Unanswered> {
    match raw {
        Some(raw) if !raw.get().starts_with('{') => {
            Err(Unanswered::bad(format!("not a question: {name} has the wrong type")))
        }
        raw => Ok(raw.map(|r| read(r.get()).map_err(|e| e.reason))),
    }
}

fn or_top<T: Clone>(
    name: &str,
    own: Option<Object<T>>,
    top: Option<&Result<Object<T>, String>>,
) -> Result<Object<T>, Unanswered> {
    match (own, top) {
        (Some(own), _) => Ok(own),
        (None, Some(Ok(top))) => Ok(top.clone()),
        (None, Some(Err(reason))) => Err(Unanswered::bad(reason.clone())),
        (None, None) => Err(Unanswered::bad(format!("not a question: missing field `{name}`"))),
    }
}

/// The answers as they are written, one by one: a thousand of them need not wait in memory.
struct Answers(Vec<u8>);

#[derive(Serialize)]
struct Failed<'a> {
    decision: bool,
    context: FailedContext<'a>,
}

#[derive(Serialize)]
struct FailedContext<'a> {
    error: ItemError<'a>,
}

#[derive(Serialize)]
struct ItemError<'a> {
    status: u16,
    message: &'a str,
}

impl Answers {
    fn new(most: usize) -> Self {
        let mut bytes = Vec::with_capacity(1024 * most.min(64));
        bytes.extend_from_slice(br#"{"evaluations":["#);
        Self(bytes)
    }

    /// Writes the answer to one question; gives its decision.
    fn add<P: Policy>(
        &mut self,
        policy: &P,
        asker: &P::Asker,
        question: Result<Question<'_>, Unanswered>,
    ) -> Result<bool, Unanswered> {
        if self.0.last() != Some(&b'[') {
            self.0.push(b',');
        }
        match question.and_then(|question| policy.answer(asker, &question)) {
            Ok(answer) => {
                answer.write(&mut self.0);
                Ok(answer.decision())
            }
            Err(Unanswered { status, reason, .. }) => {
                let error = ItemError { status: status.as_u16(), message: &reason };
                body::write(&mut self.0, &Failed { decision: false, context: FailedContext { error } })?;
                Ok(false)
            }
        }
    }

    fn end(mut self) -> Vec<u8> {
        self.0.extend_from_slice(b"]}");
        self.0
    }
}
