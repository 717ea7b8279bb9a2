//! Made-up entries of the registers, for the pages about them.

use super::contracts::{at, pick};
use crate::layout::Shell;
use crate::pages::audit_request::AuditView;
use crate::pages::breach::{BreachView, ProofLine};
use crate::pages::contract_parts::Happened;
use crate::pages::instruction::{InstructionView, Typed};
use crate::pages::register_list::RegisterView;
use crate::pages::register_parts::{EntryLine, Side};
use chrono::NaiveDate;
use domain::permission::StaffRole;
use domain::register::audit_request::{AuditInput, AuditState, DayInput, EndInput, Party};
use domain::register::breach::{BreachInput, BreachState, Recipient, Report};
use domain::register::instruction::{
    AnswerInput, Channel, Done, Instruction, InstructionInput, InstructionState, Under,
};
use domain::register::{Entry, FileRef, Register as _, Stamp};
use domain::{EntryId, Lang, Mistakes, Service, UserId};

#[expect(clippy::unwrap_used, reason = "constants that every test parses")]
fn id<T: std::str::FromStr<Err = impl std::fmt::Debug>>(n: u8) -> T {
    format!("0192f000-0000-7000-8000-0000000001{n:02x}").parse().unwrap()
}

/// A sample entry's id.
pub fn entry_id(n: u8) -> EntryId {
    id(n)
}

/// A signatory's side.
pub fn customer_side() -> Side {
    Side::Customer { id: super::customer_id(), voice: true }
}

/// A privacy officer's side.
pub fn staff_side() -> Side {
    Side::Staff { keeper: true, officer: true }
}

/// The frame for a side.
pub fn shell(lang: Lang, side: &Side) -> Shell {
    match side {
        Side::Customer { .. } => super::customer_shell(lang, "/my/register"),
        Side::Staff { .. } => super::staff_shell(lang, "/instructions", &[StaffRole::PrivacyOfficer]),
    }
}

/// Somebody, then.
pub fn stamp(name: &str, day: u32) -> Stamp {
    Stamp { by: id::<UserId>(0x20), name: name.into(), at: at(day, 9, 15) }
}

/// A day in December.
pub fn december(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, day).unwrap_or_default()
}

/// Things that happened, the first the day before the others.
pub fn events(kinds: &[&str]) -> Vec<Happened> {
    let of = |(n, kind): (usize, &&str)| Happened {
        kind: (*kind).into(),
        who: "Karl Sägebrecht".into(),
        at: at(23, 9, u32::try_from(n).unwrap_or_default()),
    };
    kinds.iter().enumerate().map(of).collect()
}

fn given(lang: Lang, channel: Channel) -> Instruction {
    let under = Under {
        contract: id(0x10),
        number: "AV-2026-00017".into(),
        services: vec![Service::Hosting, Service::RemoteSupport],
    };
    let input = InstructionInput {
        title: pick(lang, "Postfach löschen <sofort>", "Erase a mailbox <now>"),
        text: pick(
            lang,
            "Bitte löschen Sie das Postfach azubi@.\n\nEs wird nicht mehr gebraucht.",
            "Please erase the mailbox azubi@.\n\nIt is not needed any more.",
        ),
        services: vec!["hosting".into()],
        wish: "2026-12-04".into(),
    };
    #[expect(clippy::unwrap_used, reason = "an input without mistakes")]
    let state = InstructionState::give(&input, under, "Karl Sägebrecht", at(23, 9, 0)).unwrap();
    Instruction { channel, ..state.instruction().clone() }
}

/// An instruction in every state.
///
/// # Panics
/// When a rule does not allow any more what the sample does.
#[expect(clippy::unwrap_used, reason = "moves that are allowed")]
pub fn instruction_states(lang: Lang) -> Vec<InstructionState> {
    let officer = || stamp("Clara Öztürk", 24);
    let karl = || stamp("Karl Sägebrecht", 24);
    let first = || InstructionState::Given { instruction: given(lang, Channel::Portal) };
    let done = Done {
        what: pick(lang, "Postfach und Sicherungen gelöscht.", "Mailbox and backups erased."),
        on: "2026-11-24".into(),
        urgency: pick(lang, "Der Zugang war offen.", "The access was open."),
    };
    let oral = || InstructionState::Unconfirmed { instruction: given(lang, Channel::Oral) };
    let why = pick(lang, "Die Aufbewahrungspflicht läuft noch.", "It must still be retained.");
    let suspended = || first().warn(&why, officer()).unwrap();
    let insist = AnswerInput { choice: "confirm".into(), note: why.clone(), ..AnswerInput::default() };
    let change = AnswerInput {
        choice: "change".into(),
        title: pick(lang, "Postfach sperren", "Lock the mailbox"),
        text: pick(lang, "Bitte nur sperren.", "Please only lock it."),
        ..AnswerInput::default()
    };
    vec![
        oral(),
        first(),
        first().acknowledge("", officer()).unwrap(),
        suspended(),
        suspended().answer(&change, karl()).unwrap(),
        oral().carry_out(&done, officer()).unwrap(),
        suspended().answer(&insist, karl()).unwrap().refuse(&why, officer()).unwrap(),
        first().withdraw(karl()).unwrap(),
    ]
}

/// An entry of a register.
pub fn entry<S>(n: u8, number: &str, state: S) -> Entry<S> {
    Entry {
        id: entry_id(n),
        customer: Some(super::customer_id()),
        number: number.into(),
        state,
        lock: 1,
        created_at: at(23, 9, 0),
        updated_at: at(24, 9, 15),
    }
}

/// An instruction's page.
pub fn instruction_view(_: Lang, side: Side, state: InstructionState) -> InstructionView {
    let suspended = state.state() == "suspended";
    InstructionView {
        customer_name: "Tischlerei Sägebrecht GmbH".into(),
        events: events(&["given", "acknowledged", "suspended", "insisted", "changed", "carried_out"]),
        side,
        due: (!suspended).then(|| december(4)),
        dispel_until: suspended.then(|| december(24)),
        typed: Typed::default(),
        mistakes: Mistakes::default(),
        entry: entry(1, "WE-2026-00001", state),
    }
}

/// Lines of the register of instructions.
pub fn instruction_lines(lang: Lang) -> Vec<EntryLine> {
    let line = |(n, state): (usize, InstructionState)| EntryLine {
        number: format!("WE-2026-{:05}", n + 1),
        title: state.instruction().title.clone(),
        customer: "Tischlerei Sägebrecht GmbH".into(),
        state: state.state(),
        at: at(23, 9, 0),
        due: state.instruction().wish,
        href: format!("/{}/instructions/{}", lang.code(), entry_id(1)),
    };
    instruction_states(lang).into_iter().enumerate().map(line).collect()
}

/// What is known of a breach, half or whole.
pub fn breach_report(lang: Lang, whole: bool) -> Report {
    let later = |de: &str, en: &str| if whole { pick(lang, de, en) } else { String::new() };
    Report {
        title: pick(lang, "Fremder Zugriff auf ein <Postfach>", "Foreign access to a <mailbox>"),
        occurred: pick(lang, "in der Nacht zum 23.11.2026", "in the night to 23 Nov 2026"),
        nature: pick(
            lang,
            "Vertraulichkeit: Anmeldung mit einem gestohlenen Passwort.",
            "Confidentiality: a log-in with a stolen password.",
        ),
        categories: pick(lang, "Beschäftigte, Kontaktdaten", "Employees, contact data"),
        persons: later("etwa 40", "about 40"),
        records: later("etwa 1.200 E-Mails", "about 1,200 e-mails"),
        consequences: later("Phishing an Kontakte", "Phishing to contacts"),
        measures: pick(lang, "Zugang gesperrt, Passwörter erneuert.", "Access locked, passwords renewed."),
        proposed: later("Beschäftigte warnen.", "Warn the employees."),
        contact: "datenschutz@provider.example, +49 7022 1234567".into(),
    }
}

/// A breach in every state; told twice: incomplete and complete.
///
/// # Panics
/// When a rule does not allow any more what the sample does.
#[expect(clippy::unwrap_used, reason = "moves that are allowed")]
pub fn breach_states(lang: Lang) -> Vec<BreachState> {
    let officer = || stamp("Clara Öztürk", 24);
    let input = |whole| BreachInput {
        aware_on: "2026-11-23".into(),
        aware_time: "10:30".into(),
        report: breach_report(lang, whole),
        services: vec!["hosting".into()],
    };
    let people = || {
        vec![Recipient {
            customer: super::customer_id(),
            email: "karl@tischlerei-saegebrecht.example".into(),
            name: "Karl Sägebrecht".into(),
        }]
    };
    let recorded = || BreachState::record(&input(false), Vec::new(), Mistakes::default(), officer()).unwrap();
    let told = || recorded().tell(people(), officer()).unwrap();
    let complete = || {
        let facts = told().further(&input(true), Vec::new(), Mistakes::default()).unwrap();
        told().supplement(facts, people(), officer()).unwrap()
    };
    vec![
        recorded(),
        told(),
        complete(),
        complete()
            .close(&pick(lang, "Zweiter Faktor für alle.", "A second factor for all."), officer())
            .unwrap(),
        recorded().dismiss(&pick(lang, "Es war eine Übung.", "It was an exercise."), officer()).unwrap(),
    ]
}

/// A breach's page.
pub fn breach_view(_: Lang, state: BreachState) -> BreachView {
    let line = |phase, delivery, sent| ProofLine {
        phase,
        customer: "Tischlerei Sägebrecht GmbH".into(),
        person: "Karl Sägebrecht <karl@tischlerei-saegebrecht.example>".into(),
        delivery,
        sent_at: sent,
        read_at: None,
    };
    let told = !state.phases().is_empty();
    let proofs = ["queued", "trying", "failed", "unknown"].map(|d| line(1, d, None));
    let sent = line(1, "sent", Some(at(24, 9, 16)));
    BreachView {
        affected: vec![(
            "Tischlerei Sägebrecht GmbH".into(),
            vec![("Karl Sägebrecht".into(), "karl@tischlerei-saegebrecht.example".into())],
        )],
        proofs: if told { proofs.into_iter().chain([sent]).collect() } else { Vec::new() },
        until: at(24, 9, 30),
        events: events(&["recorded", "revised", "told", "read", "supplemented", "closed", "dismissed"]),
        typed: String::new(),
        mistakes: Mistakes::default(),
        now: at(23, 20, 0),
        entry: entry(2, "VF-2026-00001", state),
    }
}

/// Lines of the register of breaches.
pub fn breach_lines(lang: Lang) -> Vec<EntryLine> {
    let line = |(n, state): (usize, BreachState)| EntryLine {
        number: format!("VF-2026-{:05}", n + 1),
        title: state.report().map(|r| r.title.clone()).unwrap_or_default(),
        customer: String::new(),
        state: state.state(),
        at: at(23, 9, 0),
        due: None,
        href: format!("/{}/breaches/{}", lang.code(), entry_id(2)),
    };
    breach_states(lang).into_iter().enumerate().map(line).collect()
}

/// An audit request in every state.
///
/// # Panics
/// When a rule does not allow any more what the sample does.
#[expect(clippy::unwrap_used, reason = "moves that are allowed")]
pub fn audit_states(lang: Lang) -> Vec<AuditState> {
    let (karl, clara) = (|| stamp("Karl Sägebrecht", 23), || stamp("Clara Öztürk", 24));
    let input = AuditInput {
        kind: "on_site".into(),
        occasion: "regular".into(),
        wished: "2026-12-14".into(),
        alternative: "2026-12-16".into(),
        auditor: "Ida Prüfer <GmbH>".into(),
        auditor_bound: true,
        points: pick(lang, "Zutrittskontrolle\nLöschkonzept", "Access control\nDeletion concept"),
        ..AuditInput::default()
    };
    let asked = || input.check((id(0x10), "AV-2026-00017"), 14, karl()).unwrap();
    let why = pick(lang, "An diesem Tag ist niemand da.", "Nobody is there on that day.");
    let day = || DayInput { day: "2026-12-15".into(), reason: why.clone(), costs: "450 €".into() };
    let file = || FileRef {
        document: id(0x30),
        name: "Eigenprüfung & Bericht.pdf".into(),
        size: 83_200,
        sha256: "ab".repeat(32),
    };
    let agreed = || asked().accept(&day(), clara()).unwrap();
    let busy = || {
        let s = agreed().deliver(Party::Provider, &why, vec![file()], clara()).unwrap();
        let s = s.refuse_point("2", &why, clara()).unwrap();
        s.find(Party::Customer, "Tür <offen>", karl()).unwrap()
    };
    let end = EndInput { result: why.clone(), effort: why.clone() };
    let mended = || busy().mend("1", &why, clara()).unwrap();
    vec![
        asked(),
        asked().propose(&day(), clara()).unwrap(),
        busy(),
        mended().close(&end, clara()).unwrap(),
        asked().withdraw(karl()).unwrap(),
    ]
}

/// An audit request's page.
pub fn audit_view(_: Lang, side: Side, state: AuditState) -> AuditView {
    AuditView {
        customer_name: "Tischlerei Sägebrecht GmbH".into(),
        events: events(&[
            "asked",
            "proposed",
            "wished",
            "agreed",
            "delivered",
            "handed_over",
            "point_refused",
            "finding",
            "measure_done",
            "closed",
            "withdrawn",
        ]),
        second_in_a_year: state.state() == "asked",
        side,
        typed: crate::pages::audit_request::Typed::default(),
        mistakes: Mistakes::default(),
        entry: entry(3, "PR-2026-00001", state),
    }
}

/// Lines of the register of audit requests.
pub fn audit_lines(lang: Lang) -> Vec<EntryLine> {
    let line = |(n, state): (usize, AuditState)| EntryLine {
        number: format!("PR-2026-{:05}", n + 1),
        title: crate::pages::audit_request::title(crate::i18n::T(lang), state.request()),
        customer: "Tischlerei Sägebrecht GmbH".into(),
        state: state.state(),
        at: at(23, 9, 0),
        due: state.day(),
        href: format!("/{}/audits/{}", lang.code(), entry_id(3)),
    };
    audit_states(lang).into_iter().enumerate().map(line).collect()
}

/// A list with these entries.
pub fn list(side: Side, lines: Vec<EntryLine>) -> RegisterView {
    RegisterView { side, possible: true, lines, open: true, page: 1, pages: 1 }
}
