//! People with a log-in, and their roles at the provider.

use crate::connection::{Connection, micros};
use crate::error::{Result, expect_rows, unreadable};
use crate::memberships;
use chrono::{DateTime, NaiveDate, Utc};
use domain::people::User;
use domain::permission::StaffRole;
use domain::{Lang, UserId};
use sea_orm::entity::prelude::*;
use sea_orm::{ExprTrait as _, QueryOrder, Set};
use std::collections::HashMap;

/// A new account.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// Fresh id.
    pub id: UserId,
    /// Log-in name, checked.
    pub email: String,
    /// Full name.
    pub name: String,
    /// Language.
    pub language: Lang,
    /// Undertaking.
    pub confidentiality_on: Option<NaiveDate>,
    /// Training.
    pub training_until: Option<NaiveDate>,
}

/// Inserts an account without password and roles.
///
/// # Errors
/// [`crate::StoreError::is_taken`] when the address is taken.
pub async fn insert(db: &impl Connection, user: &NewUser, now: DateTime<Utc>) -> Result<()> {
    let row = ActiveModel {
        id: Set(user.id.0),
        email: Set(user.email.clone()),
        name: Set(user.name.clone()),
        language: Set(user.language.code().into()),
        locked: Set(false),
        password_hash: Set(None),
        confidentiality_on: Set(user.confidentiality_on),
        training_until: Set(user.training_until),
        created_at: Set(micros(now)),
        lock: Set(0),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Changes name, language, lock, undertaking and training.
///
/// # Errors
/// When the account is not there.
pub async fn update(db: &impl Connection, user: &User) -> Result<()> {
    let done = Entity::update_many()
        .col_expr(Column::Name, Expr::value(user.name.clone()))
        .col_expr(Column::Language, Expr::value(user.language.code()))
        .col_expr(Column::Locked, Expr::value(user.locked))
        .col_expr(Column::ConfidentialityOn, Expr::value(user.confidentiality_on))
        .col_expr(Column::TrainingUntil, Expr::value(user.training_until))
        .filter(Column::Id.eq(user.id.0))
        .exec(db)
        .await?;
    expect_rows("users", 1, done.rows_affected)
}

/// Sets the password's hash.
///
/// # Errors
/// When the account is not there.
pub async fn set_password(db: &impl Connection, id: UserId, hash: &str) -> Result<()> {
    let done = Entity::update_many()
        .col_expr(Column::PasswordHash, Expr::value(hash))
        .filter(Column::Id.eq(id.0))
        .exec(db)
        .await?;
    expect_rows("users", 1, done.rows_affected)
}

/// Replaces the roles at the provider.
///
/// # Errors
/// Database errors.
pub async fn set_staff_roles(db: &impl Connection, id: UserId, roles: &[StaffRole]) -> Result<()> {
    role::Entity::delete_many().filter(role::Column::UserId.eq(id.0)).exec(db).await?;
    let rows: Vec<_> =
        roles.iter().map(|r| role::ActiveModel { user_id: Set(id.0), role: Set(r.name().into()) }).collect();
    if !rows.is_empty() {
        role::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Makes others that change admins wait until this work ends: each then sees what the one before has done.
///
/// # Errors
/// Database errors.
pub async fn hold_admins(db: &impl Connection) -> Result<()> {
    let admins = role::Entity::find().filter(role::Column::Role.eq(StaffRole::Admin.name())).all(db).await?;
    Entity::update_many()
        .col_expr(Column::Lock, Expr::col(Column::Lock).add(1))
        .filter(Column::Id.is_in(admins.into_iter().map(|r| r.user_id)))
        .exec(db)
        .await?;
    Ok(())
}

/// An account by id.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn by_id(db: &impl Connection, id: UserId) -> Result<Option<User>> {
    match Entity::find_by_id(id.0).one(db).await? {
        Some(m) => Ok(with_roles(db, vec![m]).await?.pop()),
        None => Ok(None),
    }
}

/// An account by address.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn by_email(db: &impl Connection, email: &str) -> Result<Option<User>> {
    match Entity::find().filter(Column::Email.eq(email)).one(db).await? {
        Some(m) => Ok(with_roles(db, vec![m]).await?.pop()),
        None => Ok(None),
    }
}

/// Id, password hash and lock of an account, for logging in.
///
/// # Errors
/// Database errors.
pub async fn credentials(
    db: &impl Connection,
    email: &str,
) -> Result<Option<(UserId, Option<String>, bool)>> {
    let m = Entity::find().filter(Column::Email.eq(email)).one(db).await?;
    Ok(m.map(|m| (UserId(m.id), m.password_hash, m.locked)))
}

/// Everyone with a role at the provider, by name.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn staff(db: &impl Connection) -> Result<Vec<User>> {
    let ids: Vec<Uuid> = role::Entity::find().all(db).await?.into_iter().map(|r| r.user_id).collect();
    let rows = Entity::find().filter(Column::Id.is_in(ids)).order_by_asc(Column::Name).all(db).await?;
    with_roles(db, rows).await
}

/// These accounts, in no order.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn by_ids(db: &impl Connection, ids: &[UserId]) -> Result<Vec<User>> {
    let rows = Entity::find().filter(Column::Id.is_in(ids.iter().map(|i| i.0))).all(db).await?;
    with_roles(db, rows).await
}

/// Accounts with this role, by name.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn with_role(db: &impl Connection, wanted: StaffRole) -> Result<Vec<User>> {
    Ok(staff(db).await?.into_iter().filter(|u| u.staff_roles.contains(&wanted) && !u.locked).collect())
}

async fn with_roles(db: &impl Connection, rows: Vec<Model>) -> Result<Vec<User>> {
    let ids: Vec<Uuid> = rows.iter().map(|m| m.id).collect();
    let mut roles: HashMap<Uuid, Vec<StaffRole>> = HashMap::new();
    for r in role::Entity::find().filter(role::Column::UserId.is_in(ids.clone())).all(db).await? {
        let known = StaffRole::parse(&r.role).ok_or_else(|| unreadable("staff_roles", "role"))?;
        roles.entry(r.user_id).or_default().push(known);
    }
    let mut memberships = memberships::of_users(db, &ids).await?;
    rows.into_iter()
        .map(|m| {
            let mut staff_roles = roles.remove(&m.id).unwrap_or_default();
            staff_roles.sort();
            Ok(User {
                id: UserId(m.id),
                email: m.email,
                name: m.name,
                language: Lang::parse(&m.language).ok_or_else(|| unreadable("users", "language"))?,
                locked: m.locked,
                has_password: m.password_hash.is_some(),
                staff_roles,
                memberships: memberships.remove(&m.id).unwrap_or_default(),
                confidentiality_on: m.confidentiality_on,
                training_until: m.training_until,
                created_at: m.created_at,
            })
        })
        .collect()
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub email: String,
    pub name: String,
    pub language: String,
    pub locked: bool,
    pub password_hash: Option<String>,
    pub confidentiality_on: Option<NaiveDate>,
    pub training_until: Option<NaiveDate>,
    pub created_at: DateTime<Utc>,
    pub lock: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// One role of one person.
pub mod role {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "staff_roles")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub role: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
