//! Customers as a file, in the columns of the import: what goes out can be read in again. Who took it is recorded.

use crate::export::{Exporter, Format, record, recorded};
use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Utc};
use domain::CustomerId;
use domain::customer::{Contact, ContactKind, Customer};
use domain::import::CUSTOMER_COLUMNS;
use std::collections::HashMap;
use store::{contacts, customers};

/// All customers by number.
///
/// # Errors
/// When the database fails.
pub async fn customers(
    portal: &Portal,
    by: &Exporter,
    format: Format,
    now: DateTime<Utc>,
) -> Result<Vec<u8>> {
    let snapshot = portal.store.snapshot().await?;
    let all = customers::all(snapshot.db()).await?;
    let mut of: HashMap<(CustomerId, ContactKind), Contact> = HashMap::new();
    for (customer, contact) in contacts::all(snapshot.db()).await? {
        of.entry((customer, contact.kind)).or_insert(contact);
    }
    snapshot.end().await?;
    let file = format.write(&CUSTOMER_COLUMNS, all.iter().map(|c| cells(c, &of)))?;
    record(portal, recorded("customers", by, format, all.len()), now).await?;
    Ok(file)
}

fn cells(c: &Customer, contacts: &HashMap<(CustomerId, ContactKind), Contact>) -> Vec<String> {
    let f = &c.facts;
    let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_string();
    let contact = |kind: ContactKind, part: fn(&Contact) -> &String| {
        contacts.get(&(c.id, kind)).map(part).cloned().unwrap_or_default()
    };
    vec![
        f.number.clone(),
        f.legal_name.clone(),
        f.street.clone(),
        f.postal_code.clone(),
        f.city.clone(),
        f.country.clone(),
        f.email.clone(),
        f.language.code().into(),
        f.phones.join("|"),
        f.domains.join("|"),
        yes_no(f.service_contract),
        yes_no(f.hosting),
        yes_no(f.professional_secrecy),
        contact(ContactKind::Privacy, |k| &k.name),
        contact(ContactKind::Privacy, |k| &k.email),
        contact(ContactKind::Signatory, |k| &k.name),
        contact(ContactKind::Signatory, |k| &k.email),
        contact(ContactKind::Signatory, |k| &k.function),
    ]
}
