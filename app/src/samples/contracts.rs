//! Made-up contracts in every state, for the pages about them.

use crate::components::Choice;
use crate::pages::contract::ContractView;
use crate::pages::contract_parts::{DocumentLink, Happened, Reader, ScopeWords};
use crate::pages::contracts::ContractsView;
use crate::pages::my::MyView;
use crate::pages::request::RequestView;
use crate::pages::signing::SigningView;
use crate::pages::staff_contract::{StaffContractView, Typed};
use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use domain::contract::document::{
    ContractDocument, LabelValue, Party, SCHEMA, ServiceBlock, Stamp, SubprocessorAnnex, SubprocessorRow, TomAnnex,
    TomControl, TomMeasure,
};
use domain::contract::lifecycle::{
    Closed, Countersignature, Draft, Frozen, InForce, Offered, Paper, Requested, SignedByCustomer, Weighing,
};
use domain::contract::request::{Person, Request, RequestInput, ScopeInput, ServiceScope};
use domain::contract::signing::{SigningInput, TickedBox};
use domain::contract::{Contract, ContractState, Signature, StateName};
use domain::customer::{Customer, CustomerFacts, Representation};
use domain::legal_text::{Block, Clause, Section};
use domain::text::Both;
use domain::{ContractId, CustomerId, DocumentId, Lang, Mistakes, Service, SnapshotId, UserId};

#[expect(clippy::unwrap_used, reason = "constants that every test parses")]
fn id<T: std::str::FromStr<Err = impl std::fmt::Debug>>(n: u8) -> T {
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

fn user() -> UserId {
    id(0x20)
}

fn at(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, day, hour, minute, 7).single().unwrap_or_default()
}

fn now() -> DateTime<Utc> {
    at(25, 9, 30)
}

fn until() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 23).unwrap_or_default()
}

fn pick(lang: Lang, de: &str, en: &str) -> String {
    match lang {
        Lang::De => de.into(),
        Lang::En => en.into(),
    }
}

fn karl(lang: Lang) -> Person {
    Person {
        name: "Karl Sägebrecht".into(),
        email: "karl@tischlerei-saegebrecht.example".into(),
        function: pick(lang, "Geschäftsführer", "Managing director"),
        phone: String::new(),
    }
}

fn request_of(lang: Lang) -> Request {
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
        privacy_contact: Person { name: "Ida Hobel".into(), email: "datenschutz@tischlerei.example".into(), ..Person::default() },
        breach_contact: Person { phone: "+4970221234567".into(), ..karl(lang) },
        instructing: "Karl Sägebrecht, Ida Hobel".into(),
        signatories: vec![karl(lang)],
        own_permission: pick(lang, "Wir haben für alle Daten eine eigene Rechtsgrundlage.", "We have our own legal basis for all data."),
        language: lang,
    }
}

fn contract(state: ContractState) -> Contract {
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
    contract(ContractState::Requested(Requested { request: request_of(lang), at: at(23, 10, 12), by: user() }))
}

fn offer(lang: Lang) -> Offered {
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
        at: at(24, 16, 0),
    }))
}

/// Refused by the provider.
pub fn declined(lang: Lang) -> Contract {
    contract(ContractState::Declined(Closed {
        from: StateName::Requested,
        services: vec![Service::LogAnalysis],
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
        entered_by: None,
        at: at(20, 8, 0),
    }))
}

fn reader() -> Reader {
    Reader { user: user(), email: karl(Lang::De).email, may_request: true, signatory: true }
}

fn scope(lang: Lang, c: &Contract) -> Vec<ScopeWords> {
    let t = crate::i18n::T(lang);
    let detailed = c.state.request().is_some();
    let words = |list: &[(&str, &str)]| match detailed {
        true => list.iter().map(|(de, en)| pick(lang, de, en)).collect(),
        false => Vec::new(),
    };
    let of = |s: Service| ScopeWords {
        service: t.t(&format!("service-{}", s.name())),
        data: words(&[("Stammdaten", "Master data"), ("Inhalte von E-Mails", "E-mail content"), ("CNC-Programme", "CNC programs")]),
        subjects: words(&[("Beschäftigte", "Employees"), ("Kunden", "Customers")]),
    };
    c.state.services().into_iter().map(of).collect()
}

fn document_link(c: &Contract) -> Option<DocumentLink> {
    matches!(c.state, ContractState::InForce(_)).then(|| DocumentLink {
        name: "AV-Vertrag-AV-2026-00017.pdf".into(),
        href: "/de/my/1/documents/1".into(),
        size: 184_203,
        sha256: "7c".repeat(32),
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
    ];
    let so_far = all.into_iter().filter(|e| e.2 <= c.state.name());
    so_far.map(|(kind, who, _, day)| Happened { kind: kind.into(), who: who.into(), at: at(day, 10, 12) }).collect()
}

/// The page of a contract for its customer.
pub fn customer_contract(lang: Lang, c: Contract) -> ContractView {
    ContractView {
        customer_name: "Tischlerei Sägebrecht GmbH".into(),
        scope: scope(lang, &c),
        special: Vec::new(),
        reader: reader(),
        document: document_link(&c),
        events: events(&c),
        now: now(),
        contract: c,
    }
}

/// The page of a contract for staff.
pub fn staff_contract(lang: Lang, c: Contract, manager: bool) -> StaffContractView {
    StaffContractView {
        customer: customer(lang),
        scope: scope(lang, &c),
        special: Vec::new(),
        document: document_link(&c),
        events: events(&c),
        weighed_by: "Eva Schönfeld".into(),
        manager,
        typed: Typed {
            valid_until: "2026-12-23".into(),
            notice_days: "30".into(),
            effective_from: "2026-11-25".into(),
            ..Typed::default()
        },
        mistakes: Mistakes::default(),
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

fn customer(lang: Lang) -> Customer {
    Customer {
        id: customer_of(1),
        facts: CustomerFacts {
            number: "K10001".into(),
            legal_name: "Tischlerei Sägebrecht GmbH".into(),
            street: "Werkstraße 4".into(),
            postal_code: "72622".into(),
            city: "Nürtingen".into(),
            country: "DE".into(),
            register: "AG Stuttgart, HRB 755000".into(),
            email: "info@tischlerei-saegebrecht.example".into(),
            language: lang,
            phones: vec!["+4970221234567".into()],
            domains: Vec::new(),
            service_contract: false,
            hosting: true,
            professional_secrecy: false,
            representation: Representation::Single,
            services: vec![Service::Hosting],
        },
        lock: 0,
        created_at: at(20, 8, 0),
        updated_at: at(20, 8, 0),
    }
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

/// The request form, pre-filled.
pub fn request(lang: Lang) -> RequestView {
    let choice = |(value, de, en, hint_de, hint_en): (&str, &str, &str, &str, &str)| {
        Choice::new(value, pick(lang, de, en)).hint(pick(lang, hint_de, hint_en))
    };
    let data = [
        ("master_data", "Stammdaten", "Master data", "Namen, Anschriften, Kundennummern", "names, addresses, numbers"),
        ("email_content", "Inhalte von E-Mails", "E-mail content", "Nachrichten und Anhänge", "messages and attachments"),
        ("log_data", "Protokolldaten und IP-Adressen", "Log data and IP addresses", "Zugriffs- und Fehlerprotokolle", "access and error logs"),
        ("credentials", "Zugangsdaten", "Credentials", "Benutzernamen, Passwörter", "user names, passwords"),
    ];
    let subjects = [
        ("employees", "Beschäftigte", "Employees", "", ""),
        ("customers", "Kunden", "Customers", "", ""),
        ("website_visitors", "Besucher der Websites", "Website visitors", "", ""),
    ];
    let special = [("health_data", "Gesundheitsdaten", "Health data", "", ""), ("biometric_data", "Biometrische Daten", "Biometric data", "", "")];
    let block = |service| ScopeInput {
        service,
        data_categories: vec!["master_data".into(), "email_content".into()],
        more_data: String::new(),
        data_subjects: vec!["employees".into()],
        more_subjects: String::new(),
    };
    let blocks: Vec<_> = Service::ALL.into_iter().map(block).collect();
    RequestView {
        customer: customer_of(1),
        customer_name: "Tischlerei Sägebrecht GmbH".into(),
        contract: contract_id(),
        number: "AV-2026-00017".into(),
        input: RequestInput {
            scope: blocks[..1].to_vec(),
            register: "AG Stuttgart, HRB 755000".into(),
            privacy_contact: request_of(lang).privacy_contact,
            signatories: vec![karl(lang), Person::default()],
            language: lang,
            ..RequestInput::default()
        },
        blocks,
        short: Service::ALL
            .map(|_| pick(lang, "Wir betreiben Ihre Websites und Postfächer.", "We run your websites and mailboxes."))
            .into(),
        data: data.map(choice).into(),
        subjects: subjects.map(choice).into(),
        special: special.map(choice).into(),
        joint: false,
        own_permission: Both {
            de: "Wir erklären: Für jede Datenart, die wir hier angeben, haben wir eine eigene Rechtsgrundlage.".into(),
            en: "We declare: For every type of data that we state here we have our own legal basis.".into(),
        },
        mistakes: Mistakes::default(),
    }
}

fn boxes(lang: Lang) -> Vec<TickedBox> {
    [
        ("read", "Ich habe den Vertrag und seine Anlagen gelesen. Ich stimme ihnen für den Kunden zu.", "I have read the contract and its annexes. I agree to them on behalf of the Customer."),
        ("authority", "Ich bin berechtigt, den Kunden bei diesem Vertrag zu verpflichten.", "I am entitled to bind the Customer to this contract."),
        ("business", "Der Kunde schließt diesen Vertrag nicht als Verbraucher, sondern als Unternehmer.", "The Customer concludes this contract not as a consumer but as a business."),
        ("electronic", "Ich bin damit einverstanden, dass dieser Vertrag elektronisch geschlossen wird (Art. 28 Abs. 9 DSGVO).", "I agree that this contract is concluded electronically (Art. 28(9) GDPR)."),
    ]
    .map(|(id, de, en)| TickedBox { id: id.into(), wording: pick(lang, de, en) })
    .into()
}

/// The signing page.
pub fn signing(lang: Lang) -> SigningView {
    let document = document(lang);
    SigningView {
        customer: customer_of(1),
        contract: contract_id(),
        document,
        document_sha256: "5e".repeat(32),
        boxes: boxes(lang),
        email: karl(lang).email,
        valid_until: until(),
        today: (now() + Duration::zero()).date_naive(),
        needed: 2,
        signed: vec![("Ida Hobel".into(), at(24, 15, 0))],
        input: SigningInput::default(),
        code_sent: false,
        mistakes: Mistakes::default(),
        reason: String::new(),
        provider_name: "Muster Hosting GmbH".into(),
        provider_email: "datenschutz@muster.example".into(),
    }
}

/// A contract as a document.
pub fn document(lang: Lang) -> ContractDocument {
    let t = |de: &str, en: &str| pick(lang, de, en);
    let row = |label: String, value: &str| LabelValue { label, value: value.into() };
    let party = |name: &str, rows| Party {
        name: name.into(),
        street: "Werkstraße 4".into(),
        place: "72622 Nürtingen".into(),
        country: t("Deutschland", "Germany"),
        rows,
    };
    let stamp = || Stamp { number: 1, date: t("01.11.2026", "1 Nov 2026"), sha256: "ab".repeat(32) };
    ContractDocument {
        schema: SCHEMA.into(),
        language: lang,
        number: "AV-2026-00017".into(),
        version: 1,
        text_version: "2026-1".into(),
        title: t("Vertrag zur Auftragsverarbeitung", "Data processing agreement"),
        subtitle: t("nach Art. 28 der Datenschutz-Grundverordnung (DSGVO)", "under Art. 28 of the General Data Protection Regulation (GDPR)"),
        provider: party("Muster Hosting GmbH", vec![row(t("Register", "Register"), "AG Stuttgart, HRB 123456")]),
        customer: party("Tischlerei Sägebrecht GmbH", vec![row(t("Kundennummer", "Customer number"), "K10001")]),
        summary: vec![
            t("Dieser Vertrag regelt, wie der Anbieter mit personenbezogenen Daten des Kunden umgeht.", "This contract governs how the Provider handles personal data of the Customer."),
            t("Diese Zusammenfassung hilft beim Lesen. Verbindlich ist der Vertragstext.", "This summary helps with reading. The contract text is binding."),
        ],
        sections: sections(lang),
        processing: vec![block(lang)],
        particulars: vec![row(t("Weisungsberechtigt", "May give instructions"), "Karl Sägebrecht, Ida Hobel")],
        toms: TomAnnex {
            stamp: stamp(),
            controls: vec![TomControl {
                name: t("Zutrittskontrolle", "Physical access"),
                basis: "Art. 32(1)(b)".into(),
                measures: vec![TomMeasure {
                    id: "access.doors".into(),
                    title: t("Verschlossene Räume", "Locked rooms"),
                    text: t("Die Räume sind verschlossen; Schlüssel werden gegen Unterschrift ausgegeben.", "The rooms are locked; keys are handed out against signature."),
                    services: t("alle Leistungen", "all services"),
                }],
            }],
        },
        subprocessors: SubprocessorAnnex { stamp: stamp(), rows: vec![subprocessor(lang)] },
        evidence: None,
        timestamp: at(23, 14, 0).timestamp(),
        verify_url: "https://portal.example/verify/1".into(),
    }
}

fn sections(lang: Lang) -> Vec<Section> {
    let words = pick(
        lang,
        "Der Anbieter verarbeitet personenbezogene Daten ausschließlich auf dokumentierte Weisung des Kunden, auch in Bezug auf die Übermittlung in ein Drittland, sofern er nicht durch das Recht der Union oder der Mitgliedstaaten hierzu verpflichtet ist.",
        "The Provider processes personal data only on documented instructions from the Customer, including with regard to transfers to a third country, unless required to do so by Union or Member State law.",
    );
    let titles = [("Parteien und Rollen", "Parties and roles"), ("Weisungen", "Instructions"), ("Vertraulichkeit", "Confidentiality")];
    let clause = |number: usize| Clause {
        number,
        id: format!("clause-{number}"),
        blocks: vec![
            Block::Paragraph { text: words.clone() },
            Block::List { items: vec!["<b>eins</b>".into(), "zwei".into()] },
        ],
    };
    let section = |(i, (de, en)): (usize, &(&str, &str))| Section {
        number: i + 1,
        id: format!("s{i}"),
        title: pick(lang, de, en),
        clauses: vec![clause(1), clause(2)],
    };
    titles.iter().enumerate().map(section).collect()
}

fn block(lang: Lang) -> ServiceBlock {
    let t = |de: &str, en: &str| pick(lang, de, en);
    ServiceBlock {
        service: "hosting".into(),
        name: t("Hosting von Websites und E-Mail", "Hosting of websites and e-mail"),
        subject: t("Bereitstellung von Speicherplatz, Rechenleistung und Postfächern.", "Provision of storage, computing power and mailboxes."),
        nature: t("Automatisierte Speicherung und Übertragung.", "Automated storage and transmission."),
        operations: vec![t("Speichern", "storing"), t("Sichern", "backing up")],
        purpose: t("Der Kunde veröffentlicht seine Websites.", "The customer publishes its websites."),
        data: vec![t("Stammdaten", "Master data"), t("Inhalte von E-Mails", "E-mail content")],
        subjects: vec![t("Beschäftigte", "Employees")],
        place: t("Deutschland", "Germany"),
    }
}

fn subprocessor(lang: Lang) -> SubprocessorRow {
    let t = |de: &str, en: &str| pick(lang, de, en);
    SubprocessorRow {
        name: "Muster-Rechenzentrum GmbH".into(),
        address: t("Musterstraße 1, 60311 Frankfurt am Main, Deutschland", "Musterstraße 1, 60311 Frankfurt am Main, Germany"),
        contact: "datenschutz@rechenzentrum.example".into(),
        service: t("Stellt Stellfläche, Strom und Netzanbindung bereit.", "Provides floor space, power and network uplink."),
        data: t("Stammdaten, Protokolldaten", "master data, log data"),
        places: t("Frankfurt am Main", "Frankfurt am Main"),
        transfer: t("keine Übermittlung in ein Drittland", "no transfer to a third country"),
        since: t("01.02.2026", "1 Feb 2026"),
    }
}
