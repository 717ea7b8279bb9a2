//! What is to be done when a contract ends: the tasks of its services from the catalogue, a confirmation of each
//! sub-processor in use, the periods of its text.

use crate::portal::Portal;
use crate::problem::{Result, internal};
use domain::Service;
use domain::annex::{AnnexKind, Subprocessors, concerns};
use domain::contract::InForce;
use domain::contract::lifecycle::{Plan, Task, TaskKind};
use domain::text::Both;
use store::{Work, annexes};

/// The plan for the end of this contract, as things are today.
///
/// # Errors
/// When the database fails or an annex cannot be read.
pub(crate) async fn make(portal: &Portal, work: &Work, contract: &InForce) -> Result<Plan> {
    let mut tasks: Vec<Task> = contract.services.iter().flat_map(|s| of_service(portal, *s)).collect();
    if let Some(snapshot) = annexes::newest_confirmed(work.db(), AnnexKind::Subprocessors).await? {
        let all: Subprocessors = serde_json::from_str(&snapshot.canonical).map_err(internal)?;
        let used =
            all.rows.iter().filter(|s| s.status == "active" && concerns(&s.services, &contract.services));
        tasks.extend(used.map(|s| {
            Task {
                id: format!("subprocessor.{}", s.id),
                kind: TaskKind::Subprocessor,
                services: contract
                    .services
                    .iter()
                    .copied()
                    .filter(|service| concerns(&s.services, &[*service]))
                    .collect(),
                name: Both { de: s.legal_name.clone(), en: s.legal_name.clone() },
                done: None,
            }
        }));
    }
    Ok(Plan { terms: portal.content.endings.of(&contract.text_version), tasks })
}

fn of_service(portal: &Portal, service: Service) -> Vec<Task> {
    let text = portal.content.catalogue.service(service);
    let task = |t: &crate::content::catalogue::DeletionTask| Task {
        id: format!("{}.{}", service.name(), t.id),
        kind: t.kind,
        services: vec![service],
        name: t.name.clone(),
        done: None,
    };
    text.deletion.iter().map(task).collect()
}
