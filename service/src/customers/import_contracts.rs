//! Contracts that were concluded on paper, out of a CSV file, with their scans. They wait for a second person, unless
//! one with the right is named at once.

use super::confirm_paper::confirmed;
use super::csv_file;
use super::import_customers::{counted, stale};
use super::importing::{BadRow, Importer, Placed, Report, without_doubles};
use super::scans::{Scan, Scans};
use crate::people::sessions;
use crate::portal::Portal;
use crate::problem::{Problem, Result, internal};
use crate::{contracts, fresh};
use chrono::{DateTime, Utc};
use domain::audit::{Event, sha256 as sha256_of};
use domain::calendar::berlin_date;
use domain::contract::{Contract, ContractState, Paper};
use domain::import::{CONTRACT_COLUMNS, CONTRACT_REQUIRED, ContractRow, contract_row};
use domain::permission::ContractManager;
use domain::{CustomerId, Mistake, Mistakes};
use std::collections::{HashMap, HashSet};
use store::{Work, customers, documents, users};

/// How contracts are read in.
#[derive(Clone, Debug)]
pub struct Options {
    /// Imports the good rows although others are wrong.
    pub skip_bad: bool,
    /// Who answers for the rows: then they do not wait for anybody.
    pub confirmed_by: Option<ContractManager>,
    /// Where scans are.
    pub scans: Scans,
}

/// The contract manager with this address, to answer for an import on the command line.
///
/// # Errors
/// `not-a-manager` for anybody else, and for who is locked.
pub async fn manager(portal: &Portal, address: &str) -> Result<ContractManager> {
    let address = domain::text::email("confirmed_by", address)?;
    let user = users::by_email(portal.store.read(), &address).await?.filter(|u| !u.locked);
    let manager = user.and_then(|u| sessions::actor(&u).contract_manager());
    manager.ok_or_else(|| Mistake::with("confirmed_by", "not-a-manager", address).into())
}

/// Reads contracts in.
///
/// # Errors
/// `same-person` when the importer is named as the one who confirms; [`Problem::Stale`] when one of the numbers was
/// entered meanwhile. Wrong rows are no error: they stand in the [`Report`].
pub async fn import_contracts(
    portal: &Portal,
    by: &Importer,
    file: Vec<u8>,
    options: &Options,
    now: DateTime<Utc>,
) -> Result<Report> {
    let sha256 = sha256_of(&file);
    let read = tokio::task::spawn_blocking(move || parse(&file, now)).await.map_err(internal)?;
    let (rows, mut bad) = match read {
        Ok(read) => read,
        Err(bad) => return Ok(Report::refusal(bad)),
    };
    let looked = look(rows, &options.scans).await;
    let mut work = portal.begin().await?;
    let rows = known(&work, looked, &mut bad).await?;
    bad.sort_by_key(|row| row.line);
    if !bad.is_empty() && !options.skip_bad {
        work.rollback().await?;
        return Ok(Report::refusal(bad));
    }
    let report = Report { created: rows.len(), bad, ..Report::default() };
    write(&mut work, by, rows, options, now).await?;
    let event = Event::new("contracts.imported", by, "contracts").fact("file_sha256", sha256);
    work.record(counted(event, &report));
    work.gate_changed();
    portal.commit(work, now).await?;
    Ok(report)
}

type Parsed = (Vec<Placed<ContractRow>>, Vec<BadRow>);

fn parse(file: &[u8], now: DateTime<Utc>) -> Result<Parsed, Vec<BadRow>> {
    let table = csv_file::read(file, &CONTRACT_COLUMNS, CONTRACT_REQUIRED)?;
    let (mut rows, mut bad) = (Vec::with_capacity(table.rows.len()), Vec::new());
    for line in &table.rows {
        let read = line.cells.as_ref().map_err(Clone::clone).and_then(|r| contract_row(table.cells(r)));
        match read.and_then(|row| signed_already(row, now)) {
            Ok(row) => rows.push(Placed { line: line.line, row }),
            Err(mistakes) => bad.push(BadRow { line: line.line, mistakes }),
        }
    }
    Ok((without_doubles(rows, "contract_number", |row| &row.contract_number, &mut bad), bad))
}

fn signed_already(row: ContractRow, now: DateTime<Utc>) -> Result<ContractRow, Mistakes> {
    if row.signed_on > berlin_date(now) {
        Err(Mistake::new("signed_on", "date-future").into())
    } else {
        Ok(row)
    }
}

type Looked = (Placed<ContractRow>, Result<Option<Scan>, Mistake>);

/// Looks at the scans, before anything in the database has to wait for it.
async fn look(rows: Vec<Placed<ContractRow>>, scans: &Scans) -> Vec<Looked> {
    let mut looked = Vec::with_capacity(rows.len());
    for placed in rows {
        let scan = scans.look(&placed.row.document).await;
        looked.push((placed, scan));
    }
    looked
}

/// A row with everything that belongs to it.
struct Found {
    row: ContractRow,
    customer: CustomerId,
    scan: Option<Scan>,
}

/// Rows of customers that exist, with numbers that do not, and scans that do.
async fn known(work: &Work, rows: Vec<Looked>, bad: &mut Vec<BadRow>) -> Result<Vec<Found>> {
    let customers: HashMap<String, CustomerId> = customers::ids_by_number(work.db()).await?;
    let numbers: Vec<String> = rows.iter().map(|(r, _)| r.row.contract_number.clone()).collect();
    let taken = store::contracts::existing_numbers(work.db(), &numbers).await?;
    let taken: HashSet<String> = taken.into_iter().collect();
    let mut good = Vec::with_capacity(rows.len());
    for (Placed { line, row }, scan) in rows {
        let mut m = Mistakes::default();
        let customer = customers.get(&row.customer_number).copied();
        if customer.is_none() {
            m.0.push(Mistake::with("customer_number", "customer-unknown", &row.customer_number));
        }
        if taken.contains(&row.contract_number) {
            m.add("contract_number", "contract-number-taken");
        }
        let scan = m.take(scan);
        match m.or(customer.zip(scan)) {
            Ok((customer, scan)) => good.push(Found { row, customer, scan }),
            Err(mistakes) => bad.push(BadRow { line, mistakes }),
        }
    }
    Ok(good)
}

async fn write(
    work: &mut Work,
    by: &Importer,
    rows: Vec<Found>,
    options: &Options,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut all = Vec::with_capacity(rows.len());
    for found in rows {
        let (mut document, mut scan_sha256) = (None, None);
        if let Some(scan) = &found.scan {
            let stored = scan.read(found.customer, fresh::id(now), now).await?;
            document = Some(stored.id);
            scan_sha256 = Some(stored.sha256.clone());
            documents::insert(work.db(), stored).await?;
        }
        let paper = paper(&found.row, by, document, now);
        let contract = contract(found, paper, options.confirmed_by.as_ref(), now)?;
        let event =
            contracts::event("contract.imported", by, contract.id).fact("to", contract.state.name().name());
        let event = match &options.confirmed_by {
            Some(manager) => event.fact("confirmed_by", format!("user:{}", manager.user)),
            None => event,
        };
        work.record(scan_sha256.into_iter().fold(event, |e, sha256| e.fact("scan_sha256", sha256)));
        all.push(contract);
    }
    store::contracts::insert_many(work.db(), &all).await.map_err(stale)
}

fn paper(
    row: &ContractRow,
    by: &Importer,
    document: Option<domain::DocumentId>,
    now: DateTime<Utc>,
) -> Paper {
    Paper {
        services: row.services.clone(),
        signed_on: row.signed_on,
        effective_from: row.effective_from,
        effective_until: row.effective_until,
        signatory_name: row.signatory_name.clone(),
        signatory_function: row.signatory_function.clone(),
        text_version: row.text_version.clone(),
        document,
        entered_by: by.user(),
        at: now,
    }
}

fn contract(
    found: Found,
    paper: Paper,
    confirmed_by: Option<&ContractManager>,
    now: DateTime<Utc>,
) -> Result<Contract, Problem> {
    let state = match confirmed_by {
        Some(manager) => confirmed(paper, manager.user, now)?,
        None => ContractState::PaperUnconfirmed(paper),
    };
    Ok(Contract {
        id: fresh::id(now),
        customer: found.customer,
        number: found.row.contract_number,
        version: 1,
        state,
        lock: 0,
        created_at: now,
        updated_at: now,
    })
}
