//! Contacts of a customer.

use crate::connection::Connection;
use crate::error::{Result, expect_rows, unreadable};
use domain::customer::{Contact, ContactKind};
use domain::{ContactId, CustomerId};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{QueryOrder, Set};

/// Inserts contacts.
///
/// # Errors
/// [`crate::StoreError::is_taken`] when this customer has this address for this kind already.
pub async fn insert_many(db: &impl Connection, contacts: &[(CustomerId, Contact)]) -> Result<()> {
    for chunk in contacts.chunks(500) {
        Entity::insert_many(chunk.iter().map(row)).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Inserts contacts (an import); one of the same customer, kind and address gets the new name and function.
///
/// # Errors
/// Database errors.
pub async fn upsert_many(db: &impl Connection, contacts: &[(CustomerId, Contact)]) -> Result<()> {
    let same = [Column::CustomerId, Column::Kind, Column::Email];
    let replace = OnConflict::columns(same).update_columns([Column::Name, Column::Function]).to_owned();
    for chunk in contacts.chunks(500) {
        let rows = chunk.iter().map(row);
        Entity::insert_many(rows).on_conflict(replace.clone()).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Changes everything about a contact.
///
/// # Errors
/// When the contact is not this customer's; [`crate::StoreError::is_taken`] as for an insert.
pub async fn update(db: &impl Connection, customer: CustomerId, c: &Contact) -> Result<()> {
    let done = Entity::update_many()
        .col_expr(Column::Kind, Expr::value(c.kind.name()))
        .col_expr(Column::Email, Expr::value(c.email.clone()))
        .col_expr(Column::Name, Expr::value(c.name.clone()))
        .col_expr(Column::Function, Expr::value(c.function.clone()))
        .filter(Column::CustomerId.eq(customer.0))
        .filter(Column::Id.eq(c.id.0))
        .exec(db)
        .await?;
    expect_rows("contacts", 1, done.rows_affected)
}

/// Removes a contact; `false` when it is not this customer's.
///
/// # Errors
/// Database errors.
pub async fn remove(db: &impl Connection, customer: CustomerId, id: ContactId) -> Result<bool> {
    let done = Entity::delete_many()
        .filter(Column::CustomerId.eq(customer.0))
        .filter(Column::Id.eq(id.0))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Contacts of a customer, by kind and name.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn of_customer(db: &impl Connection, customer: CustomerId) -> Result<Vec<Contact>> {
    let found = Entity::find().filter(Column::CustomerId.eq(customer.0));
    let rows = found.order_by_asc(Column::Kind).order_by_asc(Column::Name).all(db).await?;
    rows.into_iter().map(|m| Ok(contact(m)?.1)).collect()
}

/// All contacts of all customers.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn all(db: &impl Connection) -> Result<Vec<(CustomerId, Contact)>> {
    Entity::find().all(db).await?.into_iter().map(contact).collect()
}

fn row((customer, c): &(CustomerId, Contact)) -> ActiveModel {
    ActiveModel {
        id: Set(c.id.0),
        customer_id: Set(customer.0),
        kind: Set(c.kind.name().into()),
        name: Set(c.name.clone()),
        email: Set(c.email.clone()),
        function: Set(c.function.clone()),
    }
}

fn contact(m: Model) -> Result<(CustomerId, Contact)> {
    let contact = Contact {
        id: ContactId(m.id),
        kind: ContactKind::parse(&m.kind).ok_or_else(|| unreadable("contacts", "kind"))?,
        name: m.name,
        email: m.email,
        function: m.function,
    };
    Ok((CustomerId(m.customer_id), contact))
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contacts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub customer_id: Uuid,
    pub kind: String,
    pub name: String,
    pub email: String,
    pub function: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
