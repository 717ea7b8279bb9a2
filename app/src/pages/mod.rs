//! The pages, one file each: a view model, `render(shell, view) -> String`, and `samples(lang)` for the tests.

pub mod home;

pub mod imprint;

pub mod login;

pub mod message;
