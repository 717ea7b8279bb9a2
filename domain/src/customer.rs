//! The customer: the controller with whom contracts are concluded.

use crate::text::{self, Lang};
use crate::{ContactId, CustomerId, Mistakes, Service};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A customer as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// Identity.
    pub id: CustomerId,
    /// What is known about it.
    pub facts: CustomerFacts,
    /// Rises with every change; an edit names the one it started from.
    pub lock: i64,
    /// When it was entered.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// What is known about a customer; the checked form of [`CustomerInput`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerFacts {
    /// Number given by the provider, unique, upper-case.
    pub number: String,
    /// Full name with legal form (checklist A1).
    pub legal_name: String,
    /// Street and house number (A2).
    pub street: String,
    /// Postal code (A2).
    pub postal_code: String,
    /// City (A2).
    pub city: String,
    /// ISO 3166-1 alpha-2 (A2).
    pub country: String,
    /// Register or VAT number; empty means "none" (A3).
    pub register: String,
    /// Address of the company for mail.
    pub email: String,
    /// Language of mails and of the contract.
    pub language: Lang,
    /// Phone numbers in E.164.
    pub phones: Vec<String>,
    /// Domains that belong to the customer.
    pub domains: Vec<String>,
    /// Has a service contract: gets an AV contract by rule (R99).
    pub service_contract: bool,
    /// Is a hosting customer: gets an AV contract by rule (R99).
    pub hosting: bool,
    /// Bound by professional secrecy, § 203 StGB.
    pub professional_secrecy: bool,
    /// How many must sign together.
    pub representation: Representation,
    /// Services booked.
    pub services: Vec<Service>,
}

impl CustomerFacts {
    /// Pre-approved by rule: hosting and service-contract customers are only confirmed (R99).
    pub fn preapproved(&self) -> bool {
        self.service_contract || self.hosting
    }

    /// What the search field looks through, folded by [`text::search_key`].
    pub fn search_text(&self) -> String {
        let mut parts = vec![self.number.as_str(), &self.legal_name, &self.email, &self.city];
        parts.extend(self.domains.iter().chain(&self.phones).map(String::as_str));
        text::search_key(&parts.join(" "))
    }
}

/// The representation rule: how many signatories bind the company together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Representation {
    /// One signatory is enough.
    #[default]
    Single,
    /// Two signatories together.
    Joint,
}

impl Representation {
    /// How many signatures are needed: 1 or 2.
    pub fn signatures(self) -> usize {
        match self {
            Self::Single => 1,
            Self::Joint => 2,
        }
    }

    /// The rule for `n` signatories, if there is one.
    pub fn of(n: i16) -> Option<Self> {
        match n {
            1 => Some(Self::Single),
            2 => Some(Self::Joint),
            _ => None,
        }
    }
}

/// A contact person; not necessarily a portal user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Identity.
    pub id: ContactId,
    /// What they are contact for.
    pub kind: ContactKind,
    /// Full name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Function in the company, may be empty.
    pub function: String,
}

/// What a contact is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// May bind the company.
    Signatory,
    /// Privacy contact or data protection officer.
    Privacy,
    /// Anyone else who writes tickets.
    General,
}

impl ContactKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Signatory, Self::Privacy, Self::General];

    /// Stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Signatory => "signatory",
            Self::Privacy => "privacy",
            Self::General => "general",
        }
    }

    /// Reads [`Self::name`].
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.name() == s)
    }
}

/// A customer as typed into a form or read from a CSV row: nothing checked yet, nothing lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each field is the unchecked text of the field of the same name in CustomerFacts"
)]
pub struct CustomerInput {
    pub number: String,
    pub legal_name: String,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub country: String,
    pub register: String,
    pub email: String,
    pub language: String,
    /// Separated by `|`, comma or line breaks.
    pub phones: String,
    /// Separated by `|`, comma or line breaks.
    pub domains: String,
    pub service_contract: bool,
    pub hosting: bool,
    pub professional_secrecy: bool,
    /// `1` or `2`; empty means one.
    pub representation: String,
    pub services: Vec<String>,
}

impl CustomerInput {
    /// Checks everything and names every mistake by the CSV column / form field.
    ///
    /// # Errors
    /// All [`Mistakes`]; nothing is corrected silently but white space, case of codes and phone spelling.
    pub fn check(&self) -> Result<CustomerFacts, Mistakes> {
        let mut m = Mistakes::default();
        let number = m.take(customer_number("customer_number", &self.number));
        let legal_name = m.take(text::line("legal_name", &self.legal_name, 200));
        let street = m.take(text::line("street", &self.street, 120));
        let postal_code = m.take(text::line("postal_code", &self.postal_code, 12));
        let city = m.take(text::line("city", &self.city, 100));
        let country = m.take(text::country("country", &self.country));
        let register = m.take(text::optional_line("register", &self.register, 120));
        let email = m.take(text::email("email", &self.email));
        let language = Lang::parse(self.language.trim());
        if language.is_none() {
            m.add("language", "language");
        }
        let phones = list(&mut m, "phones", &self.phones, text::phone);
        let domains = list(&mut m, "domains", &self.domains, text::domain);
        let representation = match self.representation.trim() {
            "" | "1" => Some(Representation::Single),
            "2" => Some(Representation::Joint),
            _ => None,
        };
        if representation.is_none() {
            m.add("representation", "representation");
        }
        let services: Vec<_> = self.services.iter().filter_map(|s| Service::parse(s)).collect();
        if services.len() != self.services.len() {
            m.add("services", "service");
        }
        let facts = (|| {
            Some(CustomerFacts {
                number: number?,
                legal_name: legal_name?,
                street: street?,
                postal_code: postal_code?,
                city: city?,
                country: country?,
                register: register?,
                email: email?,
                language: language?,
                phones,
                domains,
                service_contract: self.service_contract,
                hosting: self.hosting,
                professional_secrecy: self.professional_secrecy,
                representation: representation?,
                services,
            })
        })();
        m.or(facts)
    }
}

/// A contact as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "unchecked text of the field of the same name in Contact")]
pub struct ContactInput {
    pub kind: String,
    pub name: String,
    pub email: String,
    pub function: String,
}

impl ContactInput {
    /// Checks a contact; `id` is fresh.
    ///
    /// # Errors
    /// All [`Mistakes`] by field.
    pub fn check(&self, id: ContactId) -> Result<Contact, Mistakes> {
        let mut m = Mistakes::default();
        let kind = ContactKind::parse(&self.kind);
        if kind.is_none() {
            m.add("kind", "choice");
        }
        let name = m.take(text::line("name", &self.name, 120));
        let email = m.take(text::email("email", &self.email));
        let function = m.take(text::optional_line("function", &self.function, 120));
        let contact =
            (|| Some(Contact { id, kind: kind?, name: name?, email: email?, function: function? }))();
        m.or(contact)
    }
}

/// A customer number: 1 to 32 letters, digits, `-`, `_`, `.` or `/`; upper-cased.
///
/// # Errors
/// `required`, `too-long`, `customer-number`.
pub fn customer_number(field: &str, value: &str) -> Result<String, crate::Mistake> {
    let number = text::line(field, value, 32)?.to_ascii_uppercase();
    if number.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c)) {
        Ok(number)
    } else {
        Err(crate::Mistake::with(field, "customer-number", number))
    }
}

fn list(
    m: &mut Mistakes,
    field: &str,
    value: &str,
    parse: impl Fn(&str, &str) -> Result<String, crate::Mistake>,
) -> Vec<String> {
    let mut values = Vec::new();
    for part in value.split(['|', ',', ';', '\n']).map(str::trim).filter(|p| !p.is_empty()) {
        if let Some(v) = m.take(parse(field, part))
            && !values.contains(&v)
        {
            values.push(v);
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> CustomerInput {
        CustomerInput {
            number: "k10023".into(),
            legal_name: "Bäckerei Müller GmbH & Co. KG".into(),
            street: "Hauptstraße 1".into(),
            postal_code: "72622".into(),
            city: "Nürtingen".into(),
            country: "de".into(),
            email: "Info@Mueller.example".into(),
            language: "de".into(),
            phones: "07022 1234567|+49 7022 1234567".into(),
            ..CustomerInput::default()
        }
    }

    #[test]
    fn a_good_customer_is_normalised() {
        let facts = good().check().unwrap();
        assert_eq!(facts.number, "K10023");
        assert_eq!(facts.country, "DE");
        assert_eq!(facts.phones, ["+4970221234567"]);
        assert!(facts.search_text().contains("muller"));
    }

    #[test]
    fn all_mistakes_come_at_once() {
        let bad = CustomerInput {
            country: "XX".into(),
            email: "no".into(),
            language: "fr".into(),
            street: String::new(),
            ..good()
        };
        let m = bad.check().unwrap_err();
        let fields: Vec<_> = m.0.iter().map(|m| m.field.as_str()).collect();
        assert_eq!(fields, ["street", "country", "email", "language"]);
    }
}
