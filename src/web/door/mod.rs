//! The door: takes connections, keeps every client to its time and size (IN-01 to IN-04), hangs around every route what
//! each answer must carry, and stops in order.
//!
//! `axum::serve` installs no timer and waits for a first byte without limit, hence an accept loop of our own (IN-02).
//! HTTP/1.1 only: the operator's TLS front end speaks HTTP/2 and talks HTTP/1.1 to this.

mod connection;
mod crowd;
mod drain;
mod gate;
mod head;
mod panic;
mod patience;
mod refusal;
mod turn;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use self::crowd::Crowd;
use crate::id::Random;
use crate::store::Sight;
use crate::web::client::{self, Prefix, Proxies};
use crate::web::problem::{self, Page};
use crate::web::{headers, request_id};

pub use self::connection::Streaming;
pub use self::panic::PANICS;
pub use self::patience::TooSlow;
pub(in crate::web) use self::refusal::Refused;

/// A failing `accept` (no file handles left) fails again at once; the pause lets others end.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// What a client may take; the defaults are those of IN-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// From the connection to its first byte.
    pub first_byte: Duration,
    /// From the first byte of a head to its last.
    pub headers: Duration,
    /// For a whole body.
    pub body: Duration,
    /// For a whole body that carries a file: 5 MiB within it are 87 KiB a second, which a phone may well not do faster. It is
    /// held to `body_floor` as every body is.
    pub file_body: Duration,
    /// Before a body's pace is judged.
    pub body_grace: Duration,
    /// Bytes a second that a body must reach after the grace.
    pub body_floor: u64,
    /// From the body's end to the answer's head, and between two pieces of an ordinary answer.
    pub handler: Duration,
    /// How long a client may let an answer wait before it must have taken `write_floor` bytes for each second.
    pub write: Duration,
    /// Bytes a second that a waiting answer must pass.
    pub write_floor: u64,
    /// Between two requests.
    pub idle: Duration,
    /// For running requests once the house stops.
    pub stop: Duration,
    /// Open at once, in all.
    pub connections: u32,
    /// Open at once from one client prefix; a configured proxy is not held to it.
    pub connections_each: usize,
    pub header_bytes: usize,
    pub header_lines: usize,
    /// Path and query.
    pub target_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            first_byte: Duration::from_secs(5),
            headers: Duration::from_secs(5),
            body: Duration::from_secs(15),
            file_body: Duration::from_mins(1),
            body_grace: Duration::from_secs(2),
            body_floor: 1024,
            handler: Duration::from_secs(10),
            write: Duration::from_secs(20),
            write_floor: 512,
            idle: Duration::from_secs(30),
            stop: Duration::from_secs(10),
            connections: 4096,
            connections_each: 128,
            header_bytes: 16 * 1024,
            header_lines: 64,
            target_bytes: 4 * 1024,
        }
    }
}

/// What a door needs to know; clones share the same house.
#[derive(Clone)]
pub struct Door {
    pub limits: Limits,
    pub proxies: Arc<Proxies>,
    pub random: Arc<dyn Random>,
    /// How a refusal looks to a person with a browser.
    pub page: Page,
    pub stop: CancellationToken,
    pub tracker: TaskTracker,
}

impl Door {
    /// Hangs around every route, outermost first: request id and span, client address, headers, problems, panics,
    /// the door's own refusals, time limits. [`Door::serve`] does this itself; tests that call a router without a
    /// socket do it here.
    pub fn hang(&self, router: Router) -> Router {
        router
            .layer(from_fn_with_state(self.limits, patience::limit))
            .layer(from_fn(refusal::answer))
            .layer(from_fn(panic::catch))
            .layer(from_fn_with_state(Arc::clone(&self.page), problem::show))
            .layer(from_fn_with_state(Arc::clone(&self.random), headers::dress))
            .layer(from_fn_with_state(Arc::clone(&self.proxies), client::name))
            .layer(from_fn_with_state(Arc::clone(&self.random), request_id::give))
    }

    /// Serves until the stop signal; then takes nothing new, lets what runs end, and returns when every connection is
    /// closed or the time for it is over.
    pub async fn serve(self, listener: TcpListener, router: Router) {
        let door = Arc::new(self);
        let router = door.hang(router);
        let places = Arc::new(Semaphore::new(door.limits.connections as usize));
        let crowd = Crowd::new(door.limits.connections_each);
        loop {
            let next = tokio::select! {
                biased;
                () = door.stop.cancelled() => break,
                next = take(&listener, &places) => next,
            };
            let (stream, peer, place) = match next {
                Ok(Some(next)) => next,
                Ok(None) => break,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken: {error}");
                    sleep(ACCEPT_PAUSE).await;
                    continue;
                }
            };
            let among = if door.proxies.contains(peer.ip()) {
                None
            } else if let Some(among) = crowd.enter(Prefix::of(peer.ip())) {
                Some(among)
            } else {
                continue;
            };
            // What is read while an answer runs, outside of its handler, is read as by nobody.
            let connection =
                Sight::NoCircles.within(connection::run(Arc::clone(&door), router.clone(), (stream, peer)));
            door.tracker.spawn(async move {
                connection.await;
                drop((place, among));
            });
        }
        drop(listener);
        // Every connection holds a place, so all of them together mean that none is open.
        let _ = timeout(door.limits.stop + ACCEPT_PAUSE, places.acquire_many(door.limits.connections)).await;
    }
}

type Taken = (TcpStream, std::net::SocketAddr, OwnedSemaphorePermit);

/// When the house is full, the next connection waits in the system's queue for a place.
async fn take(listener: &TcpListener, places: &Arc<Semaphore>) -> std::io::Result<Option<Taken>> {
    let Ok(place) = Arc::clone(places).acquire_owned().await else { return Ok(None) };
    let (stream, peer) = listener.accept().await?;
    Ok(Some((stream, peer, place)))
}
