//! `cargo xtask test`: runs everything this machine can run, and says what it could not.

mod binaries;
mod report;
mod steps;

use crate::chore::Outcome;
use report::Report;

/// What the person asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// A step that could not run is a failure.
    pub strict: bool,
    /// Only these groups; all when empty.
    pub only: Vec<Group>,
}

/// Steps that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    Lint,
    Tidy,
    Islands,
    Rules,
    Documents,
    Seal,
    Units,
    Integration,
    Browser,
}

impl Group {
    /// A group by the name that `--only` takes.
    pub fn parse(name: &str) -> Result<Self, String> {
        Ok(match name {
            "lint" => Self::Lint,
            "tidy" => Self::Tidy,
            "islands" => Self::Islands,
            "rules" => Self::Rules,
            "documents" => Self::Documents,
            "seal" => Self::Seal,
            "units" => Self::Units,
            "it" => Self::Integration,
            "browser" => Self::Browser,
            _ => return Err(format!("no group of tests is called “{name}”; `cargo xtask help` lists them.")),
        })
    }
}

impl Wishes {
    fn has(&self, group: Group) -> bool {
        self.only.is_empty() || self.only.contains(&group)
    }
}

/// Runs the steps in order. One that fails does not keep the others from running.
pub fn run(wishes: &Wishes) -> Result<Outcome, String> {
    let mut report = Report::default();
    crate::islands::placeholder()?;
    if wishes.has(Group::Lint) {
        report.step("fmt", steps::fmt);
    }
    if wishes.has(Group::Tidy) {
        report.step("tidy", steps::tidy);
    }
    if wishes.has(Group::Lint) {
        report.step("clippy", steps::clippy);
    }
    if wishes.has(Group::Islands) || wishes.has(Group::Browser) {
        report.step("islands", steps::islands);
    }
    steps::compiled(wishes, &mut report);
    report.print();
    Ok(Outcome::from(report.is_well(wishes.strict)))
}
