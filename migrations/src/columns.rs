//! Columns as this schema writes them, and the running of a list of statements.

use sea_orm_migration::prelude::*;

/// A UUID key, made in Rust.
pub fn id(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).uuid().not_null().to_owned()
}

/// A UUID that may be missing.
pub fn maybe_id(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).uuid().null().to_owned()
}

/// Text that is there (possibly empty).
pub fn text(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).text().not_null().to_owned()
}

/// Text that may be missing.
pub fn maybe_text(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).text().null().to_owned()
}

/// A short code, one of a fixed list.
pub fn code(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).string_len(64).not_null().to_owned()
}

/// A time, microseconds UTC.
pub fn time(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).timestamp_with_time_zone().not_null().to_owned()
}

/// A time that may be missing.
pub fn maybe_time(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).timestamp_with_time_zone().null().to_owned()
}

/// A date that may be missing.
pub fn maybe_date(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).date().null().to_owned()
}

/// Yes or no.
pub fn flag(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).boolean().not_null().to_owned()
}

/// A whole number, 64 bits.
pub fn number(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).big_integer().not_null().to_owned()
}

/// A whole number, 32 bits.
pub fn small(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).integer().not_null().to_owned()
}

/// Bytes.
pub fn bytes(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).blob().not_null().to_owned()
}

/// Bytes that may be missing.
pub fn maybe_bytes(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).blob().null().to_owned()
}

/// A table with these columns; the first is the key unless `key` names others.
pub fn table(name: &str, key: &[&str], columns: Vec<ColumnDef>) -> TableCreateStatement {
    let mut t = Table::create();
    t.table(Alias::new(name));
    for c in columns {
        t.col(c);
    }
    let mut pk = Index::create();
    for k in key {
        pk.col(Alias::new(*k));
    }
    t.primary_key(&mut pk);
    t
}

/// A foreign key; rows that others point at are not deleted under them.
pub fn reference(t: &mut TableCreateStatement, column: &str, to: &str) {
    let from = t.get_table_name().cloned();
    let mut key = ForeignKey::create();
    if let Some(from) = from {
        key.from_tbl(from);
    }
    key.from_col(Alias::new(column)).to_tbl(Alias::new(to)).to_col(Alias::new("id"));
    t.foreign_key(&mut key);
}

/// An index.
pub fn index(table: &str, columns: &[&str], unique: bool) -> IndexCreateStatement {
    let mut i = Index::create();
    i.name(format!("{}_{}_{}", if unique { "ux" } else { "ix" }, table, columns.join("_")));
    i.table(Alias::new(table));
    for c in columns {
        i.col(Alias::new(*c));
    }
    if unique {
        i.unique();
    }
    i
}

/// Drops tables, the last made first.
pub async fn drop_all(manager: &SchemaManager<'_>, tables: &[&str]) -> Result<(), DbErr> {
    for name in tables.iter().rev() {
        manager.drop_table(Table::drop().table(Alias::new(*name)).to_owned()).await?;
    }
    Ok(())
}
