//! A question as it comes: what must be there is there and of its type, or it is 400; what is not known is ignored.

use super::Unanswered;
use domain::Action;
use domain::gate::{Hints, Question, Resource, Subject};
use domain::text;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use service::gate::ask::Asked;
use service::gate::record::AskedBy;
use service::gate::words::Explain;
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// Largest question in bytes.
pub const BODY_LIMIT: usize = 64 * 1024;

#[derive(Deserialize)]
struct Request<'a> {
    #[serde(borrow)]
    subject: Object<Entity<'a, Nothing>>,
    #[serde(borrow)]
    action: Object<ActionMember<'a>>,
    #[serde(borrow)]
    resource: Object<Entity<'a, Hinted<'a>>>,
    #[serde(borrow, default)]
    context: Option<Object<Context<'a>>>,
}

#[derive(Deserialize)]
struct Entity<'a, P> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(default = "none")]
    properties: Option<Object<P>>,
}

fn none<P>() -> Option<P> {
    None
}

/// An object and nothing else: by itself serde would take a list of the members' values for one.
struct Object<T>(T);

#[derive(Deserialize)]
struct Nothing {}

#[derive(Deserialize)]
struct ActionMember<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow, default)]
    properties: Option<Object<Tool<'a>>>,
}

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
pub struct Parsed<'a> {
    request: Request<'a>,
    number: Option<Cow<'a, str>>,
    subject: Cow<'a, str>,
    contact_email: Option<String>,
    phone: Option<String>,
    domain: Option<String>,
    ticket: String,
    /// How much to tell.
    pub explain: Explain,
}

impl<'a> Parsed<'a> {
    /// Reads a question.
    pub fn read(body: &'a [u8]) -> Result<Self, Unanswered> {
        let read: Result<Object<Request<'a>>, _> = serde_json::from_slice(body);
        let Object(mut request) = read.map_err(|e| Unanswered::bad(reason(&e)))?;
        let context = request.context.as_mut().map(|c| &mut c.0);
        let explain = context.as_ref().map_or("", |c| c.explain.0.as_ref());
        let explain = match explain {
            "" => Explain::Codes,
            name => {
                Explain::parse(name).ok_or_else(|| Unanswered::bad("context.explain: none, codes or full"))?
            }
        };
        let ticket = context.and_then(|c| c.ticket.take()).map(|t| t.0.name()).unwrap_or_default();
        let mut hints = request.resource.0.properties.take().map(|h| h.0);
        let number = match request.resource.0.kind.as_ref() {
            "customer" => Some(request.resource.0.id.clone()),
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
            subject: folded(&request.subject.0.id, str::to_lowercase, char::is_uppercase),
            number: number.map(|n| folded(&n, str::to_ascii_uppercase, |c| c.is_ascii_lowercase())),
            contact_email,
            ticket,
            explain,
            request,
        })
    }

    /// The question as the gate takes it.
    pub fn asked(&self, by: AskedBy) -> Asked<'_> {
        let r = &self.request;
        let (Object(subject), Object(action)) = (&r.subject, &r.action);
        let subject_type = subject.kind.as_ref();
        let subject = match subject_type {
            "technician" => Subject::Technician(&self.subject),
            "automation" | "integration" => Subject::Program(&self.subject),
            _ => Subject::Unknown,
        };
        let question = Question {
            subject,
            action: Action::parse(&action.name),
            resource: self.resource(),
            tool: action.properties.as_ref().and_then(|p| p.0.tool.as_deref()),
        };
        Asked {
            question,
            by,
            subject_type,
            subject: &self.subject,
            action: &action.name,
            ticket: &self.ticket,
            channel: r.context.as_ref().map_or("", |c| &c.0.channel.0),
        }
    }

    fn resource(&self) -> Resource<'_> {
        let known = ["customer", "ticket", "workstation", "customer_system", "attachment"];
        match (&self.number, self.request.resource.0.kind.as_ref()) {
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
fn folded<'a>(given: &str, fold: fn(&str) -> String, odd: fn(char) -> bool) -> Cow<'a, str> {
    let trimmed = given.trim();
    if trimmed.chars().any(odd) { fold(trimmed).into() } else { trimmed.to_string().into() }
}

impl Ticket<'_> {
    fn name(self) -> String {
        match (self.system.0.as_ref(), self.id.0.as_ref()) {
            ("", id) => id.to_string(),
            (system, "") => system.to_string(),
            (system, id) => format!("{system}/{id}"),
        }
    }
}

/// What was wrong, without the values that were sent.
fn reason(e: &serde_json::Error) -> String {
    use serde_json::error::Category;
    let (line, column) = (e.line(), e.column());
    match e.classify() {
        Category::Data => {
            let what = e.to_string();
            let what = what.split(" at line ").next().unwrap_or_default();
            let what = if what.starts_with("invalid ") { "a member has the wrong type" } else { what };
            format!("not a question: {what} (line {line}, column {column})")
        }
        Category::Eof => "malformed JSON: it ends too early".into(),
        Category::Syntax | Category::Io => format!("malformed JSON at line {line}, column {column}"),
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor(PhantomData)).map(Object)
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map))
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
