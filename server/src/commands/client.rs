//! `client`: programs, their keys, and the keys that sign their tokens, from the terminal.

use super::Outcome;
use super::admin::refused;
use crate::start::StartError;
use crate::state::App;
use clap::Subcommand;
use service::Problem;
use service::people::Authority;
use service::people::client_keys::{self, ClientKey};
use service::people::clients::{self, Limits, NewClient};
use service::store::clients::Client as Stored;

/// API clients.
#[derive(Debug, Subcommand)]
pub enum Client {
    /// Makes a client and prints its key, once.
    Create {
        /// Name.
        #[arg(long)]
        name: String,
        /// evaluate, search, sessions, intake, events; separated by commas.
        #[arg(long, value_delimiter = ',', required = true)]
        scope: Vec<String>,
        /// Last day, YYYY-MM-DD.
        #[arg(long, default_value = "")]
        expires: String,
        /// Addresses and networks (192.0.2.0/24) from which it may ask, separated by commas; without, from everywhere.
        #[arg(long, default_value = "")]
        network: String,
        /// Questions a minute; without, 6000.
        #[arg(long, default_value = "")]
        per_minute: String,
    },
    /// Lists the clients and their keys.
    List {
        /// Answers as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Revokes a client by its name.
    Revoke {
        /// Name.
        name: String,
    },
    /// Makes a second key and prints it, once: enter it in the program, then revoke the first.
    AddKey {
        /// Name of the client.
        name: String,
    },
    /// Revokes one key of a client.
    RevokeKey {
        /// Name of the client.
        name: String,
        /// The eight signs behind `avp_`.
        key: String,
    },
    /// Exchanges the keys that sign access tokens and clearances.
    RotateKeys {
        /// The present keys are known to somebody else: nothing that they signed counts any more.
        #[arg(long)]
        stolen: bool,
    },
}

/// Runs `client`.
pub async fn run(app: &App, command: Client) -> Result<Outcome, StartError> {
    let (portal, now, by) = (&app.portal, app.now(), Authority::Operator);
    let done = match command {
        Client::Create { name, scope, expires, network, per_minute } => {
            create(app, &name, &scope, &expires, (&network, &per_minute)).await
        }
        Client::List { json } => list(app, json).await,
        Client::Revoke { name } => clients::revoke(portal, &by, &name, now).await,
        Client::AddKey { name } => match named(app, &name).await {
            Ok(c) => client_keys::add(portal, &by, c.id, now).await.map(|key| println!("{}", key.text())),
            Err(problem) => Err(problem),
        },
        Client::RevokeKey { name, key } => revoke_key(app, &name, &key).await,
        Client::RotateKeys { stolen } => {
            service::signing::exchange(portal, &by, stolen, now).await.map(|kid| println!("{kid}"))
        }
    };
    Ok(match done {
        Ok(()) => Outcome::Done,
        Err(problem) => refused(&problem),
    })
}

async fn create(
    app: &App,
    name: &str,
    scope: &[String],
    expires: &str,
    (network, per_minute): (&str, &str),
) -> Result<(), Problem> {
    let new = NewClient::parse(name, scope, expires, app.now())?.limited(Limits::parse(network, per_minute)?);
    let (_, key) = clients::create(&app.portal, &Authority::Operator, &new, app.now()).await?;
    println!("{}", key.text());
    Ok(())
}

async fn named(app: &App, name: &str) -> Result<Stored, Problem> {
    clients::all(&app.portal).await?.into_iter().find(|c| c.name == name).ok_or(Problem::Missing)
}

async fn revoke_key(app: &App, name: &str, key: &str) -> Result<(), Problem> {
    let client = named(app, name).await?;
    let keys = client_keys::all(&app.portal).await?;
    let key = keys.iter().find(|k| k.client == client.id && k.name == key && k.revoked_at.is_none());
    let key = key.ok_or(Problem::Missing)?;
    client_keys::revoke(&app.portal, &Authority::Operator, client.id, key.id, app.now()).await
}

async fn list(app: &App, json: bool) -> Result<(), Problem> {
    let (all, keys) = (clients::all(&app.portal).await?, client_keys::all(&app.portal).await?);
    let of = |c: &Stored| keys.iter().filter(|k| k.client == c.id).cloned().collect::<Vec<_>>();
    match json {
        true => {
            println!("{}", all.iter().map(|c| as_json(c, &of(c))).collect::<serde_json::Value>());
        }
        false => all.iter().for_each(|c| show(c, &of(c))),
    }
    Ok(())
}

fn show(c: &Stored, keys: &[ClientKey]) {
    let state = match (c.revoked_at, c.expires_at) {
        (Some(at), _) => format!("revoked {at}"),
        (None, Some(at)) => format!("expires {at}"),
        (None, None) => "active".into(),
    };
    println!("{:<24} {:<40} {state}", c.name, c.scopes.join(","));
    for k in keys {
        let used = k.last_used_at.map_or("never used".into(), |at| format!("last used {at}"));
        let state = k.revoked_at.map_or(used, |at| format!("revoked {at}"));
        println!("    avp_{}_…  made {}  {state}", k.name, k.created_at);
    }
}

fn as_json(c: &Stored, keys: &[ClientKey]) -> serde_json::Value {
    let key = |k: &ClientKey| {
        serde_json::json!({
            "key": k.name, "created_at": k.created_at, "revoked_at": k.revoked_at, "last_used_at": k.last_used_at,
        })
    };
    serde_json::json!({
        "name": c.name,
        "scopes": c.scopes,
        "networks": c.networks.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "per_minute": c.per_minute,
        "created_at": c.created_at,
        "expires_at": c.expires_at,
        "revoked_at": c.revoked_at,
        "keys": keys.iter().map(key).collect::<Vec<_>>(),
    })
}
