//! The shapes of the decision point and of the token endpoint, for the OpenAPI document. Requests are read by hand
//! there (`access/protocol`), so their shapes are written down here once more; a test sends what they promise.

use serde_json::Value;
use utoipa::ToSchema;

/// A question: may SUBJECT do ACTION to RESOURCE?
#[derive(ToSchema)]
pub struct EvaluationRequest {
    /// Who wants to: `technician` (id: e-mail address), `automation` or `integration` (id: name of the client).
    pub subject: Entity,
    /// What.
    pub action: ActionName,
    /// To what: `customer` (id: customer number), `ticket`, `workstation`, `customer_system`, `attachment`.
    pub resource: Entity,
    /// Around it: `ticket`, `channel`, `explain` (`none`, `codes`, `full`).
    pub context: Option<Value>,
}

/// A subject or a resource.
#[derive(ToSchema)]
pub struct Entity {
    /// Its type.
    #[schema(rename = "type")]
    pub kind: String,
    /// Which one of that type.
    pub id: String,
    /// More about it.
    pub properties: Option<Value>,
}

/// A subject or a resource that is looked for.
#[derive(ToSchema)]
pub struct EntityType {
    /// Its type.
    #[schema(rename = "type")]
    pub kind: String,
    /// More about it.
    pub properties: Option<Value>,
}

/// An action.
#[derive(ToSchema)]
pub struct ActionName {
    /// Its name, such as `remote_support.control`.
    pub name: String,
    /// `tool`: id of a tool of the directory.
    pub properties: Option<Value>,
}

/// An answer. A denial is an answer, too.
#[derive(ToSchema)]
pub struct Decision {
    /// Go ahead on `true`, on nothing else.
    pub decision: bool,
    /// Why, until when, what instead.
    pub context: Option<Value>,
}

/// Many questions; what stands at the top counts for every one that does not say otherwise.
#[derive(ToSchema)]
pub struct EvaluationsRequest {
    /// For all.
    pub subject: Option<Entity>,
    /// For all.
    pub action: Option<ActionName>,
    /// For all.
    pub resource: Option<Entity>,
    /// For all.
    pub context: Option<Value>,
    /// The questions, 1000 at most. Without any, the top is one question.
    pub evaluations: Option<Vec<Value>>,
    /// `evaluations_semantic`: `execute_all`, `deny_on_first_deny`, `permit_on_first_permit`.
    pub options: Option<Value>,
}

/// The answers in the order of the questions; to a request without questions, a single answer.
#[derive(ToSchema)]
pub struct Decisions {
    /// The answers.
    pub evaluations: Option<Vec<Decision>>,
    /// The answer to a request without questions.
    pub decision: Option<bool>,
}

/// Who may?
#[derive(ToSchema)]
pub struct SubjectSearchRequest {
    /// Which type.
    pub subject: EntityType,
    /// What.
    pub action: ActionName,
    /// To what.
    pub resource: Entity,
    /// Around it.
    pub context: Option<Value>,
    /// Which page.
    pub page: Option<PageRequest>,
}

/// To what?
#[derive(ToSchema)]
pub struct ResourceSearchRequest {
    /// Who.
    pub subject: Entity,
    /// What.
    pub action: ActionName,
    /// Which type.
    pub resource: EntityType,
    /// Around it.
    pub context: Option<Value>,
    /// Which page.
    pub page: Option<PageRequest>,
}

/// What?
#[derive(ToSchema)]
pub struct ActionSearchRequest {
    /// Who.
    pub subject: Entity,
    /// To what.
    pub resource: Entity,
    /// Around it.
    pub context: Option<Value>,
    /// Which page.
    pub page: Option<PageRequest>,
}

/// Which page.
#[derive(ToSchema)]
pub struct PageRequest {
    /// `next_token` of the page before, with the same entities.
    pub token: Option<String>,
    /// Results on it; 100 without a number, 1000 at most.
    pub limit: Option<u32>,
}

/// Results.
#[derive(ToSchema)]
pub struct SearchResults {
    /// Where it goes on.
    pub page: PageResponse,
    /// `{type, id}`, or `{name}` for actions.
    pub results: Vec<Value>,
}

/// Where it goes on.
#[derive(ToSchema)]
pub struct PageResponse {
    /// For the next page; empty at the end.
    pub next_token: String,
    /// Results on this page.
    pub count: u32,
}

/// Why there is no answer.
#[derive(ToSchema)]
pub struct ProtocolError {
    /// In words, for developers.
    pub error: String,
}

/// A request for a token (RFC 6749, 4.4).
#[derive(ToSchema)]
pub struct TokenRequest {
    /// `client_credentials`.
    pub grant_type: String,
    /// Name of the client, unless it is in the head.
    pub client_id: Option<String>,
    /// Its API key, unless it is in the head.
    pub client_secret: Option<String>,
    /// Scopes, parted by blanks; without any, all of the client's.
    pub scope: Option<String>,
}

/// A token.
#[derive(ToSchema)]
pub struct TokenResponse {
    /// For `Authorization: Bearer`.
    pub access_token: String,
    /// `Bearer`.
    pub token_type: String,
    /// Seconds.
    pub expires_in: u32,
    /// What it may be used for.
    pub scope: String,
}

/// Why there is no token (RFC 6749, 5.2).
#[derive(ToSchema)]
pub struct TokenError {
    /// `invalid_request`, `invalid_client`, `invalid_scope`, `unsupported_grant_type`, `temporarily_unavailable`.
    pub error: String,
    /// In words, for developers.
    pub error_description: String,
}
