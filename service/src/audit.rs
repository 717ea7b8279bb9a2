//! The audit chain: checked whole, read by pages, told as the story of one subject. Persons stand in it by id; their
//! names are looked up at reading time, so that an erased person leaves the chain provable and nameless.

pub mod alarm;
pub mod head;
pub mod letter;
pub mod proof;

mod exported;
mod nodes;
mod report;
mod verify;

pub(crate) use exported::Item;
pub use exported::{HeadLine, Line, verify_export};
pub use report::{Heads, Report, in_words};
pub use verify::{continues, verify, verify_with};

use crate::portal::Portal;
use crate::problem::{Result, internal};
use chrono::{DateTime, Utc};
use domain::audit::Entry;
use domain::{ClientId, UserId};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use store::{audit, clients, users};

/// Who did something, as far as it is still known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// A person by name.
    Person(String),
    /// A program by name.
    Program(String),
    /// The portal itself, on time.
    Portal,
    /// Somebody at the command line.
    Command,
    /// Somebody whose account is gone.
    Gone,
}

/// An entry for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// Place in the chain.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Stable dotted name.
    pub kind: String,
    /// Who, as it stands in the chain: `user:<id>`.
    pub actor: String,
    /// Who, by name.
    pub who: Who,
    /// What it was done to: `contract:<id>`.
    pub subject: String,
    /// Facts.
    pub facts: BTreeMap<String, String>,
    /// Hash of the entry.
    pub hash: String,
}

impl Happening {
    /// The account that did it.
    pub fn user(&self) -> Option<UserId> {
        self.actor.strip_prefix("user:")?.parse().ok()
    }
}

/// A page of the newest entries, and how many there are in all.
///
/// # Errors
/// When the database fails or an entry cannot be read.
pub async fn page(portal: &Portal, offset: u64, limit: u64) -> Result<(Vec<Happening>, u64)> {
    let db = portal.store.read();
    let total = audit::last(db).await?.map_or(0, |e| u64::try_from(e.seq).unwrap_or_default());
    let entries = audit::newest(db, offset, limit).await?;
    Ok((moments(portal, entries).await?, total))
}

/// What happened to one subject (`contract:<id>`), in order.
///
/// # Errors
/// When the database fails or an entry cannot be read.
pub async fn timeline(portal: &Portal, subject: &str) -> Result<Vec<Happening>> {
    let entries = audit::about(portal.store.read(), subject).await?;
    moments(portal, entries).await
}

#[derive(Deserialize)]
struct Body {
    kind: String,
    actor: String,
    subject: String,
    facts: BTreeMap<String, String>,
}

async fn moments(portal: &Portal, entries: Vec<Entry>) -> Result<Vec<Happening>> {
    let mut read = Vec::with_capacity(entries.len());
    for e in entries {
        let body: Body = serde_json::from_str(&e.body).map_err(internal)?;
        read.push((e, body));
    }
    let names = names(portal, read.iter().map(|(_, b)| b.actor.as_str())).await?;
    let moment = |(e, b): (Entry, Body)| Happening {
        seq: e.seq,
        at: e.at,
        who: who(&b.actor, &names),
        actor: b.actor,
        kind: b.kind,
        subject: b.subject,
        facts: b.facts,
        hash: e.hash,
    };
    Ok(read.into_iter().map(moment).collect())
}

fn who(actor: &str, names: &HashMap<String, String>) -> Who {
    let name = || names.get(actor).cloned();
    match actor.split_once(':') {
        Some(("user", _)) => name().map_or(Who::Gone, Who::Person),
        Some(("client", id)) => Who::Program(name().unwrap_or_else(|| id.into())),
        _ if actor == "command" => Who::Command,
        _ => Who::Portal,
    }
}

async fn names<'a>(
    portal: &Portal,
    actors: impl Iterator<Item = &'a str>,
) -> Result<HashMap<String, String>> {
    let (mut people, mut programs): (Vec<UserId>, Vec<ClientId>) = (Vec::new(), Vec::new());
    for actor in actors {
        match actor.split_once(':') {
            Some(("user", id)) => people.extend(id.parse::<UserId>()),
            Some(("client", id)) => programs.extend(id.parse::<ClientId>()),
            _ => {}
        }
    }
    people.sort();
    people.dedup();
    let db = portal.store.read();
    let found = users::by_ids(db, &people).await?.into_iter();
    let mut names: HashMap<String, String> = found.map(|u| (format!("user:{}", u.id), u.name)).collect();
    if !programs.is_empty() {
        let all = clients::all(db).await?.into_iter();
        names.extend(all.map(|c| (format!("client:{}", c.id), c.name)));
    }
    Ok(names)
}
