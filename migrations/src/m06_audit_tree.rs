//! The tree over the audit chain: roots of complete subtrees, and the heads.

use crate::columns::{
    bytes, drop_all, index, maybe_bytes, maybe_text, maybe_time, number, small, table, text, time,
};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &[&str] = &["audit_nodes", "audit_heads"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // The root over 2^level entries, the `number`-th of its size. Levels 8, 16, 24: the rest is computed.
        m.create_table(table(
            "audit_nodes",
            &["level", "number"],
            vec![small("level"), number("number"), bytes("hash")],
        ))
        .await?;

        // Append only. A time stamp and the day of the mail are put in once; `number` has no gaps.
        m.create_table(table(
            "audit_heads",
            &["number"],
            vec![
                number("number"),
                number("size"),
                text("root"),
                time("at"),
                maybe_text("key_id"),
                maybe_text("signature"),
                maybe_bytes("stamp"),
                maybe_time("mailed_at"),
            ],
        ))
        .await?;
        m.create_index(index("audit_heads", &["size"], false)).await?;
        m.create_index(index("audit_heads", &["mailed_at"], false)).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, TABLES).await
    }
}
