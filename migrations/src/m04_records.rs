//! The audit chain, decisions of the gate, the outbox.

use crate::columns::{
    code, drop_all, id, index, maybe_id, maybe_text, maybe_time, number, small, table, text, time,
};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &[&str] = &["audit", "decisions", "outbox"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // Append only: no code updates or deletes here. `seq` has no gaps.
        m.create_table(table(
            "audit",
            &["seq"],
            vec![
                number("seq"),
                time("at"),
                code("kind"),
                text("subject"),
                text("body"),
                text("prev"),
                text("hash"),
            ],
        ))
        .await?;
        m.create_index(index("audit", &["subject"], false)).await?;

        m.create_table(table(
            "decisions",
            &["id"],
            vec![
                id("id"),
                time("at"),
                text("asked_by"),
                code("subject_type"),
                text("subject"),
                text("action"),
                text("tool"),
                maybe_id("customer_id"),
                text("ticket"),
                code("channel"),
                code("outcome"),
                text("reasons"),
                maybe_id("contract_id"),
                maybe_time("valid_until"),
            ],
        ))
        .await?;
        m.create_index(index("decisions", &["customer_id", "at"], false)).await?;
        m.create_index(index("decisions", &["at"], false)).await?;

        m.create_table(table(
            "outbox",
            &["id"],
            vec![
                id("id"),
                code("kind"),
                text("key"),
                text("payload"),
                text("about"),
                code("state"),
                time("run_at"),
                small("attempts"),
                maybe_text("locked_by"),
                maybe_time("locked_until"),
                text("last_error"),
                time("created_at"),
                maybe_time("done_at"),
            ],
        ))
        .await?;
        m.create_index(index("outbox", &["key"], true)).await?;
        m.create_index(index("outbox", &["state", "run_at"], false)).await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, TABLES).await
    }
}
