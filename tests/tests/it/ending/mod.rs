//! The end of a contract: notice, its way back, the last day; then choice, reminders, default, the work, the certificate.

pub mod certificate;

mod choice;

mod notice;

mod pages;

mod work;

use crate::harness::TestApp;
use crate::main_path::{Scene, in_force, scene};
use chrono::Duration;
use domain::contract::lifecycle::{Disposal, DoneInput, NoticeInput};
use domain::contract::{Contract, ContractState};
use domain::permission::{Staff, StaffRole};
use domain::{ContractId, gate};
use service::Problem;
use service::contracts::give_notice;
use service::jobs::housekeeping;
use service::store::contracts;

/// An ordinary notice to 31 December 2026.
pub fn ordinary() -> NoticeInput {
    NoticeInput {
        kind: "ordinary".into(),
        last_day: "2026-12-31".into(),
        services_end: true,
        understood: true,
        ..NoticeInput::default()
    }
}

/// A contract in force since 23 November 2026, on which the customer has given notice to 31 December.
pub async fn noticed(t: &TestApp) -> (Scene, ContractId) {
    let s = scene(t).await;
    let id = in_force(t, &s).await;
    t.run_jobs().await;
    let by = s.anna.signatory_of(s.customer).expect("a signatory");
    give_notice::by_customer(t.portal(), &by, id, &ordinary(), t.now()).await.expect("given");
    (s, id)
}

/// The same after its end, noticed shortly after midnight on 1 January 2027.
pub async fn ended(t: &TestApp) -> (Scene, ContractId) {
    let (s, id) = noticed(t).await;
    t.advance(Duration::days(38) + Duration::hours(14)).await; // 1 January 2027, 00:00 in Berlin
    keep_house(t).await;
    (s, id)
}

pub async fn keep_house(t: &TestApp) {
    housekeeping::run(t.portal(), t.now()).await.expect("housekeeping");
}

pub async fn contract(t: &TestApp, id: ContractId) -> Contract {
    contracts::find_any(t.portal().store.read(), id).await.expect("read").expect("there")
}

pub async fn disposal(t: &TestApp, id: ContractId) -> Disposal {
    let ContractState::Ended(ended) = contract(t, id).await.state else { panic!("it ended") };
    ended.disposal.expect("a disposal")
}

pub fn refused(problem: Problem) -> String {
    match problem {
        Problem::Refused(r) => r.code().into(),
        Problem::Mistakes(m) => {
            let all: Vec<_> = m.0.iter().map(|m| format!("{} {}", m.field, m.code)).collect();
            all.join(", ")
        }
        Problem::Missing => "missing".into(),
        Problem::Stale => "stale".into(),
        other => panic!("{other:?}"),
    }
}

pub fn gate_says(t: &TestApp, action: &str) -> &'static str {
    let facts = t.portal().gate.facts();
    let question = gate::Question {
        subject: gate::Subject::Technician("tina@provider.example"),
        action: domain::Action::parse(action),
        resource: gate::Resource::Number("K1"),
        tool: None,
    };
    gate::decide(&facts, &question, t.now()).reasons.first().map_or("", gate::Reason::code)
}

/// Somebody of the staff who deletes.
pub async fn technician(t: &TestApp) -> Staff {
    t.staff("tina@provider.example", &[StaffRole::Technician]).await.staff().expect("staff")
}

pub fn done(on: &str) -> DoneInput {
    DoneInput { on: on.into(), method: "Gelöscht und überschrieben".into(), note: "Ticket 4711".into() }
}

/// Ids of the tasks of these kinds, in their order.
pub fn tasks(d: &Disposal, backups: bool) -> Vec<String> {
    let is_backup = |t: &&domain::contract::lifecycle::Task| {
        (t.kind == domain::contract::lifecycle::TaskKind::Backup) == backups
    };
    d.tasks.iter().filter(is_backup).map(|t| t.id.clone()).collect()
}
