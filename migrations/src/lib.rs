//! The schema's history. Rules: a landed migration is never edited; foreign keys stand in `CREATE TABLE`
//! (SQLite cannot add them later); no database defaults, no SQL `now()`: values come from the program.

use sea_orm_migration::prelude::*;

mod columns;

mod m01_people;

mod m02_customers;

mod m03_contracts;

mod m04_records;

mod m05_secrets;

mod m06_audit_tree;

mod m08_registers;

mod m09_reminders;

mod m10_texts;

mod m11_verification;

mod m12_stamps;

mod m13_rest_text_offers;

mod m14_keys;

mod m17_decision_blocks;

pub use sea_orm_migration::MigrationStatus;
pub use sea_orm_migration::prelude::MigratorTrait;

/// All migrations in their order.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m01_people::Migration),
            Box::new(m02_customers::Migration),
            Box::new(m03_contracts::Migration),
            Box::new(m04_records::Migration),
            Box::new(m05_secrets::Migration),
            Box::new(m06_audit_tree::Migration),
            Box::new(m08_registers::Migration),
            Box::new(m09_reminders::Migration),
            Box::new(m10_texts::Migration),
            Box::new(m11_verification::Migration),
            Box::new(m12_stamps::Migration),
            Box::new(m13_rest_text_offers::Migration),
            Box::new(m14_keys::Migration),
            Box::new(m17_decision_blocks::Migration),
        ]
    }
}
