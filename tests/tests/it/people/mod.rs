//! People: logging in, sessions, links by mail, accounts, staff, API clients.

mod login;

mod links;

mod account;

mod staff;

mod clients;
