//! The HTTP edge: routes, forms, sessions, the decision point, configuration, wiring, commands.

pub mod config;

pub mod state;

pub mod router;

pub mod front;

pub mod edge;

pub mod caller;

pub mod render;

pub mod form;

pub mod headers;

pub mod pdf;

pub mod proof_pack;

mod zip_file;

pub mod sealing;

mod stamping;

pub mod assets;

pub mod routes;

pub mod access;

pub mod signing;

pub mod oauth;

pub mod api;

pub mod commands;

pub mod start;

pub mod demo;
