//! What a house does by itself while it runs: sweeping, watching its playbooks, judging again after a change.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use super::reload::Watch;
use crate::respond::{Keeping, Progress, Pulse, Purged, Rescore, Respond, sweep};
use crate::tasks::Tasks;
use crate::time::Span;
use crate::web::Shared;

const SWEEP: Duration = Duration::from_secs(5);
/// One look in so many sweeps at which sources are silent: every minute.
const WATCH: u32 = 12;
/// Between two looks whether a purge is due.
const PURGE: Duration = Duration::from_mins(5);
/// An alarm about unusual reading is there within 60 seconds.
const READING: Duration = Duration::from_secs(20);
/// How soon another published version is noticed.
const LOOK: Duration = Duration::from_secs(3);
/// Between two batches: with twenty incidents a batch, 200 a second at most are judged again.
const BREATH: Duration = Duration::from_millis(100);
/// Between two walks when nothing waits.
const REST: Duration = Duration::from_secs(2);

/// Begins them all; they end at the stop signal. Without a watch the playbooks are somebody else's matter.
pub fn begin(tasks: &Tasks, house: &Shared, (watch, hang_up): (Option<Watch>, Arc<Notify>)) {
    tasks.spawn("sweep", sweeping(tasks.clone(), Arc::clone(house)));
    tasks.spawn("reading", reading(tasks.clone(), house.respond.clone()));
    if let Some(watch) = watch {
        tasks.spawn("playbooks", watching(tasks.clone(), watch, hang_up));
        tasks.spawn("rescore", rescoring(tasks.clone(), house.respond.clone()));
    }
}

/// What a process that serves nobody follows of the others: playbooks, keys, known-bad lists.
pub fn beside(tasks: &Tasks, respond: &Respond, watch: Watch) {
    tasks.spawn("playbooks", watching(tasks.clone(), watch, Arc::default()));
    let (asked, respond) = (tasks.clone(), respond.clone());
    tasks.spawn("following", async move {
        while !stopped_after(&asked, SWEEP).await {
            respond.room().keys.refresh();
            if let Err(error) = respond.know().await {
                tracing::warn!(%error, "known-bad lists could not be read, it is tried again: {error}");
            }
        }
    });
}

async fn sweeping(tasks: Tasks, house: Shared) {
    let mut sweeps: u32 = 0;
    while !stopped_after(&tasks, SWEEP).await {
        sweeps = sweeps.wrapping_add(1);
        if sweeps % WATCH == 1
            && let Err(error) = house.watch_sources().await
        {
            tracing::warn!(%error, "sources could not be looked after, it is tried again: {error}");
        }
        house.limits.sweep();
        house.drafts.sweep(house.respond.room().now());
        // Another process may be changing the keys: what is sealed from here on is under the newest.
        house.respond.room().keys.refresh();
        if let Err(error) = house.look_at_board().await {
            tracing::warn!(%error, "announcements could not be read, it is tried again: {error}");
        }
        if let Err(error) = house.respond.know().await {
            tracing::warn!(%error, "known-bad lists could not be read, it is tried again: {error}");
        }
        if let Err(error) = sweep(&house.respond).await {
            tracing::warn!(%error, "sweeping failed, it is tried again: {error}");
        }
    }
}

/// Purges once a day; looks every few minutes whether it is time.
pub fn purge(tasks: &Tasks, house: &Shared, keeping: Keeping) {
    tasks.spawn("purge", purging(tasks.clone(), house.respond.clone(), keeping));
}

async fn purging(tasks: Tasks, respond: Respond, keeping: Keeping) {
    let mut pulse = (respond.room().now(), tokio::time::Instant::now());
    while !stopped_after(&tasks, PURGE).await {
        let elapsed = Span::from_millis(i64::try_from(pulse.1.elapsed().as_millis()).unwrap_or(i64::MAX));
        match respond.purge(Pulse { began: pulse.0, elapsed }, keeping).await {
            // From here on the clock is believed: it agreed with the time that went by, or a person said so.
            Ok(Purged::Done { .. }) => pulse = (respond.room().now(), tokio::time::Instant::now()),
            Ok(Purged::NotDue | Purged::Braked) => {}
            Err(error) => tracing::warn!(%error, "purging failed, it goes on later: {error}"),
        }
    }
}

/// Looks at who reads how much (RB-13).
async fn reading(tasks: Tasks, respond: Respond) {
    while !stopped_after(&tasks, READING).await {
        if let Err(error) = respond.look_for_unusual_reading().await {
            tracing::warn!(%error, "who reads what could not be looked at, it is tried again: {error}");
        }
    }
}

async fn stopped_after(tasks: &Tasks, pause: Duration) -> bool {
    tokio::select! {
        () = tasks.stop.cancelled() => true,
        () = tokio::time::sleep(pause) => false,
    }
}

async fn watching(tasks: Tasks, mut watch: Watch, hang_up: Arc<Notify>) {
    loop {
        let looked = tokio::select! {
            () = tasks.stop.cancelled() => return,
            () = hang_up.notified() => watch.reload().await,
            () = tokio::time::sleep(LOOK) => watch.look().await,
        };
        if let Err(error) = looked {
            tracing::warn!("looking for other playbooks failed, it is tried again: {error:#}");
        }
    }
}

async fn rescoring(tasks: Tasks, respond: Respond) {
    let (mut rescore, mut walk) = (Rescore::default(), Progress::default());
    let mut pause = REST;
    if let Err(error) = respond.fetch_earlier().await {
        tracing::warn!(%error, "earlier playbooks could not be read yet: {error}");
    }
    while !stopped_after(&tasks, pause).await {
        let done = match rescore.batch(&respond).await {
            Ok(done) => done,
            Err(error) => {
                tracing::warn!(%error, "judging again failed, it is tried again: {error}");
                pause = REST;
                continue;
            }
        };
        metrics::gauge!("holdfast_rescore_behind").set(f64::from(i32::try_from(done.behind).unwrap_or(i32::MAX)));
        metrics::counter!("holdfast_rescored_total").increment(u64::try_from(done.rescored).unwrap_or(0));
        walk.rescored += done.rescored;
        walk.risen += done.risen;
        if done.ended && walk.rescored > 0 {
            let Progress { rescored, risen, .. } = walk;
            tracing::info!(
                rescored,
                risen,
                behind = done.behind,
                "{rescored} open incidents were judged again under other playbooks, {risen} rose, {} still wait",
                done.behind
            );
            walk = Progress::default();
        }
        pause = if done.ended { REST } else { BREATH };
    }
}
