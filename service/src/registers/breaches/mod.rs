//! The register of breaches (Art. 33(2) and (5)): recorded, told in phases, proved, closed.

pub mod recipients;

pub mod record;

pub mod tell;

pub mod close;

mod export;

pub mod read;

use domain::EntryId;

/// The part of the path that names the register.
const AREA: &str = "breaches";

/// Key of the mail to the `n`th recipient of a phase: the delivery is proved by it.
fn mail_key(id: EntryId, phase: usize, n: usize) -> String {
    format!("breach_notice:{id}:{phase}:{n}")
}
