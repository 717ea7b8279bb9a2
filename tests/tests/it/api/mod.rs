//! The API: its description, its first endpoint, requests that come twice.

mod customers;

mod description;

mod idempotency;
