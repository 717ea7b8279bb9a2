//! Time stamps: which stored file has which version with a time stamp in it. And what the daily checks of the audit
//! chain found.

use crate::columns::{code, drop_all, id, maybe_text, number, reference, table, text, time};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // A table of its own: `documents` is never changed, and a document gets at most one time stamp.
        let columns = vec![
            id("document_id"),
            id("stamped_id"),
            text("authority"),
            time("stamped_at"),
            time("created_at"),
        ];
        let mut stamps = table("document_stamps", &["document_id"], columns);
        reference(&mut stamps, "document_id", "documents");
        reference(&mut stamps, "stamped_id", "documents");
        m.create_table(stamps).await?;
        m.create_index(crate::columns::index("document_stamps", &["stamped_id"], true)).await?;
        // `finding` is missing where all was whole.
        let columns =
            vec![number("number"), time("at"), number("entries"), maybe_text("finding"), code("day")];
        m.create_table(table("audit_checks", &["number"], columns)).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, &["document_stamps", "audit_checks"]).await
    }
}
