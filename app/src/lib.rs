//! What people see: pages as functions of owned view models, rendered to a string on the server (`ssr`),
//! and the few islands that a browser brings to life (`hydrate`). Nothing here asks a database.

pub mod islands;

#[cfg(feature = "ssr")]
pub mod assets;

#[cfg(feature = "ssr")]
pub mod components;

#[cfg(feature = "ssr")]
pub mod format;

#[cfg(feature = "ssr")]
pub mod i18n;

#[cfg(feature = "ssr")]
pub mod layout;

#[cfg(feature = "ssr")]
pub mod pages;

#[cfg(feature = "ssr")]
pub mod render;

#[cfg(feature = "ssr")]
pub mod samples;
