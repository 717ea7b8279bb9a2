//! What the pages of the registers need from requests and from the audit chain.

use super::my::Parts;
use crate::edge::{Fault, Visit};
use crate::form::Fields;
use app::pages::contract_parts::Happened;
use app::pages::register_list::RegisterView;
use app::pages::register_parts::{EntryLine, Side};
use domain::customer::Customer;
use domain::permission::Actor;
use domain::{EntryId, Mistake};
use service::Problem;
use service::audit::{Happening, Who};
use service::registers::PER_PAGE;

/// The entry named in the path.
///
/// # Errors
/// [`Problem::Missing`] when it is no id.
pub fn entry_in(parts: &Parts) -> Result<EntryId, Fault> {
    parts.get("id").and_then(|id| id.parse().ok()).ok_or(Fault(Problem::Missing))
}

/// The id that came with a form: sent twice it is the same.
///
/// # Errors
/// [`Problem::Mistakes`] when the form is not ours.
pub fn once(fields: &Fields) -> Result<EntryId, Fault> {
    fields.get("once").parse().map_err(|_| Fault(Mistake::new("", "form").into()))
}

/// The fields of the query.
pub fn query(visit: &Visit) -> Fields {
    Fields::parse(visit.uri.split_once('?').map_or("", |(_, query)| query).as_bytes())
}

/// The side of somebody of the staff.
///
/// # Errors
/// [`Problem::Missing`] for anybody else.
pub fn staff_side(visit: &Visit) -> Result<Side, Fault> {
    let actor = visit.actor()?;
    actor.staff().ok_or(Problem::Missing)?;
    Ok(Side::Staff { keeper: actor.keeper().is_some(), officer: actor.privacy_officer().is_some() })
}

/// The side of somebody of the customer in the path.
///
/// # Errors
/// [`Problem::Missing`] for anybody else.
pub fn customer_side(visit: &Visit) -> Result<Side, Fault> {
    let by = visit.customer_user()?;
    Ok(Side::Customer { id: by.customer, voice: by.voice().is_some() })
}

/// Whoever speaks for the customer in the path.
///
/// # Errors
/// [`Problem::Missing`] for anybody else.
pub fn voice(visit: &Visit) -> Result<domain::permission::Voice, Fault> {
    visit.customer_user()?.voice().ok_or(Fault(Problem::Missing))
}

/// Whoever takes instructions up.
///
/// # Errors
/// [`Problem::Missing`] for anybody else.
pub fn keeper(visit: &Visit) -> Result<domain::permission::Keeper, Fault> {
    visit.narrowed(Actor::keeper)
}

/// The entries of the audit chain about an entry, without the name of the register.
pub fn happened(events: &[Happening]) -> Vec<Happened> {
    let of = |e: &Happening| Happened {
        kind: e.kind.split_once('.').map_or(e.kind.clone(), |(_, kind)| kind.into()),
        who: match &e.who {
            Who::Person(name) | Who::Program(name) => name.clone(),
            Who::Portal | Who::Command | Who::Gone => String::new(),
        },
        at: e.at,
    };
    events.iter().map(of).collect()
}

/// A page of a register for staff, as the query asks for it: `lines` of `total` entries.
///
/// # Errors
/// [`Problem::Missing`] for anybody else.
pub fn staff_list(visit: &Visit, lines: Vec<EntryLine>, total: u64) -> Result<RegisterView, Fault> {
    let fields = query(visit);
    Ok(RegisterView {
        side: staff_side(visit)?,
        possible: true,
        lines,
        open: only_open(&fields),
        page: fields.page(),
        pages: total.div_ceil(PER_PAGE),
    })
}

/// Lists begin with what is open.
pub fn only_open(fields: &Fields) -> bool {
    fields.get("open") != "0"
}

/// Name of a customer; empty for none.
pub fn name_of(customer: Option<Customer>) -> String {
    customer.map(|c| c.facts.legal_name).unwrap_or_default()
}
