//! A question as it comes: what must be there is there and of its type, or it is 400; what is not known is ignored.
//! Properties and context are kept as they were sent, for the policy to read what it knows of.

use super::Unanswered;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

/// Largest question in bytes.
pub const BODY_LIMIT: usize = 64 * 1024;

/// A question that is one.
#[derive(Clone, Debug, Deserialize)]
pub struct Question<'a> {
    /// Who wants to.
    #[serde(borrow)]
    pub subject: Object<Entity<'a>>,
    /// What.
    #[serde(borrow)]
    pub action: Object<Named<'a>>,
    /// To what.
    #[serde(borrow)]
    pub resource: Object<Entity<'a>>,
    /// Around it.
    #[serde(borrow, default)]
    pub context: Members<'a>,
}

/// A subject or a resource.
#[derive(Clone, Debug, Deserialize)]
pub struct Entity<'a> {
    /// Its type.
    #[serde(rename = "type", borrow)]
    pub kind: Cow<'a, str>,
    /// Which one of that type.
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    /// More about it.
    #[serde(borrow, default)]
    pub properties: Members<'a>,
}

/// An action.
#[derive(Clone, Debug, Deserialize)]
pub struct Named<'a> {
    /// Its name.
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    /// More about it.
    #[serde(borrow, default)]
    pub properties: Members<'a>,
}

/// An object with members that only the policy knows, or none (`null` is none).
#[derive(Clone, Copy, Debug, Default)]
pub struct Members<'a>(Option<&'a RawValue>);

/// An object and nothing else: by itself serde would take a list of the members' values for one.
#[derive(Clone, Copy, Debug)]
pub struct Object<T>(pub T);

impl<'a> Question<'a> {
    /// Reads a question.
    ///
    /// # Errors
    /// 400.
    pub fn read(body: &'a [u8]) -> Result<Self, Unanswered> {
        Ok(read::<Object<Self>>(text(body)?)?.0)
    }
}

/// Reads anything; what was wrong is told without the values that were sent.
pub(super) fn read<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, Unanswered> {
    serde_json::from_str(json).map_err(|e| Unanswered::bad(reason(&e)))
}

/// A body as text.
pub(super) fn text(body: &[u8]) -> Result<&str, Unanswered> {
    str::from_utf8(body).map_err(|_| Unanswered::bad("malformed JSON: it is not in UTF-8"))
}

impl<'a> Members<'a> {
    /// What the policy knows of; `None` when nothing was sent.
    ///
    /// # Errors
    /// 400, when something in it has the wrong type.
    pub fn read<T: Deserialize<'a>>(self) -> Result<Option<T>, Unanswered> {
        let read = |raw: &'a RawValue| read::<Object<T>>(raw.get()).map(|o| o.0);
        self.0.map(read).transpose()
    }

    /// As it was sent.
    pub fn text(self) -> &'a str {
        self.0.map_or("", RawValue::get)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Option::<&'a RawValue>::deserialize(deserializer)?;
        match raw {
            Some(raw) if !raw.get().starts_with('{') => Err(D::Error::custom("invalid type")),
            raw => Ok(Self(raw)),
        }
    }
}

impl<T> Deref for Object<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
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
