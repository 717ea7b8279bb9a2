//! Tables and queries: the only crate that knows SQL. One file a table; a query about a customer's things
//! names the customer. Look-ups return `Option`; a save says how many rows it expected to change.

#![expect(missing_docs, reason = "columns carry the names of the domain's fields and are documented there")]

mod connection;

mod work;

mod error;

pub mod copy;

pub mod users;

pub mod links;

pub mod sessions;

pub mod login_failures;

pub mod secrets;

pub mod clients;

pub mod client_keys;

pub mod signing_keys;

pub mod idempotency;

pub mod customers;

pub mod contacts;

pub mod memberships;

pub mod contracts;

pub mod sign_codes;

pub mod reminders;

pub mod verification_codes;

pub mod documents;

pub mod document_stamps;

pub mod annexes;

pub mod text_versions;

pub mod text_publications;

pub mod text_offers;

pub mod holds;

pub mod registers;

pub mod breach_notices;

pub mod counters;

pub mod audit;

pub mod audit_nodes;

pub mod audit_heads;

pub mod audit_checks;

pub mod decisions;

pub mod decision_blocks;

pub mod outbox;

pub mod gate_facts;

pub use connection::{Connection, Snapshot, Store};
pub use error::{Result, StoreError};
pub use work::{Committed, Work};
