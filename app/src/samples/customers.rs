//! Made-up customers, one with everything and one with nothing.

use super::{customer_id, staff_shell};
use crate::components::Verdict;
use crate::pages::customer::{ContractLine, CustomerView, DecisionLine, HoldLine, PersonLine, render};
use chrono::{DateTime, NaiveDate, Utc};
use domain::contract::StateName;
use domain::customer::{Contact, ContactKind, Customer, CustomerFacts, Representation};
use domain::permission::{CustomerRole, StaffRole};
use domain::{ContactId, ContractId, Lang, Service, UserId};

/// Facts of the sample customer.
pub fn facts() -> CustomerFacts {
    CustomerFacts {
        number: "K10001".into(),
        legal_name: "Tischlerei Sägebrecht GmbH & Co. KG".into(),
        street: "Holzgasse 4".into(),
        postal_code: "72622".into(),
        city: "Nürtingen".into(),
        country: "DE".into(),
        register: String::new(),
        email: "info@tischlerei-saegebrecht.example".into(),
        language: Lang::De,
        phones: vec!["+493023125101".into(), "+491713920011".into()],
        domains: vec!["tischlerei-saegebrecht.example".into()],
        service_contract: true,
        hosting: true,
        professional_secrecy: false,
        representation: Representation::Joint,
        services: vec![Service::Hosting, Service::RemoteSupport],
    }
}

/// The pages of a customer.
pub fn samples(lang: Lang) -> Vec<(&'static str, String)> {
    let path = format!("/customers/{}", customer_id());
    let manager = staff_shell(lang, &path, &[StaffRole::ContractManager]);
    let technician = staff_shell(lang, &path, &[StaffRole::Technician]);
    let nothing = CustomerView {
        facts: CustomerFacts { phones: Vec::new(), domains: Vec::new(), services: Vec::new(), ..facts() },
        contacts: Vec::new(),
        people: Vec::new(),
        contracts: Vec::new(),
        holds: Vec::new(),
        decisions: Vec::new(),
        may_write: false,
        ..everything()
    };
    vec![("customer", render(manager, everything())), ("customer-new", render(technician, nothing))]
}

fn everything() -> CustomerView {
    let at = DateTime::<Utc>::UNIX_EPOCH + chrono::Duration::days(20_000);
    let id = customer_id().0;
    let contact = |kind, name: &str, function: &str| Contact {
        id: ContactId(id),
        kind,
        name: name.into(),
        email: "karl@tischlerei-saegebrecht.example".into(),
        function: function.into(),
    };
    CustomerView {
        id: customer_id(),
        facts: facts(),
        country: "Deutschland".into(),
        contacts: vec![
            contact(ContactKind::Signatory, "Karl Sägebrecht", "Geschäftsführer"),
            contact(ContactKind::Privacy, "<script>alert(1)</script>", ""),
        ],
        people: vec![PersonLine {
            id: UserId(id),
            name: "Karl Sägebrecht".into(),
            email: "karl@tischlerei-saegebrecht.example".into(),
            roles: vec![CustomerRole::Signatory, CustomerRole::PrivacyContact],
            invited: true,
        }],
        contracts: contracts(),
        holds: vec![
            HoldLine { objection: false, service: None, reason: "Herkunft der Daten unklar.".into(), at },
            HoldLine { objection: true, service: Some(Service::Hosting), reason: "Neuer Ort.".into(), at },
        ],
        decisions: vec![DecisionLine {
            at,
            action: "Fernwartung: Bildschirm sehen".into(),
            subject: "anna@provider.example".into(),
            verdict: Verdict::Advice,
        }],
        may_write: true,
    }
}

fn contracts() -> Vec<ContractLine> {
    let day = NaiveDate::from_ymd_opt(2026, 11, 23);
    let line = |number: &str, state, from, until, may_confirm| ContractLine {
        id: ContractId(customer_id().0),
        number: number.into(),
        state,
        services: vec![Service::Hosting, Service::RemoteSupport],
        from,
        until,
        may_confirm,
    };
    vec![
        line("AV-2026-00017", StateName::Offered, None, None, false),
        line("PAPIER-2019-4", StateName::PaperUnconfirmed, day, day, true),
        line("PAPIER-2018-1", StateName::InForce, day, None, false),
    ]
}

/// The customer of the sample contracts.
pub(super) fn of_contracts(lang: Lang) -> Customer {
    Customer {
        id: super::contracts::customer_of(1),
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
        created_at: super::contracts::at(20, 8, 0),
        updated_at: super::contracts::at(20, 8, 0),
    }
}
