//! What was wrong with an input: which field and which message. Sentences for it live in `content/ui`.

use serde::{Deserialize, Serialize};

/// One mistake. `code` names the sentence (`mistake-<code>` in `content/ui`), `field` the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mistake {
    /// Name of the form field, CSV column or JSON member; empty for the whole input.
    pub field: String,
    /// Stable kebab-case code of the message.
    pub code: String,
    /// What the message may quote (a limit, the offending value).
    pub detail: String,
}

impl Mistake {
    /// A mistake without anything to quote.
    pub fn new(field: &str, code: &str) -> Self {
        Self { field: field.into(), code: code.into(), detail: String::new() }
    }

    /// A mistake that quotes `detail`.
    pub fn with(field: &str, code: &str, detail: impl ToString) -> Self {
        Self { field: field.into(), code: code.into(), detail: detail.to_string() }
    }
}

/// All mistakes of one input, in the order of its fields; never only the first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mistakes(pub Vec<Mistake>);

impl Mistakes {
    /// Notes one more mistake.
    pub fn add(&mut self, field: &str, code: &str) {
        self.0.push(Mistake::new(field, code));
    }

    /// Notes the mistake of a failed parse and gives back what parsed.
    pub fn take<T>(&mut self, result: Result<T, Mistake>) -> Option<T> {
        result.map_err(|m| self.0.push(m)).ok()
    }

    /// Whether nothing was wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `Ok(value)` when nothing was wrong and the value is there, else all mistakes.
    pub fn or<T>(self, value: Option<T>) -> Result<T, Self> {
        match value {
            Some(v) if self.is_empty() => Ok(v),
            _ => Err(self),
        }
    }

    /// The first mistake of a field.
    pub fn of(&self, field: &str) -> Option<&Mistake> {
        self.0.iter().find(|m| m.field == field)
    }
}

impl From<Mistake> for Mistakes {
    fn from(m: Mistake) -> Self {
        Self(vec![m])
    }
}
