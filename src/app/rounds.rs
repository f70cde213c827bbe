//! What a house does by itself while it runs: sweeping, watching its playbooks, judging again after a change.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use super::reload::Watch;
use crate::respond::{Progress, Rescore, Respond, sweep};
use crate::tasks::Tasks;
use crate::web::Shared;

const SWEEP: Duration = Duration::from_secs(5);
/// One look in so many sweeps at which sources are silent: every minute.
const WATCH: u32 = 12;
/// How soon another published version is noticed.
const LOOK: Duration = Duration::from_secs(3);
/// Between two batches: with twenty incidents a batch, 200 a second at most are judged again.
const BREATH: Duration = Duration::from_millis(100);
/// Between two walks when nothing waits.
const REST: Duration = Duration::from_secs(2);

/// Begins them all; they end at the stop signal. Without a watch the playbooks are somebody else's matter.
pub fn begin(tasks: &Tasks, house: &Shared, (watch, hang_up): (Option<Watch>, Arc<Notify>)) {
    tasks.spawn("sweep", sweeping(tasks.clone(), Arc::clone(house)));
    if let Some(watch) = watch {
        tasks.spawn("playbooks", watching(tasks.clone(), watch, hang_up));
        tasks.spawn("rescore", rescoring(tasks.clone(), house.respond.clone()));
    }
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
