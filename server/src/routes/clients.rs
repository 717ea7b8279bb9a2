//! For admins: the API clients and their keys.

use crate::edge::{Answer, Visit};
use crate::form::Fields;
use crate::render;
use crate::router::{Route, get, post};
use app::pages::client::{self, ClientView, KeyRow};
use app::pages::clients::{self, ClientKeyView, ClientRow, ClientsView, NewClientView};
use axum::extract::Path;
use domain::permission::{Access, Actor, StaffRole};
use domain::{ClientId, Mistakes};
use service::Problem;
use service::people::client_keys::{self, ClientKey};
use service::people::clients::{self as programs, Client, Limits, NewClient, SCOPES};

const ADMINS: Access = Access::Staff(&[StaffRole::Admin]);

/// The routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/{lang}/clients", ADMINS, list),
        get("/{lang}/clients/new", ADMINS, new_page),
        post("/{lang}/clients/new", ADMINS, create),
        post("/{lang}/clients/revoke", ADMINS, revoke),
        get("/{lang}/clients/{client}", ADMINS, page),
        post("/{lang}/clients/{client}/limits", ADMINS, limit),
        post("/{lang}/clients/{client}/keys", ADMINS, add_key),
        post("/{lang}/clients/{client}/keys/{key}/revoke", ADMINS, revoke_key),
    ]
}

async fn list(visit: Visit) -> Answer {
    let admin = visit.narrowed(Actor::admin)?;
    let all = programs::list(visit.portal(), &admin).await?;
    let keys = client_keys::list(visit.portal(), &admin).await?;
    let clients = all.into_iter().map(|c| row(c, &keys)).collect();
    let view = ClientsView { clients, now: visit.now };
    Ok(render::page(clients::render(render::shell(&visit), view)))
}

fn row(c: Client, keys: &[ClientKey]) -> ClientRow {
    let own = || keys.iter().filter(|k| k.client == c.id);
    ClientRow {
        keys: own().filter(|k| k.revoked_at.is_none()).map(|k| k.name.clone()).collect(),
        last_used_at: own().filter_map(|k| k.last_used_at).max(),
        id: c.id.to_string(),
        name: c.name,
        scopes: c.scopes,
        expires_at: c.expires_at,
        revoked_at: c.revoked_at,
    }
}

fn all_scopes() -> Vec<String> {
    SCOPES.map(String::from).to_vec()
}

async fn new_page(visit: Visit) -> Answer {
    let view = NewClientView { all_scopes: all_scopes(), ..NewClientView::default() };
    Ok(render::page(clients::render_new(render::shell(&visit), view)))
}

/// Answers with the key itself: it is seen this once, and an address to come back to would be a second time.
async fn create(visit: Visit, fields: Fields) -> Answer {
    let admin = visit.narrowed(Actor::admin)?;
    let made = match read(&fields, &visit) {
        Ok(new) => programs::create(visit.portal(), &admin.into(), &new, visit.now).await,
        Err(mistakes) => Err(mistakes.into()),
    };
    match made {
        Ok((client, key)) => Ok(key_page(&visit, client, key.text())),
        Err(Problem::Mistakes(mistakes)) => {
            let view = NewClientView {
                name: fields.text("name"),
                scopes: fields.all("scopes"),
                all_scopes: all_scopes(),
                expires_on: fields.text("expires_on"),
                networks: fields.text("networks"),
                per_minute: fields.text("per_minute"),
                mistakes,
            };
            Ok(render::again(clients::render_new(render::shell(&visit), view)))
        }
        Err(problem) => Err(problem.into()),
    }
}

fn read(fields: &Fields, visit: &Visit) -> Result<NewClient, Mistakes> {
    let scopes = fields.all("scopes");
    let new = NewClient::parse(fields.get("name"), &scopes, fields.get("expires_on"), visit.now);
    match (new, limits(fields)) {
        (Ok(new), Ok(limits)) => Ok(new.limited(limits)),
        (new, limits) => {
            let mistakes = [new.err(), limits.err()].into_iter().flatten().flat_map(|m| m.0);
            Err(Mistakes(mistakes.collect()))
        }
    }
}

fn limits(fields: &Fields) -> Result<Limits, Mistakes> {
    Limits::parse(fields.get("networks"), fields.get("per_minute"))
}

fn key_page(visit: &Visit, client: Client, key: &str) -> axum::response::Response {
    let view = ClientKeyView { name: client.name, key: key.into(), scopes: client.scopes };
    render::page(clients::render_key(render::shell(visit), view))
}

async fn revoke(visit: Visit, fields: Fields) -> Answer {
    let admin = visit.narrowed(Actor::admin)?;
    programs::revoke(visit.portal(), &admin.into(), fields.get("name"), visit.now).await?;
    Ok(visit.go_saying("/clients", "client-revoked"))
}

async fn page(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let view = view(&visit, &id).await?;
    Ok(render::page(client::render(render::shell(&visit), view)))
}

async fn view(visit: &Visit, id: &str) -> Result<ClientView, Problem> {
    let admin = visit.actor.as_ref().and_then(Actor::admin).ok_or(Problem::Missing)?;
    let c = programs::one(visit.portal(), &admin, parsed(id)?).await?;
    let keys = client_keys::list(visit.portal(), &admin).await?.into_iter();
    let networks: Vec<_> = c.networks.iter().map(ToString::to_string).collect();
    Ok(ClientView {
        id: c.id.to_string(),
        name: c.name,
        scopes: c.scopes,
        created_at: c.created_at,
        expires_at: c.expires_at,
        revoked_at: c.revoked_at,
        networks: networks.join(" "),
        per_minute: c.per_minute.map(|n| n.to_string()).unwrap_or_default(),
        keys: keys.filter(|k| k.client == c.id).map(key_row).collect(),
        now: visit.now,
        mistakes: Mistakes::default(),
    })
}

fn parsed(id: &str) -> Result<ClientId, Problem> {
    id.parse().map_err(|_| Problem::Missing)
}

fn key_row(k: ClientKey) -> KeyRow {
    KeyRow {
        id: k.id.to_string(),
        name: k.name,
        created_at: k.created_at,
        revoked_at: k.revoked_at,
        last_used_at: k.last_used_at,
    }
}

async fn limit(visit: Visit, Path((_, id)): Path<(String, String)>, fields: Fields) -> Answer {
    let admin = visit.narrowed(Actor::admin)?;
    let done = match limits(&fields) {
        Ok(wanted) => programs::limit(visit.portal(), &admin.into(), parsed(&id)?, &wanted, visit.now).await,
        Err(mistakes) => Err(mistakes.into()),
    };
    match done {
        Ok(()) => Ok(visit.go_saying(&format!("/clients/{id}"), "client-limited")),
        Err(Problem::Mistakes(mistakes)) => {
            let view = ClientView {
                networks: fields.text("networks"),
                per_minute: fields.text("per_minute"),
                mistakes,
                ..view(&visit, &id).await?
            };
            Ok(render::again(client::render(render::shell(&visit), view)))
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn add_key(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let admin = visit.narrowed(Actor::admin)?;
    let client = programs::one(visit.portal(), &admin, parsed(&id)?).await?;
    match client_keys::add(visit.portal(), &admin.into(), client.id, visit.now).await {
        Ok(key) => Ok(key_page(&visit, client, key.text())),
        Err(Problem::Mistakes(mistakes)) => {
            let view = ClientView { mistakes, ..view(&visit, &id).await? };
            let html = client::render(render::shell(&visit), view);
            Ok(render::again(html))
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn revoke_key(visit: Visit, Path((_, id, key)): Path<(String, String, String)>) -> Answer {
    let admin = visit.narrowed(Actor::admin)?;
    let key = key.parse().map_err(|_| Problem::Missing)?;
    client_keys::revoke(visit.portal(), &admin.into(), parsed(&id)?, key, visit.now).await?;
    Ok(visit.go_saying(&format!("/clients/{id}"), "client-key-revoked"))
}
