//! A question of the protocol as one of the gate: which members it knows beside those that the protocol asks for.

use crate::access::protocol::{self, Object, Unanswered};
use domain::Action;
use domain::gate::{Hints, Question, Resource, Subject};
use domain::text;
use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use service::gate::ask::Asked;
use service::gate::record::AskedBy;
use service::gate::words::Explain;
use std::borrow::Cow;
use std::fmt;

/// A tool of another type is a mistake: to ignore it would leave out its check.
#[derive(Deserialize)]
struct Tool<'a> {
    #[serde(borrow, default)]
    tool: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct Hinted<'a> {
    /// Identifies; so it is a string or a mistake.
    #[serde(borrow, default)]
    customer_number: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    contact_email: Text<'a>,
    #[serde(borrow, default)]
    phone: Text<'a>,
    #[serde(borrow, default)]
    domain: Text<'a>,
}

#[derive(Deserialize)]
struct Context<'a> {
    #[serde(borrow, default)]
    ticket: Option<Object<Ticket<'a>>>,
    #[serde(borrow, default)]
    channel: Text<'a>,
    #[serde(borrow, default)]
    explain: Text<'a>,
}

#[derive(Deserialize)]
struct Ticket<'a> {
    #[serde(borrow, default)]
    system: Text<'a>,
    #[serde(borrow, default)]
    id: Text<'a>,
}

/// A text that may be a number too; anything else is as if it were not there.
#[derive(Default)]
struct Text<'a>(Cow<'a, str>);

/// A question that was understood.
pub struct Parsed<'q> {
    question: &'q protocol::Question<'q>,
    tool: Option<Cow<'q, str>>,
    number: Option<Cow<'q, str>>,
    subject: Cow<'q, str>,
    contact_email: Option<String>,
    phone: Option<String>,
    domain: Option<String>,
    ticket: String,
    channel: Cow<'q, str>,
    /// How much to tell.
    pub explain: Explain,
}

impl<'q> Parsed<'q> {
    /// Reads what the gate knows of.
    ///
    /// # Errors
    /// 400.
    pub fn read(question: &'q protocol::Question<'q>) -> Result<Self, Unanswered> {
        let (resource, action) = (&question.resource, &question.action);
        let context: Option<Context<'q>> = question.context.read()?;
        let explain = match context.as_ref().map_or("", |c| c.explain.0.as_ref()) {
            "" => Explain::Codes,
            name => {
                Explain::parse(name).ok_or_else(|| Unanswered::bad("context.explain: none, codes or full"))?
            }
        };
        let (ticket, channel) = match context {
            Some(c) => (c.ticket, c.channel.0),
            None => (None, Cow::Borrowed("")),
        };
        let tool = action.properties.read::<Tool<'q>>()?.and_then(|p| p.tool);
        let mut hints = resource.properties.read::<Hinted<'q>>()?;
        let number = match resource.kind.as_ref() {
            "customer" => Some(resource.id.clone()),
            _ => hints.as_mut().and_then(|h| h.customer_number.take()).filter(|n| !n.trim().is_empty()),
        };
        let hint = |h: Option<&Text<'_>>, read: fn(&str, &str) -> Result<String, domain::Mistake>| {
            h.filter(|h| number.is_none() && !h.0.is_empty()).and_then(|h| read("", &h.0).ok())
        };
        let contact_email = hint(hints.as_ref().map(|h| &h.contact_email), text::email);
        // Somebody else of the house: the domain of the address is a hint as good as one that is named.
        let behind_at =
            || contact_email.as_deref().and_then(|a| a.split_once('@')).map(|(_, d)| d.to_string());
        Ok(Self {
            phone: hint(hints.as_ref().map(|h| &h.phone), text::phone),
            domain: hint(hints.as_ref().map(|h| &h.domain), text::domain).or_else(behind_at),
            subject: folded(question.subject.id.clone(), str::to_lowercase, char::is_uppercase),
            number: number.map(|n| folded(n, str::to_ascii_uppercase, |c| c.is_ascii_lowercase())),
            contact_email,
            ticket: ticket.map(|t| t.0.name()).unwrap_or_default(),
            tool,
            channel,
            explain,
            question,
        })
    }

    /// The question as the gate decides it.
    pub fn question(&self) -> Question<'_> {
        let subject = match self.question.subject.kind.as_ref() {
            "technician" => Subject::Technician(&self.subject),
            "automation" | "integration" => Subject::Program(&self.subject),
            _ => Subject::Unknown,
        };
        Question {
            subject,
            action: Action::parse(&self.question.action.name),
            resource: self.resource(),
            tool: self.tool.as_deref(),
        }
    }

    /// The question with what is recorded beside it.
    pub fn asked(&self, by: AskedBy) -> Asked<'_> {
        Asked {
            question: self.question(),
            by,
            subject_type: &self.question.subject.kind,
            subject: &self.subject,
            action: &self.question.action.name,
            ticket: &self.ticket,
            channel: &self.channel,
        }
    }

    fn resource(&self) -> Resource<'_> {
        let known = ["customer", "ticket", "workstation", "customer_system", "attachment"];
        match (&self.number, self.question.resource.kind.as_ref()) {
            (_, kind) if !known.contains(&kind) => Resource::UnknownType,
            (Some(number), _) => Resource::Number(number),
            (None, _) => Resource::Hints(Hints {
                contact_email: self.contact_email.as_deref(),
                phone: self.phone.as_deref(),
                domain: self.domain.as_deref(),
            }),
        }
    }
}

/// In the spelling of the facts; nearly always it is already.
fn folded(given: Cow<'_, str>, fold: fn(&str) -> String, odd: fn(char) -> bool) -> Cow<'_, str> {
    let trimmed = given.trim();
    if trimmed.chars().any(odd) {
        fold(trimmed).into()
    } else if trimmed.len() == given.len() {
        given
    } else {
        trimmed.to_string().into()
    }
}

impl Ticket<'_> {
    fn name(self) -> String {
        match (self.system.0.as_ref(), self.id.0.as_ref()) {
            ("", id) => id.to_string(),
            (system, "") => system.to_string(),
            (system, id) => [system, "/", id].concat(),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor).map(Text)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_str<E: Error>(self, v: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(v))
    }

    fn visit_str<E: Error>(self, v: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(v.into()))
    }

    fn visit_u64<E: Error>(self, v: u64) -> Result<Self::Value, E> {
        Ok(Cow::Owned(v.to_string()))
    }

    fn visit_i64<E: Error>(self, v: i64) -> Result<Self::Value, E> {
        Ok(Cow::Owned(v.to_string()))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(""))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(""))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(""))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Cow::Borrowed(""))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Cow::Borrowed(""))
    }
}
