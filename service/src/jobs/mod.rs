//! The outbox at work: due jobs are leased, run, retried with growing pauses, and given up in sight of the admin.
//! A job runs at least once: what it does is idempotent by its key, and a mail keeps its Message-ID.

pub mod backoff;

pub mod housekeeping;

mod runner;

pub use runner::Runner;

use crate::portal::Portal;
use crate::problem::Result;
use chrono::{DateTime, Duration, Utc};
use std::sync::Arc;
use std::time::Duration as Pause;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// The time, asked once a job.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// So many jobs run beside each other: a slow mail server does not hold up a contract's document.
const LANES: usize = 3;
/// Looks for due jobs at least so often; a commit wakes it at once.
const POLL: Pause = Pause::from_secs(2);
/// What time does by itself is done so often.
const HOUSEKEEPING: i64 = 60;

/// Runs everything that is due at `now`, once, and says how many jobs there were.
///
/// # Errors
/// When the database fails; a job that fails is noted in the outbox and is no error here.
pub async fn run_due(portal: &Portal, now: DateTime<Utc>) -> Result<usize> {
    let runner = Runner::new(portal)?;
    let mut done = 0;
    while runner.next(now).await? {
        done += 1;
    }
    Ok(done)
}

/// Runs jobs until told to stop; the running ones are finished.
pub async fn work(portal: Portal, clock: Clock, stop: watch::Receiver<bool>) {
    let runner = match Runner::new(&portal) {
        Ok(runner) => runner,
        Err(problem) => {
            tracing::error!(%problem, "no jobs will run");
            return;
        }
    };
    let mut lanes = JoinSet::new();
    for _ in 0..LANES {
        lanes.spawn(lane(portal.clone(), runner.clone(), clock.clone(), stop.clone()));
    }
    lanes.spawn(keep_house(portal, clock, stop));
    while lanes.join_next().await.is_some() {}
}

async fn lane(portal: Portal, runner: Runner, clock: Clock, mut stop: watch::Receiver<bool>) {
    loop {
        if told(&stop) {
            return;
        }
        match runner.next(clock()).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(problem) => tracing::error!(%problem, "looking for jobs"),
        }
        tokio::select! {
            biased;
            () = stopped(&mut stop) => return,
            () = portal.wake.notified() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

async fn keep_house(portal: Portal, clock: Clock, mut stop: watch::Receiver<bool>) {
    let mut last: Option<DateTime<Utc>> = None;
    loop {
        let now = clock();
        if last.is_none_or(|at| (now - at).abs() >= Duration::seconds(HOUSEKEEPING)) {
            last = Some(now);
            if let Err(problem) = housekeeping::run(&portal, now).await {
                tracing::error!(%problem, "housekeeping");
            }
        }
        tokio::select! {
            biased;
            () = stopped(&mut stop) => return,
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

fn told(stop: &watch::Receiver<bool>) -> bool {
    *stop.borrow()
}

async fn stopped(stop: &mut watch::Receiver<bool>) {
    // An error means that whoever could tell us is gone: as good as told.
    drop(stop.wait_for(|stop| *stop).await);
}
