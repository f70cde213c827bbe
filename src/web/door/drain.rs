//! Whether a client takes the answer fast enough to be worth its place.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep};

use super::Limits;

/// Counts, window by window, how long writing waited and what passed meanwhile. Time not spent waiting for the client
/// is not counted.
pub(super) struct Drain {
    window: Duration,
    floor: u64,
    waited: Duration,
    passed: u64,
    since: Option<Instant>,
    timer: Pin<Box<Sleep>>,
}

impl Drain {
    pub(super) fn new(limits: Limits) -> Self {
        let window = limits.write;
        Self {
            window,
            floor: limits.write_floor.saturating_mul(window.as_secs().max(1)),
            waited: Duration::ZERO,
            passed: 0,
            since: None,
            timer: Box::pin(sleep(window)),
        }
    }

    /// Begins anew with the next answer.
    pub(super) fn rest(&mut self) {
        self.waited = Duration::ZERO;
        self.passed = 0;
        self.since = None;
    }

    /// Lets a write pass or ends it. An event stream only has to move at all within each window.
    pub(super) fn judge(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
        stream: bool,
    ) -> Poll<io::Result<usize>> {
        match written {
            Poll::Ready(Ok(count)) => {
                self.passed = self.passed.saturating_add(count as u64);
                if let Some(since) = self.since.take() {
                    self.waited += since.elapsed();
                }
                if stream || self.passed >= self.floor {
                    self.rest();
                }
                if self.waited < self.window { written } else { Poll::Ready(Err(io::ErrorKind::TimedOut.into())) }
            }
            Poll::Ready(Err(_)) => written,
            Poll::Pending => {
                if self.since.is_none() {
                    let now = Instant::now();
                    self.since = Some(now);
                    self.timer.as_mut().reset(now + self.window.saturating_sub(self.waited));
                }
                self.timer.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
            }
        }
    }
}
