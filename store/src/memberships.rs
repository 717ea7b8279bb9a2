//! Which person has which role at which customer.

use crate::connection::Connection;
use crate::error::{Result, unreadable};
use domain::people::Membership;
use domain::permission::CustomerRole;
use domain::{CustomerId, UserId};
use sea_orm::entity::prelude::*;
use sea_orm::{Set, sea_query::OnConflict};
use std::collections::HashMap;

/// Gives a role; giving it twice changes nothing.
///
/// # Errors
/// Database errors.
pub async fn add(db: &impl Connection, user: UserId, customer: CustomerId, role: CustomerRole) -> Result<()> {
    let row =
        ActiveModel { user_id: Set(user.0), customer_id: Set(customer.0), role: Set(role.name().into()) };
    let nothing =
        OnConflict::columns([Column::UserId, Column::CustomerId, Column::Role]).do_nothing().to_owned();
    Entity::insert(row).on_conflict(nothing).exec_without_returning(db).await?;
    Ok(())
}

/// Takes a role away; `true` when it was there.
///
/// # Errors
/// Database errors.
pub async fn remove(
    db: &impl Connection,
    user: UserId,
    customer: CustomerId,
    role: CustomerRole,
) -> Result<bool> {
    let done = Entity::delete_many()
        .filter(Column::UserId.eq(user.0))
        .filter(Column::CustomerId.eq(customer.0))
        .filter(Column::Role.eq(role.name()))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Who has a role at this customer.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn of_customer(db: &impl Connection, customer: CustomerId) -> Result<Vec<(UserId, CustomerRole)>> {
    let rows = Entity::find().filter(Column::CustomerId.eq(customer.0)).all(db).await?;
    rows.into_iter().map(|m| Ok((UserId(m.user_id), role(&m)?))).collect()
}

/// Roles of these people.
pub(crate) async fn of_users(db: &impl Connection, users: &[Uuid]) -> Result<HashMap<Uuid, Vec<Membership>>> {
    let mut all: HashMap<Uuid, Vec<Membership>> = HashMap::new();
    for m in Entity::find().filter(Column::UserId.is_in(users.to_vec())).all(db).await? {
        let membership = Membership { customer: CustomerId(m.customer_id), role: role(&m)? };
        all.entry(m.user_id).or_default().push(membership);
    }
    Ok(all)
}

fn role(m: &Model) -> Result<CustomerRole> {
    CustomerRole::parse(&m.role).ok_or_else(|| unreadable("memberships", "role"))
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "memberships")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub role: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
