//! Made-up notices and disposals, for the pages about the end of a contract.

use super::contracts::pick;
use crate::pages::contract_parts::DocumentLink;
use crate::pages::disposal::{DisposalView, Stage};
use crate::pages::notice::{NoticeView, Step};
use crate::pages::staff_disposal::{StaffDisposalView, Typed};
use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use domain::contract::lifecycle::{
    Choice, Disposal, Done, EndTerms, Notice, NoticeInput, Retained, Side, Task, TaskKind, Way,
};
use domain::text::Both;
use domain::{Lang, Mistakes, Service, UserId};
use std::collections::HashMap;

/// A day of the winter in question: December 2026, else 2027.
pub fn day(month: u32, day: u32) -> NaiveDate {
    let year = if month == 12 { 2026 } else { 2027 };
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn at(month: u32, d: u32) -> DateTime<Utc> {
    Utc.from_utc_datetime(&day(month, d).and_hms_opt(9, 30, 7).unwrap_or_default())
}

fn user() -> UserId {
    super::contracts::user()
}

/// The notice that was given.
pub fn given(lang: Lang, side: Side) -> Notice {
    Notice {
        side,
        by: user(),
        in_text_form: false,
        good_cause: false,
        reason: pick(lang, "Wir betreiben die Server künftig selbst.", "We will run the servers ourselves."),
        last_day: day(12, 31),
        at: at(12, 1) - Duration::days(2),
    }
}

/// The page to give notice.
pub fn notice(lang: Lang, side: Side) -> NoticeView {
    let t = crate::i18n::T(lang);
    NoticeView {
        side,
        number: "AV-2026-00017".into(),
        customer_name: "Tischlerei Sägebrecht GmbH".into(),
        provider_name: "Muster Hosting GmbH".into(),
        services: vec![t.t("service-hosting"), t.t("service-remote_support")],
        path: "/contracts/1".into(),
        step: Step::Give {
            days: 30,
            earliest: day(12, 25),
            given_by: "provider".into(),
            typed: NoticeInput { last_day: "2026-12-25".into(), ..NoticeInput::default() },
        },
        mistakes: Mistakes::default(),
    }
}

/// The page to take the customer's notice back.
pub fn notice_back(lang: Lang, side: Side) -> NoticeView {
    let step = Step::TakeBack { notice: given(lang, Side::Customer), reason: String::new() };
    NoticeView { step, ..notice(lang, side) }
}

fn task(id: &str, kind: TaskKind, de: &str, en: &str) -> Task {
    Task {
        id: id.into(),
        kind,
        services: vec![Service::Hosting],
        name: Both { de: de.into(), en: en.into() },
        done: None,
    }
}

/// Nothing is chosen; the customer was reminded once.
pub fn open() -> Disposal {
    Disposal {
        terms: EndTerms::default(),
        services: vec![Service::Hosting],
        ended_on: day(12, 31),
        choose_until: day(2, 1),
        reminders: vec![at(1, 16)],
        choice: None,
        returned: None,
        tasks: vec![
            task("hosting.web_space", TaskKind::Data, "Webspace und Datenbanken", "web space and databases"),
            task("hosting.mailboxes", TaskKind::Data, "Postfächer", "mailboxes"),
            task(
                "subprocessor.dc",
                TaskKind::Subprocessor,
                "Rechenzentrum Süd GmbH",
                "Rechenzentrum Süd GmbH",
            ),
            task("hosting.backups", TaskKind::Backup, "Sicherungen von Webspace und Postfächern", "backups"),
        ],
        retained: Vec::new(),
    }
}

/// Return is chosen and not done.
pub fn to_return() -> Disposal {
    let choice = Choice { way: Way::Return, by: Some(user()), in_text_form: false, at: at(1, 18) };
    Disposal { choice: Some(choice), ..open() }
}

fn confirm(task: &mut Task, lang: Lang) {
    task.done = Some(Done {
        by: user(),
        on: day(1, 19),
        method: pick(lang, "Gelöscht und Speicher überschrieben", "Deleted and storage overwritten"),
        note: pick(lang, "Ticket 4711 <geprüft>", "Ticket 4711 <checked>"),
        at: at(1, 19),
    });
}

/// Deletion is chosen and half done; invoices are kept.
pub fn half(lang: Lang) -> Disposal {
    let mut d = Disposal {
        choice: Some(Choice { way: Way::Delete, by: Some(user()), in_text_form: false, at: at(1, 18) }),
        retained: vec![Retained {
            what: pick(lang, "Rechnungen an Kunden im Shop", "Invoices to customers of the shop"),
            law: pick(lang, "§ 147 Abs. 3 AO", "Section 147(3) of the German Fiscal Code"),
            until: day(12, 31) + Duration::days(8 * 365),
            by: user(),
            at: at(1, 18),
        }],
        ..open()
    };
    confirm(&mut d.tasks[0], lang);
    d
}

/// All confirmed.
pub fn done(lang: Lang) -> Disposal {
    let mut d = half(lang);
    d.tasks.iter_mut().for_each(|t| confirm(t, lang));
    d
}

fn names() -> HashMap<UserId, String> {
    HashMap::from([(user(), "Eva Schönfeld".to_string())])
}

/// The stored certificate.
pub fn certificate() -> DocumentLink {
    DocumentLink {
        name: "Loeschbestaetigung-AV-2026-00017.pdf".into(),
        href: "/de/my/1/documents/2".into(),
        size: 61_310,
        sha256: "d3".repeat(32),
        level: Some("PAdES B-B, ohne Zeitstempel: Die Zeit ist die eigene Angabe des Anbieters.".into()),
    }
}

/// The customer's page.
pub fn disposal(_lang: Lang, disposal: Disposal) -> DisposalView {
    DisposalView {
        number: "AV-2026-00017".into(),
        customer_name: "Tischlerei Sägebrecht GmbH".into(),
        path: "/my/1/contracts/1".into(),
        stage: Stage::After { disposal, closed: false },
        may_choose: true,
        typed: String::new(),
        mistakes: Mistakes::default(),
        names: names(),
        certificate: None,
        now: at(1, 20),
    }
}

/// The staff's page.
pub fn staff_disposal(_lang: Lang, disposal: Option<Disposal>) -> StaffDisposalView {
    StaffDisposalView {
        number: "AV-2026-00017".into(),
        customer_name: "Tischlerei Sägebrecht GmbH".into(),
        path: "/contracts/1".into(),
        disposal,
        early: None,
        closed: None,
        manager: true,
        typed: Typed { on: "2027-01-20".into(), ..Typed::default() },
        mistakes: Mistakes::default(),
        names: names(),
        certificate: None,
        now: at(1, 20),
    }
}
