//! The fixture of the AuthZEN 1.0 certification scenario as a policy: two users, two records, three actions. It has
//! nothing to do with the portal's rule; it shows the protocol layer to the certification's harness and to our tests.
//!
//! The rule behind the eight decisions that the scenario fixes: everybody reads; who is no admin writes what is
//! active and has been let write at all (alice); an admin writes in the archive and only there; whoever may write may
//! delete softly; nobody deletes for good. Properties that come along count before those that are known.

use serde::Deserialize;
use server::access::protocol::{Answer, Door, HeaderMap, Policy, Question, Request, Unanswered, Wanted};
use std::borrow::Cow;

/// The scenario's policy. Everybody may ask.
#[derive(Clone, Copy, Debug)]
pub struct Scenario;

/// Somebody; the scenario has no credentials.
#[derive(Clone, Copy, Debug)]
pub struct Anybody;

/// A decision and nothing else.
#[derive(Clone, Copy, Debug)]
pub struct Decided {
    decision: bool,
}

impl Answer for Decided {
    fn decision(&self) -> bool {
        self.decision
    }

    fn write(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(format!(r#"{{"decision":{}}}"#, self.decision).as_bytes());
    }
}

const USERS: [&str; 2] = ["alice", "bob"];
const RECORDS: [(&str, &str); 2] = [("record-1", "active"), ("record-2", "archived")];

#[derive(Default, Deserialize)]
struct User<'a> {
    #[serde(borrow, default)]
    role: Option<Cow<'a, str>>,
}

#[derive(Default, Deserialize)]
struct Record<'a> {
    #[serde(borrow, default)]
    status: Option<Cow<'a, str>>,
}

#[derive(Default, Deserialize)]
struct Delete {
    #[serde(default)]
    soft: Option<bool>,
}

fn decide(q: &Question<'_>) -> Result<bool, Unanswered> {
    let user: User<'_> = q.subject.properties.read()?.unwrap_or_default();
    let record: Record<'_> = q.resource.properties.read()?.unwrap_or_default();
    let known = RECORDS.iter().find(|(id, _)| q.resource.kind == "record" && *id == q.resource.id);
    let Some((_, status)) = known.filter(|_| q.subject.kind == "user" && USERS.contains(&&*q.subject.id))
    else {
        return Ok(false);
    };
    let admin = user.role.as_deref().or((q.subject.id == "bob").then_some("admin")) == Some("admin");
    let archived = record.status.as_deref().unwrap_or(status) == "archived";
    let writes = if archived { admin } else { q.subject.id == "alice" };
    Ok(match q.action.name.as_ref() {
        "read" => true,
        "write" => writes,
        "delete" => writes && q.action.properties.read::<Delete>()?.is_some_and(|d| d.soft == Some(true)),
        _ => false,
    })
}

impl Policy for Scenario {
    type Asker = Anybody;
    type Answer<'a> = Decided;

    fn admit(&self, _: &Request, _: Door) -> Result<Anybody, Unanswered> {
        Ok(Anybody)
    }

    fn charge(&self, _: &Anybody, _: u32) -> Result<(), Unanswered> {
        Ok(())
    }

    fn head(&self, _: &Anybody, _: &mut HeaderMap) {}

    fn answer<'a>(&'a self, _: &'a Anybody, question: &Question<'_>) -> Result<Decided, Unanswered> {
        Ok(Decided { decision: decide(question)? })
    }

    fn permits(&self, _: &Anybody, question: &Question<'_>) -> Result<bool, Unanswered> {
        decide(question)
    }

    fn subjects<'a>(&'a self, _: &'a Anybody, kind: &str) -> Vec<&'a str> {
        if kind == "user" { USERS.into() } else { Vec::new() }
    }

    fn resources<'a>(&'a self, _: &'a Anybody, kind: &str) -> Vec<&'a str> {
        if kind == "record" { RECORDS.map(|(id, _)| id).into() } else { Vec::new() }
    }

    fn actions(&self) -> Vec<&'static str> {
        vec!["read", "write", "delete"]
    }

    async fn listed(&self, _: &Anybody, _: Wanted, _: usize) -> Result<(), Unanswered> {
        Ok(())
    }
}
