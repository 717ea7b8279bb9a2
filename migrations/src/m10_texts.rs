//! Which versions of the contract text were published, by whom, and until when older ones open the gate.

use crate::columns::{code, drop_all, index, maybe_date, maybe_id, table, text, time};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // Published once: the version is the key. Nobody published the text that an installation began with.
        m.create_table(table(
            "text_publications",
            &["version"],
            vec![
                text("version"),
                code("family"),
                code("kind"),
                maybe_date("accept_until"),
                maybe_id("published_by"),
                time("published_at"),
            ],
        ))
        .await?;
        m.create_index(index("text_publications", &["family", "published_at"], false)).await?;
        m.create_index(index("contracts", &["text_version", "state"], false)).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let mut contracts = Index::drop();
        contracts.name("ix_contracts_text_version_state").table(Alias::new("contracts"));
        m.drop_index(contracts).await?;
        drop_all(m, &["text_publications"]).await
    }
}
