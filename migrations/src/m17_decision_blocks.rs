//! Answers of the gate as they are appended, many in a row of the table: durable at once, cheap under load. Rows of
//! `decisions` are made from them a moment later.

use crate::columns::{bytes, drop_all, id, number, small, table, time};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &[&str] = &["decision_blocks"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![id("id"), time("at"), small("format"), number("answers"), bytes("body")];
        m.create_table(table("decision_blocks", &["id"], columns)).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, TABLES).await
    }
}
