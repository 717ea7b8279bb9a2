//! Contracts, the codes before a signature, stored documents, frozen annexes, versions of the text, holds.

use crate::columns::{
    bytes, code, drop_all, flag, id, index, maybe_date, maybe_id, maybe_text, maybe_time, number, reference,
    small, table, text, time,
};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &[&str] = &[
    "documents",
    "annex_snapshots",
    "text_versions",
    "contracts",
    "contract_services",
    "sign_codes",
    "holds",
    "counters",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // The bytes that were signed. Never updated, never made again.
        let mut t = table(
            "documents",
            &["id"],
            vec![
                id("id"),
                id("customer_id"),
                code("kind"),
                text("name"),
                text("media_type"),
                text("sha256"),
                bytes("bytes"),
                time("created_at"),
            ],
        );
        reference(&mut t, "customer_id", "customers");
        m.create_table(t).await?;

        m.create_table(table(
            "annex_snapshots",
            &["id"],
            vec![
                id("id"),
                code("kind"),
                small("number"),
                text("sha256"),
                text("canonical"),
                time("created_at"),
                maybe_id("confirmed_by"),
                maybe_time("confirmed_at"),
            ],
        ))
        .await?;
        m.create_index(index("annex_snapshots", &["kind", "number"], true)).await?;

        m.create_table(table(
            "text_versions",
            &["version"],
            vec![text("version"), text("sha256"), time("seen_at"), maybe_date("outdated_after")],
        ))
        .await?;

        contracts(m).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, TABLES).await
    }
}

async fn contracts(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    // `facts` is the state with everything that is true in it; the columns beside it are read by lists and by the gate.
    let mut t = table(
        "contracts",
        &["id"],
        vec![
            id("id"),
            id("customer_id"),
            text("number"),
            small("version"),
            code("state"),
            text("facts"),
            text("text_version"),
            maybe_date("effective_from"),
            maybe_date("effective_until"),
            maybe_date("valid_until"),
            maybe_id("document_id"),
            time("created_at"),
            time("updated_at"),
            number("lock"),
        ],
    );
    reference(&mut t, "customer_id", "customers");
    m.create_table(t).await?;
    m.create_index(index("contracts", &["number", "version"], true)).await?;
    m.create_index(index("contracts", &["customer_id"], false)).await?;
    m.create_index(index("contracts", &["state", "updated_at"], false)).await?;

    let mut t =
        table("contract_services", &["contract_id", "service"], vec![id("contract_id"), text("service")]);
    reference(&mut t, "contract_id", "contracts");
    m.create_table(t).await?;

    // One row for a person and a contract: the newest code replaces the one before.
    let mut t = table(
        "sign_codes",
        &["contract_id", "user_id"],
        vec![
            id("contract_id"),
            id("user_id"),
            text("commitment"),
            text("salt"),
            time("sent_at"),
            small("tries_left"),
            flag("used"),
        ],
    );
    reference(&mut t, "contract_id", "contracts");
    reference(&mut t, "user_id", "users");
    m.create_table(t).await?;

    // A doubt or an objection lies over a customer or one contract until it is cleared.
    let mut t = table(
        "holds",
        &["id"],
        vec![
            id("id"),
            id("customer_id"),
            maybe_id("contract_id"),
            code("kind"),
            maybe_text("service"),
            text("reason"),
            maybe_id("raised_by"),
            time("raised_at"),
            maybe_id("cleared_by"),
            maybe_time("cleared_at"),
        ],
    );
    reference(&mut t, "customer_id", "customers");
    m.create_table(t).await?;
    m.create_index(index("holds", &["customer_id"], false)).await?;

    m.create_table(table("counters", &["name"], vec![text("name"), number("value")])).await?;
    Ok(())
}
