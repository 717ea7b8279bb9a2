//! The request form, the signing page and a contract as a document, from made-up data.

use super::contracts::{at, contract_id, customer_of, karl, now, pick, request_of, until};
use crate::components::Choice;
use crate::pages::request::RequestView;
use crate::pages::signing::SigningView;
use domain::contract::ContractDocument;
use domain::contract::document::{
    LabelValue, Party, SCHEMA, ServiceBlock, Stamp, SubprocessorAnnex, SubprocessorRow, TomAnnex, TomControl,
    TomMeasure,
};
use domain::contract::request::{Person, RequestInput, ScopeInput};
use domain::contract::signing::{SigningInput, TickedBox};
use domain::legal_text::{Block, Clause, Section, TextFamily};
use domain::text::Both;
use domain::{Lang, Mistakes, Service};

/// The request form, pre-filled.
pub fn request(lang: Lang) -> RequestView {
    let choice = |(value, de, en, hint_de, hint_en): (&str, &str, &str, &str, &str)| {
        Choice::new(value, pick(lang, de, en)).hint(pick(lang, hint_de, hint_en))
    };
    let data = [
        (
            "master_data",
            "Stammdaten",
            "Master data",
            "Namen, Anschriften, Kundennummern",
            "names, addresses, numbers",
        ),
        (
            "email_content",
            "Inhalte von E-Mails",
            "E-mail content",
            "Nachrichten und Anhänge",
            "messages and attachments",
        ),
        (
            "log_data",
            "Protokolldaten und IP-Adressen",
            "Log data and IP addresses",
            "Zugriffs- und Fehlerprotokolle",
            "access and error logs",
        ),
        ("credentials", "Zugangsdaten", "Credentials", "Benutzernamen, Passwörter", "user names, passwords"),
    ];
    let subjects = [
        ("employees", "Beschäftigte", "Employees", "", ""),
        ("customers", "Kunden", "Customers", "", ""),
        ("website_visitors", "Besucher der Websites", "Website visitors", "", ""),
    ];
    let special = [
        ("health_data", "Gesundheitsdaten", "Health data", "", ""),
        ("biometric_data", "Biometrische Daten", "Biometric data", "", ""),
    ];
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
        lock: 3,
        version: 1,
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

pub(super) fn boxes(lang: Lang) -> Vec<TickedBox> {
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
        today: now().date_naive(),
        needed: 2,
        signed: vec![("Ida Hobel".into(), at(24, 15, 0))],
        input: SigningInput::default(),
        code_sent: false,
        mistakes: Mistakes::default(),
        reason: String::new(),
        right_person: Person::default(),
        delegate_reason: String::new(),
        provider_name: "Muster Hosting GmbH".into(),
        provider_email: "datenschutz@muster.example".into(),
    }
}

/// A contract as a document.
pub fn document(lang: Lang) -> ContractDocument {
    let say = |de: &str, en: &str| pick(lang, de, en);
    let row = |label: String, value: &str| LabelValue { label, value: value.into() };
    let party = |name: &str, rows| Party {
        name: name.into(),
        street: "Werkstraße 4".into(),
        place: "72622 Nürtingen".into(),
        country: say("Deutschland", "Germany"),
        rows,
    };
    let stamp = || Stamp { number: 1, date: say("01.11.2026", "1 Nov 2026"), sha256: "ab".repeat(32) };
    ContractDocument {
        schema: SCHEMA.into(),
        language: lang,
        number: "AV-2026-00017".into(),
        version: 1,
        text_version: "2026-1".into(),
        family: TextFamily::Av,
        title: say("Vertrag zur Auftragsverarbeitung", "Data processing agreement"),
        subtitle: say(
            "nach Art. 28 der Datenschutz-Grundverordnung (DSGVO)",
            "under Art. 28 of the General Data Protection Regulation (GDPR)",
        ),
        provider: party(
            "Muster Hosting GmbH",
            vec![row(say("Register", "Register"), "AG Stuttgart, HRB 123456")],
        ),
        customer: party(
            "Tischlerei Sägebrecht GmbH",
            vec![row(say("Kundennummer", "Customer number"), "K10001")],
        ),
        summary: vec![
            say(
                "Dieser Vertrag regelt, wie der Anbieter mit personenbezogenen Daten des Kunden umgeht.",
                "This contract governs how the Provider handles personal data of the Customer.",
            ),
            say(
                "Diese Zusammenfassung hilft beim Lesen. Verbindlich ist der Vertragstext.",
                "This summary helps with reading. The contract text is binding.",
            ),
        ],
        sections: sections(lang),
        wording: Vec::new(),
        processing: vec![block(lang)],
        particulars: vec![row(
            say("Weisungsberechtigt", "May give instructions"),
            "Karl Sägebrecht, Ida Hobel",
        )],
        toms: TomAnnex {
            stamp: stamp(),
            controls: vec![TomControl {
                name: say("Zutrittskontrolle", "Physical access"),
                basis: "Art. 32(1)(b)".into(),
                measures: vec![TomMeasure {
                    id: "access.doors".into(),
                    title: say("Verschlossene Räume", "Locked rooms"),
                    text: say(
                        "Die Räume sind verschlossen; Schlüssel werden gegen Unterschrift ausgegeben.",
                        "The rooms are locked; keys are handed out against signature.",
                    ),
                    services: say("alle Leistungen", "all services"),
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
    let titles = [
        ("Parteien und Rollen", "Parties and roles"),
        ("Weisungen", "Instructions"),
        ("Vertraulichkeit", "Confidentiality"),
    ];
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
    let say = |de: &str, en: &str| pick(lang, de, en);
    ServiceBlock {
        service: "hosting".into(),
        name: say("Hosting von Websites und E-Mail", "Hosting of websites and e-mail"),
        subject: say(
            "Bereitstellung von Speicherplatz, Rechenleistung und Postfächern.",
            "Provision of storage, computing power and mailboxes.",
        ),
        nature: say("Automatisierte Speicherung und Übertragung.", "Automated storage and transmission."),
        operations: vec![say("Speichern", "storing"), say("Sichern", "backing up")],
        purpose: say("Der Kunde veröffentlicht seine Websites.", "The customer publishes its websites."),
        data: vec![say("Stammdaten", "Master data"), say("Inhalte von E-Mails", "E-mail content")],
        subjects: vec![say("Beschäftigte", "Employees")],
        place: say("Deutschland", "Germany"),
    }
}

fn subprocessor(lang: Lang) -> SubprocessorRow {
    let say = |de: &str, en: &str| pick(lang, de, en);
    SubprocessorRow {
        name: "Muster-Rechenzentrum GmbH".into(),
        address: say(
            "Musterstraße 1, 60311 Frankfurt am Main, Deutschland",
            "Musterstraße 1, 60311 Frankfurt am Main, Germany",
        ),
        contact: "datenschutz@rechenzentrum.example".into(),
        service: say(
            "Stellt Stellfläche, Strom und Netzanbindung bereit.",
            "Provides floor space, power and network uplink.",
        ),
        data: say("Stammdaten, Protokolldaten", "master data, log data"),
        places: say("Frankfurt am Main", "Frankfurt am Main"),
        transfer: say("keine Übermittlung in ein Drittland", "no transfer to a third country"),
        since: say("01.02.2026", "1 Feb 2026"),
    }
}
