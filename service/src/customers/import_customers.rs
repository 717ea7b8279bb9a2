//! Customers out of a CSV file: new numbers are entered, known ones updated, all in one work or not at all.

use super::csv_file::{self, Table};
use super::edit::differences;
use super::importing::{BadRow, Importer, Placed, Report, without_doubles};
use crate::fresh;
use crate::portal::Portal;
use crate::problem::{Problem, Result, internal};
use chrono::{DateTime, Utc};
use domain::audit::{Event, sha256 as sha256_of};
use domain::customer::{Contact, ContactKind, Customer, CustomerFacts};
use domain::import::{CUSTOMER_COLUMNS, CUSTOMER_REQUIRED, CustomerRow, customer_row};
use domain::{CustomerId, Mistakes};
use std::collections::HashMap;
use store::{StoreError, Work, contacts, customers};

/// Reads customers in. With `skip_bad` the good rows are imported although others are wrong.
///
/// # Errors
/// [`Problem::Stale`] when somebody changed one of the customers meanwhile. Wrong rows are no error: they stand in
/// the [`Report`].
pub async fn import_customers(
    portal: &Portal,
    by: &Importer,
    file: Vec<u8>,
    skip_bad: bool,
    now: DateTime<Utc>,
) -> Result<Report> {
    let sha256 = sha256_of(&file);
    // Ten thousand rows are a second of work: not on a thread that others wait for.
    let read = tokio::task::spawn_blocking(move || parse(&file, now)).await.map_err(internal)?;
    let (rows, says, bad) = match read {
        Ok(read) => read,
        Err(bad) => return Ok(Report::refusal(bad)),
    };
    if !bad.is_empty() && !skip_bad {
        return Ok(Report::refusal(bad));
    }
    let mut work = portal.begin().await?;
    let plan = Plan::make(&work, rows, says, now).await?;
    let report = plan.report(bad);
    plan.write(&work).await.map_err(stale)?;
    let event = Event::new("customers.imported", by, "customers").fact("file_sha256", sha256);
    work.record(counted(event, &report));
    if report.created + report.updated > 0 {
        work.gate_changed();
    }
    portal.commit(work, now).await?;
    Ok(report)
}

/// The counts of an import as facts of its event.
pub(super) fn counted(event: Event, r: &Report) -> Event {
    event
        .fact("created", r.created)
        .fact("updated", r.updated)
        .fact("unchanged", r.unchanged)
        .fact("bad", r.bad.len())
}

/// A number that was free a moment ago and is taken now was entered meanwhile.
pub(crate) fn stale(e: StoreError) -> Problem {
    if e.is_taken() { Problem::Stale } else { e.into() }
}

/// A row with its contacts checked.
type Row = (CustomerFacts, Vec<Contact>);
type Parsed = (Vec<Placed<Row>>, Says, Vec<BadRow>);

/// What the file says something about. A column that is not there takes nothing away.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "one for each column that a file may leave out")]
struct Says {
    phones: bool,
    domains: bool,
    service_contract: bool,
    hosting: bool,
    professional_secrecy: bool,
    function: bool,
}

impl Says {
    fn of(table: &Table) -> Self {
        Self {
            phones: table.has("phones"),
            domains: table.has("domains"),
            service_contract: table.has("service_contract"),
            hosting: table.has("hosting"),
            professional_secrecy: table.has("professional_secrecy"),
            function: table.has("signatory_function"),
        }
    }
}

fn parse(file: &[u8], now: DateTime<Utc>) -> Result<Parsed, Vec<BadRow>> {
    let table = csv_file::read(file, &CUSTOMER_COLUMNS, CUSTOMER_REQUIRED)?;
    let (mut rows, mut bad) = (Vec::with_capacity(table.rows.len()), Vec::new());
    for line in &table.rows {
        let read = line.cells.as_ref().map_err(Clone::clone).and_then(|r| customer_row(table.cells(r)));
        match read.and_then(|row| checked(row, now)) {
            Ok(row) => rows.push(Placed { line: line.line, row }),
            Err(mistakes) => bad.push(BadRow { line: line.line, mistakes }),
        }
    }
    let rows = without_doubles(rows, "customer_number", |(facts, _)| &facts.number, &mut bad);
    bad.sort_by_key(|row| row.line);
    Ok((rows, Says::of(&table), bad))
}

fn checked(row: CustomerRow, now: DateTime<Utc>) -> Result<Row, Mistakes> {
    let contacts = row.contacts.iter().map(|c| c.check(fresh::id(now)));
    Ok((row.facts, contacts.collect::<Result<_, _>>()?))
}

/// What will be written.
#[derive(Default)]
struct Plan {
    new: Vec<Customer>,
    changed: Vec<Customer>,
    contacts: Vec<(CustomerId, Contact)>,
    /// Contacts that are somebody else from now on.
    replaced: Vec<(CustomerId, Contact)>,
    updated: usize,
    unchanged: usize,
}

/// The contacts before the import.
#[derive(Default)]
struct Known {
    by_address: HashMap<(CustomerId, ContactKind, String), Contact>,
    /// A customer's only privacy contact; `None` where there are several.
    privacy: HashMap<CustomerId, Option<Contact>>,
}

impl Known {
    fn of(all: Vec<(CustomerId, Contact)>) -> Self {
        let mut known = Self::default();
        for (customer, contact) in all {
            if contact.kind == ContactKind::Privacy {
                let only = || Some(contact.clone());
                known.privacy.entry(customer).and_modify(|one| *one = None).or_insert_with(only);
            }
            known.by_address.insert((customer, contact.kind, contact.email.clone()), contact);
        }
        known
    }

    /// Whom a contact of a row takes the place of: a customer has one privacy contact, and the file names it. A
    /// signatory may be one of several, and is added.
    fn before(&self, customer: CustomerId, contact: &Contact) -> Option<&Contact> {
        match contact.kind {
            ContactKind::Privacy => self.privacy.get(&customer)?.as_ref(),
            _ => None,
        }
    }
}

impl Plan {
    async fn make(work: &Work, rows: Vec<Placed<Row>>, says: Says, now: DateTime<Utc>) -> Result<Self> {
        let known = customers::all(work.db()).await?;
        let known: HashMap<String, Customer> =
            known.into_iter().map(|c| (c.facts.number.clone(), c)).collect();
        let contacts = Known::of(contacts::all(work.db()).await?);
        let mut plan = Self::default();
        for Placed { row: (facts, row_contacts), .. } in rows {
            match known.get(&facts.number) {
                Some(old) => plan.update(old, facts, row_contacts, (says, &contacts), now),
                None => plan.create(facts, row_contacts, now),
            }
        }
        Ok(plan)
    }

    fn create(&mut self, facts: CustomerFacts, contacts: Vec<Contact>, now: DateTime<Utc>) {
        let id = fresh::id(now);
        self.contacts.extend(contacts.into_iter().map(|c| (id, c)));
        self.new.push(Customer { id, facts, lock: 0, created_at: now, updated_at: now });
    }

    fn update(
        &mut self,
        old: &Customer,
        facts: CustomerFacts,
        contacts: Vec<Contact>,
        (says, known): (Says, &Known),
        now: DateTime<Utc>,
    ) {
        let facts = kept(facts, &old.facts, says);
        let changed = !differences(&old.facts, &facts).is_empty();
        let before = self.contacts.len() + self.replaced.len();
        for mut contact in contacts {
            let there = known.by_address.get(&(old.id, contact.kind, contact.email.clone()));
            if there.is_none()
                && let Some(former) = known.before(old.id, &contact)
            {
                contact.id = former.id;
                self.replaced.push((old.id, contact));
                continue;
            }
            if let Some(there) = there {
                if !says.function || contact.kind != ContactKind::Signatory {
                    contact.function.clone_from(&there.function);
                }
                contact.id = there.id;
            }
            if there != Some(&contact) {
                self.contacts.push((old.id, contact));
            }
        }
        if changed {
            self.changed.push(Customer { facts, updated_at: now, ..old.clone() });
        }
        if changed || self.contacts.len() + self.replaced.len() > before {
            self.updated += 1;
        } else {
            self.unchanged += 1;
        }
    }

    fn report(&self, bad: Vec<BadRow>) -> Report {
        let (created, updated, unchanged) = (self.new.len(), self.updated, self.unchanged);
        Report { created, updated, unchanged, bad, refused: false }
    }

    async fn write(&self, work: &Work) -> Result<(), StoreError> {
        customers::insert_many(work.db(), &self.new).await?;
        customers::update_many(work.db(), &self.changed).await?;
        for (customer, contact) in &self.replaced {
            contacts::update(work.db(), *customer, contact).await?;
        }
        contacts::upsert_many(work.db(), &self.contacts).await
    }
}

/// Services, representation and register have no column: they stay. So does what the file leaves out.
fn kept(mut facts: CustomerFacts, old: &CustomerFacts, says: Says) -> CustomerFacts {
    facts.services.clone_from(&old.services);
    facts.representation = old.representation;
    facts.register.clone_from(&old.register);
    if !says.phones {
        facts.phones.clone_from(&old.phones);
    }
    if !says.domains {
        facts.domains.clone_from(&old.domains);
    }
    if !says.service_contract {
        facts.service_contract = old.service_contract;
    }
    if !says.hosting {
        facts.hosting = old.hosting;
    }
    if !says.professional_secrecy {
        facts.professional_secrecy = old.professional_secrecy;
    }
    facts
}
