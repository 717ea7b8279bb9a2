//! The desk: where staff land.

use crate::edge::{Answer, Visit};
use crate::render;
use crate::router::{Route, get};
use app::pages::desk::{self, DeskView, Duty};
use domain::calendar;
use domain::permission::{Access, Actor, StaffRole};
use service::worklist;

/// Its routes.
pub fn routes() -> Vec<Route> {
    vec![get("/{lang}/desk", Access::ANY_STAFF, page)]
}

async fn page(visit: Visit) -> Answer {
    let staff = visit.narrowed(Actor::staff)?;
    let entries = worklist::entries(visit.portal(), &staff, visit.now).await?;
    let duty = |e: worklist::Entry| Duty {
        kind: e.kind.name(),
        about: e.about,
        customer: e.customer,
        due: e.due,
        hours: e.hours,
        path: e.path,
    };
    let view = DeskView {
        duties: entries.into_iter().map(duty).collect(),
        today: calendar::berlin_date(visit.now),
        technician: staff.roles.contains(&StaffRole::Technician),
    };
    Ok(render::page(desk::render(render::shell(&visit), view)))
}
