//! The usual contract, concluded and as a draft.

use super::{list, minimal, paragraph, pick, section};
use domain::Lang;
use domain::contract::ContractDocument;
use domain::contract::document::{
    Evidence, LabelValue, Party, ServiceBlock, SignatureRow, Stamp, SubprocessorAnnex, SubprocessorRow,
    TomAnnex, TomControl, TomMeasure,
};
use domain::legal_text::{Section, TextFamily};
use domain::wording::Part;

/// A usual contract as concluded, with a certificate.
pub fn full(lang: Lang) -> ContractDocument {
    ContractDocument { evidence: Some(evidence(lang)), ..full_draft(lang) }
}

/// The same contract around official wording, its annexes counted like those of the standard clauses. The wording is a
/// stand-in of our own and says so.
pub fn standard_clauses(lang: Lang) -> ContractDocument {
    let clause = |n: usize| Part {
        heading: pick(lang, &format!("Klausel {n}"), &format!("Clause {n}")),
        paragraphs: vec![pick(
            lang,
            "Mustertext an der Stelle des amtlichen Wortlauts.",
            "Sample text in the place of the official wording.",
        )],
    };
    ContractDocument { family: TextFamily::Scc, wording: (1..=10).map(clause).collect(), ..full(lang) }
}

/// The same contract before its conclusion.
pub fn full_draft(lang: Lang) -> ContractDocument {
    let t = |de, en| pick(lang, de, en);
    ContractDocument {
        number: "AVV-2026-0042".into(),
        version: 2,
        subtitle: t(
            "nach Art. 28 der Datenschutz-Grundverordnung",
            "under Article 28 of the General Data Protection Regulation",
        ),
        provider: provider(lang),
        customer: customer(lang),
        summary: vec![
            t(
                "Fluxpunkt betreibt Server und Anwendungen und verarbeitet dabei Daten nur auf Weisung.",
                "Fluxpunkt runs servers and applications and processes data in doing so only on instruction.",
            ),
            t(
                "Neue Unterauftragsverarbeiter werden 30 Tage vorher angekündigt; widersprechen ist möglich.",
                "New sub-processors are announced 30 days ahead; the customer may object.",
            ),
            t(
                "Am Ende werden die Daten gelöscht oder zurückgegeben, wie der Kunde es wählt.",
                "At the end the data are deleted or returned, as the customer chooses.",
            ),
        ],
        sections: sections(lang),
        processing: ["Hosting", "Monitoring"].map(|name| service(lang, name)).into(),
        particulars: particulars(lang),
        toms: toms(lang),
        subprocessors: subprocessors(lang),
        verify_url: "https://portal.example.org/pruefen/7H3K-9QWM-2XPA".into(),
        ..minimal(lang)
    }
}

fn row(label: &str, value: &str) -> LabelValue {
    LabelValue { label: label.into(), value: value.into() }
}

fn provider(lang: Lang) -> Party {
    let t = |de, en| pick(lang, de, en);
    Party {
        name: "Fluxpunkt GmbH".into(),
        street: "Zementwerk 1".into(),
        place: "72622 Nürtingen".into(),
        country: t("Deutschland", "Germany"),
        rows: vec![
            row(&t("Register", "Register"), "AG Stuttgart HRB 755609"),
            row(&t("Vertreten durch", "Represented by"), "Erika Beispiel"),
            row(&t("Datenschutz", "Privacy contact"), "datenschutz@fluxpunkt.example"),
        ],
    }
}

fn customer(lang: Lang) -> Party {
    let t = |de, en| pick(lang, de, en);
    Party {
        name: "Gärtnerei Blütenträume Müller & Söhne GmbH & Co. KG".into(),
        street: "Große Straße 17 b".into(),
        place: "73728 Esslingen am Neckar".into(),
        country: t("Deutschland", "Germany"),
        rows: vec![
            row(&t("Kundennummer", "Customer number"), "K-10817"),
            row(&t("Register", "Register"), "AG Stuttgart HRA 12345"),
            row(&t("Datenschutz", "Privacy contact"), "datenschutz@bluetentraeume.example.org"),
        ],
    }
}

fn sections(lang: Lang) -> Vec<Section> {
    let t = |de, en| pick(lang, de, en);
    let duty = t(
        "Der Anbieter verarbeitet personenbezogene Daten nur auf dokumentierte Weisung des Kunden. Das gilt auch für die Übermittlung an ein Drittland oder eine internationale Organisation.",
        "The provider processes personal data only on documented instructions from the customer. This also applies to transfers to a third country or an international organisation.",
    );
    let note = t(
        "Hält der Anbieter eine Weisung für rechtswidrig, so teilt er das dem Kunden unverzüglich mit.",
        "If the provider considers an instruction unlawful, it tells the customer without undue delay.",
    );
    let (a, b) = (t("Name mit Rechtsform", "name with legal form"), t("Anschrift", "address"));
    let titles = [
        t("Parteien und Rollen", "Parties and roles"),
        t("Weisungen", "Instructions"),
        t("Technische und organisatorische Maßnahmen", "Technical and organisational measures"),
        t("Unterauftragsverarbeiter", "Sub-processors"),
        t("Löschung und Rückgabe am Ende", "Deletion and return at the end"),
    ];
    let clauses = || {
        vec![
            vec![paragraph(&duty), list(&[&a, &b, &note]), paragraph(&note)],
            vec![paragraph(&note)],
            vec![paragraph(&duty)],
        ]
    };
    titles.iter().enumerate().map(|(i, title)| section(i + 1, title, clauses())).collect()
}

fn service(lang: Lang, name: &str) -> ServiceBlock {
    let t = |de, en| pick(lang, de, en);
    ServiceBlock {
        service: name.to_lowercase(),
        name: name.into(),
        subject: t(
            "Betrieb von Servern, auf denen Websites, Postfächer und Datenbanken des Kunden liegen.",
            "Running servers that hold the customer's websites, mailboxes and databases.",
        ),
        nature: t("automatisiert, auf Servern des Anbieters", "automated, on the provider's servers"),
        operations: vec![t("speichern", "store"), t("übermitteln", "transmit"), t("sichern", "back up")],
        purpose: t("Der Kunde bestimmt den Zweck.", "The customer determines the purpose."),
        data: vec![t("Bestandsdaten", "master data"), t("Inhalte von E-Mails", "e-mail content")],
        subjects: vec![t("Beschäftigte", "employees"), t("Kundinnen und Kunden", "customers")],
        place: t("Deutschland; Sicherungen in Deutschland", "Germany; backups in Germany"),
    }
}

fn particulars(lang: Lang) -> Vec<LabelValue> {
    let t = |de, en| pick(lang, de, en);
    vec![
        row(&t("Besondere Kategorien (Art. 9)", "Special categories (Art. 9)"), &t("nein", "no")),
        row(
            &t("Meldestelle für Verletzungen", "Reporting point for breaches"),
            "notfall@fluxpunkt.example, +49 7022 000000",
        ),
    ]
}

fn stamp(lang: Lang, number: i32, digit: &str) -> Stamp {
    Stamp { number, date: pick(lang, "01.10.2026", "1 October 2026"), sha256: digit.repeat(32) }
}

fn toms(lang: Lang) -> TomAnnex {
    let t = |de, en| pick(lang, de, en);
    let measure = |(id, title): (&str, String)| TomMeasure {
        id: id.into(),
        title,
        text: t(
            "Der Zugang ist nur mit zweitem Faktor möglich. Jeder Zugang wird protokolliert und vierteljährlich geprüft.",
            "Access is possible with a second factor only. Every access is logged and reviewed each quarter.",
        ),
        services: t("alle Leistungen", "all services"),
    };
    let control = |(name, basis): (String, &str)| TomControl {
        name,
        basis: basis.into(),
        measures: [
            ("access.mfa", t("Zweiter Faktor", "Second factor")),
            (
                "access.review",
                t("Regelmäßige Überprüfung der Berechtigungen", "Regular review of permissions"),
            ),
            ("access.log", t("Protokoll", "Log")),
        ]
        .into_iter()
        .map(measure)
        .collect(),
    };
    let controls = [
        (t("Zutrittskontrolle", "Physical access"), "Art. 32(1)(b)"),
        (t("Verschlüsselung", "Encryption"), "Art. 32(1)(a)"),
        (t("Wiederherstellbarkeit", "Recoverability"), "Art. 32(1)(c)"),
        (t("Regelmäßige Überprüfung", "Regular review"), "Art. 32(1)(d)"),
    ];
    TomAnnex { stamp: stamp(lang, 7, "a7"), controls: controls.into_iter().map(control).collect() }
}

fn subprocessors(lang: Lang) -> SubprocessorAnnex {
    let t = |de, en| pick(lang, de, en);
    let one = |name: &str| SubprocessorRow {
        name: name.into(),
        address: t(
            "Musterstraße 1, 60311 Frankfurt am Main, Deutschland",
            "Musterstraße 1, 60311 Frankfurt am Main, Germany",
        ),
        contact: "datenschutz@rechenzentrum.example.org".into(),
        service: t(
            "Stellt Stellfläche, Strom, Kühlung und Netzanbindung bereit.",
            "Provides floor space, power, cooling and network uplink.",
        ),
        data: t("Bestandsdaten, Inhalte, Protokolldaten", "master data, content, log data"),
        places: t("Frankfurt am Main, Deutschland", "Frankfurt am Main, Germany"),
        transfer: t("keine Übermittlung in ein Drittland", "no transfer to a third country"),
        since: t("01.02.2026", "1 February 2026"),
    };
    let rows =
        ["Muster-Rechenzentrum GmbH", "Muster-Datensicherung GmbH", "Beispiel Mail Relay Ltd."].map(one);
    SubprocessorAnnex { stamp: stamp(lang, 3, "3c"), rows: rows.into() }
}

fn signature(lang: Lang, name: &str, boxes: Vec<String>) -> SignatureRow {
    let t = |de, en| pick(lang, de, en);
    SignatureRow {
        name: name.into(),
        function: t("Geschäftsführerin", "managing director"),
        at: t("23.11.2026, 10:58:12 Uhr MEZ", "23 November 2026, 10:58:12 CET"),
        identified: t(
            "Anmeldung mit Passwort und zweitem Faktor; Zeichnungscode an die registrierte Adresse",
            "log-in with password and second factor; signing code to the registered address",
        ),
        boxes,
    }
}

fn evidence(lang: Lang) -> Evidence {
    let t = |de, en| pick(lang, de, en);
    let boxes = vec![
        t(
            "Ich habe den Vertrag mit allen Anlagen gelesen und stimme ihm für den Kunden zu.",
            "I have read the contract with all annexes and agree to it for the customer.",
        ),
        t("Ich darf den Kunden allein verpflichten.", "I may bind the customer alone."),
    ];
    Evidence {
        concluded_at: t("23.11.2026, 11:00:00 Uhr MEZ", "23 November 2026, 11:00:00 CET"),
        effective_from: t("23.11.2026", "23 November 2026"),
        signatures: vec![signature(lang, "Änne Müller-Lüdenscheidt", boxes)],
        countersignature: signature(lang, "Erika Beispiel", Vec::new()),
        events: vec![
            row(
                &t("20.11.2026, 09:12 Uhr MEZ", "20 November 2026, 09:12 CET"),
                &t("Angebot abgegeben", "Offer made"),
            ),
            row(
                &t("23.11.2026, 10:58 Uhr MEZ", "23 November 2026, 10:58 CET"),
                &t("Kunde zeichnet", "Customer signs"),
            ),
            row(
                &t("23.11.2026, 11:00 Uhr MEZ", "23 November 2026, 11:00 CET"),
                &t("Anbieter zeichnet gegen", "Provider countersigns"),
            ),
        ],
        hashes: vec![
            row(&t("Vertrag", "Contract"), &"0f".repeat(32)),
            row(&t("Anlage 2", "Annex 2"), &"a7".repeat(32)),
            row(&t("Anlage 3", "Annex 3"), &"3c".repeat(32)),
        ],
        how_to_check: vec![
            t("Öffnen Sie die Adresse neben dem QR-Code.", "Open the address beside the QR code."),
            t("Vergleichen Sie die Prüfsumme des Vertrags.", "Compare the hash of the contract."),
        ],
    }
}
