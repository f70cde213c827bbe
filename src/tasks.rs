//! Long-running tasks: started by name, stopped together. One that ends early ends the process with a failing code.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Every task of the program.
#[derive(Clone)]
pub struct Tasks {
    pub tracker: TaskTracker,
    pub stop: CancellationToken,
    failed: Arc<AtomicBool>,
}

impl Tasks {
    pub fn new(stop: CancellationToken) -> Self {
        Self { tracker: TaskTracker::new(), stop, failed: Arc::new(AtomicBool::new(false)) }
    }

    /// Runs a task until the stop signal. When it ends before, everything stops.
    pub fn spawn(&self, name: &'static str, task: impl Future<Output = ()> + Send + 'static) {
        let tasks = self.clone();
        // A task of its own, so that a panic in it ends the house as well instead of leaving it half alive.
        let running = self.tracker.spawn(task);
        self.tracker.spawn(async move {
            let ended = running.await;
            if ended.is_err() || !tasks.stop.is_cancelled() {
                tracing::error!(task = name, "task {name} ended early, stopping");
                tasks.failed.store(true, Ordering::Relaxed);
                tasks.stop.cancel();
            }
        });
    }

    /// Whether a task ended before it was asked to.
    pub fn failed(&self) -> bool {
        self.failed.load(Ordering::Relaxed)
    }
}
