//! The register of breaches as a table (Art. 33(5)): facts, effects, remedies, and who was told when.

use super::super::export::{Numbers, Sheet, exact, services};
use domain::CustomerId;
use domain::register::breach::{BreachState, Report};
use domain::register::{Entry, Register as _};
use std::collections::BTreeSet;

impl Sheet for BreachState {
    const NAME: &'static str = "breaches";
    const COLUMNS: &'static [&'static str] = &[
        "number",
        "state",
        "aware_at",
        "title",
        "occurred",
        "nature",
        "categories",
        "persons",
        "records",
        "consequences",
        "measures",
        "proposed",
        "services",
        "customers",
        "notices",
        "first_told_at",
        "last_told_at",
        "told_customers",
        "ended_at",
        "lesson",
        "reason",
    ];

    fn cells(e: &Entry<Self>, numbers: &Numbers) -> Vec<String> {
        let report = e.state.report().cloned().unwrap_or_default();
        let reach = e.state.reach();
        let phases = e.state.phases();
        let told = |at: Option<&domain::register::breach::Phase>| {
            at.map(|phase| exact(phase.told.at)).unwrap_or_default()
        };
        let (ended, lesson, reason) = match &e.state {
            Self::Closed { lesson, closed, .. } => (exact(closed.at), lesson.clone(), String::new()),
            Self::Dismissed { reason, dismissed, .. } => (exact(dismissed.at), String::new(), reason.clone()),
            Self::Recorded { .. } | Self::Told { .. } => Default::default(),
        };
        let mut cells = vec![e.number.clone(), e.state.state().into(), exact(e.state.aware_at())];
        cells.extend(facts(report));
        cells.extend([
            services(&reach.services),
            joined(reach.customers.into_iter(), numbers),
            phases.len().to_string(),
            told(phases.first()),
            told(phases.last()),
            joined(told_customers(e), numbers),
            ended,
            lesson,
            reason,
        ]);
        cells
    }

    fn customers(e: &Entry<Self>) -> Vec<CustomerId> {
        e.state.reach().customers.into_iter().chain(told_customers(e)).collect()
    }
}

/// The columns from `title` to `proposed`.
fn facts(r: Report) -> [String; 9] {
    [
        r.title,
        r.occurred,
        r.nature,
        r.categories,
        r.persons,
        r.records,
        r.consequences,
        r.measures,
        r.proposed,
    ]
}

fn told_customers(e: &Entry<BreachState>) -> impl Iterator<Item = CustomerId> {
    let told: BTreeSet<CustomerId> =
        e.state.phases().iter().flat_map(|p| &p.recipients).map(|r| r.customer).collect();
    told.into_iter()
}

/// Numbers with `|` between.
fn joined(ids: impl Iterator<Item = CustomerId>, numbers: &Numbers) -> String {
    let mut all: Vec<_> = ids.map(|id| numbers.of(id)).collect();
    all.sort_unstable();
    all.join("|")
}
