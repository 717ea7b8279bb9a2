//! The rules of the domain as stories, tables and properties: one binary, under a second.
//! Properties draw from a [`tape::Tape`]; what a lawyer should read is in `snapshots/`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so; clippy allows it only inside of #[test] functions"
)]

mod amendment;
mod audit;
mod calendar;
mod delegation;
mod disposal;
mod ending;
mod gate_properties;
mod gate_table;
mod import;
mod legal_lint;
mod legal_text;
mod lifecycle;
mod registers;
mod reminders;
mod renewal;
mod request;
mod samples;
mod tape;
