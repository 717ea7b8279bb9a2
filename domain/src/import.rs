//! Imports: rows of a CSV become checked values or mistakes by line and column. The reading of the file itself
//! lies in `service`; what a cell may say lies here.

use crate::customer::{ContactInput, CustomerFacts, CustomerInput, customer_number};
use crate::text;
use crate::{Mistake, Mistakes, Service};
use chrono::NaiveDate;

/// Columns of `customers`, in the order of the documentation; the first eight must be there.
pub const CUSTOMER_COLUMNS: [&str; 18] = [
    "customer_number",
    "legal_name",
    "street",
    "postal_code",
    "city",
    "country",
    "email",
    "language",
    "phones",
    "domains",
    "service_contract",
    "hosting",
    "professional_secrecy",
    "privacy_contact_name",
    "privacy_contact_email",
    "signatory_name",
    "signatory_email",
    "signatory_function",
];
/// How many of [`CUSTOMER_COLUMNS`] must be there.
pub const CUSTOMER_REQUIRED: usize = 8;

/// Columns of `contracts`; see [`CONTRACT_REQUIRED`].
pub const CONTRACT_COLUMNS: [&str; 10] = [
    "customer_number",
    "contract_number",
    "services",
    "signed_on",
    "effective_from",
    "signatory_name",
    "signatory_function",
    "effective_until",
    "text_version",
    "document",
];
/// How many of [`CONTRACT_COLUMNS`] must be there.
pub const CONTRACT_REQUIRED: usize = 7;

/// A customer row, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerRow {
    /// The customer. `services`, `representation` and `register` are not in the CSV: an update keeps them.
    pub facts: CustomerFacts,
    /// Contacts in the row.
    pub contacts: Vec<ContactInput>,
}

/// Checks a customer row; `cell` gives the text of a column, empty where there is none.
///
/// # Errors
/// All [`Mistakes`] by column.
pub fn customer_row<'a>(cell: impl Fn(&str) -> &'a str) -> Result<CustomerRow, Mistakes> {
    let mut m = Mistakes::default();
    let service_contract = yes_no(&mut m, "service_contract", cell("service_contract"));
    let hosting = yes_no(&mut m, "hosting", cell("hosting"));
    let professional_secrecy = yes_no(&mut m, "professional_secrecy", cell("professional_secrecy"));
    let contacts = contacts(&mut m, &cell);
    let input = CustomerInput {
        number: cell("customer_number").into(),
        legal_name: cell("legal_name").into(),
        street: cell("street").into(),
        postal_code: cell("postal_code").into(),
        city: cell("city").into(),
        country: cell("country").into(),
        email: cell("email").into(),
        language: cell("language").to_lowercase(),
        phones: cell("phones").into(),
        domains: cell("domains").into(),
        service_contract,
        hosting,
        professional_secrecy,
        ..CustomerInput::default()
    };
    match input.check() {
        Ok(facts) => m.or(Some(CustomerRow { facts, contacts })),
        Err(mut more) => {
            more.0.append(&mut m.0);
            Err(more)
        }
    }
}

fn contacts<'a>(m: &mut Mistakes, cell: &impl Fn(&str) -> &'a str) -> Vec<ContactInput> {
    let mut contacts = Vec::new();
    for (kind, prefix) in [("privacy", "privacy_contact"), ("signatory", "signatory")] {
        let column = |part: &str| format!("{prefix}_{part}");
        let (name, email) = (cell(&column("name")).trim(), cell(&column("email")).trim());
        let function = if kind == "signatory" { cell("signatory_function").trim() } else { "" };
        if name.is_empty() && email.is_empty() {
            continue;
        }
        m.take(crate::people::full_name(&column("name"), name));
        m.take(text::email(&column("email"), email));
        m.take(text::optional_line(&column("function"), function, 120));
        contacts.push(ContactInput {
            kind: kind.into(),
            name: name.into(),
            email: email.into(),
            function: function.into(),
        });
    }
    contacts
}

/// A contract row, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractRow {
    /// Whose.
    pub customer_number: String,
    /// Number given outside.
    pub contract_number: String,
    /// Scope.
    pub services: Vec<Service>,
    /// Day of signature.
    pub signed_on: NaiveDate,
    /// First day.
    pub effective_from: NaiveDate,
    /// Last day, inclusive.
    pub effective_until: Option<NaiveDate>,
    /// Who signed.
    pub signatory_name: String,
    /// Their function.
    pub signatory_function: String,
    /// Which text; `paper` when nothing was said.
    pub text_version: String,
    /// Path of the scan, as in the file; empty when there is none.
    pub document: String,
}

/// Checks a contract row.
///
/// # Errors
/// All [`Mistakes`] by column.
pub fn contract_row<'a>(cell: impl Fn(&str) -> &'a str) -> Result<ContractRow, Mistakes> {
    let mut m = Mistakes::default();
    let number = m.take(customer_number("customer_number", cell("customer_number")));
    let contract_number = m.take(text::line("contract_number", cell("contract_number"), 64));
    let services = services(&mut m, cell("services"));
    let signed_on = m.take(date("signed_on", cell("signed_on")));
    let effective_from = m.take(date("effective_from", cell("effective_from")));
    let effective_until = match cell("effective_until").trim() {
        "" => None,
        typed => m.take(date("effective_until", typed)),
    };
    if let (Some(from), Some(until)) = (effective_from, effective_until)
        && until < from
    {
        m.add("effective_until", "date-before-start");
    }
    let signatory_name = m.take(crate::people::full_name("signatory_name", cell("signatory_name")));
    let signatory_function = m.take(text::line("signatory_function", cell("signatory_function"), 120));
    let text_version = m.take(text::optional_line("text_version", cell("text_version"), 64));
    let row = (|| {
        let version = text_version?;
        Some(ContractRow {
            customer_number: number?,
            contract_number: contract_number?,
            services,
            signed_on: signed_on?,
            effective_from: effective_from?,
            effective_until,
            signatory_name: signatory_name?,
            signatory_function: signatory_function?,
            text_version: if version.is_empty() { "paper".into() } else { version },
            document: cell("document").trim().into(),
        })
    })();
    m.or(row)
}

fn services(m: &mut Mistakes, typed: &str) -> Vec<Service> {
    let mut services = Vec::new();
    for part in typed.split('|').map(str::trim).filter(|p| !p.is_empty()) {
        match Service::parse(part) {
            Some(s) if services.contains(&s) => {}
            Some(s) => services.push(s),
            None => m.0.push(Mistake::with("services", "service", part)),
        }
    }
    if typed.split('|').all(|p| p.trim().is_empty()) {
        m.add("services", "required");
    }
    services.sort();
    services
}

fn yes_no(m: &mut Mistakes, column: &str, typed: &str) -> bool {
    match typed.trim().to_lowercase().as_str() {
        "yes" => true,
        "" | "no" => false,
        other => {
            m.0.push(Mistake::with(column, "yes-or-no", other));
            false
        }
    }
}

/// A date as `YYYY-MM-DD`, from 1970 to 2199.
///
/// # Errors
/// `required`, `date`.
pub fn date(field: &str, typed: &str) -> Result<NaiveDate, Mistake> {
    let typed = text::line(field, typed, 40)?;
    // chrono also reads `+2026-2-28` and `2026- 2-28`.
    let is_digit = |(i, b): (usize, u8)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() };
    let shape = typed.len() == 10 && typed.bytes().enumerate().all(is_digit);
    NaiveDate::parse_from_str(&typed, "%Y-%m-%d")
        .ok()
        .filter(|d| shape && (1970..2200).contains(&chrono::Datelike::year(d)))
        .ok_or_else(|| Mistake::with(field, "date", typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contract_row_names_every_mistake() {
        let cells = |c: &str| match c {
            "customer_number" => "K1",
            "services" => "hosting|gardening",
            "signed_on" => "23.11.2026",
            "effective_from" => "2026-11-23",
            "effective_until" => "2026-11-22",
            "signatory_name" => "Anna Muster",
            _ => "",
        };
        let m = contract_row(cells).unwrap_err();
        let fields: Vec<_> = m.0.iter().map(|m| m.field.as_str()).collect();
        assert_eq!(
            fields,
            ["contract_number", "services", "signed_on", "effective_until", "signatory_function"]
        );
    }

    #[test]
    fn dates_are_iso_only() {
        assert!(date("d", "2026-02-28").is_ok());
        for bad in ["2026-02-29", "2026-2-28", "28.02.2026", "", "20260228", "9999-01-01"] {
            assert!(date("d", bad).is_err(), "{bad}");
        }
    }
}
