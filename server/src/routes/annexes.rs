//! The annexes for staff, and their confirmation by the privacy officer.

use crate::edge::{Answer, Visit};
use crate::form::Fields;
use crate::render;
use crate::router::{Route, get, post};
use app::format;
use app::pages::annexes::{self as page, AnnexesView, ControlView, MeasureView, StampView, SubprocessorView};
use axum::extract::Path;
use domain::SnapshotId;
use domain::annex::{AnnexKind, Control, Measure, Subprocessor};
use domain::permission::{Access, Actor, StaffRole};
use service::Problem;
use service::annexes::confirm;
use service::annexes::current::{self, Annex};
use std::collections::HashMap;

/// Its routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/{lang}/annexes", Access::ANY_STAFF, list),
        post("/{lang}/annexes/{kind}/confirm", Access::Staff(&[StaffRole::PrivacyOfficer]), confirmed),
    ]
}

async fn list(visit: Visit) -> Answer {
    let toms = current::toms(visit.portal()).await?;
    let subprocessors = current::subprocessors(visit.portal()).await?;
    let view = AnnexesView {
        toms: stamp(AnnexKind::Toms, &toms),
        controls: toms.content.controls.iter().map(|c| control(&visit, c)).collect(),
        subprocessors: stamp(AnnexKind::Subprocessors, &subprocessors),
        rows: subprocessors.content.rows.iter().map(|r| row(&visit, r)).collect(),
        officer: visit.actor()?.has(StaffRole::PrivacyOfficer),
    };
    Ok(render::page(page::render(render::shell(&visit), view)))
}

async fn confirmed(visit: Visit, Path(path): Path<HashMap<String, String>>, fields: Fields) -> Answer {
    let by = visit.narrowed(Actor::privacy_officer)?;
    let kind = path.get("kind").and_then(|k| AnnexKind::parse(k)).ok_or(Problem::Missing)?;
    let id: SnapshotId = fields.get("snapshot").parse().map_err(|_| Problem::Missing)?;
    confirm::confirm(visit.portal(), &by, kind, id, visit.now).await?;
    Ok(visit.go_saying(&format!("/annexes#{}", kind.name()), "annex-confirmed"))
}

fn stamp<C>(kind: AnnexKind, annex: &Annex<C>) -> StampView {
    StampView {
        kind,
        id: annex.id,
        number: annex.number,
        at: annex.created_at,
        sha256: annex.sha256.clone(),
        confirmed: annex.confirmed.clone(),
        in_use: annex.in_use,
    }
}

fn control(visit: &Visit, c: &Control) -> ControlView {
    ControlView {
        number: c.number,
        name: c.name.get(visit.lang).clone(),
        measures: c.measures.iter().map(|m| measure(visit, m)).collect(),
    }
}

fn measure(visit: &Visit, m: &Measure) -> MeasureView {
    let all = m.services.iter().any(|s| s == "all");
    let name = |s: &String| visit.t().t(&format!("service-{s}"));
    MeasureView {
        title: m.title.get(visit.lang).clone(),
        text: m.text.get(visit.lang).clone(),
        services: if all { Vec::new() } else { m.services.iter().map(name).collect() },
        layer: m.layer.clone(),
        status: m.status.clone(),
    }
}

fn row(visit: &Visit, s: &Subprocessor) -> SubprocessorView {
    let (lang, content) = (visit.lang, &visit.portal().content);
    let country = content.countries.get(&s.country).map_or(&s.country, |c| c.get(lang));
    let mechanism = content.words.get(lang).get(&format!("transfer-{}", s.transfer_mechanism));
    let transfer = [mechanism.unwrap_or(&s.transfer_mechanism).as_str(), s.transfer_evidence.get(lang)];
    let categories = s.data_categories.iter().map(|id| content.catalogue.data_category(id, lang));
    SubprocessorView {
        name: s.legal_name.clone(),
        address: format!("{}, {} {}, {country}", s.street, s.postal_code, s.city),
        service: s.service.get(lang).clone(),
        data: categories.collect::<Vec<_>>().join(", "),
        places: format!("{}. {}", s.places.get(lang), transfer.join(" – ")),
        since: s.since.parse().map_or_else(|_| s.since.clone(), |day| format::date(visit.t(), day)),
    }
}
