//! The file of the demo data, `content/demo.toml`.

use crate::start::{StartError, failed};
use chrono::NaiveDate;
use domain::customer::{Contact, ContactKind};
use domain::permission::StaffRole;
use domain::register::breach::Report;
use domain::text::Both;
use domain::{ContactId, Lang, Service};
use serde::Deserialize;

/// All of it.
#[derive(Clone, Debug, Deserialize)]
pub struct DemoFile {
    /// The provider's people.
    pub staff: Vec<DemoStaff>,
    /// Entries of the registers.
    pub registers: DemoRegisters,
    /// Its customers.
    #[serde(rename = "customer")]
    pub customers: Vec<DemoCustomer>,
}

/// Entries of the registers, all of one customer.
#[derive(Clone, Debug, Deserialize)]
pub struct DemoRegisters {
    pub customer_number: String,
    pub by: String,
    pub auditor: String,
    pub audit_points: String,
    pub instruction: Vec<DemoInstruction>,
    pub breach: Report,
}

/// An instruction; taken up and done where `done` says so.
#[derive(Clone, Debug, Deserialize)]
pub struct DemoInstruction {
    pub title: String,
    pub text: String,
    pub services: Vec<String>,
    #[serde(default)]
    pub done: String,
}

/// A person of the staff.
#[derive(Clone, Debug, Deserialize)]
pub struct DemoStaff {
    pub email: String,
    pub name: String,
    pub roles: Vec<StaffRole>,
    pub confidentiality_on: NaiveDate,
    pub training_until: NaiveDate,
    pub password: String,
}

/// A customer.
#[derive(Clone, Debug, Deserialize)]
pub struct DemoCustomer {
    pub customer_number: String,
    pub legal_name: String,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub country: String,
    pub email: String,
    pub language: Lang,
    pub phones: Vec<String>,
    pub domains: Vec<String>,
    pub service_contract: bool,
    pub hosting: bool,
    pub professional_secrecy: bool,
    pub representation: i16,
    pub privacy_contact_name: String,
    pub privacy_contact_email: String,
    pub privacy_contact_password: String,
    pub state: String,
    #[serde(default)]
    pub later: String,
    #[serde(default)]
    pub later_reason: Both,
    #[serde(default)]
    pub signatory: Vec<DemoPerson>,
    #[serde(default)]
    pub member: Vec<DemoPerson>,
}

/// A person of a customer.
#[derive(Clone, Debug, Deserialize)]
pub struct DemoPerson {
    pub name: String,
    pub email: String,
    #[serde(default)]
    pub function: String,
    pub password: String,
}

impl DemoFile {
    /// Reads the file that was built in.
    pub fn load() -> Result<Self, StartError> {
        toml::from_str(include_str!("../../../content/demo.toml"))
            .map_err(failed("reading content/demo.toml"))
    }

    /// All log-ins with their passwords.
    pub fn passwords(&self) -> Vec<(String, String)> {
        let staff = self.staff.iter().map(|s| (s.email.clone(), s.password.clone()));
        let customers = self.customers.iter().flat_map(|c| {
            let privacy = (c.privacy_contact_email.clone(), c.privacy_contact_password.clone());
            let others = c.signatory.iter().chain(&c.member).map(|p| (p.email.clone(), p.password.clone()));
            std::iter::once(privacy).chain(others)
        });
        staff.chain(customers).collect()
    }

    /// The log-ins in words, for the terminal.
    pub fn logins(&self) -> Vec<String> {
        let staff = self.staff.iter().map(|s| {
            let roles = s.roles.iter().map(|r| r.name()).collect::<Vec<_>>().join(", ");
            format!("{:<42} {:<30} {roles}", s.email, s.password)
        });
        let customers = self.customers.iter().flat_map(|c| {
            let what = if c.later.is_empty() { c.state.clone() } else { format!("{}, {}", c.state, c.later) };
            c.signatory.iter().map(move |s| {
                format!("{:<42} {:<30} signatory of {} ({what})", s.email, s.password, c.customer_number)
            })
        });
        staff.chain(customers).collect()
    }
}

impl DemoCustomer {
    /// The services its contract is about.
    pub fn services(&self) -> Vec<Service> {
        match self.state.as_str() {
            "in_force_hosting" => vec![Service::Hosting],
            _ => Service::ALL.to_vec(),
        }
    }

    /// Its contacts.
    pub fn contacts(&self, mut id: impl FnMut() -> ContactId) -> Vec<Contact> {
        let privacy = Contact {
            id: id(),
            kind: ContactKind::Privacy,
            name: self.privacy_contact_name.clone(),
            email: self.privacy_contact_email.clone(),
            function: String::new(),
        };
        let signatories = self.signatory.iter().map(|s| Contact {
            id: id(),
            kind: ContactKind::Signatory,
            name: s.name.clone(),
            email: s.email.clone(),
            function: s.function.clone(),
        });
        std::iter::once(privacy).chain(signatories).collect()
    }
}
