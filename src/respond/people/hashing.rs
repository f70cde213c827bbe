//! Slow sums off the async threads: as many at once as there are cores, a short queue, and no more (ID-03).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Semaphore;

use crate::store::{Error, Result};

/// How many may wait for their turn.
const QUEUE: usize = 64;

/// The place where slow sums are done; clones share it.
#[derive(Clone)]
pub struct Hashing {
    permits: Arc<Semaphore>,
    /// Those who wait and those whose sum is being done.
    inside: Arc<AtomicUsize>,
    most: usize,
}

impl Default for Hashing {
    fn default() -> Self {
        Self::new(std::thread::available_parallelism().map_or(1, Into::into))
    }
}

/// Leaves the place when dropped, also by a caller who hung up.
struct Inside(Arc<AtomicUsize>);

impl Drop for Inside {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Hashing {
    pub fn new(at_once: usize) -> Self {
        Self { permits: Arc::new(Semaphore::new(at_once)), inside: Arc::default(), most: at_once + QUEUE }
    }

    /// Does a slow sum in its turn; `Busy` when too many wait.
    pub async fn run<T: Send + 'static>(&self, sum: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let before = self.inside.fetch_add(1, Ordering::AcqRel);
        let inside = Inside(Arc::clone(&self.inside));
        if before >= self.most {
            return Err(Error::Busy);
        }
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| Error::Stopped)?;
        // Both go with the sum, which goes on when its caller does not wait for it.
        let work = move || {
            let done = sum();
            drop((permit, inside));
            done
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| Error::Stopped)
    }
}
