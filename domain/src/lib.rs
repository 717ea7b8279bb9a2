//! The rules of AV-Portal: states, decisions, clocks, ids, the hash chain. No IO, no clock, no randomness:
//! `now` and fresh ids come in as arguments, so every rule can be replayed years later.

pub mod service;

pub mod contract;

pub mod register;

pub mod gate;

pub mod customer;

pub mod people;

pub mod permission;

pub mod api_key;

pub mod network;

pub mod quota;

pub mod signing;

pub mod audit;

pub mod merkle;

pub mod calendar;

pub mod annex;

pub mod legal_text;

pub mod legal_lint;

pub mod legal_diff;

pub mod publication;

pub mod wording;

pub mod template;

pub mod import;

pub mod mistake;

pub mod text;

pub mod ids;

pub use ids::*;
pub use mistake::{Mistake, Mistakes};
pub use service::{Action, Service};
pub use text::Lang;
