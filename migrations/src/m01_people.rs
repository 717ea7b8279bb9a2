//! People with a log-in, their roles, links, sessions, failed log-ins, and API clients.

use crate::columns::{
    code, drop_all, flag, id, index, maybe_date, maybe_text, maybe_time, number, reference, table, text, time,
};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &[&str] = &["users", "staff_roles", "links", "sessions", "login_failures", "clients"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(table(
            "users",
            &["id"],
            vec![
                id("id"),
                text("email"),
                text("name"),
                code("language"),
                flag("locked"),
                maybe_text("password_hash"),
                maybe_date("confidentiality_on"),
                maybe_date("training_until"),
                time("created_at"),
                number("lock"),
            ],
        ))
        .await?;
        m.create_index(index("users", &["email"], true)).await?;

        let mut t = table("staff_roles", &["user_id", "role"], vec![id("user_id"), code("role")]);
        reference(&mut t, "user_id", "users");
        m.create_table(t).await?;

        links_and_sessions(m).await?;

        // `who` is a keyed hash of an address or a network: throttling needs no personal data.
        m.create_table(table("login_failures", &["id"], vec![id("id"), text("who"), time("at")])).await?;
        m.create_index(index("login_failures", &["who", "at"], false)).await?;

        m.create_table(table(
            "clients",
            &["id"],
            vec![
                id("id"),
                text("name"),
                text("key_prefix"),
                text("key_hash"),
                text("scopes"),
                maybe_time("expires_at"),
                maybe_time("revoked_at"),
                time("created_at"),
                maybe_time("last_used_at"),
            ],
        ))
        .await?;
        m.create_index(index("clients", &["name"], true)).await?;
        m.create_index(index("clients", &["key_hash"], true)).await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, TABLES).await
    }
}

async fn links_and_sessions(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    // A link is used once; only the hash of its secret is kept.
    let mut t = table(
        "links",
        &["id"],
        vec![
            id("id"),
            id("user_id"),
            code("purpose"),
            text("secret_hash"),
            time("created_at"),
            time("expires_at"),
            maybe_time("used_at"),
        ],
    );
    reference(&mut t, "user_id", "users");
    m.create_table(t).await?;
    m.create_index(index("links", &["secret_hash"], true)).await?;

    let mut t = table(
        "sessions",
        &["id"],
        vec![
            id("id"),
            id("user_id"),
            text("token_hash"),
            text("device"),
            time("created_at"),
            time("last_seen_at"),
            maybe_time("ended_at"),
        ],
    );
    reference(&mut t, "user_id", "users");
    m.create_table(t).await?;
    m.create_index(index("sessions", &["token_hash"], true)).await?;
    m.create_index(index("sessions", &["user_id"], false)).await?;
    Ok(())
}
