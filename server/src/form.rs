//! Forms as they are sent: names and values, several of one name allowed, nothing lost.

use crate::edge::Fault;
use axum::extract::{FromRequest, RawForm, Request};
use axum::response::{IntoResponse, Response};
use domain::Mistake;

/// The fields of a form or of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `a=1&b=2`.
    pub fn parse(bytes: &[u8]) -> Self {
        Self(form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// The first value of a name; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }

    /// The first value of a name as an own string.
    pub fn text(&self, name: &str) -> String {
        self.get(name).to_string()
    }

    /// All values of a name.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(n, _)| n == name).map(|(_, v)| v.clone()).collect()
    }

    /// Whether a box of this name was ticked (or a button of this name pressed).
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(n, _)| n == name)
    }

    /// The rests of all names that begin with `prefix`: `box_read` after `box_` is `read`.
    pub fn names_after(&self, prefix: &str) -> Vec<String> {
        self.0.iter().filter_map(|(n, _)| n.strip_prefix(prefix)).map(String::from).collect()
    }

    /// The page number of a list, from 1.
    pub fn page(&self) -> u64 {
        self.get("page").parse().unwrap_or(1).clamp(1, 100_000)
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let raw = RawForm::from_request(request, state).await;
        let raw = raw.map_err(|e| match e.into_response().status() {
            status if status == axum::http::StatusCode::PAYLOAD_TOO_LARGE => status.into_response(),
            _ => Fault(Mistake::new("", "form").into()).into_response(),
        })?;
        Ok(Self::parse(&raw.0))
    }
}
