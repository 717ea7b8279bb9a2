//! The register of instructions as a table.

use super::super::export::{Numbers, Sheet, exact, services};
use domain::register::instruction::InstructionState;
use domain::register::{Entry, Register as _};

impl Sheet for InstructionState {
    const NAME: &'static str = "instructions";
    const COLUMNS: &'static [&'static str] = &[
        "number",
        "customer_number",
        "contract_number",
        "state",
        "channel",
        "giver",
        "received_at",
        "confirmed_at",
        "services",
        "wish",
        "title",
        "text",
        "warning",
        "answer",
        "done_on",
        "done",
        "reason",
    ];

    fn cells(e: &Entry<Self>, numbers: &Numbers) -> Vec<String> {
        let i = e.state.instruction();
        let warning = i.warnings.last();
        let answer = warning.and_then(|w| w.answer.as_ref());
        let (done_on, done, reason) = match &e.state {
            Self::CarriedOut { what, on, urgency, .. } => (on.to_string(), what.clone(), urgency.clone()),
            Self::Refused { reason, .. } => (String::new(), String::new(), reason.clone()),
            _ => Default::default(),
        };
        vec![
            e.number.clone(),
            numbers.owner(e),
            i.contract_number.clone(),
            e.state.state().into(),
            i.channel.name().into(),
            i.giver.clone(),
            exact(i.received_at),
            i.confirmed.as_ref().map(|c| exact(c.at)).unwrap_or_default(),
            services(&i.services),
            i.wish.map(|d| d.to_string()).unwrap_or_default(),
            i.title.clone(),
            i.text.clone(),
            warning.map(|w| w.reason.clone()).unwrap_or_default(),
            answer.map(|a| if a.changed { "changed" } else { "confirmed" }.to_string()).unwrap_or_default(),
            done_on,
            done,
            reason,
        ]
    }
}
