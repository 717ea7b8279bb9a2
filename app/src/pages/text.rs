//! One version of the contract text for staff: what it changes, whom it touches and from which day, and the decision
//! to publish it.

use super::text_offers::{self, TextOffersView};
use super::text_parts::{changes, family, sample_changes, sentences};
use super::texts::{TextRow, sample_rows, state};
use crate::components::{
    Field, Tone, button_primary, card_titled, code, crumbs, details, error_summary, facts, form, link,
    notice, p, page_head, section_with, table, text,
};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::NaiveDate;
use domain::legal_diff::ClauseChange;
use domain::legal_lint::Finding;
use domain::{ContractId, CustomerId, Lang, Mistakes};
use leptos::prelude::*;

/// The version with everything around it.
#[derive(Clone, Debug)]
pub struct TextView {
    /// As in the list.
    pub row: TextRow,
    /// Who published it; empty for nobody.
    pub published_by: String,
    /// SHA-256, hex.
    pub sha256: String,
    /// What it says that it changes.
    pub notes: Vec<String>,
    /// What the linter finds.
    pub findings: Vec<Finding>,
    /// The version that it is compared with.
    pub against: Option<String>,
    /// The clauses that differ.
    pub changes: Vec<ClauseChange>,
    /// Whom it touches.
    pub touched: Vec<TouchedView>,
    /// Last day decided or proposed.
    pub accept_until: Option<NaiveDate>,
    /// What stands in the field.
    pub typed: String,
    /// May publish.
    pub officer: bool,
    /// The offering at once, for who may offer.
    pub offers: Option<TextOffersView>,
    /// What was wrong.
    pub mistakes: Mistakes,
}

/// A customer with a contract on an older text.
#[derive(Clone, Debug)]
pub struct TouchedView {
    /// Who.
    pub customer: CustomerId,
    /// Number and name.
    pub name: String,
    /// The contract.
    pub contract: (ContractId, String),
    /// Version of its text.
    pub text_version: String,
    /// Names of the actions that the gate refuses after the day.
    pub lost: Vec<String>,
}

/// Customers shown at most; the count says how many there are.
const SHOWN: usize = 200;

/// The whole page.
pub fn render(shell: Shell, view: TextView) -> String {
    let t = shell.t();
    let title = t.tr("text-title", &[("version", &view.row.version)]);
    layout::render(shell.at("annexes", title), move || body(t, &view))
}

fn body(t: T, v: &TextView) -> AnyView {
    let title = t.tr("text-title", &[("version", &v.row.version)]);
    let mut labels = text_offers::labels(t);
    labels.push(("accept_until", t.t("text-accept-until")));
    let mistakes = v.offers.as_ref().map(|o| &o.mistakes).filter(|m| !m.is_empty()).unwrap_or(&v.mistakes);
    let against = match &v.against {
        Some(old) => t.tr("text-against", &[("version", old)]),
        None => t.t("text-against-none"),
    };
    let difference = if v.against.is_some() { changes(t, t.0, &v.changes) } else { ().into_any() };
    view! {
        {crumbs(t, vec![(t.t("texts-title"), t.url("/texts"))])}
        {error_summary(t, mistakes, &labels)}
        {page_head(title, family(t, v.row.family), vec![state(t, &v.row)])}
        {findings(t, v)}
        {decision(t, v)}
        {text_offers::offers(t, &v.row.version, v.offers.as_ref())}
        {section_with("facts", t.t("text-facts"), Vec::new(), vec![facts(rows(t, v))])}
        {section_with("touched", t.t("text-touched"), Vec::new(), touched(t, v))}
        {section_with("changes", t.t("text-changes"), Vec::new(), vec![p(against), difference])}
    }
    .into_any()
}

fn findings(t: T, v: &TextView) -> AnyView {
    if v.findings.is_empty() {
        return ().into_any();
    }
    let said: Vec<_> = v
        .findings
        .iter()
        .map(|f| {
            let why = t.tr(&format!("text-finding-{}", f.fault.code()), &[("detail", &f.fault.detail())]);
            format!("{}: {why}", f.place)
        })
        .collect();
    notice(Tone::Bad, t.t("text-findings-title"), vec![p(t.t("text-findings-lead")), sentences(&said)])
}

/// The decision, for who may take it.
fn decision(t: T, v: &TextView) -> AnyView {
    if v.row.published.is_some() || v.row.passed || !v.findings.is_empty() {
        return ().into_any();
    }
    if !v.officer {
        return notice(Tone::Info, t.t("text-waits-title"), vec![p(t.t("text-waits"))]);
    }
    let kind = v.row.change;
    let mut fields = vec![p(t.t(&format!("text-publish-{kind}")))];
    if kind == "material" {
        fields.push(
            Field::date("accept_until", t.t("text-accept-until"))
                .hint(t.t("text-accept-until-hint"))
                .value(v.typed.clone())
                .short()
                .check(t, &v.mistakes)
                .view(),
        );
    }
    let label = t.tr("text-publish-button", &[("version", &v.row.version)]);
    let action = t.url(&format!("/texts/{}/publish", v.row.version));
    card_titled(t.t("text-publish-title"), vec![form(action, fields, vec![button_primary(label)])])
}

fn rows(t: T, v: &TextView) -> Vec<(String, AnyView)> {
    let mut rows = vec![(t.t("texts-change"), text(t.t(&format!("text-kind-{}", v.row.change))))];
    if let Some(at) = v.row.published {
        let at = format::time(t, at);
        let said = match v.published_by.as_str() {
            "" => t.tr("text-published-itself", &[("at", &at)]),
            name => t.tr("by-at", &[("name", name), ("at", &at)]),
        };
        rows.push((t.t("texts-published"), text(said)));
    }
    if let Some(day) = v.accept_until {
        rows.push((t.t("texts-accept"), text(format::date(t, day))));
    }
    if !v.notes.is_empty() {
        rows.push((t.t("text-notes"), sentences(&v.notes)));
    }
    rows.push((t.t("text-hash"), code(v.sha256.clone())));
    rows
}

fn touched(t: T, v: &TextView) -> Vec<AnyView> {
    if v.row.passed {
        return vec![p(t.t("text-touched-passed"))];
    }
    let count = v.touched.len().to_string();
    let lead = match v.accept_until {
        _ if v.touched.is_empty() => t.t("text-touched-none"),
        Some(day) => t.tr("text-touched-until", &[("count", &count), ("date", &format::date(t, day))]),
        None => t.tr("text-touched-told", &[("count", &count)]),
    };
    if v.touched.is_empty() {
        return vec![p(lead)];
    }
    let mut columns = vec![t.t("text-touched-customer"), t.t("text-touched-contract"), t.t("texts-version")];
    if v.accept_until.is_some() {
        columns.push(t.t("text-touched-lost"));
    }
    let line = |c: &TouchedView| {
        let mut cells = vec![
            link(c.name.clone(), t.url(&format!("/customers/{}", c.customer))),
            link(c.contract.1.clone(), t.url(&format!("/contracts/{}", c.contract.0))),
            text(c.text_version.clone()),
        ];
        if v.accept_until.is_some() {
            cells.push(text(if c.lost.is_empty() { t.t("text-touched-nothing") } else { c.lost.join(", ") }));
        }
        cells
    };
    let rows = v.touched.iter().take(SHOWN).map(line).collect();
    let list = table(t.t("text-touched"), columns, rows);
    if v.touched.len() <= 10 {
        return vec![p(lead), list];
    }
    vec![p(lead), details(t.t("text-touched-list"), vec![list])]
}

/// For the tests.
pub fn samples(lang: Lang) -> Vec<(&'static str, String)> {
    use domain::legal_lint::Fault;
    use domain::permission::StaffRole;
    let contract = ContractId(crate::samples::customer_id().0);
    let touched = TouchedView {
        customer: crate::samples::customer_id(),
        name: "K10001, Müller & Söhne <Elektrotechnik> GmbH".into(),
        contract: (contract, "AV-2026-00017".into()),
        text_version: "2026-1".into(),
        lost: vec!["Websites und E-Mail betreiben".into(), "Bildschirm ansehen".into()],
    };
    let view = |n: usize, touched: Vec<TouchedView>| {
        let row = sample_rows().swap_remove(n);
        TextView {
            published_by: if n == 1 { "Clara Öztürk".into() } else { String::new() },
            sha256: "a7".repeat(32),
            notes: vec!["Vorfälle werden auch per Telefon gemeldet.".into()],
            findings: Vec::new(),
            against: (n < 2).then(|| "2026-1".into()),
            changes: if n < 2 { sample_changes(lang) } else { Vec::new() },
            accept_until: row.accept_until,
            touched,
            typed: "2027-01-22".into(),
            officer: true,
            offers: None,
            mistakes: Mistakes::default(),
            row,
        }
    };
    let mut material = view(1, vec![touched.clone(), TouchedView { lost: Vec::new(), ..touched.clone() }]);
    material.row.published = None;
    material.mistakes.0.push(domain::Mistake::with("accept_until", "date-near", 42));
    let mut broken = view(3, Vec::new());
    broken.findings = vec![
        Finding { place: "clauses.de.txt".into(), fault: Fault::Wording("1, 2".into()) },
        Finding {
            place: "de/03-subject.txt [subject.matter]".into(),
            fault: Fault::Words("B15".into(), "x".into()),
        },
    ];
    let mut reader = view(0, vec![touched.clone(); 12]);
    reader.officer = false;
    let mut offering = view(1, vec![touched.clone(); 6]);
    offering.offers = Some(text_offers::sample());
    let mut wrong = offering.clone();
    if let Some(run) = &mut wrong.offers {
        run.typed.whom = "selected".into();
        run.mistakes.add("valid_until", "date-past");
        run.mistakes.add("contracts", "choose-one");
    }
    let shell = || crate::samples::staff_shell(lang, "/texts/2026-2", &[StaffRole::PrivacyOfficer]);
    vec![
        ("text-material", render(shell(), material)),
        ("text-offering", render(shell(), offering)),
        ("text-offering-mistakes", render(shell(), wrong)),
        ("text-editorial", render(shell(), view(0, vec![touched]))),
        ("text-reader", render(shell(), reader)),
        ("text-published", render(shell(), view(1, Vec::new()))),
        ("text-passed", render(shell(), view(2, Vec::new()))),
        ("text-findings", render(shell(), broken)),
    ]
}
