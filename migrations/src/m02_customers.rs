//! Customers with what belongs to them: phones, domains, services, contacts, portal users.

use crate::columns::{code, drop_all, flag, id, index, number, reference, small, table, text, time};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &[&str] =
    &["customers", "customer_phones", "customer_domains", "customer_services", "contacts", "memberships"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(table(
            "customers",
            &["id"],
            vec![
                id("id"),
                text("number"),
                text("legal_name"),
                text("street"),
                text("postal_code"),
                text("city"),
                code("country"),
                text("register"),
                text("email"),
                code("language"),
                flag("service_contract"),
                flag("hosting"),
                flag("professional_secrecy"),
                small("representation"),
                text("search"),
                time("created_at"),
                time("updated_at"),
                number("lock"),
            ],
        ))
        .await?;
        m.create_index(index("customers", &["number"], true)).await?;
        m.create_index(index("customers", &["legal_name"], false)).await?;
        for (name, column) in
            [("customer_phones", "phone"), ("customer_domains", "domain"), ("customer_services", "service")]
        {
            let mut t = table(name, &["customer_id", column], vec![id("customer_id"), text(column)]);
            reference(&mut t, "customer_id", "customers");
            m.create_table(t).await?;
        }

        let mut t = table(
            "contacts",
            &["id"],
            vec![id("id"), id("customer_id"), code("kind"), text("name"), text("email"), text("function")],
        );
        reference(&mut t, "customer_id", "customers");
        m.create_table(t).await?;
        m.create_index(index("contacts", &["customer_id", "kind", "email"], true)).await?;

        let mut t = table(
            "memberships",
            &["user_id", "customer_id", "role"],
            vec![id("user_id"), id("customer_id"), code("role")],
        );
        reference(&mut t, "user_id", "users");
        reference(&mut t, "customer_id", "customers");
        m.create_table(t).await?;
        m.create_index(index("memberships", &["customer_id"], false)).await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, TABLES).await
    }
}
