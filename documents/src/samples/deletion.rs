//! Deletion certificates to try the template with: the smallest, a usual one, one that overflows, one that wants to
//! break out.

use super::hostile::{FOREIGN, HOSTILE};
use super::{TIMESTAMP, full, pick};
use domain::Lang;
use domain::contract::DeletionCertificate;
use domain::contract::deletion::{DELETION_SCHEMA, Deleted, DeletedService, RetainedRow};
use domain::contract::document::{LabelValue, Party};

type Make = fn(Lang) -> DeletionCertificate;

/// Every sample with its name, in both languages.
pub fn deletions() -> Vec<(String, DeletionCertificate)> {
    let kinds: [(&str, Make); 4] = [
        ("deletion-minimal", minimal),
        ("deletion-full", full_deletion),
        ("deletion-overflowing", overflowing),
        ("deletion-hostile", hostile),
    ];
    let named =
        |(name, make): (&str, Make)| Lang::ALL.map(|lang| (format!("{name}-{}", lang.code()), make(lang)));
    kinds.into_iter().flat_map(named).collect()
}

/// Names of the parties and nothing else.
fn minimal(lang: Lang) -> DeletionCertificate {
    let party = |name: &str| Party { name: name.into(), ..Party::default() };
    DeletionCertificate {
        schema: DELETION_SCHEMA.into(),
        language: lang,
        number: "AVV-2026-0001".into(),
        version: 1,
        issued_at: pick(lang, "23.11.2026, 11:00:00 Uhr MEZ", "23 Nov 2026, 11:00:00 CET"),
        issued_by: "Eva Schönfeld".into(),
        provider: party("Fluxpunkt GmbH"),
        customer: party("Muster GmbH"),
        statement: Vec::new(),
        contract: Vec::new(),
        choice: Vec::new(),
        services: Vec::new(),
        subprocessors: Vec::new(),
        retained: Vec::new(),
        notes: Vec::new(),
        timestamp: TIMESTAMP,
        verify_url: String::new(),
    }
}

/// A usual one: two services, a sub-processor, backups, invoices that are kept.
pub fn full_deletion(lang: Lang) -> DeletionCertificate {
    let t = |de: &str, en: &str| pick(lang, de, en);
    let contract = full(lang);
    DeletionCertificate {
        number: contract.number,
        version: contract.version,
        provider: contract.provider,
        customer: contract.customer,
        statement: vec![
            t(
                "Die personenbezogenen Daten, die der Anbieter im Auftrag des Kunden verarbeitet hat, sind gelöscht.",
                "The personal data that the Provider processed on behalf of the Customer have been deleted.",
            ),
            t("Ausgenommen sind nur die unten genannten Daten.", "Only the data named below are exempt."),
        ],
        contract: vec![
            row(
                &t("Letzter Tag der Leistungen", "Last day of the services"),
                &t("31.10.2026", "31 Oct 2026"),
            ),
            row(&t("Grund des Endes", "Reason for the end"), &t("ordentliche Kündigung", "ordinary notice")),
        ],
        choice: vec![
            row(&t("Wahl", "Choice"), &t("Löschung", "deletion")),
            row(
                &t("Getroffen", "Made"),
                &t(
                    "von Änne Großkopf, 02.11.2026, 09:00:00 Uhr MEZ",
                    "by Änne Großkopf, 2 Nov 2026, 09:00:00 CET",
                ),
            ),
        ],
        services: vec![service(lang, "Hosting"), service(lang, "Monitoring")],
        subprocessors: vec![deleted(lang, "Muster-Rechenzentrum GmbH")],
        retained: vec![RetainedRow {
            what: t("Rechnungen an Kunden", "Invoices to customers"),
            law: t("§ 147 Abs. 3 AO", "Section 147(3) of the German Fiscal Code"),
            until: t("31.12.2034", "31 Dec 2034"),
        }],
        notes: vec![t("Kopien in Sicherungen sind eingeschlossen.", "Copies in backups are included.")],
        verify_url: contract.verify_url,
        ..minimal(lang)
    }
}

fn row(label: &str, value: &str) -> LabelValue {
    LabelValue { label: label.into(), value: value.into() }
}

fn service(lang: Lang, name: &str) -> DeletedService {
    let t = |de: &str, en: &str| pick(lang, de, en);
    DeletedService {
        name: name.into(),
        data: vec![t("Stammdaten", "Master data"), t("Inhalte von E-Mails", "E-mail content")],
        rows: vec![
            deleted(
                lang,
                &t("Webspace, Datenbanken und Anwendungen", "web space, databases and applications"),
            ),
            deleted(lang, &t("Sicherungen", "backups")),
        ],
    }
}

fn deleted(lang: Lang, what: &str) -> Deleted {
    let t = |de: &str, en: &str| pick(lang, de, en);
    Deleted {
        what: what.into(),
        on: t("05.11.2026", "5 Nov 2026"),
        method: t("Gelöscht und Speicher überschrieben", "Deleted and storage overwritten"),
        note: t("Ticket 4711", "Ticket 4711"),
        confirmed: t("Tina Muster, 05.11.2026, 10:00:00 Uhr MEZ", "Tina Muster, 5 Nov 2026, 10:00:00 CET"),
    }
}

/// Every value far too long, and many rows.
fn overflowing(lang: Lang) -> DeletionCertificate {
    let name = "Donaudampfschifffahrtsgesellschaft".repeat(4).chars().take(120).collect::<String>();
    let mut c = full_deletion(lang);
    every_text(&mut c, &|text| format!("{text} {name}"));
    c.number = format!("AVV-2026-{}", "0123456789".repeat(4));
    c.verify_url = format!("https://portal.example.org/{}", "abcdefghij".repeat(20));
    for party in [&mut c.provider, &mut c.customer] {
        party.name.clone_from(&name);
    }
    let rows = c.services[0].rows.clone();
    c.services[0].rows = (0..20).flat_map(|_| rows.clone()).collect();
    c.services[1].rows[0].note = format!("{name} ").repeat(40);
    c
}

/// Every value is an attack, or in a writing that the text fonts do not have.
fn hostile(lang: Lang) -> DeletionCertificate {
    let all = format!("{} {FOREIGN}", HOSTILE.join(" ¦ "));
    let mut c = full_deletion(lang);
    every_text(&mut c, &|_| all.clone());
    c.number = "AVV-#1$*_".into();
    c.customer.name = HOSTILE.join(" ");
    c.provider.name = FOREIGN.into();
    c.verify_url = format!("https://portal.example.org/?q={}", HOSTILE[3]);
    c.statement = HOSTILE.map(String::from).into();
    c
}

/// Changes what people may have typed.
fn every_text(c: &mut DeletionCertificate, change: &dyn Fn(&str) -> String) {
    let apply = |text: &mut String| *text = change(text);
    [&mut c.issued_by].into_iter().for_each(apply);
    for list in [&mut c.statement, &mut c.notes] {
        list.iter_mut().for_each(apply);
    }
    for r in c.contract.iter_mut().chain(&mut c.choice) {
        [&mut r.label, &mut r.value].into_iter().for_each(apply);
    }
    for s in &mut c.services {
        apply(&mut s.name);
        s.data.iter_mut().for_each(apply);
    }
    for d in c.services.iter_mut().flat_map(|s| &mut s.rows).chain(&mut c.subprocessors) {
        [&mut d.what, &mut d.method, &mut d.note, &mut d.confirmed].into_iter().for_each(apply);
    }
    for r in &mut c.retained {
        [&mut r.what, &mut r.law, &mut r.until].into_iter().for_each(apply);
    }
}
