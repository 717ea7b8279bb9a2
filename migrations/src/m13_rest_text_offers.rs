//! Which contracts were to be offered a newer text at once, and what became of each.

use crate::columns::{
    code, drop_all, id, index, maybe_date, maybe_id, maybe_time, reference, table, text, time,
};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // One row a contract and text. What was skipped, or lapsed since, can be asked for again: the row goes back to
        // waiting. `reason` is why it was skipped, `offer_id` the new version that was offered.
        let mut t = table(
            "text_offers",
            &["version", "contract_id"],
            vec![
                text("version"),
                id("contract_id"),
                id("customer_id"),
                id("asked_by"),
                time("asked_at"),
                maybe_date("valid_until"),
                code("state"),
                code("reason"),
                maybe_id("offer_id"),
                maybe_time("done_at"),
            ],
        );
        reference(&mut t, "contract_id", "contracts");
        reference(&mut t, "customer_id", "customers");
        m.create_table(t).await?;
        m.create_index(index("text_offers", &["contract_id"], false)).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, &["text_offers"]).await
    }
}
