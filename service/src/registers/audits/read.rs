//! Reading the register of audit requests: for the customer, and for staff.

use super::super::{Shown, page, shown};
use crate::portal::Portal;
use crate::problem::{Problem, Result};
use chrono::{Months, NaiveDate};
use domain::customer::Customer;
use domain::permission::{CustomerUser, Staff};
use domain::register::Entry;
use domain::register::audit_request::{AuditState, Occasion};
use domain::{DocumentId, EntryId, calendar};
use store::documents::{self, Document};
use store::registers;

/// All requests of a customer, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_customer(portal: &Portal, by: &CustomerUser) -> Result<Vec<Entry<AuditState>>> {
    Ok(registers::of_customer(portal.store.read(), by.customer).await?)
}

/// One request for its customer's people.
///
/// # Errors
/// [`Problem::Missing`] for any other.
pub async fn one(portal: &Portal, by: &CustomerUser, id: EntryId) -> Result<Shown<AuditState>> {
    let entry = registers::find(portal.store.read(), by.customer, id).await?.ok_or(Problem::Missing)?;
    shown(portal, entry).await
}

/// One request for staff.
///
/// # Errors
/// [`Problem::Missing`] when there is none.
pub async fn for_staff(portal: &Portal, _by: &Staff, id: EntryId) -> Result<Shown<AuditState>> {
    let entry = registers::find_any(portal.store.read(), id).await?.ok_or(Problem::Missing)?;
    shown(portal, entry).await
}

/// A page of the register with the customers, and how many there are.
///
/// # Errors
/// When the database fails.
pub async fn list(
    portal: &Portal,
    _by: &Staff,
    only_open: bool,
    number: u64,
) -> Result<(Vec<(Entry<AuditState>, Option<Customer>)>, u64)> {
    page(portal, only_open, number).await
}

/// A file of a request, for staff.
///
/// # Errors
/// [`Problem::Missing`] for any file that is not part of it.
pub async fn file_for_staff(
    portal: &Portal,
    _by: &Staff,
    id: EntryId,
    document: DocumentId,
) -> Result<Document> {
    let db = portal.store.read();
    let entry: Entry<AuditState> = registers::find_any(db, id).await?.ok_or(Problem::Missing)?;
    let customer = entry.customer.ok_or(Problem::Missing)?;
    let mut files = entry.state.request().deliveries.iter().flat_map(|d| &d.files);
    files.find(|f| f.document == document).ok_or(Problem::Missing)?;
    documents::find(db, customer, document).await?.ok_or(Problem::Missing)
}

/// Whether the customer has had another regular audit in the year before: without a particular occasion one a year is
/// sufficient (clause `audit.manner`). It binds nobody; the privacy officer is told.
///
/// # Errors
/// When the database fails.
pub async fn second_in_a_year(portal: &Portal, of: &Entry<AuditState>) -> Result<bool> {
    let request = of.state.request();
    let (true, Occasion::Regular, Some(customer)) = (request.kind.is_audit(), request.occasion, of.customer)
    else {
        return Ok(false);
    };
    let all = registers::of_customer::<AuditState>(portal.store.read(), customer).await?;
    let since = calendar::berlin_date(request.asked.at).checked_sub_months(Months::new(12));
    let counts = |e: &Entry<AuditState>| {
        let r = e.state.request();
        let happened = matches!(e.state, AuditState::Agreed { .. } | AuditState::Closed { .. });
        let regular = r.kind.is_audit() && r.occasion == Occasion::Regular;
        e.id != of.id && happened && regular && e.state.day().is_some_and(|d| Some(d) >= since)
    };
    Ok(all.iter().any(counts))
}

/// Until when the provider moves: it answers on the next working day, without delay; it keeps the day that stands;
/// it remedies defects without delay.
pub fn due(state: &AuditState) -> Option<NaiveDate> {
    match state {
        AuditState::Asked { .. } => {
            Some(calendar::last_day_of_working_days(calendar::berlin_date(state.asked_at()), 1))
        }
        AuditState::Agreed { day, .. } => Some(*day),
        _ => None,
    }
}

/// How many defects wait for a measure.
pub fn open_findings(state: &AuditState) -> usize {
    state.request().findings.iter().filter(|f| f.measure.is_none()).count()
}
