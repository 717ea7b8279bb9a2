//! The gate's two loops: facts are checked against the database, answers are written to it. One does not wait
//! for the other, so that a slow disk cannot make the facts stale.

use super::unfold::unfold;
use crate::portal::Portal;
use chrono::{DateTime, Utc};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch::Receiver;
use tokio::time::{MissedTickBehavior, interval};

/// How often the version of the facts is looked at; they count for two seconds.
const CHECK: Duration = Duration::from_millis(500);
/// How long an answer waits at most to be written.
const WRITE: Duration = Duration::from_millis(200);

/// The clock as the edge has it.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// Runs until `stopped` says so; then everything is written.
pub async fn run(portal: Portal, clock: Clock, stopped: Receiver<bool>) {
    tokio::join!(check(&portal, &clock, stopped.clone()), write(&portal, &clock, stopped));
}

async fn check(portal: &Portal, clock: &Clock, mut stopped: Receiver<bool>) {
    let mut ticks = interval(CHECK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut well = true;
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            _ = stopped.wait_for(|stop| *stop) => return,
        }
        let checked = portal.gate.check(&portal.store, clock()).await;
        say("the facts of the gate cannot be checked; it denies until they can", &checked, &mut well);
    }
}

async fn write(portal: &Portal, clock: &Clock, mut stopped: Receiver<bool>) {
    let mut ticks = interval(WRITE);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut well, mut filing) = (true, Filing { well: true });
    loop {
        let why = tokio::select! {
            _ = ticks.tick() => Why::Time,
            () = portal.gate.records.full() => Why::Full,
            _ = stopped.wait_for(|stop| *stop) => Why::Stop,
        };
        let written = portal.write_records(clock()).await;
        say("answers of the gate cannot be written; they wait", &written, &mut well);
        match why {
            Why::Stop => return,
            Why::Full => {}
            Why::Time => filing.turn(portal, clock()).await,
        }
    }
}

enum Why {
    Time,
    Full,
    Stop,
}

/// Rows are made of blocks when there is time: under a storm of questions answering comes first.
struct Filing {
    well: bool,
}

impl Filing {
    async fn turn(&mut self, portal: &Portal, now: DateTime<Utc>) {
        let most = if portal.gate.records.was_stormy() { 1 } else { 8 };
        let filed = unfold(&portal.store, most, now).await;
        say("answers of the gate cannot be filed; they wait in blocks", &filed, &mut self.well);
    }
}

/// Says it once when it begins, once when it is over.
fn say<T>(what: &'static str, result: &crate::Result<T>, well: &mut bool) {
    match result {
        Err(cause) if *well => tracing::error!(%cause, "{what}"),
        Ok(_) if !*well => tracing::info!("over: {what}"),
        _ => {}
    }
    *well = result.is_ok();
}
