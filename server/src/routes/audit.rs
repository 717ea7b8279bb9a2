//! The audit trail, and its check.

use crate::edge::{Answer, Fault, Visit};
use crate::form::Fields;
use crate::render;
use crate::router::{Route, get, post};
use app::pages::audit::{self as page, AuditView, By, ChainVerdict, EntryLine, HeadStamp, HeadView};
use domain::permission::{Access, StaffRole};
use service::audit::{self, Happening, Who};
use service::stamps::StampCheck;

const READERS: Access = Access::Staff(&[StaffRole::Admin, StaffRole::PrivacyOfficer]);
const PER_PAGE: u64 = 50;

/// Its routes.
pub fn routes() -> Vec<Route> {
    vec![get("/{lang}/audit", READERS, list), post("/{lang}/audit/verify", READERS, verify)]
}

async fn list(visit: Visit) -> Answer {
    let query = Fields::parse(visit.uri.split_once('?').map_or(b"", |(_, q)| q.as_bytes()));
    let view = view(&visit, query.page()).await?;
    Ok(render::page(page::render(render::shell(&visit), view)))
}

/// Changes nothing; a form because it is work that no crawler or prefetch should start.
async fn verify(visit: Visit) -> Answer {
    let report = audit::verify(visit.portal()).await?;
    let verdict = ChainVerdict { entries: report.entries, head: report.head, broken: report.broken };
    let view = AuditView { verdict: Some(verdict), ..view(&visit, 1).await? };
    let mut shell = render::shell(&visit);
    shell.path = format!("/{}/audit", visit.lang.code()); // the address of the form answers no GET
    Ok(render::page(page::render(shell, view)))
}

async fn view(visit: &Visit, number: u64) -> Result<AuditView, Fault> {
    let head = audit::head::newest(visit.portal()).await?;
    let (mut entries, total) = audit::page(visit.portal(), (number - 1) * PER_PAGE, PER_PAGE).await?;
    let pages = total.div_ceil(PER_PAGE).max(1);
    // A page past the end is the last one.
    let shown = number.min(pages);
    if shown < number {
        entries = audit::page(visit.portal(), (shown - 1) * PER_PAGE, PER_PAGE).await?.0;
    }
    let entries = entries.into_iter().map(line).collect();
    let stamp = match audit::head::newest_stamp(visit.portal()).await? {
        None => HeadStamp::None,
        Some((size, StampCheck::Trusted(at, by))) => HeadStamp::Trusted(size, at, by),
        Some((size, StampCheck::Unknown(at, by))) => HeadStamp::Unknown(size, at, by),
        Some((size, StampCheck::Bad)) => HeadStamp::Bad(size),
    };
    let head = head.map(|h| HeadView {
        size: h.head.size,
        entries: total,
        root: h.head.root.to_string(),
        at: h.head.at,
        key_id: h.signature.map(|s| s.key_id),
        stamp,
        mailed_at: h.mailed_at,
    });
    Ok(AuditView { entries, page: shown, pages, head, verdict: None })
}

fn line(h: Happening) -> EntryLine {
    let subject = h.subject.split_once(':').map(|(name, id)| (name.to_string(), id.to_string()));
    EntryLine {
        seq: h.seq,
        at: h.at,
        kind: h.kind,
        by: by(h.who),
        facts: subject.into_iter().chain(h.facts).collect(),
    }
}

/// Who did something, as pages say it.
pub fn by(who: Who) -> By {
    match who {
        Who::Person(name) => By::Person(name),
        Who::Program(name) => By::Program(name),
        Who::Portal => By::Portal,
        Who::Command => By::Command,
        Who::Gone => By::Gone,
    }
}
