//! What an action answers when it cannot be done: a sentence for somebody, or a cause for the log.

use domain::contract::Refusal;
use domain::{Mistake, Mistakes};
use store::StoreError;
use thiserror::Error;

/// Why an action was not done. Nothing has changed then.
#[derive(Debug, Error)]
pub enum Problem {
    /// The input is wrong; shown at its fields, with 422.
    #[error("the input has mistakes: {}", codes(.0))]
    Mistakes(Mistakes),
    /// The contract does not allow it now; shown as `refusal-<code>`, with 409.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// Not there, or not for this actor: both look the same, 404.
    #[error("not found")]
    Missing,
    /// Somebody else changed it first; the page shows what they changed, with 409.
    #[error("changed by somebody else in the meantime")]
    Stale,
    /// Too many tries; with 429.
    #[error("too many tries")]
    TooMany,
    /// Something broke. Logged once at the edge; people get a sentence without the cause.
    #[error("internal: {0}")]
    Internal(String),
}

/// Result of an action.
pub type Result<T, E = Problem> = std::result::Result<T, E>;

impl From<StoreError> for Problem {
    fn from(e: StoreError) -> Self {
        if e.is_stale() { Self::Stale } else { Self::Internal(e.to_string()) }
    }
}

impl From<Mistakes> for Problem {
    fn from(m: Mistakes) -> Self {
        Self::Mistakes(m)
    }
}

impl From<Mistake> for Problem {
    fn from(m: Mistake) -> Self {
        Self::Mistakes(m.into())
    }
}

impl From<Refusal> for Problem {
    fn from(r: Refusal) -> Self {
        match r {
            Refusal::Mistakes(m) => Self::Mistakes(m),
            other => Self::Refused(other),
        }
    }
}

/// Fields and codes without what was typed.
fn codes(mistakes: &Mistakes) -> String {
    mistakes.0.iter().map(|m| format!("{} {}", m.field, m.code)).collect::<Vec<_>>().join(", ")
}

/// Wraps the cause of something that should not happen.
pub(crate) fn internal(cause: impl ToString) -> Problem {
    Problem::Internal(cause.to_string())
}

/// Turns "the number is taken" into a mistake at its field.
pub(crate) fn taken(field: &'static str, code: &'static str) -> impl Fn(StoreError) -> Problem {
    move |e| if e.is_taken() { Mistake::new(field, code).into() } else { e.into() }
}
