//! The pages, one file each: a view model, `render(shell, view) -> String`, and `samples(lang)` for the tests.

pub mod home;

pub mod imprint;

pub mod login;

pub mod message;

pub mod password;

pub mod account;

pub mod staff;

pub mod api;

pub mod client;

pub mod clients;

pub mod my;

pub mod request;

pub mod contract_parts;

pub mod delegation;
mod proof_pack;

pub mod ending_step;

pub mod contract_text;

pub mod contract;

pub mod signing;

pub mod contracts;

pub mod staff_contract;

pub mod offer_form;

pub mod staff_ending;

pub mod notice;

pub mod disposal_parts;

pub mod disposal;

pub mod staff_disposal;

pub mod verify;
pub mod versions;

pub mod preview;

pub mod customers;

pub mod customer;

pub mod customer_form;

pub mod customer_people;

pub mod import;

pub mod desk;

pub mod outbox;

pub mod audit;

pub mod annexes;

pub mod text_parts;

pub mod text_offers;

pub mod texts;

pub mod text;

pub mod text_since;

pub mod gate;

pub mod decisions;

pub mod register_parts;

pub mod register_list;

pub mod instructions;

pub mod instruction;

pub mod breaches;

pub mod breach;

pub mod audits;

pub mod audit_request;

mod audit_request_forms;
