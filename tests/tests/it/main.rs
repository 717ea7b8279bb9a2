//! Stories through the whole portal, each on SQLite and, where `AVP_TEST_POSTGRES_URL` is set, on PostgreSQL.
#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on says why")]
#![expect(
    clippy::format_push_string,
    clippy::large_futures,
    clippy::cast_possible_wrap,
    reason = "tests may be plain"
)]

mod harness;

mod customers;

mod checklist;
mod checklist_values;

mod main_path;

mod contract_pages;

mod ending;

mod matrix;

mod errors;

mod weight;

mod people;

mod evaluation;

mod authzen;

mod api;

mod gate_pages;

mod mail;

mod jobs;

mod housekeeping;
mod reminders;

mod delegation;

mod amendment;

mod chain;

mod tree;

mod annexes;

mod text_offers;
mod texts;

mod seal_commands;

mod stamps;

mod verification;

mod proof_pack;

mod desk;

mod registers;

mod health;

mod at_once;
mod backup;

mod odd_addresses;
