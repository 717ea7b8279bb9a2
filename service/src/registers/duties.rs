//! What the registers put on the worklist.

use super::audits::read as audits;
use super::breaches::read as breaches;
use super::by_id;
use super::instructions::read;
use crate::portal::Portal;
use crate::problem::Result;
use crate::worklist::{Entry, Kind};
use chrono::{DateTime, Utc};
use domain::calendar;
use domain::register::audit_request::AuditState;
use domain::register::breach::{BreachState, hours_left};
use domain::register::instruction::InstructionState;
use store::registers;

/// Instructions on which the provider moves, or for which it waits.
pub(crate) async fn of_instructions(portal: &Portal) -> Result<Vec<Entry>> {
    let db = portal.store.read();
    let open = registers::open::<InstructionState>(db).await?;
    let customers = by_id(db, open.iter().filter_map(|e| e.customer)).await?;
    let kind = |state: &InstructionState| match state {
        InstructionState::Given { .. } => Some(Kind::InstructionTake),
        InstructionState::Acknowledged { .. } => Some(Kind::InstructionDo),
        InstructionState::Answered { .. } => Some(Kind::InstructionDecide),
        InstructionState::Unconfirmed { .. } => Some(Kind::InstructionUnconfirmed),
        _ => None,
    };
    let entry = |e: domain::register::Entry<InstructionState>| {
        let customer = e.customer.and_then(|c| customers.get(&c));
        Some(Entry {
            kind: kind(&e.state)?,
            about: e.number.clone(),
            customer: customer.map(|c| c.facts.legal_name.clone()).unwrap_or_default(),
            due: read::due(portal, &e.state),
            hours: None,
            path: format!("/instructions/{}", e.id),
        })
    };
    Ok(open.into_iter().filter_map(entry).collect())
}

/// Breaches of which customers are to be told, told more, or told another way.
pub(crate) async fn of_breaches(portal: &Portal, now: DateTime<Utc>) -> Result<Vec<Entry>> {
    let db = portal.store.read();
    let mut all = Vec::new();
    for e in registers::open::<BreachState>(db).await? {
        let until = breaches::until(portal, &e.state);
        let entry = |kind, due, hours| Entry {
            kind,
            about: e.number.clone(),
            customer: String::new(),
            due,
            hours,
            path: format!("/breaches/{}", e.id),
        };
        match &e.state {
            BreachState::Recorded { .. } => {
                let due = Some(calendar::berlin_date(until));
                all.push(entry(Kind::BreachTell, due, Some(hours_left(until, now))));
            }
            BreachState::Told { phases, .. } => {
                let complete = phases.last().is_some_and(|p| p.report.missing().is_empty());
                all.push(entry(
                    if complete { Kind::BreachClose } else { Kind::BreachSupplement },
                    None,
                    None,
                ));
                if breaches::undelivered(db, &e).await? > 0 {
                    all.push(entry(Kind::BreachUndelivered, None, None));
                }
            }
            _ => {}
        }
    }
    Ok(all)
}

/// Audit requests that wait for an answer, for their day, or for a measure.
pub(crate) async fn of_audits(portal: &Portal) -> Result<Vec<Entry>> {
    let db = portal.store.read();
    let open = registers::open::<AuditState>(db).await?;
    let customers = by_id(db, open.iter().filter_map(|e| e.customer)).await?;
    let mut all = Vec::new();
    for e in open {
        let customer = e.customer.and_then(|c| customers.get(&c));
        let entry = |kind, due| Entry {
            kind,
            about: e.number.clone(),
            customer: customer.map(|c| c.facts.legal_name.clone()).unwrap_or_default(),
            due,
            hours: None,
            path: format!("/audits/{}", e.id),
        };
        match &e.state {
            AuditState::Asked { .. } => all.push(entry(Kind::AuditAnswer, audits::due(&e.state))),
            AuditState::Agreed { .. } => all.push(entry(Kind::AuditKeep, audits::due(&e.state))),
            _ => {}
        }
        if audits::open_findings(&e.state) > 0 {
            all.push(entry(Kind::AuditMend, None));
        }
    }
    Ok(all)
}
