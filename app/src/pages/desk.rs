//! The desk: what is due for somebody of the staff, soonest first.

use crate::components::{Task, Tone, Weight, empty_with, icon_link, notice, page_head, tasks};
use crate::format;
use crate::i18n::T;
use crate::layout::{self, Shell};
use chrono::NaiveDate;
use leptos::prelude::*;

/// The worklist.
#[derive(Clone, Debug, Default)]
pub struct DeskView {
    /// In the order in which they are due.
    pub duties: Vec<Duty>,
    /// Today in Berlin.
    pub today: NaiveDate,
    /// May ask the gate: gets the way there.
    pub technician: bool,
}

/// One thing to do.
#[derive(Clone, Debug, Default)]
pub struct Duty {
    /// `audit-broken`, `countersign`, `examine`, `offer-running-out`, `signatory-unknown`, `return-data`, `delete-data`,
    /// `certify-deletion`, `confirm-paper`, `confirm-annex`, `publish-text`, `renew-text`, `dead-mail`, `dead-job`,
    /// `provider-facts`.
    pub kind: &'static str,
    /// A contract number, the name of an annex, a count, a list of keys.
    pub about: String,
    /// Customer; may be empty.
    pub customer: String,
    /// Last day, where there is one.
    pub due: Option<NaiveDate>,
    /// Whole hours that are left, where hours count; negative when it is late.
    pub hours: Option<i64>,
    /// Where it is done, without the language.
    pub path: String,
}

/// The whole page.
pub fn render(shell: Shell, view: DeskView) -> String {
    let t = shell.t();
    layout::render(shell.at("desk", t.t("desk-title")), move || body(t, view))
}

fn body(t: T, v: DeskView) -> AnyView {
    let gate =
        || v.technician.then(|| icon_link(Weight::Secondary, "shield", t.t("desk-gate"), t.url("/gate")));
    if v.duties.is_empty() {
        let nothing = empty_with(t.t("desk-empty"), t.t("desk-empty-text"), gate().into_iter().collect());
        return view! { {page_head(t.t("desk-title"), t.t("desk-lead"), Vec::new())}{nothing} }.into_any();
    }
    let overdue = v.duties.iter().filter(|d| d.due.is_some_and(|day| day < v.today)).count();
    let overdue = (overdue > 0).then(|| {
        notice(Tone::Bad, t.tr("desk-overdue-count", &[("count", &overdue.to_string())]), Vec::new())
    });
    let head = page_head(t.t("desk-title"), t.t("desk-lead"), gate().into_iter().collect());
    let items = v.duties.into_iter().map(|d| task(t, d, v.today)).collect();
    view! { {head}{overdue}{tasks(items)} }.into_any()
}

fn task(t: T, d: Duty, today: NaiveDate) -> Task {
    let about = if d.kind == "confirm-annex" { t.t(&format!("annex-{}", d.about)) } else { d.about };
    // Of what is late the note says nothing: the date does.
    let hours = d.hours.unwrap_or_default().max(0).to_string();
    let args = [("about", about.as_str()), ("hours", hours.as_str())];
    let explained = format!("desk-{}-note", d.kind);
    let late = d.hours.is_some_and(|h| h < 0);
    let explained = if !late && t.has(&explained) { t.tr(&explained, &args) } else { String::new() };
    let note = [d.customer, explained].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" · ");
    let (due, tone) = match d.due {
        None => (String::new(), Tone::Info),
        Some(day) if day < today || late => {
            (t.tr("desk-overdue", &[("date", &format::date(t, day))]), Tone::Bad)
        }
        Some(day) => {
            let (date, distance) = (format::date(t, day), format::distance(t, day, today));
            let tone = if (day - today).num_days() <= 1 { Tone::Warn } else { Tone::Plain };
            (t.tr("desk-due", &[("date", &date), ("distance", &distance)]), tone)
        }
    };
    Task { href: t.url(&d.path), title: t.tr(&format!("desk-{}", d.kind), &args), note, due, tone }
}

/// For the tests.
pub fn samples(lang: domain::Lang) -> Vec<(&'static str, String)> {
    use domain::permission::StaffRole;
    let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap_or_default();
    let duty = |kind, about: &str, customer: &str, due| Duty {
        kind,
        about: about.into(),
        customer: customer.into(),
        due,
        hours: (kind == "breach-tell").then_some(5),
        path: "/contracts/0192f000-0000-7000-8000-000000000002".into(),
    };
    let duties = vec![
        duty("audit-broken", "1234", "", Some(day(23))),
        duty("countersign", "AV-2026-00017", "Tischlerei Sägebrecht GmbH", Some(day(20))),
        duty("examine", "AV-2026-00018", "Müller & Söhne <Elektrotechnik> GmbH", Some(day(24))),
        duty("offer-running-out", "AV-2026-00012", "Gesellschaft für Vermessung mbH & Co. KG", Some(day(29))),
        duty("signatory-unknown", "AV-2026-00014", "Café Morgenrot", Some(day(30))),
        duty("return-data", "AV-2025-00003", "Werbewerkstatt Brödersen GmbH", Some(day(24))),
        duty("delete-data", "AV-2025-00004", "Werbewerkstatt Brödersen GmbH", Some(day(26))),
        duty("certify-deletion", "AV-2025-00005", "Werbewerkstatt Brödersen GmbH", Some(day(30))),
        duty("breach-tell", "VF-2026-00001", "", Some(day(23))),
        duty("breach-undelivered", "VF-2026-00001", "", None),
        duty("audit-answer", "PR-2026-00001", "Kanzlei Weiß", Some(day(24))),
        duty("instruction-take", "WE-2026-00001", "Kanzlei Weiß", Some(day(24))),
        duty("confirm-paper", "P-2019-4", "Kanzlei Weiß", None),
        duty("confirm-annex", "toms", "", None),
        duty("renew-text", "12", "", Some(day(30))),
        duty("publish-text", "2026-2", "", None),
        duty("dead-mail", "3", "", None),
        duty("dead-job", "1", "", None),
        duty("provider-facts", "represented_by, vat_id", "", None),
    ];
    let shell = || crate::samples::staff_shell(lang, "/desk", StaffRole::ALL);
    vec![
        ("desk", render(shell(), DeskView { duties, today: day(23), technician: true })),
        ("desk-empty", render(shell(), DeskView { today: day(23), technician: true, ..DeskView::default() })),
    ]
}
