//! Made-up contracts in every state, for the pages about them.

use super::changed;
use super::contract_forms::boxes;
use crate::pages::contract::ContractView;
use crate::pages::contract_parts::{DocumentLink, Happened, Reader, ScopeWords};
use crate::pages::contracts::ContractsView;
use crate::pages::my::MyView;
use crate::pages::staff_contract::{StaffContractView, Typed};
use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use domain::contract::lifecycle::{
    Closed, Countersignature, Disposal, Draft, EndCause, Ended, Ending, Frozen, InForce, Offered, Paper,
    Requested, Side, SideExit, SignedByCustomer, Weighing,
};
use domain::contract::request::{Person, Request, RequestInput, ServiceScope};
use domain::contract::{Contract, ContractState, Signature, StateName};
use domain::customer::Representation;
use domain::{ContractId, CustomerId, DocumentId, Lang, Mistakes, Service, SnapshotId, UserId};

#[expect(clippy::unwrap_used, reason = "constants that every test parses")]
pub(super) fn id<T: std::str::FromStr<Err = impl std::fmt::Debug>>(n: u8) -> T {
    format!("0192f000-0000-7000-8000-0000000000{n:02x}").parse().unwrap()
}

/// A sample customer's id.
pub fn customer_of(n: u8) -> CustomerId {
    id(n)
}

/// The sample contract's id.
pub fn contract_id() -> ContractId {
    id(0x10)
}

pub(super) fn user() -> UserId {
    id(0x20)
}

pub(super) fn at(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, day, hour, minute, 7).single().unwrap_or_default()
}

pub(super) fn now() -> DateTime<Utc> {
    at(25, 9, 30)
}

pub(super) fn until() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 23).unwrap_or_default()
}

pub(super) fn pick(lang: Lang, de: &str, en: &str) -> String {
    match lang {
        Lang::De => de.into(),
        Lang::En => en.into(),
    }
}

pub(super) fn karl(lang: Lang) -> Person {
    Person {
        name: "Karl Sägebrecht".into(),
        email: "karl@tischlerei-saegebrecht.example".into(),
        function: pick(lang, "Geschäftsführer", "Managing director"),
        phone: String::new(),
    }
}

pub(super) fn request_of(lang: Lang) -> Request {
    let scope = |service| ServiceScope {
        service,
        data_categories: vec!["master_data".into()],
        more_data: vec!["CNC-Programme".into()],
        data_subjects: vec!["employees".into()],
        more_subjects: Vec::new(),
    };
    Request {
        scope: vec![scope(Service::Hosting), scope(Service::RemoteSupport)],
        special_categories: Vec::new(),
        special_safeguards: String::new(),
        professional_secrecy: false,
        customer_is_processor: false,
        register: "AG Stuttgart, HRB 755000".into(),
        main_contract: "Servicevertrag 2024-17".into(),
        privacy_contact: Person {
            name: "Ida Hobel".into(),
            email: "datenschutz@tischlerei.example".into(),
            ..Person::default()
        },
        breach_contact: Person { phone: "+4970221234567".into(), ..karl(lang) },
        instructing: "Karl Sägebrecht, Ida Hobel".into(),
        signatories: vec![karl(lang)],
        own_permission: pick(
            lang,
            "Wir haben für alle Daten eine eigene Rechtsgrundlage.",
            "We have our own legal basis for all data.",
        ),
        language: lang,
    }
}

pub(super) fn contract(state: ContractState) -> Contract {
    Contract {
        id: contract_id(),
        customer: customer_of(1),
        number: "AV-2026-00017".into(),
        version: 1,
        state,
        lock: 3,
        created_at: at(20, 8, 0),
        updated_at: at(24, 15, 0),
    }
}

/// Being filled in.
pub fn draft(lang: Lang) -> Contract {
    let input = RequestInput { language: lang, ..RequestInput::default() };
    contract(ContractState::Draft(Draft { input }))
}

/// Sent.
pub fn requested(lang: Lang) -> Contract {
    contract(ContractState::Requested(Requested {
        request: request_of(lang),
        at: at(23, 10, 12),
        by: user(),
    }))
}

pub(super) fn offer(lang: Lang) -> Offered {
    Offered {
        frozen: Frozen {
            request: request_of(lang),
            text_version: "2026-1".into(),
            language: lang,
            representation: Representation::Single,
            toms: id::<SnapshotId>(0x30),
            subprocessors: id::<SnapshotId>(0x31),
            document: id::<DocumentId>(0x32),
            document_sha256: "5e".repeat(32),
            notice_days: 30,
            authorisation: domain::contract::Authorisation::General,
            docking: false,
        },
        weighing: Weighing {
            preapproved: true,
            cost: String::new(),
            benefit: String::new(),
            risk: String::new(),
            by: user(),
            at: at(23, 14, 0),
        },
        valid_until: until(),
        at: at(23, 14, 0),
        by: user(),
        signatures: Vec::new(),
        delegations: Vec::new(),
    }
}

/// On offer.
pub fn offered(lang: Lang) -> Contract {
    contract(ContractState::Offered(offer(lang)))
}

fn signed_state(lang: Lang) -> SignedByCustomer {
    let signature = Signature {
        user: user(),
        name: "Karl Sägebrecht".into(),
        function: karl(lang).function,
        email: karl(lang).email,
        boxes: boxes(lang),
        document_sha256: "5e".repeat(32),
        code_sent_at: at(24, 14, 58),
        at: at(24, 15, 0),
    };
    SignedByCustomer { offered: Offered { signatures: vec![signature], ..offer(lang) }, at: at(24, 15, 0) }
}

/// Signed by the customer.
pub fn signed(lang: Lang) -> Contract {
    contract(ContractState::SignedByCustomer(signed_state(lang)))
}

/// Concluded.
pub fn in_force(lang: Lang) -> Contract {
    let function = pick(lang, "Leiterin Verträge", "Head of contracts");
    let own = Countersignature { by: user(), name: "Eva Schönfeld".into(), function, at: at(24, 16, 0) };
    contract(ContractState::InForce(InForce {
        effective_from: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap_or_default(),
        effective_until: None,
        services: vec![Service::Hosting, Service::RemoteSupport],
        text_version: "2026-1".into(),
        signed: Some(signed_state(lang)),
        countersignature: Some(own),
        paper: None,
        confirmed_by: None,
        successor: None,
        at: at(24, 16, 0),
    }))
}

fn was(lang: Lang) -> InForce {
    match in_force(lang).state {
        ContractState::InForce(f) => f,
        _ => unreachable!("a contract in force is in force"),
    }
}

/// Notice was given by the customer.
pub fn ending(lang: Lang) -> Contract {
    let notice = super::ending::given(lang, Side::Customer);
    contract(ContractState::Ending(Ending { was: was(lang), notice, choice: None }))
}

fn over(lang: Lang, disposal: Disposal) -> Ended {
    let notice = super::ending::given(lang, Side::Customer);
    Ended { was: was(lang), at: at(25, 0, 1), cause: EndCause::Notice(notice), disposal: Some(disposal) }
}

/// Over; the customer has to choose.
pub fn ended(lang: Lang) -> Contract {
    contract(ContractState::Ended(over(lang, super::ending::open())))
}

/// Over and certified.
pub fn closed(lang: Lang) -> Contract {
    let ended = over(lang, super::ending::done(lang));
    contract(ContractState::Closed(Closed { ended, by: user(), at: at(25, 9, 0), certificate: None }))
}

/// Refused by the provider.
pub fn declined(lang: Lang) -> Contract {
    contract(ContractState::Declined(SideExit {
        from: StateName::Requested,
        services: vec![Service::LogAnalysis],
        request: None,
        reason: pick(lang, "Der Aufwand steht in keinem Verhältnis.", "The effort is out of proportion."),
        by_provider: true,
        by: Some(user()),
        at: at(24, 9, 0),
    }))
}

/// Entered from paper.
pub fn paper(lang: Lang) -> Contract {
    contract(ContractState::PaperUnconfirmed(Paper {
        services: vec![Service::Hosting, Service::Monitoring],
        signed_on: NaiveDate::from_ymd_opt(2024, 3, 1).unwrap_or_default(),
        effective_from: NaiveDate::from_ymd_opt(2024, 3, 15).unwrap_or_default(),
        effective_until: None,
        signatory_name: "Karl Sägebrecht".into(),
        signatory_function: karl(lang).function,
        text_version: "paper".into(),
        document: None,
        entered_by: Some(user()),
        at: at(20, 8, 0),
    }))
}

fn reader() -> Reader {
    Reader { user: user(), email: karl(Lang::De).email, may_request: true, signatory: true }
}

fn scope(lang: Lang, c: &Contract) -> Vec<ScopeWords> {
    let t = crate::i18n::T(lang);
    let detailed = c.state.request().is_some();
    let words = |list: &[(&str, &str)]| {
        if detailed { list.iter().map(|(de, en)| pick(lang, de, en)).collect() } else { Vec::new() }
    };
    let of = |s: Service| ScopeWords {
        service: t.t(&format!("service-{}", s.name())),
        data: words(&[
            ("Stammdaten", "Master data"),
            ("Inhalte von E-Mails", "E-mail content"),
            ("CNC-Programme", "CNC programs"),
        ]),
        subjects: words(&[("Beschäftigte", "Employees"), ("Kunden", "Customers")]),
    };
    c.state.services().into_iter().map(of).collect()
}

fn document_link(c: &Contract) -> Option<DocumentLink> {
    c.state.concluded().map(|_| DocumentLink {
        name: "AV-Vertrag-AV-2026-00017.pdf".into(),
        href: "/de/my/1/documents/1".into(),
        size: 184_203,
        sha256: "7c".repeat(32),
        level: Some(
            "PAdES B-T: Zeitstempel vom 23. November 2026, 10:00 Uhr durch Zeitstempeldienst Muster.".into(),
        ),
    })
}

fn events(c: &Contract) -> Vec<Happened> {
    let all = [
        ("begun", "Ida Hobel", StateName::Draft, 20),
        ("draft_saved", "Ida Hobel", StateName::Draft, 20),
        ("requested", "Ida Hobel", StateName::Requested, 23),
        ("offered", "Eva Schönfeld", StateName::Offered, 23),
        ("code_sent", "Karl Sägebrecht", StateName::SignedByCustomer, 24),
        ("signed", "Karl Sägebrecht", StateName::SignedByCustomer, 24),
        ("in_force", "Eva Schönfeld", StateName::InForce, 24),
        ("document_stored", "", StateName::InForce, 24),
        ("document_stamped", "", StateName::InForce, 24),
        ("notice_given", "Karl Sägebrecht", StateName::Ending, 24),
        ("ended", "", StateName::Ended, 25),
        ("choice_reminded", "", StateName::Ended, 25),
        ("closed", "Eva Schönfeld", StateName::Closed, 25),
        ("certificate_stored", "", StateName::Closed, 25),
    ];
    let so_far = all.into_iter().filter(|e| e.2 <= c.state.name());
    so_far
        .map(|(kind, who, _, day)| Happened { kind: kind.into(), who: who.into(), at: at(day, 10, 12) })
        .collect()
}

/// The page of a contract for its customer.
pub fn customer_contract(lang: Lang, c: Contract) -> ContractView {
    ContractView {
        customer_name: "Tischlerei Sägebrecht GmbH".into(),
        scope: scope(lang, &c),
        special: Vec::new(),
        reader: reader(),
        document: document_link(&c),
        versions: changed::versions(lang, &c),
        certificate: matches!(c.state, ContractState::Closed(_)).then(super::ending::certificate),
        events: events(&c),
        newer_text: None,
        naming: Person::default(),
        mistakes: Mistakes::default(),
        now: now(),
        contract: c,
    }
}

/// The page of a contract for staff.
pub fn staff_contract(lang: Lang, c: Contract, manager: bool) -> StaffContractView {
    StaffContractView {
        customer: super::customers::of_contracts(lang),
        scope: scope(lang, &c),
        special: Vec::new(),
        document: document_link(&c),
        versions: changed::versions(lang, &c),
        certificate: matches!(c.state, ContractState::Closed(_)).then(super::ending::certificate),
        events: events(&c),
        weighed_by: "Eva Schönfeld".into(),
        reader: UserId(super::customer_id().0),
        families: vec![domain::legal_text::TextFamily::Av],
        manager,
        typed: Typed {
            valid_until: "2026-12-23".into(),
            notice_days: "30".into(),
            effective_from: "2026-11-25".into(),
            ..Typed::default()
        },
        mistakes: Mistakes::default(),
        refused: None,
        now: now(),
        contract: c,
    }
}

/// The list for staff.
pub fn list(lang: Lang) -> ContractsView {
    let name = || "Rechtsanwälte Müller-Lüdenscheidt und Kollegen Partnerschaftsgesellschaft mbB".to_string();
    let all = [requested(lang), offered(lang), signed(lang), in_force(lang), declined(lang)];
    let rows = all.into_iter().map(|c| (c, name(), "K10002".to_string())).collect();
    ContractsView { rows, state: None, page: 1, pages: 3, total: 61, now: now() }
}

/// A customer's start page with these contracts.
pub fn my(lang: Lang, contracts: Vec<Contract>) -> MyView {
    let t = crate::i18n::T(lang);
    MyView {
        customer: customer_of(1),
        name: "Tischlerei Sägebrecht GmbH".into(),
        number: "K10001".into(),
        roles: vec![domain::permission::CustomerRole::Signatory],
        reader: reader(),
        document: contracts.iter().find_map(document_link),
        contracts,
        services: vec![Service::Hosting, Service::RemoteSupport],
        contact: vec![
            (t.t("my-contact-name"), "Muster Hosting GmbH".into()),
            (t.t("my-contact-privacy"), "datenschutz@muster.example".into()),
        ],
        now: now(),
    }
}
