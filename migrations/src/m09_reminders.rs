//! Who was reminded of which contract, how often, and when last.

use crate::columns::{code, drop_all, id, reference, small, table, time};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &[&str] = &["reminders"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // A fact of its own and not only a key in the outbox: the outbox may be tidied, nobody is reminded twice.
        let mut t = table(
            "reminders",
            &["contract_id", "kind", "user_id"],
            vec![id("contract_id"), code("kind"), id("user_id"), small("number"), time("sent_at")],
        );
        reference(&mut t, "contract_id", "contracts");
        reference(&mut t, "user_id", "users");
        m.create_table(t).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, TABLES).await
    }
}
