//! Use cases, one file an action: load for this customer → domain move → save → audit → outbox → commit.
//! Everything an action needs from outside (who, when) comes in as an argument.

pub mod portal;

pub mod problem;

pub mod fresh;

pub mod json;

pub mod content;

pub mod people;

pub mod signing;

pub mod customers;

pub mod contracts;

pub mod disposals;

pub mod registers;

pub mod stamps;

pub mod annexes;

pub mod texts;

pub mod gate;

pub mod mail;

pub mod jobs;

pub mod audit;

pub mod export;

pub mod worklist;

pub use content::Content;
pub use portal::{Portal, Settings};
pub use problem::{Problem, Result};
pub use store;
