//! Samples that the stories start from: good in every respect until a story changes one thing.

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use chrono_tz::Europe::Berlin;
use domain::contract::lifecycle::{
    Countersignature, DoneInput, Draft, OfferTerms, Offered, Paper, Plan, Requested, SignedByCustomer, Task,
    TaskKind, Weighing,
};
use domain::contract::request::{Person, ScopeInput};
use domain::contract::signing::TickedBox;
use domain::contract::{Authorisation, RequestInput, Signature, lifecycle::AfterSigning};
use domain::customer::Representation;
use domain::text::Both;
use domain::{DocumentId, Lang, Service, SnapshotId, UserId};
use uuid::Uuid;

/// A day.
pub fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

/// A minute as the clocks in Berlin show it.
pub fn berlin(y: i32, m: u32, d: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    Berlin.with_ymd_and_hms(y, m, d, hour, minute, 0).unwrap().to_utc()
}

/// The `n`-th person.
pub fn user(n: u128) -> UserId {
    UserId(Uuid::from_u128(n))
}

/// The contract manager.
pub const MANAGER: u128 = 1;
/// The first signatory, whose address is `anna@mueller.example`.
pub const ANNA: u128 = 11;
/// The second signatory, whose address is `bernd@mueller.example`.
pub const BERND: u128 = 12;

/// When the request is sent.
pub fn sent() -> DateTime<Utc> {
    berlin(2026, 11, 2, 9, 0)
}

/// When it is offered.
pub fn offered() -> DateTime<Utc> {
    berlin(2026, 11, 3, 9, 0)
}

/// When the customer signs.
pub fn signed() -> DateTime<Utc> {
    berlin(2026, 11, 4, 9, 0)
}

/// When the provider signs.
pub fn countersigned() -> DateTime<Utc> {
    berlin(2026, 11, 5, 9, 0)
}

fn person(name: &str, email: &str) -> Person {
    Person {
        name: name.into(),
        email: email.into(),
        function: "Management".into(),
        phone: "+4970221234".into(),
    }
}

/// A request that both rules of representation accept.
pub fn request_input() -> RequestInput {
    RequestInput {
        scope: vec![ScopeInput {
            service: Service::Hosting,
            data_categories: vec!["contact".into()],
            more_data: String::new(),
            data_subjects: vec!["customers".into()],
            more_subjects: String::new(),
        }],
        special: "no".into(),
        professional_secrecy: "no".into(),
        privacy_contact: person("Petra Privat", "privacy@mueller.example"),
        breach_contact: person("Nils Notruf", "breach@mueller.example"),
        instructing: "The management".into(),
        signatories: vec![
            person("Anna Müller", "anna@mueller.example"),
            person("Bernd Müller", "bernd@mueller.example"),
        ],
        own_permission: true,
        own_permission_wording: "We may have these data processed.".into(),
        language: Lang::De,
        ..RequestInput::default()
    }
}

/// Sent by Anna.
pub fn requested(rule: Representation) -> Requested {
    Draft { input: request_input() }.submit(rule, user(ANNA), sent()).unwrap()
}

/// A full weighing.
pub fn weighing() -> Weighing {
    Weighing {
        preapproved: false,
        cost: "Two hours a month".into(),
        benefit: "A customer since 2009".into(),
        risk: "Small; backups are tested".into(),
        by: user(MANAGER),
        at: offered(),
    }
}

/// Terms of an offer that stands until 30 November 2026.
pub fn terms(representation: Representation) -> OfferTerms {
    OfferTerms {
        text_version: "2026-1".into(),
        representation,
        toms: SnapshotId(Uuid::from_u128(21)),
        subprocessors: SnapshotId(Uuid::from_u128(22)),
        document: DocumentId(Uuid::from_u128(23)),
        document_sha256: "a1".repeat(32),
        notice_days: 30,
        authorisation: Authorisation::General,
        docking: false,
        valid_until: day(2026, 11, 30),
    }
}

/// On offer.
pub fn offer(rule: Representation) -> Offered {
    requested(rule).offer(weighing(), terms(rule), offered()).unwrap()
}

/// Ids of the boxes that a signature needs.
pub fn boxes() -> Vec<String> {
    ["read", "authority", "business"].map(String::from).into()
}

/// A signature over what is on offer, with all boxes.
pub fn signature(who: u128, email: &str) -> Signature {
    Signature {
        user: user(who),
        name: "Anna Müller".into(),
        function: "Management".into(),
        email: email.into(),
        boxes: boxes().into_iter().map(|id| TickedBox { wording: format!("I confirm: {id}"), id }).collect(),
        document_sha256: "a1".repeat(32),
        code_sent_at: signed(),
        at: signed(),
    }
}

/// Anna's signature.
pub fn annas() -> Signature {
    signature(ANNA, "anna@mueller.example")
}

/// Bernd's signature.
pub fn bernds() -> Signature {
    signature(BERND, "bernd@mueller.example")
}

/// Signed by Anna alone.
pub fn signed_by_customer() -> SignedByCustomer {
    match offer(Representation::Single).sign(annas(), &boxes(), signed()).unwrap() {
        AfterSigning::Complete(s) => s,
        AfterSigning::Pending(_) => panic!("one signature is enough"),
    }
}

/// The provider's signature.
pub fn countersignature() -> Countersignature {
    Countersignature {
        by: user(MANAGER),
        name: "Clara Kontra".into(),
        function: "Managing director".into(),
        at: countersigned(),
    }
}

/// A paper entered by the manager, ending on 31 December 2026.
pub fn paper() -> Paper {
    Paper {
        services: vec![Service::Hosting],
        signed_on: day(2024, 2, 28),
        effective_from: day(2024, 3, 1),
        effective_until: Some(day(2026, 12, 31)),
        signatory_name: "Anna Müller".into(),
        signatory_function: "Management".into(),
        text_version: "paper".into(),
        document: None,
        entered_by: Some(user(MANAGER)),
        at: offered(),
    }
}

/// A task of the hosting service.
fn task(id: &str, kind: TaskKind, services: &[Service]) -> Task {
    Task {
        id: id.into(),
        kind,
        services: services.into(),
        name: Both { de: format!("Aufgabe {id}"), en: format!("Task {id}") },
        done: None,
    }
}

/// What is to be done when a contract ends: two systems, a sub-processor, backups, and one thing of another service.
pub fn plan() -> Plan {
    let hosting = [Service::Hosting];
    Plan {
        tasks: vec![
            task("hosting.backups", TaskKind::Backup, &hosting),
            task("hosting.web", TaskKind::Data, &hosting),
            task("hosting.mail", TaskKind::Data, &hosting),
            task("sub.dc", TaskKind::Subprocessor, &[Service::Hosting, Service::Monitoring]),
            task("monitoring.logs", TaskKind::Data, &[Service::Monitoring]),
        ],
        ..Plan::default()
    }
}

/// A confirmation that something was deleted on this day.
pub fn done(on: &str) -> DoneInput {
    DoneInput { on: on.into(), method: "Gelöscht und überschrieben".into(), note: String::new() }
}
