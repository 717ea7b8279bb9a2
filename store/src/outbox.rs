//! The outbox: jobs written in the same transaction as what caused them, leased by conditional update
//! (works on both databases and with several instances), retried, and dead-lettered in sight of the admin.

use crate::connection::{Connection, micros};
use crate::error::{Result, expect_rows};
use chrono::{DateTime, Utc};
use domain::JobId;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, ExprTrait, QueryOrder, QuerySelect, Set, sea_query::OnConflict};

/// A job as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Identity.
    pub id: JobId,
    /// What is to be done: `mail`, `contract_document`, `text_announcement`, `text_offer`.
    pub kind: String,
    /// The same key is written once only.
    pub key: String,
    /// What it needs, as JSON text.
    pub payload: String,
    /// What it is about, for the admin: `contract:<id>`, `user:<id>`.
    pub about: String,
    /// `ready`, `done`, `dead`.
    pub state: String,
    /// Not before.
    pub run_at: DateTime<Utc>,
    /// Tries so far.
    pub attempts: i32,
    /// Cause of the last failure, without personal data.
    pub last_error: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it was done or given up.
    pub done_at: Option<DateTime<Utc>>,
}

/// Writes a job unless one of this key is there.
///
/// # Errors
/// Database errors.
pub async fn insert(db: &impl Connection, job: &Job) -> Result<()> {
    insert_many(db, std::slice::from_ref(job)).await
}

/// Writes jobs, each unless one of its key is there.
///
/// # Errors
/// Database errors.
pub async fn insert_many(db: &impl Connection, jobs: &[Job]) -> Result<()> {
    for chunk in jobs.chunks(500) {
        let nothing = OnConflict::column(Column::Key).do_nothing().to_owned();
        Entity::insert_many(chunk.iter().map(row)).on_conflict(nothing).exec_without_returning(db).await?;
    }
    Ok(())
}

fn row(job: &Job) -> ActiveModel {
    ActiveModel {
        id: Set(job.id.0),
        kind: Set(job.kind.clone()),
        key: Set(job.key.clone()),
        payload: Set(job.payload.clone()),
        about: Set(job.about.clone()),
        state: Set(job.state.clone()),
        run_at: Set(micros(job.run_at)),
        attempts: Set(0),
        locked_by: Set(None),
        locked_until: Set(None),
        last_error: Set(String::new()),
        created_at: Set(micros(job.created_at)),
        done_at: Set(None),
    }
}

/// Leases the next due job until `until`; `None` when nothing is due.
///
/// # Errors
/// Database errors.
pub async fn lease(
    db: &impl Connection,
    by: &str,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<Job>> {
    let free = || {
        let unlocked =
            Condition::any().add(Column::LockedUntil.is_null()).add(Column::LockedUntil.lt(micros(now)));
        Condition::all().add(Column::State.eq("ready")).add(Column::RunAt.lte(micros(now))).add(unlocked)
    };
    let due = Entity::find().filter(free()).order_by_asc(Column::RunAt).order_by_asc(Column::Id).limit(8);
    for m in due.all(db).await? {
        let won = Entity::update_many()
            .col_expr(Column::LockedBy, Expr::value(by))
            .col_expr(Column::LockedUntil, Expr::value(micros(until)))
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
            .filter(Column::Id.eq(m.id))
            .filter(free())
            .exec(db)
            .await?;
        if won.rows_affected == 1 {
            return Ok(Some(Job { attempts: m.attempts + 1, ..job(m) }));
        }
    }
    Ok(None)
}

/// Marks a leased job as done, and forgets its payload when that is a secret.
///
/// # Errors
/// When the lease was lost.
pub async fn done(
    db: &impl Connection,
    id: JobId,
    by: &str,
    payload: Option<&str>,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut update = Entity::update_many()
        .col_expr(Column::State, Expr::value("done"))
        .col_expr(Column::DoneAt, Expr::value(micros(now)))
        .col_expr(Column::LockedUntil, Expr::value(None::<DateTime<Utc>>));
    if let Some(payload) = payload {
        update = update.col_expr(Column::Payload, Expr::value(payload));
    }
    let done = update.filter(Column::Id.eq(id.0)).filter(Column::LockedBy.eq(by)).exec(db).await?;
    expect_rows("outbox", 1, done.rows_affected)
}

/// Notes a failure: again at `run_at`, or never again (`None`).
///
/// # Errors
/// When the lease was lost.
pub async fn failed(
    db: &impl Connection,
    id: JobId,
    by: &str,
    error: &str,
    run_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut update = Entity::update_many()
        .col_expr(Column::LastError, Expr::value(error))
        .col_expr(Column::LockedUntil, Expr::value(None::<DateTime<Utc>>));
    update = match run_at {
        Some(at) => update.col_expr(Column::RunAt, Expr::value(micros(at))),
        None => update
            .col_expr(Column::State, Expr::value("dead"))
            .col_expr(Column::DoneAt, Expr::value(micros(now))),
    };
    let done = update.filter(Column::Id.eq(id.0)).filter(Column::LockedBy.eq(by)).exec(db).await?;
    expect_rows("outbox", 1, done.rows_affected)
}

/// Brings a dead job back; `false` when it is not dead.
///
/// # Errors
/// Database errors.
pub async fn retry(db: &impl Connection, id: JobId, now: DateTime<Utc>) -> Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value("ready"))
        .col_expr(Column::Attempts, Expr::value(0))
        .col_expr(Column::RunAt, Expr::value(micros(now)))
        .col_expr(Column::DoneAt, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq("dead"))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// A job by its key.
///
/// # Errors
/// Database errors.
pub async fn by_key(db: &impl Connection, key: &str) -> Result<Option<Job>> {
    Ok(Entity::find().filter(Column::Key.eq(key)).one(db).await?.map(job))
}

/// Makes all waiting jobs due now, as if written now: jobs of a made-up past (the demo) are not late.
///
/// # Errors
/// Database errors.
pub async fn due_now(db: &impl Connection, now: DateTime<Utc>) -> Result<()> {
    let update = Entity::update_many()
        .col_expr(Column::RunAt, Expr::value(micros(now)))
        .col_expr(Column::CreatedAt, Expr::value(micros(now)));
    update.filter(Column::State.eq("ready")).exec(db).await?;
    Ok(())
}

/// A job by id.
///
/// # Errors
/// Database errors.
pub async fn by_id(db: &impl Connection, id: JobId) -> Result<Option<Job>> {
    Ok(Entity::find_by_id(id.0).one(db).await?.map(job))
}

/// A page of jobs of a kind in a state (all when `None`), the newest first, and how many there are.
///
/// # Errors
/// Database errors.
pub async fn list(
    db: &impl Connection,
    kind: Option<&str>,
    state: Option<&str>,
    offset: u64,
    limit: u64,
) -> Result<(Vec<Job>, u64)> {
    let mut found = Entity::find();
    if let Some(kind) = kind {
        found = found.filter(Column::Kind.eq(kind));
    }
    if let Some(state) = state {
        found = found.filter(Column::State.eq(state));
    }
    let total = found.clone().count(db).await?;
    let rows = found.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id).offset(offset).limit(limit);
    Ok((rows.all(db).await?.into_iter().map(job).collect(), total))
}

/// Mails written before a time whose payload holds `what` and not `nor` (parts of its JSON text), the oldest first.
///
/// # Errors
/// Database errors.
pub async fn mails_with(
    db: &impl Connection,
    written_before: DateTime<Utc>,
    (what, nor): (&str, &str),
    limit: u64,
) -> Result<Vec<Job>> {
    let found = Entity::find()
        .filter(Column::Kind.eq("mail"))
        .filter(Column::CreatedAt.lt(micros(written_before)))
        .filter(Column::Payload.contains(what))
        .filter(Column::Payload.contains(nor).not());
    Ok(found.order_by_asc(Column::CreatedAt).limit(limit).all(db).await?.into_iter().map(job).collect())
}

/// Mails that left before a time and whose payload does not hold `nor`, the oldest first.
///
/// # Errors
/// Database errors.
pub async fn mails_left(
    db: &impl Connection,
    before: DateTime<Utc>,
    nor: &str,
    limit: u64,
) -> Result<Vec<Job>> {
    let found = Entity::find()
        .filter(Column::Kind.eq("mail"))
        .filter(Column::State.eq("done"))
        .filter(Column::DoneAt.lt(micros(before)))
        .filter(Column::Payload.contains(nor).not());
    Ok(found.order_by_asc(Column::DoneAt).limit(limit).all(db).await?.into_iter().map(job).collect())
}

/// Puts another payload in the place of this one: what need not be kept is left out. `false` when the job changed.
///
/// # Errors
/// Database errors.
pub async fn replace_payload(db: &impl Connection, job: &Job, payload: &str) -> Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::Payload, Expr::value(payload))
        .filter(Column::Id.eq(job.id.0))
        .filter(Column::State.eq(job.state.clone()))
        .filter(Column::Payload.eq(job.payload.clone()))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Jobs with these keys, in no order.
///
/// # Errors
/// Database errors.
pub async fn by_keys(db: &impl Connection, keys: &[String]) -> Result<Vec<Job>> {
    let mut found = Vec::new();
    for chunk in keys.chunks(500) {
        let rows = Entity::find().filter(Column::Key.is_in(chunk.to_vec())).all(db).await?;
        found.extend(rows.into_iter().map(job));
    }
    Ok(found)
}

/// How many jobs wait and are overdue since `before`, and how many are dead.
///
/// # Errors
/// Database errors.
pub async fn health(db: &impl Connection, before: DateTime<Utc>) -> Result<(u64, u64)> {
    let overdue = Entity::find().filter(Column::State.eq("ready")).filter(Column::RunAt.lt(micros(before)));
    let dead = Entity::find().filter(Column::State.eq("dead"));
    Ok((overdue.count(db).await?, dead.count(db).await?))
}

fn job(m: Model) -> Job {
    Job {
        id: JobId(m.id),
        kind: m.kind,
        key: m.key,
        payload: m.payload,
        about: m.about,
        state: m.state,
        run_at: m.run_at,
        attempts: m.attempts,
        last_error: m.last_error,
        created_at: m.created_at,
        done_at: m.done_at,
    }
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub key: String,
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    pub about: String,
    pub state: String,
    pub run_at: DateTime<Utc>,
    pub attempts: i32,
    pub locked_by: Option<String>,
    pub locked_until: Option<DateTime<Utc>>,
    pub last_error: String,
    pub created_at: DateTime<Utc>,
    pub done_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
