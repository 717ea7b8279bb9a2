//! API clients: programs that ask the gate. A key is shown once; its hash is kept. The gate knows which programs
//! exist, so making and revoking one changes its facts. Keys of a client: [`super::client_keys`].

use super::Authority;
use super::client_keys;
use super::invite::maybe_date;
use crate::fresh;
use crate::portal::Portal;
use crate::problem::{Problem, Result, taken};
use chrono::{DateTime, NaiveDate, Utc};
use domain::api_key::ApiKey;
use domain::audit::Event;
use domain::network::Network;
use domain::permission::Admin;
use domain::{ClientId, Mistake, Mistakes, calendar, text};
use store::clients;

pub use store::clients::Client;

/// What a client may do.
pub const SCOPES: [&str; 5] = ["evaluate", "search", "sessions", "intake", "events"];

/// A new client, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewClient {
    /// Name, unique; the id of the `automation` or `integration` in questions.
    pub name: String,
    /// At least one of [`SCOPES`].
    pub scopes: Vec<String>,
    /// Last day on which it counts.
    pub expires_on: Option<NaiveDate>,
    /// From where and how often it may ask.
    pub limits: Limits,
}

/// From where and how often a client may ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// From where; from everywhere when there is none.
    pub networks: Vec<Network>,
    /// How often; as usual when nothing is said.
    pub per_minute: Option<u32>,
}

impl Limits {
    /// Reads typed text; fields are `networks` and `per_minute` (both may be empty).
    ///
    /// # Errors
    /// All mistakes.
    pub fn parse(networks: &str, per_minute: &str) -> Result<Self, Mistakes> {
        let mut mistakes = Mistakes::default();
        let networks =
            Network::parse_all(networks).map_err(|wrong| Mistake::with("networks", "network", wrong));
        let networks = mistakes.take(networks);
        let per_minute = match per_minute.trim() {
            "" => Some(None),
            n => mistakes.take(quota(n)).map(Some),
        };
        mistakes.or(networks.zip(per_minute).map(|(networks, per_minute)| Self { networks, per_minute }))
    }
}

fn quota(typed: &str) -> Result<u32, Mistake> {
    let number = typed.parse().ok().filter(|n| *n > 0);
    number.ok_or_else(|| Mistake::with("per_minute", "per-minute", typed))
}

impl NewClient {
    /// Reads typed text; fields are `name`, `scopes`, `expires_on` (may be empty).
    ///
    /// # Errors
    /// All mistakes.
    pub fn parse(
        name: &str,
        scopes: &[String],
        expires_on: &str,
        now: DateTime<Utc>,
    ) -> Result<Self, Mistakes> {
        let mut mistakes = Mistakes::default();
        let name = mistakes.take(client_name(name));
        for scope in scopes.iter().filter(|s| !SCOPES.contains(&s.as_str())) {
            mistakes.0.push(Mistake::with("scopes", "choice", scope));
        }
        if scopes.is_empty() {
            mistakes.add("scopes", "choose-one");
        }
        let expires_on = mistakes.take(maybe_date("expires_on", expires_on));
        if expires_on.flatten().is_some_and(|day| day < calendar::berlin_date(now)) {
            mistakes.add("expires_on", "date-past");
        }
        // In the order of the list, each once.
        let scopes =
            SCOPES.iter().filter(|s| scopes.iter().any(|g| g == *s)).map(|s| (*s).to_string()).collect();
        mistakes.or(name.zip(expires_on).map(|(name, expires_on)| Self {
            name,
            scopes,
            expires_on,
            limits: Limits::default(),
        }))
    }

    /// The same with limits.
    #[must_use]
    pub fn limited(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }
}

/// Letters, digits and `-_.`: it stands in questions, tickets and logs.
fn client_name(value: &str) -> Result<String, Mistake> {
    let name = text::line("name", value, 60)?.to_lowercase();
    let good = name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    if good { Ok(name) } else { Err(Mistake::with("name", "client-name", name)) }
}

/// Makes a client with its first key; gives the key this once.
///
/// # Errors
/// `client-name-taken` (a revoked one keeps its name: the records refer to it).
pub async fn create(
    portal: &Portal,
    by: &Authority,
    new: &NewClient,
    now: DateTime<Utc>,
) -> Result<(Client, ApiKey)> {
    let client = Client {
        id: fresh::id::<ClientId>(now),
        name: new.name.clone(),
        scopes: new.scopes.clone(),
        networks: new.limits.networks.clone(),
        per_minute: new.limits.per_minute,
        expires_at: new.expires_on.map(calendar::end_of_day),
        revoked_at: None,
        created_at: now,
    };
    let mut work = portal.begin().await?;
    let inserted = clients::insert(work.db(), &client).await;
    inserted.map_err(taken("name", "client-name-taken"))?;
    let key = client_keys::insert(&work, client.id, now).await?;
    let event = Event::new("client.added", by.actor(), format!("client:{}", client.id));
    work.record(event.fact("scopes", client.scopes.join(" ")));
    work.gate_changed();
    portal.commit(work, now).await?;
    Ok((client, key))
}

/// The hash under which a key is kept: of the whole key, as it stands after `Bearer`.
pub fn key_hash(key: &ApiKey) -> String {
    fresh::hash(key.text())
}

/// Changes from where and how often a client may ask.
///
/// # Errors
/// [`Problem::Missing`] when there is none that counts.
pub async fn limit(
    portal: &Portal,
    by: &Authority,
    id: ClientId,
    limits: &Limits,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut work = portal.begin().await?;
    if !clients::limit(work.db(), id, &limits.networks, limits.per_minute).await? {
        work.rollback().await?;
        return Err(Problem::Missing);
    }
    let event = Event::new("client.limited", by.actor(), format!("client:{id}"));
    let event = event.fact("networks", limits.networks.len());
    work.record(event.fact("per_minute", limits.per_minute.map_or(String::new(), |n| n.to_string())));
    work.gate_changed();
    portal.commit(work, now).await
}

/// All clients, by name.
///
/// # Errors
/// Database errors.
pub async fn list(portal: &Portal, _: &Admin) -> Result<Vec<Client>> {
    all(portal).await
}

/// The same at the command line.
///
/// # Errors
/// Database errors.
pub async fn all(portal: &Portal) -> Result<Vec<Client>> {
    Ok(clients::all(portal.store.read()).await?)
}

/// One client, revoked or not.
///
/// # Errors
/// [`Problem::Missing`] when there is none.
pub async fn one(portal: &Portal, _: &Admin, id: ClientId) -> Result<Client> {
    clients::find(portal.store.read(), id).await?.ok_or(Problem::Missing)
}

/// Revokes a client by name: its next question is answered 401.
///
/// # Errors
/// [`Problem::Missing`] when there is none of this name that counts.
pub async fn revoke(portal: &Portal, by: &Authority, name: &str, now: DateTime<Utc>) -> Result<()> {
    let mut work = portal.begin().await?;
    let known = clients::all(work.db()).await?.into_iter().find(|c| c.name == name);
    let Some(client) = known.filter(|c| c.revoked_at.is_none()) else {
        work.rollback().await?;
        return Err(Problem::Missing);
    };
    clients::revoke(work.db(), name, now).await?;
    work.record(Event::new("client.revoked", by.actor(), format!("client:{}", client.id)));
    work.gate_changed();
    portal.commit(work, now).await
}
