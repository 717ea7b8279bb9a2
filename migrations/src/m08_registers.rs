//! The registers: instructions, breaches, audit requests in one table, and what each customer was told of a breach.

use crate::columns::{
    code, drop_all, flag, id, index, maybe_id, maybe_time, number, reference, small, table, text, time,
};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &[&str] = &["register_entries", "breach_notices"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // `facts` is the state with everything that is true in it; the columns beside it are read by lists. A breach
        // belongs to no single customer.
        let mut t = table(
            "register_entries",
            &["id"],
            vec![
                id("id"),
                code("kind"),
                text("number"),
                maybe_id("customer_id"),
                code("state"),
                flag("open"),
                text("facts"),
                time("created_at"),
                time("updated_at"),
                number("lock"),
            ],
        );
        reference(&mut t, "customer_id", "customers");
        m.create_table(t).await?;
        m.create_index(index("register_entries", &["number"], true)).await?;
        m.create_index(index("register_entries", &["customer_id", "kind"], false)).await?;
        m.create_index(index("register_entries", &["kind", "open"], false)).await?;

        // One row a customer and phase: the customer sees the breach by it, and whether they have read it is in it.
        let mut t = table(
            "breach_notices",
            &["entry_id", "customer_id", "phase"],
            vec![
                id("entry_id"),
                id("customer_id"),
                small("phase"),
                time("told_at"),
                maybe_time("read_at"),
                maybe_id("read_by"),
            ],
        );
        reference(&mut t, "entry_id", "register_entries");
        reference(&mut t, "customer_id", "customers");
        m.create_table(t).await?;
        m.create_index(index("breach_notices", &["customer_id"], false)).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, TABLES).await
    }
}
