//! The register of audit requests as a table.

use super::super::export::{Numbers, Sheet, exact};
use domain::register::audit_request::AuditState;
use domain::register::{Entry, Register as _};

impl Sheet for AuditState {
    const NAME: &'static str = "audits";
    const COLUMNS: &'static [&'static str] = &[
        "number",
        "customer_number",
        "contract_number",
        "state",
        "kind",
        "occasion",
        "asked_at",
        "wished",
        "day",
        "auditor",
        "points",
        "refused_points",
        "files",
        "findings",
        "open_findings",
        "costs",
        "ended_at",
        "result",
        "effort",
    ];

    fn cells(e: &Entry<Self>, numbers: &Numbers) -> Vec<String> {
        let r = e.state.request();
        let (ended, result, effort) = match &e.state {
            Self::Closed { result, effort, closed, .. } => (exact(closed.at), result.clone(), effort.clone()),
            Self::Withdrawn { withdrawn, .. } => (exact(withdrawn.at), String::new(), String::new()),
            Self::Asked { .. } | Self::Proposed { .. } | Self::Agreed { .. } => Default::default(),
        };
        let files: usize = r.deliveries.iter().map(|d| d.files.len()).sum();
        vec![
            e.number.clone(),
            numbers.owner(e),
            r.contract_number.clone(),
            e.state.state().into(),
            r.kind.name().into(),
            r.occasion.name().into(),
            exact(r.asked.at),
            r.wished.to_string(),
            e.state.day().map(|d| d.to_string()).unwrap_or_default(),
            r.auditor.clone(),
            r.points.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("|"),
            r.points.iter().filter(|p| p.refused.is_some()).count().to_string(),
            files.to_string(),
            r.findings.len().to_string(),
            r.findings.iter().filter(|f| f.measure.is_none()).count().to_string(),
            r.costs.clone(),
            ended,
            result,
            effort,
        ]
    }
}
