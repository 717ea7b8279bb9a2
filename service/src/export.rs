//! Data as files for programs and authorities. Who took how much of what is recorded in the audit chain.

use crate::audit::{HeadLine, Item};
use crate::customers::csv_file;
use crate::portal::Portal;
use crate::problem::{Result, internal};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::audit::{Entry, Event};
use domain::permission::Staff;
use std::collections::HashMap;
use std::fmt;
use store::audit_heads::Head;
use store::decisions::Decision;
use store::{Connection, audit, audit_heads, customers, decisions};

/// Who takes data out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exporter {
    /// In the browser.
    Staff(Staff),
    /// On the command line.
    Command,
}

/// As the audit chain names them.
impl fmt::Display for Exporter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Staff(s) => write!(f, "user:{}", s.user),
            Self::Command => f.write_str("command"),
        }
    }
}

/// In which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A header row and a row each.
    Csv,
    /// A list of objects with the same names and texts.
    Json,
}

impl Format {
    /// `csv` or `json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// Writes a table in this form.
    ///
    /// # Errors
    /// None in practice: it is written to memory.
    pub fn write(self, header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>> {
        if self == Self::Csv {
            return csv_file::write(header, rows);
        }
        let object = |row: Vec<String>| {
            let pairs = header.iter().map(|h| (*h).to_string()).zip(row.into_iter().map(Into::into));
            serde_json::Value::Object(pairs.collect())
        };
        let all: Vec<_> = rows.into_iter().map(object).collect();
        let mut file = serde_json::to_vec_pretty(&all).map_err(internal)?;
        file.push(b'\n');
        Ok(file)
    }
}

/// The event of an export.
pub(crate) fn recorded(what: &str, by: &Exporter, format: Format, rows: usize) -> Event {
    Event::new(&format!("{what}.exported"), by, what).fact("rows", rows).fact("format", format.name())
}

/// Puts an export into the chain when its file is made and before anybody gets it: reading a million rows holds up
/// nobody who writes.
pub(crate) async fn record(portal: &Portal, event: Event, now: DateTime<Utc>) -> Result<()> {
    let mut work = portal.begin().await?;
    work.record(event);
    portal.commit(work, now).await
}

/// Rows that are read at once.
const CHUNK: u64 = 1000;

const DECISION_COLUMNS: [&str; 15] = [
    "evaluation_id",
    "evaluated_at",
    "asked_by",
    "subject_type",
    "subject",
    "action",
    "tool",
    "customer_number",
    "ticket",
    "channel",
    "outcome",
    "reasons",
    "contract_id",
    "valid_until",
    "customer_id",
];

/// All answers of the gate, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn decisions(
    portal: &Portal,
    by: &Exporter,
    format: Format,
    now: DateTime<Utc>,
) -> Result<Vec<u8>> {
    portal.file_all_records(now).await?;
    let snapshot = portal.store.snapshot().await?;
    let numbers = customers::ids_by_number(snapshot.db()).await?;
    let numbers: HashMap<_, _> = numbers.into_iter().map(|(number, id)| (id, number)).collect();
    let mut rows = Vec::new();
    let mut last = None;
    loop {
        let page = decisions::before(snapshot.db(), last, CHUNK).await?;
        let Some(end) = page.last() else { break };
        last = Some((end.at, end.id));
        rows.extend(page.into_iter().map(|d| {
            let number = d.customer.and_then(|c| numbers.get(&c)).cloned().unwrap_or_default();
            decision_cells(d, number)
        }));
    }
    snapshot.end().await?;
    let event = recorded("decisions", by, format, rows.len());
    let file = format.write(&DECISION_COLUMNS, rows)?;
    record(portal, event, now).await?;
    Ok(file)
}

fn decision_cells(d: Decision, number: String) -> Vec<String> {
    vec![
        d.id.to_string(),
        exact(d.at),
        d.asked_by,
        d.subject_type,
        d.subject,
        d.action,
        d.tool,
        number,
        d.ticket,
        d.channel,
        d.outcome,
        d.reasons.join(" "),
        d.contract.map(|c| c.to_string()).unwrap_or_default(),
        d.valid_until.map(exact).unwrap_or_default(),
        d.customer.map(|c| c.to_string()).unwrap_or_default(),
    ]
}

const AUDIT_COLUMNS: [&str; 5] = ["seq", "at", "body", "prev", "hash"];

/// The audit chain in its order, up to now. `body` is the text that was hashed, sign by sign. In JSON each head of the
/// tree stands behind the last entry that it vouches for; a table has no room for heads.
///
/// # Errors
/// When the database fails.
pub async fn audit(portal: &Portal, by: &Exporter, format: Format, now: DateTime<Utc>) -> Result<Vec<u8>> {
    let snapshot = portal.store.snapshot().await?;
    let mut entries: Vec<Entry> = Vec::new();
    loop {
        let after = entries.last().map_or(0, |e| e.seq);
        let page = audit::after(snapshot.db(), after, CHUNK).await?;
        if page.is_empty() {
            break;
        }
        entries.extend(page);
    }
    let heads = heads(snapshot.db()).await?;
    snapshot.end().await?;
    let event = recorded("audit", by, format, entries.len());
    let file = match format {
        Format::Json => serde_json::to_vec(&items(entries, heads)).map_err(internal)?,
        Format::Csv => {
            let cells = |e: Entry| vec![e.seq.to_string(), exact(e.at), e.body, e.prev, e.hash];
            format.write(&AUDIT_COLUMNS, entries.into_iter().map(cells))?
        }
    };
    record(portal, event, now).await?;
    Ok(file)
}

async fn heads(db: &impl Connection) -> Result<Vec<Head>> {
    let mut heads: Vec<Head> = Vec::new();
    loop {
        let after = heads.last().map_or(0, |h| h.number);
        let page = audit_heads::after(db, after, CHUNK).await?;
        if page.is_empty() {
            return Ok(heads);
        }
        heads.extend(page);
    }
}

fn items(entries: Vec<Entry>, heads: Vec<Head>) -> Vec<Item> {
    let mut heads = heads.into_iter().peekable();
    let mut all = Vec::with_capacity(entries.len());
    for entry in entries {
        let size = u64::try_from(entry.seq).unwrap_or_default();
        all.push(Item::Entry(entry.into()));
        while let Some(head) = heads.next_if(|h| h.head.size <= size) {
            all.push(Item::Head { head: HeadLine::from(head) });
        }
    }
    // Heads over entries that are not there: whoever checks the export shall see them.
    all.extend(heads.map(|head| Item::Head { head: HeadLine::from(head) }));
    all
}

fn exact(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}
