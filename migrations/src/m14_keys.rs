//! Programs and their keys: several keys a client, from where and how often it may ask; the keys that sign tokens;
//! answers that are kept so that a repeated request gets them again.

use crate::columns::{
    bytes, code, drop_all, id, index, maybe_bytes, maybe_text, maybe_time, reference, table, text, time,
};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &[&str] = &["client_keys", "signing_keys", "idempotency_keys"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        client_keys(m).await?;
        // The private half is locked with a key that is not in the database.
        let columns = vec![
            code("kid"),
            text("public_jwk"),
            bytes("private_locked"),
            time("signs_from"),
            time("signs_until"),
            time("counts_until"),
            time("created_at"),
        ];
        m.create_table(table("signing_keys", &["kid"], columns)).await?;
        // Without an answer: the first request is still under way, or its end is not known.
        let columns = vec![
            id("client_id"),
            text("key"),
            text("request_hash"),
            ColumnDef::new(Alias::new("status")).integer().null().to_owned(),
            maybe_text("content_type"),
            maybe_text("location"),
            maybe_bytes("body"),
            time("created_at"),
        ];
        let mut answers = table("idempotency_keys", &["client_id", "key"], columns);
        reference(&mut answers, "client_id", "clients");
        m.create_table(answers).await?;
        m.create_index(index("idempotency_keys", &["created_at"], false)).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in ["networks", "per_minute"] {
            let mut clients = Table::alter();
            clients.table(Alias::new("clients")).drop_column(Alias::new(column));
            m.alter_table(clients).await?;
        }
        for column in ["key_prefix", "key_hash"] {
            let mut column = ColumnDef::new(Alias::new(column));
            column.text().null();
            m.alter_table(Table::alter().table(Alias::new("clients")).add_column(column).to_owned()).await?;
        }
        m.alter_table(
            Table::alter().table(Alias::new("clients")).add_column(maybe_time("last_used_at")).to_owned(),
        )
        .await?;
        m.create_index(index("clients", &["key_hash"], true)).await?;
        drop_all(m, TABLES).await
    }
}

/// The one key of a client becomes the first of its keys. Keys of before 0.1.0 have no checksum and open nothing any
/// more; they stay in the list, so that somebody sees which programs need a new one.
async fn client_keys(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        id("id"),
        id("client_id"),
        code("name"),
        text("hash"),
        time("created_at"),
        maybe_time("revoked_at"),
        maybe_time("last_used_at"),
    ];
    let mut keys = table("client_keys", &["id"], columns);
    reference(&mut keys, "client_id", "clients");
    m.create_table(keys).await?;
    m.create_index(index("client_keys", &["hash"], true)).await?;
    m.create_index(index("client_keys", &["client_id"], false)).await?;
    let copy = "INSERT INTO client_keys (id, client_id, name, hash, created_at, revoked_at, last_used_at) \
                SELECT id, id, key_prefix, key_hash, created_at, revoked_at, last_used_at FROM clients";
    m.get_connection().execute_unprepared(copy).await?;
    m.drop_index(Index::drop().name("ux_clients_key_hash").table(Alias::new("clients")).to_owned()).await?;
    for column in ["key_prefix", "key_hash", "last_used_at"] {
        let mut clients = Table::alter();
        clients.table(Alias::new("clients")).drop_column(Alias::new(column));
        m.alter_table(clients).await?;
    }
    let per_minute = ColumnDef::new(Alias::new("per_minute")).big_integer().null().to_owned();
    for column in [maybe_text("networks"), per_minute] {
        m.alter_table(Table::alter().table(Alias::new("clients")).add_column(column).to_owned()).await?;
    }
    Ok(())
}
