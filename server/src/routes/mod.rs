//! Pages and their forms, one file an area.

pub mod public;

pub mod verify;

pub mod session;

pub mod account;

pub mod my;

pub mod request;

pub mod contract_words;

pub mod signing;

pub mod desk;

pub mod gate;

pub mod customers;

pub mod contracts;

pub mod notice;

pub mod disposal;

pub mod annexes;

pub mod texts;

pub mod decisions;

pub mod register_words;

pub mod instructions;

pub mod breaches;

pub mod audits;

mod audit_files;

pub mod staff;

pub mod clients;

pub mod outbox;

pub mod audit;

pub mod health;
